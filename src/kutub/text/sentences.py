"""Find the sentences of a paragraph, by the section `sentences` of `language.yaml`.

A sentence ends at a newline, or at a stop that is no abbreviation's and that a capital, a digit, a quotation mark or a
bracket follows. A dateline ("MOSCOW (Reuters) -") is a span of its own, so that it does not disturb the parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kutub.datafiles import read_yaml
from kutub.language import Language

STOP = re.compile(r"(?:\.{2,}|[.!?…])[.!?…]*(?P<closers>[\"'”’»)\]]*)")
BEFORE = re.compile(r"[\w.&-]*\Z")
INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*\Z")
NEXT = re.compile(r"[\"'“‘«(\[]*(\w+)")
OPENERS = "\"'“‘«"
REACH = 24  # characters before a stop that can hold an abbreviation
DATELINE_REACH = 120  # characters in which a dateline must end


class Splitter:
    """The rules of one language, compiled."""

    def __init__(self, sentences: Mapping[str, Any]) -> None:
        """sentences: the section `sentences` of language.yaml; every key may be missing."""
        self._never = frozenset(sentences.get("abbreviations", ()))
        self._numbered = frozenset(sentences.get("before_digits", ()))
        self._maybe = frozenset(sentences.get("closing_abbreviations", ()))
        self._starters = frozenset(sentences.get("starters", ()))
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
        before = word.group().lstrip("-.") if word else ""
        if after == match.end():
            return _lacks_space(text, match, before, end)
        following = NEXT.match(text, after, end)
        if not _may_open(text[after], following):
            return False
        if match.group("closers"):
            return not self._attribution.match(text, after, end)
        mark = match.group()
        if mark == ".":
            return self._plain_stop(text, first, before, match.start(), text[after], following)
        if mark.startswith("..") or mark == "…":
            return text[after] in OPENERS or self._starts(following)
        return True

    def _plain_stop(
        self, text: str, first: int, before: str, stop: int, opener: str, following: re.Match[str] | None
    ) -> bool:
        if before in self._never:
            return False
        if before in self._numbered and opener.isdigit():
            return False
        if before in self._maybe or INITIALS.match(before):
            return self._starts(following) or (opener in OPENERS and len(before) > 1)
        is_list_number = before.isdigit() and len(before) < 3 and not text[first : stop - len(before)].strip()
        return not is_list_number

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
    """Whether a sentence can begin here: with a capital, a digit, a quotation of such, or a bracket."""
    if opener in "([":
        return True
    if following is None:
        return False
    letter = following.group(1)[0]
    return not letter.islower()


def _lacks_space(text: str, match: re.Match[str], before: str, end: int) -> bool:
    """Whether the space after a stop was lost ("said.The"); addresses of web pages are not cut."""
    after = match.end()
    if match.group() not in {".", "?", "!"} or len(before) < 3 or not before[-3:].islower() or "." in before:
        return False
    return after + 2 < end and text[after].isupper() and text[after + 1 : after + 3].islower()
