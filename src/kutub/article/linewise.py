"""What a line is by itself: known texts, bylines and date lines, and what patterns say is not the story."""

from __future__ import annotations

from collections.abc import Mapping

from kutub.article.bylines import read_byline
from kutub.article.dates import is_date_line
from kutub.article.findings import Findings
from kutub.article.labels import kind_above
from kutub.article.lines import is_final, is_headline, is_prose, is_title_case, normal, words
from kutub.article.paragraphs import dateline_length, headline_end
from kutub.article.rules import Rules
from kutub.records import LeftOutReason

_FULL_LINE = 60  # characters from which the rest of a line that ends like a sentence is a paragraph


def mark_known(found: Findings, known: Mapping[str, LeftOutReason], title: str | None = None) -> None:
    """Lines that are known not to be the story, by their normal form, and those which repeat the title."""
    repeated = normal(title) if title else None
    for index in found.open():
        line = normal(found.lines[index].text)
        if line == repeated:
            found.reasons[index] = LeftOutReason.NAVIGATION
        elif line in known:
            found.reasons[index] = known[line]


def mark_by_rules(found: Findings, rules: Rules) -> None:
    """Bylines, with their names, and what patterns say of lines that are still open."""
    for index in found.open():
        line = found.plain[index] or found.lines[index].text
        if byline := read_byline(line, rules):
            found.reasons[index] = LeftOutReason.BYLINE
            found.byline = found.byline or byline.author
            found.editor = found.editor or byline.editor
            continue
        reason = _reason(line, rules)
        if reason in (None, LeftOutReason.NAVIGATION) and (kind := kind_above(found, index, rules)):
            reason = LeftOutReason.BYLINE
            found.byline = found.byline or (line if kind == "author" else None)
            found.editor = found.editor or (line if kind == "editor" else None)
        if reason:
            found.reasons[index] = reason


def _reason(line: str, rules: Rules) -> LeftOutReason | None:
    if any(pattern.fullmatch(line) for pattern in rules.datelines):
        return LeftOutReason.DATE_LINE
    reason = rules.reason(line)
    if reason is None and (length := dateline_length(line, rules)):
        line = line[length:]
        reason = rules.reason(line)
    if reason is LeftOutReason.TABLE and words(line):
        cell = line.strip("| ")
        return LeftOutReason.RECOMMENDED if "|" not in cell and is_headline(cell) else reason
    if reason is LeftOutReason.READ_ALSO and (_runs_into_story(line, rules) or _is_sentence(line)):
        return None
    if reason is None and is_date_line(line, rules):
        return LeftOutReason.DATE_LINE
    return reason


def _is_sentence(line: str) -> bool:
    """Whether a line that begins like a link is a paragraph: two sentences without a colon, not in title case."""
    return ":" not in line and is_prose(line) and len(line) > 2 * _FULL_LINE and not is_title_case(line)


def _runs_into_story(line: str, rules: Rules) -> bool:
    """Whether a line that begins with a read-also marker goes on as a paragraph after the headline."""
    marker = rules.glued.match(line)
    end = headline_end(line, marker.end(), len(line)) if marker else None
    rest = line[end:].strip() if end else ""
    return len(rest) > _FULL_LINE and is_final(rest) and not is_title_case(rest)
