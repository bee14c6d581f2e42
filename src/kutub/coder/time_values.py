"""Arithmetic of dates for expressions of time: weeks from their Monday, months and years from their first day.

Every function gives None where the result lies outside the years 1 to 9999 or is no day of the calendar.
"""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum

from kutub.records import DatePrecision

_NEAR = 60  # days


class Unit(StrEnum):
    """What an expression counts in."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    WEEKEND = "weekend"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"


class Pick(StrEnum):
    """Which of several weekdays or months: the nearest as the clause's tense wants, the one before, after."""

    NEAREST = "nearest"
    PAST = "past"
    NEXT = "next"


PRECISIONS = {
    Unit.MINUTE: DatePrecision.DAY,
    Unit.HOUR: DatePrecision.DAY,
    Unit.DAY: DatePrecision.DAY,
    Unit.WEEK: DatePrecision.WEEK,
    Unit.WEEKEND: DatePrecision.WEEK,
    Unit.MONTH: DatePrecision.MONTH,
    Unit.YEAR: DatePrecision.YEAR,
    Unit.DECADE: DatePrecision.YEAR,
}
_HOURS = 24
_SATURDAY = 5  # days after Monday
_FINEST_FIRST = tuple(DatePrecision)


def is_finer(precision: DatePrecision, other: DatePrecision) -> bool:
    """Whether one precision is finer than the other: a day than a week."""
    return _FINEST_FIRST.index(precision) < _FINEST_FIRST.index(other)


def make_date(year: int, month: int, day: int) -> date | None:
    """The day, or None if there is none (30 February, year 0)."""
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    following = date(year + month // 12, month % 12 + 1, 1) if (year, month) < (MAXYEAR, 12) else None
    length = (following - date(year, month, 1)).days if following else 31
    return date(year, month, day) if day <= length else None


def add_days(base: date, days: int) -> date | None:
    """The day so many days later."""
    ordinal = base.toordinal() + days
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def monday(day: date) -> date:
    """The Monday of the day's ISO week."""
    return day - timedelta(days=day.weekday())  # 1 January of year 1 is a Monday


def shift(base: date, count: int, unit: Unit) -> date | None:
    """First day of the interval that lies `count` units from the one that holds `base`."""
    if unit is Unit.MINUTE:
        return base
    if unit is Unit.HOUR:
        return add_days(base, int(count / _HOURS))
    if unit is Unit.DAY:
        return add_days(base, count)
    if unit in (Unit.WEEK, Unit.WEEKEND):
        return add_days(monday(base), 7 * count)
    if unit is Unit.MONTH:
        months = base.year * 12 + base.month - 1 + count
        return make_date(months // 12, months % 12 + 1, 1)
    return make_date(base.year + count * (10 if unit is Unit.DECADE else 1), 1, 1)


def interval(day: date, unit: Unit | DatePrecision) -> tuple[date, date]:
    """First and last day of the unit that begins on `day`; a weekend's are the Saturday and Sunday of its week."""
    if unit is Unit.WEEKEND:
        return add_days(day, _SATURDAY) or day, add_days(day, _SATURDAY + 1) or day
    precision = unit if isinstance(unit, DatePrecision) else PRECISIONS[unit]
    if precision is DatePrecision.DAY:
        return day, day
    following = shift(day, 1, Unit(precision.value))
    return day, following - timedelta(days=1) if following else date.max


def pick_weekend(base: date, *, future: bool) -> date | None:
    """Monday of the week of the weekend that news of `base` means by "the weekend"."""
    return shift(base, 0 if future or base.weekday() >= 5 else -1, Unit.WEEK)


def this_weekend(base: date, *, future: bool) -> date | None:
    """The same for "this weekend": the one of its week, but what a Monday tells as past was on the one before."""
    return shift(base, -1 if base.weekday() == 0 and not future else 0, Unit.WEEK)


def pick_weekday(base: date, weekday: int, pick: Pick, *, future: bool) -> date | None:
    """A weekday (0 is Monday) near `base`: NEAREST counts the day itself, PAST and NEXT do not."""
    ahead = (weekday - base.weekday()) % 7
    if pick is Pick.NEAREST:
        return add_days(base, ahead if future or not ahead else ahead - 7)
    return add_days(base, (ahead or 7) if pick is Pick.NEXT else ahead - 7)


def pick_month(base: date, month: int, pick: Pick, *, future: bool) -> date | None:
    """First day of a month near `base`: NEAREST counts the month itself, PAST and NEXT do not."""
    year = base.year
    later = month > base.month or (month == base.month and pick is Pick.PAST)
    earlier = month < base.month or (month == base.month and pick is Pick.NEXT)
    if pick is Pick.NEXT or (pick is Pick.NEAREST and future):
        return make_date(year + earlier, month, 1)
    return make_date(year - later, month, 1)


def pick_day(base: date, month: int, day: int, *, weekday: int | None, pick: Pick, future: bool) -> date | None:
    """A day of a month near `base`, on that weekday (0 is Monday) if one is given and fits one of the three years.

    PAST and NEXT say the direction. NEAREST leaves it to the tense, but gives way to a day of the other direction that
    is less than 60 days away when its own is not: dates without a year are seldom a year away.
    """
    made = [make_date(base.year + step, month, day) for step in (-1, 0, 1)]
    days = [found for found in made if found is not None]
    days = [found for found in days if found.weekday() == weekday] or days
    forward = pick is Pick.NEXT or (pick is Pick.NEAREST and future)
    past = [found for found in days if found <= base][-1:]
    coming = [found for found in days if found >= base][:1]
    ordered = coming + past if forward else past + coming
    if pick is Pick.NEAREST:
        ordered.sort(key=lambda found: abs((found - base).days) >= _NEAR)
    return ordered[0] if ordered else None


def pick_day_of_month(base: date, day: int, months: int | None, *, future: bool) -> date | None:
    """A day so many months from the one of `base`; without a number of months, the last such day, or the next."""
    if months is None:
        ahead, behind = day > base.day, day < base.day
        months = (1 if behind else 0) if future else (-1 if ahead else 0)
    start = shift(base, months, Unit.MONTH)
    return make_date(start.year, start.month, day) if start else None


def range_end(first: date, month: int, day: int) -> date | None:
    """The next such day from `first` on: "28 December to 2 January" ends a year later. None within the same month."""
    end = make_date(first.year, month, day)
    if end is None or end >= first:
        return end
    return make_date(first.year + 1, month, day) if month != first.month else None
