"""Recognising the language of a text: by frequent words, and by py3langid where they do not decide."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kutub.article.drop import PageDroppedError, library_failures
from kutub.article.rules import shared
from kutub.language import available, load_language
from kutub.records import DropReason

_LIMIT = 5000  # characters that are looked at
_CLEAR_SHARE = 0.15  # share of frequent words that settles the language
_CLEAR_WORDS = 20  # words a text must have for that
_OPENING = 60  # words in which a text in two languages says which is its own
_OWN = 0.3  # share of its words that are then at least in that language
_FEW_WORDS = 60  # words from which one word of a near relation is not enough
_SURE = 0.9  # probability from which the recogniser's word is taken for a language that Kutub does not read
_COMMON = "common.txt"  # words in lower case, in the folder of a language's model
_NO_WORD = re.compile(r"\S{60,}")  # data, addresses
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequent:
    """A language's frequent words, and words that tell it from each of its near relations: (ours, theirs)."""

    words: frozenset[str]
    told_apart: Mapping[str, tuple[frozenset[str], frozenset[str]]]


def recognise(text: str, *, given: str | None = None, hint: str | None = None) -> str:
    """The code of the text's language, one of those available.

    given: what the corpus says (a code such as "id" or "id-ID"); it is believed. hint: what a web page says of itself;
    it only breaks a tie. Raises PageDroppedError (UNKNOWN_LANGUAGE) with the guess as detail.
    """
    if given:
        return _believed(given)
    text = _NO_WORD.sub(" ", text[: 20 * _LIMIT])[:_LIMIT]
    found = [word.casefold() for word in _WORD.findall(text)]
    shares = {code: _share(found, code) for code in available()}
    best = _clear(shares, len(found))
    first = _clear({code: _share(found[:_OPENING], code) for code in available()}, len(found[:_OPENING]))
    if first and first != best and _part(text, first) >= _OWN:
        best = first
    if best:
        return _told_apart(best, found)
    return _guessed(text, found, shares, hint)


def _clear(shares: Mapping[str, float], words: int) -> str | None:
    """The language that the shares of frequent words settle."""
    best = max(shares, key=lambda code: shares[code])
    rivals = [share for code, share in shares.items() if code != best]
    is_clear = shares[best] >= _CLEAR_SHARE and shares[best] >= 2 * max(rivals, default=0)
    return best if words >= _CLEAR_WORDS and is_clear else None


def _part(text: str, code: str) -> float:
    """The share of a text's words that stand in lines with more frequent words of this language than of others."""
    own = total = 0
    for line in text.splitlines():
        counts, words = count_frequent(line)
        total += words
        rivals = (count for other, count in counts.items() if other != code)
        own += words if counts[code] > max(rivals, default=0) else 0
    return own / max(total, 1)


def count_frequent(text: str) -> tuple[Counter[str], int]:
    """How many frequent words of each language stand in a text, and how many words in all."""
    found = _WORD.findall(text.casefold())
    return Counter({code: sum(map(_frequent(code).words.__contains__, found)) for code in available()}), len(found)


def is_of_other(text: str) -> bool:
    """Whether a text is surely in a language that Kutub does not read, and that is no near relation of those."""
    with library_failures():
        guess, probability = _recogniser().rank(_NO_WORD.sub(" ", text[: 20 * _LIMIT])[:_LIMIT])[0]
    is_near = any(guess in _frequent(code).told_apart for code in available())
    return guess not in available() and not is_near and probability >= _SURE


def base_code(given: str) -> str:
    """The language of a code with a region or script: `id` of `id-ID`."""
    return re.split(r"[-_]", given.strip().lower())[0]


def _believed(given: str) -> str:
    code = base_code(given)
    if code not in available():
        raise PageDroppedError(DropReason.UNKNOWN_LANGUAGE, given[:40])
    return code


def _guessed(text: str, found: list[str], shares: Mapping[str, float], hint: str | None) -> str:
    with library_failures():
        ranked: list[tuple[str, float]] = _recogniser().rank(text)
    guess, probability = ranked[0]
    is_short = len(found) < _CLEAR_WORDS
    if is_short and probability < _SURE and not any(shares.values()) and (common := _by_vocabulary(found)):
        return _told_apart(common, found)
    for code in available():
        if guess in _frequent(code).told_apart:
            return _told_apart(code, found)
    if guess in available():
        return _told_apart(guess, found)
    best = max(shares, key=lambda code: shares[code])
    if is_short and shares[best] > 0 and probability < _SURE:
        return _told_apart(best, found)
    if is_short and probability < _SURE:
        ours = [code for code, _ in ranked if code in available()]
        stated = base_code(hint or "")
        return stated if stated in available() else ours[0]
    raise PageDroppedError(DropReason.UNKNOWN_LANGUAGE, f"looks like {guess!r}")


def _by_vocabulary(found: Sequence[str]) -> str | None:
    """The language whose vocabulary has more of the words than any other's; None where no one has."""
    counts = sorted(((sum(word in _vocabulary(code) for word in found), code) for code in available()), reverse=True)
    return counts[0][1] if counts[0][0] > max((count for count, _ in counts[1:]), default=0) else None


@cache
def _vocabulary(code: str) -> frozenset[str]:
    """The words that the language's treebanks write in lower case; none where it has no model."""
    path = load_language(code).path / "model" / _COMMON
    return frozenset(path.read_text(encoding="utf-8").split()) if path.exists() else frozenset()


def _told_apart(code: str, found: list[str]) -> str:
    """The code, unless more words of a near relation than of its own stand there. Raises PageDroppedError then."""
    for other, (ours, theirs) in _frequent(code).told_apart.items():
        count = len(theirs.intersection(found))
        if count > len(ours.intersection(found)) and (count > 1 or len(found) < _FEW_WORDS):
            raise PageDroppedError(DropReason.UNKNOWN_LANGUAGE, f"looks like {other!r}")
    return code


def _share(found: list[str], code: str) -> float:
    frequent = _frequent(code).words
    return sum(word in frequent for word in found) / max(len(found), 1)


@cache
def _frequent(code: str) -> Frequent:
    own = load_language(code).data("anatomy")
    apart = {
        other: (frozenset(lists["ours"]), frozenset(lists["theirs"])) for other, lists in own["told_apart"].items()
    }
    return Frequent(words=frozenset(own["function_words"]), told_apart=apart)


@cache
def _recogniser() -> Any:
    """py3langid's model, restricted to what Kutub reads and what is often met beside it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(sorted({*available(), *shared()["also_recognised"]} & set(model.labels)))
    return model
