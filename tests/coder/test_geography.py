"""The tables of places: names, positions, and which of several places of one name is meant."""

from __future__ import annotations

import pytest

from kutub.coder.geography import FOLDER, Spot, load_geography
from kutub.coder.toponyms import Evidence, Surroundings, choose
from kutub.errors import DataError

GEOGRAPHY = load_geography()


def spot(name: str, country: str, weight: float, *, at: tuple[float, float] = (1, 1), weak: bool = False) -> Spot:
    return Spot(
        name=name, country=country, precision="city", latitude=at[0], longitude=at[1], weight=weight, is_weak=weak
    )


@pytest.mark.parametrize(
    ("form", "country", "name", "precision"),
    [
        ("Damaskus", "SYR", "Damascus", "city"),
        ("Wina", "AUT", "Vienna", "city"),
        ("Den Haag", "NLD", "The Hague", "city"),
        ("Jawa Timur", "IDN", "East Java", "admin1"),
        ("Texas", "USA", "Texas", "admin1"),
        ("Laut China Selatan", "", "South China Sea", "feature"),
    ],
)
def test_names_in_print_are_known(form, country, name, precision):
    found = GEOGRAPHY.named(form)[0]
    assert (found.country, found.name, found.precision) == (country, name, precision)


def test_both_cities_of_a_name_are_there_with_their_divisions():
    found = {place.geonameid: place.admin1 for place in GEOGRAPHY.named("Paris")}
    assert found[2988507] is not None
    assert found[4717560] == "Texas"


def test_an_ordinary_word_is_weak_but_a_large_city_is_not():
    assert GEOGRAPHY.named("Batu")[0].is_weak
    assert not GEOGRAPHY.named("Surabaya")[0].is_weak


def test_no_place_lies_at_zero_zero():
    for table in ("cities", "admin1", "countries", "features"):
        rows = [line.split("\t") for line in (FOLDER / f"{table}.tsv").read_text(encoding="utf-8").splitlines()[1:]]
        latitude, longitude = rows[0].index("latitude"), rows[0].index("longitude")
        for row in rows[1:]:
            assert abs(float(row[latitude])) <= 90
            assert (float(row[latitude]), float(row[longitude])) != (0, 0)


BIG, SMALL = spot("X", "AAA", 900_000), spot("X", "BBB", 300_000, at=(50, 50))
TINY = spot("X", "CCC", 20_000)


@pytest.mark.parametrize(
    ("spots", "evidence", "expected"),
    [
        pytest.param([BIG, SMALL], Evidence(), None, id="two of a size"),
        pytest.param([BIG, TINY], Evidence(), BIG, id="one far larger"),
        pytest.param([TINY], Evidence(), None, id="small and nothing else"),
        pytest.param([BIG, SMALL], Evidence(sentence=frozenset({"BBB"})), SMALL, id="state in the sentence"),
        pytest.param(
            [BIG, SMALL], Evidence(article=Surroundings(frozenset({"BBB"}))), SMALL, id="state in the article"
        ),
        pytest.param([BIG, TINY], Evidence(sentence=frozenset({"CCC"})), None, id="state against importance"),
    ],
)
def test_choice(spots, evidence, expected):
    assert choose(spots, evidence) == expected


def test_a_broken_table_is_named(tmp_path):
    for name in ("admin1", "features", "countries", "cities"):
        (tmp_path / f"{name}.tsv").write_bytes((FOLDER / f"{name}.tsv").read_bytes())
    text = (tmp_path / "cities.tsv").read_text(encoding="utf-8")
    (tmp_path / "cities.tsv").write_text(text.replace("Lavasan\tLav", "LavasanLav", 1), encoding="utf-8")
    with pytest.raises(DataError, match=r"cities\.tsv:4"):
        load_geography(tmp_path)
