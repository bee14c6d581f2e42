"""The public contract of events as data: rows (plain mappings) to and from records, and the JSON Schema of a row.

Everything is derived from the records' own fields and types, so that rows, JSON Schema, Parquet columns and records
cannot drift apart. `python -m kutub.schema` prints the schema that is packaged as `data/events.schema.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from kutub.records import Event

Record = TypeVar("Record")

DATES = frozenset({"date", "published"})
DESCRIPTIONS: Mapping[str, str] = {
    "article_id": "The article's id: given, or the stem of a file, or a hash of the URL or text.",
    "event_id": "Hash of article, part, trigger, type and the spans of the parties; the same on any machine.",
    "part": "Which of the article's two texts the sentence stands in.",
    "sentence_index": "Position of the sentence in the article, from 0.",
    "sentence": "The exact text of the sentence.",
    "trigger": "The words that denote the event; offsets are half-open character offsets into the part.",
    "type": "PLOVER event type.",
    "mode": "PLOVER mode of the type; null where the words do not tell.",
    "contexts": "PLOVER contexts.",
    "quad": "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
    "intensity": "PLOVER score of the type and mode, -10 (conflict) to 10 (cooperation).",
    "cameo": "CAMEO code by the crosswalk.",
    "actors": "Who does it.",
    "recipients": "To or with whom it is done; empty where all take part alike.",
    "modality": "Whether it happened: PLOVER's auxiliary modes, and `actual` for none of them.",
    "attributed_to": "Who claims it; empty when the narrator reports it.",
    "date": "When it happened (ISO 8601); a week, month or year is written as its first day.",
    "date_precision": "How exactly the date is known.",
    "date_basis": "What the date rests on.",
    "place": "Where it happened; null where the text does not tell.",
    "confidence": "Weight of the entry, raised by conditions, lowered where a party was inferred; not calibrated.",
    "rule": "The lexicon entry that fired.",
    "publisher": "Publisher of the article.",
    "url": "Address of the article.",
    "title": "Title of the article.",
    "published": "Publication date of the article (ISO 8601).",
    "language": "Language of the article, ISO 639-1.",
    "story_id": "Cluster of near-duplicate articles; null before a store has seen the event.",
    "happening_id": "Cluster of events that tell the same happening; null before a store has seen the event.",
    "kutub": "Version of Kutub that made the row.",
    "codebook": "Version and hash of the codebook.",
    "model": "Version and hash of the language model.",
}
LIMITS: Mapping[str, Mapping[str, Any]] = {
    "sentence_index": {"minimum": 0},
    "start": {"minimum": 0},
    "end": {"minimum": 0},
    "quad": {"minimum": 1, "maximum": 4},
    "intensity": {"minimum": -10, "maximum": 10},
    "confidence": {"minimum": 0, "maximum": 1},
    "latitude": {"minimum": -90, "maximum": 90},
    "longitude": {"minimum": -180, "maximum": 180},
    "type": {"pattern": "^[A-Z]+$"},
}


def field_types(record: Any) -> Mapping[str, Any]:
    """The names and types of a record class's fields, in contract order."""
    return _field_types(record)


@cache
def _field_types(record: Any) -> Mapping[str, Any]:
    hints = get_type_hints(record)
    return {field.name: hints[field.name] for field in fields(record)}


@cache
def optional(kind: Any) -> tuple[Any, bool]:
    """The type without None, and whether it had None."""
    if get_origin(kind) in (Union, UnionType):
        (inner,) = (argument for argument in get_args(kind) if argument is not NoneType)
        return inner, True
    return kind, False


@cache
def element(kind: Any) -> Any:
    """The element type of a homogeneous tuple type; None for any other type."""
    return get_args(kind)[0] if get_origin(kind) is tuple else None


def to_row(record: Any) -> dict[str, Any]:
    """A record as plain values (str, int, float, bool, None, list, dict), its keys in contract order."""
    return {name: _plain(getattr(record, name)) for name in field_types(type(record))}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return to_row(value)
    return value.value if isinstance(value, Enum) else value


def from_row(record: type[Record], row: Mapping[str, Any]) -> Record:
    """The record of a row that `to_row` made. Raises KeyError, TypeError or ValueError where it does not fit."""
    return record(**{name: _typed(kind, row[name]) for name, kind in field_types(record).items()})


def _typed(kind: Any, value: Any) -> Any:
    kind, may_be_none = optional(kind)
    if value is None and may_be_none:
        return None
    item = element(kind)
    if item is not None:
        return tuple(_typed(item, one) for one in value)
    if is_dataclass(kind):
        return from_row(kind, value)  # type: ignore[arg-type]
    return kind(value)


def to_json(record: Any) -> str:
    """A record as one line of JSON, without the newline. Raises ValueError for a number that JSON cannot hold."""
    return json.dumps(to_row(record), ensure_ascii=False, allow_nan=False)


def json_schema(record: type[Any] = Event) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a record's rows."""
    definitions: dict[str, Any] = {}
    schema = _object_schema(record, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Kutub event",
        "description": "One coded event: a line of JSON Lines, a row of Parquet.",
        **schema,
        "$defs": dict(sorted(definitions.items())),
    }


def _object_schema(record: type[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    described = DESCRIPTIONS if record is Event else {}
    properties = {}
    for name, kind in field_types(record).items():
        note = {"description": described[name]} if name in described else {}
        date_format = {"format": "date"} if record is Event and name in DATES else {}
        properties[name] = note | _value_schema(kind, definitions) | date_format | dict(LIMITS.get(name, {}))
    return {
        **({} if record is Event else {"description": " ".join((record.__doc__ or "").split())}),
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _value_schema(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    kind, may_be_none = optional(kind)
    item = element(kind)
    if item is not None:
        return {"type": "array", "items": _value_schema(item, definitions)}
    if is_dataclass(kind):
        name = kind.__name__  # type: ignore[union-attr]
        if name not in definitions:
            definitions[name] = _object_schema(kind, definitions)  # type: ignore[arg-type]
        reference = {"$ref": f"#/$defs/{name}"}
        return {"anyOf": [reference, {"type": "null"}]} if may_be_none else reference
    if issubclass(kind, Enum):
        values: list[Any] = [member.value for member in kind]
        return {"enum": [*values, None] if may_be_none else values}
    word = {str: "string", int: "integer", float: "number", bool: "boolean"}[kind]
    return {"type": [word, "null"] if may_be_none else word}


def schema_text() -> str:
    """The JSON Schema as it is packaged."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(schema_text(), end="")
