"""Rows of delimited text (RFC 4180 and what is met besides it) cut into cells."""

from __future__ import annotations

import re

from kutub.sources.rows import ROW_LIMIT


class Cells:
    """Cuts the pieces of one row after another into cells.

    A cell in quotation marks ends with a mark before a delimiter or the end of a line; marks in it are doubled, but a
    single one is read too. A cell that begins with a mark and is no such cell stands for itself.

    is_open: the row ends so far within quotation marks. is_strict: it is written by the rules (RFC 4180): no single
    marks in cells, no blanks beside quoted ones.
    """

    def __init__(self, delimiter: str) -> None:
        self.delimiter = delimiter
        self.width = 0  # cells of a row, once that is known
        after = rf" *(?={re.escape(delimiter)}|\Z)"
        inner = r'[^"\t]' if delimiter == "\t" else '[^"]'
        self._strict = re.compile(rf' *"([^"]*(?:""[^"]*)*)"{after}')
        self._opening = re.compile(r' *"([^"]*(?:""[^"]*)*)\Z')
        self._lenient = re.compile(rf' *"({inner}*(?:"(?!{after}){inner}*)*)"{after}')
        self._closing = re.compile(rf'([^"]*(?:(?:""|"(?!"|{after}))[^"]*)*)"{after}')
        self.begin()

    def begin(self) -> None:
        """Begin another row."""
        self.cells: list[str] = []
        self.is_open = False
        self.is_strict = True
        self.is_large = False
        self._parts: list[str] = []  # of the cell that is not whole yet
        self._size = 0

    @property
    def fits(self) -> bool:
        """Whether the row has as many cells as all; blank ones at its end may be more."""
        return len(self.cells) >= self.width and not any(cell.strip() for cell in self.cells[self.width :])

    def take(self, piece: str, end: str, *, is_last: bool, following: str | None = None) -> bool:
        """Add a piece of the row; True when the row is whole.

        end: the sign that ends a line; is_last: nothing follows. following: the next line, where it may tell whether a
        quotation mark that is not closed in this one opens a cell of several lines.
        """
        self._size += len(piece)
        if self.is_open and '"' not in piece:
            self._parts.append(piece)
            is_whole = False
        else:
            body, stop = (piece[:-1], end) if piece.endswith(end) else (piece, "")
            if stop == "\n" and body.endswith("\r"):
                body, stop = body[:-1], "\r\n"
            is_whole = self._take(body, stop, is_end=bool(stop) or is_last, following=following)
        if self._size > ROW_LIMIT:
            self.is_large = True
            self.cells.clear()
            self._parts[:] = [""] if self._parts else []
        return is_whole

    def _take(self, body: str, stop: str, *, is_end: bool, following: str | None) -> bool:
        at = 0
        self._has_no_end = False  # no mark that could end a cell follows in this piece
        if self.is_open:
            match = self._closing.match(body)
            inner = match[1] if match else body
            if '"' in inner.replace('""', "") or (match and match[0].endswith(" ")):
                self.is_strict = False
            if not match:
                self._parts.append(body + stop)
                return False
            self._parts.append(inner)
            self._add("".join(self._parts).replace('""', '"'))
            at = match.end() + 1
        elif stop and not self._parts and '"' not in body:
            self.cells += body.split(self.delimiter)
            return True
        while at <= len(body):
            if not self._parts and body[at : at + 1] in ('"', " ") and (match := self._quoted(body, at)):
                self._add(match[1].replace('""', '"'))
                at = match.end() + 1
                continue
            if not self._parts and (match := self._opening.match(body, at)) and not self._is_row(following):
                self.is_open = True
                self.is_strict = self.is_strict and match[0].startswith('"')
                self._parts.append(match[1] + stop)
                return False
            if at == len(body) and not is_end and not self._parts:
                return False
            border = body.find(self.delimiter, at)
            self._parts.append(body[at:] if border < 0 else body[at:border])
            if '"' in self._parts[-1]:
                self.is_strict = False
            if border < 0 and not is_end:
                return False
            self._add("".join(self._parts))
            at = (len(body) if border < 0 else border) + 1
        return is_end

    def _quoted(self, body: str, at: int) -> re.Match[str] | None:
        """The cell at a place, if it is one in quotation marks that ends in this line."""
        match = self._strict.match(body, at)
        if match and " " in (body[at], match[0][-1]):
            self.is_strict = False
        if match or self._has_no_end or self._opening.match(body, at):
            return match
        self.is_strict = False
        match = self._lenient.match(body, at)
        self._has_no_end = match is None and self.delimiter != "\t"
        return match

    def _is_row(self, line: str | None) -> bool:
        """Whether a line is a row by itself, as far as tabs tell: they hardly stand in texts."""
        if self.delimiter != "\t" or line is None or not self.width:
            return False
        return line.count("\t") == self.width - 1 > 0

    def _add(self, cell: str) -> None:
        self.cells.append(cell)
        self._parts.clear()
        self.is_open = False
