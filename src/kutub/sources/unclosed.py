"""Rows that have been run together by a quotation mark that opens a cell and is not closed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kutub.sources.cells import Cells

_TRIES = 8  # lines that may begin the next row, of those that look like it
_SEVERAL = 3  # rows that are no chance
_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")
_FEW_CELLS = 3  # up to which a number may look like a row


class Unclosed:
    """Looks in the lines of a row for others that are rows by themselves.

    A row by itself has as many cells as the header, and no blank behind a delimiter, as prose has it. No line of a cell
    that is quoted by the rules is strict by itself: its inner marks are doubled, and the line that closes it has a mark
    more.
    """

    def __init__(self, cells: Cells, end: str) -> None:
        self._row = cells
        self._cells = Cells(cells.delimiter)
        self._end = end

    @property
    def _width(self) -> int:
        return self._row.width

    def next_row(self, pieces: Sequence[str], following: str | None, *, is_last: bool) -> int:
        """Where in the pieces of a row that is not written by the rules the next row begins; 0 if they are one row.

        From there to the end all must be rows.
        """
        starts = (index for index, piece in self._lines(pieces) if self._begins_row(piece))
        for _, index in zip(range(_TRIES), starts, strict=False):
            if self._are_rows(pieces[index:], following, is_last=is_last):
                return index
        return 0

    def is_alike(self, pieces: Sequence[str]) -> bool:
        """Whether several lines follow the first, and each has as many cells as the header."""
        count = 0
        for _, piece in self._lines(pieces):
            if not self._is_row(piece):
                return False
            count += 1
        return self._width >= _SEVERAL and count >= _SEVERAL

    def has_row(self, pieces: Sequence[str]) -> bool:
        """Whether a line behind the first has as many delimiters as the header."""
        return any(piece.count(self._cells.delimiter) == self._width - 1 for _, piece in self._lines(pieces))

    def first_row(self, pieces: Sequence[str]) -> int:
        """Where rows begin again behind a mark that is not closed: at least half of the lines are such; else 0."""
        found = balance = 0
        for index, piece in reversed(list(self._lines(pieces))):
            if not piece.strip():
                continue
            is_row = self._begins_row(piece) and not self._cells.is_open
            balance += 1 if is_row else -1
            if is_row and balance >= 0:
                found = index
        return found

    def _lines(self, pieces: Sequence[str]) -> Iterator[tuple[int, str]]:
        """The lines behind the first, but for those that come in several pieces."""
        for index in range(1, len(pieces)):
            is_whole = pieces[index].endswith(self._end) or index == len(pieces) - 1
            if is_whole and pieces[index - 1].endswith(self._end):
                yield index, pieces[index]

    def _begin(self) -> None:
        self._cells.begin()
        self._cells.width = self._row.width

    def _is_row(self, line: str) -> bool:
        self._begin()
        return self._cells.take(line, self._end, is_last=True) and self._fits()

    def _begins_row(self, line: str) -> bool:
        """Whether a line is a row, or the begin of one that goes on in quotation marks."""
        if self._is_row(line):
            is_number = self._cells.delimiter == "," and self._width <= _FEW_CELLS and _THOUSANDS.search(line)
            is_even = self._width >= _SEVERAL and line.count('"') % 2 == 0
            return not is_number and (self._cells.is_strict or is_even)
        cells = self._cells
        return cells.is_open and cells.is_strict and 0 < len(cells.cells) < self._width and self._has_no_blanks()

    def _are_rows(self, pieces: Sequence[str], following: str | None, *, is_last: bool) -> bool:
        """Whether the pieces are whole rows: strict, or wide and with an even number of marks, or several and wide."""
        count = marks = 0
        is_whole, is_strict, is_even = True, True, True
        for index, piece in enumerate(pieces, start=1):
            if is_whole:
                if not piece.strip():
                    continue
                self._begin()
                marks = 0
            marks += piece.count('"')
            is_end = index == len(pieces)
            is_whole = self._cells.take(
                piece, self._end, is_last=is_end and is_last, following=following if is_end else pieces[index]
            )
            if is_whole:
                if not self._fits():
                    return False
                count += 1
                is_strict, is_even = is_strict and self._cells.is_strict, is_even and marks % 2 == 0
        is_wide = self._width >= _SEVERAL
        return is_whole and (is_strict or (is_wide and (is_even or count >= _SEVERAL)))

    def _fits(self) -> bool:
        return self._width > 1 and self._cells.fits and self._has_no_blanks()

    def _has_no_blanks(self) -> bool:
        return not any(cell.startswith(" ") for cell in self._cells.cells[1:])
