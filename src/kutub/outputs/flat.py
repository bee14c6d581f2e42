"""Events as flat rows for CSV (RFC 4180): one row an event, lists joined by "; ".

A party's sectors are joined by ",", so that the n-th names, countries and sectors belong together. A text cell that a
spreadsheet would take for a formula (it starts with = + - @, tab or carriage return) gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kutub.records import Event, Party, Place, Trigger
from kutub.schema import element, field_types, optional

FORMULA = ("=", "+", "-", "@", "\t", "\r")
PARTIES = {"actors": "actor", "recipients": "recipient", "attributed_to": "attributed_to"}


def columns() -> tuple[str, ...]:
    """The columns of the CSV file, in contract order."""
    return tuple(name for field in field_types(Event) for name in _columns(field))


def _columns(field: str) -> list[str]:
    kind = optional(field_types(Event)[field])[0]
    if element(kind) is Party:
        return [f"{PARTIES[field]}_{end}" for end in ("names", "countries", "sectors")]
    if kind is Trigger:
        return ["trigger", "trigger_start", "trigger_end"]
    if kind is Place:
        return [f"place_{name}" for name in field_types(Place)]
    return [field]


def flat_row(row: Mapping[str, Any]) -> list[Any]:
    """The cells of an event's row, in the order of `columns`."""
    return [_guarded(cell) for field in field_types(Event) for cell in _cells(field, row[field])]


def _cells(field: str, value: Any) -> Iterator[Any]:
    kind = optional(field_types(Event)[field])[0]
    if element(kind) is Party:
        yield "; ".join(party["name"] for party in value)
        yield "; ".join(party["country"] or "" for party in value)
        yield "; ".join(",".join(party["sectors"]) for party in value)
    elif kind is Trigger:
        yield from (value["text"], value["start"], value["end"])
    elif kind is Place:
        yield from (value[name] if value else None for name in field_types(Place))
    else:
        yield "; ".join(value) if isinstance(value, list) else value


def _guarded(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def csv_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """The lines of the CSV file, header first."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns())
    for row in rows:
        yield _taken(buffer)
        writer.writerow(flat_row(row))
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8")
