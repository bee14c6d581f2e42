"""Who is meant: what every mention of a text stands for, and the rows of the tables that say so (`kutub who`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kutub.coder.actors import Actor, Form, Gazetteer, Office, Role
from kutub.coder.mention import Mention
from kutub.coder.parties import Resolved
from kutub.records import Party
from kutub.text.tree import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A row that speaks for a resolution. what: form, role, actor or office; where: file:line; source: its column."""

    what: str
    text: str
    where: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """The office behind a party: its title, its first and last day as the table has them, whether it is held."""

    title: str
    start: str | None
    end: str | None
    is_held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A mention and whom it stands for: no parties where nobody is named. start, end: characters of the text.

    tenure: of the first party, where its office is dated.
    """

    text: str
    start: int
    end: int
    parties: tuple[Party, ...]
    why: str
    tenure: Tenure | None
    evidence: tuple[Evidence, ...]


def identities(
    tree: Tree,
    mentions: Sequence[Mention],
    resolved: Sequence[Resolved],
    reasons: Sequence[tuple[Mention, str]],
    *,
    gazetteer: Gazetteer,
    day: date | None,
) -> tuple[Identity, ...]:
    """The mentions of a sentence in order. reasons: of the mentions that name nobody."""
    known = {id(item.mention): (item.parties, item.why) for item in resolved}
    known |= {id(mention): ((), why) for mention, why in reasons}
    return tuple(
        _identity(tree, mention, *known[id(mention)], gazetteer=gazetteer, day=day)
        for mention in mentions
        if id(mention) in known
    )


def _identity(
    tree: Tree, mention: Mention, parties: tuple[Party, ...], why: str, *, gazetteer: Gazetteer, day: date | None
) -> Identity:
    start, end = tree.token(mention.first).start, tree.token(mention.last).end
    offset = tree.sentence.start
    actor = _actor_behind(mention, parties, gazetteer)
    office = actor.office_on(day) if actor and parties else None
    return Identity(
        text=tree.sentence.text[start - offset : end - offset],
        start=start,
        end=end,
        parties=parties,
        why=why,
        tenure=_tenure(office, day) if office else None,
        evidence=tuple(dict.fromkeys(_evidence(mention, actor, office))),
    )


def _actor_behind(mention: Mention, parties: Sequence[Party], gazetteer: Gazetteer) -> Actor | None:
    """The actor of the tables that the first party is."""
    named = (mention.person, mention.organization, mention.state)
    if not parties:
        return next((actor for actor in named if actor), None)
    name = parties[0].name
    direct = next((actor for actor in named if actor and actor.name == name), None)
    return direct or gazetteer.person_named(name)


def _tenure(office: Office, day: date | None) -> Tenure:
    return Tenure(title=office.title, start=office.start, end=office.end, is_held=office.held_on(day))


def _evidence(mention: Mention, actor: Actor | None, office: Office | None) -> Iterator[Evidence]:
    for form in mention.forms:
        yield _of_form(form)
    for role in _roles_of(mention):
        yield Evidence(what="role", text=f"{role.form}, {role.kind}: {role.name}", where=role.where)
    if actor and actor.where:
        yield Evidence(what="actor", text=actor.name, where=actor.where, source=actor.source)
    if office and office.where:
        parts: Iterable[str | None] = (office.title, office.country, *office.sectors)
        yield Evidence(what="office", text=" ".join(filter(None, parts)), where=office.where, source=office.source)


def _of_form(form: Form) -> Evidence:
    weak = " (ambiguous)" if form.weak else ""
    return Evidence(what="form", text=f"{form.text}, {form.kind} of {form.actor.name}{weak}", where=form.where)


def _roles_of(mention: Mention) -> tuple[Role, ...]:
    return (mention.role,) if mention.role else ()
