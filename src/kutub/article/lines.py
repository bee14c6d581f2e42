"""Lines of a text with exact offsets, and what can be said of a line without knowing its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_STOP = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_FINAL = re.compile(r"[.!?…][\"'”’»)\]]*(?:\s*[(\[][^()\[\]]{0,60}[)\]])?$")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_BREAK = re.compile(r"(?:[a-z)]{2}|\s)\.\s+[\"“‘']?[A-Z]")
_LIST = re.compile(r"(?:[-*•–]|\d{1,3}[.)])\s")
_MARKS = re.compile(r"(?:#{1,6}|>|[-*•])\s+(?:\[(?:img|embed)[.\d]{0,5}\]\s*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line without its outer white space, and where it stands; `gap` is True when a blank line comes before it."""

    text: str
    start: int
    end: int
    gap: bool = False


def split_lines(text: str) -> list[Line]:
    """All lines that are not blank, in order, with offsets into the text."""
    result: list[Line] = []
    position, gap = 0, False
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            start = position + len(raw) - len(raw.lstrip())
            result.append(Line(text=stripped, start=start, end=start + len(stripped), gap=gap))
        gap = not stripped
        position += len(raw)
    return result


def words(text: str) -> list[str]:
    """The words of a text (numbers are none)."""
    return _WORD.findall(text)


def normal(text: str) -> str:
    """The text with its white space squeezed, in lower case: for comparing lines."""
    return " ".join(text.split()).casefold()


def is_final(text: str) -> bool:
    """Whether the line ends like a sentence (a credit in brackets may follow)."""
    return bool(_FINAL.search(text))


def is_headline(text: str) -> bool:
    """Whether the line could be a headline: 3 to 30 words, up to 200 characters, no list item, no final stop.

    A question or exclamation mark or three dots may end a headline.
    """
    if len(text) > 200 or _LIST.match(text) or text.startswith("#") or _BREAK.search(text):
        return False
    stop = _STOP.search(text)
    if stop and stop[0][0] in ".;,:" and not text.rstrip("\"'”’").endswith("..."):
        return False
    return 3 <= len(words(text)) <= 30


def is_title_case(text: str) -> bool:
    """Whether at least seven in ten of its words of four letters or more begin with a capital."""
    longer = [word for word in words(text) if len(word) >= 4]
    return len(longer) >= 2 and sum(word[0].isupper() for word in longer) >= 0.7 * len(longer)


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether paragraphs are broken into lines of about equal length, with blank lines between paragraphs."""
    inner = [line for line, after in pairwise(lines) if not after.gap]
    if len(inner) < 4 or not any(line.gap for line in lines):
        return False
    broken = [line for line in inner if 45 <= len(line.text) <= 110 and not is_final(line.text)]
    return len(broken) >= 0.6 * len(inner)


def marks_length(text: str) -> int:
    """How many characters of list or heading marks the line begins with."""
    match = _MARKS.match(text)
    return match.end() if match else 0
