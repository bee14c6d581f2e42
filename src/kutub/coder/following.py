"""Dates that follow from another event of the article: "two days after the raid" (docs/dates-places.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kutub.coder.choice import Candidate
from kutub.coder.dates import Calendar
from kutub.coder.lexicon import Lexicon
from kutub.coder.time_records import TimeExpression
from kutub.coder.time_scope import Counted
from kutub.coder.timing import When
from kutub.records import DateBasis, DatePrecision, Event, Modality, Sentence
from kutub.text.tree import Tree

REACH = 2  # sentences back in which "two days later" finds the time that it counts from
KNOWN = (DateBasis.TEXT, DateBasis.EVENT)  # what makes a date known; the publication's is only assumed


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """An event with a known date, as another one may count from it: its trigger's lemmas, its type and mode."""

    lemmas: frozenset[str]
    type: str
    mode: str | None
    day: date
    precision: DatePrecision


class Told:
    """What an article has told so far: its dated events and its last sentences. One an article."""

    def __init__(self, calendar: Calendar, published: date | None) -> None:
        self._calendar = calendar
        self._published = published
        self._sentences: list[Sentence] = []
        self.events: list[Dated] = []

    def previous(self, sentence: Sentence) -> TimeExpression | None:
        """The last time told in the sentences just before this one, if an expression of this one may count from it."""
        if not self._calendar.leans(sentence.text):
            return None
        for earlier in reversed(self._sentences):
            found = self._calendar.find(earlier.text, anchor=self._published)
            if found and earlier.part is sentence.part:
                return found[-1]
        return None

    def remember(self, tree: Tree, events: Iterable[Event]) -> None:
        """Adds a sentence that has been coded."""
        self._sentences = [*self._sentences[1 - REACH :], tree.sentence]
        for event in events:
            if event.date and event.date_precision and event.date_basis in KNOWN:
                inside = [t for t in tree.tokens if t.start < event.trigger.end and event.trigger.start < t.end]
                self._add(
                    Dated(
                        lemmas=frozenset(token.lemma.lower() for token in inside),
                        type=event.type,
                        mode=event.mode,
                        day=date.fromisoformat(event.date),
                        precision=event.date_precision,
                    ),
                    event.modality,
                )

    def _add(self, dated: Dated, modality: Modality) -> None:
        if modality not in (Modality.NEGATION, Modality.HYPOTHETICAL):
            self.events.append(dated)


def follow(tree: Tree, candidates: Sequence[Candidate], told: Told, lexicon: Lexicon) -> list[Candidate]:
    """The candidates, those that count from another event with its date, or with the reason why there is none."""
    here = [dated for one in candidates if (dated := _dated(tree, one)) is not None]
    return [
        one
        if one.when.counted is None
        else replace(one, when=_after(tree, one.when.counted, told.events, here, lexicon))
        for one in candidates
    ]


def _dated(tree: Tree, candidate: Candidate) -> Dated | None:
    when, match = candidate.when, candidate.match
    if when.day is None or when.precision is None or when.basis not in KNOWN:
        return None
    if candidate.modality in (Modality.NEGATION, Modality.HYPOTHETICAL):
        return None
    return Dated(
        lemmas=frozenset(tree.token(i).lemma.lower() for i in range(match.first, match.last + 1)),
        type=match.entry.type,
        mode=match.entry.mode,
        day=when.day,
        precision=when.precision,
    )


def _after(tree: Tree, counted: Counted, told: Sequence[Dated], here: Sequence[Dated], lexicon: Lexicon) -> When:
    """The date counted from a time told with the anchor, else from the one date of the events that it can be."""
    expression, head = counted.expression, tree.token(counted.head)
    offset = tree.sentence.start
    words = repr(tree.sentence.text[expression.start : head.end - offset])
    if counted.time is not None:
        dates = {(counted.time.day, counted.time.precision)}
    else:
        dates = {(event.day, event.precision) for event in _same(tree, counted.head, [*told, *here], lexicon)}
    if not dates:
        return When(why=f"unknown: {words} counts from an event without a known date")
    if len(dates) > 1:
        days = ", ".join(sorted(day.isoformat() for day, _ in dates))
        return When(why=f"unknown: {words} may count from several dates ({days})")
    day, precision = next(iter(dates))
    found = expression.counted_from(day, precision)
    if found is None:
        return When(why=f"unknown: {words} counts finer than its anchor is known ({day.isoformat()}, {precision})")
    why = f"{words}, counted from {day.isoformat()}"
    return When(day=found.day, precision=found.precision, basis=DateBasis.EVENT, why=why)


def _same(tree: Tree, head: int, events: Sequence[Dated], lexicon: Lexicon) -> list[Dated]:
    """Events with the anchor's lemma; where there are none, those of a type, and a mode, that its word denotes."""
    token = tree.token(head)
    named = [event for event in events if token.lemma.lower() in event.lemmas]
    if named:
        return named
    senses = {(reading.entry.type, reading.entry.mode) for reading in lexicon.readings(token)}
    return [e for e in events if (e.type, e.mode) in senses or (e.type, None) in senses]
