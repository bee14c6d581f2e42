"""Front and section pages: headlines of stories with a sentence or two of each, and no story of their own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log

from kutub.article.blocks import BlockLine
from kutub.article.lines import is_prose, normal, plain, stems, words

HEADLINE_WORDS = 4  # from which a line is the headline of a story, and no section
LEAST = 4  # headlines with a sentence each that a listing has at least
SHARE = 0.8  # of the paragraphs of a listing are such sentences
MOST = 300  # headlines and paragraphs that are looked at
_BETWEEN_WORDS = 6  # up to which a line (section, date) may stand between a headline and its sentence
_FEW, _LINKS_OF_FEW = 3, 10  # paragraphs of a page, and the headlines that it has where it has so few or fewer
_MANY = 8  # paragraphs from which a page is a listing whatever they say, if each is a headline's own
_TWO_SENTENCES = 5  # paragraphs from which they may be of two sentences
_SHARED, _SHARED_MORE = 0.15, 0.2  # share of words that four stories of a listing have in common; what more add
_BREAK = re.compile(r"[^\W\d_]{3}[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[^\W\d_a-z])")  # between sentences


def is_listing(page: Sequence[BlockLine], body: Sequence[str], title: str | None) -> bool:
    """Whether nearly every paragraph of a page's body is a headline's own: it stands below one, or one stands in it.

    Where there are few, this must be so of the first of them and of what else the page shows, and they must be short
    and of different stories: the paragraphs of a story may stand below links to others too.

    page: all lines of the page, links to other stories with a reason. body: the lines taken for the story.
    """
    headlines = list(dict.fromkeys(normal(line.text) for line in page if _is_headline(line, title)))[:MOST]
    paragraphs = [normal(plain(line)) for line in body if is_prose(plain(line))][:MOST]
    if not paragraphs or len(headlines) < LEAST:
        return False
    teasers = list(dict.fromkeys(_teasers(page, title)))[:MOST]
    own = {*headlines, *map(normal, teasers)}
    found = [any(text in paragraph for text in own) for paragraph in paragraphs]
    if sum(found) < SHARE * len(found):
        return False
    if len(found) >= _MANY:
        return all(found) or are_of_many_stories(paragraphs)
    if len(found) <= _FEW and len(headlines) >= _LINKS_OF_FEW:
        return True
    if not found[0]:
        return False
    shown = {normal(line.text) for line in page if line.reason is None and is_prose(line.text)}
    return LEAST <= len(teasers) >= SHARE * len(shown) and are_short(teasers) and are_of_many_stories(teasers)


def are_short(teasers: Sequence[str]) -> bool:
    """Whether nearly all are of one sentence, or of two where there are several."""
    most = 1 if len(teasers) >= _TWO_SENTENCES else 0
    return sum(len(_BREAK.findall(text)) <= most for text in teasers) >= SHARE * len(teasers)


def are_of_many_stories(texts: Sequence[str]) -> bool:
    """Whether four texts or more share so few of their longer words that each is of another story.

    The more texts there are, the more they share by chance.
    """
    found = [each for text in texts if (each := stems(text))]
    if len(found) < LEAST:
        return False
    spread = Counter(stem for each in found for stem in each)
    shared = sum(sum(spread[stem] > 1 for stem in each) / len(each) for each in found) / len(found)
    return shared <= _SHARED + _SHARED_MORE * log(len(found) / LEAST)


def _is_headline(line: BlockLine, title: str | None) -> bool:
    """Whether a line is a link to another story than the page's own."""
    return (
        line.reason is not None and len(words(line.text)) >= HEADLINE_WORDS and normal(line.text) != normal(title or "")
    )


def _teasers(page: Sequence[BlockLine], title: str | None) -> Iterator[str]:
    """The paragraphs that stand right below a headline, or with a short line between that is not the page's title."""
    own = normal(title or "")
    is_below = False
    for line in page:
        if _is_headline(line, title):
            is_below = True
        elif is_prose(line.text):
            if is_below:
                yield line.text
            is_below = False
        elif len(words(line.text)) > _BETWEEN_WORDS or normal(line.text) == own:
            is_below = False
