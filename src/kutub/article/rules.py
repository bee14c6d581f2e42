"""The anatomy data of a language, compiled: lines that are not the story, bylines, datelines, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from re import Pattern
from typing import Any

from kutub.article.publishers import Publisher, load_publisher
from kutub.datafiles import DATA, read_yaml, short
from kutub.errors import DataError
from kutub.language import available, load_language
from kutub.records import LeftOutReason
from kutub.sources.times import DateOrder

LINE_LIMIT = 600  # characters of a line that patterns are shown
_TAIL_LIMIT = 200  # of them from the end of a longer line
_WITHIN_LIMIT = 300
_UNSURE = "unsure"  # the order of day and month where a language has none
_LABELS = ("author", "editor", "title", "deck", "date")  # what a labelled line may state

# Placeholders of the shared patterns; {agency}, {city} and {date} come from the data.
_DASH = r"(?:\s*(?:-\s?-(?:\s?-)?|[–—]{1,3})\s*|\s+-\s*|-\s+)"  # a bare hyphen joins words: it needs a space
_BIG = "A-ZÀ-ÖØ-ÞĞİŞŠŽĆČŁ"  # capitals of names of places
_PLACE = rf"(?-i:[{_BIG}][\w.'’-]*(?:[ ][{_BIG}][\w.'’-]*){{0,3}}(?:(?:,|[ ]/)[ ][{_BIG}][\w.'’ -]{{1,30}})?)"
_CAPS = rf"(?-i:[{_BIG}][{_BIG}.'’-]+(?:[ ][{_BIG}][{_BIG}.'’-]*){{0,3}}(?:,[ ][{_BIG}][\w .'’-]{{1,30}})?)"
_DATED = r"{place}(?:, |,? \(){date}\)?(?:{dash}(?=[\"“‘']?[A-Z0-9])|\s*$)"  # Place, date: alone or before the story
_SITE = r"[a-z0-9-]+(?:\.[a-z0-9-]+){0,2}\.(?:com|co|id|net|org|news|tv|info)(?:\.[a-z]{2})?"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """How dates are written: months by number, other words that stand in a date line, and the order of 02/11/2023."""

    months: Mapping[str, int]
    pattern: Pattern[str]  # a date with its year
    residue: Pattern[str]  # what may stand beside a date on a date line
    order: DateOrder | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bylines:
    """Patterns of bylines: `label` splits a line into labelled names, `names` have groups author or editor."""

    label: Pattern[str]
    kinds: Mapping[str, str]  # label in lower case -> author, editor, title, deck, date
    names: tuple[Pattern[str], ...]
    beside: Pattern[str]  # what stands beside a name and is none: places, offices


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Everything the anatomy of a text needs to know of one language."""

    code: str
    lines: tuple[tuple[LeftOutReason, Pattern[str]], ...]
    within: tuple[tuple[LeftOutReason, Pattern[str]], ...]
    ends_story: tuple[tuple[LeftOutReason, Pattern[str]], ...]
    datelines: tuple[Pattern[str], ...]
    dated: Pattern[str]  # the dateline of a place and a whole date, which is one wherever it stands
    tail: Pattern[str]
    glued: Pattern[str]
    placeholder: Pattern[str]  # what stands for an image within a paragraph
    summary: Pattern[str]  # the label of a summary above the story
    cut_mark: Pattern[str]  # the sign at the end of a paragraph that the text was cut there
    bylines: Bylines
    dates: DateWords

    def reason(self, text: str) -> LeftOutReason | None:
        """Why the line is not the story; None if no pattern says so."""
        line = shown_to_patterns(text)
        for reason, pattern in self.lines:
            if pattern.match(line):
                return reason
        if len(text) <= _WITHIN_LIMIT:
            for reason, pattern in self.within:
                if pattern.search(text):
                    return reason
        return None


def shown_to_patterns(line: str) -> str:
    """The line, or where it is longer than patterns can be shown, its beginning and its end: `$` is the end of both."""
    if len(line) <= LINE_LIMIT:
        return line
    return line[: LINE_LIMIT - _TAIL_LIMIT] + line[-_TAIL_LIMIT:]


@cache
def shared() -> Mapping[str, Any]:
    """The anatomy data that no language owns."""
    result: Mapping[str, Any] = read_yaml(DATA / "anatomy.yaml")
    return result


@cache
def load_rules(code: str, publisher: str | None = None) -> Rules:
    """The rules of a language, with those of a publisher's profile (by id) before them.

    Raises InputError for an unknown language, DataError for a wrong pattern or reason.
    """
    if publisher is not None:
        return _with_profile(load_rules(code), load_publisher(publisher))
    own = load_language(code).data("anatomy")
    where = short(load_language(code).path / "anatomy.yaml")
    dates = _date_words(_merged_dates() | {"numeric_order": own["dates"]["numeric_order"]}, where)
    fill = {"agency": _union(shared()["agencies"]), "city": _union(own["cities"]), "date": dates.pattern.pattern}
    fill |= {"dash": _DASH, "place": _PLACE, "caps": _CAPS, "site": _SITE}
    common = "anatomy.yaml"
    tails = "|".join(_filled(pattern, fill) for pattern in shared()["tails"])
    cut_marks = [*shared()["cut_marks"], *own["cut_marks"]]
    return Rules(
        code=code,
        lines=_by_reason(own["lines"], where, fill, shared=shared()["lines"]),
        within=_by_reason(own["within"], where, fill, shared=shared()["within"]),
        ends_story=_by_reason(own["ends_story"], where, fill, shared={}),
        datelines=tuple(
            _compile([_filled(pattern, fill)], common, ignore_case=False)
            for pattern in (*shared()["datelines"], _DATED)
        ),
        dated=_compile([_filled(_DATED, fill)], common, ignore_case=False),
        tail=_compile([rf"(?<=[.!?\"”’'\])])\s*(?:{tails})\s*$"], common),
        placeholder=_compile([shared()["placeholder"]], common),
        summary=_compile([rf"(?:{pattern})\s?:?$" for pattern in own["summary"]], where),
        cut_mark=_compile([rf"\s*(?:{pattern})\s*$" for pattern in cut_marks], common),
        glued=_compile([rf"(?:^|(?<=[.!?\"”’])\s+)(?:{pattern})" for pattern in own["glued"]], where),
        bylines=_bylines(own["byline"], where, fill),
        dates=dates,
    )


def _with_profile(rules: Rules, profile: Publisher) -> Rules:
    where = f"publishers/{profile.id}.yaml"
    names = tuple(_compile([pattern], where) for pattern in profile.bylines)
    return replace(
        rules,
        lines=tuple((reason, _compile(patterns, where)) for reason, patterns in profile.lines.items()) + rules.lines,
        datelines=tuple(_compile([pattern], where, ignore_case=False) for pattern in profile.datelines)
        + rules.datelines,
        bylines=replace(rules.bylines, names=names + rules.bylines.names),
    )


@cache
def all_dates() -> DateWords:
    """Dates in any of the languages, for what machines wrote into a page; 02/11/2023 is read when unambiguous."""
    return _date_words(_merged_dates(), "anatomy.yaml")


def _merged_dates() -> dict[str, Any]:
    """The date words of all languages: pages mix them."""
    merged: dict[str, Any] = {"months": {}, "weekdays": [], "zones": [], "ordinals": [], "numeric_order": "unsure"}
    for code in available():
        setting = load_language(code).data("anatomy")["dates"]
        merged["months"] |= setting["months"]
        for name in ("weekdays", "zones", "ordinals"):
            merged[name] += setting[name]
    return merged


def _by_reason(
    own: Mapping[str, list[str]], where: str, fill: Mapping[str, str], *, shared: Mapping[str, list[str]]
) -> tuple[tuple[LeftOutReason, Pattern[str]], ...]:
    """One pattern a reason: the shared reasons in their order, then the others as the language has them."""
    names = list(dict.fromkeys([*shared, *own]))
    unknown = [name for name in names if name not in set(LeftOutReason)]
    if unknown:
        raise DataError(
            f"reason {unknown[0]!r} is not known", where=where, hint=f"use one of: {', '.join(LeftOutReason)}"
        )
    result = []
    for name in names:
        patterns = [_filled(pattern, fill) for pattern in shared.get(name, [])] + list(own.get(name, []))
        result.append((LeftOutReason(name), _compile(patterns, where)))
    return tuple(result)


def _bylines(own: Mapping[str, Any], where: str, fill: Mapping[str, str]) -> Bylines:
    given = [(label, kind) for kind in _LABELS for label in own.get(kind, [])]
    wrong = [label for label, _ in given if not isinstance(label, str)]
    if wrong:
        raise DataError(f"label {wrong[0]!r} is not text", where=where, hint="write it in quotes")
    kinds = {label.casefold(): kind for label, kind in given}
    label = rf"(?:^\s*+|(?<=[|/;,•·–—-])\s*+|(?<=\s)(?=\S))\(?(?P<label>{_union(kinds)})\s*:\s*"
    return Bylines(
        label=_compile([label], where),
        kinds=kinds,
        names=tuple(_compile([_filled(name, fill)], where) for name in own["names"]),
        beside=_compile([_filled(pattern, fill) for pattern in own["beside"]], where),
    )


def _date_words(own: Mapping[str, Any], where: str) -> DateWords:
    month, ordinals = _union(own["months"]), _union(own["ordinals"])
    suffix = f"(?:{ordinals})?" if ordinals else ""
    forms = [
        rf"\b\d{{1,2}}{suffix}[ -](?:{month})\b\.?,?[ -](?:19|20)\d\d\b",
        rf"\b(?:{month})\.? \d{{1,2}}{suffix},? (?:19|20)\d\d\b",
        r"\b(?:19|20)\d\d-\d\d-\d\d(?!\d)",
        r"\b(?:19|20)\d\d/\d\d?/\d\d?\b",
        r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d\b",
    ]
    beside = _union([*own["weekdays"], *own["zones"]])
    residue = rf"\b(?:{beside})\b\.?|\bT?\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?(?:\s*[ap]\.?m\b\.?)?Z?|[+-]\d\d:?\d\d|{_SITE}"
    return DateWords(
        months={name.casefold(): number for name, number in own["months"].items()},
        pattern=_compile(forms, where),
        residue=_compile([residue], where),
        order=_order(own["numeric_order"], where),
    )


def _order(name: str, where: str) -> DateOrder | None:
    if name == _UNSURE:
        return None
    if name not in set(DateOrder):
        hint = f"use {', '.join(DateOrder)} or {_UNSURE}"
        raise DataError(f"{name!r} is no order of dates", where=where, hint=hint)
    return DateOrder(name)


def _union(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


def _filled(pattern: str, fill: Mapping[str, str]) -> str:
    for name, value in fill.items():
        pattern = pattern.replace(f"{{{name}}}", f"(?i:{value})" if name in ("agency", "site", "date") else value)
    return pattern


def _compile(patterns: Sequence[str], where: str, *, ignore_case: bool = True) -> Pattern[str]:
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise DataError(f"pattern {pattern!r} is wrong: {error}", where=where) from error
    joined = "|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)"
    return re.compile(joined, re.IGNORECASE if ignore_case else 0)
