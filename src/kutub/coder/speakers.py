"""Who speaks in a sentence, and for whom: "I" is the speaker, "we" the speaker's side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kutub.coder.actors import Gazetteer
from kutub.coder.anaphors import quoted_tokens
from kutub.coder.resolved import Resolved, actor_party, moved
from kutub.coder.standing import STATE_SECTORS
from kutub.records import Party
from kutub.text.grammar import Grammar
from kutub.text.tree import Tree

REACH = 2  # tokens between a verb of speech and its speaker


def with_speaker(tree: Tree, found: Sequence[Resolved], grammar: Grammar, speech: frozenset[str]) -> list[Resolved]:
    """The mentions of a sentence, the one who speaks marked: the subject of a verb of speech outside quotations, else
    the mention right beside it."""
    quoted = quoted_tokens(tree)
    for token in tree.tokens:
        if token.index in quoted or grammar.key(token) not in speech:
            continue
        subjects = tree.children(token.index, "nsubj")
        for item in found:
            own = any(item.mention.covers(index) for index in subjects)
            behind = 0 < item.mention.first - token.index <= REACH
            before = token.index - item.mention.last == 1
            if own or (not subjects and (behind or before) and item.mention.first not in quoted):
                return [replace(other, is_speaker=other is item) for other in found]
    return list(found)


def speaks(tree: Tree, first: int, grammar: Grammar, speech: frozenset[str]) -> bool:
    """Whether the word at this token is the subject of a verb of speech, by the tree or right beside it."""
    head = tree.token(first).head
    near = [i for i in (first - 1, first + 1, head) if 0 <= i < len(tree.tokens)]
    return any(grammar.key(tree.token(i)) in speech for i in near)


def side_of(tree: Tree, gazetteer: Gazetteer, speaker: Resolved, item: Resolved) -> tuple[Party, ...]:
    """For whom a speaker says "we": an official's state, the organisation of its official, else the speaker."""
    organization = speaker.mention.organization
    found: list[Party] = []
    for party in speaker.parties:
        state = gazetteer.state(party.country) if party.country else None
        official = speaker.is_person and bool(set(party.sectors[:1]) & STATE_SECTORS)
        if organization is not None:
            found.append(actor_party(tree, item.mention, organization))
        elif official and state is not None:
            found.append(actor_party(tree, item.mention, state))
        else:
            found.append(moved(tree, item.mention, party))
    return tuple(found)
