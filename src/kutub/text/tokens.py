"""Cut a sentence into Universal Dependencies words, by the section `tokens` of `language.yaml`.

Words are spans of the text; nothing is altered. What is an enclitic, which words are never cut, which abbreviations
carry their stop and whether hyphens join or part is data (docs/models.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

WEB = (
    r"(?:https?://|www\.)[^\s<>\"“”]*[\w/]"
    r"|(?<![\w.+-])[\w.+-]{1,80}@[A-Za-z][\w-]*(?:\.[\w-]+)*"
    r"|(?<![\w.-])\w[\w-]{0,63}(?:\.[\w-]{1,63}){0,7}\.(?:com|org|net|gov|edu|info|co|id|tv)(?:\.[a-z]{2})?(?![\w-])"
    r"|[@#][^\W\d]\w*"
)
INITIALS = (
    r"(?<!\w)[^\W\d_](?:\.[^\W\d_])+\.?(?!\w)"
    r"|(?<!\w)[A-Z]\.(?=\s?[A-Z][\w.]|,)"
    r"|(?<!\w)[A-Za-z]/[A-Za-z](?![\w/])"
)
NUMBER = (
    r"\d{1,3}(?:-\d{3,4}){1,3}(?![\w-])"
    r"|(?:(?<!\S)\+(?=\d)|(?<![\w.)])\.(?=\d))?\d+(?:[.,:/]\d+)*"
)
THOUSANDS = r"\d{1,3}(?:[.,]\d{3})+(?=/\d)"  # a slash parts large numbers
WORD = r"[A-Z]+&[A-Z]+|\w+(?:[-'’‑]\w+)*"
MARKS = (
    r"(?<!\S)[:;=]-?[()DP](?!\w)|\.{2,}|…|-{2,}|[!?]{2,}|\*{2,}|={2,}|<<|>>|``|''|’’|‘[‘’]"
    r"|[^\s\u00ad\u200b-\u200f\u2060\ufeff]"
)
APOSTROPHE = "['’]"
HYPHEN = re.compile("[-‑]")
CLOSERS = frozenset("\"'”’»)]")
FULL_STOP = re.compile(r"(?![A-Z]\.|.*\.[A-Z]\.).*\w\.")  # an abbreviation, if not one of capital letters
CACHE = 50_000  # words whose cuts are remembered
CACHED = 64  # letters of a word that is remembered, so that the cache has a bound in bytes


class Tokeniser:
    """The words of a text in one language. Holds the language's patterns; the same text always gives the same words."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """settings: the mapping of `language.yaml`, or any with a section `tokens` of the same form."""
        tokens: Mapping[str, Any] = settings.get("tokens", {})
        abbreviations = [*tokens.get("abbreviations", ()), *_stops(settings)]
        units = "|".join(map(re.escape, _longest_first(tokens.get("units", ()))))
        currencies = "|".join(map(re.escape, _longest_first(tokens.get("currencies", ()))))
        numbered = "|".join(map(re.escape, _longest_first(settings.get("sentences", {}).get("before_digits", ()))))
        number = (rf"(?:{NUMBER})(?=(?:{units})\b)|" if units else "") + rf"(?:{NUMBER})\w*"
        stops = "|".join(map(re.escape, _longest_first(abbreviations)))
        enclitics = "|".join(tokens.get("enclitics", ()))
        self._parts_hyphens = tokens.get("hyphens", "join") == "part"
        parts = [
            WEB,
            *(f"(?<!\\w)(?:{pattern})(?!\\w)" for pattern in tokens.get("joined", ())),
            f"(?<!\\w)(?:{stops})(?!\\w)" if stops else "",
            f"(?<!\\w)[A-Z](?=-(?:{stops})(?!\\w))" if stops and self._parts_hyphens else "",
            f"(?<!\\w)(?:{numbered})\\.(?=\\s?(?:\\d|[IVXLC]+\\b))" if numbered else "",
            INITIALS,
            f"(?<!\\w)(?:{currencies})(?=\\.?\\d)" if currencies else "",
            f"(?<=[\\w.)\\]])(?={APOSTROPHE})(?:{enclitics})(?!\\w)" if enclitics else "",
            THOUSANDS,
            f"(?P<number>{number})",
            f"(?P<word>{WORD})",
            MARKS,
        ]
        self._scan = re.compile("|".join(part for part in parts if part))
        self._enclitic = re.compile(f"(?:{enclitics or '(?!)'})$")
        self._whole = frozenset(tokens.get("whole", ()))
        self._split = {"".join(entry.split()): len(entry.split()[0]) for entry in tokens.get("split", ())}
        self._prefixes = frozenset(tokens.get("prefixes", ()))
        self._parted = frozenset(tokens.get("parted", ()))
        self._cuts: dict[str, tuple[int, ...]] = {}

    def words(self, text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """The words of text[start:end] as offsets into the text, in order; white space is in none."""
        result: list[tuple[int, int]] = []
        for match in self._scan.finditer(text, start, len(text) if end is None else end):
            first, last = match.span()
            if match.lastgroup != "word":
                result.append((first, last))
                continue
            for cut in self._cuts_of(match.group()):
                result.append((first, match.start() + cut))
                first = match.start() + cut
            result.append((first, last))
        _part_last_stop(result, text)
        return result

    def _cuts_of(self, word: str) -> tuple[int, ...]:
        if len(word) > CACHED:
            return tuple(sorted(self._find_cuts(word)))
        found = self._cuts.get(word)
        if found is None:
            if len(self._cuts) >= CACHE:
                self._cuts.clear()
            found = self._cuts[word] = tuple(sorted(self._find_cuts(word)))
        return found

    def _find_cuts(self, word: str) -> set[int]:
        low = word.lower()
        if low in self._whole:
            return set()
        if low in self._split:
            return {self._split[low]}
        cuts: set[int] = set()
        match = self._enclitic.search(word)
        if match and match.start() > 0 and not HYPHEN.match(word, match.start() - 1):
            cuts.add(match.start())
            word = word[: match.start()]
        return cuts | self._hyphen_cuts(word)

    def _hyphen_cuts(self, word: str) -> set[int]:
        """Both sides of each hyphen that parts two words."""
        cuts: set[int] = set()
        first = 0
        for match in HYPHEN.finditer(word):
            left, right = word[first : match.start()], HYPHEN.split(word[match.end() :], maxsplit=1)[0]
            if self._parts(left, right):
                cuts |= {match.start(), match.end()}
            first = match.end()
        return cuts - {0, len(word)}

    def _parts(self, left: str, right: str) -> bool:
        if not left or left.lower() in self._prefixes:
            return False
        if self._parts_hyphens or right in self._parted:
            return True
        if left.isdigit() and right.isdigit():
            return True
        names = left[0].isupper() and right[:1].isupper() and len(left) > 1 and len(right) > 1
        return names and left.lower() != right.lower()


def _part_last_stop(words: list[tuple[int, int]], text: str) -> None:
    """Make the stop of an abbreviation at the end a word of its own: it is the stop of the sentence too."""
    at = len(words) - 1
    while at > 0 and text[words[at][0]] in CLOSERS:
        at -= 1
    if at > 0 and FULL_STOP.fullmatch(text, *words[at]):
        start, end = words[at]
        words[at : at + 1] = [(start, end - 1), (end - 1, end)]


def _stops(settings: Mapping[str, Any]) -> Iterable[str]:
    """The abbreviations that the section `sentences` names, with their stop."""
    sentences: Mapping[str, Any] = settings.get("sentences", {})
    return [f"{word}." for key in ("abbreviations", "closing_abbreviations") for word in sentences.get(key, ())]


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(set(words), key=lambda word: (-len(word), word))
