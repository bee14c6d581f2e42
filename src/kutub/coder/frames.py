"""Sources: which phrases and parties of a clause the words of a lexicon frame name, and whether its conditions hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kutub.coder.lexicon import Condition
from kutub.coder.mention import Mention
from kutub.coder.parties import Resolved
from kutub.coder.phrases import Found, Inner, parties_at
from kutub.records import Clause
from kutub.text.clauses import nominal_clause, verbal_clause
from kutub.text.grammar import Grammar
from kutub.text.tree import Tree, is_relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A sentence made ready for matching.

    `resolved`: its mentions that stand for parties; `mentions`: all; `countries`: those the article speaks of.
    """

    tree: Tree
    grammar: Grammar
    resolved: Sequence[Resolved]
    mentions: Sequence[Mention] = ()
    countries: Sequence[str] = ()


def parties_of(scene: Scene, clause: Clause, source: str, side: str = "recipient") -> list[Found]:
    """The parties that a source names; side: `actor` or `recipient`, since a doer is not looked for among targets."""
    inner = Inner.OWNER if side == "actor" else Inner.ANY
    if source == "subject" and clause.voice == "nominal":
        inner = Inner.NONE
    if source == "complement":
        return _everybody_below(scene, clause)
    found = _at(scene, tokens_of(scene, clause, source), inner)
    if not found and source == "subject":  # "a visit that involved talks": who visited talks
        deeds = [nominal_clause(scene.tree, i, grammar=scene.grammar, mutual=True) for i in clause.subject]
        found = _at(scene, tuple(i for deed in deeds for i in deed.subject), Inner.NONE)
    return found


def _at(scene: Scene, indexes: tuple[int, ...], inner: Inner) -> list[Found]:
    found: list[Found] = []
    for index in indexes:
        for item in parties_at(scene.tree, index, scene.resolved, grammar=scene.grammar, inner=inner):
            if all(item.party.name != other.party.name for other in found):
                found.append(item)
    return found


def tokens_of(scene: Scene, clause: Clause, source: str) -> tuple[int, ...]:
    """The heads of the phrases that a source of the lexicon names, in this clause."""
    if source in ("subject", "object", "indirect", "possessor", "modifier", "complement"):
        return tuple(getattr(clause, source))
    if source == "object.party":
        return clause.object
    if source.startswith("complement."):
        below = [verbal_clause(scene.tree, c, grammar=scene.grammar) for c in clause.complement]
        part = source.partition(".")[2]
        own = set(clause.subject)
        return tuple(i for inner in below for i in getattr(inner, part, ()) if i not in own)
    direct = [i for marker, i in clause.obliques if marker == source]
    return tuple(direct or _hung_below(scene.tree, clause, source))


def _hung_below(tree: Tree, clause: Clause, marker: str) -> list[int]:
    """Phrases that the parser hung on a noun further down ("delivery of vaccines to Nepal"): the first in the text."""
    heads = [*clause.object, *(i for _, i in clause.obliques)]
    if clause.voice == "nominal":
        heads = [clause.predicate, *heads]
    below = {i for head in heads for i in tree.subtree(head, clauses=False, conjuncts=False)}
    found = [i for i in sorted(below - {clause.predicate}) if tree.marker(i) == marker]
    return found[:1]


def _everybody_below(scene: Scene, clause: Clause) -> list[Found]:
    own = set(clause.subject)
    found: list[Found] = []
    for head in clause.complement:
        below = scene.tree.subtree(head, clauses=False)
        for item in scene.resolved:
            inside = item.mention.first in below and not any(item.mention.covers(i) for i in own)
            if inside and item.mention.place is None:
                new = [Found(party=p, inner=True, why=item.why) for p in item.parties]
                found.extend(n for n in new if all(n.party.name != f.party.name for f in found))
        if found:
            return found[:2]
    return found


def mutual(scene: Scene, clause: Clause) -> list[Found]:
    """Both sides of "talks between A and B"."""
    markers = scene.grammar.words["mutual_markers"]
    below = scene.tree.subtree(clause.predicate, clauses=False, conjuncts=False)
    phrases = [index for _, index in clause.obliques] + sorted(below)
    for index in phrases:
        if scene.tree.marker(index) in markers:
            found = parties_at(scene.tree, index, scene.resolved, grammar=scene.grammar)
            if len(found) >= 2:
                return found
    return []


def holds(scene: Scene, clause: Clause, condition: Condition) -> set[int] | None:
    """The tokens that fulfil a condition, or None."""
    if condition.source == "complement":
        heads = list(clause.complement)
    else:
        heads = [c for i in tokens_of(scene, clause, condition.source) for c in scene.tree.conjuncts(i)]
        inner = [head for head in heads if scene.grammar.is_word(scene.tree.token(head), "transparent_nouns")]
        heads += [child for head in inner for child in scene.tree.children(head, "nmod")]
    if not heads:
        return None
    if condition.words & {"any", "clause"}:
        return set()
    if "party" in condition.words and parties_of(scene, clause, condition.source):
        return set()
    for head in heads:
        words = [head]
        for child in scene.tree.children(head):
            if is_relation(scene.tree.token(child).deprel, "compound", "amod", "nmod", "flat", "obj", "advmod", "case"):
                words.append(child)
        for word in words:
            token = scene.tree.token(word)
            known = condition.words if is_in_a_name(scene, word) else condition.forms
            if {token.text.lower(), token.lemma.lower()} & known:
                return {word}
        text = " ".join(scene.tree.token(i).text.lower() for i in sorted(words))
        if any(" " in word and word in text for word in condition.words):
            return {head}
    return None


def is_in_a_name(scene: Scene, index: int) -> bool:
    """Whether a token is part of a proper name, which is not inflected: "United Kingdom" has no unit."""
    return any(item.mention.forms and not item.mention.role and item.mention.covers(index) for item in scene.resolved)
