"""Deeds taken up again: "the attack", "serangan itu" stand for those who did what was told before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kutub.coder.anaphors import is_definite
from kutub.coder.antecedents import MEMORY
from kutub.coder.mention import Mention
from kutub.coder.resolved import moved
from kutub.coder.standing import Answer
from kutub.records import Event, Modality, Token
from kutub.text.grammar import Grammar
from kutub.text.tree import Tree

EVENT = "event"
Types = Callable[[Token], frozenset[str]]


def event_mentions(tree: Tree, mentions: Sequence[Mention], grammar: Grammar, types_of: Types) -> list[Mention]:
    """Definite nouns that denote an event, without anybody of their own below them."""
    found = []
    for token in tree.tokens:
        if token.upos != "NOUN" or any(mention.covers(token.index) for mention in mentions):
            continue
        if types_of(token) and is_definite(tree, token.index, token.index, grammar):
            below = tree.subtree(token.index, clauses=False, conjuncts=False)
            own = any(mention.covers(index) for mention in mentions for index in below)
            if not own:
                found.append(Mention(first=token.index, last=token.index, pronoun=EVENT))
    return found


@dataclass(slots=True)
class Deeds:
    """The events of the article that happened, each with the number of its sentence."""

    told: list[tuple[int, Event]] = field(default_factory=list)

    def remember(self, event: Event, *, sentence: int) -> None:
        """Adds an event, if it is told as a fact that happened: claims of others are none."""
        if event.modality is Modality.ACTUAL and not event.attributed_to:
            self.told.append((sentence, event))

    def doers(self, tree: Tree, mention: Mention, types_of: Types, *, sentence: int) -> Answer:
        """Who did the last event that the noun may denote; nobody where its sentence tells of two doers.

        A noun of several types ("attack" may be violence or blame) takes up an event whose trigger holds its lemma.
        """
        noun = tree.token(mention.first)
        types, lemma = types_of(noun), noun.lemma.lower()
        told = [
            (number, event)
            for number, event in self.told
            if event.type in types and sentence - MEMORY < number < sentence
            if len(types) == 1 or lemma in event.trigger.text.lower()
        ]
        if not told:
            return (), "event: none of this type told before"
        last = [event for number, event in told if number == told[-1][0]]
        doers = {tuple(party.name for party in event.actors): event.actors for event in last if event.actors}
        if len(doers) != 1:
            listed = ", ".join(" and ".join(names) for names in doers) or "nobody"
            return (), f"event: {last[0].trigger.text!r} told before is done by {listed}"
        names, parties = next(iter(doers.items()))
        why = f"event: {last[0].trigger.text!r} told before, by {' and '.join(names)}"
        return tuple(moved(tree, mention, party) for party in parties), why
