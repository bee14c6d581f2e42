"""Reads the places that a sentence's phrases name; doubtful names and parts of longer names are passed over."""

from __future__ import annotations

from kutub.coder.geography import Spot
from kutub.coder.place_names import LONGEST, Found, PlaceNames, PlaceWords, span_text
from kutub.text.tree import Tree

_DEEPEST = 4  # phrases within phrases


class PlaceReader:
    """Reads the names of places in the phrases of one sentence of an article.

    context: codes of states that the article is about; text: all of it. Both help where a name is that of several.
    """

    def __init__(self, tree: Tree, names: PlaceNames, words: PlaceWords, context: frozenset[str], text: str) -> None:
        self._tree = tree
        self._names = names
        self._words = words
        self._context = context
        self._article = text

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
                own = self._name(head) if self._names_place(head) else None
                return own if own is not None and _is_larger(found.spot, own.spot) else found
        if self._names_place(head):
            found = self._name(head)
            return found if found is not None and found.fits(kinds) else None
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
            text = self._tree.token(child).text
            spot = self._names.adjective(text)
            if spot is not None:
                return Found(spot, text)
        return None

    def _is_place_noun(self, head: int) -> bool:
        token = self._tree.token(head)
        return bool({token.text.lower(), token.lemma.lower()} & self._words.place_nouns)

    def _names_place(self, head: int) -> bool:
        return self._span(head) is not None

    def _name(self, head: int) -> Found | None:
        """The place of the longest known name around a head, unless that is only part of a longer name."""
        span = self._span(head)
        if span is None or not self._is_whole(head, *span):
            return None
        spot = self._names.resolve(self._tree, *span, words=self._words, context=self._context, text=self._article)
        return Found(spot, span_text(self._tree, *span)) if spot is not None else None

    def _span(self, head: int) -> tuple[int, int] | None:
        """First and last token of the longest known name around a head; single words that are no name are passed."""
        last = len(self._tree.tokens) - 1
        for length in range(LONGEST, 0, -1):
            for start in range(max(0, head - length + 1), min(head, last - length + 1) + 1):
                text = span_text(self._tree, start, start + length - 1)
                if text in self._names and self._is_a_name(text, start, start + length - 1):
                    return start, start + length - 1
        return None

    def _is_a_name(self, text: str, start: int, end: int) -> bool:
        """Names of states and their cities are trusted; others must be tagged as names, with no name around them."""
        if self._names.is_known_state(text):
            return True
        if text.lower() in self._words.place_nouns | self._words.region_nouns | self._words.directions:
            return False
        tokens = self._tree.tokens
        if all(token.upos not in ("PROPN", "X") for token in tokens[start : end + 1]):
            return False
        return all(
            tokens[index].upos != "PROPN" or not tokens[index].text[:1].isalpha() or self._goes_with_names(index)
            for index in (start - 1, end + 1)
            if 0 <= index < len(tokens)
        )

    def _goes_with_names(self, index: int) -> bool:
        """May the word stand beside the name of a place without being part of another name?"""
        words = self._words.place_nouns | self._words.directions | self._words.region_nouns
        return self._lower(index) in words or self._tree.token(index).text in self._names

    def _is_whole(self, head: int, start: int, end: int) -> bool:
        for child in self._tree.children(head, "flat", "compound"):
            token = self._tree.token(child)
            if start <= child <= end or token.upos != "PROPN" or token.text.lower() in self._words.directions:
                continue
            if token.text not in self._names and not self._goes_with_names(child):
                return False
        return True

    def _lower(self, index: int) -> str:
        return self._tree.token(index).text.lower()


def _is_larger(outer: Spot, inner: Spot) -> bool:
    """Is the second place within the first ("Malang in East Java")?"""
    if outer.country != inner.country or outer == inner:
        return False
    return outer.precision == "country" or (outer.precision == "admin1" and inner.precision == "city")
