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

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    WEEKEND = "weekend"
    MONTH = "month"
    YEAR = "year"


class Pick(StrEnum):
    """Which of several weekdays or months: the nearest as the clause's tense wants, the one before, after."""

    NEAREST = "nearest"
    PAST = "past"
    NEXT = "next"


PRECISIONS = {
    Unit.HOUR: DatePrecision.DAY,
    Unit.DAY: DatePrecision.DAY,
    Unit.WEEK: DatePrecision.WEEK,
    Unit.WEEKEND: DatePrecision.WEEK,
    Unit.MONTH: DatePrecision.MONTH,
    Unit.YEAR: DatePrecision.YEAR,
}
DAYS = {Unit.HOUR: 0, Unit.DAY: 1, Unit.WEEK: 7, Unit.WEEKEND: 7, Unit.MONTH: 30, Unit.YEAR: 365}


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
    if unit in (Unit.HOUR, Unit.DAY):
        return add_days(base, count * DAYS[unit])
    if unit in (Unit.WEEK, Unit.WEEKEND):
        return add_days(monday(base), 7 * count)
    if unit is Unit.MONTH:
        months = base.year * 12 + base.month - 1 + count
        return make_date(months // 12, months % 12 + 1, 1)
    return make_date(base.year + count, 1, 1)


def pick_weekend(base: date, *, future: bool) -> date | None:
    """Monday of the week of the weekend that news of `base` means by "the weekend"."""
    return shift(base, 0 if future or base.weekday() >= 5 else -1, Unit.WEEK)


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
