"""Corpora in JSON: an object on each line, an array of objects, or objects one after another."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, BinaryIO

from kutub.records import Dropped, DropReason, Page
from kutub.sources.decoded import Decoded
from kutub.sources.files import READ_ERRORS, unreadable
from kutub.sources.guide import Guide
from kutub.sources.inner import Lists, lists_within, with_text
from kutub.sources.orders import Row
from kutub.sources.rows import ROW_LIMIT, NoTextError, RowError
from kutub.sources.schemas import Layout
from kutub.sources.values import Decoder, LostError, Scanner

LINE_LIMIT = ROW_LIMIT  # bytes of one line
_SKIP_LIMIT = 1024 * 1024 * 1024  # bytes of one line after which the rest of the file is given up
_CHUNK = 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_HEAD_ROWS = 100  # rows whose fields are looked at before the first is read
_HEAD_SIZE = 1024 * 1024  # bytes or characters of them
_NAMES = 1000  # fields that a corpus may have in all
_RUNS = 10_000  # runs of rows without a text that are held back
_ONE_OBJECT = "a list of articles within one object must be shorter: give it as an array of its own"

_Found = tuple[int, int, Mapping[str, Any] | Dropped]  # row, size, what it is


def read_rows(stream: BinaryIO, path: str, guide: Guide) -> Iterator[Page | Dropped]:
    """Pages of JSON Lines, line by line in constant memory; a line that is no row is dropped as `path:line`."""
    return _pages(_until_damage(_lines(stream, path), path), path, guide)


def read_objects(stream: io.BufferedIOBase, path: str, guide: Guide) -> Iterator[Page | Dropped]:
    """Pages of arrays of objects, or of objects one after another, in constant memory (`path:row`, from 1)."""
    decoded = Decoded(stream)
    yield from _pages(_until_damage(_objects(decoded, path), path), path, guide)
    guide.tell_replaced(decoded, path)


def _until_damage(rows: Iterator[_Found], path: str) -> Iterator[_Found]:
    """The rows, and the damage that ends them."""
    count = 0
    try:
        for row in rows:
            yield row
            count += 1
    except READ_ERRORS as error:
        yield 0, 0, unreadable(path, error, rows=count)


class _Lacking:
    """Rows without a text before the first that has one: they are held back as their numbers, since all may be such."""

    def __init__(self, path: str) -> None:
        self.count = 0
        self.names: dict[str, None] = {}
        self.first: Mapping[str, Any] = {}
        self._last: Mapping[str, Any] | None = None
        self.is_told = False  # whether some of them have been given out
        self._path = path
        self._runs: list[list[int]] = []

    def is_like(self, row: Mapping[str, Any]) -> bool:
        """Whether a row has the fields of the last one that was held back."""
        return self._last is not None and row.keys() == self._last.keys()

    def add(self, number: int, row: Mapping[str, Any]) -> Iterator[Dropped]:
        """Hold one more back; gives out what becomes too much."""
        self.first = self.first if self.count else row
        self.count += 1
        if not self.is_like(row):
            self._last = row
            if len(self.names) < _NAMES:
                self.names.update(dict.fromkeys(row))
        if self._runs and self._runs[-1][1] == number - 1:
            self._runs[-1][1] = number
        else:
            self._runs.append([number, number])
        if len(self._runs) > _RUNS:
            self.is_told = True
            yield from self.dropped(Layout(columns={}))

    def dropped(self, layout: Layout) -> Iterator[Dropped]:
        """Those that are held back, one by one."""
        runs, self._runs = self._runs, []
        detail = str(NoTextError(layout))
        for first, last in runs:
            for number in range(first, last + 1):
                yield Dropped(path=f"{self._path}:{number}", reason=DropReason.NO_TEXT, detail=detail)


def _pages(rows: Iterator[_Found], path: str, guide: Guide, *, is_inner: bool = False) -> Iterator[Page | Dropped]:
    """The pages of rows. Those without a text column are dropped one by one, but as one where there are no others."""
    lacking = _Lacking(path)
    for found in rows:
        row = found[2]
        if isinstance(row, Dropped):
            yield row
        elif not lacking.is_like(row) and guide.has_text(row):
            break
        else:
            yield from lacking.add(found[0], row)
    else:
        yield from _without_text(lacking, path, guide, is_inner=is_inner)
        return
    head = _head(found, rows)
    lists = lists_within(row, guide) if len(head) == 1 and not (lacking.count or is_inner) else {}
    if len(lists) == 1:
        yield from _inner(lists, path, guide)
    else:
        yield from _with_text(head, rows, lacking, path, guide)


def _head(first: _Found, rows: Iterator[_Found]) -> list[_Found]:
    """The first rows, from one with a text on; more than one where there are more."""
    head, size = [first], first[1]
    for found in rows:
        head.append(found)
        size += found[1]
        if len(head) == _HEAD_ROWS or size > _HEAD_SIZE:
            break
    return head


def _with_text(
    head: list[_Found], rows: Iterator[_Found], lacking: _Lacking, path: str, guide: Guide
) -> Iterator[Page | Dropped]:
    """The pages of a corpus; how they are read is told from the fields of the first rows, and of all up to each."""
    names = dict.fromkeys(name for _, _, row in head if not isinstance(row, Dropped) for name in row)
    layout = guide.layout(names, path)
    if layout.problem:  # of all fields together, not of those of the first row
        layout = guide.layout(dict.fromkeys(_object(head[0][2])), path)
    if not layout.is_own:
        guide.tell_layout(layout, path)
    yield from lacking.dropped(layout)
    found = _laid_out(chain(head, rows), names, layout, path, guide)
    yield from guide.pages(found, path, DropReason.BAD_JSON)


def _laid_out(
    rows: Iterable[_Found], names: dict[str, None], layout: Layout, path: str, guide: Guide
) -> Iterator[Row | Dropped]:
    """The rows, each with its layout, which grows with the names of fields."""
    for number, _, row in rows:
        if isinstance(row, Dropped):
            yield row
            continue
        if len(names) < _NAMES and not row.keys() <= names.keys():
            names.update(dict.fromkeys(row))
            wider = guide.layout(names, path)
            layout = layout if wider.problem else wider
        yield Row(fields=row, layout=layout, where=f"{path}:{number}")


def _without_text(lacking: _Lacking, path: str, guide: Guide, *, is_inner: bool) -> Iterator[Page | Dropped]:
    """What a corpus gives that has no column of texts: what is in its one object, or why it cannot be read."""
    if not lacking.count:
        return
    lists = {} if is_inner else lists_within(lacking.first, guide)
    if lacking.count == 1 and len(lists) == 1:
        yield from _inner(lists, path, guide)
        return
    layout = guide.layout(lacking.names, path)
    if lacking.is_told:
        yield from lacking.dropped(layout)
    problem = layout.problem
    if lacking.count == 1 and lists:
        problem = f"several lists of objects ({', '.join(lists)}): give the one with the articles as a JSON array"
    elif within := ", ".join(with_text(lists, guide)):
        problem = f"the articles are in a list of each row ({within}): give the objects of these lists as rows"
    told = f"{lacking.count:,} rows: " if lacking.count > 1 else ""
    yield Dropped(path=path, reason=DropReason.NO_TEXT, detail=told + problem)


def _inner(lists: Lists, path: str, guide: Guide) -> Iterator[Page | Dropped]:
    """The pages of the one list that the one object of a file holds."""
    ((name, objects),) = lists.items()
    if name:
        guide.tell_list(name, path)
    else:
        guide.tell(f"the rows of {path} are the objects in its one object; their names there are their ids")
    found: Iterator[_Found] = ((number, 0, row) for number, row in enumerate(objects, start=1))
    yield from _pages(found, path, guide, is_inner=True)


def _lines(stream: BinaryIO, path: str) -> Iterator[_Found]:
    decoder = Decoder()
    for number, line in numbered_lines(stream, path):
        if isinstance(line, Dropped):
            yield number, 0, line
        elif line.strip():
            where = f"{path}:{number}"
            yield number, len(line), _row(line.removeprefix(_BOM) if number == 1 else line, decoder, where)


def numbered_lines(stream: BinaryIO, path: str) -> Iterator[tuple[int, bytes | Dropped]]:
    """Numbered lines; one over the limit is dropped, and what follows one that does not end is not read."""
    number = 0
    while line := stream.readline(LINE_LIMIT + 1):
        number += 1
        if len(line) <= LINE_LIMIT:
            yield number, line
            continue
        has_end = _skip_line(stream, line)
        detail = f"line over {LINE_LIMIT // 1024**2} MB"
        if not has_end:
            detail = f"line over {_SKIP_LIMIT // 1024**2:,} MB; the rest of the file is not read"
        yield number, Dropped(path=f"{path}:{number}", reason=DropReason.TOO_LARGE, detail=detail)
        if not has_end:
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


def _row(line: bytes, decoder: Decoder, where: str) -> Mapping[str, Any] | Dropped:
    try:
        return _object(decoder.text_value(line.decode("utf-8")))
    except UnicodeDecodeError:
        return Dropped(path=where, reason=DropReason.BAD_JSON, detail="not UTF-8")
    except RowError as error:
        return Dropped(path=where, reason=DropReason.BAD_JSON, detail=str(error))


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise RowError("not a JSON object")
    return value


def _objects(decoded: Decoded, path: str) -> Iterator[_Found]:
    """The values of arrays, and values one after another."""
    number = 0
    scanner = Scanner(decoded)
    is_within = is_behind = False  # within an array, behind one
    while sign := scanner.next_sign():
        if sign == ("]" if is_within else "["):
            scanner.skip(sign)
            is_within, is_behind = not is_within, is_within
            if is_behind:
                scanner.skip(",")
            continue
        if is_behind and sign != "{":
            detail = "text after the end of the array is not read"
            yield number, 0, Dropped(path=path, reason=DropReason.BAD_JSON, detail=detail)
            return
        number += 1
        before = scanner.taken
        try:
            row = _value(scanner, f"{path}:{number}")
        except LostError as error:
            reason = DropReason.TOO_LARGE if error.is_large else DropReason.BAD_JSON
            advice = f"; {_ONE_OBJECT}" if error.is_large and number == 1 and not is_within else ""
            detail = f"{error}; the rest of the file is not read{advice}"
            yield number, 0, Dropped(path=f"{path}:{number}", reason=reason, detail=detail)
            return
        yield number, scanner.taken - before, row
        scanner.skip(",")
    if is_within:
        detail = "the array is cut off"
        yield number, 0, Dropped(path=path, reason=DropReason.BAD_JSON, detail=detail)


def _value(scanner: Scanner, where: str) -> Mapping[str, Any] | Dropped:
    try:
        return _object(scanner.value())
    except RowError as error:
        return Dropped(path=where, reason=DropReason.BAD_JSON, detail=str(error))
