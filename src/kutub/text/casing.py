"""Headlines in title case or capitals, rewritten as running text for the parser: same words, same lengths.

Which words are common (and so in lower case) comes from `common.txt` in the model's folder: words that the treebank
writes in lower case. All others keep their capital.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

LETTERS = 4  # shorter words stay in lower case in many headlines and say nothing
SHARE = 0.7  # of the longer words in capitals, from which a headline counts as title case
ACRONYM = 3  # letters up to which a word in capitals that is not common is an acronym


def running_case(words: Sequence[str], *, common: Container[str]) -> list[str]:
    """The words in sentence case if they are in title case or in capitals, else as they are."""
    longer = [word for word in words if len(word) >= LETTERS and word.isalpha()]
    capitals = sum(word[0].isupper() for word in longer)
    if len(longer) < 2 or capitals < SHARE * len(longer):
        return list(words)
    shouting = all(word.isupper() for word in longer)
    first = next((i for i, word in enumerate(words) if word[:1].isalpha()), 0)
    return [_recase(word, common=common, shouting=shouting, first=i == first) for i, word in enumerate(words)]


def _recase(word: str, *, common: Container[str], shouting: bool, first: bool) -> str:
    low = word.lower()
    if len(low) != len(word) or not word[:1].isupper():
        return word
    if low in common and (shouting or not word.isupper() or len(word) == 1):
        return low[:1].upper() + low[1:] if first else low
    if shouting and len(word) > ACRONYM:
        return word[:1] + low[1:]
    return word
