"""Rows within one object, in a list or by their names, as services give them.

`{"status": "ok", "articles": [{…}, {…}]}`, `{"a1": {…}, "a2": {…}}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from kutub.sources.guide import Guide

_NAME_LIMIT = 60  # characters of a name that are told

Lists = Mapping[str, Sequence[Mapping[str, Any]]]


def lists_within(row: Mapping[str, Any], guide: Guide) -> Lists:
    """The lists of objects in an object and in objects in it, by name (`response.docs`); none in one that has a text.

    An object of two or more objects that all have a text is taken for a list; their names are their ids, unless they
    have some (the outermost object has no name: ""). Where some have texts, only these.
    """
    if guide.has_text(
        [name for name, value in row.items() if not (isinstance(value, dict) or _is_list_of_objects(value))]
    ):
        return {}
    found = dict(_lists(row, guide))
    return with_text(found, guide) or found


def with_text(lists: Lists, guide: Guide) -> Lists:
    """Those of the lists whose objects have a text."""
    return {name: rows for name, rows in lists.items() if guide.has_text(set(chain.from_iterable(rows)))}


def _lists(row: Mapping[str, Any], guide: Guide) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    pending = [("", row)]
    while pending:
        place, holder = pending.pop()
        if len(holder) > 1 and all(isinstance(value, dict) and guide.has_text(value) for value in holder.values()):
            yield place.removesuffix("."), _with_ids(holder, guide)
            continue
        for name, value in holder.items():
            if _is_list_of_objects(value):
                yield place + name[:_NAME_LIMIT], value
            elif isinstance(value, dict):
                pending.append((f"{place}{name[:_NAME_LIMIT]}.", value))


def _with_ids(rows: Mapping[str, Mapping[str, Any]], guide: Guide) -> list[Mapping[str, Any]]:
    """The objects, each with its name as its id, unless it has one."""
    columns = guide.id_columns(list(dict.fromkeys(chain.from_iterable(rows.values())))) or ("id",)
    return [
        row if any(_is_said(row.get(column)) for column in columns) else {**row, columns[0]: name}
        for name, row in rows.items()
    ]


def _is_said(value: object) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)
