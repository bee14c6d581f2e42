"""The names of places in running text: where one begins and ends, what it may stand for, what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kutub.coder.geography import CAPITAL_FACTOR, Geography, Spot, heaviest
from kutub.coder.toponyms import FAMOUS, RIVAL, Evidence, Surroundings, choose, inside, prefer
from kutub.records import Place
from kutub.text.tree import Tree

LONGEST = 7  # words in a name
_LONGEST_IN_TEXT = 4
_DEMONYM = "demonym"
_SMALLER = frozenset(("capital", "city", "metonym"))  # kinds of names.tsv that are no country
_CAPITALISED = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: (?:[a-z]{1,3} )?[^\W\d_a-z][\w.'’-]*)*")
_COUNTRY_WEIGHT = 50_000_000.0
NAMESAKE = 100_000.0  # inhabitants of a city that may be meant instead of one that names.tsv knows
_OPENING = frozenset(",(")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """One reading of a form of `names.tsv`: `country` ISO 3166-1 alpha-3, `state` its English name.

    A region of no state has the country ""; it is never a place, but keeps its words from being read as another name.
    """

    form: str
    country: str
    state: str
    kind: str
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWords:
    """The content of `places.yaml`, words in lower case. `locative`: marker to the kinds it takes, empty for any."""

    locative: Mapping[str, frozenset[str]] = field(default_factory=dict)
    destination: frozenset[str] = frozenset()
    origin: frozenset[str] = frozenset()
    target: frozenset[str] = frozenset()
    companion: frozenset[str] = frozenset()
    part_markers: frozenset[str] = frozenset()
    possessive: frozenset[str] = frozenset()
    place_nouns: frozenset[str] = frozenset()
    region_nouns: frozenset[str] = frozenset()
    directions: frozenset[str] = frozenset()
    occurring: frozenset[str] = frozenset()
    opposing: frozenset[str] = frozenset()
    light_verbs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """A place and the words it was read from."""

    spot: Spot
    text: str

    def fits(self, kinds: frozenset[str]) -> bool:
        """Is it of one of these kinds of names (empty: of any)?"""
        own = {"city": {"capital", "city"}, "admin1": {"city"}, "feature": {"metonym", "city"}}
        return not kinds or bool(kinds & own.get(self.spot.precision, set()))

    def as_place(self) -> Place:
        """The record of an event."""
        spot = self.spot
        return Place(
            text=self.text,
            name=spot.name,
            country=spot.country or None,
            admin1=spot.admin1,
            latitude=spot.latitude,
            longitude=spot.longitude,
            geonameid=spot.geonameid,
            precision=spot.precision,
        )


class PlaceNames:
    """All names of places that a language's text may hold."""

    def __init__(self, forms: Mapping[str, tuple[NamedPlace, ...]], geography: Geography, home: str | None) -> None:
        self._forms = forms
        self._geography = geography
        self._home = home
        self._named_in = lru_cache(maxsize=4)(self._read_names)

    def __contains__(self, form: str) -> bool:
        return form in self._forms or form in self._geography

    def is_known_state(self, form: str) -> bool:
        """Does `names.tsv` have the form?"""
        return form in self._forms

    def adjective(self, form: str) -> Spot | None:
        """The country of an adjective or name, beyond doubt."""
        readings = self._forms.get(form, ())
        countries = {reading.country for reading in readings if not reading.is_doubtful}
        return self._country(readings[0]) if len(countries) == 1 and "" not in countries else None

    def resolve(
        self, tree: Tree, first: int, last: int, *, words: PlaceWords, context: frozenset[str], text: str
    ) -> Spot | None:
        """The place meant by the name from token `first` to `last`, None where unsure or where it is no place."""
        form = span_text(tree, first, last)
        readings = [reading for reading in self._forms.get(form, ()) if reading.kind != _DEMONYM]
        spots = prefer(self._geography.named(form), region=_names_region(tree, first, last, words))
        containers = tuple(self._containers(tree, first, last, words))
        certain = {reading.country for reading in readings if not reading.is_doubtful}
        if len(certain) == 1 and len({reading.country for reading in readings}) == 1:
            within = [] if certain == {""} else inside(spots, containers)
            known = next(reading for reading in readings if not reading.is_doubtful)
            return heaviest(within) or self._namesake(tree, known, first, last, spots, context, text)
        doubtful = [found for reading in readings if (found := self._curated(reading, spots)) is not None]
        if doubtful:
            spots = [*doubtful, *(spot for spot in spots if all(not _same(spot, other) for other in doubtful))]
            spots = [replace(spot, is_weak=True) for spot in spots]
        evidence = Evidence(containers)
        if spots and not inside(spots, containers):
            evidence = self._evidence(tree, form, first, last, containers, context, text)
        return choose(spots, evidence)

    def _evidence(
        self,
        tree: Tree,
        form: str,
        first: int,
        last: int,
        containers: tuple[Spot, ...],
        context: frozenset[str],
        text: str,
    ) -> Evidence:
        article = self._surroundings(text, form)
        far = (context | article.countries) or frozenset(filter(None, (self._home,)))
        near = frozenset(self._countries(tree, form, first, last))
        return Evidence(containers, near, Surroundings(frozenset(far), article.spots))

    def _namesake(
        self,
        tree: Tree,
        known: NamedPlace,
        first: int,
        last: int,
        spots: list[Spot],
        context: frozenset[str],
        text: str,
    ) -> Spot | None:
        """The place of a reading of `names.tsv`, unless the text is about the state of a city like it of that name."""
        own = self._curated(known, spots)
        if own is None or own.precision != "city":
            return own
        size = own.weight / (CAPITAL_FACTOR if known.kind == "capital" else 1)
        others = [spot for spot in spots if spot.country != own.country and spot.weight >= max(NAMESAKE, size / RIVAL)]
        if not others:
            return own
        evidence = self._evidence(tree, known.form, first, last, (), context, text)
        named = evidence.sentence | evidence.article.countries
        rivals = [spot for spot in others if spot.country in named]
        return rivals[0] if len(rivals) == 1 and own.country not in named else own

    def _curated(self, reading: NamedPlace, spots: list[Spot]) -> Spot | None:
        """The place of a reading of `names.tsv`, with the position that the tables have of it."""
        if reading.kind not in _SMALLER:
            return self._country(reading) if reading.country else _only_feature(spots)
        own = [spot for spot in spots if spot.country == reading.country]
        features = [spot for spot in spots if spot.precision == "feature"]
        best = heaviest(features if features and reading.kind == "metonym" else own or features)
        if best is not None:
            return replace(best, country=reading.country)
        precision = "feature" if reading.kind == "metonym" else "city"
        return Spot(
            name=reading.form, country=reading.country, precision=precision, latitude=None, longitude=None, weight=0
        )

    def _country(self, reading: NamedPlace) -> Spot:
        capital = self._geography.capital(reading.country)
        return Spot(
            name=reading.state,
            country=reading.country,
            precision="country",
            latitude=capital.latitude if capital else None,
            longitude=capital.longitude if capital else None,
            weight=_COUNTRY_WEIGHT,
            geonameid=capital.geonameid if capital else None,
        )

    def _containers(self, tree: Tree, first: int, last: int, words: PlaceWords) -> Iterator[Spot]:
        """What stands after the name as the larger place around it, or possesses it."""
        start = last + 1
        size = len(tree.tokens)
        if start < size and (tree.token(start).text in _OPENING or tree.token(start).text.lower() in words.locative):
            start += 1
        if start < size and tree.token(start).text.lower() in words.region_nouns:
            start += 1
        for end in range(min(size, start + _LONGEST_IN_TEXT) - 1, start - 1, -1):
            form = span_text(tree, start, end)
            if form in self and _ends_there(tree, end):
                yield from self._any(form)
                return
        if first > 1 and tree.token(first - 1).text.lower() in words.possessive:
            yield from self._any(tree.token(first - 2).text)

    def _any(self, form: str) -> Iterator[Spot]:
        """Everything that a form may stand for, as a container."""
        for reading in self._forms.get(form, ()):
            if reading.country and reading.kind not in _SMALLER:
                yield self._country(reading)
        yield from (spot for spot in self._geography.named(form) if spot.precision == "admin1" or not spot.is_weak)

    def _countries(self, tree: Tree, form: str, first: int, last: int) -> set[str]:
        """Countries named elsewhere in the sentence, beyond doubt and by another form."""
        found: set[str] = set()
        size = len(tree.tokens)
        for start in range(size):
            if not tree.token(start).text[:1].isupper():
                continue
            for end in range(start, min(size, start + LONGEST)):
                if start <= last and first <= end:
                    break
                named = span_text(tree, start, end)
                if named != form and named in self._forms:
                    found |= {reading.country for reading in self._forms[named] if not reading.is_doubtful}
        return found - {""}

    def _surroundings(self, text: str, asked: str) -> Surroundings:
        """What the article names beyond doubt besides the form asked for: countries, divisions and cities."""
        others = [found for form, found in self._named_in(text).items() if form != asked]
        countries = frozenset(country for country, _ in others)
        return Surroundings(countries - {""}, tuple(spot for _, spot in others if spot is not None))

    def _read_names(self, text: str) -> Mapping[str, tuple[str, Spot | None]]:
        """The forms of a text that name something beyond doubt: its country, and where it lies if that is known."""
        found: dict[str, tuple[str, Spot | None]] = {}
        for form in dict.fromkeys(part for match in _CAPITALISED.finditer(text) for part in _parts(match.group())):
            readings = self._forms.get(form, ())
            named = {reading.country for reading in readings if not reading.is_doubtful}
            spots = self._geography.named(form)
            if len(named) == 1:
                country = next(iter(named))
                found[form] = country, next((spot for spot in spots if spot.country == country), None)
            elif not readings and spots and not spots[0].is_weak and spots[0].weight >= FAMOUS:
                rivals = {spot.country for spot in spots if spot.weight * RIVAL > spots[0].weight}
                found |= {form: (spots[0].country, spots[0])} if len(rivals) == 1 else {}
        return found


def span_text(tree: Tree, first: int, last: int) -> str:
    """The text from one token to another, spaces made one."""
    sentence, tokens = tree.sentence, tree.tokens
    return " ".join(sentence.text[tokens[first].start - sentence.start : tokens[last].end - sentence.start].split())


def _names_region(tree: Tree, first: int, last: int, words: PlaceWords) -> bool:
    """Does a noun such as "province" stand before or after the name?"""
    before = first - 1
    while before >= 0 and tree.token(before).text.lower() in words.part_markers:
        before -= 1
    around = [index for index in (before, last + 1) if 0 <= index < len(tree.tokens)]
    return any({tree.token(i).text.lower(), tree.token(i).lemma.lower()} & words.region_nouns for i in around)


def _ends_there(tree: Tree, end: int) -> bool:
    """Is a name that ends here whole, and no adjective or subject of what follows?"""
    after = end + 1
    return after >= len(tree.tokens) or tree.token(after).upos in ("PUNCT", "ADP", "CCONJ", "SCONJ", "ADV", "NUM")


def _same(first: Spot, second: Spot) -> bool:
    return (first.geonameid, first.name, first.precision) == (second.geonameid, second.name, second.precision)


def _only_feature(spots: list[Spot]) -> Spot | None:
    return next((spot for spot in spots if spot.precision == "feature"), None)


def _parts(name: str) -> Iterator[str]:
    words = name.split(" ")
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + _LONGEST_IN_TEXT) + 1):
            yield " ".join(words[start:end]).rstrip(".'’")
