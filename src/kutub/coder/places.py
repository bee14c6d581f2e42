"""Where an event happened, by country: read off the locative phrases of its predicate; None rather than a guess."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

from kutub.coder.place_reader import NamedPlace, PlaceReader, PlaceWords
from kutub.datafiles import DATA, read_tsv, short
from kutub.errors import DataError
from kutub.language import Language
from kutub.records import Place, Sentence
from kutub.text.tree import Tree

_VISIT = "visit"  # the codebook's mode whose place is the goal of the journey


class Gazetteer:
    """The names of places of one language, and how to find the one where an event happened."""

    def __init__(self, places: Iterable[NamedPlace], words: PlaceWords) -> None:
        self._words = words
        self._forms: dict[str, tuple[NamedPlace, ...]] = {}
        for place in places:
            self._forms[place.form] = (*self._forms.get(place.form, ()), place)

    @classmethod
    def load(cls, language: Language) -> Gazetteer:
        """From the language's `names.tsv`, `places.yaml`, light verbs, and `actors/states.tsv`. Raises DataError."""
        doubtful = frozenset(language.data("places").get("doubtful", ()))
        return cls(_read_names(language, doubtful), load_words(language))

    def find_place(
        self,
        sentence: Sentence,
        predicate: int,
        *,
        mode: str | None = None,
        context: Collection[str] = (),
        through_object: bool = False,
    ) -> Place | None:
        """The place of the event whose trigger is the token `predicate`, or None.

        mode: for `visit` the destination is the place. context: codes of states that the article is about, which
        support names of several places. through_object: the place of what the event is done to counts too ("shelled a
        hospital in Gaza"), as it does for physical acts, not for words ("condemned the attack in Gaza").
        """
        tree = Tree(sentence)
        reader = PlaceReader(tree, self._forms, self._words, frozenset(context))
        scopes = list(self._scopes(tree, predicate))
        if mode == _VISIT:
            found = self._destination(reader, tree, scopes)
            if found is not None:
                return found
        for scope in scopes:
            phrases = self._phrases(tree, scope, predicate)
            found = self._first(reader, phrases)
            if found is not None:
                return found
        below = [child for scope in scopes for child in self._patients(tree, scope)] if through_object else []
        return self._first(reader, [phrase for head in below for phrase in self._phrases(tree, head, predicate)])

    def _scopes(self, tree: Tree, predicate: int) -> Iterator[int]:
        """The predicate, and the light verb whose object it is."""
        yield predicate
        token = tree.token(predicate)
        if token.head < 0:
            return
        head = tree.token(token.head)
        if token.deprel in ("obj", "nsubj:pass") and {head.lemma.lower(), head.text.lower()} & self._words.light_verbs:
            yield head.index

    def _destination(self, reader: PlaceReader, tree: Tree, scopes: list[int]) -> Place | None:
        """The goal of a journey; its direct object when that is a name of a place."""
        for scope in scopes:
            goals = [
                child
                for child in tree.children(scope, "obl", "nmod")
                if (markers := reader.markers(child)) and markers <= self._words.destination
            ]
            for goal in [*goals, *tree.children(scope, "obj")]:
                found = reader.read(goal, frozenset())
                if found is not None:
                    return found.reading.as_place(found.text)
        return None

    def _phrases(self, tree: Tree, head: int, predicate: int) -> list[int]:
        """Phrases below a head, the nearest to the predicate first; a conjunct shares those in front of its head."""
        found = tree.children(head, "obl", "nmod")
        if tree.token(head).deprel == "conj" and tree.token(head).upos == "VERB":
            first = tree.token(head).head
            found = [*found, *(child for child in tree.children(first, "obl") if child < first)]
        return sorted(found, key=lambda child: abs(child - predicate))

    @staticmethod
    def _patients(tree: Tree, head: int) -> list[int]:
        found = tree.children(head, "obj", "nsubj:pass")
        return [*found, *tree.children(head, "nmod")] if tree.token(head).upos == "NOUN" else found

    @staticmethod
    def _first(reader: PlaceReader, phrases: list[int]) -> Place | None:
        for phrase in phrases:
            kinds = reader.locative(phrase)
            found = reader.read(phrase, kinds) if kinds is not None else None
            if found is not None:
                return found.reading.as_place(found.text)
        return None


def load_words(language: Language) -> PlaceWords:
    """The language's `places.yaml`, and the light verbs of its `grammar.yaml`."""
    raw = language.data("places")
    locative = {
        marker: frozenset() if kinds == "any" else frozenset(kinds) for marker, kinds in raw["locative"].items()
    }
    names = ("destination", "part_markers", "possessive", "place_nouns", "directions")
    lists = {name: frozenset(raw.get(name, ())) for name in names}
    light = frozenset(language.data("grammar").get("light_verbs", ()))
    return PlaceWords(locative=locative, light_verbs=light, **lists)


@cache
def _states() -> Mapping[str, tuple[str, str]]:
    """Country code ("" for regions of no state) and English name by the key of `actors/states.tsv`."""
    found = {}
    for row in read_tsv(DATA / "actors" / "states.tsv", columns=("key", "code", "name")):
        key = row["key"]
        country = key if len(key) == 3 and key.isupper() else row["code"]
        found[key] = (country, row["name"])
    return found


def _read_names(language: Language, doubtful: frozenset[str]) -> list[NamedPlace]:
    path = language.path / "names.tsv"
    places = []
    for row in read_tsv(path, columns=("form", "actor", "kind")):
        group, _, key = row["actor"].partition(":")
        if not key:
            raise DataError(f"actor {row['actor']!r} lacks its group", where=row["where"], hint=f"see {short(path)}")
        if group == "state" and key in _states():  # regions too: "South America" must not be read as America
            country, state = _states()[key]
            kind = row["kind"].rstrip("?")
            is_doubtful = row["kind"].endswith("?") or row["form"] in doubtful
            places.append(
                NamedPlace(form=row["form"], country=country, state=state, kind=kind, is_doubtful=is_doubtful)
            )
    return places
