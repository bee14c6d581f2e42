"""All profiles at a glance: whether golden pages come out, when forms were last seen, the table of the docs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kutub.article import publishers
from kutub.article.publishers import load_publisher
from kutub.datafiles import read_yaml
from kutub.errors import InputError
from tools.publisher.expected import faults

OLD = 3  # years after which a form that was not seen again may have gone
HEADER = "| id | publisher | hosts | language | country | forms | last seen |"
_COUNTRY = re.compile(r"[A-Z]{3}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is known of a profile. faults: of its golden pages, by name; seen: last years, newest form first."""

    id: str
    seen: tuple[int | None, ...]
    valid_until: tuple[date | None, ...]
    pages: tuple[Path, ...]
    faults: Mapping[str, list[str]]
    warnings: tuple[str, ...]


def state(id: str, *, golden: Path, today: date) -> State:
    """The state of a profile. golden: the folder of golden pages. Raises InputError where there is no such profile."""
    if id not in publishers.publishers():
        raise InputError(f"no profile {id!r}", hint=f"there are {', '.join(publishers.publishers())}")
    load_publisher(id)
    given = _given(id)
    pages = tuple(sorted([*golden.glob(f"{id}.html"), *golden.glob(f"{id}-[0-9].html")]))
    seen = tuple(form.get("seen") for form in given["anatomies"])
    return State(
        id=id,
        seen=seen,
        valid_until=tuple(form.get("valid_until") for form in given["anatomies"]),
        pages=pages,
        faults={page.name: found for page in pages if (found := faults(page))},
        warnings=tuple(_warnings(given, seen, pages, today)),
    )


def _warnings(
    given: Mapping[str, Any], seen: Sequence[int | None], pages: Sequence[Path], today: date
) -> Iterator[str]:
    latest = max((year for year in seen if year), default=None)
    if latest is None:
        yield "does not say when its form was seen"
    elif latest < today.year - OLD:
        yield f"last seen in {latest}: look at a page of today"
    if not _COUNTRY.match(str(given.get("country") or "")):
        yield "has no country (ISO 3166-1 alpha-3)"
    if len(pages) < len(seen):
        yield f"has {len(seen)} forms and {len(pages)} golden pages"


def state_lines(found: State) -> Iterator[str]:
    """A profile in a line, its faults and warnings below it."""
    forms = ", ".join(
        f"{year or '?'}{f' (until {until.isoformat()})' if until else ''}"
        for year, until in zip(found.seen, found.valid_until, strict=True)
    )
    good = len(found.pages) - len(found.faults)
    yield f"{found.id:<18} golden {good} of {len(found.pages)}  seen {forms}"
    for name, faults_of in found.faults.items():
        yield from (f"  FAULT {name}: {fault}" for fault in faults_of)
    yield from (f"  warning: {warning}" for warning in found.warnings)


def table() -> str:
    """The table of profiles for docs/publishers.md, by id."""
    return "\n".join([HEADER, re.sub(r"[^|]+", " --- ", HEADER), *map(_row, publishers.publishers())]) + "\n"


def _row(id: str) -> str:
    given, profile = _given(id), load_publisher(id)
    seen = [form.get("seen") for form in given["anatomies"]]
    cells = (
        f"[{id}](../src/kutub/data/publishers/{id}.yaml)",
        profile.name,
        ", ".join(profile.hosts),
        ", ".join(profile.languages),
        given.get("country") or "",
        str(len(seen)),
        str(max((year for year in seen if year), default="")),
    )
    return f"| {' | '.join(cells)} |"


def put_table(page: Path) -> None:
    """Put the table into a page in the place of the one that is there. Raises InputError where there is none."""
    text = page.read_text(encoding="utf-8")
    start = text.find(HEADER)
    if start < 0:
        raise InputError(
            "has no table of profiles", where=str(page), hint=f"put this line where it should be: {HEADER}"
        )
    rest = re.sub(r"\A(?:\|.*(?:\n|\Z))+", "", text[start:])
    page.write_text(text[:start] + table() + rest, encoding="utf-8")


def _given(id: str) -> Mapping[str, Any]:
    given: Mapping[str, Any] = read_yaml(publishers.FOLDER / f"{id}.yaml")
    return given
