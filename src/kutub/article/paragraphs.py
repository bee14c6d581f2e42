"""Cutting a paragraph: datelines at its start, initials and credits at its end, read-also fragments within."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from kutub.article.lines import is_title_case, marks_length
from kutub.article.rules import LINE_LIMIT, Rules
from kutub.records import LeftOutReason

_TAIL_LIMIT = 120
_MARKS_LIMIT = 300  # characters at a paragraph's start and end that are looked at for markup
_HEADLINE_LIMIT = 220
_SHORT_WORDS = 5  # letters up to which a word may be small within a headline in title case
_END = re.compile(r"(?:[?!]|\.{3}|…)[\"'”’]?(?=\s+[\"“'‘]?[A-Z0-9])|\.[\"'”’]?(?=\s+[\"“'‘]?[A-Z])")
_TOKEN = re.compile(r"\S+")
_CLOSING = re.compile(r"(?:</[a-z][a-z0-9]{0,10}>|<br\s*/?>|\*\*|\]\]>|[\\\s])+$", re.IGNORECASE)
_GLUE = re.compile(
    r"(?<=[\s(\"“‘-])(?:[a-zà-ÿ]{3,}|[A-Z][a-zà-ÿ]{3,}|[A-Z]{3,}|(?:19|20)\d\d)[.?!][\"”’)]?(?=[\"“‘]?[A-Z][a-zà-ÿ]+[\s,])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What remains of a paragraph, and what was cut from it: spans of the article's text."""

    kept: tuple[tuple[int, int], ...]
    cut: tuple[tuple[int, int, LeftOutReason], ...]


def cut_paragraph(text: str, start: int, end: int, rules: Rules, *, is_first: bool) -> Cut:
    """Takes from text[start:end] what is not the story. is_first: a dateline may stand at its start."""
    cut: list[tuple[int, int, LeftOutReason]] = []
    start += marks_length(text[start : min(end, start + _MARKS_LIMIT)])
    while image := rules.placeholder.match(text, start, end):
        cut.append((start, image.end(), LeftOutReason.IMAGE))
        start += len(image[0]) + marks_length(text[image.end() : min(end, image.end() + _MARKS_LIMIT)])
    end -= _closing_length(text[max(start, end - _MARKS_LIMIT) : end])
    if is_first and (length := dateline_length(text[start:end], rules)):
        cut.append((start, start + len(text[start : start + length].rstrip()), LeftOutReason.DATE_LINE))
        start += length
    while found := _ending(text, start, end, rules):
        begin, end, reason = found
        cut.append((begin, end, reason))
        end = start + len(text[start:begin].rstrip())
    kept: list[tuple[int, int]] = []
    for begin, stop, is_story in _unglued(text, start, end, rules):
        begin, stop = _trimmed(text, begin, stop)
        if begin < stop and is_story:
            kept += _parted(text, begin, stop)
        elif begin < stop:
            cut.append((begin, stop, LeftOutReason.READ_ALSO))
    return Cut(kept=tuple(kept), cut=tuple(cut))


def _ending(text: str, start: int, end: int, rules: Rules) -> tuple[int, int, LeftOutReason] | None:
    """The span at the end of a paragraph that is no story, with its reason: initials and credits, the mark of a cut."""
    offset = max(start, end - _TAIL_LIMIT)
    for pattern, reason in ((rules.tail, LeftOutReason.BYLINE), (rules.cut_mark, LeftOutReason.TRUNCATED)):
        if (found := pattern.search(text[offset:end])) and offset + found.start() > start:
            return offset + found.start() + len(found[0]) - len(found[0].lstrip()), end, reason
    return None


def _closing_length(text: str) -> int:
    """How many characters of closing markup the text ends with: tags, emphasis, hard line breaks."""
    found = _CLOSING.search(text)
    return len(found[0]) if found else 0


def _parted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span, parted where paragraphs are glued: a stop after a small word, and a capitalised one without a space."""
    edges = [start, *(_edge(text, start, match.end()) for match in _GLUE.finditer(text, start, end)), end]
    return list(pairwise(edges))


def _edge(text: str, start: int, end: int) -> int:
    """Where a glued paragraph begins: a quotation mark that closes nothing opens it."""
    is_opening = text[end - 1] == '"' and text.count('"', start, end - 1) % 2 == 0
    return end - 1 if is_opening else end


def dateline_length(text: str, rules: Rules) -> int:
    """Length of the dateline at the start of the paragraph, 0 if there is none."""
    for pattern in rules.datelines:
        if match := pattern.match(text[:LINE_LIMIT]):
            return match.end()
    return 0


def _unglued(text: str, start: int, end: int, rules: Rules) -> list[tuple[int, int, bool]]:
    """The paragraph in stretches that are the story (True) or read-also fragments (False)."""
    result: list[tuple[int, int, bool]] = []
    position = start
    for marker in rules.glued.finditer(text[start:end]):
        begin, after = start + marker.start(), start + marker.end()
        if begin < position:
            continue
        stop = headline_end(text, after, end)
        if stop is not None:
            result += [(position, begin, True), (begin, stop, False)]
            position = stop
    return [*result, (position, end, True)]


def headline_end(text: str, start: int, end: int) -> int | None:
    """Where the headline that begins at `start` ends; None when that is not clear.

    It ends with the paragraph, with a stop, or, in title case, before a capitalised word that two small ones follow.
    """
    limit = min(end, start + _HEADLINE_LIMIT)
    by_case = _case_change(text, start, limit)
    stop = _END.search(text, start, min(end, limit + 4))
    if by_case is not None and (stop is None or by_case <= stop.end() + 1 or is_title_case(text[stop.end() : by_case])):
        return by_case
    if stop is not None:
        return None if _runs_on(text[start : stop.end()]) else stop.end()
    return end if end == limit else None


def _runs_on(headline: str) -> bool:
    """Whether a stretch that ends with a full stop reads like a sentence rather than a headline in title case."""
    tokens = [token for token in headline.split() if token[0].isalpha() and len(token) > _SHORT_WORDS]
    return headline.rstrip("\"'”’").endswith(".") and sum(token[0].islower() for token in tokens) > 0.3 * len(tokens)


def _case_change(text: str, start: int, end: int) -> int | None:
    """Where a stretch in title case turns into running text: at a capitalised word followed by two small ones."""
    tokens = [(match.start(), match[0].strip("\"“”‘’',.;:()")) for match in _TOKEN.finditer(text, start, end)]
    for index in range(4, len(tokens) - 2):
        position, word = tokens[index]
        following = [token for _, token in tokens[index + 1 : index + 3]]
        before = [token for _, token in tokens[:index] if token[:1].isalpha() and len(token) > 3]
        is_titled = len(before) >= 3 and sum(token[0].isupper() for token in before) >= 0.75 * len(before)
        if word[:1].isupper() and is_titled and all(token[:1].islower() for token in following):
            return position
    return None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
