"""What an expression of time says: an interval, its precision, and what it is counted from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kutub.coder.time_values import PRECISIONS, Unit, interval, is_finer, shift
from kutub.records import DateBasis, DatePrecision


class Anchor(StrEnum):
    """What an expression is counted from: nothing, the article's date, an expression before it, or another event."""

    CALENDAR = "calendar"
    PUBLICATION = "publication"
    EXPRESSION = "expression"
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """Words that say when; `start` and `end` are their offsets in the text, `rule` is the pattern that fired.

    day: the first day of the day, week (Monday), month or year named, as events write it. first, last: the interval's
    days; they differ from it only for weekends and stretches of days ("3-5 March").
    """

    start: int
    end: int
    day: date
    precision: DatePrecision
    anchor: Anchor
    rule: str
    first: date
    last: date

    @property
    def basis(self) -> DateBasis:
        """TEXT when counted from nothing or from the article's date, EVENT when from what the text tells before."""
        return DateBasis.TEXT if self.anchor in (Anchor.CALENDAR, Anchor.PUBLICATION) else DateBasis.EVENT


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchoredExpression:
    """Words such as "two days after", whose event follows them; `count` (below 0: before it) of `unit`."""

    start: int
    end: int
    count: int
    unit: Unit
    rule: str

    def counted_from(self, day: date, precision: DatePrecision = DatePrecision.DAY) -> TimeExpression | None:
        """The interval, from the anchor's first day; None where the anchor is known less exactly than it counts."""
        own = PRECISIONS[self.unit]
        if is_finer(own, precision) or (found := shift(day, self.count, self.unit)) is None:
            return None
        first, last = interval(found, self.unit)
        return TimeExpression(
            start=self.start,
            end=self.end,
            day=found,
            precision=own,
            anchor=Anchor.EVENT,
            rule=self.rule,
            first=first,
            last=last,
        )
