"""Find the sentences of a paragraph, by the section `sentences` of `language.yaml`.

A sentence ends at a newline, or at a stop that is no abbreviation's and that a capital, a digit, a quotation mark, a
bracket, a sum of money or a dash follows; before a small letter it ends behind a whole word only. A dateline
("MOSCOW (Reuters) -") is a span of its own, so that it does not disturb the parse.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kutub.datafiles import read_yaml
from kutub.language import Language

STOP = re.compile(
    r"(?P<mark>\.(?: \.){2,}|\.{2,}|[.!?…])(?P<more>[.!?…]*)(?P<closers>[\"'”’»)\]]*)"
    r"(?:\s?\[(?:\d{1,3}|\.{3}|…)\])*(?:\s[:;=]-?[()DP](?!\w))?"  # notes and smileys belong to what they follow
)
BEFORE = re.compile(r"[\w.&'’-]*\Z")
INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*\Z")
NEXT = re.compile(r"[\"'“”‘’«„`(\[]*(\w+)")
ADDRESS = re.compile(r"\w{1,40}[.@]\w")  # goes on behind a stop without a space
ROMAN = re.compile(r"[IVXLC]+\b")
OPENERS = "\"'“”‘’«„`"
BRACKETS = "(["
DASHES = "-–—"
BULLETS = "*•#_+~"
REACH = 24  # characters before a stop that can hold an abbreviation
DATELINE_REACH = 120  # characters in which a dateline must end


class Splitter:
    """The rules of one language, compiled."""

    def __init__(self, sentences: Mapping[str, Any]) -> None:
        """sentences: the section `sentences` of language.yaml; every key may be missing."""
        self._never = frozenset(sentences.get("abbreviations", ()))
        self._numbered = frozenset(sentences.get("before_digits", ()))
        self._maybe = frozenset(sentences.get("closing_abbreviations", ()))
        self._known = self._never | self._numbered | self._maybe
        self._starters = frozenset(sentences.get("starters", ()))
        self._continuers = frozenset(sentences.get("continuers", ()))
        self._marked = frozenset(sentences.get("marked_names", ()))
        self._attribution = re.compile(sentences.get("attribution") or r"(?!)")
        self._datelines = tuple(re.compile(pattern) for pattern in sentences.get("datelines", ()))

    def split(self, text: str, start: int, end: int, *, datelines: bool) -> Iterator[tuple[int, int]]:
        """Spans of the sentences of text[start:end], without white space at their ends."""
        for line_start, line_end in _lines(text, start, end):
            first = self._after_dateline(text, line_start, line_end) if datelines else line_start
            if first > line_start:
                yield _trim(text, line_start, first)
            for match in STOP.finditer(text, first, line_end):
                if self._ends(text, first, match, line_end):
                    yield _trim(text, first, match.end())
                    first = match.end()
            if text[first:line_end].strip():
                yield _trim(text, first, line_end)

    def _after_dateline(self, text: str, start: int, end: int) -> int:
        for pattern in self._datelines:
            match = pattern.match(text, start, min(end, start + DATELINE_REACH))
            if match:
                return match.end()
        return start

    def _ends(self, text: str, first: int, match: re.Match[str], end: int) -> bool:
        """Whether a sentence that began at `first` ends at this stop."""
        after = match.end()
        while after < end and text[after].isspace():
            after += 1
        if after >= end:
            return True
        word = BEFORE.search(text, max(first, match.start() - REACH), match.start())
        before = self._abbreviation(word.group() if word else "")
        if after == match.end():
            return _lacks_space(text, match, before, end)
        if before in self._marked and match.group("mark") != ".":
            return False
        following = NEXT.match(text, after, end)
        opener = text[after]
        if match.group("mark") == "." and not match.group("more"):
            return self._ends_plainly(text, first, match, before, opener, following)
        if self._attribution.match(text, after, end):
            return False
        if match.group("mark") in {"!", "?"}:
            lower = opener.islower() and not match.group("closers")
            return lower or (opener not in DASHES and _may_open(opener, following))
        return _may_open(opener, following) and self._ends_ellipsis(text, match, before, opener, following)

    def _abbreviation(self, before: str) -> str:
        """What may be an abbreviation at the end of the characters before a stop."""
        before = before.lstrip("-.'’")
        return before if before in self._known else before.rpartition("-")[2]

    def _ends_ellipsis(
        self, text: str, match: re.Match[str], before: str, opener: str, following: re.Match[str] | None
    ) -> bool:
        """Dots that follow a word at once end a sentence before a capital; dots that stand apart may be a gap."""
        if match.group("closers") or opener in OPENERS or self._starts(following):
            return following is None or following.group(1) != before
        attached = match.start() > 0 and not text[match.start() - 1].isspace()
        return attached and following is not None and following.group(1) != before and not opener.isdigit()

    def _ends_plainly(
        self,
        text: str,
        first: int,
        match: re.Match[str],
        before: str,
        opener: str,
        following: re.Match[str] | None,
    ) -> bool:
        """Whether a sentence ends at a single full stop."""
        closers = match.group("closers")
        if opener.islower():
            return (
                not closers and before.isalpha() and before.islower() and len(before) > 1 and before not in self._known
            )
        if not _may_open(opener, following) or (closers and opener in DASHES):
            return False
        if before in self._never:
            return False
        if before in self._numbered and (opener.isdigit() or ROMAN.match(text, match.end() + 1)):
            return False
        if before in self._maybe or INITIALS.match(before):
            return self._ends_abbreviated(before, closers, opener, following)
        return not (before.isdigit() and len(before) < 3 and _is_list_number(text, first, match.start() - len(before)))

    def _ends_abbreviated(self, before: str, closers: str, opener: str, following: re.Match[str] | None) -> bool:
        """Whether a sentence ends at the stop of an abbreviation that may close one."""
        if self._starts(following):
            return True
        if len(before) > 1 and (opener in OPENERS or closers.strip(")]")):
            return True
        capital = following is not None and opener.isupper() and following.group(1) not in self._continuers
        return capital and before.islower() and len(before) > 1

    def _starts(self, following: re.Match[str] | None) -> bool:
        return following is not None and following.group(1) in self._starters


@cache
def _splitter(folder: Path) -> Splitter:
    settings: Mapping[str, Any] = read_yaml(folder / "language.yaml")
    return Splitter(settings.get("sentences", {}))


def split_sentences(
    text: str, start: int, end: int, *, language: Language, datelines: bool = True
) -> list[tuple[int, int]]:
    """Spans of the sentences within text[start:end], in order, as offsets into the text.

    datelines: whether the opening of a line may be a dateline; it may not in a headline.
    """
    return list(_splitter(language.path).split(text, start, end, datelines=datelines))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        newline = text.find("\n", start, end)
        last = end if newline < 0 else newline
        if text[start:last].strip():
            yield _trim(text, start, last)
        start = last + 1


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _may_open(opener: str, following: re.Match[str] | None) -> bool:
    """Whether a sentence can begin here: a capital, a digit, a quotation, a bracket, money, a dash, a bullet."""
    if opener in BRACKETS or opener in DASHES or opener in BULLETS or unicodedata.category(opener) == "Sc":
        return True
    return following is not None and not following.group(1)[0].islower()


def _is_list_number(text: str, first: int, number: int) -> bool:
    """Whether the number at this place opens the sentence, or follows a colon."""
    if number > first and text[number - 1] == ":":
        return False
    lead = text[max(first, number - REACH) : number].rstrip("*([ \t")
    return lead.endswith(":") or (not lead and number - first < REACH)


def _lacks_space(text: str, match: re.Match[str], before: str, end: int) -> bool:
    """Whether the space after a stop was lost ("said.The"); addresses of web pages are not cut."""
    after = match.end()
    if match.group() not in {".", "?", "!"} or len(before) < 3 or not before[-3:].islower() or "." in before:
        return False
    if text[match.start() - len(before) - 1 : match.start() - len(before)] == "/" or ADDRESS.match(text, after, end):
        return False
    return after + 2 < end and text[after].isupper() and text[after + 1 : after + 3].islower()
