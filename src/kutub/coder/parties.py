"""Parties: what a mention stands for on the article's date, sentence by sentence.

A name stands for itself (`standing.py`), a pronoun, title or noun for somebody named before (`references.py`, by the
order of salience of `antecedents.py`); where nothing fits, or two fit equally, nobody is named, and the trace says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from kutub.coder.actors import Actor, Gazetteer, Role
from kutub.coder.anaphors import FIRST_PERSON, quoted_tokens, with_anaphors
from kutub.coder.deeds import EVENT, Deeds, event_mentions
from kutub.coder.introductions import introductions, recognised
from kutub.coder.mention import Mention
from kutub.coder.mentions import SEATS, find_mentions
from kutub.coder.pairs import Pairs
from kutub.coder.references import References
from kutub.coder.resolved import Resolved, actor_party, make_party, moved, resolved_at
from kutub.coder.speakers import side_of, with_speaker
from kutub.coder.standing import Answer, Standing
from kutub.coder.trie import Trie
from kutub.coder.wholenames import with_whole_names
from kutub.records import Event, Party, Token
from kutub.text.grammar import Grammar
from kutub.text.tree import Tree

__all__ = ["Discourse", "Resolved"]


def _no_types(_: Token) -> frozenset[str]:
    return frozenset()


@dataclass(slots=True)
class Discourse:
    """What an article has told so far. speech: words of claims; types_of: the event types that a noun may denote.

    past: the resolved mentions of each sentence read; heard: those and the persons in no table; mentions: all of the
    last sentence; nobody: those of them that name nobody, each with the reason.
    """

    gazetteer: Gazetteer
    grammar: Grammar
    day: date | None
    home: str | None
    speech: frozenset[str] = frozenset()
    types_of: Callable[[Token], frozenset[str]] = _no_types
    past: list[list[Resolved]] = field(default_factory=list)
    heard: list[list[Resolved]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    nobody: list[tuple[Mention, str]] = field(default_factory=list)
    standing: Standing = field(init=False)
    references: References = field(init=False)
    pairs: Pairs = field(init=False)
    deeds: Deeds = field(default_factory=Deeds)

    def __post_init__(self) -> None:
        """Sets up what the parts share."""
        self.standing = Standing(self.gazetteer, self.grammar, self.day, self.home)
        self.references = References(gazetteer=self.gazetteer, grammar=self.grammar, speech=self.speech)
        self.pairs = Pairs(self.gazetteer, self.grammar)

    @property
    def states(self) -> dict[str, int]:
        """How often each state is spoken of in the whole article, by country code."""
        return self.standing.states

    def prepare(self, trees: Sequence[Tree]) -> list[list[Mention]]:
        """First reading: all mentions, who is named in full, which states are spoken of."""
        found = [
            with_whole_names(tree, find_mentions(tree, gazetteer=self.gazetteer, grammar=self.grammar))
            for tree in trees
        ]
        new = [list(introductions(tree, own, self.grammar)) for tree, own in zip(trees, found, strict=True)]
        known: Trie[Actor] = Trie()
        for item in (item for own in new for item in own):
            for form in item.forms:
                known.add(form, item.actor)
        parts = frozenset(word.lower() for own in new for item in own for form in item.forms[1:] for word in form)
        prepared = []
        for tree, mentions, here in zip(trees, found, new, strict=True):
            own = recognised(tree, mentions, known, here)
            for mention in own:
                self.standing.note(tree, mention)
            prepared.append(with_anaphors(tree, own, self.grammar, parts))
        return prepared

    def read(self, tree: Tree, mentions: Sequence[Mention]) -> list[Resolved]:
        """Second reading, sentence by sentence in order: resolves every mention."""
        events = event_mentions(tree, mentions, self.grammar, self.types_of)
        self.mentions = sorted([*mentions, *events], key=lambda mention: mention.first)
        found: list[Resolved] = []
        heard: list[Resolved] = []
        self.past.append(found)
        self.heard.append(heard)
        self.nobody = []
        for mention in self.mentions:
            if mention.pronoun not in FIRST_PERSON:
                self._take(tree, mention, *self._resolve(tree, mention))
        found[:] = with_speaker(tree, found, self.grammar, self.speech)
        heard[:] = with_speaker(tree, heard, self.grammar, self.speech)
        for mention in self.mentions:
            if mention.pronoun in FIRST_PERSON:
                self._take(tree, mention, *self._first_person(tree, mention))
        found.sort(key=lambda item: item.mention.first)
        return found

    def _take(self, tree: Tree, mention: Mention, parties: tuple[Party, ...], why: str) -> None:
        item = resolved_at(tree, mention, parties, why)
        if parties:
            self.past[-1].append(item)
        else:
            self.nobody.append((mention, why))
        if mention.pronoun != EVENT and (parties or (item.is_person and item.is_subject and not mention.pronoun)):
            self.heard[-1].append(item)

    def remember(self, event: Event) -> None:
        """Notes an event that was coded in the last sentence read: its two sides, and who did it."""
        self.pairs.remember((*event.actors, *event.recipients), sentence=len(self.past))
        self.deeds.remember(event, sentence=len(self.past))

    def _resolve(self, tree: Tree, mention: Mention) -> Answer:
        if mention.pronoun == EVENT:
            return self.deeds.doers(tree, mention, self.types_of, sentence=len(self.past))
        if mention.pronoun == "pairs":
            return self.pairs.sides(tree, mention, self.past)
        if mention.pronoun is not None:
            return self.references.pronoun(tree, mention, self.heard)
        if mention.person is not None:
            return self.standing.named(tree, mention, mention.person)
        if mention.unknown_name is not None:
            if mention.role is not None:
                return (self.standing.named_by_role(tree, mention),), "name beside a title"
            return self.standing.short_name(tree, mention)
        if mention.role is not None:
            return self._role(tree, mention, mention.role)
        if mention.organization is not None:
            return (self.standing.organization(tree, mention, mention.organization),), "organisation"
        if mention.place is not None and mention.state is not None:
            if mention.weak:
                return (), "ambiguous form"
            name = mention.state.name if mention.place.kind in SEATS else mention.place.text
            return (make_party(tree, mention, name=name, country=mention.state.country, sectors=()),), "place"
        if mention.state is not None and not (mention.weak and not self.standing.is_supported(mention.state)):
            return (actor_party(tree, mention, mention.state),), f"state by its {mention.state_form}"
        return (), "ambiguous form"

    def _role(self, tree: Tree, mention: Mention, role: Role) -> Answer:
        owner = None if mention.state is not None else self._owner(tree, mention)
        if owner is None:
            before = self.references.title(tree, mention, role, self.heard)
            before = before or self.references.group(tree, mention, role, self.heard)
            if before is not None:
                return before
        return self.standing.role(tree, mention, role, owner=owner)

    def _owner(self, tree: Tree, mention: Mention) -> Actor | None:
        """The state of "its forces", "pasukannya": that of whom the possessive stands for."""
        inside = range(mention.first, mention.last + 1)
        owners = {child for index in inside for child in tree.children(index, "nmod", "det")}
        for resolved in self.past[-1]:
            if resolved.mention.pronoun and resolved.mention.first in owners and len(resolved.parties) == 1:
                country = resolved.parties[0].country
                return self.gazetteer.state(country) if country else None
        return None

    def _first_person(self, tree: Tree, mention: Mention) -> Answer:
        speaker = next((item for item in self.heard[-1] if item.is_speaker), None)
        whole = len(quoted_tokens(tree)) >= len(tree.tokens) - 2  # nothing but the quotation: it goes on from before
        if speaker is None and whole and len(self.heard) > 1:
            speaker = next((item for item in self.heard[-2] if item.is_speaker), None)
        if speaker is None or not speaker.parties:
            return (), "first person: nobody known speaks"
        names = " and ".join(speaker.names)
        if mention.pronoun == FIRST_PERSON[0]:
            return tuple(moved(tree, mention, p) for p in speaker.parties), f"first person: {names} speaks"
        item = resolved_at(tree, mention, speaker.parties, "")
        return side_of(tree, self.gazetteer, speaker, item), f"first person: the side of {names}, who speaks"
