"""Parties: what a mention stands for on the article's date, and what pronouns and short names refer to.

Salience: in the sentence before the anaphor, then in the sentences before it, nearest first, subjects before others.
Where nothing fits, or two fit equally, nobody is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kutub.coder.actors import Actor, Gazetteer, Role
from kutub.coder.mention import Mention
from kutub.coder.mentions import find_mentions
from kutub.records import Party
from kutub.text.grammar import Grammar
from kutub.text.tree import Tree, is_relation

LEAST_WEIGHT = 0.5  # of a role word that stands without a state
MEMORY = 4  # sentences that an anaphor may look back over
FOREMOST = 1  # rank of heads of state and government, whose surnames need no introduction
STATE_SECTORS = frozenset(("GOV", "MIL", "COP", "JUD", "LEG", "SPY"))  # of whom there is one in a state
LENT_FROM = 2  # mentions of a state before its name is lent to protesters, journalists, doctors
FOCUS_SHARE = 0.5  # share of state mentions that makes a state the article's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A mention with what it stands for; `is_person` and `is_subject` serve the search for antecedents."""

    mention: Mention
    parties: tuple[Party, ...]
    is_person: bool
    is_subject: bool
    why: str
    conjunct_of: int | None = None  # the token it is coordinated with


@dataclass(slots=True)
class Discourse:
    """What an article has told so far."""

    gazetteer: Gazetteer
    grammar: Grammar
    day: date | None
    home: str | None
    people: dict[str, list[Party]] = field(default_factory=dict)
    states: dict[str, int] = field(default_factory=dict)
    past: list[list[Resolved]] = field(default_factory=list)
    last_pair: tuple[int, tuple[Party, ...]] | None = None

    def prepare(self, trees: Sequence[Tree]) -> list[list[Mention]]:
        """First reading: all mentions, who is named in full, which states are spoken of."""
        found = [find_mentions(tree, gazetteer=self.gazetteer, grammar=self.grammar) for tree in trees]
        for tree, mentions in zip(trees, found, strict=True):
            for mention in mentions:
                self._note(tree, mention)
        return found

    def _note(self, tree: Tree, mention: Mention) -> None:
        if mention.state is not None and mention.state.country and not mention.weak:
            self.states[mention.state.country] = self.states.get(mention.state.country, 0) + 1
        if mention.person is not None:
            party = self._person(tree, mention, mention.person)
            for part in {*party.name.split()} | {*_mention_text(tree, mention).split()}:
                _add_once(self.people.setdefault(part, []), party)
            if party.country:
                self.states[party.country] = self.states.get(party.country, 0) + 1
        elif mention.unknown_name is not None and mention.role is not None:
            party = self._named_by_role(tree, mention)
            for part in party.name.split():
                _add_once(self.people.setdefault(part, []), party)

    def read(self, tree: Tree, mentions: Sequence[Mention]) -> list[Resolved]:
        """Second reading, sentence by sentence in order: resolves every mention."""
        found: list[Resolved] = []
        self.past.append(found)
        for mention in mentions:
            parties, why = self._resolve(tree, mention)
            if parties:
                subject = any(
                    is_relation(tree.token(i).deprel, "nsubj") for i in range(mention.first, mention.last + 1)
                )
                person = mention.person is not None or mention.unknown_name is not None or mention.pronoun == "person"
                found.append(
                    Resolved(
                        mention=mention,
                        parties=parties,
                        is_person=person,
                        is_subject=subject,
                        why=why,
                        conjunct_of=_conjunct_of(tree, mention),
                    )
                )
        return found

    def remember_pair(self, parties: Sequence[Party]) -> None:
        """Notes the two sides of an event, for "both sides"."""
        states = [party for party in parties if party.country and self.gazetteer.state(party.country)]
        if len({party.country for party in states}) == 2:
            self.last_pair = (len(self.past), tuple(states))

    # what a mention stands for

    def _resolve(self, tree: Tree, mention: Mention) -> tuple[tuple[Party, ...], str]:
        if mention.pronoun == "pairs":
            return self._pair(tree, mention)
        if mention.pronoun is not None:
            return self._pronoun(tree, mention)
        if mention.person is not None:
            return (self._person(tree, mention, mention.person),), "named person"
        if mention.unknown_name is not None:
            if mention.role is not None:
                return (self._named_by_role(tree, mention),), "name beside a title"
            return self._short_name(tree, mention)
        if mention.role is not None:
            return self._role(tree, mention, mention.role)
        if mention.organization is not None:
            return (self._organization(tree, mention, mention.organization),), "organisation"
        if mention.place is not None and mention.state is not None:
            if mention.weak:
                return (), "ambiguous form"
            name = mention.place.text
            return (_make(tree, mention, name=name, country=mention.state.country, sectors=()),), "place"
        if mention.state is not None and not (mention.weak and not self._is_supported(mention.state)):
            return (_party(tree, mention, mention.state),), f"state by its {mention.state_form}"
        return (), "ambiguous form"

    def _organization(self, tree: Tree, mention: Mention, organization: Actor) -> Party:
        """An organisation as it stood on the article's date."""
        standing = organization.office_on(self.day)
        if standing is None:
            return _party(tree, mention, organization)
        return _make(tree, mention, name=organization.name, country=standing.country, sectors=standing.sectors)

    def _is_supported(self, state: Actor) -> bool:
        return bool(state.country) and state.country in self.states

    def _person(self, tree: Tree, mention: Mention, person: Actor) -> Party:
        office = person.office_on(self.day)
        country = person.country_on(self.day)
        sectors = office.sectors if office else (mention.role.sectors if mention.role else ())
        title = office.title if office and office.held_on(self.day) else None
        return _make(tree, mention, name=person.name, country=country, sectors=sectors, title=title)

    def _named_by_role(self, tree: Tree, mention: Mention) -> Party:
        assert mention.unknown_name is not None
        assert mention.role is not None
        first, last = mention.unknown_name
        tokens = tree.tokens[first : last + 1]
        offset = tree.sentence.start
        name = tree.sentence.text[tokens[0].start - offset : tokens[-1].end - offset].replace(" - ", "-")
        country, sectors = self._home_of(mention)
        return _make(
            tree,
            mention,
            name=name,
            country=country,
            sectors=mention.role.sectors or sectors,
            title=mention.role.title or None,
        )

    def _home_of(self, mention: Mention) -> tuple[str | None, tuple[str, ...]]:
        if mention.organization is not None:
            return mention.organization.country, mention.organization.sectors
        if mention.state is not None:
            return mention.state.country, ()
        return self._focus(), ()

    def _focus(self, *, least: int = 1) -> str | None:
        """The state an article is about when a role has none: the one most named, at least so often; the language's own
        state when none is named."""
        if not self.states:
            return self.home
        code, count = max(self.states.items(), key=lambda item: (item[1], item[0]))
        return code if count >= least and count / sum(self.states.values()) > FOCUS_SHARE else None

    def _role(self, tree: Tree, mention: Mention, role: Role) -> tuple[tuple[Party, ...], str]:
        if mention.organization is not None:
            return (self._organization(tree, mention, mention.organization),), "role of an organisation"
        state = mention.state or self._owner(tree, mention)
        if mention.ruler is not None:
            state = self.gazetteer.state(mention.ruler.country_on(self.day) or "")
        if state is None and role.weight < LEAST_WEIGHT:
            return (), "a word that is seldom a political actor, without a state"
        if "{name}" in role.name:
            return (), "role of an unknown organisation"
        if state is None and role.kind == "title":
            known = self._titled(role)
            if known is not None:
                return (_at(tree, mention, known),), "title of a person named before"
        if state is None:
            code = self._focus(least=1 if _is_of_state(role) else LENT_FROM)
            state = self.gazetteer.state(code) if code else None
        if (
            state is not None
            and role.kind == "title"
            and state.country
            and not self._is_other_than_holder(tree, mention)
        ):
            holder = self.gazetteer.holder(state.country, role.title, self.day)
            if holder is not None:
                return (self._person(tree, mention, holder),), "who held the office that day"
        if state is None and (role.kind == "organ" or (role.kind == "title" and _is_of_state(role))):
            return (), "role of an unknown state"
        name = _role_name(role, state)
        country = state.country if state else None
        return (_make(tree, mention, name=name, country=country, sectors=role.sectors),), "role"

    def _is_other_than_holder(self, tree: Tree, mention: Mention) -> bool:
        """ "deputy prime minister", "mantan presiden": not who holds the office."""
        words = {tree.token(i).text.lower() for i in range(max(mention.first - 1, 0), mention.last)}
        return bool(words & self.grammar.words["not_holders"])

    def _owner(self, tree: Tree, mention: Mention) -> Actor | None:
        """The state of "its forces", "pasukannya": that of whom the possessive stands for."""
        inside = range(mention.first, mention.last + 1)
        owners = {child for index in inside for child in tree.children(index, "nmod", "det")}
        for resolved in self.past[-1]:
            if resolved.mention.pronoun and resolved.mention.first in owners and len(resolved.parties) == 1:
                country = resolved.parties[0].country
                return self.gazetteer.state(country) if country else None
        return None

    def _titled(self, role: Role) -> Party | None:
        for sentence in reversed(self.past[-MEMORY:]):
            for resolved in reversed(sentence):
                known = resolved.mention.role
                same = known is not None and known.title == role.title
                if resolved.is_person and (same or resolved.parties[0].title == role.title):
                    return resolved.parties[0]
        return None

    def _short_name(self, tree: Tree, mention: Mention) -> tuple[tuple[Party, ...], str]:
        words = _mention_text(tree, mention).split()
        for word in (words[-1], words[0]):
            known = self.people.get(word, [])
            if len({party.name for party in known}) == 1:
                return (_at(tree, mention, known[0]),), "short name of a person named in the article"
        if len(words) > 1:
            return (), "unknown name"
        holders = [
            person
            for person in self.gazetteer.surnames.get(words[0], ())
            if (office := person.office_on(self.day)) is not None and office.held_on(self.day)
        ]
        near = [person for person in holders if self._is_spoken_of(person)]
        candidates = near or [person for person in holders if self.gazetteer.rank(person, self.day) == FOREMOST]
        ranks = [self.gazetteer.rank(person, self.day) for person in candidates]
        foremost = [person for person, rank in zip(candidates, ranks, strict=True) if rank == min(ranks)]
        if len(foremost) == 1:
            return (self._person(tree, mention, foremost[0]),), "short name of the foremost office holder of that name"
        return (), "several persons have this name" if candidates else "unknown name"

    def _is_spoken_of(self, person: Actor) -> bool:
        return person.country_on(self.day) in self.states

    # anaphors

    def _pair(self, tree: Tree, mention: Mention) -> tuple[tuple[Party, ...], str]:
        words = [tree.token(i).text.lower() for i in range(mention.first, mention.last + 1)]
        roles = [role for start in range(len(words)) for role in self.gazetteer.roles.longest(words, start)[1]]
        persons = any(role.kind == "title" for role in roles)
        for age, sentence in enumerate(reversed(self.past[-MEMORY:])):
            if self.last_pair is not None and self.last_pair[0] == len(self.past) - age and age:
                return self._sides(tree, mention, self.last_pair[1], persons=persons), "sides of the last event"
            parties = [p for r in sentence for p in r.parties if r.mention.place is None]
            parties = [p for p in parties if p.country and self.gazetteer.state(p.country)]
            if len({p.country for p in parties}) == 2:
                return self._sides(tree, mention, parties, persons=persons), "the two sides named before"
        return (), "no two sides before"

    def _sides(self, tree: Tree, mention: Mention, parties: Sequence[Party], *, persons: bool) -> tuple[Party, ...]:
        sides: dict[str, Party] = {}
        for party in parties:
            if party.country and party.country not in sides:
                sides[party.country] = party
        found = []
        for code, party in sides.items():
            state = self.gazetteer.state(code)
            found.append(_at(tree, mention, party) if persons or state is None else _party(tree, mention, state))
        return tuple(found)

    def _has_equals(self, chosen: Sequence[Resolved], others: Sequence[Resolved]) -> bool:
        """Whether another person is coordinated with the one chosen: then the pronoun may mean either."""
        return any(
            other.conjunct_of is not None and chosen and chosen[0].mention.covers(other.conjunct_of) for other in others
        )

    def _pronoun(self, tree: Tree, mention: Mention) -> tuple[tuple[Party, ...], str]:
        wants_person = mention.pronoun == "person"
        for age, sentence in enumerate(reversed(self.past[-2:])):
            before = [r for r in sentence if (age or r.mention.last < mention.first) and r.mention.place is None]
            if mention.pronoun == "plural":
                before = [
                    r for r in before if len(r.parties) > 1 or (r.mention.role and r.mention.role.kind == "group")
                ]
            elif wants_person:
                before = [r for r in before if r.is_person]
            elif mention.pronoun == "thing":
                before = [r for r in before if not r.is_person and len(r.parties) == 1]
            subjects = [r for r in before if r.is_subject]
            chosen = (subjects or before)[:1]
            if wants_person and self._has_equals(chosen, before):
                return (), "two antecedents fit"
            if chosen:
                return tuple(_at(tree, mention, party) for party in chosen[0].parties), "pronoun"
        return (), "no antecedent"


def _conjunct_of(tree: Tree, mention: Mention) -> int | None:
    inside = [tree.token(i) for i in range(mention.first, mention.last + 1)]
    return next((token.head for token in inside if token.deprel == "conj"), None)


def _is_of_state(role: Role) -> bool:
    return bool(set(role.sectors[:1]) & STATE_SECTORS)


def _role_name(role: Role, state: Actor | None) -> str:
    if state is None:
        bare = role.title
        return bare[:1].upper() + bare[1:]
    return role.name.format(state=state.name, adjective=state.adjective or state.name)


def _mention_text(tree: Tree, mention: Mention) -> str:
    start, end = tree.token(mention.first).start, tree.token(mention.last).end
    offset = tree.sentence.start
    return tree.sentence.text[start - offset : end - offset]


def _make(
    tree: Tree,
    mention: Mention,
    *,
    name: str,
    country: str | None,
    sectors: tuple[str, ...],
    title: str | None = None,
) -> Party:
    start, end = tree.token(mention.first).start, tree.token(mention.last).end
    text = _mention_text(tree, mention)
    return Party(text=text, start=start, end=end, name=name, country=country, sectors=sectors, title=title)


def _party(tree: Tree, mention: Mention, actor: Actor) -> Party:
    return _make(tree, mention, name=actor.name, country=actor.country, sectors=actor.sectors)


def _at(tree: Tree, mention: Mention, party: Party) -> Party:
    start, end = tree.token(mention.first).start, tree.token(mention.last).end
    return replace(party, text=_mention_text(tree, mention), start=start, end=end)


def _add_once(known: list[Party], party: Party) -> None:
    if all(other.name != party.name for other in known):
        known.append(party)
