"""Events as a readable table of plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from kutub.records import printable
from kutub.views.console import shortened

HEADER = ("date", "type", "mode", "actors → recipients", "modality", "place", "sentence")
WIDEST = (10, 9, 14, 44, 30, 16, 400)
GAP = "  "
LEAST_SENTENCE = 30  # a narrower sentence gets a line of its own
Rows = Callable[[], Iterable[Mapping[str, Any]]]


def table_lines(rows: Rows, *, width: int | None) -> Iterator[str]:
    """Lines of the table; `rows` is called twice, to measure and to print. width: of the terminal, None: no limit."""
    widths = [len(name) for name in HEADER]
    for row in rows():
        widths = [max(old, len(cell)) for old, cell in zip(widths, cells(row), strict=True)]
    widths = [min(found, widest) for found, widest in zip(widths, WIDEST, strict=True)]
    is_narrow = width is not None and sum(widths[:-1]) + len(GAP) * len(widths[:-1]) + LEAST_SENTENCE > width
    yield from _lines(HEADER, widths, width, is_narrow=is_narrow)
    for row in rows():
        yield from _lines(cells(row), widths, width, is_narrow=is_narrow)


def _lines(texts: tuple[str, ...], widths: list[int], width: int | None, *, is_narrow: bool) -> Iterator[str]:
    """A row as one line, or with its sentence on a line of its own."""
    padded = [f"{shortened(text, wide):<{wide}}" for text, wide in zip(texts, widths, strict=True)]
    lines = [GAP.join(padded[:-1]), GAP + padded[-1]] if is_narrow else [GAP.join(padded)]
    for line in lines:
        yield line.rstrip() if width is None else shortened(line.rstrip(), width)


def cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The cells of an event's row in the table."""
    parties = names(row["actors"])
    if row["recipients"]:
        parties += f" → {names(row['recipients'])}"
    modality = row["modality"]
    if row["attributed_to"]:
        modality += f", says {names(row['attributed_to'])}"
    place = row["place"]["name"] if row["place"] else ""
    texts = (dated(row), row["type"], row["mode"] or "", parties, modality, place, row["sentence"])
    return tuple(printable(text) for text in texts)


def names(parties: Iterable[Mapping[str, Any]]) -> str:
    """The names of parties, joined; a dash for none."""
    return ", ".join(party["name"] for party in parties) or "-"


def dated(row: Mapping[str, Any]) -> str:
    """The date as exactly as it is known: 2024, 2024-03, 2024-03-05; a week as its Monday."""
    if row["date"] is None:
        return ""
    length = {"year": 4, "month": 7}.get(row["date_precision"], 10)
    return str(row["date"])[:length]
