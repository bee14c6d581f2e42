"""What of a page is known not to be the story by its markup: what a profile leaves out, links, captions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from kutub.article.blocks import BlockLine, block_lines, headline_of, opening_of, text_of
from kutub.article.lines import is_prose, normal
from kutub.article.rules import shared
from kutub.records import LeftOutReason

_STORY_PARAGRAPHS = 3  # that an element which is not the story cannot hold
_PARAGRAPHS = ("p", "div")
_CAPTION_LENGTH = 1000  # characters of a caption
_CAPTION_PARAGRAPHS = 2  # that it cannot hold
_LABEL_LENGTH = 60  # characters of the label of a summary
_SHORT = 15  # characters up to which a text is too common to be told by what it says


def selected_lines(
    bodies: Iterable[Any], left_out: Sequence[tuple[LeftOutReason, Any]], summary: re.Pattern[str] | None
) -> list[BlockLine]:
    """The lines of the elements that hold a story, in order.

    left_out: paths to what is not the story in them; an element with several paragraphs is the story, whatever its path
    says. summary: matches the label of a summary, the list below which is not the story either. Linear in the size of
    the elements, but for the paths themselves.
    """
    return [line for body in bodies for line in block_lines(body, _reasons(body, left_out, summary))]


def known_texts(tree: Any, lines: Iterable[BlockLine]) -> Mapping[str, LeftOutReason]:
    """What is not the story wherever it stands, by its normal form: captions, and whole links (other headlines).

    lines: all lines of the tree.
    """
    found = {normal(text): LeftOutReason.RECOMMENDED for link in tree.iter("a") if (text := headline_of(link))}
    found |= {normal(line.text): line.reason for line in lines if line.reason is LeftOutReason.CAPTION}
    for caption in _captions(tree):
        lines_in = (line.text for line in block_lines(caption, {}))
        for text in (text_of(caption), *lines_in, *caption.itertext()):
            if len(text) >= _SHORT:
                found[normal(text)] = LeftOutReason.CAPTION
    return found


def _reasons(
    body: Any, left_out: Sequence[tuple[LeftOutReason, Any]], summary: re.Pattern[str] | None
) -> dict[Any, LeftOutReason]:
    """The elements of a body that are not the story."""
    named = [(element, reason) for reason, path in left_out for element in path(body)]
    holders = _story_holders(body) if named else set()
    found = dict.fromkeys(_captions(body), LeftOutReason.CAPTION)
    if summary:
        found |= dict.fromkeys(_summaries(body, summary), LeftOutReason.NAVIGATION)
    return found | {element: reason for element, reason in named if element not in holders}


def is_caption(element: Any) -> bool:
    """Whether the name or a class of an element says that it holds the caption of a picture."""
    return element.tag == "figcaption" or bool(_caption_class().search(element.get("class") or ""))


def _captions(tree: Any) -> Iterator[Any]:
    """The elements that hold the caption of a picture: short ones without several paragraphs, none within another."""
    inner: set[Any] = set()
    for element in _caption_path()(tree):
        is_short = (
            element not in inner
            and is_caption(element)
            and len(opening_of(element, _CAPTION_LENGTH)) <= _CAPTION_LENGTH
        )
        if is_short and sum(map(is_prose, element.itertext())) < _CAPTION_PARAGRAPHS:
            yield element
            inner.update(element.iterdescendants())


def _summaries(body: Any, label: re.Pattern[str]) -> Iterator[Any]:
    """The lists right below the label of a summary, and these labels."""
    for element in body.iter("ul", "ol"):
        above = element.getprevious()
        if above is not None and label.match(opening_of(above, _LABEL_LENGTH)):
            yield from (above, element)


@cache
def _caption_class() -> re.Pattern[str]:
    """A name of captions as a class or a part of one: photo__caption."""
    return re.compile(rf"(?:^|[\s_-])(?:{'|'.join(shared()['caption_classes'])})(?:$|[\s_-])", re.IGNORECASE)


@cache
def _caption_path() -> Any:
    """The elements that may be captions."""
    from lxml import etree

    named = " or ".join(f"contains(@class, '{name}')" for name in shared()["caption_classes"])
    return etree.XPath(f"descendant::figcaption | descendant::*[{named}]")


def _story_holders(body: Any) -> set[Any]:
    """The elements of a body with several paragraphs in them: one without an end tag seems to hold all that follows."""
    from lxml import etree

    result: set[Any] = set()
    counts = [0]  # of the paragraphs in each element that is open
    is_parted = [False]  # whether a paragraph or division stands in each of them
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            counts.append(0)
            is_parted.append(False)
            continue
        count, has_inner = counts.pop(), is_parted.pop()
        is_paragraph = element.tag in _PARAGRAPHS
        if is_paragraph and not has_inner:
            count += is_prose(text_of(element))
        if count >= _STORY_PARAGRAPHS:
            result.add(element)
        counts[-1] += count
        is_parted[-1] |= has_inner or is_paragraph
    return result
