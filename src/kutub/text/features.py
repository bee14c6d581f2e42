"""What the language model sees of a word: its number in a list of words, its affixes, its shape, its letters.

Training (tools/train) and the runtime (text/network.py) share this module, so that they see the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

AFFIXES = ("prefix2", "prefix3", "suffix2", "suffix3", "suffix4", "shape")
KINDS = ("word", *AFFIXES, "known")  # each has a list of its own
UNKNOWN = 0  # the number of what a list lacks
PAD, FIRST, LAST, OTHER = 0, 1, 2, 3  # letters that are none: filling, begin and end of a word, one that is not listed
SIGNS = 4
LETTERS = 20  # of a word that are looked at: the first and the last ones
CACHE = 100_000  # words
LONGEST = 64  # letters of a word; of a longer one no more is looked at
_DIGIT = re.compile(r"\d")
_RUN = re.compile(r"(.)\1{3,}")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "`": "'", "–": "-", "—": "-", "‑": "-"})


@lru_cache(maxsize=CACHE)
def parts_of(form: str) -> tuple[str, ...]:
    """The features that a printed word shows, by `KINDS` but for the last; digits are all written 0."""
    plain = _DIGIT.sub("0", form[:LONGEST].translate(_QUOTES))
    low = plain.lower()
    return (low, low[:2], low[:3], low[-2:], low[-3:], low[-4:], _shape(plain))


def letters_of(form: str) -> str:
    """The letters of a printed word that are looked at."""
    plain = _DIGIT.sub("0", form[:LONGEST].translate(_QUOTES))
    return plain if len(plain) <= LETTERS else plain[: LETTERS // 2] + plain[-LETTERS // 2 :]


def _shape(plain: str) -> str:
    signs = "".join(
        "X" if sign.isupper() else "x" if sign.isalpha() else "0" if sign.isdigit() else sign for sign in plain[:40]
    )
    return _RUN.sub(r"\1\1\1", signs)[:12]


def kinds_of(known: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The kinds of names that hold each word, joined by spaces."""
    kinds: dict[str, list[str]] = {}
    for kind, words in sorted(known.items()):
        for word in words:
            kinds.setdefault(word, []).append(kind)
    return {word: " ".join(found) for word, found in kinds.items()}


class Features:
    """The lists of a language, in the order of their numbers: features by kind, from 1, and letters from `SIGNS`.

    known: words in lower case by the kind of names that they are or stand in (a person's given name, a place, ...).
    """

    def __init__(
        self,
        lists: Mapping[str, Sequence[str]],
        letters: Sequence[str],
        known: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.lists = {kind: tuple(lists[kind]) for kind in KINDS}
        self.letters = tuple(letters)
        self.letter_count = SIGNS + len(self.letters)
        self._numbers = [{part: number for number, part in enumerate(self.lists[kind], 1)} for kind in KINDS]
        self._letters = {letter: number for number, letter in enumerate(self.letters, SIGNS)}
        self.known = {kind: tuple(words) for kind, words in (known or {}).items()}
        self._known = kinds_of(self.known)

    def parts(self, form: str) -> tuple[str, ...]:
        """The features of a word by `KINDS`: what it shows, and the kinds of names that are known to hold it."""
        shown = parts_of(form)
        return (*shown, self._known.get(shown[0], ""))

    def numbers(self, form: str) -> list[int]:
        """The numbers of a word's features, by `KINDS`."""
        return [known.get(part, UNKNOWN) for known, part in zip(self._numbers, self.parts(form), strict=True)]

    def letter_numbers(self, form: str) -> list[int]:
        """The numbers of a word's letters between those of its begin and end, filled up to LETTERS + 2."""
        numbers = [FIRST, *(self._letters.get(letter, OTHER) for letter in letters_of(form)), LAST]
        return numbers + [PAD] * (LETTERS + 2 - len(numbers))
