"""Arguments by neighbourhood, where a tree lacks them: in languages without inflection the word order says who did it.

A small parser trained on small treebanks takes unseen verbs for names ("Rusia Gempur Ukraina"). The verb is known
from the
lexicon, so what stands right before it is its subject and what stands right behind it its object.
"""

from __future__ import annotations

from dataclasses import replace

from kutub.records import Clause, Voice
from kutub.text.tree import Tree

_NOMINAL = ("NOUN", "PROPN", "PRON", "X")
_LIGHT = ("AUX", "ADV", "PART", "ADJ")
_OPENERS = ("DET", "NUM")
_REACH = 12  # tokens that prepositional phrases are looked for behind the verb


def adjacent(tree: Tree, clause: Clause) -> Clause:
    """The clause with missing subject, object, obliques and complement filled in from its neighbours."""
    before, behind = _before(tree, clause.predicate), _behind(tree, clause.predicate)
    names = [i for i in clause.complement if tree.token(i).upos == "PROPN" or i == behind]
    if names:
        kept = tuple(i for i in clause.complement if i not in names)
        clause = replace(clause, complement=kept, object=clause.object or tuple(names[:1]))
    passive = clause.voice is Voice.PASSIVE
    first, second = (clause.object, clause.subject) if passive else (clause.subject, clause.object)
    if not first and before is not None:
        first = (before,)
    if not second and behind is not None and behind not in first:
        second = (behind,)
    subject, thing = (second, first) if passive else (first, second)
    clause = replace(clause, subject=subject, object=thing)
    return with_phrases(tree, clause)


def _before(tree: Tree, index: int) -> int | None:
    """The noun right before the verb, auxiliaries and adverbs between them; None behind a comma or a preposition."""
    current = index - 1
    while current >= 0 and tree.token(current).upos in _LIGHT:
        current -= 1
    if current < 0 or tree.token(current).upos not in _NOMINAL or _is_relative(tree, current):
        return None
    start = current
    while start > 0 and tree.token(start - 1).upos in (*_NOMINAL, *_OPENERS, "ADJ"):
        start -= 1
    marked = start > 0 and tree.token(start - 1).upos in ("ADP", "VERB")
    return None if marked else current


def _behind(tree: Tree, index: int) -> int | None:
    """The noun right behind the verb, determiners and numbers between them."""
    current = index + 1
    while current < len(tree.tokens) and tree.token(current).upos in _OPENERS:
        current += 1
    if current + 1 < len(tree.tokens) and tree.token(current).upos == "ADJ" and tree.token(current + 1).upos == "PROPN":
        current += 1
    if current >= len(tree.tokens) or tree.token(current).upos not in _NOMINAL or _is_relative(tree, current):
        return None
    return current


def _is_relative(tree: Tree, index: int) -> bool:
    """A relative pronoun opens a clause of its own: it is a pronoun whose head, a verb, stands behind it."""
    token = tree.token(index)
    return token.upos == "PRON" and token.head > index and tree.token(token.head).upos == "VERB"


def with_phrases(tree: Tree, clause: Clause) -> Clause:
    """Prepositional phrases up to the next verb or stop, for prepositions that the tree does not give the verb."""
    known = {marker for marker, _ in clause.obliques}
    found = list(clause.obliques)
    complement = clause.complement
    last = min(clause.predicate + _REACH, len(tree.tokens))
    for index in range(clause.predicate + 1, last):
        token = tree.token(index)
        if token.upos == "PUNCT" and token.text not in "\"“”'":
            break
        if token.upos == "VERB":
            complement = complement or (index,)
            break
        if token.upos in ("SCONJ", "CCONJ"):
            break
        marker = token.text.lower()
        if token.upos == "ADP" and marker not in known and index + 1 < len(tree.tokens):
            phrase = _behind(tree, index)
            if phrase is not None:
                known.add(marker)
                found.append((marker, phrase))
    return replace(clause, obliques=tuple(found), complement=complement)
