"""Antecedents: whom an anaphor refers to, by the order of salience (docs/design.md, "Whom a mention stands for").

The nearest sentence that holds somebody who fits; in it who speaks, then subjects, then others; of these the first in
the text. Where another one is coordinated with that one, or the anaphor must be unique and is not, nobody is named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kutub.coder.resolved import Resolved
from kutub.text.tree import Tree, is_relation

Sentences = Sequence[Sequence[Resolved]]
ARGUMENTS = ("nsubj", "obj", "iobj", "obl")  # relations of those that a verb is about
NEAR = 2  # sentences, the anaphor's own among them, in which salience chooses between several
MEMORY = 4  # sentences in which somebody who fits alone is found


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an anaphor asks of its antecedent.

    what: its kind, for the trace; before: its first token; beside: tokens of its sentence that are other arguments of
    its verb, which it cannot be; unique: whether only one in the sentence may fit; speaker
    first: whether who spoke last goes before subjects; near, reach: sentences as NEAR and MEMORY.
    """

    what: str
    fits: Callable[[Resolved], bool]
    before: int
    beside: frozenset[int] = frozenset()
    unique: bool = False
    speaker_first: bool = False
    near: int = NEAR
    reach: int = MEMORY


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The antecedent, None where the anaphor names nobody, and why."""

    chosen: Resolved | None
    why: str


def choose(sentences: Sentences, wanted: Wanted) -> Choice:
    """The antecedent among the mentions of the sentences so far; the last is the anaphor's own."""
    for age, sentence in enumerate(reversed(sentences[-wanted.reach :])):
        here = [r for r in sentence if (age or _may_be_meant(r, wanted)) and wanted.fits(r)]
        if not here:
            continue
        if age >= wanted.near:
            return _alone(sentences, wanted, age)
        return _most_salient(here, wanted, age)
    return Choice(chosen=None, why=f"{wanted.what}: no antecedent in {min(len(sentences), wanted.reach)} sentences")


def _may_be_meant(item: Resolved, wanted: Wanted) -> bool:
    """Whether a mention of the anaphor's own sentence stands before it and is no other argument of its verb."""
    return item.mention.last < wanted.before and not any(item.mention.covers(index) for index in wanted.beside)


def co_arguments(tree: Tree, first: int, last: int) -> frozenset[int]:
    """The other arguments of the verb that the phrase from one token to another is an argument of: "he accused him".

    A verb without a subject of its own has that of the clause it is joined to.
    """
    inside = range(first, last + 1)
    head = next((tree.token(i) for i in inside if tree.token(i).head not in inside), None)
    if head is None or not is_relation(head.deprel, *ARGUMENTS):
        return frozenset()
    verb, found = head.head, set(tree.children(head.head, *ARGUMENTS))
    while not tree.children(verb, "nsubj") and is_relation(tree.token(verb).deprel, "conj", "xcomp"):
        verb = tree.token(verb).head
        found |= set(tree.children(verb, "nsubj"))
    return frozenset(found - set(inside))


def joint(sentence: Sequence[Resolved]) -> list[Resolved]:
    """The mentions of a sentence, those that are coordinated with each other as one of several parties."""
    found: list[Resolved] = []
    for item in sentence:
        if not item.parties:
            continue
        first = next(
            (i for i, f in enumerate(found) if item.conjunct_of is not None and _holds(f, item.conjunct_of)), None
        )
        if first is None:
            found.append(item)
        else:
            names = found[first].names
            parties = (*found[first].parties, *(p for p in item.parties if p.name not in names))
            found[first] = replace(found[first], parties=parties)
    return found


def _holds(item: Resolved, index: int) -> bool:
    return item.mention.covers(index)


def _most_salient(here: list[Resolved], wanted: Wanted, age: int) -> Choice:
    speakers = [r for r in here if r.is_speaker] if wanted.speaker_first else []
    subjects = [r for r in here if r.is_subject]
    first = (speakers or subjects or here)[0]
    rank = "speaker" if speakers else "subject" if subjects else "first named"
    others = [r for r in here if r.names != first.names]
    equals = [r for r in others if wanted.unique or _coordinated(first, r)]
    if equals:
        return Choice(chosen=None, why=f"{wanted.what}: {_listed([first, *equals])} fit equally")
    if not first.parties:
        return Choice(chosen=None, why=f"{wanted.what}: refers to somebody who is in no table")
    beside = f", before {_listed(others)}" if others else ""
    return Choice(chosen=first, why=f"{wanted.what}: {_listed([first])}, {rank} {_back(age)}{beside}")


def _alone(sentences: Sentences, wanted: Wanted, age: int) -> Choice:
    """Farther back salience does not choose: only who fits alone is named."""
    older = sentences[-wanted.reach : len(sentences) - age]
    fit = [r for sentence in older for r in sentence if wanted.fits(r)]
    if len({r.names for r in fit}) > 1 or not fit[-1].parties:
        return Choice(chosen=None, why=f"{wanted.what}: {_listed(fit)} are too far back to choose from")
    return Choice(chosen=fit[-1], why=f"{wanted.what}: {_listed(fit)}, the only one that fits, {_back(age)}")


def _coordinated(one: Resolved, other: Resolved) -> bool:
    linked = other.conjunct_of is not None and _holds(one, other.conjunct_of)
    siblings = one.conjunct_of is not None and one.conjunct_of == other.conjunct_of
    return linked or siblings or (one.conjunct_of is not None and _holds(other, one.conjunct_of))


def _listed(items: Sequence[Resolved]) -> str:
    names = dict.fromkeys(" and ".join(item.names) or "somebody unknown" for item in items)
    return ", ".join(names)


def _back(age: int) -> str:
    return f"{age} back" if age else "in the same sentence"
