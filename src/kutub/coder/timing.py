"""When an event happened: the time expression of its sentence that can speak of it, else the publication's date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kutub.coder.dates import Calendar
from kutub.coder.time_records import Anchor, TimeExpression
from kutub.coder.time_scope import (
    Counted,
    belongs_elsewhere,
    clause_starts,
    counted_by,
    hangs_on,
    is_counted_from,
    is_of_anchor,
    is_separated,
    is_set_off,
    nearest,
    relations_between,
)
from kutub.records import Article, DateBasis, DatePrecision, Modality, PublishedBasis, Trigger
from kutub.text.tree import Tree, is_relation

BACKGROUND = timedelta(days=365)  # an event over a year before publication is historical background
SPANS = {
    DatePrecision.WEEK: timedelta(days=6),
    DatePrecision.MONTH: timedelta(days=30),
    DatePrecision.YEAR: timedelta(days=365),
}
COMPLEMENT = "xcomp"  # the complement without a subject of its own: what somebody agrees, promises, or is asked to do


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """An event's date: first day of the interval, its precision, and what it rests on; all None when unknown.

    counted: a time that is still to be counted from another event (`coder.following`). why: the reason, for the trace.
    """

    day: date | None = None
    precision: DatePrecision | None = None
    basis: DateBasis | None = None
    long_ago: bool = False  # the words tell a time that is no date of the record
    counted: Counted | None = None
    why: str = ""


def when_of(
    article: Article,
    tree: Tree,
    trigger: Trigger,
    modality: Modality,
    calendar: Calendar,
    *,
    previous: TimeExpression | None = None,
) -> When:
    """The event's date: the nearest time expression that can speak of it, else the publication's.

    previous: the time told before the sentence, for "two days later". When words tell a time that cannot be counted,
    the date is unknown: it is not the publication's.
    """
    text, position = tree.sentence.text, trigger.start - tree.sentence.start
    boundaries = clause_starts(tree)
    found = calendar.find(text, anchor=article.published, future=modality is Modality.FUTURE, previous=previous)
    counted = [counted_by(tree, one, found) for one in calendar.find_anchored(text)]
    own = [one for one in counted if one is not None and hangs_on(tree, one, position)]
    near = [e for e in found if _can_date(article, tree, e, position, calendar)]
    near = [e for e in near if not any(c is not None and is_of_anchor(tree, c, e, position) for c in counted)]
    anchors = [one for one in counted if one is not None and is_counted_from(tree, one, position)]
    if anchors:
        near = [e for e in near if any(one.time is e for one in anchors)]
        if not near:
            return When(why="unknown: another time is counted from it")
    near = _in_tense(near, modality, article.published)
    beside = [e for e in near if not is_separated(e, position, boundaries)]
    if own and not beside:
        return When(counted=min(own, key=lambda one: abs(one.expression.start - position)))
    chosen = nearest(near, position, boundaries=boundaries)
    if chosen is not None:
        why = f"{text[chosen.start : chosen.end]!r}, counted from {_counted_from(chosen)}" if _leans(chosen) else ""
        return When(day=chosen.day, precision=chosen.precision, basis=chosen.basis, why=why)
    if any(not belongs_elsewhere(tree, start, position) for start, _ in calendar.find_undated(text)):
        return When(long_ago=True)
    resolved = {e.start for e in found}
    for start, end in calendar.find_leaning(text):
        if start not in resolved and not belongs_elsewhere(tree, start, position):
            return When(why=f"unknown: no time is told before {text[start:end]!r}")
    return _of_publication(article)


def _of_publication(article: Article) -> When:
    if article.published is None:
        return When()
    dateline = article.published_basis is PublishedBasis.DATELINE
    basis = DateBasis.DATELINE if dateline else DateBasis.PUBLISHED
    return When(day=article.published, precision=DatePrecision.DAY, basis=basis)


def _leans(expression: TimeExpression) -> bool:
    return expression.anchor in (Anchor.EXPRESSION, Anchor.EVENT)


def _counted_from(expression: TimeExpression) -> str:
    return "the time before it" if expression.anchor is Anchor.EXPRESSION else "the time told before the sentence"


def _in_tense(expressions: list[TimeExpression], modality: Modality, published: date | None) -> list[TimeExpression]:
    """Those that agree with the modality: what has happened lies not after the publication, what is to come not before.

    Where none is to come, all stand; what lies after the publication never dates what has happened.
    """
    if published is None:
        return expressions
    if modality is Modality.FUTURE:
        return [e for e in expressions if e.last >= published] or expressions
    if modality is Modality.ACTUAL:
        return [e for e in expressions if e.first <= published]
    return expressions


def _can_date(article: Article, tree: Tree, expression: TimeExpression, position: int, calendar: Calendar) -> bool:
    """Whether a time can be the event's: not one of another clause or of a complement that is still to come."""
    if belongs_elsewhere(tree, expression.start, position):
        return False
    relations = relations_between(tree, expression.start, position)
    if is_set_off(tree, expression.start) or not any(is_relation(r, "ccomp", COMPLEMENT, "csubj") for r in relations):
        return True
    if article.published is None or not any(is_relation(r, COMPLEMENT) for r in relations):
        return False
    coming = calendar.find(tree.sentence.text, anchor=article.published, future=True)
    return any(e.start == expression.start and e.last < article.published for e in coming)


def with_background(modality: Modality, published: date | None, when: When) -> Modality:
    """Historical is what lies over a year before the publication, or at a time too long ago to be dated."""
    if modality is not Modality.ACTUAL:
        return modality
    if when.long_ago:
        return Modality.HISTORICAL
    if published is None or when.day is None or when.precision is None:
        return modality
    if when.basis not in (DateBasis.TEXT, DateBasis.EVENT):
        return modality
    end = when.day + SPANS.get(when.precision, timedelta())
    return Modality.HISTORICAL if published - end > BACKGROUND else modality
