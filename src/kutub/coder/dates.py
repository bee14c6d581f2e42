"""Expressions of time in a sentence, resolved against the article's date; the grammar is data (`calendar.yaml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kutub.coder.calendar_data import CalendarData, Rule, load_calendar, normal
from kutub.coder.time_patterns import words_of
from kutub.coder.time_records import Anchor, AnchoredExpression, TimeExpression
from kutub.coder.time_values import (
    PRECISIONS,
    Pick,
    Unit,
    interval,
    is_finer,
    make_date,
    pick_day,
    pick_day_of_month,
    pick_month,
    pick_weekday,
    pick_weekend,
    range_end,
    shift,
    this_weekend,
)
from kutub.language import Language

_CONTEXT = 60  # characters before an expression in which words that block it or turn it to the future are looked for
YEAR_SLOT = "year}"  # ends the slots {year}, {old_year}, {end_year} of a pattern


@dataclass(frozen=True, slots=True)
class _Match:
    rule: Rule
    order: int
    found: re.Match[str]


class Calendar:
    """The expressions of time of one language."""

    def __init__(self, data: CalendarData) -> None:
        self._data = data
        self._last: tuple[str, list[_Match]] = ("", [])  # a sentence is asked about several times in a row

    @classmethod
    def load(cls, language: Language) -> Calendar:
        """Reads the language's `calendar.yaml`. Raises DataErrors with every fault."""
        return cls(load_calendar(language.path / "calendar.yaml"))

    def find(
        self, text: str, *, anchor: date | None, future: bool = False, previous: TimeExpression | None = None
    ) -> tuple[TimeExpression, ...]:
        """The expressions of a sentence from left to right; the longest wins, none overlap.

        anchor: the article's date; without it only absolute dates are resolved. future: whether a bare weekday or month
        is the coming one. previous: the time told before the sentence, from which "two days later" at its start counts.
        What is no point in time ("since 2014") or resolves to nothing is left out.
        """
        result: list[TimeExpression] = []
        for match in self._matches(text):
            start, end = match.found.span()
            if not match.rule.gives_date or self._is_blocked(text, start, end):
                continue
            is_future = future or self._is_before(self._data.future_cues, text, start)
            before = (result[-1], Anchor.EXPRESSION) if result else (previous, Anchor.EVENT)
            expression = self._resolve(match, anchor, *before, is_future)
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

    def leans(self, text: str) -> bool:
        """Whether an expression in the text may count from a time told before it."""
        return any(match.rule.to != "anchor" for match in self._matches(text))

    def find_leaning(self, text: str) -> tuple[tuple[int, int], ...]:
        """Spans of expressions that count from a time told before them ("the next day"), resolved or not."""
        leaning = (match for match in self._matches(text) if match.rule.gives_date and match.rule.to == "expression")
        return tuple(span for match in leaning if not self._is_blocked(text, *(span := match.found.span())))

    def _tells_no_date(self, match: _Match, text: str) -> bool:
        names_years = not match.rule.gives_date and YEAR_SLOT in match.rule.pattern.source
        return names_years and not self._is_blocked(text, *match.found.span())

    def find_anchored(self, text: str) -> tuple[AnchoredExpression, ...]:
        """The expressions that date an event by another one that follows ("a day after", "dua hari sebelum")."""
        result = []
        for match in self._matches(text):
            amount = self._amount(match) if match.rule.anchored else None
            start, end = match.found.span()
            if amount is not None and not self._is_blocked(text, start, end):
                source = match.rule.pattern.source
                result.append(AnchoredExpression(start=start, end=end, count=amount[0], unit=amount[1], rule=source))
        return tuple(result)

    def _matches(self, text: str) -> list[_Match]:
        """Matches of all rules without overlaps, the longest first; in order of the text."""
        if self._last[0] != text:
            self._last = (text, self._match(text))
        return self._last[1]

    def _match(self, text: str) -> list[_Match]:
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
        self,
        match: _Match,
        published: date | None,
        previous: TimeExpression | None,
        previous_anchor: Anchor,
        future: bool,
    ) -> TimeExpression | None:
        rule = match.rule
        if rule.tense is not None and (rule.tense == "future") != future:
            return None
        base, anchor = published, Anchor.PUBLICATION
        if rule.to != "anchor" and previous is not None:
            base, anchor = previous.day, previous_anchor
        elif rule.to == "expression":
            return None
        resolved = self._absolute(match)
        if resolved is not None:
            anchor = Anchor.CALENDAR
        elif base is not None:
            resolved = self._relative(match, base, future)
        if resolved is None or (day := resolved[0]) is None:
            return None
        precision = PRECISIONS[resolved[1]]
        leans = anchor in (Anchor.EXPRESSION, Anchor.EVENT)
        if leans and previous is not None and is_finer(precision, previous.precision):
            if rule.to == "either" and anchor is Anchor.EVENT:
                return self._resolve(match, published, None, anchor, future)
            return None  # "two days later" after "in 2014" says nothing
        first, last = interval(day, resolved[1])
        if (end_day := self._group(match, "end_day")) is not None:
            ending = range_end(day, self._month(match, "end_month") or day.month, int(end_day))
            if ending is None:
                return None
            last = ending
        if (end_weekday := self._weekday(match, "end_weekday")) is not None:
            last = pick_weekday(day, end_weekday, Pick.NEXT, future=True) or day
        start, end = match.found.span()
        return TimeExpression(
            start=start,
            end=end,
            day=day,
            precision=precision,
            anchor=anchor,
            rule=rule.pattern.source,
            first=first,
            last=last,
        )

    def _absolute(self, match: _Match) -> tuple[date | None, Unit] | None:
        """A date with its year; None if the match has no year."""
        if match.rule.pattern.slots & {"numeric_date", "iso_date"}:
            return self._numeric(match), Unit.DAY
        year, month, day = self._group(match, "year"), self._month(match), self._group(match, "day")
        if year is None:
            return None
        if month is None:
            return make_date(int(year), 1, 1), Unit.YEAR
        if day is None:
            return make_date(int(year), month, 1), Unit.MONTH
        return make_date(int(year), month, int(day)), Unit.DAY

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

    def _relative(self, match: _Match, base: date, future: bool) -> tuple[date | None, Unit] | None:
        rule = match.rule
        day, month = self._group(match, "day"), self._month(match)
        weekday = self._weekday(match)
        if rule.fixed is not None:
            pick = Pick.NEXT if future else Pick.PAST
            return pick_day(base, *rule.fixed, weekday=None, pick=pick, future=future), Unit.DAY
        if (first := self._group(match, "pair_first")) is not None:
            pair = self._order(int(first), int(match.found["pair_second"]))
            if pair is None:
                return None
            day, month = str(pair[0]), pair[1]
        if month is not None:
            return self._month_and_day(rule, base, month, day, weekday, future)
        if day is not None:
            return pick_day_of_month(base, int(day), rule.shift, future=future), Unit.DAY
        if weekday is not None:
            return self._day_of_week(rule, base, weekday, future), Unit.DAY
        amount = self._amount(match)
        if amount is None:
            return pick_weekend(base, future=future), Unit.WEEKEND
        if amount == (0, Unit.WEEKEND):
            return this_weekend(base, future=future), Unit.WEEKEND
        return shift(base, *amount), amount[1]

    @staticmethod
    def _month_and_day(
        rule: Rule, base: date, month: int, day: str | None, weekday: int | None, future: bool
    ) -> tuple[date | None, Unit]:
        unit = Unit.MONTH if day is None else Unit.DAY
        if rule.shift is not None:
            return make_date(base.year + rule.shift, month, int(day or 1)), unit
        if day is None:
            return pick_month(base, month, rule.pick, future=future), unit
        return pick_day(base, month, int(day), weekday=weekday, pick=rule.pick, future=future), unit

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

    def _month(self, match: _Match, slot: str = "month") -> int | None:
        written = self._group(match, slot)
        return None if written is None else self._data.months.get(normal(written))

    def _weekday(self, match: _Match, slot: str = "weekday") -> int | None:
        written = self._group(match, slot)
        return None if written is None else self._data.weekdays.get(normal(written))

    @staticmethod
    def _group(match: _Match, name: str) -> str | None:
        return match.found[name] if name in match.found.re.groupindex else None
