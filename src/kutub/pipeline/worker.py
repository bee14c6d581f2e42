"""A worker process: takes pages from its standard input, gives replies, and dies rather than do harm.

Its memory is bounded (RLIMIT_AS), and the kernel ends it (SIGALRM) should its parent be gone while a page hangs. Frames
are eight bytes of length and a pickle, between processes of the same program only.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any, BinaryIO

from kutub.errors import KutubError

OUT_OF_MEMORY = 137  # exit status
_WORN_SHARE = 0.4  # of the bound on memory; a worker that has needed more is replaced
_LENGTH = 8  # bytes of a frame's length


class Said(Enum):
    """What a reply is: the page is read, here is its result, or an error that ends the run."""

    READ = "read"
    RESULT = "result"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker says; `is_worn`: it should be replaced."""

    said: Said
    value: Any = None
    is_worn: bool = False


def write_frame(stream: BinaryIO, value: object) -> None:
    """Send a value. Raises BrokenPipeError when nobody reads."""
    content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    rest = memoryview(len(content).to_bytes(_LENGTH, "little") + content)
    while rest:  # an unbuffered stream may take a part
        rest = rest[stream.write(rest) :]
    stream.flush()


def read_frame(stream: BinaryIO) -> Any:
    """The next value. Raises EOFError at the end of the stream, also within a frame."""
    content = _exactly(stream, int.from_bytes(_exactly(stream, _LENGTH), "little"))
    return pickle.loads(content)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    content = bytearray()
    while len(content) < length:
        if not (read := stream.read(length - len(content))):
            raise EOFError
        content += read
    return bytes(content)


def main() -> None:
    """Work until standard input ends. The first frame holds the work, its settings, and the bounds."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between the frames
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    try:
        work, settings, memory, seconds = read_frame(source)
        _bound(memory)
        while True:
            page = read_frame(source)
            signal.alarm(int(seconds))
            write_frame(target, _reply(work, page, settings, memory, lambda: write_frame(target, Reply(Said.READ))))
            signal.alarm(0)
    except (EOFError, BrokenPipeError):
        pass
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _bound(memory: int) -> None:
    """Bound the address space, within what the system allows; where it knows no such bound, the time alone is one."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _reply(work: Any, page: Any, settings: Any, memory: int, on_read: Any) -> Reply:
    try:
        result = work(page, settings, on_read)
    except KutubError as error:
        return Reply(Said.ERROR, error)
    return Reply(Said.RESULT, result, is_worn=_resident() > _WORN_SHARE * memory)


def _resident() -> int:
    """The most bytes that this process has had in memory."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
