"""Reads the names of places in a sentence's phrases; doubtful names and parts of longer names are passed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kutub.records import Place
from kutub.text.tree import Tree

_LONGEST = 7  # words in a name
_DEEPEST = 4  # phrases within phrases
_PRECISIONS = {"capital": "city", "city": "city", "metonym": "feature"}
_DEMONYM = "demonym"


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

    def as_place(self, text: str) -> Place:
        """The place; cities keep the name by which the text calls them."""
        precision = _PRECISIONS.get(self.kind, "country")
        name = self.state if precision == "country" else self.form
        return Place(text=text, name=name, country=self.country, precision=precision)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWords:
    """The content of `places.yaml`, words in lower case. `locative`: marker to the kinds it takes, empty for any."""

    locative: Mapping[str, frozenset[str]] = field(default_factory=dict)
    destination: frozenset[str] = frozenset()
    part_markers: frozenset[str] = frozenset()
    possessive: frozenset[str] = frozenset()
    place_nouns: frozenset[str] = frozenset()
    directions: frozenset[str] = frozenset()
    light_verbs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """A reading and the words it was read from."""

    reading: NamedPlace
    text: str


class PlaceReader:
    """Reads the names of places in the phrases of one sentence."""

    def __init__(
        self, tree: Tree, forms: Mapping[str, tuple[NamedPlace, ...]], words: PlaceWords, context: frozenset[str]
    ) -> None:
        self._tree = tree
        self._forms = forms
        self._words = words
        self._context = context

    def markers(self, head: int) -> set[str]:
        """The prepositions of a phrase in lower case, each word for itself."""
        cases = self._tree.children(head, "case")
        cases += [word for case in cases for word in self._tree.children(case, "fixed")]
        return {self._tree.token(case).text.lower() for case in cases}

    def locative(self, head: int) -> frozenset[str] | None:
        """The kinds of names that the phrase's prepositions take (empty: any); None if it is not locative."""
        markers = self.markers(head)
        inner = {self._lower(child) for child in self._tree.children(head, "nmod:lmod")}
        if not markers or not markers <= self._words.locative.keys() or not inner <= self._words.place_nouns:
            return None
        return min((self._words.locative[marker] for marker in sorted(markers)), key=lambda kinds: -len(kinds))

    def read(self, head: int, kinds: frozenset[str], depth: int = 0) -> Found | None:
        """The place a phrase names: one in a phrase within it, its head, or a name beside a head such as "city"."""
        if depth > _DEEPEST:
            return None
        for child in self._tree.children(head, "nmod", "obl"):
            inner = self.locative(child)
            found = self.read(child, inner, depth + 1) if inner is not None else None
            if found is not None:
                return found
        found = self._name(head)
        if found is not None:
            return found if not kinds or found.reading.kind in kinds else None
        return self._beside(head, depth)

    def _beside(self, head: int, depth: int) -> Found | None:
        """A name that stands beside a head which is no known name: apposed, possessing, compounded, or after "of"."""
        relations = ["appos"]
        token = self._tree.token(head)
        is_place = self._is_place_noun(head)
        if token.upos == "PROPN":
            relations += ["nmod:poss"]
        if token.upos == "PROPN" or is_place:
            relations += ["nmod"]
        if is_place:
            relations += ["compound", "flat"]
        for child in self._tree.children(head, *relations):
            bare = is_place or self._tree.token(child).deprel in ("appos", "nmod:poss") or token.upos == "PROPN"
            if bare and self.markers(child) <= self._allowed(head):
                found = self.read(child, frozenset(), depth + 1)
                if found is not None:
                    return found
        return self._adjective(head) if is_place else None

    def _allowed(self, head: int) -> frozenset[str]:
        return self._words.possessive | (self._words.part_markers if self._is_place_noun(head) else frozenset())

    def _adjective(self, head: int) -> Found | None:
        for child in self._tree.children(head, "amod", "compound"):
            found = self._reading(self._tree.token(child).text, demonyms=True)
            if found is not None and found.country:
                return Found(found, self._tree.token(child).text)
        return None

    def _is_place_noun(self, head: int) -> bool:
        token = self._tree.token(head)
        return bool({token.text.lower(), token.lemma.lower()} & self._words.place_nouns)

    def _name(self, head: int) -> Found | None:
        """The longest known name around a head, unless it is only part of a longer name that is not known."""
        last = len(self._tree.tokens) - 1
        for length in range(_LONGEST, 0, -1):
            for start in range(max(0, head - length + 1), min(head, last - length + 1) + 1):
                end = start + length - 1
                text = self._text(start, end)
                reading = self._reading(text, span=(start, end)) if text in self._forms else None
                if reading is not None:
                    return Found(reading, text) if reading.country and self._is_whole(head, start, end) else None
        return None

    def _is_whole(self, head: int, start: int, end: int) -> bool:
        for child in self._tree.children(head, "flat", "compound"):
            token = self._tree.token(child)
            if start <= child <= end or token.upos != "PROPN" or token.text.lower() in self._words.directions:
                continue
            if token.text not in self._forms:
                return False
        return True

    def _reading(self, text: str, *, demonyms: bool = False, span: tuple[int, int] | None = None) -> NamedPlace | None:
        """The reading of a form; a doubtful one, or one of several states, needs another name of the same state."""
        readings = [found for found in self._forms.get(text, ()) if demonyms or found.kind != _DEMONYM]
        countries = {found.country for found in readings}
        if len(countries) == 1 and not all(found.is_doubtful for found in readings):
            return next(found for found in readings if not found.is_doubtful)
        supported = countries & (self._context | self._countries(text, span)) if readings else set()
        return next((found for found in readings if {found.country} == supported), None)

    def _countries(self, text: str, span: tuple[int, int] | None) -> set[str]:
        """States named elsewhere in the sentence, beyond doubt and by another form."""
        found: set[str] = set()
        size = len(self._tree.tokens)
        for start in range(size):
            for end in range(start, min(size, start + _LONGEST)):
                if span is not None and start <= span[1] and span[0] <= end:
                    continue
                named = self._text(start, end)
                readings = self._forms.get(named, ()) if named != text else ()
                found |= {reading.country for reading in readings if not reading.is_doubtful}
        return found

    def _text(self, start: int, end: int) -> str:
        sentence, tokens = self._tree.sentence, self._tree.tokens
        return " ".join(sentence.text[tokens[start].start - sentence.start : tokens[end].end - sentence.start].split())

    def _lower(self, index: int) -> str:
        return self._tree.token(index).text.lower()
