"""Make persons.tsv and offices.tsv: python -m tools.actors.build --gazetteers FOLDER [--out FOLDER].

The gazetteers are not part of the repository (docs/data/actors.md names them). Same input, same bytes.
"""

from __future__ import annotations

import argparse
import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tools.actors.sources import (
    HERE,
    Row,
    editor_rows,
    factbook_rows,
    foreign_minister_rows,
    read_table,
    reign_rows,
    scraper_rows,
)

OUT = Path("src/kutub/data/actors")
OFFICE_COLUMNS = ("person", "title", "sectors", "country", "from", "to", "source")
LABELS = {
    "Russian Federation": "RUS", "Holy See": "VAT", "Republic of China": "TWN", "European Union": "",
    "Federated States of Micronesia": "FSM", "Abkhazia": "", "Northern Cyprus": "", "Kosovo": "KOS",
}  # fmt: skip
ONE_HOLDER = {
    "president", "prime minister", "premier", "chancellor", "king", "queen", "emperor", "emir", "sultan", "leader",
    "supreme leader", "foreign minister", "defence minister", "defence secretary", "secretary of state",
    "interior minister", "finance minister", "treasury secretary", "home secretary", "national security adviser",
}  # fmt: skip

PLAIN = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "đ": "d", "Đ": "D", "æ": "ae", "ð": "d", "Þ": "Th"}
    | {"þ": "th", "ə": "a", "Ə": "A", "’": "'", "‘": "'", "ʻ": "'"}
)


def fold(text: str) -> str:
    """The text without diacritics, as the press writes it in English."""
    plain = unicodedata.normalize("NFKD", text.translate(PLAIN))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def key_of(name: str) -> str:
    """A name as a key: lower case, hyphens, ASCII letters and digits."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name).lower().replace("'", "")).strip("-")


def last_day(date: str) -> str:
    """The last day of a date that may be reduced to month or year; "" (open) is the end of time."""
    return (date + "-12-31"[len(date) - 4 :]) if date else "9999-12-31"


def first_day(date: str) -> str:
    """The first day of a date that may be reduced to month or year."""
    return date + "-01-01"[len(date) - 4 :]


class Names:
    """Which spellings stand for which person: from the hand tables, and from what the sources add."""

    def __init__(self) -> None:
        self.canonical: dict[tuple[str, str], str] = {}
        self.aliases: dict[str, set[str]] = defaultdict(set)
        self.country: dict[str, str] = {}
        for row in read_table(HERE / "persons.tsv"):
            self._enter(row["name"], row["country"], row["aliases"].split("|") if row["aliases"] else [])
        for row in read_table(HERE / "reign_names.tsv"):
            self.canonical.setdefault((row["country"], key_of(row["name"])), row["name"])
        for row in read_table(HERE / "variants.tsv"):
            self.canonical[row["country"], key_of(row["variant"])] = row["name"]

    def _enter(self, name: str, country: str, aliases: Sequence[str]) -> None:
        self.country[name] = country
        self.aliases[name].update(aliases)
        for spelling in (name, *(alias for alias in aliases if " " in alias or "-" in alias)):
            self.canonical.setdefault((country, key_of(spelling)), name)
            self.canonical.setdefault(("", key_of(spelling)), name)

    def resolve(self, row: Row) -> Row:
        """The row under its canonical name; the spellings of the source become aliases."""
        spellings = [spelling for spelling in (row.name, row.other) if spelling]
        found = [self.canonical.get((country, key_of(s))) for s in spellings for country in (row.country, "")]
        name = next((candidate for candidate in found if candidate), fold(row.name))
        self.aliases[name].update(spelling for spelling in spellings if spelling != name)
        self.canonical.setdefault((row.country, key_of(name)), name)
        return replace(row, name=name, other="")


def merge(rows: Sequence[Row]) -> list[Row]:
    """The terms of one person in one office: overlapping rows become one, exact dates win over years and months."""
    exact = [row for row in rows if row.source != "editor"]
    result: list[Row] = []
    for row in sorted(exact, key=lambda row: (first_day(row.start), last_day(row.end), row.source)):
        before = result[-1] if result else None
        if before and first_day(row.start) <= last_day("" if before.covered else before.end):
            result[-1] = _union(before, row)
        else:
            result.append(row)
    for row in (row for row in rows if row.source == "editor"):
        _lay_under(result, row)
    return sorted(result, key=lambda row: (first_day(row.start), row.end))


def _union(before: Row, row: Row) -> Row:
    ends = [one for one in (before, row) if not one.covered]
    if ends:
        last = max(ends, key=lambda one: (last_day(one.end), len(one.end)))
    else:
        last = max(before, row, key=lambda one: one.covered)
    start = min(before.start, row.start, key=lambda date: (date[:4], -len(date), date))
    return replace(before, start=start, end=last.end, covered=last.covered, source=_sources(before, row))


def _lay_under(result: list[Row], row: Row) -> None:
    """Join an editor's row, dated in years, with the dated rows it overlaps; it decides what they leave open."""
    end_year = row.end or "9999"
    met = [one for one in result if one.start[:4] <= end_year and (one.end[:4] or one.covered or "9999") >= row.start]
    if not met:
        result.append(row)
        return
    first, last = min(met, key=lambda one: one.start), max(met, key=lambda one: last_day(one.end))
    if row.start < first.start[:4]:
        result[result.index(first)] = first = replace(first, start=row.start, source=_sources(first, row))
        last = first if len(met) == 1 else last
    if last.covered or (row.end and not last.end) or (last.end and last.end[:4] < end_year):
        result[result.index(last)] = replace(last, end=row.end, covered="", source=_sources(last, row))


def _sources(*rows: Row) -> str:
    return "; ".join(sorted({source for row in rows for source in row.source.split("; ")}))


def close(rows: Iterable[Row]) -> list[Row]:
    """End what a source leaves open: at the next holder's start if the source reaches it, else with its last year."""
    result: list[Row] = []
    by_office: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        by_office[row.country, row.title].append(row)
    for (_, title), holders in sorted(by_office.items()):
        for row in holders:
            later = [one for one in holders if one.name != row.name and first_day(one.start) > first_day(row.start)]
            after = min(later, key=lambda one: first_day(one.start)) if later and title in ONE_HOLDER else None
            if not row.end and after and after.start[:4] <= (row.covered or "9999"):
                row = replace(row, end=after.start, covered="", source=_sources(row, after))
            elif row.covered:
                row = replace(row, end=max(row.covered, row.start[:4]), covered="")
            result.append(row)
    return result


def sharpen(rows: Sequence[Row]) -> list[Row]:
    """Give the day to an end known by its year, where the one successor of that year has it; and so for a start."""
    by_office: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        by_office[row.country, row.title].append(row)
    result: list[Row] = []
    for row in rows:
        others = [one for one in by_office[row.country, row.title] if one.name != row.name and one.title in ONE_HOLDER]
        starts = {one.start for one in others if one.start[:4] == row.end}
        ends = {one.end for one in others if one.end[:4] == row.start}
        if len(starts) == 1 and len(day := min(starts)) == 10 and day > row.start:
            row = replace(row, end=day, source=f"{row.source}; next holder")
        if len(ends) == 1 and len(day := min(ends)) == 10 and day < last_day(row.end):
            row = replace(row, start=day, source=f"{row.source}; last holder")
        result.append(row)
    return result


def equivalents(rows: Iterable[Row]) -> list[Row]:
    """The same terms under the other words of equivalents.tsv."""
    also: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in read_table(HERE / "equivalents.tsv"):
        also[entry["country"], entry["title"]].append(entry["also"])
    return [replace(row, title=title) for row in rows for title in also[row.country, row.title] + also["*", row.title]]


def build(folder: Path, dropped: Counter[str]) -> tuple[Names, list[Row]]:
    """All offices under canonical names, merged and closed."""
    labels, fips = _codes(folder)
    names = Names()
    sources = (
        editor_rows(),
        scraper_rows(folder, dropped),
        reign_rows(folder, dropped),
        factbook_rows(folder, fips, dropped),
        foreign_minister_rows(folder, labels, dropped),
    )
    terms: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    rejected = {(row["country"], row["title"], row["person"], row["from"]) for row in read_table(HERE / "rejected.tsv")}
    for source in sources:
        for row in map(names.resolve, source):
            if not key_of(row.name) or (row.end and first_day(row.start) > last_day(row.end)):
                dropped["no name in Latin letters, or dates out of order"] += 1
                continue
            if (row.country, row.title, row.name, row.start) in rejected:
                dropped["refused: rejected.tsv"] += 1
                continue
            names.country.setdefault(row.name, row.country)
            terms[row.country, row.title, row.name].append(row)
    return names, sharpen(close(row for _, rows in sorted(terms.items()) for row in merge(rows)))


def _codes(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Country names as the sources label them, and FIPS codes, to the codes of states.tsv."""
    own = {row["key"]: row for row in read_table(OUT / "states.tsv") if row["key"] == row["code"]}
    labels = {row["name"]: key for key, row in own.items()} | LABELS
    fips = {"RI": "SRB", "KV": "KOS"}
    with (folder / "datasets_country-codes" / "country-codes.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["ISO3166-1-Alpha-3"] in own:
                labels.setdefault(row["CLDR display name"], row["ISO3166-1-Alpha-3"])
                fips.setdefault(row["FIPS"], row["ISO3166-1-Alpha-3"])
    return labels, fips


def write(path: Path, comment: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write one table; the number of its rows."""
    lines = list(dict.fromkeys("\t".join(row) for row in rows))
    path.write_text(f"# {comment}\n" + "\t".join(columns) + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def spellings(name: str, country: str) -> set[str]:
    """Other usual spellings of a name: Korean given names, the Arabic article, a middle initial left out."""
    result = {re.sub(r" al-(?=[A-Z])", article, name) for article in (" Al-", " Al ", " al ", " el-", " ")}
    result |= {re.sub(r" [A-Z]\.(?= )", "", name), re.sub(r",? (Jr|Sr)\.$", "", name), name.replace(", ", " ")}
    if country in ("KOR", "PRK"):
        given = re.fullmatch(r"(\w+) (\w+)[- ](\w+)", name)
        first, second, third = given.groups() if given else (name, "", "")
        forms = (
            f"{second}-{third.lower()}",
            f"{second}-{third}",
            f"{second} {third.title()}",
            f"{second} - {third.lower()}",
        )
        result |= {f"{first} {form}" for form in forms if given}
    return {spelling for spelling in result if " " in spelling} - {name}


def person_rows(names: Names, offices: Sequence[Row]) -> list[tuple[str, ...]]:
    """key, name, country, aliases, source: every person with an office or in the hand table."""
    sources: dict[str, set[str]] = defaultdict(set)
    for row in offices:
        sources[row.name].update(row.source.split("; "))
    for entry in read_table(HERE / "persons.tsv"):
        sources[entry["name"]].add("editor")
    result: list[tuple[str, ...]] = []
    derived = Counter(spelling for name in sources for spelling in spellings(name, names.country[name]))
    for name, origin in sources.items():
        known = names.aliases[name] | {plain for plain in map(fold, names.aliases[name]) if plain}
        own = {spelling for spelling in spellings(name, names.country[name]) if derived[spelling] == 1}
        aliases = sorted((known | own) - {name})
        result.append((key_of(name), name, names.country[name], "|".join(aliases), "; ".join(sorted(origin))))
    return sorted(result)


def office_rows(offices: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    """The columns of offices.tsv, by person; the other words for an office come after the office."""
    by_start = sorted(offices, key=lambda row: (row.start, row.title, row.end))
    listed = [
        (key_of(row.name), number, row) for number, rows in enumerate((by_start, equivalents(by_start))) for row in rows
    ]
    for person, _, row in sorted(listed, key=lambda one: one[:2]):
        yield person, row.title, row.sectors, row.country, row.start, row.end, row.source


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the options, make both tables, report what was kept and what was dropped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gazetteers", type=Path, default=Path("../shared/data/gazetteers"))
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args(arguments)
    dropped: Counter[str] = Counter()
    names, offices = build(options.gazetteers, dropped)
    made = "Made by tools/actors/build.py; edit the tables in tools/actors."
    persons = person_rows(names, offices)
    counted = write(options.out / "persons.tsv", made, ("key", "name", "country", "aliases", "source"), persons)
    held = write(options.out / "offices.tsv", made, OFFICE_COLUMNS, office_rows(offices))
    print(f"{counted} persons, {len(offices)} offices, {held - len(offices)} of them under another word too")
    report(dropped)


def report(dropped: Mapping[str, int]) -> None:
    """Print what was dropped, by reason."""
    for reason, count in sorted(dropped.items()):
        print(f"dropped {count:5}  {reason}")


if __name__ == "__main__":
    main()
