"""Passages in another language than the article's: translations, versions for other readers. They are left out.

Each line is told by the frequent words of the languages that Kutub reads. Of paragraphs that have none of them, the
recogniser is asked, all at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from kutub.article.findings import Findings
from kutub.article.languages import count_frequent, is_of_other
from kutub.article.lines import FEW_WORDS
from kutub.records import LeftOutReason

_FREQUENT = 3  # words of a language that tell it
_TIMES = 3  # how many times as many they are as those of the article's language
_SHARE = 0.08  # of a line's words that they are
_PARAGRAPHS = 3  # in another language that are more than a few words of it
_WORDS = 0.25  # of all words of the paragraphs; as much in fewer paragraphs
_WORDLESS = 15  # words of a paragraph that has surely a frequent one if it is in a language that Kutub reads
_QUOTES = "\"'“”‘’«»„"


@dataclass(frozen=True, kw_only=True)
class _Passage:
    """A line of the text: `counts` are its frequent words by language, `words` all."""

    text: str
    is_paragraph: bool
    counts: Counter[str]
    words: int
    own: str

    @property
    def is_quotation(self) -> bool:
        return self.text[:1] in _QUOTES

    @cached_property
    def foreign(self) -> int:
        """The frequent words of the other language that has the most."""
        return max((count for code, count in self.counts.items() if code != self.own), default=0)

    @property
    def is_other(self) -> bool:
        """Whether it is surely in another language that Kutub reads."""
        return self.foreign >= max(_FREQUENT, _TIMES * self.counts[self.own], _SHARE * self.words)

    @property
    def is_own(self) -> bool:
        """Whether it is more likely in the article's language than in any other."""
        return self.counts[self.own] > self.foreign

    @property
    def is_wordless(self) -> bool:
        return self.is_paragraph and self.words >= _WORDLESS and not self.counts.total()


def mark_passages(found: Findings, code: str) -> None:
    """Leave out what is in another language than that of this code, if it is substantial: three paragraphs that are no
    quotations, or a quarter of the words. Lines that tell no language are of the language around them."""
    lines = found.open()
    passages = [_passage(found.plain[index], code, is_paragraph=found.prose[index]) for index in lines]
    others = {number for number, passage in enumerate(passages) if passage.is_other}
    others |= _unread(passages)
    if _are_substantial(passages, others):
        others |= _enclosed(passages, others)
        found.reasons |= {lines[number]: LeftOutReason.OTHER_LANGUAGE for number in others}


def _passage(text: str, code: str, *, is_paragraph: bool) -> _Passage:
    counts, words = count_frequent(text)
    return _Passage(text=text, is_paragraph=is_paragraph, counts=counts, words=words, own=code)


def _unread(passages: Sequence[_Passage]) -> set[int]:
    """The paragraphs that are together in a language that Kutub does not read."""
    wordless = {number for number, passage in enumerate(passages) if passage.is_wordless}
    if not _are_substantial(passages, wordless):
        return set()
    return wordless if is_of_other("\n".join(passages[number].text for number in sorted(wordless))) else set()


def _are_substantial(passages: Sequence[_Passage], others: set[int]) -> bool:
    """Whether so much stands in another language that it is no quotation or name, and enough in the article's own."""
    paragraphs = {number: passage for number, passage in enumerate(passages) if passage.is_paragraph}
    told = {number: passage for number, passage in paragraphs.items() if not passage.is_quotation}
    found = [passage for number, passage in told.items() if number in others]
    own = sum(passage.words for number, passage in told.items() if passage.is_own and number not in others)
    words, total = (sum(passage.words for passage in some) for some in (found, paragraphs.values()))
    return own >= FEW_WORDS and (len(found) >= _PARAGRAPHS or words >= max(_WORDS * total, FEW_WORDS))


def _enclosed(passages: Sequence[_Passage], others: set[int]) -> set[int]:
    """The lines that tell no language, between lines in another one; paragraphs also where only one side is told."""
    told: list[bool | None] = [None if not passage.is_own else False for passage in passages]
    for number in others:
        told[number] = True
    above = list(accumulate(told, _latest))
    below = list(accumulate(reversed(told), _latest))[::-1]
    around = [{above[number], below[number]} for number in range(len(passages))]
    return {
        number
        for number, passage in enumerate(passages)
        if told[number] is None
        and (around[number] == {True} or (passage.is_paragraph and around[number] == {True, None}))
    }


def _latest(before: bool | None, here: bool | None) -> bool | None:
    return before if here is None else here
