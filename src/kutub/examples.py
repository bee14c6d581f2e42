"""The codebook's executable examples: sentences with the events they must give, and near-misses (docs/languages.md)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kutub.codebook import Codebook, load_codebook
from kutub.datafiles import read_yaml
from kutub.errors import DataError, DataErrors
from kutub.language import Language
from kutub.records import Event, Modality

EVENT_KEYS = frozenset(("type", "mode", "trigger", "actors", "recipients", "modality", "attributed_to", "optional"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """An event that an example must give; attributed_to None: not checked."""

    type: str
    mode: str | None
    trigger: str | None
    actors: frozenset[str]
    recipients: frozenset[str]
    modality: Modality
    attributed_to: frozenset[str] | None
    is_optional: bool

    def __str__(self) -> str:
        """The event in one line."""
        actors = " + ".join(sorted(self.actors)) or "-"
        recipients = " + ".join(sorted(self.recipients)) or "-"
        mode = f"/{self.mode}" if self.mode else ""
        claimed = f", according to {' + '.join(sorted(self.attributed_to))}" if self.attributed_to else ""
        modality = f", {self.modality}" if self.modality is not Modality.ACTUAL else ""
        return f"{self.type}{mode} {actors} -> {recipients}{modality}{claimed} ({self.trigger!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence of the codebook. is_near_miss: it must give no event of `type`, the type of its file."""

    id: str
    where: str
    type: str
    text: str
    date: datetime.date | None
    events: tuple[Expected, ...]
    is_near_miss: bool
    why: str | None


def load_examples(language: Language) -> tuple[Example, ...]:
    """All examples and near-misses of a language. Raises DataErrors with every fault, each with file:line."""
    codebook = load_codebook()
    errors: list[DataError] = []
    found: dict[str, Example] = {}
    for path in sorted((language.path / "examples").glob("*.yaml")):
        raw = read_yaml(path) or {}
        for group, near_miss in (("examples", False), ("near_misses", True)):
            for item in raw.get(group) or ():
                faults = _faults(item, found, codebook, near_miss=near_miss)
                errors.extend(DataError(fault, where=item.where) for fault in faults)
                if not faults:
                    found[item["id"]] = _example(item, path.stem, near_miss=near_miss)
    if errors:
        raise DataErrors(errors)
    return tuple(found.values())


def compare(example: Example, events: Sequence[Event]) -> tuple[str, ...]:
    """What is wrong with the events that an example has given; empty when it passes."""
    if example.is_near_miss:
        wrong = [event for event in events if event.type == example.type]
        return tuple(f"gives {describe(event)}, but is a near-miss ({example.why})" for event in wrong)
    left = list(events)
    faults = []
    for expected in sorted(example.events, key=lambda e: e.is_optional):
        hit = next((event for event in left if _fits(expected, event)), None)
        if hit is not None:
            left.remove(hit)
        elif not expected.is_optional:
            faults.append(f"lacks {expected}")
    faults += [f"gives {describe(event)}, which is not expected" for event in left if not _is_allowed(example, event)]
    return tuple(faults)


def describe(event: Event) -> str:
    """An event in one line."""
    actors = " + ".join(sorted(p.name for p in event.actors)) or "-"
    recipients = " + ".join(sorted(p.name for p in event.recipients)) or "-"
    mode = f"/{event.mode}" if event.mode else ""
    claimed = f", according to {' + '.join(p.name for p in event.attributed_to)}" if event.attributed_to else ""
    modality = f", {event.modality}" if event.modality is not Modality.ACTUAL else ""
    return f"{event.type}{mode} {actors} -> {recipients}{modality}{claimed} ({event.trigger.text!r}, {event.rule})"


def _fits(expected: Expected, event: Event) -> bool:
    claimed = frozenset(p.name for p in event.attributed_to)
    return (
        expected.type == event.type
        and expected.mode == event.mode
        and expected.actors == {p.name for p in event.actors}
        and expected.recipients == {p.name for p in event.recipients}
        and expected.modality == event.modality
        and (expected.attributed_to is None or expected.attributed_to == claimed)
    )


def _is_allowed(example: Example, event: Event) -> bool:
    """An optional event may come out with other details: what counts is its type."""
    return any(expected.is_optional and expected.type == event.type for expected in example.events)


def _faults(item: Mapping[str, Any], found: Mapping[str, Example], codebook: Codebook, *, near_miss: bool) -> list[str]:
    faults = [f"lacks {key!r}" for key in ("id", "text") if not item.get(key)]
    if item.get("id") in found:
        faults.append(f"id {item['id']!r} stands twice (see {found[item['id']].where})")
    if not near_miss and not item.get("events"):
        faults.append("an example names its events")
    for event in item.get("events") or ():
        faults += [f"unknown key {key!r} of an event" for key in set(event) - EVENT_KEYS]
        if event.get("type") not in codebook.types:
            faults.append(f"event type {event.get('type')!r} is not in the codebook")
        elif event.get("mode") is not None and event["mode"] not in codebook.modes(event["type"]):
            faults.append(f"mode {event['mode']!r} is not a mode of {event['type']}")
        if event.get("trigger") and event["trigger"] not in item.get("text", ""):
            faults.append(f"trigger {event['trigger']!r} is not in the text")
    return faults


def _example(item: Any, file_type: str, *, near_miss: bool) -> Example:
    day = item.get("date")
    return Example(
        id=item["id"],
        where=item.where,
        type=file_type,
        text=item["text"],
        date=day if isinstance(day, datetime.date) else None,
        events=tuple(_expected(event) for event in item.get("events") or ()),
        is_near_miss=near_miss,
        why=item.get("why"),
    )


def _expected(raw: Mapping[str, Any]) -> Expected:
    claimed = raw.get("attributed_to")
    return Expected(
        type=raw["type"],
        mode=raw.get("mode"),
        trigger=raw.get("trigger"),
        actors=frozenset(raw.get("actors") or ()),
        recipients=frozenset(raw.get("recipients") or ()),
        modality=Modality(raw.get("modality") or "actual"),
        attributed_to=None if claimed is None else frozenset(claimed),
        is_optional=bool(raw.get("optional", False)),
    )
