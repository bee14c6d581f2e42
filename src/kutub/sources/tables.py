"""Tables as text: CSV, TSV and their like."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import BinaryIO

from kutub.records import Dropped, DropReason, Page
from kutub.sources.decoded import Decoded
from kutub.sources.delimited import Cells, Lines, Record, records
from kutub.sources.rows import Guide
from kutub.sources.schemas import bare_problem, layout_of

_DELIMITERS = (",", "\t", ";", "|")
_NONE = "\x1f"  # for a table of one column: it stands in no text
_STATED = re.compile(r'"?sep=(.)"?\s*$')  # the line that spreadsheets write before a header
_NAME_LIMIT = 40  # characters of a column's name


def read_table(stream: BinaryIO, path: str, guide: Guide) -> Iterator[Page | Dropped]:
    """Pages of a table, a row each, in constant memory; a row that is none is dropped as `path:row` (the header is 1).

    Raises InputError for a column of the user that is not there.
    """
    decoded = Decoded(stream)
    chunks = iter(decoded)
    first = next(chunks, "")
    lines = Lines(chain([first], chunks), "\r" if "\r" in first and "\n" not in first else "\n")
    delimiter, skipped = _to_header(lines, guide)
    cells = Cells(delimiter)
    rows = records(lines, cells, skipped=skipped)
    header = next(rows, None)
    if header is None:
        yield Dropped(path=path, reason=DropReason.EMPTY)
        return
    cells.width = len(header.cells)
    yield from _pages(header, rows, path, guide)
    guide.tell_replaced(decoded, path)


def looks_like_table(sample: bytes, guide: Guide) -> bool:
    """Whether a text begins with a header: short names, of which two or more are known and one is that of a text."""
    line, end, _ = "".join(Decoded(io.BytesIO(sample))).partition("\n")
    if not end:
        return False
    for delimiter in _DELIMITERS:
        names = _names(line, delimiter)
        if len(set(names)) == len(names) > 1 and all(0 < len(name) <= _NAME_LIMIT for name in names):
            layout = layout_of(names, {}, "")
            if guide.columns.get("text") in names or (not layout.problem and len(layout.needed) > 1):
                return True
    return False


def _to_header(lines: Lines, guide: Guide) -> tuple[str, int]:
    """Goes on to the header; the delimiter, and how many lines were skipped.

    The delimiter is the one that gives a column with a text, or a known file without a header; of several the one that
    gives the most columns.
    """
    skipped = 0
    stated = None
    while lines.ahead is not None and (not lines.ahead.strip() or (stated := _STATED.match(lines.ahead))):
        lines.take()
        skipped += 1
        if stated:
            return stated[1], skipped
    line = lines.ahead or ""

    def merit(delimiter: str) -> tuple[bool, int]:
        names = _names(line, delimiter)
        has_text = guide.columns.get("text") in names or not layout_of(names, {}, "").problem
        return (has_text or bool(bare_problem(names))) and len(names) > 1, len(names)

    best = max(_DELIMITERS, key=merit)
    return (best if merit(best)[1] > 1 else _NONE), skipped


def _names(line: str, delimiter: str) -> list[str]:
    cells = Cells(delimiter)
    cells.take(line, "\n", is_last=True)
    return [cell.strip() for cell in cells.cells] + [""] * cells.is_open


def _pages(header: Record, rows: Iterator[Record], path: str, guide: Guide) -> Iterator[Page | Dropped]:
    names = [cell.strip() for cell in header.cells]
    problem = header.fault or bare_problem(names)
    layout = None if problem else guide.layout(names, path)
    if layout is None or layout.problem:
        reason = DropReason.BAD_ROW if header.fault else DropReason.NO_TEXT
        yield Dropped(path=path, reason=reason, detail=problem or (layout.problem if layout else ""))
        return
    guide.tell_layout(layout, path)
    places = [(column, names.index(column)) for column in layout.needed]
    for row in rows:
        where = f"{path}:{row.number}"
        if fault := row.fault or _width_fault(row, names):
            reason = DropReason.TOO_LARGE if row.is_large else DropReason.BAD_ROW
            yield Dropped(path=where, reason=reason, detail=fault)
        else:
            fields = {column: row.cells[place] for column, place in places}
            yield guide.page(fields, layout, where, DropReason.BAD_ROW)


def _width_fault(row: Record, names: Sequence[str]) -> str:
    """What is wrong with the number of a row's cells; blank ones at its end may be too many."""
    count, width = len(row.cells), len(names)
    if count < width or any(cell.strip() for cell in row.cells[width:]):
        return f"{count} cell{'' if count == 1 else 's'}, the header has {width} (line {row.line})"
    return ""
