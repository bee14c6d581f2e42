"""Texts of our own (stock.yaml), handed out by their kind and length."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from kutub.article.lines import is_final, is_title_case
from kutub.datafiles import read_yaml
from tools.publisher.pages import HERE

SHORT_WORDS = 3  # a line of so few words is a topic
HEADLINE_WORDS = 20


class Kind(StrEnum):
    """What a line is part of."""

    STORY = "story"
    CAPTION = "caption"
    OTHER = "other"


@cache
def stock(language: str) -> Mapping[str, Any]:
    """The texts of a language (stock.yaml), those in English where there are none."""
    texts: Mapping[str, Any] = read_yaml(HERE / "stock.yaml")
    return texts.get(language, texts["en"])  # type: ignore[no-any-return]


class Stock:
    """Hands out texts of a kind in order, the ones nearest to a wanted length first where the order means nothing."""

    def __init__(self, language: str) -> None:
        self.texts = stock(language)
        self.used: dict[str, list[str]] = {}
        self.next = {Kind.STORY: 0, Kind.OTHER: len(self.texts["sentences"]) // 2}

    def nearest(self, kind: str, count: int) -> str:
        """The text of a kind (headlines, captions ...) whose number of words is nearest; none twice in a round."""
        used = self.used.setdefault(kind, [])
        if len(used) == len(self.texts[kind]):
            used.clear()
        found: str = min(
            (text for text in self.texts[kind] if text not in used), key=lambda text: abs(len(text.split()) - count)
        )
        used.append(found)
        return found

    def sentences(self, count: int, *, kind: Kind) -> str:
        """Sentences in their order, about as many words as wanted, at least one sentence."""
        place = Kind.STORY if kind is Kind.STORY else Kind.OTHER
        chosen: list[str] = []
        while True:
            sentence = self.texts["sentences"][self.next[place] % len(self.texts["sentences"])]
            size = sum(len(text.split()) for text in chosen)
            if chosen and size + len(sentence.split()) / 2 > count:
                return " ".join(chosen)
            chosen.append(sentence)
            self.next[place] += 1

    def like(self, text: str, *, kind: Kind) -> str:
        """A text of ours like the given: topics, a heading, or sentences; in capitals where it is."""
        count = len(text.split())
        opening = re.match(r"[#/\-–—•*|(\[]*\s*", text)
        before = opening[0] if opening else ""
        after = text[-1] if text[-1:] in ":|)]," and not is_final(text) else ""
        if count <= SHORT_WORDS:
            made = self.nearest("topics", count)
            made = made.title() if is_title_case(text) or text.istitle() else made
            made = made[:1].upper() + made[1:] if text[len(before) :][:1].isupper() else made
        elif is_final(text) and kind is Kind.CAPTION and count <= HEADLINE_WORDS:
            made = self.nearest("captions", count)
        elif is_final(text):
            made = self.sentences(count, kind=kind)
        else:
            made = self._heading(text, count, kind)
        return before + (made.upper() if text.isupper() else made) + after

    def title(self, text: str) -> str:
        """A title of the story, in title case like the given."""
        made = self.nearest("titles", len(text.split()))
        return in_title_case(made) if is_title_case(text) else made

    def _heading(self, text: str, count: int, kind: Kind) -> str:
        """A line without a stop: a subheading of the story, a caption, or a headline of another one."""
        if count > HEADLINE_WORDS:
            return self.sentences(count, kind=kind).rstrip('."')
        if kind is not Kind.OTHER:
            return self.nearest("subheadings" if kind is Kind.STORY else "captions", count).rstrip(".")
        made = self.nearest("headlines", count)
        if is_title_case(text) and not is_title_case(made):
            return in_title_case(made)
        return made


def in_title_case(text: str) -> str:
    """The text with a capital at the start of its longer words."""
    return " ".join(word[:1].upper() + word[1:] if len(word) > SHORT_WORDS else word for word in text.split())
