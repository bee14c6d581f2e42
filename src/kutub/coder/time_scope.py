"""Which event a time in a sentence speaks of, as far as the tree and the marks around it show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kutub.coder.time_records import AnchoredExpression, TimeExpression
from kutub.text.tree import Tree

_BETWEEN = ("ADP", "DET", "PROPN")  # what may stand between a mark and a time that it sets off


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A time that counts from another event: its words, that event's head word, and a time told within its phrase."""

    expression: AnchoredExpression
    head: int
    time: TimeExpression | None


def belongs_elsewhere(tree: Tree, start: int, position: int) -> bool:
    """Whether a time stands in a clause on a noun that does not hold the trigger, or within a name ("G20 2024").

    A clause on the trigger itself ("the attack that began on Monday") tells of it.
    """
    at, trigger = _token_at(tree, start), _token_at(tree, position)
    if at is None or trigger is None:
        return False
    if tree.token(at).deprel.startswith("flat") and tree.token(at).upos in ("NUM", "PROPN"):
        return True
    if is_set_off(tree, start):
        kinds: tuple[str, ...] = ("acl:relcl",)
    else:
        kinds = ("acl:relcl", "acl")
    return any(
        tree.token(i).deprel in kinds and not (tree.token(i).head == trigger and tree.token(trigger).upos == "NOUN")
        for i in _path(tree, at, trigger)
    )


def relations_between(tree: Tree, start: int, position: int) -> list[str]:
    """Relations from a time up to what it shares with the trigger."""
    at, trigger = _token_at(tree, start), _token_at(tree, position)
    return [] if at is None or trigger is None else [tree.token(i).deprel for i in _path(tree, at, trigger)]


def _path(tree: Tree, at: int, trigger: int) -> Iterable[int]:
    above = set(tree.ancestors(trigger)) | {trigger}
    return [i for i in (at, *tree.ancestors(at)) if i not in above]


def _token_at(tree: Tree, position: int) -> int | None:
    return next((t.index for t in tree.tokens if t.end - tree.sentence.start > position), None)


def is_set_off(tree: Tree, start: int) -> bool:
    """Whether a mark stands before a time that is no clause's, perhaps with a place between: "…, Senin (22/8)" and
    "…, in Ankara on Monday" tell of the whole sentence."""
    at = _token_at(tree, start)
    while at is not None and at > 0 and tree.token(at - 1).upos in _BETWEEN:
        at -= 1
    return at is not None and at > 0 and tree.token(at - 1).upos == "PUNCT"


def counted_by(tree: Tree, expression: AnchoredExpression, times: Iterable[TimeExpression]) -> Counted | None:
    """The event that an expression counts from: the head of what its last word introduces."""
    last = _token_at(tree, expression.end - 1)
    if last is None or last + 1 >= len(tree.tokens):
        return None
    head = tree.token(last).head
    if head <= last:  # the word introduces nothing in this parse: the phrase that follows it is meant
        head = last + 1
        while last < tree.token(head).head and tree.token(head).upos not in ("VERB", "PUNCT"):
            head = tree.token(head).head
    if tree.token(head).upos == "PUNCT":
        return None
    phrase = tree.subtree(head, conjuncts=False)
    offset = tree.sentence.start
    inside = [
        e
        for e in times
        if any(
            tree.token(i).start - offset < e.end and tree.token(i).end - offset > e.start for i in phrase if i > last
        )
    ]
    return Counted(expression=expression, head=head, time=inside[0] if len(inside) == 1 else None)


def hangs_on(tree: Tree, counted: Counted, position: int) -> bool:
    """Whether the time is the trigger's: what it counts from hangs on the trigger or on its predicate."""
    trigger = _token_at(tree, position)
    if trigger is None or trigger == counted.head or trigger in tree.subtree(counted.head):
        return False
    first = _token_at(tree, counted.expression.start)
    span = range(first, counted.head + 1) if first is not None else ()
    hanging = {head for i in (counted.head, *span) if (head := tree.token(i).head) not in span}
    carriers = {trigger}
    if tree.token(trigger).upos != "VERB":
        carriers |= set(_up_to_verb(tree, trigger))
    return bool(hanging & carriers) or (counted.expression.start == 0 and tree.token(trigger).head == -1)


def _up_to_verb(tree: Tree, index: int) -> Iterable[int]:
    for above in tree.ancestors(index):
        yield above
        if tree.token(above).upos == "VERB":
            return


def is_of_anchor(tree: Tree, counted: Counted, expression: TimeExpression, position: int) -> bool:
    """Whether a time is told of the event that another one is counted from, and the trigger is not that event."""
    trigger = _token_at(tree, position)
    return counted.time is expression and trigger is not None and trigger not in tree.subtree(counted.head)


def is_counted_from(tree: Tree, counted: Counted, position: int) -> bool:
    """Whether the trigger is the event that a time is counted from."""
    trigger = _token_at(tree, position)
    return trigger is not None and trigger in tree.subtree(counted.head)


def clause_starts(tree: Tree) -> list[int]:
    """Offsets at which clauses begin: the first token below each clause, coordinated ones too."""
    verbs = [token.index for token in tree.tokens if token.upos == "VERB"]
    found = []
    for token in tree.tokens:
        if token.deprel == "cc" and verbs and verbs[0] < token.index < verbs[-1]:
            found.append(token.start - tree.sentence.start)
        clausal = token.deprel.partition(":")[0] in ("ccomp", "advcl", "parataxis", "acl")
        if clausal or (token.deprel == "conj" and token.upos == "VERB"):
            found.append(tree.token(min(tree.subtree(token.index))).start - tree.sentence.start)
    return sorted(found)


def is_separated(expression: TimeExpression, position: int, boundaries: Sequence[int]) -> bool:
    """Whether a clause begins between an expression and a position; boundaries: offsets at which clauses begin."""
    low, high = min(expression.start, position), max(expression.start, position)
    return any(low < boundary <= high for boundary in boundaries)


def nearest(
    expressions: Iterable[TimeExpression], position: int, *, boundaries: Sequence[int] = ()
) -> TimeExpression | None:
    """The expression nearest to a position (say, the trigger's), preferring those in its clause.

    boundaries: offsets at which clauses begin.
    """

    def rank(expression: TimeExpression) -> tuple[bool, int, int]:
        inside = expression.start <= position < expression.end
        distance = 0 if inside else min(abs(expression.start - position), abs(expression.end - position))
        return is_separated(expression, position, boundaries), distance, expression.start

    return min(expressions, key=rank, default=None)
