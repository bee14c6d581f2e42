"""The codebook: event types, modes, contexts, sectors, scores and the CAMEO crosswalk, read from data (PLOVER).

Everything a coder may write about an event's kind is declared in `data/codebook/<name>/*.yaml`; this module reads and
checks it. All faults are collected and raised at once (DataErrors).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from kutub.datafiles import DATA, digest, read_yaml, short
from kutub.errors import DataError, DataErrors

CODEBOOK = DATA / "codebook" / "plover"
NEEDS = ("actor", "recipient", "both", "either")
Entry = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """How an event of a type happens. `score` from -10 (conflict) to 10; `contexts` come with the mode."""

    name: str
    definition: str
    score: float
    cameo: str
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One event type. quad 1-4; score -10..10; `needs` is what an event must hold to be coded, one of NEEDS."""

    name: str
    definition: str
    quad: int
    score: float
    requires_recipient: bool
    needs: str
    symmetric_default: bool
    cameo: str
    modes: tuple[Mode, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a CAMEO code means: `type` None where there is no such event."""

    type: str | None
    mode: str | None = None
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CameoRule:
    """An event of this type and mode that has all these contexts has this CAMEO code."""

    type: str
    mode: str | None
    contexts: frozenset[str]
    cameo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """A whole codebook. `version` is its name and version and a hash of its files; mappings keep the files' order."""

    name: str
    version: str
    source: str
    event_types: Mapping[str, EventType]
    contexts: Mapping[str, str]
    sectors: Mapping[str, str]
    nonstate: Mapping[str, str]
    quads: Mapping[int, str]
    future: Mapping[str, str]
    negated: Mapping[str, str]
    content_types: tuple[str, ...]
    default_type: str
    to_cameo: tuple[CameoRule, ...]
    from_cameo: Mapping[str, Reading]

    @property
    def types(self) -> tuple[str, ...]:
        """Names of the event types, cooperation first."""
        return tuple(self.event_types)

    def event_type(self, type: str) -> EventType:
        """The type of this name. Raises DataError if there is none."""
        found = self.event_types.get(type)
        if found is None:
            raise DataError(f"event type {type!r} is not in the codebook", hint=suggestion(type, self.event_types))
        return found

    def modes(self, type: str) -> tuple[str, ...]:
        """Names of the type's modes; empty where it has none."""
        return tuple(mode.name for mode in self.event_type(type).modes)

    def mode(self, type: str, mode: str) -> Mode:
        """A mode of a type. Raises DataError if there is none."""
        for candidate in self.event_type(type).modes:
            if candidate.name == mode:
                return candidate
        raise DataError(f"{type} has no mode {mode!r}", hint=suggestion(mode, self.modes(type)))

    def intensity(self, type: str, mode: str | None = None) -> float:
        """The score of the mode, or of the type without one: -10 (conflict) to 10 (cooperation)."""
        return self.event_type(type).score if mode is None else self.mode(type, mode).score

    def quad(self, type: str) -> int:
        """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
        return self.event_type(type).quad

    def needs(self, type: str) -> str:
        """The parties an event of the type must have unless its lexicon entry says otherwise: one of NEEDS."""
        return self.event_type(type).needs

    def future_type(self, type: str) -> str:
        """The type as which an event of this type is coded when it lies in the future."""
        return self.future.get(type, type)

    def as_future(self, type: str, mode: str | None) -> tuple[str, str | None]:
        """Type and mode as which an event that lies in the future is coded; a type of its own has no mode."""
        return (self.future[type], None) if type in self.future else (type, mode)

    def as_negated(self, type: str, mode: str | None) -> tuple[str, str | None]:
        """Type and mode of a relation in which an event of this type is said not to come about."""
        return (self.negated[type], None) if type in self.negated else (type, mode)

    def cameo(self, type: str, mode: str | None = None, contexts: Collection[str] = ()) -> str:
        """The CAMEO code: the first crosswalk line that fits, else the mode's code, else the type's."""
        for rule in self.to_cameo:
            if rule.type == type and rule.mode == mode and rule.contexts <= set(contexts):
                return rule.cameo
        return self.event_type(type).cameo if mode is None else self.mode(type, mode).cameo

    def read_cameo(self, code: str) -> Reading:
        """What a CAMEO code means; a code that is not listed is read by its first three, then two digits.

        Raises DataError when even its root is unknown.
        """
        for width in (4, 3, 2):
            reading = self.from_cameo.get(code[:width])
            if reading is not None:
                return reading
        raise DataError(f"{code!r} is no CAMEO code", hint="a code has two to four digits and begins with 01 to 20")


def suggestion(word: str, known: Collection[str]) -> str:
    """What to do about an unknown word: the nearest known one, or all of them."""
    near = get_close_matches(word, known, n=1, cutoff=0.6) or get_close_matches(word.upper(), known, n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else f"use one of: {', '.join(known) or 'none'}"


@cache
def load_codebook(path: Path = CODEBOOK) -> Codebook:
    """The codebook of a folder, read once. Raises DataErrors with every fault of its files."""
    reader = _Reader(path)
    book = reader.read()
    if reader.errors:
        raise DataErrors(reader.errors)
    return book


class _Reader:
    """Reads a codebook folder and collects what is wrong with it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.errors: list[DataError] = []
        self.contexts: dict[str, str] = {}
        self.types: dict[str, EventType] = {}

    def read(self) -> Codebook:
        """The codebook; what cannot be read is replaced by a blank, and `errors` says so."""
        head = self._file("codebook")
        self.contexts = self._names("contexts", "context")
        self.types = {name: self._type(name) for name in self._get(head, "types", list, [])}
        self._check_files()
        name, version = self._get(head, "name", str, ""), self._get(head, "version", str, "")
        readings = self._readings()
        return Codebook(
            name=name,
            version=f"{name} {version} {digest(list(self.path.glob('*.yaml')))}",
            source=self._get(head, "source", str, ""),
            event_types=MappingProxyType(self.types),
            contexts=MappingProxyType(self.contexts),
            sectors=MappingProxyType(self._names("sectors", "sector")),
            nonstate=MappingProxyType(self._get(head, "nonstate", dict, {})),
            quads=MappingProxyType(self._get(head, "quads", dict, {})),
            future=self._pairs(head, "future"),
            negated=self._pairs(head, "negated"),
            content_types=tuple(
                name
                for name in self._get(head, "content_types", list, [])
                if self._known(name, self.types, "event type", _where(head))
            ),
            default_type=self._get(head, "default_type", str, ""),
            to_cameo=self._rules(readings),
            from_cameo=MappingProxyType(readings),
        )

    def _file(self, name: str) -> Entry:
        try:
            content = read_yaml(self.path / f"{name}.yaml")
        except DataError as error:
            self.errors.append(error)
            return {}
        if isinstance(content, dict):
            return content
        self._fault("is no mapping", short(self.path / f"{name}.yaml"), "write `key: value` lines")
        return {}

    def _fault(self, message: str, where: str, hint: str) -> None:
        self.errors.append(DataError(message, where=where, hint=hint))

    def _get(self, entry: Entry, key: str, kind: type[T], default: T) -> T:
        """The entry's value of this key and kind; a fault and the default where it is missing or of another kind."""
        value = entry.get(key)
        if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
            return value
        if entry:
            what = "lacks" if value is None else "has the wrong kind of value for"
            self._fault(f"{what} the key {key!r}", _where(entry), "see the other files of the folder")
        return default

    def _entries(self, owner: Entry, key: str) -> list[Entry]:
        """The mappings of a list; a fault for each item that is none."""
        items: list[object] = self._get(owner, key, list, [])
        for item in items:
            if not isinstance(item, dict):
                self._fault(f"{key} holds {item!r}, which is no mapping", _where(owner), "write {key: value}")
        return [item for item in items if isinstance(item, dict)]

    def _known(self, word: object, known: Collection[str], what: str, where: str) -> bool:
        if isinstance(word, str) and word in known:
            return True
        self._fault(f"{what} {word!r} is not in the codebook", where, suggestion(str(word), known))
        return False

    def _known_contexts(self, entry: Entry) -> tuple[str, ...]:
        given = self._get(entry, "contexts", list, []) if "contexts" in entry else []
        return tuple(name for name in given if self._known(name, self.contexts, "context", _where(entry)))

    def _names(self, file: str, key: str) -> dict[str, str]:
        entries = self._entries(self._file(file), file)
        return {self._get(entry, key, str, ""): self._get(entry, "definition", str, "") for entry in entries}

    def _type(self, name: str) -> EventType:
        entry = self._file(name)
        where = _where(entry)
        written = self._get(entry, "type", str, name)
        if written != name:
            self._fault(f"holds the type {written!r}, but the file is named {name}", where, "rename one of them")
        quad = self._get(entry, "quad", int, 1)
        if quad not in (1, 2, 3, 4):
            self._fault(f"quad {quad!r} is not 1, 2, 3 or 4", where, "see codebook.yaml")
        needs = self._get(entry, "needs", str, "actor")
        if needs not in NEEDS:
            self._fault(f"needs {needs!r} is unknown", where, suggestion(needs, NEEDS))
        return EventType(
            name=name,
            definition=self._get(entry, "definition", str, ""),
            quad=quad,
            score=self._score(entry),
            requires_recipient=self._get(entry, "requires_recipient", bool, False),
            needs=needs,
            symmetric_default=self._get(entry, "symmetric_default", bool, False),
            cameo=self._get(entry, "cameo", str, ""),
            modes=tuple(self._mode(mode) for mode in self._entries(entry, "modes")),
            notes=tuple(self._get(entry, "notes", list, [])),
        )

    def _mode(self, entry: Entry) -> Mode:
        return Mode(
            name=self._get(entry, "mode", str, ""),
            definition=self._get(entry, "definition", str, ""),
            score=self._score(entry),
            cameo=self._get(entry, "cameo", str, ""),
            contexts=self._known_contexts(entry),
        )

    def _score(self, entry: Entry) -> float:
        whole = type(entry.get("score")) is int  # 2 is as good as 2.0
        score = float(entry["score"]) if whole else self._get(entry, "score", float, 0.0)
        if not -10 <= score <= 10:
            self._fault(f"score {score} is not between -10 and 10", _where(entry), "see the manual's table of scores")
        return score

    def _check_files(self) -> None:
        """Every file of a type is named in codebook.yaml."""
        for file in sorted(self.path.glob("[A-Z]*.yaml")):
            if file.stem not in self.types:
                self._fault(f"type {file.stem} is not among the types of codebook.yaml", short(file), "add it there")

    def _pairs(self, head: Entry, key: str) -> Mapping[str, str]:
        """A mapping from types to types."""
        pairs = self._get(head, key, dict, {})
        for name in (*pairs.keys(), *pairs.values()):
            self._known(name, self.types, "event type", _where(pairs))
        return MappingProxyType(pairs)

    def _readings(self) -> dict[str, Reading]:
        """The crosswalk from CAMEO; every type and mode of the codebook must name a code that it knows."""
        readings: dict[str, Reading] = {}
        for code, entry in self._get(self._file("crosswalk"), "from_cameo", dict, {}).items():
            if entry.get("type") is not None:
                self._check_kind(entry)
            contexts = self._known_contexts(entry)
            readings[code] = Reading(type=entry.get("type"), mode=entry.get("mode"), contexts=contexts)
        for name, event_type in self.types.items():
            for code in (event_type.cameo, *(mode.cameo for mode in event_type.modes)):
                self._known(code, readings, f"CAMEO code of {name}", short(self.path / f"{name}.yaml"))
        return readings

    def _rules(self, readings: Mapping[str, Reading]) -> tuple[CameoRule, ...]:
        """The crosswalk to CAMEO, in the file's order."""
        rules = []
        for entry in self._entries(self._file("crosswalk"), "to_cameo"):
            self._check_kind(entry)
            code = self._get(entry, "cameo", str, "")
            self._known(code, readings, "CAMEO code", _where(entry))
            contexts = frozenset(self._known_contexts(entry))
            rules.append(CameoRule(type=entry.get("type", ""), mode=entry.get("mode"), contexts=contexts, cameo=code))
        return tuple(rules)

    def _check_kind(self, entry: Entry) -> None:
        """A crosswalk line's type and mode are in the codebook."""
        where = _where(entry)
        if self._known(entry.get("type"), self.types, "event type", where) and entry.get("mode") is not None:
            known = [mode.name for mode in self.types[entry["type"]].modes]
            self._known(entry["mode"], known, f"mode of {entry['type']}", where)


def _where(entry: Entry) -> str:
    """The file and line of a mapping that was read from YAML."""
    return str(getattr(entry, "where", ""))
