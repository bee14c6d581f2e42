"""The publication date: reading dates in words, digits, addresses and file names."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePath

from kutub.article.languages import base_code
from kutub.article.lines import words
from kutub.article.rules import DateWords, Rules, all_dates, load_rules
from kutub.language import available

_LIMIT = 64  # characters of a date that a page states
_URL = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-]([0-2]?\d|3[01])(?!\d)|(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?=\d{6}(?!\d)|(?!\d))"
)
_NAMED = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)|(?<!\d)(\d\d?)[-_.](\d\d?)[-_.]((?:19|20)\d\d)(?!\d)"
)
_DIGITS = re.compile(r"(?<![\dA-Za-z])(\d{6,8})(?![\dA-Za-z])")
_IMAGE = re.compile(r"([^/\\\s()\[\]]{1,200})\.(?:jpe?g|png|gif|webp|avif)(?![a-z])", re.IGNORECASE)


def find_date(text: str, dates: DateWords) -> date | None:
    """The first complete date in the text (day, month and year), in words or digits; None if there is none."""
    for match in dates.pattern.finditer(text):
        if found := _parsed(match[0], dates):
            return found
    return None


def stated_date(value: str) -> date | None:
    """The date of a metadata field: ISO 8601 as printed, digits, or words of any language; else None."""
    return find_date(value[:_LIMIT], all_dates()) or _from_match(_URL.match(value.strip()[:_LIMIT]))


def row_date(value: str, language: str | None) -> date | None:
    """The date of a corpus row's column, written as dates are in its language (a code such as "en" or "id-ID")."""
    code = base_code(language or "")
    return find_date(value[:_LIMIT], load_rules(code).dates if code in available() else all_dates())


def is_date_line(text: str, rules: Rules) -> bool:
    """Whether the line is a date with its year and hardly anything else: weekday, time, label, the site's name."""
    if len(text) > 120 or not rules.dates.pattern.search(text):
        return False
    rest = rules.dates.residue.sub(" ", rules.dates.pattern.sub(" ", text))
    rest = rules.bylines.label.sub(" ", rest)
    left = [word for word in words(rest) if word.casefold() not in rules.bylines.kinds]
    return len(left) <= (2 if len(rest) < len(text) - 12 else 0)


def url_date(url: str) -> date | None:
    """The date in an address: /2023/09/20/, 2023-09-20, 20230920 or 20230920141500."""
    return next((found for match in _URL.finditer(url[:1000]) if (found := _from_match(match))), None)


def file_date(path: str) -> date | None:
    """The date in a file's name: 2023-09-20, 20230920, 20-09-2023."""
    stem = PurePath(path).name
    return next((found for match in _NAMED.finditer(stem) if (found := _from_named(match))), None) or _from_digits(stem)


def image_date(text: str) -> date | None:
    """The date in the names of image files that the text mentions."""
    for match in _IMAGE.finditer(text):
        if found := file_date(match[1]):
            return found
    return None


def _parsed(text: str, dates: DateWords) -> date | None:
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if month := next((dates.months[word.casefold()] for word in words(text) if word.casefold() in dates.months), None):
        return _date(numbers[1], month, numbers[0])
    if numbers[0] > 1900:
        return _date(*numbers)
    first, second, year = numbers
    if dates.is_day_first or first > 12 or first == second:
        return _date(year, second, first)
    return _date(year, first, second) if second > 12 else None


def _from_match(match: re.Match[str] | None) -> date | None:
    if not match:
        return None
    parts = match.groups()
    return _date(*map(int, parts[0:3])) if parts[0] else _date(*map(int, parts[3:6]))


def _from_named(match: re.Match[str]) -> date | None:
    year, month, day, first, second, last = match.groups()
    return _date(int(year), int(month), int(day)) if year else _date(int(last), int(second), int(first))


def _from_digits(stem: str) -> date | None:
    """The date of run-together digits, 20092023 (padded) or 2092023 (unpadded), if only one reading fits."""
    for digits in _DIGITS.findall(stem):
        year, rest = int(digits[-4:]), digits[:-4]
        cuts = [2] if len(rest) == 4 else range(1, len(rest))
        pairs = [(rest[:cut], rest[cut:]) for cut in cuts]
        if len(rest) < 4:
            pairs = [pair for pair in pairs if not any(part.startswith("0") for part in pair)]
        found = {
            reading
            for day, month in pairs
            if len(month) <= 2 >= len(day) and (reading := _date(year, int(month), int(day)))
        }
        if len(found) == 1:
            return found.pop()
    return None


def _date(year: int, month: int, day: int) -> date | None:
    if not 1990 <= year <= 2100:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
