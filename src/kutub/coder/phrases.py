"""Phrases: which parties the phrase headed by a token stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kutub.coder.mention import Mention
from kutub.coder.parties import Resolved
from kutub.records import Party
from kutub.text.grammar import Grammar
from kutub.text.tree import Tree, is_relation

_INNER = ("nmod", "obl", "compound", "amod", "det", "flat")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A party found for a token.

    inner: it stood inside the phrase ("US decision"), not as its head; shared: it comes from a phrase for both sides
    ("the two countries").
    """

    party: Party
    inner: bool
    why: str
    shared: bool = False


class Inner(StrEnum):
    """Which parties inside a phrase may stand for it when its head is no party."""

    NONE = "none"
    OWNER = "owner"  # "Israel's army", "US decision": who does what the phrase is said to do
    ANY = "any"  # "the sanctions against Iran" too: whom something done to the phrase is done to


def parties_at(
    tree: Tree, index: int, resolved: Sequence[Resolved], *, grammar: Grammar, inner: Inner = Inner.ANY
) -> list[Found]:
    """The parties that the phrase headed by a token stands for, its conjuncts included."""
    found: list[Found] = []
    for head in tree.conjuncts(index):
        for item in _of_head(tree, head, resolved, grammar=grammar, inner=inner):
            if all(item.party.name != other.party.name for other in found):
                found.append(item)
    return found


def _of_head(
    tree: Tree, head: int, resolved: Sequence[Resolved], *, grammar: Grammar, inner: Inner, depth: int = 0
) -> list[Found]:
    own = next((item for item in resolved if item.mention.covers(head)), None)
    if own and own.mention.pronoun == "event" and inner is not Inner.ANY:
        own = None  # "condemned the attack" is meant for who attacked; what an attack does is told of the attack
    if own and not _is_mere_modifier(own.mention):
        return _founds(own, inner=False, why=own.why)
    for child in tree.children(head, "appos", "flat"):
        for item in resolved:
            if item.mention.covers(child):
                return _founds(item, inner=False, why=f"apposition, {item.why}")
    if own:
        return _founds(own, inner=False, why=own.why)
    if depth < 2 and grammar.is_word(tree.token(head), "transparent_nouns"):
        for child in tree.children(head, "nmod", "compound", "flat"):
            below = _of_head(tree, child, resolved, grammar=grammar, inner=inner, depth=depth + 1)
            if below:
                return below
    for inside in _inside(tree, head, grammar, inner):
        found = [f for i in tree.conjuncts(inside) for f in _inner_at(i, resolved)]
        if found:
            return found
    return []


def _inside(tree: Tree, head: int, grammar: Grammar, inner: Inner) -> list[int]:
    """Tokens below a head that may name the party which the phrase belongs to, or is about; nearest first."""
    if inner is Inner.NONE:
        return []
    elsewhere = grammar.words["claim_markers"] | grammar.words["topic_markers"]
    owning = grammar.words["possessor_joiners"] | grammar.words["agent_markers"] | {""}

    def below(index: int) -> list[int]:
        found = [
            c
            for c in tree.children(index)
            if is_relation(tree.token(c).deprel, *_INNER) and tree.marker(c) not in elsewhere
        ]
        return found if inner is Inner.ANY else [c for c in found if tree.marker(c) in owning]

    near = below(head)
    clauses = tree.children(head, "acl")
    doers = [
        c for verb in clauses for c in tree.children(verb, "nsubj", "obl") if c > head and _is_doer(tree, c, grammar)
    ]
    participles = [verb for verb in clauses if tree.token(verb).deprel == "acl"]  # "sanctions imposed on Iran"
    targets = [c for verb in participles for c in tree.children(verb, "obl") if c > head]
    more = targets if inner is Inner.ANY else []
    return [*near, *(c for child in near for c in below(child)), *doers, *more]


def _is_doer(tree: Tree, index: int, grammar: Grammar) -> bool:
    """The subject or the agent of a relative clause: "the missiles fired by Israel"."""
    relation = tree.token(index).deprel
    return relation in ("nsubj", "obl:agent") or tree.marker(index) in grammar.words["agent_markers"]


def _inner_at(index: int, resolved: Sequence[Resolved]) -> list[Found]:
    for item in resolved:
        if item.mention.pronoun == "event":  # "victims of the attack" are not those who attacked
            continue
        if item.mention.covers(index) and item.mention.place is None and not _is_mere_modifier(item.mention):
            return _founds(item, inner=True, why=f"inside the phrase, {item.why}")
    return []


def _is_mere_modifier(mention: Mention) -> bool:
    """ "latihan militer", "police car": a role word that only says of what kind a thing is."""
    return mention.is_role_only and mention.state is None and mention.organization is None


def _founds(item: Resolved, *, inner: bool, why: str) -> list[Found]:
    shared = item.mention.pronoun == "pairs"
    return [Found(party=party, inner=inner, why=why, shared=shared) for party in item.parties]
