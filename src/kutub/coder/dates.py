"""Expressions of time in a sentence, resolved against the article's date; the grammar is data (`calendar.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kutub.coder.calendar_data import CalendarData, Rule, load_calendar, normal
from kutub.coder.time_patterns import words_of
from kutub.coder.time_values import (
    DAYS,
    PRECISIONS,
    Pick,
    Unit,
    make_date,
    pick_day,
    pick_month,
    pick_weekday,
    pick_weekend,
    shift,
)
from kutub.language import Language
from kutub.records import DateBasis, DatePrecision

_CONTEXT = 60  # characters before an expression in which words that block it or turn it to the future are looked for


YEAR_SLOT = "year}"  # ends the slots {year}, {old_year}, {end_year} of a pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """Words that say when. `date` is the first day of the interval, a week's its Monday; `rule` the pattern that fired.

    basis: TEXT when resolved by itself or against the article's date, EVENT when against an earlier expression.
    """

    start: int
    end: int
    date: date
    precision: DatePrecision
    basis: DateBasis
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchoredExpression:
    """Words such as "two days after", whose event follows them. `shift_days` >= 0; months count 30 days, years 365."""

    start: int
    end: int
    shift_days: int
    after: bool
    precision: DatePrecision
    rule: str


@dataclass(frozen=True, slots=True)
class _Match:
    rule: Rule
    order: int
    found: re.Match[str]


class Calendar:
    """The expressions of time of one language."""

    def __init__(self, data: CalendarData) -> None:
        self._data = data

    @classmethod
    def load(cls, language: Language) -> Calendar:
        """Reads the language's `calendar.yaml`. Raises DataErrors with every fault."""
        return cls(load_calendar(language.path / "calendar.yaml"))

    def find(self, text: str, *, anchor: date | None, future: bool = False) -> tuple[TimeExpression, ...]:
        """The expressions of a sentence from left to right; the longest wins, none overlap.

        anchor: the article's date; without it only absolute dates are resolved. future: whether a bare weekday or month
        is the coming one. What is no point in time ("since 2014") or resolves to nothing is left out.
        """
        result: list[TimeExpression] = []
        for match in self._matches(text):
            start, end = match.found.span()
            if not match.rule.gives_date or self._is_blocked(text, start, end):
                continue
            is_future = future or self._is_before(self._data.future_cues, text, start)
            expression = self._resolve(match, anchor, result[-1] if result else None, is_future)
            if expression is not None:
                result.append(expression)
        return tuple(result)

    def resolve(self, text: str, *, anchor: date | None, future: bool = False) -> TimeExpression | None:
        """The expression that the text as a whole is, or None; to read one that was found again in another tense."""
        found = self.find(text, anchor=anchor, future=future)
        return found[0] if found and (found[0].start, found[0].end) == (0, len(text)) else None

    def find_undated(self, text: str) -> tuple[tuple[int, int], ...]:
        """Spans of expressions that tell a time but no date, such as a year long ago ("in 1812")."""
        return tuple(match.found.span() for match in self._matches(text) if self._tells_no_date(match, text))

    def _tells_no_date(self, match: _Match, text: str) -> bool:
        names_years = not match.rule.gives_date and YEAR_SLOT in match.rule.pattern.source
        return names_years and not self._is_blocked(text, *match.found.span())

    def find_anchored(self, text: str) -> tuple[AnchoredExpression, ...]:
        """The expressions that date an event by another one that follows ("a day after", "dua hari sebelum")."""
        result = []
        for match in self._matches(text):
            amount = self._amount(match) if match.rule.anchored else None
            if amount is None:
                continue
            count, unit = amount
            start, end = match.found.span()
            result.append(
                AnchoredExpression(
                    start=start,
                    end=end,
                    shift_days=abs(count) * DAYS[unit],
                    after=(match.rule.shift or 0) > 0,
                    precision=PRECISIONS[unit],
                    rule=match.rule.pattern.source,
                )
            )
        return tuple(result)

    def _matches(self, text: str) -> list[_Match]:
        """Matches of all rules without overlaps, the longest first; in order of the text."""
        words = words_of(text)
        candidates = [
            _Match(rule, order, found)
            for order, rule in enumerate(self._data.rules)
            if not words.isdisjoint(rule.pattern.keys)
            for found in rule.pattern.regex.finditer(text)
            if not (rule.initial and text[: found.start()].strip(self._data.opening))
        ]
        candidates.sort(key=lambda match: (match.found.start() - match.found.end(), match.found.start(), match.order))
        taken: list[_Match] = []
        for match in candidates:
            start, end = match.found.span()
            if all(end <= other.found.start() or other.found.end() <= start for other in taken):
                taken.append(match)
        return sorted(taken, key=lambda match: match.found.start())

    def _is_blocked(self, text: str, start: int, end: int) -> bool:
        if not self._is_before(self._data.blocking, text, start):
            return False
        return self._data.possessive is None or self._data.possessive.match(text, end) is None

    def _is_before(self, pattern: re.Pattern[str] | None, text: str, start: int) -> bool:
        return pattern is not None and pattern.search(text[max(0, start - _CONTEXT) : start]) is not None

    def _resolve(
        self, match: _Match, anchor: date | None, previous: TimeExpression | None, future: bool
    ) -> TimeExpression | None:
        rule = match.rule
        if rule.tense is not None and (rule.tense == "future") != future:
            return None
        basis = DateBasis.TEXT
        if rule.to != "anchor" and previous is not None:
            anchor, basis = previous.date, DateBasis.EVENT
        elif rule.to == "expression":
            return None
        resolved = self._absolute(match) or (self._relative(match, anchor, future) if anchor is not None else None)
        if resolved is None or resolved[0] is None:
            return None
        if basis is DateBasis.EVENT and previous is not None and _is_finer(resolved[1], previous.precision):
            return None  # "two days later" after "in 2014" says nothing
        start, end = match.found.span()
        return TimeExpression(
            start=start, end=end, date=resolved[0], precision=resolved[1], basis=basis, rule=rule.pattern.source
        )

    def _absolute(self, match: _Match) -> tuple[date | None, DatePrecision] | None:
        """A date with its year; None if the match has no year."""
        if match.rule.pattern.slots & {"numeric_date", "iso_date"}:
            return self._numeric(match), DatePrecision.DAY
        year, month, day = self._group(match, "year"), self._month(match), self._group(match, "day")
        if year is None:
            return None
        if month is None:
            return make_date(int(year), 1, 1), DatePrecision.YEAR
        if day is None:
            return make_date(int(year), month, 1), DatePrecision.MONTH
        return make_date(int(year), month, int(day)), DatePrecision.DAY

    def _numeric(self, match: _Match) -> date | None:
        if (iso := self._group(match, "iso_year")) is not None:
            return make_date(int(iso), int(match.found["iso_month"]), int(match.found["iso_day"]))
        pair = self._order(int(match.found["first"]), int(match.found["second"]))
        year = int(match.found["numeric_year"])
        century = 0 if year > 99 else 2000 if year < 70 else 1900
        return make_date(year + century, pair[1], pair[0]) if pair else None

    def _order(self, first: int, second: int) -> tuple[int, int] | None:
        """Day and month of a date in figures; None where both orders are possible and the language has no fixed one."""
        order = self._data.numeric_order
        if order == "day-month":
            return first, second
        if order == "month-day":
            return second, first
        if first == second or first > 12:
            return first, second
        return (second, first) if second > 12 else None

    def _relative(self, match: _Match, base: date, future: bool) -> tuple[date | None, DatePrecision] | None:
        rule = match.rule
        day, month = self._group(match, "day"), self._month(match)
        weekday = self._weekday(match)
        if (first := self._group(match, "pair_first")) is not None:
            pair = self._order(int(first), int(match.found["pair_second"]))
            if pair is None:
                return None
            day, month = str(pair[0]), pair[1]
        if month is not None:
            return self._month_and_day(rule, base, month, day, weekday, future)
        if weekday is not None:
            return self._day_of_week(rule, base, weekday, future), DatePrecision.DAY
        amount = self._amount(match)
        if amount is not None:
            return shift(base, *amount), PRECISIONS[amount[1]]
        return pick_weekend(base, future=future), DatePrecision.WEEK

    @staticmethod
    def _month_and_day(
        rule: Rule, base: date, month: int, day: str | None, weekday: int | None, future: bool
    ) -> tuple[date | None, DatePrecision]:
        precision = DatePrecision.MONTH if day is None else DatePrecision.DAY
        if rule.shift is not None:
            return make_date(base.year + rule.shift, month, int(day or 1)), precision
        if day is None:
            return pick_month(base, month, rule.pick, future=future), precision
        return pick_day(base, month, int(day), weekday=weekday, pick=rule.pick, future=future), precision

    @staticmethod
    def _day_of_week(rule: Rule, base: date, weekday: int, future: bool) -> date | None:
        if rule.shift is None:
            return pick_weekday(base, weekday, rule.pick, future=future)
        start = shift(base, rule.shift, Unit.WEEK)
        return pick_weekday(start, weekday, Pick.NEAREST, future=True) if start else None

    def _amount(self, match: _Match) -> tuple[int, Unit] | None:
        """How many of which unit, with the rule's sign; None if the rule counts nothing."""
        rule = match.rule
        if rule.shift is None:
            return None
        if (fused := self._group(match, "fused")) is not None:
            found = self._data.fused.get(normal(fused))
            return (rule.shift * found[0], found[1]) if found else None
        written, number = self._group(match, "unit"), self._group(match, "number")
        unit = rule.unit if written is None else self._data.units.get(normal(written))
        count = 1 if number is None else self._number(number)
        return None if unit is None or count is None else (rule.shift * count, unit)

    def _number(self, written: str) -> int | None:
        return int(written) if written.isdigit() else self._data.numbers.get(normal(written))

    def _month(self, match: _Match) -> int | None:
        written = self._group(match, "month")
        return None if written is None else self._data.months.get(normal(written))

    def _weekday(self, match: _Match) -> int | None:
        written = self._group(match, "weekday")
        return None if written is None else self._data.weekdays.get(normal(written))

    @staticmethod
    def _group(match: _Match, name: str) -> str | None:
        return match.found[name] if name in match.found.re.groupindex else None


def _is_finer(precision: DatePrecision, other: DatePrecision) -> bool:
    order = list(DatePrecision)
    return order.index(precision) < order.index(other)


def nearest(
    expressions: Iterable[TimeExpression], position: int, *, boundaries: Sequence[int] = ()
) -> TimeExpression | None:
    """The expression nearest to a position (say, the trigger's), preferring those in its clause.

    boundaries: offsets at which clauses begin.
    """

    def rank(expression: TimeExpression) -> tuple[bool, int, int]:
        low, high = min(expression.start, position), max(expression.start, position)
        separated = any(low < boundary <= high for boundary in boundaries)
        inside = expression.start <= position < expression.end
        distance = 0 if inside else min(abs(expression.start - position), abs(expression.end - position))
        return separated, distance, expression.start

    return min(expressions, key=rank, default=None)
