"""Where the story stands among the lines: what is above it, within it and below it, by form and by shared words.

The order of decisions: the title (the headline whose words the paragraphs share), the first paragraph (a dateline marks
it), the last paragraph (what follows an end of the story must share its names), then each line between and around them.
"""

from __future__ import annotations

from kutub.article.findings import Findings
from kutub.article.lines import (
    is_address,
    is_final,
    is_headline,
    is_items,
    is_link,
    is_list_item,
    is_name,
    is_title_case,
    normal,
    words,
)
from kutub.article.paragraphs import dateline_length
from kutub.article.rules import Rules
from kutub.records import LeftOutReason, PieceKind

_TITLE_SHARE = 0.34  # of a headline's longer words stand in the paragraphs below, if it is theirs
_STORY_SHARE = 0.35  # the same for a paragraph after an end of the story
_LEAD_PARAGRAPHS = 3  # how many paragraphs (deck, captions) may stand above the one with the dateline
_DECKS = 2
_TAGS = LeftOutReason.TAGS
_RUN = 3  # headlines in a row that are no part of a story
_LINK_WORDS = 4  # from which a line that is a link and nothing else is the headline of another story
_BLOCK_SHARE = 0.12  # the same for several paragraphs in a row
_CAPTION_LENGTH = 250  # characters of a caption
_BLOCK = 12  # paragraphs in a row that are looked at together
_LONG_LIST = 60  # items above one among which what introduces the list is looked for
_NEAR = 3  # lines between a title and the deck below it
_FULL_LINE = 110  # characters from which a line without a final stop is a paragraph, unless it is in title case
_HEADLINE_WORDS = 5  # from which a line within the story may be the headline of another
_ENDS = frozenset({LeftOutReason.TAGS, LeftOutReason.COMMENT, LeftOutReason.COPYRIGHT, LeftOutReason.BYLINE})
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
            _only_title(found)
        return
    title = None if has_title else _mark_title(found, paragraphs, rules)
    above = title if title is not None else max(found.kinds, default=-1)
    first = _first_paragraph(found, paragraphs, above, rules)
    last = _last_paragraph(found, first)
    _mark_above(found, rules, above, first, is_titled=title is not None or has_title, may_have_deck=not has_title)
    _mark_within(found, first, last, has_links=has_links)
    _mark_below(found, last)


def mark_signature(found: Findings) -> None:
    """Names alone on the lines below the last paragraph sign the story."""
    for index in reversed(found.open()):
        text = found.plain[index]
        if found.prose[index] or not is_name(text) or len(words(text)) > 4:
            return
        found.reasons[index] = LeftOutReason.BYLINE
        found.byline = found.byline or text


def _only_title(found: Findings) -> None:
    """A text without paragraphs: its first line is a title if it looks like one and more follows."""
    lines = found.open()
    if len(lines) > 1 and is_headline(found.plain[lines[0]]):
        found.kinds[lines[0]] = PieceKind.TITLE


def _mark_title(found: Findings, paragraphs: list[int], rules: Rules) -> int | None:
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


def _first_paragraph(found: Findings, paragraphs: list[int], above: int, rules: Rules) -> int:
    """The paragraph that the story begins with: the first below the title, or one with a dateline soon after it."""
    below = [index for index in paragraphs if index > above] or paragraphs
    if len(below) > _RUN and _is_caption(found, below[0]) and not _has_dateline(found, below[0], rules):
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


def _is_caption(found: Findings, index: int) -> bool:
    """Whether a paragraph is short and has a credit at its end."""
    return len(found.plain[index]) <= _CAPTION_LENGTH and found.has_credit(index)


def _is_apart(found: Findings, index: int, above: int) -> bool:
    """Whether a paragraph right below the title has the byline, the date or other lines of the head below it."""
    after = min(index + 1, len(found.lines) - 1)
    is_next = all(not found.prose[other] for other in range(above + 1, index))
    follows = found.reasons.get(after)
    return is_next and follows is not None and follows is not LeftOutReason.READ_ALSO and not found.prose[after]


def _last_paragraph(found: Findings, first: int) -> int:
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


def _mark_above(found: Findings, rules: Rules, title: int, first: int, *, is_titled: bool, may_have_deck: bool) -> None:
    """Lines above the first paragraph: decks, names, captions, and what is left of the page's head."""
    decks = 0
    for index in [index for index in found.open() if index < first]:
        text = found.plain[index]
        if not may_have_deck and found.prose[index]:
            continue
        is_below_title = is_titled and index > title
        if found.prose[index] and _is_caption(found, index):
            found.reasons[index] = LeftOutReason.CAPTION
        elif may_have_deck and is_below_title and decks < _DECKS and _is_deck(found, rules, index, title):
            found.kinds[index] = PieceKind.DECK
            decks += 1
        elif is_below_title and is_name(text) and len(words(text)) <= 6:
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


def _mark_within(found: Findings, first: int, last: int, *, has_links: bool) -> None:
    """Lines between paragraphs: subheadings, list items and short sentences are body, other stories' headlines not."""
    announced: LeftOutReason | None = None
    for index in range(first, last + 1):
        if not found.is_open(index):
            announced = _announced(found, index, announced)
            continue
        if found.prose[index]:
            announced = None
            continue
        if announced and is_headline(found.plain[index]):
            found.reasons[index] = announced
        elif not has_links and (reason := _reason_within(found, index)):
            found.reasons[index] = reason


def _announced(found: Findings, index: int, before: LeftOutReason | None) -> LeftOutReason | None:
    """The reason of the headlines below a heading that announces them."""
    reason = found.reasons.get(index)
    if reason in (LeftOutReason.RECOMMENDED, LeftOutReason.READ_ALSO):
        return reason if len(words(found.plain[index])) <= 4 else None
    return before if reason in (LeftOutReason.DATE_LINE, LeftOutReason.IMAGE, LeftOutReason.NAVIGATION) else None


def _reason_within(found: Findings, index: int) -> LeftOutReason | None:
    text, count = found.plain[index], len(words(found.plain[index]))
    is_titled = is_title_case(text)
    shared, foreign = found.shared_names(index)
    if is_link(found.lines[index].text) and count >= _LINK_WORDS:
        return LeftOutReason.READ_ALSO
    if is_list_item(found.lines[index].text):
        is_other = count >= _HEADLINE_WORDS and foreign > shared and not _is_introduced(found, index)
        return LeftOutReason.READ_ALSO if is_other else None
    if text.endswith(":") or found.lines[index].text.startswith("#"):
        return None
    if is_final(text):
        is_asking = text.rstrip("\"'”’").endswith(("?", "!"))
        return (
            LeftOutReason.READ_ALSO
            if is_asking and count >= _HEADLINE_WORDS and (is_titled or foreign > shared)
            else None
        )
    if len(text) >= _FULL_LINE and not is_titled:
        return None
    if count >= _HEADLINE_WORDS:
        is_other = is_titled or foreign > shared or _is_in_run(found, index)
        return LeftOutReason.READ_ALSO if is_other else None
    if found.cohesion(index) > 0:
        return None
    follows = index + 1 < len(found.lines) and found.is_open(index + 1) and found.prose[index + 1]
    return None if count > 1 and follows and not is_name(text) else LeftOutReason.NAVIGATION


def _is_in_run(found: Findings, index: int) -> bool:
    """Whether the line above or below is a headline too: subheadings stand alone."""
    around = [other for other in (index - 1, index + 1) if 0 <= other < len(found.lines)]
    return any(
        not found.prose[other]
        and (found.is_open(other) or found.reasons.get(other) is LeftOutReason.READ_ALSO)
        and is_headline(found.plain[other])
        and len(words(found.plain[other])) >= _HEADLINE_WORDS
        for other in around
    )


def _is_introduced(found: Findings, index: int) -> bool:
    """Whether a list item belongs to a list that a colon or a subheading introduces."""
    for _ in range(_LONG_LIST):
        if index == 0 or not is_list_item(found.lines[index].text):
            break
        index -= 1
    return found.plain[index].endswith(":") or (found.is_open(index) and not found.prose[index])


def _mark_below(found: Findings, last: int) -> None:
    """Lines below the last paragraph: short sentences that go on, a signature, then nothing of the story."""
    is_going_on = True
    announced: LeftOutReason | None = None
    for index in range(last + 1, len(found.lines)):
        text = found.plain[index]
        if not found.is_open(index):
            reason = found.reasons.get(index)
            is_going_on = is_going_on and reason in (LeftOutReason.READ_ALSO, LeftOutReason.ADVERT)
            announced = _TAGS if reason is _TAGS else _announced(found, index, announced)
            if reason is LeftOutReason.DATE_LINE and _is_among_headlines(found, index):
                found.reasons[index] = LeftOutReason.RECOMMENDED
            elif reason is LeftOutReason.NAVIGATION and _is_tag(found, index, is_announced=announced is _TAGS):
                found.reasons[index], announced = _TAGS, _TAGS
            continue
        if is_going_on and (_goes_on(found, index) or found.lines[index].text[:1].islower()):
            continue
        if is_going_on and is_name(text) and len(words(text)) <= 4:
            found.reasons[index] = LeftOutReason.BYLINE
            found.byline = found.byline or text
            continue
        is_going_on = False
        if _is_tag(found, index, is_announced=announced is _TAGS):
            found.reasons[index] = announced = _TAGS
        elif announced in (LeftOutReason.READ_ALSO, LeftOutReason.RECOMMENDED) and is_headline(text):
            found.reasons[index] = announced
        elif is_items(found.lines[index].text):
            found.reasons[index] = _TAGS
        elif is_headline(text) and len(words(text)) >= 4:
            found.reasons[index] = LeftOutReason.RECOMMENDED
        else:
            found.reasons[index] = LeftOutReason.NAVIGATION


def _is_tag(found: Findings, index: int, *, is_announced: bool) -> bool:
    """Whether a line of a few words names a topic: below a heading of tags, or when the story has all its words."""
    text = found.plain[index]
    count = len(words(text))
    if not 1 <= count <= 4 or is_final(text) or any(sign.isdigit() for sign in text):
        return False
    return is_announced or (bool(found.stems[index]) and found.cohesion(index) == 1.0)


def _goes_on(found: Findings, index: int) -> bool:
    text = found.plain[index]
    if is_link(found.lines[index].text):
        return False
    if is_list_item(found.lines[index].text):
        before = found.plain[index - 1] if index else ""
        return before.endswith((":", ";")) or is_list_item(found.lines[index - 1].text)
    if is_final(text):
        return len(words(text)) >= 2 and not (is_title_case(text) and is_headline(text))
    if is_title_case(text):
        return False
    after = index + 1
    is_alone = after == len(found.lines) or not found.is_open(after) or not is_headline(found.plain[after])
    _, foreign = found.shared_names(index)
    is_own = not foreign and found.cohesion(index) >= 0.5
    return len(text) >= _FULL_LINE or (len(words(text)) >= _HEADLINE_WORDS and (is_own or is_alone))


def _is_among_headlines(found: Findings, index: int) -> bool:
    around = [index - 1, index + 1]
    return any(found.reasons.get(other) is LeftOutReason.RECOMMENDED for other in around) or any(
        other < len(found.lines) and found.is_open(other) and is_headline(found.plain[other]) for other in around[1:]
    )
