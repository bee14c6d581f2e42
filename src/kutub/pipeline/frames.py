"""Values on the pipes between this process and its workers: a frame is eight bytes of length and a pickle.

A worker trusts its parent. The parent does not trust a worker, since that has looked at pages: it never waits for the
rest of a frame, takes none that is too long, and admits only plain values, dates, and the dataclasses, enums and errors
of Kutub and of the module that the work is from. So a pickle calls nothing but their constructors.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterator
from dataclasses import is_dataclass
from datetime import date, datetime
from enum import Enum, EnumMeta
from functools import cache
from importlib import import_module
from typing import Any, BinaryIO

from kutub.errors import KutubError

_LENGTH = 8  # bytes of a frame's length
_SHOWN = 200  # characters of an error that are told


class FrameError(Exception):
    """What a worker has sent is no frame that can be taken; the message goes on after "its worker"."""


def frame(value: object) -> bytes:
    """A value as a frame."""
    content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    return len(content).to_bytes(_LENGTH, "little") + content


def write_frame(stream: BinaryIO, value: object) -> None:
    """Send a value to the parent. Raises BrokenPipeError when nobody reads."""
    stream.write(frame(value))
    stream.flush()


def read_frame(stream: BinaryIO) -> Any:
    """The next value from the parent. Raises EOFError at the end of the stream, also within a frame."""
    return pickle.loads(_exactly(stream, int.from_bytes(_exactly(stream, _LENGTH), "little")))


def _exactly(stream: BinaryIO, length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content


class Incoming:
    """What has come from a worker so far.

    limit: bytes of a frame; home: the module, beside those of Kutub, whose classes are admitted.
    """

    def __init__(self, *, limit: int, home: str) -> None:
        self._limit = limit
        self._home = home
        self._bytes = bytearray()

    def values(self, data: bytes) -> Iterator[Any]:
        """The values that are whole with `data`. Raises FrameError."""
        self._bytes += data
        while len(self._bytes) >= _LENGTH:
            length = int.from_bytes(self._bytes[:_LENGTH], "little")
            if length > self._limit:
                raise FrameError(f"gave a reply of {length:,} bytes, over {self._limit:,}")
            end = _LENGTH + length
            if len(self._bytes) < end:
                return
            content = bytes(memoryview(self._bytes)[_LENGTH:end])
            del self._bytes[:end]
            yield self._loaded(content)

    def _loaded(self, content: bytes) -> Any:
        try:
            return _Unpickler(content, self._home).load()
        except Exception as error:  # a false pickle can lead to any
            told = " ".join(f"{type(error).__name__}: {error}".split())[:_SHOWN]
            raise FrameError(f"gave a reply that is not admitted ({told})") from error


class _Unpickler(pickle.Unpickler):
    """Refuses all that replies do not hold."""

    def __init__(self, content: bytes, home: str) -> None:
        super().__init__(io.BytesIO(content))
        self._home = home

    def find_class(self, module: str, name: str) -> Any:
        return _admitted(module, name, self._home)


@cache
def _admitted(module: str, name: str, home: str) -> Any:
    """What a pickle may call. Raises UnpicklingError."""
    if (module, name) == ("builtins", "getattr"):
        return _member
    if module.startswith("kutub.") or module in (home, "datetime"):
        found = getattr(import_module(module), name, None)
        if found is date or found is datetime:
            return found
        if isinstance(found, type) and found.__module__ == module and _is_value(found):
            return found
    raise pickle.UnpicklingError(f"{module}.{name}")


def _is_value(kind: type) -> bool:
    return is_dataclass(kind) or issubclass(kind, Enum | KutubError)


def _member(kind: object, name: str) -> Any:
    """A member of an enum: CPython before 3.11.4 pickles it as `getattr(kind, name)`."""
    if not isinstance(kind, EnumMeta):
        raise pickle.UnpicklingError("builtins.getattr")
    return kind[name]
