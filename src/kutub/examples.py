"""The codebook's examples: sentences with the events that they must give, and near-misses (docs/languages.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kutub.datafiles import Located, read_yaml, short
from kutub.errors import DataError, DataErrors
from kutub.language import Language
from kutub.records import Event, Modality

KEYS = frozenset(["id", "text", "date", "events", "why"])
EVENT_KEYS = frozenset(
    ["type", "mode", "trigger", "actors", "recipients", "modality", "attributed_to", "optional", "date", "date_precision", "place", "contexts"]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """An event that an example must give; with `is_optional`, may give. None: not compared."""

    type: str
    mode: str | None
    actors: frozenset[str]
    recipients: frozenset[str]
    modality: str
    attributed_to: frozenset[str] | None
    is_optional: bool

    def fits(self, event: Event) -> bool:
        """Whether this is the event."""
        return (
            event.type == self.type
            and (self.mode is None or event.mode == self.mode)
            and event.modality == self.modality
            and {party.name for party in event.actors} == self.actors
            and {party.name for party in event.recipients} == self.recipients
            and (self.attributed_to is None or {party.name for party in event.attributed_to} == self.attributed_to)
        )

    def __str__(self) -> str:
        kind = f"{self.type} {self.mode}" if self.mode else self.type
        modality = "" if self.modality == Modality.ACTUAL else f" ({self.modality})"
        return f"{kind}: {_listed(self.actors)} → {_listed(self.recipients)}{modality}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence of the codebook. `type` is its file's; a near-miss must give no event of that type."""

    id: str
    where: str
    type: str
    text: str
    date: date | None
    events: tuple[Expected, ...]
    is_near_miss: bool


def load_examples(language: Language) -> tuple[Example, ...]:
    """All examples of a language, near-misses after the examples of their type. Raises DataErrors."""
    errors: list[DataError] = []
    examples: list[Example] = []
    for path in sorted((language.path / "examples").glob("*.yaml")):
        content = read_yaml(path) or {}
        for key in ("examples", "near_misses"):
            for raw in content.get(key) or ():
                faults = _faults(raw)
                where = getattr(raw, "where", short(path))
                errors += [DataError(fault, where=where) for fault in faults]
                if not faults:
                    examples.append(_example(raw, path.stem, is_near_miss=key == "near_misses"))
    seen: dict[str, str] = {}
    for example in examples:
        if example.id in seen:
            errors.append(DataError(f"id {example.id!r} stands at {seen[example.id]} too", where=example.where))
        seen[example.id] = example.where
    if errors:
        raise DataErrors(errors)
    return tuple(examples)


def _faults(raw: object) -> list[str]:
    if not isinstance(raw, Located):
        return [f"an example is a mapping, not {raw!r}"]
    faults = [f"unknown key {key!r}" for key in sorted(set(raw) - KEYS)]
    faults += [f"lacks the key {key!r}" for key in ("id", "text") if not isinstance(raw.get(key), str)]
    for event in raw.get("events") or ():
        faults += [f"unknown key {key!r} of an event" for key in sorted(set(event) - EVENT_KEYS)]
        faults += [] if "type" in event else ["an event lacks its type"]
    return faults


def _example(raw: Located, type: str, *, is_near_miss: bool) -> Example:
    return Example(
        id=raw["id"],
        where=raw.where,
        type=type,
        text=raw["text"],
        date=raw.get("date"),
        events=tuple(_expected(event) for event in raw.get("events") or ()),
        is_near_miss=is_near_miss,
    )


def _expected(raw: Mapping[str, Any]) -> Expected:
    speakers = raw.get("attributed_to")
    return Expected(
        type=raw["type"],
        mode=raw.get("mode"),
        actors=frozenset(raw.get("actors") or ()),
        recipients=frozenset(raw.get("recipients") or ()),
        modality=raw.get("modality") or Modality.ACTUAL.value,
        attributed_to=None if speakers is None else frozenset(speakers),
        is_optional=bool(raw.get("optional", False)),
    )


def compare(example: Example, events: Sequence[Event]) -> list[str]:
    """What is wrong with the events that came out for an example; empty where it passes."""
    faults = [
        f"lacks {expected}"
        for expected in example.events
        if not expected.is_optional and not any(expected.fits(event) for event in events)
    ]
    for event in events:
        if example.is_near_miss:
            is_wrong = event.type == example.type and not any(expected.fits(event) for expected in example.events)
        else:
            is_wrong = not any(expected.fits(event) for expected in example.events)
        if is_wrong:
            faults.append(f"has {told(event)}")
    return faults


def told(event: Event) -> str:
    """An event in a few words."""
    kind = f"{event.type} {event.mode}" if event.mode else event.type
    parties = [_listed(party.name for party in side) for side in (event.actors, event.recipients)]
    modality = "" if event.modality is Modality.ACTUAL else f" ({event.modality})"
    return f"{kind}: {' → '.join(parties)}{modality}"


def _listed(names: Any) -> str:
    return ", ".join(sorted(names)) or "-"
