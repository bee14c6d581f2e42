"""Corpora in JSON: an object on each line, an array of objects, or objects one after another."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, BinaryIO

from kutub.records import Dropped, DropReason, Page
from kutub.sources.decoded import Decoded
from kutub.sources.rows import ROW_LIMIT, Guide, RowError

LINE_LIMIT = ROW_LIMIT  # bytes of one line
_SKIP_LIMIT = 1024 * 1024 * 1024  # bytes of one line after which the rest of the file is given up
_CHUNK = 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_HEAD_ROWS = 100  # rows whose fields are looked at before the first is read
_HEAD_SIZE = 1024 * 1024  # bytes or characters of them
_NAMES = 1000  # fields that a corpus may have in all
_SPACE = " \t\r\n"

_Found = tuple[int, int, Mapping[str, Any] | Dropped]  # row, size, what it is


def read_rows(stream: BinaryIO, path: str, guide: Guide) -> Iterator[Page | Dropped]:
    """Pages of JSON Lines, line by line in constant memory; a line that is no row is dropped as `path:line`."""
    return _pages(_lines(stream, path), path, guide)


def read_objects(stream: BinaryIO, path: str, guide: Guide) -> Iterator[Page | Dropped]:
    """Pages of a JSON array of objects, or of objects one after another, in constant memory (`path:row`, from 1)."""
    decoded = Decoded(stream)
    yield from _pages(_objects(decoded, path), path, guide)
    guide.tell_replaced(decoded, path)


def _pages(rows: Iterator[_Found], path: str, guide: Guide) -> Iterator[Page | Dropped]:
    """The pages of rows; how they are read is told from the fields of the first ones, and of all up to each."""
    head: list[_Found] = []
    size = 0
    for found in rows:
        head.append(found)
        size += found[1]
        if len(head) == _HEAD_ROWS or size > _HEAD_SIZE:
            break
    names: dict[str, None] = {}
    for _, _, row in head:
        if not isinstance(row, Dropped):
            names.update(dict.fromkeys(row))
    layout = guide.layout(names, path) if names else None
    if layout and layout.problem:
        yield Dropped(path=path, reason=DropReason.NO_TEXT, detail=layout.problem)
        return
    if layout and not layout.is_own:
        guide.tell_layout(layout, path)
    for number, _, row in chain(head, rows):
        if isinstance(row, Dropped):
            yield row
            continue
        if layout is None or (len(names) < _NAMES and not row.keys() <= names.keys()):
            names.update(dict.fromkeys(row))
            layout = guide.layout(names, path)
        yield guide.page(row, layout, f"{path}:{number}", DropReason.BAD_JSON)


def _lines(stream: BinaryIO, path: str) -> Iterator[_Found]:
    for number, line in numbered_lines(stream):
        where = f"{path}:{number}"
        if line is None:
            detail = f"line over {LINE_LIMIT // 1024**2} MB"
            yield number, 0, Dropped(path=where, reason=DropReason.TOO_LARGE, detail=detail)
        elif line.strip():
            yield number, len(line), _row(line.removeprefix(_BOM) if number == 1 else line, where)


def numbered_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines; None for one over the limit."""
    number = 0
    while line := stream.readline(LINE_LIMIT + 1):
        number += 1
        if len(line) <= LINE_LIMIT:
            yield number, line
            continue
        yield number, None
        if not _skip_line(stream, line):
            return


def _skip_line(stream: BinaryIO, line: bytes) -> bool:
    """Reads on to the end of the line; False if it is so long that the file is given up."""
    skipped = len(line)
    while line and not line.endswith(b"\n"):
        if skipped > _SKIP_LIMIT:
            return False
        line = stream.readline(_CHUNK)
        skipped += len(line)
    return True


def _row(line: bytes, where: str) -> Mapping[str, Any] | Dropped:
    try:
        return _fields(line)
    except RowError as error:
        return Dropped(path=where, reason=DropReason.BAD_JSON, detail=str(error))


def _fields(line: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(line.decode("utf-8"), parse_constant=_refuse_constant, object_pairs_hook=_unique)
    except UnicodeDecodeError as error:
        raise RowError("not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise RowError(f"not JSON: {str(error)[:120]}") from error
    return _object(value)


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise RowError("not a JSON object")
    return value


def _refuse_constant(name: str) -> None:
    raise RowError(f"not JSON: {name}")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise RowError("a field stands twice")
    return result


def _objects(decoded: Decoded, path: str) -> Iterator[_Found]:
    """The values of an array, or values one after another."""
    number = 0
    scanner = _Scanner(decoded)
    is_array = scanner.skip("[")
    while (sign := scanner.next_sign()) and not (is_array and sign == "]"):
        number += 1
        where = f"{path}:{number}"
        before = scanner.taken
        try:
            row: Mapping[str, Any] | Dropped = _object(scanner.value())
        except RowError as error:
            row = Dropped(path=where, reason=DropReason.BAD_JSON, detail=str(error))
        except _LostError as error:
            reason = DropReason.TOO_LARGE if error.is_large else DropReason.BAD_JSON
            detail = f"{error}; the rest of the file is not read"
            yield number, 0, Dropped(path=where, reason=reason, detail=detail)
            return
        yield number, scanner.taken - before, row
        scanner.skip(",")
    if is_array and not sign:
        detail = "the array is cut off"
        yield number, 0, Dropped(path=path, reason=DropReason.BAD_JSON, detail=detail)


class _LostError(Exception):
    """A value whose end is not found."""

    def __init__(self, message: str, *, is_large: bool = False) -> None:
        self.is_large = is_large
        super().__init__(message)


class _Scanner:
    """JSON values of a text that comes in chunks; at most one value and a chunk are in memory."""

    def __init__(self, chunks: Iterable[str]) -> None:
        self._chunks = iter(chunks)
        self._text = ""
        self._at = 0
        self._faults: list[str] = []
        self._decoder = json.JSONDecoder(parse_constant=self._constant, object_pairs_hook=self._pairs)
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
        """The value that begins here. Raises RowError for one that is not allowed, _LostError where it has no end."""
        while True:
            self._faults.clear()
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                if len(self._text) - self._at > ROW_LIMIT:
                    raise _LostError(f"row over {ROW_LIMIT // 1024**2} M characters", is_large=True) from error
                if not self._more(double=True):
                    raise _LostError(f"not JSON: {str(error)[:120]}") from error
                continue
            if end == len(self._text) and self._more():
                continue  # a number may go on
            self.taken += end - self._at
            self._at = end
            if self._faults:
                raise RowError(self._faults[0])
            return value

    def _more(self, *, double: bool = False) -> bool:
        """Read on: one chunk, or as much again as is there; False at the end."""
        rest = self._text[self._at :]
        size, chunks = len(rest), []
        while chunk := next(self._chunks, ""):
            chunks.append(chunk)
            size -= len(chunk)
            if not double or size <= 0:
                break
        self._text, self._at = rest + "".join(chunks), 0
        return bool(chunks)

    def _constant(self, name: str) -> None:
        self._faults.append(f"not JSON: {name}")

    def _pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(pairs)
        if len(result) != len(pairs):
            self._faults.append("a field stands twice")
        return result
