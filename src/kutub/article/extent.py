"""Where the story begins and ends among the lines, by form and by shared words.

The title is the headline whose words the paragraphs share; a dateline marks the first paragraph; what follows an end of
the story must share its names to be its last paragraph.
"""

from __future__ import annotations

from kutub.article.findings import Findings
from kutub.article.lines import is_address, is_final, is_headline, is_list_item, normal, words
from kutub.article.paragraphs import dateline_length
from kutub.article.rules import Rules
from kutub.records import LeftOutReason, PieceKind

_TITLE_SHARE = 0.34  # of a headline's longer words stand in the paragraphs below, if it is theirs
_STORY_SHARE = 0.35  # the same for a paragraph after an end of the story
_BLOCK_SHARE = 0.12  # the same for several paragraphs in a row
_LEAD_PARAGRAPHS = 3  # how many paragraphs (deck, captions) may stand above the one with the dateline
_RUN = 3  # headlines in a row that are no part of a story
_CAPTION_LENGTH = 250  # characters of a caption
_BLOCK = 12  # paragraphs in a row that are looked at together
_NEAR = 3  # lines between a title and the deck below it
_HEADLINE_WORDS = 5  # from which a headline is surely no section
_ENDS = frozenset({LeftOutReason.TAGS, LeftOutReason.COMMENT, LeftOutReason.COPYRIGHT, LeftOutReason.BYLINE})


def only_title(found: Findings) -> None:
    """A text without paragraphs: its first line is a title if it looks like one and more follows."""
    lines = found.open()
    if len(lines) > 1 and is_headline(found.plain[lines[0]]):
        found.kinds[lines[0]] = PieceKind.TITLE


def mark_title(found: Findings, paragraphs: list[int], rules: Rules) -> int | None:
    """The headline above the story whose words the paragraphs share; the first of equals, without a site's name."""
    first = next((index for index in paragraphs if _belongs(found, index)), paragraphs[0])
    lead = [index for index in paragraphs if index >= first][:_LEAD_PARAGRAPHS]
    first = next((index for index in lead if _has_dateline(found, index, rules)), first)
    candidates = [
        index
        for index in found.open()
        if index < first
        and is_headline(found.plain[index])
        and not dateline_length(found.plain[index], rules)
        and not is_address(found.plain[index])
    ]
    shares = {index: found.cohesion(index) for index in candidates}
    longer = [index for index in candidates if len(words(found.plain[index])) >= _HEADLINE_WORDS]
    cohesive = [index for index in longer if shares[index] >= _TITLE_SHARE] or [
        index for index in candidates if shares[index] >= _TITLE_SHARE
    ]
    if cohesive:
        best = max(shares[index] for index in cohesive)
        title = next(index for index in cohesive if shares[index] >= 0.6 * best)
        undated = [index for index in longer if not rules.dates.pattern.search(found.plain[index])]
        spoken = [index for index in cohesive if not found.plain[index].isupper()]
        if found.plain[title].isupper() and spoken:  # the name of an office or a section above it
            title = spoken[0]
        title = next((index for index in undated if _is_just_above(found, index, title)), title)
    elif len(longer) == 1:
        title = longer[0]
    else:
        return None
    for index in candidates:
        is_part = normal(found.plain[index]) in normal(found.plain[title])
        if is_part and len(found.plain[index]) < len(found.plain[title]) and index > title and shares[index] >= 0.5:
            title = index
    found.kinds[title] = PieceKind.TITLE
    repeated = normal(found.plain[title])
    for index in found.open():
        if normal(found.plain[index]) == repeated or (index < title and repeated in normal(found.plain[index])):
            found.reasons[index] = LeftOutReason.NAVIGATION
    return title


def _is_just_above(found: Findings, index: int, title: int) -> bool:
    """Whether a headline that shares something with the story stands right above the one taken for the title."""
    between = [other for other in range(index + 1, title) if found.is_open(other)]
    is_near = 0 < title - index <= _NEAR and not between
    return is_near and found.cohesion(index) >= 0.2 and found.shared_names(index)[0] > 0


def first_paragraph(found: Findings, paragraphs: list[int], above: int, rules: Rules) -> int:
    """The paragraph that the story begins with: the first below the title, or one with a dateline soon after it."""
    below = [index for index in paragraphs if index > above] or paragraphs
    if len(below) > _RUN and is_caption_paragraph(found, below[0]) and not _has_dateline(found, below[0], rules):
        below = below[1:]
    lead = below[:_LEAD_PARAGRAPHS]
    datelined = next((index for index in lead if _has_dateline(found, index, rules)), None)
    if datelined is not None:
        return datelined
    if len(below) > _RUN and _is_apart(found, below[0], above):
        return below[1]
    return below[0]


def _has_dateline(found: Findings, index: int, rules: Rules) -> bool:
    return dateline_length(found.lines[index].text, rules) > 0


def is_caption_paragraph(found: Findings, index: int) -> bool:
    """Whether a paragraph is short and has a credit at its end."""
    return len(found.plain[index]) <= _CAPTION_LENGTH and found.has_credit(index)


def _is_apart(found: Findings, index: int, above: int) -> bool:
    """Whether a paragraph right below the title has the byline, the date or other lines of the head below it."""
    after = min(index + 1, len(found.lines) - 1)
    is_next = all(not found.prose[other] for other in range(above + 1, index))
    follows = found.reasons.get(after)
    return is_next and follows is not None and follows is not LeftOutReason.READ_ALSO and not found.prose[after]


def last_paragraph(found: Findings, first: int) -> int:
    """The last paragraph: after a sign that the story has ended, one must share names or many words with it."""
    last, has_ended = first, False
    loose = 0  # lines in a row that are no paragraphs
    for index in range(first + 1, len(found.lines)):
        if index in found.reasons:
            has_ended = has_ended or found.reasons[index] in _ENDS
            continue
        if not found.prose[index]:
            loose += not (is_final(found.plain[index]) or is_list_item(found.lines[index].text))
            continue
        if (has_ended or loose >= _RUN) and not _goes_on_from(found, index, has_ended=has_ended):
            continue
        last, has_ended, loose = index, False, 0
    return last


def _goes_on_from(found: Findings, index: int, *, has_ended: bool) -> bool:
    """Whether the paragraphs from this one on, up to the next line that is none, are the story's."""
    block: list[int] = []
    while index < len(found.lines) and len(block) < _BLOCK and found.is_open(index) and found.prose[index]:
        block.append(index)
        index += 1
    shared = sum(found.shared_names(other)[0] for other in block)
    cohesion = sum(found.cohesion(other) for other in block) / len(block)
    is_long = len(block) >= 2 and (cohesion >= _BLOCK_SHARE or not has_ended)
    return is_long or shared >= _RUN or any(_belongs(found, other) for other in block)


def _belongs(found: Findings, index: int) -> bool:
    """Whether a paragraph shares names and words with the others."""
    shared, foreign = found.shared_names(index)
    cohesion = found.cohesion(index)
    return cohesion >= _STORY_SHARE or (shared >= 2 and cohesion >= 0.2) or (shared > foreign and cohesion >= 0.25)
