"""Dates as machines write them: ISO 8601, digits, seconds since 1970, mail and log dates; and dates such as 02/03/2024,
in which day and month may be either."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate
from enum import StrEnum

FIRST_YEAR, LAST_YEAR = 1990, 2100  # no date is outside; fixed, so that the same page gives the same date on any day
_EARLIEST, _LATEST = 631_152_000, 4_102_444_800  # 1990-01-01 and 2100-01-01 in seconds since 1970
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNITS = {9: 1, 10: 1, 12: 1000, 13: 1000, 15: 10**6, 16: 10**6, 18: 10**9, 19: 10**9}  # digits: parts of a second
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:[T ]?\d{4}(?:\d\d)?(?!\d)|(?!\d))")
_NUMBER = re.compile(r"(\d{9,19})(?:\.\d+)?")
_MAIL = re.compile(r"(?:[A-Za-z]{3}, ?)?(\d{1,2} [A-Za-z]{3} \d{4}) \d\d:\d\d")
_LOG = re.compile(r"[A-Za-z]{3} ([A-Za-z]{3}) +(\d{1,2}) \d\d:\d\d:\d\d (?:[A-Z]{3} |[+-]\d{4} )?(\d{4})")

_NUMERIC_LIMIT = 64  # characters in which such a date stands
_NUMERIC = re.compile(  # a weekday, a label or a time may stand before it
    r"(?:\D{0,20}|\d\d?[:.]\d\d(?:[:.]\d\d)?\W{1,3})(?<![\d/.-])"
    r"(?P<first>\d\d?)(?P<mark>[/.-])(?P<second>\d\d?)(?P=mark)(?P<year>\d{4})(?!\d)"
)


class DateOrder(StrEnum):
    """Which of day and month comes first in a date such as 02/03/2024."""

    DAY_MONTH = "day-month"
    MONTH_DAY = "month-day"


def numeric_date(value: str, order: DateOrder | None) -> date | None:
    """The date that stands in digits at the start of a text, day or month first; None where there is none, or where
    day and month may be either and no order is given. Dotted dates are day first where none is given."""
    match = _numeric(value)
    return day_of(match, order) if match else None


def day_of(match: re.Match[str], order: DateOrder | None) -> date | None:
    """The same of a match with the groups first, mark, second and year."""
    first, second = int(match["first"]), int(match["second"])
    if order is None and match["mark"] == ".":
        order = DateOrder.DAY_MONTH
    if first > 12 or first == second:
        order = DateOrder.DAY_MONTH
    elif second > 12:
        order = DateOrder.MONTH_DAY
    if order is None:
        return None
    month, day = (second, first) if order is DateOrder.DAY_MONTH else (first, second)
    return _likely(_date(match["year"], str(month), str(day)))


def order_shown(value: str) -> DateOrder | None:
    """The order that a date in digits shows since one part is no month: day-month for 13/02/2024; else None."""
    match = _numeric(value)
    if not match or not day_of(match, None) or max(int(match["first"]), int(match["second"])) <= 12:
        return None
    return DateOrder.DAY_MONTH if int(match["first"]) > 12 else DateOrder.MONTH_DAY


def is_unclear(value: str) -> bool:
    """Whether a text is a date in digits in which day and month may be either, and none is taken to be first."""
    return numeric_date(value, None) is None and is_either(value)


def is_either(value: str) -> bool:
    """Whether a text is a date in digits that differs with the order, dotted or not."""
    days = {numeric_date(value, order) for order in DateOrder}
    return None not in days and len(days) > 1


def _numeric(value: str) -> re.Match[str] | None:
    return _NUMERIC.match(value.strip()[:_NUMERIC_LIMIT])


def machine_date(value: object) -> date | None:
    """The date of a value; None where it is none that a machine wrote.

    Read are ISO 8601 and other year-first dates (as printed, whatever the time zone), YYYYMMDD with or without a time,
    seconds, milliseconds, microseconds and nanoseconds since 1970 (from 1990 to 2100, in UTC), the dates of mails (RFC
    2822) and logs, and dates of Python.
    """
    return _likely(_machine_date(value))


def _likely(day: date | None) -> date | None:
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _machine_date(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    if match := _YEAR_FIRST.match(text):
        return _date(match[1], match[3], match[4])
    if (match := _COMPACT.match(text)) and (day := _date(*match.groups())):
        return day
    return _since_1970(text) or _in_english(text)


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _since_1970(text: str) -> date | None:
    match = _NUMBER.fullmatch(text)
    unit = _UNITS.get(len(match[1])) if match else None
    if match is None or unit is None:
        return None
    seconds = int(match[1]) // unit
    return (_EPOCH + timedelta(seconds=seconds)).date() if _EARLIEST <= seconds < _LATEST else None


def _in_english(text: str) -> date | None:
    """The date of `Tue, 05 Mar 2024 10:00:00 +0700` or `Tue Mar 05 10:00:00 +0000 2024`."""
    if match := _MAIL.match(text):
        parsed = parsedate(f"{match[1]} 00:00:00")
    elif match := _LOG.match(text):
        parsed = parsedate(f"{match[2]} {match[1]} {match[3]} 00:00:00")
    else:
        return None
    return _date(*map(str, parsed[:3])) if parsed else None
