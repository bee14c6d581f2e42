"""The choice among the matches of a sentence: which of them tell events of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kutub.codebook import Codebook
from kutub.coder.match import Match
from kutub.coder.modality import PURPOSE
from kutub.coder.timing import When
from kutub.records import DateBasis, Modality, Party
from kutub.text.tree import Tree

COOPERATION = (1, 2)  # the quad classes of cooperation


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A match with its modality and its date, before the choice."""

    match: Match
    modality: Modality
    word: str
    when: When


def choose(
    tree: Tree, candidates: Sequence[Candidate], codebook: Codebook
) -> tuple[list[Candidate], list[tuple[Match, str]]]:
    """Drops what another match says already: words it used, what is only asked for, the same event again."""
    dropped: dict[int, str] = {}
    for one in candidates:
        for two in candidates:
            if one is two or one.match.token in dropped or two.match.token in dropped:
                continue
            if two.match.token in one.match.used and one.match.token not in two.match.used:
                dropped[two.match.token] = f"its word belongs to {one.match.entry.id}"
            elif _is_content(tree, one, two, codebook):
                dropped[two.match.token] = f"content of {one.match.entry.id}, not an event of its own"
    kept: list[Candidate] = []
    for candidate in candidates:
        if candidate.match.token in dropped:
            continue
        same = next((other for other in kept if _says_the_same(other, candidate)), None)
        if same is None:
            kept.append(candidate)
        elif _weight_of(candidate) > _weight_of(same):
            kept[kept.index(same)] = candidate
            dropped[same.match.token] = f"told again by {candidate.match.entry.id}"
        else:
            dropped[candidate.match.token] = f"told already by {same.match.entry.id}"
    return kept, [(c.match, dropped[c.match.token]) for c in candidates if c.match.token in dropped]


def _weight_of(candidate: Candidate) -> tuple[int, float]:
    match = candidate.match
    return (len(match.actors) + len(match.recipients), match.score)


def _says_the_same(one: Candidate, two: Candidate) -> bool:
    """The same type, way and time, and nobody on a side of the one who is not on that side of the other."""
    if one.match.entry.type != two.match.entry.type or one.modality != two.modality:
        return False
    modes = {candidate.match.entry.mode for candidate in (one, two)} - {None}
    days = {candidate.when.day for candidate in (one, two) if candidate.when.basis is DateBasis.TEXT}
    if len(modes) > 1 or len(days) > 1:
        return False
    sides = [(_names(candidate.match.actors), _names(candidate.match.recipients)) for candidate in (one, two)]
    if not (sides[0][1] and sides[1][1]):  # a meeting may be told with a host or without
        sides = [(actors | recipients, frozenset()) for actors, recipients in sides]
    return all(first <= second or second <= first for first, second in zip(*sides, strict=True))


def _names(parties: Sequence[Party]) -> frozenset[str]:
    return frozenset(party.name for party in parties)


def _is_content(tree: Tree, outer: Candidate, inner: Candidate, codebook: Codebook) -> bool:
    """Whether `inner` is what `outer` asks for, promises, threatens, or refuses, or the cooperation it speaks of."""
    clause = outer.match.clause
    token = inner.match.token
    if _is_spoken_of(tree, outer, inner, codebook):
        return True
    if inner.word == PURPOSE and any(token in tree.subtree(head) for head in clause.complement):
        return True
    if outer.match.entry.type not in codebook.content_types:
        return False
    direct = {*clause.complement, *clause.object, *(i for _, i in clause.obliques)}
    if token in direct:
        return True
    if inner.modality is Modality.ACTUAL:
        return False
    return any(token in tree.subtree(head) for head in (*clause.complement, *clause.object))


def _is_spoken_of(tree: Tree, outer: Candidate, inner: Candidate, codebook: Codebook) -> bool:
    """ "welcomed the cooperation": a noun of cooperation below a word of cooperation is its topic."""
    if inner.match.clause.voice != "nominal" or codebook.quad(inner.match.entry.type) not in COOPERATION:
        return False
    if codebook.quad(outer.match.entry.type) not in COOPERATION or outer.match.token == inner.match.token:
        return False
    clause = outer.match.clause
    heads = [head for head in (*clause.object, *(i for _, i in clause.obliques)) if head not in outer.match.used]
    return any(inner.match.token in tree.subtree(head, clauses=False) for head in heads)
