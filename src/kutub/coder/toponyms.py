"""Which of the places of one name is meant: the order of the evidence is in docs/dates-places.md; None where unsure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kutub.coder.geography import Spot, distance, heaviest

DOMINANT = 30.0  # so many times weightier than what the country named suggests, a place is meant all the same
RIVAL = 10.0  # so many times weightier, it makes the choice unsure
AHEAD = 3.0  # among places of the countries named, so many times weightier than the next
CLEAR = 5.0  # where no country is named, so many times weightier than the next
KNOWN = 200_000  # and no lighter than this
FAMOUS = 1_000_000  # a place so weighty may be meant against the countries named
NEAR = 200.0  # kilometres to another place of the article
TOWN = 5_000  # inhabitants without which a town is not meant by the name of a division
CITY_SIZE = 80.0  # kilometres within which a place may belong to a city named after it


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an article names beyond doubt: countries (ISO 3166-1 alpha-3), and places with a position."""

    countries: frozenset[str] = frozenset()
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands around a name. containers: what the text says that it lies in ("Paris, Texas")."""

    containers: tuple[Spot, ...] = ()
    sentence: frozenset[str] = frozenset()
    article: Surroundings = Surroundings()


def choose(spots: Sequence[Spot], evidence: Evidence) -> Spot | None:
    """The place meant among those of one name, or None."""
    within = inside(spots, evidence.containers)
    if within:
        return heaviest(within)
    for countries in (evidence.sentence, evidence.article.countries):
        supported = [spot for spot in spots if spot.country in countries]
        if supported:
            return _supported(supported, [spot for spot in spots if spot.country not in countries], evidence.article)
    return _famous(spots)


def inside(spots: Iterable[Spot], containers: Sequence[Spot]) -> list[Spot]:
    """Those that lie in one of the containers."""
    return [spot for spot in spots if any(_lies_in(spot, container) for container in containers)]


def prefer(spots: Sequence[Spot], *, region: bool) -> list[Spot]:
    """Without the city where a region is wanted, or else without the region around a city of the same name."""
    if region:
        return [spot for spot in spots if spot.precision == "admin1"] or list(spots)
    cities = {(spot.country, spot.division) for spot in spots if spot.precision == "city" and spot.weight >= TOWN}
    if any(spot.precision == "admin1" for spot in spots):
        spots = [spot for spot in spots if spot.precision != "city" or spot.weight >= TOWN]
    return [spot for spot in spots if spot.precision != "admin1" or (spot.country, spot.division) not in cities]


def _lies_in(spot: Spot, container: Spot) -> bool:
    if spot.country != container.country or spot.precision == "country":
        return False
    if container.precision == "country":
        return True
    if container.precision == "admin1":
        return spot.precision == "city" and spot.division == container.division
    return spot != container and distance(spot, container) < CITY_SIZE


def _supported(spots: Sequence[Spot], others: Sequence[Spot], article: Surroundings) -> Spot | None:
    best, rival = heaviest(spots), heaviest(spot for spot in others if not spot.is_weak)
    if best is not None and rival is not None and rival.weight >= RIVAL * best.weight:
        return _famous(others) if rival.weight >= max(DOMINANT * best.weight, FAMOUS) else None
    ordered = sorted(spots, key=lambda spot: -spot.weight)
    if len(ordered) == 1 or ordered[0].weight >= AHEAD * ordered[1].weight:
        return ordered[0]
    return _nearest(ordered, article)


def _nearest(spots: Sequence[Spot], article: Surroundings) -> Spot | None:
    """The one that lies near the article's other places, if no other does."""
    near = [spot for spot in spots if any(distance(spot, other) < NEAR for other in article.spots if other != spot)]
    return near[0] if len(near) == 1 else None


def _famous(spots: Sequence[Spot]) -> Spot | None:
    """The weightiest, where it is well known and no other comes near."""
    ordered = sorted(spots, key=lambda spot: -spot.weight)
    if not ordered or ordered[0].is_weak or ordered[0].weight < KNOWN:
        return None
    is_clear = len(ordered) == 1 or ordered[0].weight >= CLEAR * ordered[1].weight
    return ordered[0] if is_clear else None
