"""The publication date: reading dates in words, digits, addresses and file names.

No date is before 1990 or after 2100. Dates are as printed, whatever the time zone.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import PurePath

from kutub.article.lines import words
from kutub.article.rules import DateWords, Rules, all_dates
from kutub.errors import InputError
from kutub.records import Page, PublishedBasis, PublishedConfidence
from kutub.sources.times import FIRST_YEAR, LAST_YEAR, DateOrder, day_of, is_unclear, numeric_date

_LIMIT = 64  # characters of a date that a page states
_LINE_LIMIT = 120  # characters of a date line
_CONFIDENCE = {
    PublishedBasis.GIVEN: PublishedConfidence.HIGH,
    PublishedBasis.OPTION: PublishedConfidence.HIGH,
    PublishedBasis.METADATA: PublishedConfidence.HIGH,
    PublishedBasis.DATELINE: PublishedConfidence.MEDIUM,
    PublishedBasis.URL: PublishedConfidence.MEDIUM,
}
# Dates with groups day, word (the month's name), month, year; `first` and `second` where day and month may be either.
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DAY = r"(?P<day>\d{1,2})(?:[^\W\d_]{2}\b)?"
_MONTH = r"(?<![^\W\d_])(?P<word>[^\W\d_]{3,9})\b"
_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)? (?:[A-Z]{2,5} |[+-]\d{4} )?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?<!\d)(?<!\d[/.:]){_DAY}(?: [^\W\d_]{{2}})?[ /-]{_MONTH}\.?,?[ /-]{_YEAR}",  # 20 Sep 2023, 20th of Sep 2023
        rf"{_MONTH}\.? {_DAY}(?:, ?| )(?:{_CLOCK})?{_YEAR}",  # Sept. 20, 2023, Sep 20 14:05:00 UTC 2023
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[/.-])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)T\d{4,6}Z?\b",
        rf"(?<!\d)(?<!\d[/.-])(?P<first>\d\d?)(?P<mark>[/.-])(?P<second>\d\d?)(?P=mark){_YEAR}",
    )
)
_HAS_YEAR = re.compile(r"(?:19|20)\d\d")
_URL = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-]([0-2]?\d|3[01])(?!\d)|(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?=\d{6}(?!\d)|(?!\d))"
)
_URL_WORDED = re.compile(r"/((?:19|20)\d\d)/([^\W\d_]{3,9})/(\d\d?)(?![^/])")
_URL_SHORT = re.compile(r"/(\d\d)/(\d\d)/(\d\d)(?=/)")
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?")
_NAMED = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)|(?<!\d)(\d\d?)[-_.](\d\d?)[-_.]((?:19|20)\d\d)(?!\d)"
)
_DIGITS = re.compile(r"(?<![\dA-Za-z])(\d{6,8})(?![\dA-Za-z])")
_IMAGE = re.compile(r"([^/\\\s()\[\]]{1,200})\.(?:jpe?g|png|gif|webp|avif)(?![a-z])", re.IGNORECASE)


def confidence_of(basis: PublishedBasis, *, is_by_language: bool = False) -> PublishedConfidence:
    """How far a publication date of that basis can be trusted. is_by_language: only the custom of the language told day
    and month apart."""
    found = _CONFIDENCE.get(basis, PublishedConfidence.LOW)
    return PublishedConfidence.MEDIUM if is_by_language and found is PublishedConfidence.HIGH else found


def unread_date(page: Page, published: date | None, basis: PublishedBasis | None) -> str | None:
    """The date of a page's row as it is written, where it could not be read and would have been used."""
    if page.stated is not None and basis is not PublishedBasis.GIVEN:
        return page.stated
    return page.stated_crawled if published is None else None


def find_date(text: str, dates: DateWords) -> date | None:
    """The first complete date in the text (day, month and year), in words or digits; None if there is none."""
    return next((day for match in _stated(text, dates) if (day := _read(match, dates))), None)


def stated_date(value: str) -> date | None:
    """The date of a metadata field, else None: ISO 8601 as printed, digits, words of any language, or the UTC date of
    the seconds (10 digits) or milliseconds (13) since 1970."""
    value = value.strip()[:_LIMIT]
    return find_date(value, all_dates()) or _from_match(_URL.match(value)) or _from_epoch(value)


def row_date(value: str) -> date | None:
    """The date of a corpus row's column, in words of any language or in digits; None where day and month may be
    either."""
    return find_date(value[:_LIMIT], all_dates())


def order_of(name: str | None) -> DateOrder | None:
    """The order of day and month of that name. Raises InputError where there is none."""
    if name is not None and name not in set(DateOrder):
        raise InputError(f"{name!r} is no order of dates", hint=f"give {' or '.join(DateOrder)}")
    return None if name is None else DateOrder(name)


def date_by_language(value: str | None, rules: Rules) -> date | None:
    """The date of a row's column in which day and month may be either, in the order of the language; None where the
    language has none."""
    return numeric_date(value, rules.dates.order) if value and rules.dates.order and is_unclear(value) else None


def is_date_line(text: str, rules: Rules) -> bool:
    """Whether the line is a date with its year and hardly anything else: weekday, time, label, the site's name."""
    found = _stated(text, rules.dates) if len(text) <= _LINE_LIMIT else []
    if not found:
        return False
    rest = text = found[0].string
    for match in found:
        rest = rest.replace(match[0], " ")
    rest = rules.bylines.label.sub(" ", rules.dates.residue.sub(" ", rest))
    left = [word for word in words(rest) if word.casefold() not in rules.bylines.kinds]
    return len(left) <= (2 if len(rest) < len(text) - 12 else 0)


def url_date(url: str) -> date | None:
    """The date in an address, else None: /2023/09/20/, 2023-09-20, 20230920, 20230920141500, /2023/sep/20/, or
    /98/03/24/."""
    url = url[:1000]
    found = (
        *map(_from_match, _URL.finditer(url)),
        *map(_from_worded, _URL_WORDED.finditer(url)),
        *map(_from_short, _URL_SHORT.finditer(url)),
    )
    return next(filter(None, found), None)


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


def _stated(text: str, dates: DateWords) -> list[re.Match[str]]:
    """What has the form of a date in the text, with its white space squeezed, in order."""
    if not _HAS_YEAR.search(text):
        return []
    text = " ".join(text.split())
    found = [match for form in _FORMS for match in form.finditer(text)]
    return sorted((match for match in found if _is_known(match, dates)), key=lambda match: match.start())


def _is_known(match: re.Match[str], dates: DateWords) -> bool:
    """Whether the month is a number or the name of one."""
    word = match.groupdict().get("word")
    return word is None or word.casefold() in dates.months


def _read(match: re.Match[str], dates: DateWords) -> date | None:
    """The date of a form; None where there is no such day, or day and month may be either."""
    parts = match.groupdict()
    year = int(parts["year"])
    if word := parts.get("word"):
        return _date(year, dates.months[word.casefold()], int(parts["day"]))
    if "first" not in parts:
        return _date(year, int(parts["month"]), int(parts["day"]))
    return day_of(match, dates.order)


def _from_match(match: re.Match[str] | None) -> date | None:
    if not match:
        return None
    parts = match.groups()
    return _date(*map(int, parts[0:3])) if parts[0] else _date(*map(int, parts[3:6]))


def _from_epoch(value: str) -> date | None:
    match = _EPOCH.fullmatch(value)
    return _if_likely(datetime.fromtimestamp(int(match[1]), UTC).date()) if match else None


def _from_worded(match: re.Match[str]) -> date | None:
    month = all_dates().months.get(match[2].casefold())
    return _date(int(match[1]), month, int(match[3])) if month else None


def _from_short(match: re.Match[str]) -> date | None:
    """/98/03/24/: year, month and day in this order, as sites write it; none where only another order would fit."""
    year, month, day = map(int, match.groups())
    return _date(year + (1900 if year >= FIRST_YEAR % 100 else 2000), month, day)


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
    try:
        return _if_likely(date(year, month, day))
    except ValueError:
        return None


def _if_likely(day: date) -> date | None:
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
