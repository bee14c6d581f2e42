"""The actor tables: states, organisations, persons with dated offices, roles, and the forms that name them.

Tables: `data/actors/*.tsv` (language-free) and `data/lang/<code>/{names,roles}.tsv`; see docs/data/actors.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from kutub.coder.trie import Trie, atoms
from kutub.datafiles import DATA, read_tsv
from kutub.errors import DataError
from kutub.language import Language

ACTORS = DATA / "actors"
UNRANKED = 9
EDITOR = "editor"  # source of a row, in whose offices a bare year is the year of the end


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office with the time it was held; years or ISO dates, None when open. where, source: its row (file:line)."""

    title: str
    sectors: tuple[str, ...]
    country: str | None
    start: str | None
    end: str | None
    where: str = ""
    source: str = ""

    def is_over(self, day: date | None) -> bool:
        """Whether it is known to have ended by that day; a bare year of a list tells only how far the list reaches."""
        is_known = self.end is not None and (len(self.end) > len("2024") or EDITOR in self.source)
        has_begun = day is None or (self.start or "") <= day.isoformat()
        return is_known and has_begun and not self.held_on(day)

    def is_certain_on(self, day: date | None) -> bool:
        """Whether it is held on that day and the day is not in a year of change of which no more is known."""
        year = day.isoformat()[: len("2024")] if day else None
        return self.held_on(day) and year not in (self.start, self.end)

    def held_on(self, day: date | None) -> bool:
        """Whether it was held on that day; a year alone covers the whole year; without a day: still held."""
        if day is None:
            return self.end is None
        iso = day.isoformat()
        return (self.start is None or self.start <= iso[: len(self.start)]) and (
            self.end is None or iso[: len(self.end)] <= self.end
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who can take part in an event; kind: state, organization, person, region. where, source: its row."""

    key: str
    kind: str
    name: str
    country: str | None
    sectors: tuple[str, ...] = ()
    adjective: str | None = None
    offices: tuple[Office, ...] = ()
    aliases: tuple[str, ...] = ()  # other spellings of a person's name, in any language
    where: str = ""
    source: str = ""

    def country_on(self, day: date | None) -> str | None:
        """The country or organisation stood for on that day: the office's, else the own."""
        office = self.office_on(day)
        return (office.country if office else None) or self.country

    def office_on(self, day: date | None) -> Office | None:
        """The office held on that day; else the last one that had begun by then; None if there is none."""
        held = [office for office in self.offices if office.held_on(day)]
        if held:
            return next((office for office in held if office.is_certain_on(day)), held[0])
        iso = day.isoformat() if day else "9999"
        begun = [office for office in self.offices if (office.start or "") <= iso]
        return max(begun, key=lambda office: office.end or "9999", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A title or role noun. kind: title, group, organ; `name` is the pattern of the party's English name."""

    form: str
    kind: str
    sectors: tuple[str, ...]
    name: str
    weight: float = 1.0  # how often the word, where it stands, is a political actor
    where: str = ""

    @property
    def title(self) -> str:
        """The English title without the state or the organisation."""
        return re.sub(r"\{\w+\}", "", self.name).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A printed form that names an actor; kind: name, demonym, capital, metonym, abbreviation, alias, city.

    A weak form is an ordinary word or a name of several things: it needs support from the text.
    """

    actor: Actor
    kind: str
    text: str
    weak: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """All actors, and the forms of one language by which they are found."""

    actors: Mapping[str, Actor]
    names: Trie[Form]
    capital_names: Trie[Form]  # the same in lower case, for headlines in capitals
    roles: Trie[Role]
    surnames: Mapping[str, tuple[Actor, ...]]
    holders: Mapping[tuple[str, str], tuple[Actor, ...]]  # (country, title) to persons
    ranks: Mapping[str, int]  # of office titles, for surnames that stand alone

    def rank(self, person: Actor, day: date | None) -> int:
        """The best rank of the offices that a person holds on that day; UNRANKED without one that is listed."""
        held = (office for office in person.offices if office.held_on(day))
        return min((self.ranks.get(office.title, UNRANKED) for office in held), default=UNRANKED)

    def state(self, code: str) -> Actor | None:
        """The state of this country code."""
        return self.actors.get(f"state:{code}")

    def person_named(self, name: str) -> Actor | None:
        """The person of this canonical name."""
        forms = self.names.longest(atoms(name), 0)[1]
        return next((form.actor for form in forms if form.actor.name == name and form.actor.kind == "person"), None)

    def holder(self, country: str, title: str, day: date | None) -> Actor | None:
        """The person who holds this office on that day, if exactly one does, or one for certain."""
        persons = self.holders.get((country, title), ())
        terms = [(p, o) for p in persons for o in p.offices if o.title == title and o.country == country]
        held = {p.key: p for p, o in terms if o.held_on(day)}
        if len(held) > 1:
            held = {p.key: p for p, o in terms if o.is_certain_on(day)}
        return next(iter(held.values())) if len(held) == 1 else None


@cache
def load_actors() -> Mapping[str, Actor]:
    """All actors by key: `state:RUS`, `org:<key>`, `person:<key>`."""
    found: dict[str, Actor] = {}
    for row in read_tsv(ACTORS / "states.tsv", columns=("key", "code", "name", "adjective", "sectors")):
        sectors = _split(row["sectors"])
        key = f"state:{row['key']}"
        kind = "state" if row["code"] else "region"
        found[key] = Actor(
            key=key,
            kind=kind,
            name=row["name"],
            country=row["code"] or None,
            sectors=sectors,
            adjective=row["adjective"] or row["name"],
            where=row["where"],
            source=row.get("source", ""),
        )
    found |= _load_organizations()
    offices = _load_offices()
    for row in read_tsv(ACTORS / "persons.tsv", columns=("key", "name", "country", "aliases")):
        key = f"person:{row['key']}"
        own = tuple(offices.get(row["key"], ()))
        found[key] = Actor(
            key=key,
            kind="person",
            name=row["name"],
            country=row["country"] or None,
            offices=own,
            aliases=_split(row["aliases"]),
            where=row["where"],
            source=row.get("source", ""),
        )
    return found


def _load_organizations() -> dict[str, Actor]:
    """Organisations; several rows of one key are its standing at different times (the Taliban before and in power)."""
    standings: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in read_tsv(ACTORS / "organizations.tsv", columns=("key", "name", "code", "sectors", "from", "to")):
        standings[f"org:{row['key']}"].append(row)
    return {
        key: Actor(
            key=key,
            kind="organization",
            name=rows[0]["name"],
            country=rows[0]["code"] or None,
            sectors=_split(rows[0]["sectors"]),
            adjective=rows[0]["name"],
            offices=tuple(_office(row, title="", country=row["code"]) for row in rows) if len(rows) > 1 else (),
            where=rows[0]["where"],
            source=rows[0].get("source", ""),
        )
        for key, rows in standings.items()
    }


def _load_offices() -> Mapping[str, list[Office]]:
    offices: dict[str, list[Office]] = defaultdict(list)
    for row in read_tsv(ACTORS / "offices.tsv", columns=("person", "title", "sectors", "country", "from", "to")):
        offices[row["person"]].append(_office(row, title=row["title"], country=row["country"]))
    return offices


def _office(row: Mapping[str, str], *, title: str, country: str) -> Office:
    return Office(
        title=title,
        sectors=_split(row["sectors"]),
        country=country or None,
        start=row["from"] or None,
        end=row["to"] or None,
        where=row["where"],
        source=row.get("source", ""),
    )


@cache
def load_gazetteer(language: Language) -> Gazetteer:
    """The gazetteer of a language, read once. Raises DataError as `read_gazetteer` does."""
    return read_gazetteer(language)


def read_gazetteer(language: Language) -> Gazetteer:
    """A gazetteer that may be added to. Raises DataError with file:line for a form of an unknown actor."""
    actors = load_actors()
    names: Trie[Form] = Trie()
    capital_names: Trie[Form] = Trie()

    def add(text: str, actor: Actor, kind: str, where: str) -> None:
        form = Form(actor=actor, kind=kind.rstrip("?"), text=text, weak=kind.endswith("?"), where=where)
        names.add(atoms(text), form)
        if len(text) > 3:
            capital_names.add(atoms(text.lower()), form)

    for row in read_tsv(language.path / "names.tsv", columns=("form", "actor", "kind")):
        actor = actors.get(row["actor"])
        if actor is None:
            raise DataError(f"actor {row['actor']!r} is in no table", where=row["where"], hint="see data/actors/")
        add(row["form"], actor, row["kind"], row["where"])
    surnames: dict[str, list[Actor]] = defaultdict(list)
    for person in (actor for actor in actors.values() if actor.kind == "person"):
        for text in dict.fromkeys((person.name, *person.aliases)):
            add(text, person, "name", person.where)
        for part in _short_names(person.name):
            surnames[part].append(person)
    roles: Trie[Role] = Trie()
    for row in read_tsv(language.path / "roles.tsv", columns=("form", "kind", "sectors", "name", "weight")):
        role = Role(
            form=row["form"],
            kind=row["kind"],
            sectors=_split(row["sectors"]),
            name=row["name"],
            weight=float(row["weight"] or 1),
            where=row["where"],
        )
        roles.add(atoms(row["form"].lower()), role)
    holders: dict[tuple[str, str], list[Actor]] = defaultdict(list)
    for actor in actors.values():
        for office in actor.offices if actor.kind == "person" else ():
            known = holders[(office.country or "", office.title)]
            if actor not in known:
                known.append(actor)
    return Gazetteer(
        actors=actors,
        names=names,
        capital_names=capital_names,
        roles=roles,
        surnames={key: tuple(value) for key, value in surnames.items()},
        holders={key: tuple(value) for key, value in holders.items()},
        ranks={row["title"]: int(row["rank"]) for row in read_tsv(ACTORS / "ranks.tsv", columns=("title", "rank"))},
    )


def _short_names(name: str) -> Iterable[str]:
    """First and last part of a full name: either may be the family name."""
    parts = name.split()
    return dict.fromkeys((parts[-1], parts[0])) if len(parts) > 1 else ()


def _split(cell: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (cell or "").split("|") if part.strip())
