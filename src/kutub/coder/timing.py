"""When an event happened: the time expression of its sentence that can speak of it, else the publication's date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kutub.coder.dates import Calendar, nearest
from kutub.records import Article, DateBasis, DatePrecision, Modality, PublishedBasis, Trigger
from kutub.text.tree import Tree

BACKGROUND = timedelta(days=365)  # an event over a year before publication is historical background
SPANS = {
    DatePrecision.WEEK: timedelta(days=6),
    DatePrecision.MONTH: timedelta(days=30),
    DatePrecision.YEAR: timedelta(days=365),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """An event's date: first day of the interval, its precision, and what it rests on; all None when unknown."""

    day: date | None = None
    precision: DatePrecision | None = None
    basis: DateBasis | None = None
    long_ago: bool = False  # the words tell a time that is no date of the record


def when_of(article: Article, tree: Tree, trigger: Trigger, modality: Modality, calendar: Calendar) -> When:
    """The event's date: the nearest time expression that can speak of it, else the publication's."""
    text, position = tree.sentence.text, trigger.start - tree.sentence.start
    future = modality is Modality.FUTURE
    found = calendar.find(text, anchor=article.published, future=future)
    near = [e for e in found if not _belongs_elsewhere(tree, e.start, position)]
    if future and article.published:
        near = [e for e in near if _end_of(e.date, e.precision) >= article.published] or near
    chosen = nearest(near, position, boundaries=_boundaries(tree))
    if chosen is not None:
        return When(day=chosen.date, precision=chosen.precision, basis=chosen.basis)
    if any(not _belongs_elsewhere(tree, start, position) for start, _ in calendar.find_undated(text)):
        return When(long_ago=True)
    if article.published is None:
        return When()
    dateline = article.published_basis is PublishedBasis.DATELINE
    basis = DateBasis.DATELINE if dateline else DateBasis.PUBLISHED
    return When(day=article.published, precision=DatePrecision.DAY, basis=basis)


def _end_of(day: date, precision: DatePrecision) -> date:
    return day + SPANS.get(precision, timedelta())


def _belongs_elsewhere(tree: Tree, start: int, position: int) -> bool:
    """Whether a time stands in a relative clause that does not hold the trigger, or within a name ("G20 2024")."""
    offset = tree.sentence.start
    at = next((t.index for t in tree.tokens if t.end - offset > start), None)
    trigger = next((t.index for t in tree.tokens if t.end - offset > position), None)
    if at is None or trigger is None:
        return False
    if tree.token(at).deprel.startswith("flat") and tree.token(at).upos in ("NUM", "PROPN"):
        return True
    above = set(tree.ancestors(trigger)) | {trigger}
    return any(i not in above and tree.token(i).deprel == "acl:relcl" for i in (at, *tree.ancestors(at)))


def _boundaries(tree: Tree) -> list[int]:
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


def with_background(modality: Modality, published: date | None, when: When) -> Modality:
    """Historical is what lies over a year before the publication, or at a time too long ago to be dated."""
    if modality is not Modality.ACTUAL:
        return modality
    if when.long_ago:
        return Modality.HISTORICAL
    if published is None or when.day is None or when.precision is None or when.basis is not DateBasis.TEXT:
        return modality
    return Modality.HISTORICAL if published - _end_of(when.day, when.precision) > BACKGROUND else modality
