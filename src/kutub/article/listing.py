"""Front and section pages: headlines of stories with a sentence or two of each, and no story of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kutub.article.blocks import BlockLine
from kutub.article.lines import is_prose, normal, plain, words

_HEADLINE_WORDS = 4  # from which a link is the headline of a story
_BETWEEN_WORDS = 6  # up to which a line (section, date) may stand between a headline and its sentence
_SHARE = 0.8  # of the paragraphs of a listing are such sentences
_FEW, _LINKS, _LINKS_OF_FEW = 3, 5, 10  # headlines that a listing has at least: where it has so few sentences, more
_MOST = 300  # headlines and paragraphs that are looked at


def is_listing(page: Sequence[BlockLine], body: Sequence[str], title: str | None) -> bool:
    """Whether nearly every paragraph of a page's body is a headline's own: it stands below one, or one stands in it.

    page: all lines of the page, links to other stories with a reason. body: the lines taken for the story.
    """
    headlines = list(dict.fromkeys(normal(line.text) for line in page if _is_headline(line, title)))[:_MOST]
    paragraphs = [normal(plain(line)) for line in body if is_prose(plain(line))][:_MOST]
    if not paragraphs or len(headlines) < (_LINKS if len(paragraphs) >= _FEW else _LINKS_OF_FEW):
        return False
    teasers = set(_teasers(page, title))
    found = sum(text in teasers or any(headline in text for headline in headlines) for text in paragraphs)
    return found >= _SHARE * len(paragraphs)


def _is_headline(line: BlockLine, title: str | None) -> bool:
    """Whether a line is a link to another story than the page's own."""
    return (
        line.reason is not None
        and len(words(line.text)) >= _HEADLINE_WORDS
        and normal(line.text) != normal(title or "")
    )


def _teasers(page: Sequence[BlockLine], title: str | None) -> Iterator[str]:
    """The paragraphs that stand right below a headline, or with a short line between."""
    is_below = False
    for line in page:
        if _is_headline(line, title):
            is_below = True
        elif is_prose(line.text):
            if is_below:
                yield normal(line.text)
            is_below = False
        elif len(words(line.text)) > _BETWEEN_WORDS:
            is_below = False
