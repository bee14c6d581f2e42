"""The lines of an element: one a block, squeezed, with the reason why it is not the story where that is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kutub.article.lines import normal
from kutub.datafiles import DATA, read_yaml
from kutub.records import LeftOutReason

_LINK_LENGTH = (15, 250)  # characters of a link's text that may be a headline
_WHITE = 8  # how many times as long as its words a text may be for the white space in it
_ALT_LENGTH = 15  # characters from which what an image shows is told by its own words
_CREDIT_LENGTH = 60  # characters that a caption may have after what the image's own words say


@cache
def tags_of(kind: str) -> frozenset[str]:
    """The names of a kind of elements in data/markup.yaml."""
    return frozenset(read_yaml(DATA / "markup.yaml")[kind])


def text_of(element: Any) -> str:
    """All text of an element as one line."""
    return " ".join("".join(element.itertext()).split())


def opening_of(element: Any, limit: int) -> str:
    """The text of an element as one line, to its end or to where it has more than `limit` characters.

    No more is read than that (and white space in it), so that asking it of elements within elements costs little.
    """
    size, found = 0, []
    for text in element.itertext():
        found.append(text[: _WHITE * limit])
        size += sum(map(len, found[-1].split()))
        if size > limit or len(text) > _WHITE * limit:
            break
    return " ".join("".join(found).split())


def headline_of(link: Any) -> str | None:
    """The text of a link as one line, where it is as long as the headline of another story; else None."""
    low, high = _LINK_LENGTH
    text = opening_of(link, high) if link.get("href") else ""
    return text if low <= len(text) <= high else None


def outermost(elements: Sequence[Any]) -> list[Any]:
    """Of elements in the order of the page, those that are in no other of them."""
    result: list[Any] = []
    inner: set[Any] = set()
    for element in elements if len(elements) > 1 else ():
        if element not in inner:
            result.append(element)
            inner.update(element.iterdescendants())
    return result or list(elements)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockLine:
    """A line of a page; `reason` is set where it is known not to be the story. `block` is the element that parts it
    from other lines, where the line was made of elements."""

    text: str
    reason: LeftOutReason | None = None
    block: Any = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """What holds a stretch of text: the reason why that is not the story, the link and the block that it stands in."""

    reason: LeftOutReason | None = None
    link: Any = None
    block: Any = None


class _Lines:
    """Makes lines of stretches of text."""

    def __init__(self) -> None:
        self.made: list[BlockLine] = []
        self.place = _Place()  # of the line that is being made
        self.stretches: list[str] = []
        self.links: list[Any] = []  # of the stretches that are not blank; None for those outside any
        self.aside: list[BlockLine] = []  # stretches within the line that are not the story
        self.initial = ""  # one capital by itself: perhaps the first letter of the next line
        self.headlines: dict[Any, str | None] = {}  # of links
        self.shown = ""  # what the image right above says that it shows

    def add(self, text: str | None, place: _Place) -> None:
        """A stretch of the line; the place of the last one is the line's."""
        self.place = place
        if text:
            self.stretches.append(text)
        if text and not text.isspace():
            self.links.append(place.link)

    def end(self) -> None:
        """The line ends here."""
        if not self.stretches and not self.aside:
            return
        text = " ".join("".join(self.stretches).split())
        reason = self.place.reason or self._reason(text)
        self.stretches.clear()
        self.links.clear()
        self.shown = "" if text else self.shown
        if text and self.initial:
            if text[0].islower() and reason is None:
                text = self.initial + text
            else:
                self.made.append(BlockLine(text=self.initial))
            self.initial = ""
        if len(text) == 1 and text.isupper() and reason is None:
            self.initial = text
        elif text:
            self.made.append(BlockLine(text=text, reason=reason, block=self.place.block))
        self.made += self.aside
        self.aside.clear()

    def add_image(self, alt: str) -> None:
        """An image, with its own words for what it shows."""
        self.shown = normal(alt)

    def finish(self) -> list[BlockLine]:
        """All lines; nothing follows."""
        self.end()
        return [*self.made, *([BlockLine(text=self.initial)] if self.initial else [])]

    def _reason(self, text: str) -> LeftOutReason | None:
        """A line that is one whole link, and all of that link, is the headline of another story; one that says below an
        image what this says of itself, perhaps with a credit behind it, is a caption."""
        if len(self.shown) >= _ALT_LENGTH and _is_caption(normal(text), self.shown):
            return LeftOutReason.CAPTION
        link = self.links[0] if self.links else None
        if link is None or any(other is not link for other in self.links):
            return None
        if link not in self.headlines:
            self.headlines[link] = headline_of(link)
        return LeftOutReason.RECOMMENDED if self.headlines[link] == text else None


def _is_caption(line: str, shown: str) -> bool:
    return line == shown or (line.startswith(shown) and len(line) <= len(shown) + _CREDIT_LENGTH)


def block_lines(element: Any, reasons: Mapping[Any, LeftOutReason]) -> list[BlockLine]:
    """The lines of an element in order. reasons: elements that are not the story, with all that is in them."""
    inline, silent = tags_of("inline"), tags_of("silent")
    lines = _Lines()
    stack: list[tuple[Any, bool, _Place]] = [(element, False, _Place(block=element))]
    while stack:
        node, is_left, outer = stack.pop()
        is_block = node.tag not in inline
        if is_left:
            if is_block:
                lines.end()
            lines.add(None if node is element else node.tail, outer)
            continue
        if not isinstance(node.tag, str) or node.tag in silent:
            lines.add(" " + (node.tail or ""), outer)
            continue
        reason = outer.reason or reasons.get(node)
        if not is_block and reason and not outer.reason:
            if text := text_of(node):
                lines.aside.append(BlockLine(text=text, reason=reason))
            lines.add(node.tail, outer)
            continue
        if is_block:
            lines.end()
        if node.tag == "img":
            lines.add_image(node.get("alt") or "")
        is_link = node.tag == "a"
        place = outer
        if reason or is_link or is_block:
            place = _Place(reason=reason, link=node if is_link else outer.link, block=node if is_block else outer.block)
        lines.add(node.text, place)
        stack.append((node, True, outer))
        stack.extend((child, False, place) for child in reversed(node))
    return lines.finish()
