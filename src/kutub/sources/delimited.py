"""Delimited text cut into rows, in constant memory; rows that a quotation mark has run together are parted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kutub.sources.cells import Cells
from kutub.sources.lines import Lines
from kutub.sources.rows import ROW_LIMIT
from kutub.sources.unclosed import Unclosed

_LINES = 100_000  # of a row that are kept in case that they are several rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row that is not blank: its number and that of its first line, both from 1, its lines, and its cells.

    fault: why it cannot be used; its cells are then of no use. is_large: it has more than ROW_LIMIT characters.
    is_doubtful: it may be several rows, of which the first has a quotation mark that is not closed.
    """

    number: int
    line: int
    lines: int = 1
    cells: tuple[str, ...]
    fault: str = ""
    is_large: bool = False
    is_doubtful: bool = False

    @property
    def where(self) -> str:
        """`line 4`, `lines 4 to 7`."""
        return f"line {self.line}" if self.lines < 2 else f"lines {self.line} to {self.line + self.lines - 1}"


def records(lines: Lines, cells: Cells, *, skipped: int = 0) -> Iterator[Record]:
    """The rows of some lines. skipped: how many lines (that were rows) have been taken before.

    Raises the damage of the lines when the rows before it have been given.
    """
    number, line = skipped, skipped + 1
    several = _Several(lines, cells)
    while (piece := lines.take()) is not None:
        number += 1
        cells.begin()
        is_whole = cells.take(piece, lines.end, is_last=lines.is_last, following=lines.ahead)
        if is_whole and not cells.is_large:
            if len(cells.cells) > 1 or piece.strip():
                yield Record(number=number, line=line, cells=tuple(cells.cells))
            line += 1
            continue
        row = several.rest(piece, is_whole=is_whole)
        if lines.damage and not (row.is_whole or row.next):
            break
        yield _record(row, cells, number, line)
        line += row.lines
    if lines.damage:
        raise lines.damage


@dataclass(slots=True, kw_only=True)
class _Row:
    """What was taken for a row: its pieces (as long as they may be several rows), and the number of its lines.

    next: the first piece that belongs to another row, 0 if there is none. is_alike: each line behind the first may be a
    row, though all are one by the rules; is_doubtful: one of them may be, and they are none by the rules.
    """

    pieces: list[str]
    lines: int = 1
    next: int = 0
    is_whole: bool
    is_kept: bool = True
    is_alike: bool = False
    is_doubtful: bool = False


class _Several:
    """Reads rows of several lines or pieces, and parts those that are several rows. No line is parted from two rows."""

    def __init__(self, lines: Lines, cells: Cells) -> None:
        self._lines = lines
        self._cells = cells
        self._unclosed = Unclosed(cells, lines.end)
        self._is_alone = False  # whether lines that were put back are rows of one line: no mark in them ends a cell

    def rest(self, piece: str, *, is_whole: bool) -> _Row:
        """The row of which the first piece was taken; what belongs to other rows is put back."""
        lines, cells = self._lines, self._cells
        is_again = lines.is_again
        row = _Row(pieces=[piece], is_whole=is_whole)
        is_end = piece.endswith(lines.end)
        while not row.is_whole and not (is_end and is_again and self._is_alone):
            if row.is_kept and (cells.is_large or len(row.pieces) > _LINES):
                row.next = self._unclosed.first_row(row.pieces) if cells.is_open and not is_again else 0
                if row.next:
                    break
                row.is_kept = False
                row.pieces.clear()
            following = lines.take()
            if following is None:
                break
            row.lines += is_end
            is_end = following.endswith(lines.end)
            row.is_whole = cells.take(following, lines.end, is_last=lines.is_last, following=lines.ahead)
            if row.is_kept:
                row.pieces.append(following)
        if row.is_kept and not (row.next or is_again):
            self._look(row)
        if row.next:
            self._part(row)
        return row

    def _look(self, row: _Row) -> None:
        """Whether the row is several."""
        if not row.is_whole:
            row.next = self._unclosed.first_row(row.pieces) if self._cells.is_open else 0
        elif self._cells.is_strict and self._cells.fits:
            row.is_alike = self._unclosed.is_alike(row.pieces)
        else:
            row.next = self._unclosed.next_row(row.pieces, self._lines.ahead, is_last=self._lines.is_last)
            row.is_doubtful = not row.next and self._cells.fits and self._unclosed.has_row(row.pieces)

    def _part(self, row: _Row) -> None:
        self._lines.put_back(row.pieces[row.next :])
        row.lines = sum(piece.endswith(self._lines.end) for piece in row.pieces[: row.next])
        self._is_alone = not row.is_whole


def _record(row: _Row, cells: Cells, number: int, line: int) -> Record:
    is_large = cells.is_large and not row.next
    faults = [f"row over {ROW_LIMIT // 1024**2} M characters"] if is_large else []
    if row.next or cells.is_open:
        faults.append("a quotation mark is never closed: {lost}")
    elif row.is_alike:
        faults.append("a quotation mark may not be closed, each line may be a row: {lost}")
    record = Record(
        number=number,
        line=line,
        lines=row.lines,
        cells=tuple(cells.cells),
        is_large=is_large,
        is_doubtful=row.is_doubtful,
    )
    lost = f"{record.where} {'are' if row.lines > 1 else 'is'} not read"
    return replace(record, fault=": ".join(faults).format(lost=lost))
