"""Delimited text (RFC 4180 and what is met besides it) cut into rows and cells, in constant memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kutub.sources.rows import ROW_LIMIT

PIECE = 1024 * 1024  # characters of a line that are looked at at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row that is not blank: its number and that of its first line, both from 1, and its cells.

    fault: why it cannot be used; its cells are then of no use. is_large: it has more than ROW_LIMIT characters.
    """

    number: int
    line: int
    cells: tuple[str, ...]
    fault: str = ""
    is_large: bool = False


class Lines:
    """Lines of a text that comes in chunks, with their ends, one of them known ahead; long ones come in pieces.

    end: the sign that ends a line. A piece that is not the last of its line ends neither in a quotation mark nor in a
    carriage return.
    """

    def __init__(self, chunks: Iterable[str], end: str) -> None:
        self.end = end
        self._pieces = _pieces(chunks, end)
        self.ahead = next(self._pieces, None)

    def take(self) -> str | None:
        """The next piece; None at the end."""
        piece, self.ahead = self.ahead, next(self._pieces, None) if self.ahead is not None else None
        return piece


def _pieces(chunks: Iterable[str], end: str) -> Iterator[str]:
    rest = ""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(end)
        for line in lines:
            yield line + end
        while len(rest) > PIECE:
            cut = PIECE
            while cut < min(len(rest), 2 * PIECE) and rest[cut - 1] in '"\r':
                cut += 1
            if cut == len(rest):
                break
            yield rest[:cut]
            rest = rest[cut:]
    if rest:
        yield rest


class Cells:
    """Cuts the pieces of one row after another into cells.

    A cell in quotation marks ends with a mark before a delimiter or the end of a line; marks in it are doubled, but a
    single one is read too. A cell that begins with a mark and is no such cell stands for itself.
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
        self.is_open = False  # within quotation marks
        self.is_large = False
        self._parts: list[str] = []  # of the cell that is not whole yet
        self._size = 0

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
            if not match:
                self._parts.append(body + stop)
                return False
            self._parts.append(match[1])
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
                self._parts.append(match[1] + stop)
                return False
            if at == len(body) and not is_end and not self._parts:
                return False
            border = body.find(self.delimiter, at)
            self._parts.append(body[at:] if border < 0 else body[at:border])
            if border < 0 and not is_end:
                return False
            self._add("".join(self._parts))
            at = (len(body) if border < 0 else border) + 1
        return is_end

    def _quoted(self, body: str, at: int) -> re.Match[str] | None:
        """The cell at a place, if it is one in quotation marks that ends in this line."""
        match = self._strict.match(body, at)
        if match or self._has_no_end or self._opening.match(body, at):
            return match
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


def records(lines: Lines, cells: Cells, *, skipped: int = 0) -> Iterator[Record]:
    """The rows of some lines. skipped: how many lines (that were rows) have been taken before."""
    number = line = skipped
    while (piece := lines.take()) is not None:
        number, line = number + 1, line + 1
        first, is_blank = line, not piece.strip()
        cells.begin()
        while not cells.take(piece, lines.end, is_last=lines.ahead is None, following=lines.ahead):
            following = lines.take()
            if following is None:
                break
            line += piece.endswith(lines.end)
            piece = following
        if is_blank and len(cells.cells) == 1:
            continue
        fault = ""
        if cells.is_large:
            fault = f"row over {ROW_LIMIT // 1024**2} M characters"
        if cells.is_open:
            lost = f"a quotation mark is never closed: lines {first} to {line} are not read"
            fault = f"{fault}: {lost}" if fault else lost
        yield Record(number=number, line=first, cells=tuple(cells.cells), fault=fault, is_large=cells.is_large)
