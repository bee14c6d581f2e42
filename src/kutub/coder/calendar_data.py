"""Reads a language's `calendar.yaml`: names, numbers, units and rules of expressions (docs/dates-places.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kutub.coder.time_patterns import DIGIT, Pattern, PatternCompiler, Slot, as_printed, in_any_case, key_of
from kutub.coder.time_values import Pick, Unit, make_date
from kutub.datafiles import read_yaml, short
from kutub.errors import DataError, DataErrors

_YEAR = "(?:19|20)[0-9][0-9]|2100"
_DAY = "0?[1-9]|[12][0-9]|3[01]"
_RULE_KEYS = frozenset({"pattern", "shift", "unit", "pick", "to", "tense", "initial", "fixed"})
_DATED = frozenset(
    {"year", "day", "month", "month_name", "weekday", "weekday_name", "numeric_date", "iso_date", "day_month"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A pattern and what it means. `gives_date`: False for names that only look like dates, and for anchored patterns.

    shift: how many units, weeks (of a weekday) or years (of a month) away; to: what from: anchor, expression, either.
    initial: only at the start of the text. tense: only in clauses of this tense.
    fixed: the month and day of a feast that falls on the same day each year.
    """

    pattern: Pattern
    shift: int | None = None
    unit: Unit | None = None
    pick: Pick = Pick.NEAREST
    to: str = "anchor"
    tense: str | None = None
    initial: bool = False
    fixed: tuple[int, int] | None = None
    gives_date: bool = True
    anchored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarData:
    """The compiled content of a `calendar.yaml`; names in `normal` form, weekdays from 0 (Monday)."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    numbers: Mapping[str, int]
    units: Mapping[str, Unit]
    fused: Mapping[str, tuple[int, Unit]]
    numeric_order: str
    opening: str
    rules: tuple[Rule, ...]
    blocking: re.Pattern[str] | None
    future_cues: re.Pattern[str] | None
    possessive: re.Pattern[str] | None


def normal(written: str) -> str:
    """The form under which a name is looked up: case, spaces and apostrophes made equal."""
    return " ".join(written.casefold().replace("’", "'").replace("ʼ", "'").split())


def load_calendar(path: Path) -> CalendarData:
    """Reads and compiles the file. Raises DataErrors with every fault found."""
    raw = read_yaml(path)
    where = short(path)
    missing = [key for key in ("months", "weekdays", "numbers", "units", "periods", "rules") if key not in raw]
    if missing:
        raise DataErrors([DataError(f"lacks {key!r}", where=where) for key in missing])
    units = {normal(form): Unit(name) for name, forms in raw["units"].items() for form in forms}
    fused = {normal(form): (int(count), Unit(unit)) for form, (count, unit) in raw.get("fused", {}).items()}
    compiler = PatternCompiler(_slots(raw), raw.get("lists", {}))
    errors: list[DataError] = []
    rules = _rules(raw, compiler, where, errors)
    if errors:
        raise DataErrors(errors)
    possessive = raw.get("possessive")
    return CalendarData(
        months=_numbered(raw["months"], raw.get("month_abbreviations", {}), first=0),
        weekdays=_numbered(raw["weekdays"], raw.get("weekday_abbreviations", {}), first=1),
        numbers={normal(str(form)): int(value) for form, value in raw["numbers"].items()},
        units=units,
        fused=fused,
        numeric_order=raw.get("numeric_order", "unsure"),
        opening=raw.get("opening", " \t\n\"'“‘"),
        rules=rules,
        blocking=compiler.compile_before(raw.get("blocking", ()), where=where),
        future_cues=compiler.compile_before(raw.get("future_cues", ()), where=where),
        possessive=re.compile(in_any_case(possessive) + r"(?!\w)") if possessive else None,
    )


def _numbered(full: Mapping[int, Any], abbreviations: Mapping[int, Any], *, first: int) -> dict[str, int]:
    """Name to number, counted from `first` on."""
    return {
        normal(form): number - first
        for names in (abbreviations, full)
        for number, forms in names.items()
        for form in _several(forms)
    }


def _several(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _all(names: Mapping[int, Any]) -> list[str]:
    return [form for forms in names.values() for form in _several(forms)]


def _slots(raw: Mapping[str, Any]) -> dict[str, Slot]:
    """The slots that patterns may use."""
    months, weekdays = _all(raw["months"]), _all(raw["weekdays"])
    ordinals = raw.get("ordinals")
    suffix = f"(?:{in_any_case(ordinals)})?" if ordinals else ""
    digits = frozenset({DIGIT})
    number = rf"(?P<number>[0-9]{{1,3}}|{in_any_case([str(form) for form in raw['numbers']])})"
    unit_forms = [form for forms in raw["units"].values() for form in forms]
    fused = list(raw.get("fused", {}))
    amount = rf"{number}[\s-]+(?P<unit>{in_any_case(unit_forms)})"
    if fused:
        amount = f"(?:{amount}|(?P<fused>{in_any_case(fused)}))"
    return {
        "digits": Slot("(?:[0-9]+)", digits),
        "old_year": Slot("(?:1[0-8][0-9][0-9])", digits),
        "end_year": Slot(f"(?:{_YEAR})", digits),
        "year": Slot(f"(?P<year>{_YEAR})", digits),
        "day": Slot(f"(?P<day>{_DAY}){suffix}", digits),
        "end_day": Slot(f"(?P<end_day>{_DAY}){suffix}", digits),
        "month": _name_slot("month", months + _all(raw.get("month_abbreviations", {}))),
        "month_name": _name_slot("month", months),
        "end_month": _name_slot("end_month", months + _all(raw.get("month_abbreviations", {}))),
        "weekday": _name_slot("weekday", weekdays + _all(raw.get("weekday_abbreviations", {}))),
        "end_weekday": _name_slot("end_weekday", weekdays),
        "weekday_name": _name_slot("weekday", weekdays),
        "period": _word_slot("unit", raw["periods"]),
        "amount": Slot(amount, frozenset(key_of(form) for form in (*unit_forms, *fused))),
        "numeric_date": Slot(
            r"(?P<first>[0-9]{1,2})(?P<separator>[/-]|\.(?=[0-9]{1,2}\.[0-9]{4}))(?P<second>[0-9]{1,2})(?P=separator)"
            r"(?P<numeric_year>(?:19|20)?[0-9]{2})",
            digits,
        ),
        "day_month": Slot("(?P<pair_first>[0-9]{1,2})/(?P<pair_second>[0-9]{1,2})", digits),
        "iso_date": Slot(rf"(?P<iso_year>{_YEAR})-(?P<iso_month>[0-9]{{2}})-(?P<iso_day>[0-9]{{2}})", digits),
    }


def _name_slot(group: str, forms: Sequence[str]) -> Slot:
    return Slot(f"(?P<{group}>{as_printed(forms)})", frozenset(key_of(form) for form in forms))


def _word_slot(group: str, forms: Sequence[str]) -> Slot:
    return Slot(f"(?P<{group}>{in_any_case(forms)})", frozenset(key_of(form) for form in forms))


def _rules(raw: Mapping[str, Any], compiler: PatternCompiler, where: str, errors: list[DataError]) -> tuple[Rule, ...]:
    """All rules in the order of the file: dates, anchored ones, names that are no dates."""
    rules: list[Rule] = []
    for entry in raw["rules"]:
        rules += _entry(entry, compiler, errors, anchored=False)
    for entry in raw.get("anchored", ()):
        rules += _entry(entry, compiler, errors, anchored=True)
    for name in raw.get("names", ()):
        try:
            rules.append(Rule(pattern=compiler.compile(name, where=where), gives_date=False))
        except DataError as error:
            errors.append(error)
    return tuple(rules)


def _entry(entry: Any, compiler: PatternCompiler, errors: list[DataError], *, anchored: bool) -> list[Rule]:
    where = getattr(entry, "where", "")
    try:
        _check(entry, where)
        options: dict[str, Any] = {key: entry[key] for key in ("shift", "to", "tense", "initial") if key in entry}
        if "unit" in entry:
            options["unit"] = Unit(entry["unit"])
        if "fixed" in entry:
            options["fixed"] = _fixed(entry["fixed"], where)
        if "pick" in entry:
            options["pick"] = Pick(entry["pick"])
        patterns = [compiler.compile(source, where=where) for source in _several(entry["pattern"])]
        rules = [Rule(pattern=found, gives_date=not anchored, anchored=anchored, **options) for found in patterns]
        for rule in rules:
            _check_meaning(rule, where)
    except DataError as error:
        errors.append(error)
        return []
    return rules


def _check(entry: Mapping[str, Any], where: str) -> None:
    unknown = sorted(set(entry) - _RULE_KEYS)
    if unknown:
        raise DataError(f"unknown key {unknown[0]!r}", where=where, hint=f"keys: {', '.join(sorted(_RULE_KEYS))}")
    allowed = {
        "unit": [unit.value for unit in Unit],
        "pick": [pick.value for pick in Pick],
        "to": ["anchor", "expression", "either"],
        "tense": ["past", "future"],
    }
    for key, values in allowed.items():
        if key in entry and entry[key] not in values:
            raise DataError(f"{key}: {entry[key]!r} is not known", where=where, hint=f"use one of: {', '.join(values)}")
    if "pattern" not in entry:
        raise DataError("a rule lacks 'pattern'", where=where)


def _fixed(value: Any, where: str) -> tuple[int, int]:
    """A month and a day of it that every year has, or a leap year."""
    if isinstance(value, list) and len(value) == 2 and all(type(number) is int for number in value):
        month, day = value
        if make_date(2000, month, day) is not None:
            return month, day
    raise DataError(f"fixed: {value!r} is no day of a year", where=where, hint="write [month, day], such as [12, 25]")


def _check_meaning(rule: Rule, where: str) -> None:
    slots = rule.pattern.slots
    counted = bool(slots & {"period", "amount"}) or rule.unit is not None
    if counted and rule.shift is None and rule.unit is not Unit.WEEKEND:
        raise DataError(f"pattern {rule.pattern.source!r} counts units, but has no 'shift'", where=where)
    if not counted and rule.fixed is None and not slots & _DATED:
        raise DataError(f"pattern {rule.pattern.source!r} has no slot or 'unit' that gives a date", where=where)
