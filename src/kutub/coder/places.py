"""Where an event happened: read off the phrases of its predicate; None rather than a guess (docs/dates-places.md)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache

from kutub.coder.geography import Geography, load_geography
from kutub.coder.place_names import Found, NamedPlace, PlaceNames, PlaceWords
from kutub.coder.place_reader import PlaceReader
from kutub.datafiles import DATA, read_tsv, short
from kutub.errors import DataError
from kutub.language import Language
from kutub.records import Place, Sentence
from kutub.text.tree import Tree

_VISIT = "visit"  # the codebook's mode whose place is the goal of the journey
_ASSAULT = "ASSAULT"  # happens where its target is
_MOVES_TO = "MOBILIZE"  # happens where forces are moved to
_MOVES_FROM = "RETREAT"  # happens where forces leave
_CONTROL = "COERCE"  # happens where what is besieged or blocked is
_PARTS = frozenset(("city",))  # kinds of names that are part of a state
_DEPTH = 2  # phrases within what something is done to
_MEETING = "CONSULT"  # happens where those who are met are said to be


class Gazetteer:
    """The names of places of one language, and how to find the one where an event happened."""

    def __init__(
        self,
        places: Iterable[NamedPlace],
        words: PlaceWords,
        geography: Geography | None = None,
        home: str | None = None,
    ) -> None:
        """home: the state that an article which names none is about."""
        self._words = words
        forms: dict[str, tuple[NamedPlace, ...]] = {}
        for place in places:
            forms[place.form] = (*forms.get(place.form, ()), place)
        self._names = PlaceNames(forms, geography or Geography(), home)

    @classmethod
    def load(cls, language: Language) -> Gazetteer:
        """From the language's `names.tsv`, `places.yaml` and light verbs, `actors/states.tsv` and the tables of
        `data/places`. Raises DataError."""
        doubtful = frozenset(language.data("places").get("doubtful", ()))
        home = language.settings.get("home_state")
        return cls(_read_names(language, doubtful), load_words(language), load_geography(), home)

    def find_place(
        self,
        sentence: Sentence,
        predicate: int,
        *,
        mode: str | None = None,
        event_type: str | None = None,
        context: Collection[str] = (),
        text: str = "",
        through_object: bool = False,
    ) -> Place | None:
        """The place of the event whose trigger is the token `predicate`, or None.

        mode: for `visit` the destination is the place. event_type: one of the codebook; for some the place is also
        what the event is aimed at, comes to or leaves. context: codes of states that the article is about, and text:
        the article's, which support names of several places. through_object: the place of what the event is done to
        counts too ("shelled a hospital in Gaza"), as it does for physical acts, not for words ("condemned the attack
        in Gaza").
        """
        tree = Tree(sentence)
        reader = PlaceReader(tree, self._names, self._words, frozenset(context), text)
        scopes = list(self._scopes(tree, predicate))
        found = self._goal(reader, tree, scopes, self._words.destination) if mode == _VISIT else None
        for scope in scopes:
            found = found or self._first(reader, self._phrases(tree, scope, predicate))
        found = found or self._by_type(reader, tree, scopes, event_type)
        below: list[int] = []
        if through_object:
            below = [child for scope in scopes for child in self._patients(tree, scope)]
        elif event_type == _MEETING:
            below = [child for scope in scopes for child in self._persons(tree, scope)]
        found = found or self._first(
            reader, [phrase for head in below for phrase in self._phrases(tree, head, predicate)]
        )
        return found.as_place() if found else None

    def _by_type(self, reader: PlaceReader, tree: Tree, scopes: list[int], event_type: str | None) -> Found | None:
        """The place that an event of this type is aimed at, comes to or leaves."""
        if event_type == _MOVES_TO:
            return self._goal(reader, tree, scopes, self._words.destination, objects=False)
        if event_type == _MOVES_FROM:
            return self._goal(reader, tree, scopes, self._words.origin, objects=False)
        if event_type == _ASSAULT and not self._opposes(tree, scopes[0]):
            return self._goal(reader, tree, scopes, self._words.target)
        if event_type == _CONTROL:
            return self._goal(reader, tree, scopes, self._words.target, objects=False, kinds=_PARTS)
        return None

    def _opposes(self, tree: Tree, predicate: int) -> bool:
        """Whether what the predicate is done to is an opponent, wherever they meet."""
        token = tree.token(predicate)
        return bool({token.lemma.lower(), token.text.lower()} & self._words.opposing)

    def _scopes(self, tree: Tree, predicate: int) -> Iterator[int]:
        """The predicate, verbs that say no more than that it happens, and the noun that it belongs to."""
        yield predicate
        for child in tree.children(predicate, "acl"):
            if {tree.token(child).lemma.lower(), tree.token(child).text.lower()} & self._words.occurring:
                yield child
        token = tree.token(predicate)
        if token.head < 0:
            return
        head = tree.token(token.head)
        if token.deprel in ("nmod", "compound") and token.upos == head.upos == "NOUN" and not tree.marker(predicate):
            yield head.index
        words = {head.lemma.lower(), head.text.lower()}
        is_subject = token.deprel in ("nsubj", "nsubj:pass") and bool(words & self._words.occurring)
        if is_subject or (token.deprel in ("obj", "nsubj:pass") and words & self._words.light_verbs):
            yield head.index

    @staticmethod
    def _goal(
        reader: PlaceReader,
        tree: Tree,
        scopes: list[int],
        markers: frozenset[str],
        *,
        objects: bool = True,
        kinds: frozenset[str] = frozenset(),
    ) -> Found | None:
        """A place in a phrase with these prepositions, also behind the object; the object itself if it names one."""
        for scope in scopes:
            things = tree.children(scope, "obj", "nsubj:pass")
            heads = [*tree.children(scope, "obl", "nmod"), *(n for t in things for n in tree.children(t, "nmod"))]
            goals = [head for head in heads if (own := reader.markers(head)) and own <= markers]
            for goal in [*goals, *(things if objects else ())]:
                found = reader.read(goal, frozenset())
                if found is not None and found.fits(kinds):
                    return found
        return None

    def _phrases(self, tree: Tree, head: int, predicate: int) -> list[int]:
        """Phrases below a head, the nearest to the predicate first; a conjunct shares those in front of its head."""
        found = tree.children(head, "obl", "nmod")
        if tree.token(head).deprel == "conj" and tree.token(head).upos == "VERB":
            first = tree.token(head).head
            found = [*found, *(child for child in tree.children(first, "obl") if child < first)]
        return sorted(found, key=lambda child: abs(child - predicate))

    def _patients(self, tree: Tree, head: int) -> list[int]:
        """What something is done to, and what that is part of or made of."""
        found = tree.children(head, "obj", "nsubj:pass")
        found += [child for child in tree.children(head, "obl", "nmod") if tree.marker(child) in self._words.companion]
        if tree.token(head).upos == "NOUN":
            found += tree.children(head, "nmod")
        for _ in range(_DEPTH):
            found += [n for child in found for n in tree.children(child, "nmod", "conj") if n not in found]
        return found

    @staticmethod
    def _persons(tree: Tree, head: int) -> list[int]:
        """The names within the objects and phrases of a predicate."""
        found = [name for child in tree.children(head, "obj", "obl") for name in tree.subtree(child, clauses=False)]
        return sorted(name for name in found if tree.token(name).upos == "PROPN")

    @staticmethod
    def _first(reader: PlaceReader, phrases: list[int]) -> Found | None:
        for phrase in phrases:
            kinds = reader.locative(phrase)
            found = reader.read(phrase, kinds) if kinds is not None else None
            if found is not None:
                return found
        return None


def load_words(language: Language) -> PlaceWords:
    """The language's `places.yaml`, and the light verbs of its `grammar.yaml`."""
    raw = language.data("places")
    locative = {
        marker: frozenset() if kinds == "any" else frozenset(kinds) for marker, kinds in raw["locative"].items()
    }
    names = [item.name for item in fields(PlaceWords) if item.name not in ("locative", "light_verbs")]
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
