"""The actor tables: every file loads, references resolve, strong forms are unambiguous, dates are in order."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from kutub.datafiles import DATA, read_tsv

ACTORS = DATA / "actors"
LANGUAGES = ("en", "id")
STATE_COLUMNS = ("key", "code", "name", "adjective", "sectors", "source")
ORGANIZATION_COLUMNS = ("key", "name", "code", "sectors", "from", "to", "source")
PERSON_COLUMNS = ("key", "name", "country", "aliases", "source")
OFFICE_COLUMNS = ("person", "title", "sectors", "country", "from", "to", "source")
NONSTATE = {"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"}
SECTORS = set(re.findall("...", "COPGOVJUDLEGMILPRMPTYREBSPYUAFUNKAGRBUSCRMCVLEDUELIJRNLABMEDREFOPPPRERELSOC"))
KINDS = {"name", "demonym", "capital", "city", "metonym", "abbreviation", "alias"}
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
SHEET = (Path(__file__).parents[1] / "docs" / "data" / "actors.md").read_text(encoding="utf-8")


def table(name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    return [dict(row) for row in read_tsv(ACTORS / name, columns=columns)]


def words(language: str, name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    return [dict(row) for row in read_tsv(DATA / "lang" / language / name, columns=columns)]


@pytest.fixture(scope="module")
def states() -> list[dict[str, str]]:
    return table("states.tsv", STATE_COLUMNS)


@pytest.fixture(scope="module")
def organizations() -> list[dict[str, str]]:
    return table("organizations.tsv", ORGANIZATION_COLUMNS)


@pytest.fixture(scope="module")
def persons() -> list[dict[str, str]]:
    return table("persons.tsv", PERSON_COLUMNS)


@pytest.fixture(scope="module")
def offices() -> list[dict[str, str]]:
    return table("offices.tsv", OFFICE_COLUMNS)


@pytest.fixture(scope="module")
def codes(states) -> set[str]:
    return {row["code"] for row in states} | NONSTATE | {""}


def check_sectors(row: dict[str, str]) -> None:
    parts = row["sectors"].split("|") if row["sectors"] else []
    assert set(parts) <= SECTORS, row["where"]
    assert len(parts) == len(set(parts)), row["where"]


def test_states_are_unique_and_coded(states):
    assert [key for key, count in Counter(row["key"] for row in states).items() if count > 1] == []
    own = {row["key"] for row in states if row["key"] == row["code"]}
    for row in states:
        check_sectors(row)
        assert row["name"], row["where"]
        assert row["adjective"], row["where"]
        assert not row["code"] or row["code"] in own, row["where"]
        assert bool(row["code"]) == bool(row["sectors"]), row["where"]


@pytest.mark.parametrize(
    ("key", "code", "sectors"),
    [
        ("KOS", "KOS", "GOV"),
        ("PSE", "PSE", "GOV"),
        ("HKG", "HKG", "GOV"),
        ("TWN", "TWN", "GOV"),
        ("ESH", "MAR", "GOV|PRE"),
        ("abkhazia", "GEO", "GOV|PRE"),
        ("GRL", "DNK", "GOV"),
        ("west", "", ""),
    ],
)
def test_exceptions_follow_plover(states, key, code, sectors):
    row = next(row for row in states if row["key"] == key)
    assert (row["code"], row["sectors"]) == (code, sectors)


def test_organizations(organizations, codes):
    spans = defaultdict(list)
    for row in organizations:
        check_sectors(row)
        assert row["code"] in codes, row["where"]
        assert not (row["code"] == "IGO" and row["sectors"]), row["where"]
        spans[row["key"]].append((row["from"] or "0", row["to"] or "9"))
    for key, rows in spans.items():
        ordered = sorted(rows)
        assert all(before[1] < after[0] for before, after in itertools.pairwise(ordered)), key


def test_persons_are_unique(persons, codes):
    assert [key for key, count in Counter(row["key"] for row in persons).items() if count > 1] == []
    owner: dict[str, str] = {}
    for row in persons:
        assert row["country"] in codes - {""}, row["where"]
        for spelling in [row["name"], *filter(None, row["aliases"].split("|"))]:
            assert owner.setdefault(spelling, row["key"]) == row["key"], f"{row['where']}: {spelling}"


def test_offices_resolve_and_are_dated(offices, persons, codes):
    known = {row["key"] for row in persons}
    for row in offices:
        check_sectors(row)
        assert row["person"] in known, row["where"]
        assert row["title"], row["where"]
        assert row["country"] in codes - {""}, row["where"]
        assert row["source"], row["where"]
        assert not (row["country"] == "IGO" and row["sectors"]), row["where"]
        for date in filter(None, (row["from"], row["to"])):
            assert DATE.fullmatch(date), row["where"]
        shared = min(len(row["from"]), len(row["to"]))
        assert not shared or row["from"][:shared] <= row["to"][:shared], row["where"]
        if row["source"] == "editor":
            assert len(row["from"]) == 4, row["where"]
            assert len(row["to"]) in (0, 4), row["where"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_resolve(language, states, organizations, persons):
    actors = {f"state:{row['key']}" for row in states} | {f"org:{row['key']}" for row in organizations}
    actors |= {f"person:{row['key']}" for row in persons}
    named = set()
    strong: dict[tuple[str, str], str] = {}
    for row in words(language, "names.tsv", ("form", "actor", "kind")):
        assert row["actor"] in actors, row["where"]
        assert row["kind"].removesuffix("?") in KINDS, row["where"]
        assert row["form"] == row["form"].strip(), row["where"]
        named.add(row["actor"])
        if not row["kind"].endswith("?"):
            assert strong.setdefault((row["form"], row["kind"]), row["actor"]) == row["actor"], row["where"]
    unnamed = {actor for actor in actors if not actor.startswith("person:")} - named
    assert unnamed == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_strong_form_names_one_actor(language):
    actors = defaultdict(set)
    for row in words(language, "names.tsv", ("form", "actor", "kind")):
        if not row["kind"].endswith("?"):
            actors[row["form"]].add(row["actor"])
    assert {form: found for form, found in actors.items() if len(found) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_roles(language):
    forms = Counter()
    for row in words(language, "roles.tsv", ("form", "kind", "sectors", "name", "weight")):
        check_sectors(row)
        forms[row["form"]] += 1
        assert row["form"] == row["form"].lower().strip(), row["where"]
        assert row["kind"] in ("title", "group", "organ"), row["where"]
        assert set(re.findall(r"{(\w+)}", row["name"])) <= {"adjective", "state", "name"}, row["where"]
        assert not row["weight"] or 0 < float(row["weight"]) <= 1, row["where"]
    assert [form for form, count in forms.items() if count > 1] == []


@pytest.mark.parametrize(
    ("name", "country", "day", "title"),
    [
        ("Wang Yi", "CHN", "2023", "foreign minister"),
        ("Sergey Lavrov", "RUS", "2023", "foreign minister"),
        ("Kim Jong Un", "PRK", "2023", "leader"),
        ("Vladimir Putin", "RUS", "2023", "president"),
        ("Mao Ning", "CHN", "2023", "foreign ministry spokesperson"),
        ("Jake Sullivan", "USA", "2023", "national security adviser"),
        ("Rex Tillerson", "USA", "2017", "secretary of state"),
        ("Aung San Suu Kyi", "MMR", "2017", "state counsellor"),
        ("Retno Marsudi", "IDN", "2017", "foreign minister"),
        ("Sjafrie Sjamsoeddin", "IDN", "2025", "defence minister"),
        ("Mark Rutte", "NLD", "2016", "prime minister"),
        ("Mark Rutte", "IGO", "2025", "NATO secretary-general"),
        ("Alexei Navalny", "RUS", "2021", "opposition leader"),
    ],
)
def test_persons_of_the_news_held_their_office(name, country, day, title, persons, offices):
    key = next(row["key"] for row in persons if row["name"] == name)
    held = [
        row["title"]
        for row in offices
        if row["person"] == key and row["country"] == country and row["from"][:4] <= day <= (row["to"] or "9999")[:4]
    ]
    assert title in held


@pytest.mark.parametrize(
    ("language", "form", "actor"),
    [
        ("en", "Moscow", "state:RUS"),
        ("en", "U.S.", "state:USA"),
        ("en", "West", "state:west"),
        ("en", "BRICS", "org:brics"),
        ("id", "Moskow", "state:RUS"),
        ("id", "Moskwa", "state:RUS"),
        ("id", "AS", "state:USA"),
        ("id", "Barat", "state:west"),
        ("id", "Korut", "state:PRK"),
        ("id", "DK PBB", "org:un-security-council"),
        ("id", "Polri", "org:polri"),
    ],
)
def test_forms_of_the_press(language, form, actor):
    found = {row["actor"] for row in words(language, "names.tsv", ("form", "actor", "kind")) if row["form"] == form}
    assert found == {actor}


@pytest.mark.parametrize(
    ("path", "columns"),
    [
        ("actors/states.tsv", ("key",)),
        ("actors/organizations.tsv", ("key",)),
        ("actors/persons.tsv", ("key",)),
        ("actors/offices.tsv", ("person",)),
        *((f"lang/{language}/{name}", ("form",)) for language in LANGUAGES for name in ("names.tsv", "roles.tsv")),
    ],
)
def test_counts_are_at_least_those_of_the_data_sheet(path, columns):
    claimed = re.search(rf"\| `{re.escape(path)}` \| ([\d,]+) ", SHEET)
    assert claimed, path
    assert sum(1 for _ in read_tsv(DATA / path, columns=columns)) >= int(claimed.group(1).replace(",", ""))
