"""JSON values: of a line, or of a text that comes in chunks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from kutub.sources.files import READ_ERRORS
from kutub.sources.rows import ROW_LIMIT, RowError

_SPACE = " \t\r\n"
_ENDS = '}]"'  # of values that cannot go on


class LostError(Exception):
    """A value whose end is not found."""

    def __init__(self, message: str, *, is_large: bool = False) -> None:
        self.is_large = is_large
        super().__init__(message)


class Decoder(json.JSONDecoder):
    """JSON by the letter: what Python would read besides is a fault of the value, which goes on all the same."""

    def __init__(self) -> None:
        self._faults: list[str] = []
        super().__init__(parse_constant=self._constant, parse_int=self._integer, object_pairs_hook=self._pairs)

    def text_value(self, text: str) -> object:
        """The value that is the whole of a text. Raises RowError where it is none that is allowed."""
        self._faults.clear()
        try:
            value = self.decode(text)
        except (ValueError, RecursionError) as error:
            raise RowError(_not_json(error, 0)) from error
        if self._faults:
            raise RowError(self._faults[0])
        return value

    def value_at(self, text: str, at: int) -> tuple[object, int, RowError | None]:
        """The value that begins there, where it ends, and what is wrong about it. Raises ValueError, RecursionError."""
        self._faults.clear()
        value, end = self.raw_decode(text, at)
        return value, end, RowError(self._faults[0]) if self._faults else None

    def _constant(self, name: str) -> None:
        self._faults.append(f"not JSON: {name}")

    def _integer(self, digits: str) -> int:
        try:
            return int(digits)
        except ValueError:  # Python refuses very long ones (sys.set_int_max_str_digits)
            self._faults.append(f"a number of {len(digits):,} digits")
            return 0

    def _pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(pairs)
        if len(result) != len(pairs):
            self._faults.append("a field stands twice")
        return result


def _not_json(error: Exception, at: int) -> str:
    """What is wrong with the value that begins there, and at which of its characters, counted from 1."""
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} at character {error.pos - at + 1:,}"
    return f"not JSON: {str(error)[:120]}"


class Scanner:
    """JSON values of a text that comes in chunks; at most one value and a chunk are in memory.

    Where the text cannot be read on (READ_ERRORS), that is raised when all before it has been given.
    """

    def __init__(self, chunks: Iterable[str]) -> None:
        self._chunks = iter(chunks)
        self._text = ""
        self._at = 0
        self._decoder = Decoder()
        self._damage: Exception | None = None
        self.taken = 0  # characters of all values so far

    def next_sign(self) -> str:
        """The next character that is no space; "" at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def skip(self, sign: str) -> bool:
        """Go on behind a character if it is the next one; whether it was."""
        if self.next_sign() != sign:
            return False
        self._at += 1
        return True

    def value(self) -> object:
        """The value that begins here. Raises RowError for one that is not allowed, LostError where it has no end."""
        while True:
            try:
                value, end, fault = self._decoder.value_at(self._text, self._at)
            except (ValueError, RecursionError) as error:
                if len(self._text) - self._at > ROW_LIMIT:
                    raise LostError(f"row over {ROW_LIMIT // 1024**2} M characters", is_large=True) from error
                if not self._more(double=True):
                    raise LostError(_not_json(error, self._at)) from error
                continue
            if end == len(self._text) and self._text[end - 1] not in _ENDS and self._more():
                continue  # a number may go on
            self.taken += end - self._at
            self._at = end
            if fault:
                raise fault
            return value

    def _more(self, *, double: bool = False) -> bool:
        """Read on: one chunk, or as much again as is there; False at the end."""
        rest = self._text[self._at :]
        size = len(rest)
        chunks: list[str] = []
        while chunk := self._chunk(is_first=not chunks):
            chunks.append(chunk)
            size -= len(chunk)
            if not double or size <= 0:
                break
        self._text, self._at = rest + "".join(chunks), 0
        return bool(chunks)

    def _chunk(self, *, is_first: bool) -> str:
        """The next chunk; "" at the end, and before damage unless it is the first that is asked for."""
        if self._damage is None:
            try:
                return next(self._chunks, "")
            except READ_ERRORS as error:
                self._damage = error
        if is_first:
            raise self._damage
        return ""
