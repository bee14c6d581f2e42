"""The tables of places: what on Earth a name may stand for, with positions in degrees (docs/data/places.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import asin, cos, inf, radians, sin, sqrt
from pathlib import Path

from kutub.datafiles import DATA, read_tsv, short
from kutub.errors import DataError

FOLDER = DATA / "places"
CAPITAL_FACTOR = 10  # a capital weighs as much as a city with so many times its inhabitants
FEATURE_WEIGHT = 5_000_000  # features are chosen by hand, so each is well known
_CITY_COLUMNS = ("geonameid", "name", "names", "country", "admin1", "latitude", "longitude", "population", "capital")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place. country: ISO 3166-1 alpha-3 (KOS: Kosovo), "" where it lies in no state or several.

    admin1: the name of its first-order division, `division` GeoNames' code of it. precision: country, admin1, city or
    feature.
    weight: importance, as inhabitants. is_weak: the name asked for is also an ordinary word or a person's name.
    """

    name: str
    country: str
    precision: str
    latitude: float | None
    longitude: float | None
    weight: float
    admin1: str | None = None
    division: str = ""
    geonameid: int | None = None
    is_weak: bool = False


@dataclass(frozen=True, slots=True)
class Capital:
    """The position of a country's capital, in degrees, and GeoNames' number of the country."""

    latitude: float
    longitude: float
    geonameid: int


class Geography:
    """Places by the names that print gives them; rows of the large table are read when asked for."""

    def __init__(
        self,
        cities: Sequence[str] = (),
        others: Mapping[str, Sequence[Spot]] | None = None,
        capitals: Mapping[str, Capital] | None = None,
        divisions: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        """cities: rows of `cities.tsv`, cells in that order; others: divisions and features by form."""
        self._cities = cities
        self._others = others or {}
        self._capitals = capitals or {}
        self._divisions = divisions or {}
        self._rows: dict[str, int | tuple[int, ...]] = {}
        for number, row in enumerate(cities):
            for name in row.split("\t", 3)[2].replace("?", "").split("|"):
                before = self._rows.get(name)
                if before is None:
                    self._rows[name] = number
                else:
                    self._rows[name] = (*((before,) if isinstance(before, int) else before), number)

    def __contains__(self, form: str) -> bool:
        return form in self._rows or form in self._others

    def named(self, form: str) -> tuple[Spot, ...]:
        """All places of this name, the weightiest first."""
        if form not in self:
            return ()
        found = self._rows.get(form, ())
        numbers = (found,) if isinstance(found, int) else found
        spots = [*self._others.get(form, ()), *(self._city(number, form) for number in numbers)]
        return tuple(sorted(spots, key=lambda spot: (-spot.weight, spot.geonameid or 0)))

    def capital(self, country: str) -> Capital | None:
        """Where the capital of a country lies; None for what has none."""
        return self._capitals.get(country)

    def _city(self, number: int, form: str) -> Spot:
        cells = dict(zip(_CITY_COLUMNS, self._cities[number].split("\t"), strict=True))
        return Spot(
            name=cells["name"],
            country=cells["country"],
            precision="city",
            latitude=float(cells["latitude"]),
            longitude=float(cells["longitude"]),
            weight=int(cells["population"]) * (CAPITAL_FACTOR if cells["capital"] else 1),
            admin1=self._divisions.get((cells["country"], cells["admin1"])),
            division=cells["admin1"],
            geonameid=int(cells["geonameid"]),
            is_weak=f"{form}?" in cells["names"].split("|"),
        )


@cache
def load_geography(folder: Path = FOLDER) -> Geography:
    """The packaged tables, or those of a folder. Raises DataError where one is missing or broken."""
    others: dict[str, list[Spot]] = {}
    divisions: dict[tuple[str, str], str] = {}
    columns = ("country", "code", "name", "names", "latitude", "longitude", "population")
    for row in read_tsv(folder / "admin1.tsv", columns=columns):
        divisions[row["country"], row["code"]] = row["name"]
        spot = Spot(
            name=row["name"],
            country=row["country"],
            precision="admin1",
            latitude=_degrees(row, "latitude"),
            longitude=_degrees(row, "longitude"),
            weight=_number(row, "population"),
            admin1=row["name"],
            division=row["code"],
        )
        _add(others, row["names"], spot)
    for row in read_tsv(folder / "features.tsv", columns=("name", "names", "country", "latitude", "longitude")):
        spot = Spot(
            name=row["name"],
            country=row["country"],
            precision="feature",
            latitude=_degrees(row, "latitude"),
            longitude=_degrees(row, "longitude"),
            weight=FEATURE_WEIGHT,
        )
        _add(others, row["names"], spot)
    capitals = {
        row["country"]: Capital(_degrees(row, "latitude"), _degrees(row, "longitude"), int(_number(row, "geonameid")))
        for row in read_tsv(folder / "countries.tsv", columns=("country", "geonameid", "latitude", "longitude"))
    }
    return Geography(_read_cities(folder / "cities.tsv"), others, capitals, divisions)


def _read_cities(path: Path) -> list[str]:
    """The rows of `cities.tsv`, unparsed: there are many and few are needed. Raises DataError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read: {error}", where=short(path)) from error
    rows = [line for line in lines if line and not line.startswith("#")]
    if not rows or tuple(rows[0].split("\t")) != _CITY_COLUMNS:
        raise DataError(
            "has other columns than expected", where=short(path), hint=f"columns: {', '.join(_CITY_COLUMNS)}"
        )
    tabs = len(_CITY_COLUMNS) - 1
    wrong = next((number for number, line in enumerate(lines, 1) if line[:1].isdigit() and line.count("\t") != tabs), 0)
    if wrong:
        raise DataError(
            f"has not {tabs + 1} cells",
            where=f"{short(path)}:{wrong}",
            hint="make the table anew: tools/places/build.py",
        )
    return rows[1:]


def _add(others: dict[str, list[Spot]], names: str, spot: Spot) -> None:
    for name in names.split("|"):
        form = name.removesuffix("?")
        others.setdefault(form, []).append(spot if form == name else replace(spot, is_weak=True))


def _degrees(row: Mapping[str, str], column: str) -> float:
    value = _number(row, column)
    if abs(value) > 180:
        raise DataError(f"{column} {value} is no degree", where=row["where"], hint="between -180 and 180")
    return value


def _number(row: Mapping[str, str], column: str) -> float:
    try:
        return float(row[column])
    except ValueError as error:
        raise DataError(f"{column} {row[column]!r} is no number", where=row["where"], hint="mend the cell") from error


def distance(first: Spot, second: Spot) -> float:
    """Roughly the kilometres between two places, on a sphere; infinite where a position is not known."""
    if first.latitude is None or second.latitude is None or first.longitude is None or second.longitude is None:
        return inf
    north, south = radians(first.latitude), radians(second.latitude)
    east = radians(second.longitude - first.longitude)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 12742 * asin(sqrt(half))


def heaviest(spots: Iterable[Spot]) -> Spot | None:
    """The weightiest of several; None of none."""
    return max(spots, key=lambda spot: spot.weight, default=None)
