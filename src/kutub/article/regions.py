"""What the lines above, within and below the story are, once it is known where it begins and ends.

The order of decisions: the title, the first and the last paragraph (extent.py), then each line between and around them.
"""

from __future__ import annotations

from kutub.article.extent import first_paragraph, is_caption_paragraph, last_paragraph, mark_title, only_title
from kutub.article.findings import Findings
from kutub.article.lines import is_list_item, is_name, words
from kutub.article.rules import Rules
from kutub.article.within import mark_below, mark_within
from kutub.records import LeftOutReason, PieceKind

_TITLE_SHARE = 0.34  # of a headline's longer words stand in the paragraphs below, if it is theirs
_DECKS = 2
_HEADLINE_WORDS = 5  # from which a line is no name and no section
_NO_DECK_BELOW = frozenset({LeftOutReason.CAPTION, LeftOutReason.IMAGE})
_ABOVE = frozenset({LeftOutReason.BYLINE, LeftOutReason.DATE_LINE})


def mark_regions(found: Findings, rules: Rules, *, has_title: bool, has_links: bool) -> None:
    """Decide what the lines that are still open are; those that stay open are body.

    has_title: the title is known (a web page's, a row's column), so that none is looked for. has_links: lines that are
    links to other stories are known already (a web page's), so that other lines within the story are its own.
    """
    paragraphs = [index for index in found.open() if found.prose[index]]
    if not paragraphs:
        if not has_title:
            only_title(found)
        return
    title = None if has_title else mark_title(found, paragraphs, rules)
    above = title if title is not None else max(found.kinds, default=-1)
    first = first_paragraph(found, paragraphs, above, rules)
    last = last_paragraph(found, first)
    _mark_above(found, rules, above, first, is_titled=title is not None or has_title, may_have_deck=not has_title)
    mark_within(found, first, last, has_links=has_links)
    mark_below(found, last)


def mark_signature(found: Findings) -> None:
    """Names alone on the lines below the last paragraph sign the story."""
    for index in reversed(found.open()):
        text = found.plain[index]
        if found.prose[index] or not is_name(text) or len(words(text)) > 4:
            return
        found.reasons[index] = LeftOutReason.BYLINE
        found.byline = found.byline or text


def _mark_above(found: Findings, rules: Rules, title: int, first: int, *, is_titled: bool, may_have_deck: bool) -> None:
    """Lines above the first paragraph: decks, names, captions, and what is left of the page's head."""
    decks = 0
    for index in [index for index in found.open() if index < first]:
        text = found.plain[index]
        if not may_have_deck and found.prose[index]:
            continue
        is_below_title = is_titled and index > title
        if found.prose[index] and is_caption_paragraph(found, index):
            found.reasons[index] = LeftOutReason.CAPTION
        elif may_have_deck and is_below_title and decks < _DECKS and _is_deck(found, rules, index, title):
            found.kinds[index] = PieceKind.DECK
            decks += 1
        elif is_below_title and is_name(text) and len(words(text)) <= 6 and not is_list_item(found.lines[index].text):
            found.reasons[index] = LeftOutReason.BYLINE
            found.byline = found.byline or text.strip(" |-*")
        elif is_below_title and len(words(text)) >= _HEADLINE_WORDS and found.cohesion(index) > 0:
            found.reasons[index] = LeftOutReason.CAPTION
        else:
            found.reasons[index] = LeftOutReason.NAVIGATION


def _is_deck(found: Findings, rules: Rules, index: int, title: int) -> bool:
    """A line right below the title, or a sentence without a date below the byline; both above any picture."""
    between = {found.reasons[other] for other in range(title + 1, index) if other in found.reasons}
    text = found.plain[index]
    if len(words(text)) < _HEADLINE_WORDS or is_name(text) or between & _NO_DECK_BELOW:
        return False
    if between & _ABOVE:
        return found.prose[index] and not rules.dates.pattern.search(text)
    return found.prose[index] or found.cohesion(index) >= _TITLE_SHARE or found.reasons.get(index + 1) in _ABOVE
