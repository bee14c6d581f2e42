"""Tables as text: CSV, TSV and their like."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain

from kutub.records import Dropped, DropReason, Page
from kutub.sources.cells import Cells
from kutub.sources.decoded import Decoded
from kutub.sources.delimited import Record, records
from kutub.sources.guide import Guide
from kutub.sources.headless import headless_problem
from kutub.sources.kinds import SAMPLE
from kutub.sources.lines import Lines
from kutub.sources.orders import Row
from kutub.sources.schemas import Layout, bare_problem, layout_of

_DELIMITERS = (",", "\t", ";", "|")
_NONE = "\x1f"  # for a table of one column: it stands in no text
_STATED = re.compile(r'"?sep=(.)"?\s*$')  # the line that spreadsheets write before a header
_FEW = 5  # rows of which one may be bad
_NAME_LIMIT = 40  # characters of a column's name


def read_table(stream: io.BufferedIOBase, path: str, guide: Guide) -> Iterator[Page | Dropped]:
    """Pages of a table, a row each, in constant memory; a row that is none is dropped as `path:row` (the header is 1).

    Raises InputError for a column of the user that is not there.
    """
    decoded = Decoded(stream)
    chunks = iter(decoded)
    first = next(chunks, "")
    lines = Lines(chain([first], chunks), _end_of_lines(first))
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
    """Whether a text begins with a header: short names of columns, of which one is known as that of a text.

    Another of them is known too, or rows follow that fit: prose may begin with such a word.
    """
    text = "".join(Decoded(io.BytesIO(sample)))
    lines = Lines([text], _end_of_lines(text))
    cells = Cells(_to_header(lines, guide)[0])
    if lines.ahead is None or not lines.ahead.endswith(lines.end):
        return False
    rows = records(lines, cells)
    header = next(rows, None)
    names = [cell.strip() for cell in header.cells] if header and not header.fault else []
    if not 1 < len(names) == len(set(names)) or not all(0 < len(name) <= _NAME_LIMIT for name in names):
        return False
    if not _has_text(names, guide):
        return False
    cells.width = len(names)
    is_known = "text" in guide.columns or len(layout_of(names, {}, "").needed) > 1
    return is_known or _fit(list(rows), names, is_cut=len(sample) == SAMPLE)


def _fit(rows: list[Record], names: Sequence[str], *, is_cut: bool) -> bool:
    """Whether rows, one or more, have the width of the header, but for a few. is_cut: the last one goes on."""
    last = rows.pop() if is_cut and rows else None
    if last and not rows:
        return len(last.cells) <= len(names)
    bad = sum(1 for row in rows if row.fault or _width_fault(row, names))
    return bool(rows) and bad * _FEW <= len(rows)


def _end_of_lines(text: str) -> str:
    return "\r" if "\r" in text and "\n" not in text else "\n"


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
        return (_has_text(names, guide) or bool(bare_problem(names))) and len(names) > 1, len(names)

    best = max(_DELIMITERS, key=merit)
    return (best if merit(best)[1] > 1 else _NONE), skipped


def _has_text(names: Sequence[str], guide: Guide) -> bool:
    """Whether one of the columns is known as the text, by the user or by its name."""
    return guide.has_text(names) or not layout_of(names, {}, "").problem


def _names(line: str, delimiter: str) -> list[str]:
    cells = Cells(delimiter)
    cells.take(line, "\n", is_last=True)
    return [cell.strip() for cell in cells.cells] + [""] * cells.is_open


def _pages(header: Record, rows: Iterator[Record], path: str, guide: Guide) -> Iterator[Page | Dropped]:
    names = [cell.strip() for cell in header.cells]
    problem = header.fault or bare_problem(names) or ("" if _has_text(names, guide) else headless_problem(names))
    layout = None if problem else guide.layout(names, path)
    if layout is None or layout.problem:
        reason = DropReason.BAD_ROW if header.fault else DropReason.NO_TEXT
        yield Dropped(path=path, reason=reason, detail=problem or (layout.problem if layout else ""))
        return
    guide.tell_layout(layout, path)
    yield from guide.pages(_rows(names, rows, layout, path, guide), path, DropReason.BAD_ROW)


def _rows(
    names: Sequence[str], rows: Iterator[Record], layout: Layout, path: str, guide: Guide
) -> Iterator[Row | Dropped]:
    places = [(column, names.index(column)) for column in layout.needed]
    for row in _told(rows, path, guide):
        where = f"{path}:{row.number}"
        if fault := row.fault or _width_fault(row, names):
            reason = DropReason.TOO_LARGE if row.is_large else DropReason.BAD_ROW
            yield Dropped(path=where, reason=reason, detail=fault)
        else:
            fields = {column: row.cells[place] for column, place in places}
            yield Row(fields=fields, layout=layout, where=where)


def _told(rows: Iterator[Record], path: str, guide: Guide) -> Iterator[Record]:
    """The rows; after the last it is told how many of them may be several, if any."""
    count, first = 0, ""
    for row in rows:
        if row.is_doubtful:
            count, first = count + 1, first or row.where
        yield row
    if count:
        noun = "row" if count == 1 else "rows"
        hint = "a mark may not be closed there, and other rows be read as a part of it"
        guide.tell(f"{path}: {count:,} {noun} of several lines with single quotation marks (first: {first}): {hint}")


def _width_fault(row: Record, names: Sequence[str]) -> str:
    """What is wrong with the number of a row's cells; blank ones at its end may be too many."""
    count, width = len(row.cells), len(names)
    if count < width or any(cell.strip() for cell in row.cells[width:]):
        return f"{count} cell{'' if count == 1 else 's'}, the header has {width} ({row.where})"
    return ""
