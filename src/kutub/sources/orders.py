"""Which of day and month comes first in the dates of a file's columns, as those values show whose order is plain."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kutub.records import Dropped
from kutub.sources.schemas import Layout
from kutub.sources.times import DateOrder, is_either, order_shown

HELD_ROWS = 10_000  # rows that wait at most for a value that decides
_SAMPLE = 100  # rows from the first unclear date on that are looked at in any case: a column may hold both orders
_HELD_SIZE = 16 * 1024 * 1024  # characters or bytes of them
_VALUE_SIZE = 16  # what a number counts, and each place in a list or an object
_DATES = ("date", "crawled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a corpus, how its columns are read, and its place (`file:row`)."""

    fields: Mapping[str, object]
    layout: Layout
    where: str


class Orders:
    """The orders of the dates of one file, by column. chosen: the user's, which holds for all columns.

    on_notice: called with a line for the user where a column's values decide, and where they show both orders.
    """

    def __init__(self, chosen: DateOrder | None, path: str, on_notice: Callable[[str], None]) -> None:
        self._chosen = chosen
        self._path = path
        self._tell = on_notice
        self._shown: dict[str, dict[DateOrder, str]] = {}  # the first value of each order
        self._used: set[str] = set()

    def of(self, column: str) -> DateOrder | None:
        """The order of a column's dates: the user's, else the one that its values show, if they show but one."""
        return self._chosen or self._by_values(column)

    def ahead(self, rows: Iterable[Row | Dropped]) -> Iterator[Row | Dropped]:
        """The same rows, each when later ones have been looked at, as far as that is needed and memory allows.

        From the first date whose order is unclear on, rows are held back until a hundred have been looked at and the
        order is shown, but at most ten thousand rows or 16 M characters (sizes of lists and numbers counted with them),
        and once a file. What the rows raise is raised when those before it have been given.
        """
        held: deque[Row | Dropped] = deque()
        size, may_hold = 0, self._chosen is None
        try:
            for row in rows:
                is_waited_for = isinstance(row, Row) and self._chosen is None and self._see(row)
                if not may_hold or not (held or is_waited_for):
                    yield row
                    continue
                held.append(row)
                size += _size(row)
                is_decided = len(held) >= _SAMPLE and not self._is_open(held[0])
                if is_decided or len(held) >= HELD_ROWS or size >= _HELD_SIZE:
                    may_hold = False
                    yield from _emptied(held)
        except Exception:
            yield from _emptied(held)
            raise
        yield from held

    def tell_used(self, column: str, value: str) -> None:
        """Tell, once for a column, that its other values gave the order by which one was read."""
        shown = self._by_values(column)
        if shown and not self._chosen and column not in self._used:
            self._used.add(column)
            other = self._shown[column][shown]
            self._tell(
                f"{self._path}: dates of {column!r} such as {value!r} are read as {shown.value}, as {other!r} in the "
                "same column shows; if that is wrong, say so with --date-order"
            )

    def _by_values(self, column: str) -> DateOrder | None:
        shown = self._shown.get(column, {})
        return next(iter(shown)) if len(shown) == 1 else None

    def _see(self, row: Row) -> bool:
        """Learn from a row's dates; whether the order of one is open."""
        for column, value in _dates(row):
            order = order_shown(value)
            shown = self._shown.setdefault(column, {}) if order else {}
            if order and order not in shown:
                shown[order] = value
                if len(shown) > 1:
                    self._tell_both(column)
        return self._is_open(row)

    def _is_open(self, row: Row | Dropped) -> bool:
        return isinstance(row, Row) and any(
            len(self._shown.get(column, {})) == 0 and is_either(value) for column, value in _dates(row)
        )

    def _tell_both(self, column: str) -> None:
        values = " and ".join(repr(value) for value in self._shown[column].values())
        self._tell(
            f"{self._path}: {column!r} holds dates of both orders ({values}): it does not tell the order of dates such "
            "as 02/03/2024 from here on; where the language does not either, give --date-order day-month or month-day"
        )


def _dates(row: Row) -> Iterator[tuple[str, str]]:
    for field in _DATES:
        for column in row.layout.columns.get(field, ()):
            value = row.fields.get(column)
            if isinstance(value, str):
                yield column, value.strip()[:64]


def _emptied(held: deque[Row | Dropped]) -> Iterator[Row | Dropped]:
    while held:
        yield held.popleft()


def _size(row: Row | Dropped) -> int:
    if isinstance(row, Dropped):
        return 0
    size, pending = 0, list(row.fields.values())
    while pending and size < _HELD_SIZE:
        value = pending.pop()
        if isinstance(value, str | bytes):
            size += len(value)
        elif isinstance(value, list | tuple):
            size += _VALUE_SIZE * len(value)
            pending += value
        elif isinstance(value, Mapping):
            size += 2 * _VALUE_SIZE * len(value)
            pending += value.keys()
            pending += value.values()
        else:
            size += _VALUE_SIZE
    return size
