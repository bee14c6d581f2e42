"""The lines of a text that comes in chunks."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from kutub.sources.files import READ_ERRORS

PIECE = 1024 * 1024  # characters of a line that are looked at at once


class Lines:
    """Lines of a text that comes in chunks, with their ends, one of them known ahead; long ones come in pieces.

    end: the sign that ends a line. A piece that is not the last of its line ends neither in a quotation mark nor in a
    carriage return. is_again: whether the piece that was taken last had been put back. damage: why the text cannot be
    read on (one of READ_ERRORS); it seems to end there.
    """

    def __init__(self, chunks: Iterable[str], end: str) -> None:
        self.end = end
        self.is_again = False
        self._again = 0  # pieces to come that were put back
        self.damage: Exception | None = None
        self._pieces = _pieces(chunks, end)
        self._back: deque[str] = deque()
        self.ahead = self._next()

    @property
    def is_last(self) -> bool:
        """Whether the text ends with the piece that was taken last."""
        return self.ahead is None and self.damage is None

    def take(self) -> str | None:
        """The next piece; None at the end."""
        piece = self.ahead
        if piece is not None:
            self.is_again = self._again > 0
            if self.is_again:
                self._again -= 1
            self.ahead = self._next()
        return piece

    def put_back(self, pieces: Sequence[str]) -> None:
        """Have the pieces that were taken last, one or more, come again."""
        if self.ahead is not None:
            self._back.appendleft(self.ahead)
        self._back.extendleft(reversed(pieces))
        self.ahead = self._back.popleft()
        self._again = len(pieces)

    def _next(self) -> str | None:
        if self._back:
            return self._back.popleft()
        try:
            return next(self._pieces, None)
        except READ_ERRORS as error:
            self.damage = error
            return None


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
