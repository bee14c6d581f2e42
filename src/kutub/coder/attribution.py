"""Attribution: who claims an event that the narrator does not report in its own voice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kutub.coder.frames import Scene
from kutub.coder.phrases import parties_at
from kutub.language import Language
from kutub.records import Party
from kutub.text.clauses import verbal_clause
from kutub.text.tree import is_relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """`speech.yaml`: verbs, nouns and prepositions of claims; agencies, whose bare credit is no claim."""

    verbs: frozenset[str]
    nouns: frozenset[str]
    markers: frozenset[str]
    agencies: frozenset[str]


@cache
def load_speech(language: Language) -> Speech:
    """The speech words of a language."""
    raw = language.data("speech")
    return Speech(
        verbs=frozenset(raw["verbs"]),
        nouns=frozenset(raw["nouns"]),
        markers=frozenset(raw["markers"]),
        agencies=frozenset(raw["agencies"]),
    )


def speakers_of(scene: Scene, index: int, *, speech: Speech, actors: Sequence[Party]) -> tuple[tuple[Party, ...], str]:
    """Who claims the event at this token, nearest claim first, and the word that shows it.

    An actor's own speech is no attribution; neither is an agency's credit.
    """
    own = {party.name for party in actors}
    for claim in _claims(scene, index, speech):
        speakers, word = claim
        speakers = tuple(p for p in speakers if p.text not in speech.agencies)
        if speakers:
            return ((), "") if {p.name for p in speakers} & own else (speakers, word)
    return (), ""


def _claims(scene: Scene, index: int, speech: Speech) -> list[tuple[tuple[Party, ...], str]]:
    tree = scene.tree
    found = []
    for current in (index, *tree.ancestors(index)):
        token = tree.token(current)
        for marker, phrase in _phrases(scene, current, speech):
            found.append((_parties(scene, phrase), marker))
        for child in tree.children(current, "parataxis", "ccomp", "conj"):
            if tree.token(child).deprel != "ccomp" or child > index:
                below = tree.subtree(child)
                speaking = scene.grammar.key(tree.token(child)) in speech.verbs
                if index not in below and speaking and is_relation(tree.token(child).deprel, "parataxis"):
                    found.append((_subject(scene, child), tree.token(child).text))
        if current == index:
            continue
        if scene.grammar.key(token) in speech.verbs and _reports(scene, current, index):
            found.append((_subject(scene, current), token.text))
        if scene.grammar.key(token) in speech.nouns and token.upos == "NOUN":
            owners = [c for c in tree.children(current) if is_relation(tree.token(c).deprel, "nmod:poss", "nmod")]
            found.append(
                (tuple(p for c in owners[:1] if index not in tree.subtree(c) for p in _parties(scene, c)), token.text)
            )
    return found


def _reports(scene: Scene, verb: int, index: int) -> bool:
    """Whether the token lies in what the verb reports, not in its subject or its time."""
    below = index
    for current in scene.tree.ancestors(index):
        if current == verb:
            break
        below = current
    token = scene.tree.token(below)
    return is_relation(token.deprel, "ccomp", "parataxis", "xcomp", "obj", "advcl", "obl") and not (
        is_relation(token.deprel, "obl") and not scene.tree.marker(below)
    )


def _phrases(scene: Scene, index: int, speech: Speech) -> list[tuple[str, int]]:
    """ "menurut X", "according to X" below a token, in its clause."""
    found = []
    for child in sorted(scene.tree.subtree(index, clauses=False) - {index}):
        marker = scene.tree.marker(child)
        if marker in speech.markers:
            found.append((marker, child))
    return found


def _subject(scene: Scene, verb: int) -> tuple[Party, ...]:
    clause = verbal_clause(scene.tree, verb, grammar=scene.grammar)
    return tuple(party for index in clause.subject for party in _parties(scene, index))


def _parties(scene: Scene, index: int) -> tuple[Party, ...]:
    found = parties_at(scene.tree, index, scene.resolved, grammar=scene.grammar)
    return tuple(item.party for item in found)
