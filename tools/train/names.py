"""Names that are widely known, word by word: what the tagger of entities sees beside a word."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.train.substitution import WORDS

KNOWN = WORDS / "known"  # folders by language: names of persons, places, organisations, and words that go with them
KINDS = {  # of the actors that a language's names.tsv names
    "state": {"name": "places", "abbreviation": "places", "alias": "places", "capital": "places", "city": "places"},
    "org": {"name": "organisations", "abbreviation": "organisations", "alias": "organisations"},
}
SHORT = 3  # letters of a part of a longer name that says nothing


def known_words(lang: Path, code: str) -> dict[str, Sequence[str]]:
    """Words in lower case by the kind of names that they are; `kind+` for a part of a longer name.

    lang: the folder of the languages, whose names of actors are known in each.
    """
    found: dict[str, set[str]] = {}
    for kind, name in [*_listed(code), *_of_actors(lang)]:
        parts = name.lower().split()
        if len(parts) == 1:
            found.setdefault(kind, set()).update(parts)
        else:
            found.setdefault(f"{kind}+", set()).update(part for part in parts if len(part) > SHORT)
    return {kind: tuple(sorted(words)) for kind, words in sorted(found.items())}


def known_files(code: str) -> list[Path]:
    """The lists of names of a language; a file is named for the kind."""
    return sorted((KNOWN / code).glob("*.txt"))


def _listed(code: str) -> Iterator[tuple[str, str]]:
    for path in known_files(code):
        for name in path.read_text(encoding="utf-8").splitlines():
            yield path.stem, name


def actor_files(lang: Path) -> list[Path]:
    """The tables of actors that names are taken from."""
    return [*sorted(lang.glob("*/names.tsv")), lang.parent / "actors" / "persons.tsv"]


def _of_actors(lang: Path) -> Iterator[tuple[str, str]]:
    *names, persons = actor_files(lang)
    for path in names:
        for row in _rows(path):
            kind = KINDS.get(row["actor"].partition(":")[0], {}).get(row["kind"])
            if kind:
                yield kind, row["form"]
    for row in _rows(persons):
        for name in [row["name"], *row["aliases"].split("|")]:
            yield "persons", name


def _rows(path: Path) -> Iterator[dict[str, str]]:
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
