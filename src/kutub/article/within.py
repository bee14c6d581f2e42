"""Lines within the story and below it: subheadings, list items and short sentences of its own, and all the others."""

from __future__ import annotations

from kutub.article.findings import Findings
from kutub.article.lines import is_final, is_headline, is_items, is_link, is_list_item, is_name, is_title_case, words
from kutub.records import LeftOutReason

_TAGS = LeftOutReason.TAGS
_LINK_WORDS = 4  # from which a line that is a link and nothing else is the headline of another story
_LONG_LIST = 60  # items above one among which what introduces the list is looked for
_FULL_LINE = 110  # characters from which a line without a final stop is a paragraph, unless it is in title case
_HEADLINE_WORDS = 5  # from which a line within the story may be the headline of another


def mark_within(found: Findings, first: int, last: int, *, has_links: bool) -> None:
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


def mark_announced(found: Findings) -> None:
    """The headlines of other stories below a heading that announces them, as long as they follow each other."""
    announced: LeftOutReason | None = None
    for index in range(len(found.lines)):
        if not found.is_open(index):
            announced = _announced(found, index, announced)
        elif announced and is_headline(found.plain[index]):
            found.reasons[index] = announced
        else:
            announced = None


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
    if found.cohesion(index) > 0 or (count == 1 and found.is_between_paragraphs(index)):
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


def mark_below(found: Findings, last: int) -> None:
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
