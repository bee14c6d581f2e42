"""Other days, times and numbers in the place of a page's, in the same form."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kutub.article.dates import find_date
from kutub.article.rules import DateWords

_WEEK = 7
_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}


def shifted(text: str, dates: DateWords) -> str:
    """The text with other days in its dates: weeks later or earlier in the same month, so that weekdays stay true."""
    return dates.pattern.sub(lambda match: _other_day(match[0], find_date(match[0], dates)), text)


def _other_day(text: str, day: date | None) -> str:
    """A date as it is written, on another day; 02/11/2023, which may be either, gets another first number."""
    numbers = list(re.finditer(r"\d+", text))
    if day is None:
        first = numbers[0]
        return f"{int(first[0]) % 12 + 1:0{len(first[0])}d}{text[first.end() :]}"
    other = day + timedelta(days=_WEEK if day.day <= 3 * _WEEK else -3 * _WEEK)
    place = next(
        number for number in (reversed(numbers) if int(numbers[0][0]) > 31 else numbers) if int(number[0]) == day.day
    )
    rest = text[place.end() :]
    if suffix := re.match("(?:st|nd|rd|th)", rest):
        rest = ("th" if 10 < other.day < 14 else _SUFFIXES.get(other.day % 10, "th")) + rest[suffix.end() :]
    is_spoken = re.search(r"[^\W\d_]{3}", text) and not place[0].startswith("0")
    return f"{text[: place.start()]}{other.day:0{1 if is_spoken else len(place[0])}d}{rest}"


def other_time(text: str) -> str:
    """The text with other minutes in its times of day."""
    return re.sub(
        r"\b(\d{1,2}[:.])([0-5]\d)(?=\D|$)(?!\.\d)", lambda time: f"{time[1]}{(int(time[2]) + 17) % 60:02d}", text
    )


def renumbered(text: str, *, least: int = 5) -> str:
    """The text with other digits in its numbers of at least so many digits."""
    return re.sub(rf"\d{{{least},}}", lambda run: "".join(str((int(sign) + 3) % 10) for sign in run[0]), text)
