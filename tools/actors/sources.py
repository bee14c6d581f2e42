"""The gazetteers as rows of office holders, each with its source; nothing is merged here."""

from __future__ import annotations

import csv
import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
FIRST_YEAR = 1990
WIKIDATA_FROM = 2000  # before, its lists of heads of government have gaps
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SINCE = re.compile(r"\(since (?:(\d{1,2}) )?(?:([A-Z][a-z]+) )?(\d{4})")
SCRAPERS = {
    "australia-cabinet": "AUS", "china-ministers": "CHN", "france-cabinet": "FRA", "india-ministers": "IND",
    "indonesia-ministers": "IDN", "iran-ministers": "IRN", "israel-ministers": "ISR", "japan-ministers": "JPN",
    "malaysia-ministers": "MYS", "pakistan-ministers": "PAK", "philippines-ministers": "PHL", "russia-cabinet": "RUS",
    "singapore-ministers": "SGP", "south-korea-ministers": "KOR", "turkey-ministers": "TUR", "ukraine-cabinet": "UKR",
    "united-kingdom-cabinet": "GBR", "us-cabinet": "USA", "vietnam": "VNM", "world": "",
}  # fmt: skip
DATED_BETTER = ("president", "prime minister", "supreme leader")
PEER = re.compile(r" \(.*\)$|, .*(Baron|Baroness|Viscount|Earl) .*$")
ISO_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
WORLD = {"UN ": "UNO", "ICJ": "UNO", "WTO": "IGO"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One office held by one person. Dates are ISO 8601, whole or reduced to month or year; "" is open.

    covered: "" or the year in which the source ends, where it knows no end of the office.
    other: another spelling of the name, or "".
    """

    name: str
    title: str
    sectors: str
    country: str
    start: str
    end: str
    source: str
    covered: str = ""
    other: str = ""


def read_table(path: Path) -> list[dict[str, str]]:
    """Rows of one of the hand tables beside this file; # starts a comment line."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def editor_rows() -> Iterator[Row]:
    """The offices entered by hand, in years."""
    for row in read_table(HERE / "offices.tsv"):
        yield Row(
            name=row["person"], title=row["title"], sectors=row["sectors"], country=row["country"],
            start=row["from"], end=row["to"], source="editor",
        )  # fmt: skip


def reign_rows(folder: Path, dropped: Counter[str]) -> Iterator[Row]:
    """Leaders of REIGN since 1990 whose full name is known; it has the month of the end, and stops in March 2021.

    A leader of the hand table may carry the year of the start ("Banda 1964") where several had the same surname.
    """
    names = {(row["stateabb"], row["leader"]): row for row in read_table(HERE / "reign_names.tsv")}
    with (folder / "reign" / "leaderlist_3_21.csv").open(encoding="latin-1", newline="") as handle:
        rows = list(csv.DictReader(handle))
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        end_year = row["eyear"].strip()
        if end_year and int(end_year) < FIRST_YEAR:
            continue
        leader = row["leader"].strip()
        known = names.get((row["stateabb"], f"{leader} {row['syear'].strip()}"), names.get((row["stateabb"], leader)))
        if known is None:
            dropped["REIGN: surname without a known full name"] += 1
            continue
        is_dated = not end_year or int(end_year) >= WIKIDATA_FROM
        if is_dated and known["country"] in SCRAPERS.values() and known["title"] in DATED_BETTER:
            dropped["REIGN: office that Wikidata dates to the day"] += 1
            continue
        yield _reign_row(row, after, known)


def _reign_row(row: Mapping[str, str], after: Mapping[str, str] | None, known: Mapping[str, str]) -> Row:
    start = _day(row["syear"], row["smonth"], row["sdate"])
    end = f"{int(row['eyear']):04}-{int(row['emonth']):02}" if row["eyear"].strip() else ""
    if after and after["stateabb"] == row["stateabb"]:
        next_start = _day(after["syear"], after["smonth"], after["sdate"])
        end = next_start if end and next_start.startswith(end) else end
    source = "REIGN"
    if known["to"] and not end:
        end, source = known["to"], "REIGN; editor"
    return Row(
        name=known["name"], title=known["title"], sectors="GOV", country=known["country"], start=start, end=end,
        source=source, covered="" if end else "2021",
    )  # fmt: skip


def _day(year: str, month: str, day: str) -> str:
    return f"{int(year):04}-{int(month):02}-{int(day):02}"


def scraper_rows(folder: Path, dropped: Counter[str]) -> Iterator[Row]:
    """Office holders from Wikidata (every-politician-scrapers, 2022), of the positions in positions.tsv."""
    wanted = {(row["scraper"], row["position"]): row for row in read_table(HERE / "positions.tsv")}
    path = folder / "every-politician-scrapers" / "holders21_all.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            position = wanted.get((row["repo"], row["position"])) or wanted.get(("*", row["position"]))
            if position is None or not position["title"]:
                dropped["Wikidata: position not taken"] += 1
                continue
            if not row["start"] or (row["end"] and row["end"][:4] < str(FIRST_YEAR)):
                dropped["Wikidata: no start, or ended before 1990"] += 1
                continue
            if not row["end"] and row["start"][:4] < "2012" and position["title"] not in ("emperor", "supreme leader"):
                dropped["Wikidata: open since before 2012, end missing"] += 1
                continue
            yield _scraper_row(row, position)


def _scraper_row(row: Mapping[str, str], position: Mapping[str, str]) -> Row:
    english, label = PEER.sub("", row["enwiki"]), PEER.sub("", row["person"])
    title = position["title"]
    country = SCRAPERS[row["repo"]] or next(code for start, code in WORLD.items() if title.startswith(start))
    return Row(
        name=english or label, other=label, title=title, sectors=position["sectors"], country=country,
        start=row["start"], end=row["end"], source="Wikidata", covered="" if row["end"] else "2022",
    )  # fmt: skip


def foreign_minister_rows(folder: Path, codes: Mapping[str, str], dropped: Counter[str]) -> Iterator[Row]:
    """Foreign ministers of all states late in 2022 (every-politician-scrapers, from Wikipedia's list)."""
    path = folder / "every-politician-scrapers" / "world_sources_foreign_scraped.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            code = codes.get(row["countryLabel"], "")
            if not code or code == "USA" or not row["name"] or not ISO_DATE.fullmatch(row["start"] or ""):
                dropped["foreign ministers: no state, name or date"] += 1
                continue
            name = re.sub(r"^(Dr\.|Sheikh|Prince|Archbishop) ", "", row["name"])
            yield Row(
                name=name, title="foreign minister", sectors="GOV", country=code, start=row["start"], end="",
                source="Wikidata", covered="2022", other=row["name"],
            )  # fmt: skip


def factbook_rows(folder: Path, codes: Mapping[str, str], dropped: Counter[str]) -> Iterator[Row]:
    """Heads of state and government of the World Factbook, with the day since when."""
    known = {(row["country"], row["form"]): row for row in read_table(HERE / "factbook_names.tsv")}
    path = folder / "factbook" / "factbook_government.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            code = codes.get(row["gec"].upper(), "")
            for cell in dict.fromkeys((row["chief_of_state"], row["head_of_government"])) if code else ():
                text = html.unescape(cell)
                since = SINCE.search(text)
                entry = known.get((code, text.split(" (since", 1)[0].strip()))
                if since is None or entry is None or not entry["name"]:
                    dropped["Factbook: no date, or another state's head"] += bool(cell.strip())
                    continue
                yield Row(
                    name=entry["name"], title=entry["title"], sectors=entry["sectors"] or "GOV", country=code,
                    start=_since(since), end="", source="World Factbook",
                )  # fmt: skip


def _since(match: re.Match[str]) -> str:
    day, month, year = match.groups()
    if not month:
        return year
    number = MONTHS.index(month[:3].lower()) + 1
    return f"{year}-{number:02}-{int(day):02}" if day else f"{year}-{number:02}"
