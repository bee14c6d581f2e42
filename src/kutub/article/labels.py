"""Lines that a label tells: title, deck, the name below "Author", the items of a summary above the story."""

from __future__ import annotations

from kutub.article.bylines import labelled, lone_label
from kutub.article.findings import Findings
from kutub.article.lines import is_headline, is_list_item, is_name, is_one_name, words
from kutub.article.paragraphs import dateline_length
from kutub.article.rules import Rules
from kutub.records import LeftOutReason, PieceKind

_SUMMARY_LINES, _SUMMARY_LENGTH = 10, 140  # that a summary has at most; characters of a line of it
_HEAD = frozenset({LeftOutReason.BYLINE, LeftOutReason.DATE_LINE, LeftOutReason.SHARE, LeftOutReason.NAVIGATION})
_TITLE_WORDS = 5  # that a title surely has at least
_DECK_WORDS = 4  # that a labelled deck has at least


def mark_summary(found: Findings, rules: Rules) -> None:
    """The first summary above the story, with its label; a paragraph, as a deck is, may stand above it."""
    paragraphs = 0
    title = next((index for index, text in enumerate(found.plain) if _may_be_title(text)), len(found.plain))
    for index, text in enumerate(found.plain):
        paragraphs += found.is_open(index) and found.prose[index]
        if paragraphs > 1:
            return
        if (
            index not in found.kinds
            and rules.summary.match(text)
            and (items := _summary_items(found, index + 1, rules, has_title=title < index))
        ):
            found.reasons |= dict.fromkeys([index, *items], LeftOutReason.NAVIGATION)
            return


def _summary_items(found: Findings, first: int, rules: Rules, *, has_title: bool) -> list[int]:
    """The lines of a summary that begins on a line: list items, or two short lines and more that are parted from what
    follows: by a blank line, a dateline, a line of the page's head, or by being at most half as long. Where a blank
    line stands above the first item too, and a title above the label (has_title), blank lines part nothing."""
    items: list[int] = []
    has_gaps = has_title and first < len(found.lines) and found.lines[first].gap
    is_list = first < len(found.lines) and is_list_item(found.lines[first].text)
    longest = 0
    for index in range(first, min(first + _SUMMARY_LINES, len(found.lines))):
        line = found.lines[index]
        if is_list and not is_list_item(line.text):
            return items
        is_blank = line.gap and not has_gaps
        is_parted = is_blank or found.reasons.get(index) in _HEAD or dateline_length(line.text, rules) > 0
        is_other = not found.is_open(index) or found.has_credit(index) or len(line.text) > _SUMMARY_LENGTH
        is_longer = found.is_open(index) and len(line.text) >= 2 * longest
        is_other = is_other or (has_gaps and len(items) > 1 and is_longer and found.prose[index])
        if not is_list and (is_parted or is_other):
            return items if len(items) > 1 and (is_parted or is_longer) else []
        longest = max(longest, len(line.text))
        items.append(index)
    return []


def _may_be_title(text: str) -> bool:
    return len(words(text)) >= _TITLE_WORDS and is_headline(text)


def mark_labelled_heads(found: Findings, rules: Rules) -> None:
    """The first line that is labelled as the title, and the first above the story that is labelled as the deck."""
    stated = [labelled(line.text, rules) for line in found.lines]
    title = next((index for index, values in enumerate(stated) if "title" in values), None)
    if title is not None:
        _mark_kind(found, title, PieceKind.TITLE)
    story = [index for index in found.open() if found.prose[index] and "deck" not in stated[index]]
    decks = [index for index, values in enumerate(stated) if len(words(values.get("deck", ""))) >= _DECK_WORDS]
    if decks and PieceKind.DECK not in found.kinds.values() and decks[0] < min(story, default=0):
        _mark_kind(found, decks[0], PieceKind.DECK)


def _mark_kind(found: Findings, index: int, kind: PieceKind) -> None:
    found.reasons.pop(index, None)
    found.kinds[index] = kind


def kind_above(found: Findings, index: int, rules: Rules) -> str | None:
    """What the line above says the names on this line are, being a label and nothing else: author or editor."""
    kind = lone_label(found.plain[index - 1], rules) if index else None
    text = found.plain[index]
    return kind if kind and not lone_label(text, rules) and (is_name(text) or is_one_name(text)) else None
