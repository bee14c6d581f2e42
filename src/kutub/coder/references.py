"""References: pronouns, titles and nouns that take up somebody named before (docs/design.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kutub.coder.actors import Gazetteer, Role
from kutub.coder.anaphors import NOUNS, fits_noun, is_definite
from kutub.coder.antecedents import MEMORY, Choice, Wanted, choose, co_arguments, joint
from kutub.coder.mention import Mention
from kutub.coder.resolved import Resolved, moved
from kutub.coder.speakers import speaks
from kutub.coder.standing import FOREMOST, Answer
from kutub.text.grammar import Grammar
from kutub.text.tree import Tree, is_relation

PLURAL = "group"  # the kind of role that is people
PAIR = 2
ARGUMENTS = ("nsubj", "obj", "iobj", "obl")
ARMED = frozenset(("MIL", "REB", "PRM", "COP"))


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """Looks back over the mentions of the sentences so far; the last sentence is the one that is being read."""

    gazetteer: Gazetteer
    grammar: Grammar
    speech: frozenset[str]

    def noun(self, tree: Tree, mention: Mention, heard: Sequence[Sequence[Resolved]]) -> Answer:
        """ "the alliance", "kelompok itu"."""
        sort = mention.pronoun or ""
        word = tree.token(mention.first).text.lower()
        wanted = Wanted(
            what=f"noun of the sort {sort}",
            fits=lambda item: fits_noun(item, sort, word),
            before=mention.first,
            beside=co_arguments(tree, mention.first, mention.last),
        )
        return _answer(tree, mention, choose(heard, wanted))

    def pronoun(self, tree: Tree, mention: Mention, heard: Sequence[Sequence[Resolved]]) -> Answer:
        """He, it, they, -nya."""
        if mention.pronoun in NOUNS.values():
            return self.noun(tree, mention, heard)
        if mention.pronoun == "plural":
            return self._plural(tree, mention, heard)
        speaking = speaks(tree, mention.first, self.grammar, self.speech)
        person = mention.pronoun == "person" or (mention.pronoun == "any" and speaking)
        wanted = Wanted(
            what="pronoun of a person" if person else "pronoun",
            fits=_is_person if person else _is_thing if mention.pronoun == "thing" else _is_one,
            before=mention.first,
            beside=co_arguments(tree, mention.first, mention.last),
            speaker_first=speaking,
            reach=MEMORY if mention.pronoun == "person" else PAIR,
        )
        return _answer(tree, mention, choose(heard, wanted))

    def _plural(self, tree: Tree, mention: Mention, heard: Sequence[Sequence[Resolved]]) -> Answer:
        wanted = Wanted(what="pronoun of several", fits=_is_several, before=mention.first, unique=True, reach=PAIR)
        sentences = [joint(sentence) for sentence in heard[-PAIR:]]
        choice = choose(sentences, wanted)
        fitting = [r for sentence in sentences for r in sentence if _is_several(r)]
        if choice.chosen is None and not fitting:  # "Hamas said they would"
            forces = Wanted(what="pronoun of several", fits=_is_force, before=mention.first, unique=True, reach=PAIR)
            force = choose(sentences, forces)
            if force.chosen is not None:
                return _answer(tree, mention, force)
        if choice.chosen is None and len(heard) > 1 and not fitting:
            people = {r.names: r for r in heard[-PAIR] if _is_person(r) and r.mention.pronoun is None}
            if len(people) == PAIR and all(people):
                parties = tuple(party for item in people.values() for party in item.parties)
                return tuple(moved(tree, mention, p) for p in parties), "pronoun of several: both persons named before"
        return _answer(tree, mention, choice)

    def title(self, tree: Tree, mention: Mention, role: Role, heard: Sequence[Sequence[Resolved]]) -> Answer | None:
        """ "the minister", "sang presiden": a person named before who has this title; None where there is none."""
        if role.kind != "title" or mention.organization is not None or mention.ruler is not None:
            return None
        if self._is_new(tree, mention):
            return None
        state = mention.state
        if state is not None and not is_definite(tree, mention.first, mention.last, self.grammar):
            return None

        def fits(item: Resolved) -> bool:
            if not _is_person(item) or not item.parties or item.mention.pronoun is not None:
                return False
            named = item.mention.person is not None or item.mention.unknown_name is not None
            titles = {item.parties[0].title, item.mention.role.title if item.mention.role else None}
            same = any(self._is_title_of(role.title, title) for title in titles if title)
            return named and same and (state is None or item.parties[0].country == state.country)

        wanted = Wanted(what="title", fits=fits, before=mention.first, unique=True, near=MEMORY)
        choice = choose(heard, wanted)
        fitting = any(fits(item) for sentence in heard[-MEMORY:] for item in sentence)
        return _answer(tree, mention, choice) if fitting else None

    def group(self, tree: Tree, mention: Mention, role: Role, heard: Sequence[Sequence[Resolved]]) -> Answer | None:
        """ "the rebels": those of a state named before, where it is one; None where there is none."""
        bare = mention.state is None and mention.organization is None and mention.ruler is None
        if role.kind != PLURAL or not bare or not is_definite(tree, mention.first, mention.last, self.grammar):
            return None
        if not any(is_relation(tree.token(i).deprel, *ARGUMENTS) for i in range(mention.first, mention.last + 1)):
            return None  # "latihan militer ini": what kind of thing it is

        def fits(item: Resolved) -> bool:
            known = item.mention.role
            return known is not None and known.name == role.name and any(party.country for party in item.parties)

        wanted = Wanted(what="group", fits=fits, before=mention.first, unique=True, near=MEMORY)
        choice = choose(heard, wanted)
        return _answer(tree, mention, choice) if choice.chosen is not None else None

    def _is_new(self, tree: Tree, mention: Mention) -> bool:
        """ "a minister", "ministers": nobody who was named before."""
        around = range(max(mention.first - 1, 0), mention.last + 1)
        if any(self.grammar.is_word(tree.token(index), "indefinite") for index in around):
            return True
        last = tree.token(mention.last)
        inflected = last.lemma.lower() != last.text.lower() and not self.grammar.by_form
        return inflected or "Number=Plur" in last.feats

    def _is_title_of(self, short: str, title: str) -> bool:
        """Whether a title may be shortened so: "minister" for a trade minister, not for a prime minister."""
        if short == title:
            return True
        words, known = short.split(), title.split()
        if short in self.gazetteer.ranks or self.gazetteer.ranks.get(title) == FOREMOST or len(words) >= len(known):
            return False
        return known[-len(words) :] == words or (
            len(words) > 1 and (words[0], words[-1]) == (known[0], known[-1]) and set(words) <= set(known)
        )


def _answer(tree: Tree, mention: Mention, choice: Choice) -> Answer:
    if choice.chosen is None:
        return (), choice.why
    return tuple(moved(tree, mention, party) for party in choice.chosen.parties), choice.why


def _is_person(item: Resolved) -> bool:
    return item.is_person and len(item.parties) <= 1


def _is_one(item: Resolved) -> bool:
    return len(item.parties) == 1 and item.mention.place is None


def _is_thing(item: Resolved) -> bool:
    return not item.is_person and _is_one(item)


def _is_force(item: Resolved) -> bool:
    armed = any(set(party.sectors[:1]) & ARMED for party in item.parties)
    return armed and item.mention.organization is not None and _is_thing(item)


def _is_several(item: Resolved) -> bool:
    many = len(item.parties) > 1 and item.mention.place is None
    role = item.mention.role
    return many or (role is not None and role.kind == PLURAL and not item.is_person)
