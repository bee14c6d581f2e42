"""Pairs: "both countries", "the two leaders", "kedua belah pihak"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kutub.coder.actors import Gazetteer
from kutub.coder.antecedents import MEMORY
from kutub.coder.mention import Mention
from kutub.coder.resolved import Resolved, actor_party, moved
from kutub.coder.standing import Answer
from kutub.records import Party
from kutub.text.grammar import Grammar
from kutub.text.tree import Tree

PAIR = 2


@dataclass(slots=True)
class Pairs:
    """The two sides of the last event, and in which sentence it was told."""

    gazetteer: Gazetteer
    grammar: Grammar
    last: tuple[int, tuple[Party, ...]] | None = None

    def remember(self, parties: Sequence[Party], *, sentence: int) -> None:
        """Notes the two sides of an event, where they are of two states."""
        states = [party for party in parties if self._is_of_state(party)]
        if len({party.country for party in states}) == PAIR:
            self.last = (sentence, tuple(states))

    def sides(self, tree: Tree, mention: Mention, past: Sequence[Sequence[Resolved]]) -> Answer:
        """The two sides of the last event, or the only two that a sentence names; nearest sentence first."""
        words = [tree.token(i).text.lower() for i in range(mention.first, mention.last + 1)]
        roles = [role for start in range(len(words)) for role in self.gazetteer.roles.longest(words, start)[1]]
        persons = any(role.kind == "title" for role in roles)
        within = " ".join(words) in self.grammar.words.get("sides", frozenset())
        for age, sentence in enumerate(reversed(past[-MEMORY:])):
            if self.last is not None and self.last[0] == len(past) - age and age:
                return self._sides(tree, mention, self.last[1], persons=persons), "sides of the last event"
            before = [r for r in sentence if (age or r.mention.last < mention.first) and r.mention.place is None]
            parties = [p for r in before for p in r.parties if self._is_of_state(p)]
            countries = {party.country for party in parties}
            if len(countries) == PAIR:
                return self._sides(tree, mention, parties, persons=persons), "the two sides named before"
            if len(countries) > PAIR and age:
                return (), f"more than two sides before: {', '.join(sorted(map(str, countries)))}"
            actors = {p.name: p for p in parties if p.sectors}
            if within and len(actors) == PAIR:  # of one state, as in a civil war
                return tuple(moved(tree, mention, p) for p in actors.values()), "the two sides named before"
        return (), "no two sides before"

    def _is_of_state(self, party: Party) -> bool:
        return party.country is not None and self.gazetteer.state(party.country) is not None

    def _sides(self, tree: Tree, mention: Mention, parties: Sequence[Party], *, persons: bool) -> tuple[Party, ...]:
        sides: dict[str, Party] = {}
        for party in parties:
            if party.country:
                sides.setdefault(party.country, party)
        found = []
        for code, party in sides.items():
            state = self.gazetteer.state(code)
            whole = persons or state is None
            found.append(moved(tree, mention, party) if whole or state is None else actor_party(tree, mention, state))
        return tuple(found)
