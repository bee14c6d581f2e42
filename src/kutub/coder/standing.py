"""What a name, a title or a role stands for on the article's date: the article's people, the tables, the state it is
about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kutub.coder.actors import Actor, Gazetteer, Role
from kutub.coder.mention import Mention
from kutub.coder.resolved import actor_party, make_party, mention_text, moved
from kutub.records import Party
from kutub.text.grammar import Grammar
from kutub.text.tree import Tree

LEAST_WEIGHT = 0.5  # of a role word that stands without a state
FOREMOST = 1  # rank of heads of state and government, whose surnames need no introduction
STATE_SECTORS = frozenset(("GOV", "MIL", "COP", "JUD", "LEG", "SPY"))  # of whom there is one in a state
FORMER = ("ELI",)  # sectors of those who have left an office of the state
LENT_FROM = 2  # mentions of a state before its name is lent to protesters, journalists, doctors
FOCUS_SHARE = 0.5  # share of state mentions that makes a state the article's own

Answer = tuple[tuple[Party, ...], str]  # the parties, and why


@dataclass(slots=True)
class Standing:
    """Who is named in an article, by every part of the name, and how often its states are; `day` is its date."""

    gazetteer: Gazetteer
    grammar: Grammar
    day: date | None
    home: str | None
    people: dict[str, list[Party]] = field(default_factory=dict)
    introduced: dict[str, list[Party]] = field(default_factory=dict)  # beside a title, and in no table
    in_full: set[str] = field(default_factory=set)  # persons of the tables whose whole name the article has
    states: dict[str, int] = field(default_factory=dict)

    def note(self, tree: Tree, mention: Mention) -> None:
        """First reading: who is named, which states are spoken of."""
        if mention.state is not None and mention.state.country and not mention.weak:
            self.states[mention.state.country] = self.states.get(mention.state.country, 0) + 1
        if mention.person is not None:
            party = self.person(tree, mention, mention.person)
            if any(form.actor is mention.person and " " in form.text for form in mention.forms):
                self.in_full.add(party.name)
            for part in {*party.name.split()} | {*mention_text(tree, mention).split()}:
                _add_once(self.people.setdefault(part, []), party)
            if party.country:
                self.states[party.country] = self.states.get(party.country, 0) + 1
        elif mention.unknown_name is not None and mention.role is not None:
            party = self.named_by_role(tree, mention)
            for part in party.name.split():
                _add_once(self.people.setdefault(part, []), party)
                _add_once(self.introduced.setdefault(part, []), party)

    def organization(self, tree: Tree, mention: Mention, organization: Actor) -> Party:
        """An organisation as it stood on the article's date."""
        standing = organization.office_on(self.day)
        if standing is None:
            return actor_party(tree, mention, organization)
        return make_party(tree, mention, name=organization.name, country=standing.country, sectors=standing.sectors)

    def is_supported(self, state: Actor) -> bool:
        """Whether a state of which an ambiguous form tells is named elsewhere."""
        return bool(state.country) and state.country in self.states

    def named(self, tree: Tree, mention: Mention, person: Actor) -> Answer:
        """A person of the tables, unless the article has introduced another one by that surname."""
        known = self.introduced.get(mention_text(tree, mention), [])
        if len(known) == 1 and person.name not in self.in_full:
            return (moved(tree, mention, known[0]),), "surname of a person introduced in the article"
        return (self.person(tree, mention, person),), "named person"

    def person(self, tree: Tree, mention: Mention, person: Actor) -> Party:
        """A person of the tables in the office of the day."""
        office = person.office_on(self.day)
        country = person.country_on(self.day)
        beside = mention.role.sectors if mention.role else ()
        sectors = office.sectors if office else beside
        if office and office.is_over(self.day) and set(sectors) & STATE_SECTORS:
            sectors = beside or FORMER
        title = office.title if office and office.held_on(self.day) else None
        return make_party(tree, mention, name=person.name, country=country, sectors=sectors, title=title)

    def named_by_role(self, tree: Tree, mention: Mention) -> Party:
        """A person in no table, beside a title."""
        assert mention.unknown_name is not None
        assert mention.role is not None
        first, last = mention.unknown_name
        tokens = tree.tokens[first : last + 1]
        offset = tree.sentence.start
        name = tree.sentence.text[tokens[0].start - offset : tokens[-1].end - offset].replace(" - ", "-")
        sectors = mention.role.sectors
        if mention.organization is not None:
            own = self.organization(tree, mention, mention.organization)
            country, sectors = own.country, own.sectors
        else:
            country = mention.state.country if mention.state is not None else self.focus()
        return make_party(tree, mention, name=name, country=country, sectors=sectors, title=mention.role.title or None)

    def focus(self, *, least: int = 1) -> str | None:
        """The state an article is about when a role has none: the one most named, at least so often; the language's own
        state when none is named."""
        if not self.states:
            return self.home
        code, count = max(self.states.items(), key=lambda item: (item[1], item[0]))
        return code if count >= least and count / sum(self.states.values()) > FOCUS_SHARE else None

    def role(self, tree: Tree, mention: Mention, role: Role, *, owner: Actor | None) -> Answer:
        """A title or role noun without a name; owner: the state of whom a possessive in it stands for."""
        if mention.organization is not None:
            official = self._official(tree, mention, role, mention.organization)
            if official is not None:
                return (self.person(tree, mention, official),), "who held the office that day"
            return (self.organization(tree, mention, mention.organization),), "role of an organisation"
        state = mention.state or owner
        if mention.ruler is not None:
            state = self.gazetteer.state(mention.ruler.country_on(self.day) or "")
        if state is None and role.weight < LEAST_WEIGHT:
            return (), "a word that is seldom a political actor, without a state"
        if "{name}" in role.name:
            return (), "role of an unknown organisation"
        why = "role"
        if state is None:
            code = self.focus(least=1 if is_of_state(role) else LENT_FROM)
            state = self.gazetteer.state(code) if code else None
            why = "role, of the state that the article is about" if state else why
        if (
            state is not None
            and role.kind == "title"
            and state.country
            and not self.is_other_than_holder(tree, mention)
        ):
            holder = self.gazetteer.holder(state.country, role.title, self.day)
            if holder is not None:
                return (self.person(tree, mention, holder),), "who held the office that day"
        if state is None and (role.kind == "organ" or (role.kind == "title" and is_of_state(role))):
            return (), "role of an unknown state"
        country = state.country if state else None
        party = make_party(tree, mention, name=_role_name(role, state), country=country, sectors=role.sectors)
        return (party,), why

    def _official(self, tree: Tree, mention: Mention, role: Role, organization: Actor) -> Actor | None:
        """Who holds an office of an organisation ("Sekjen PBB"); its title is entered with the organisation's name."""
        if role.kind != "title" or not organization.country or self.is_other_than_holder(tree, mention):
            return None
        name = organization.name
        title = role.name.format(name=name, adjective=name, state=name)
        return self.gazetteer.holder(organization.country, title, self.day)

    def is_other_than_holder(self, tree: Tree, mention: Mention) -> bool:
        """ "deputy prime minister", "mantan presiden": not who holds the office."""
        words = {tree.token(i).text.lower() for i in range(max(mention.first - 1, 0), mention.last)}
        return bool(words & self.grammar.words["not_holders"])

    def short_name(self, tree: Tree, mention: Mention) -> Answer:
        """A surname, or part of a name, of somebody named in full, or of a foremost office holder."""
        words = mention_text(tree, mention).split()
        known = self._known_by(words)
        if len(known) == 1:
            return (moved(tree, mention, known[0]),), "short name of a person named in the article"
        if known:
            return (), f"several persons of the article have this name: {', '.join(p.name for p in known)}"
        if len(words) > 1:
            return (), "unknown name"
        holders = [
            person
            for person in self.gazetteer.surnames.get(words[0], ())
            if (office := person.office_on(self.day)) is not None and office.held_on(self.day)
        ]
        near = [person for person in holders if person.country_on(self.day) in self.states]
        family = [person for person in holders if person.name.split()[-1] == words[0]]  # no first name alone
        candidates = near or [person for person in family if self.gazetteer.rank(person, self.day) == FOREMOST]
        ranks = [self.gazetteer.rank(person, self.day) for person in candidates]
        foremost = [person for person, rank in zip(candidates, ranks, strict=True) if rank == min(ranks)]
        if len(foremost) == 1:
            why = "short name of the foremost office holder of that name"
            return (self.person(tree, mention, foremost[0]),), why
        return (), "several persons have this name" if candidates else "unknown name"

    def _known_by(self, words: list[str]) -> list[Party]:
        """The persons of the article whose name holds all these words, or is held in them."""
        found: dict[str, Party] = {}
        for word in words:
            for party in self.people.get(word, []):
                parts = set(party.name.split())
                if parts >= set(words) or parts <= set(words):
                    found.setdefault(party.name, party)
        return list(found.values())


def is_of_state(role: Role) -> bool:
    """Whether a state has one of this role: its government, army, courts."""
    return bool(set(role.sectors[:1]) & STATE_SECTORS)


def _role_name(role: Role, state: Actor | None) -> str:
    if state is None:
        bare = role.title
        return bare[:1].upper() + bare[1:]
    return role.name.format(state=state.name, adjective=state.adjective or state.name)


def _add_once(known: list[Party], party: Party) -> None:
    if all(other.name != party.name for other in known):
        known.append(party)
