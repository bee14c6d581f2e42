"""Lines that stand among those of a story, on a page whose body an extractor found: what it took away stays in view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kutub.article.alignment import Alignment, aligned
from kutub.article.blocks import BlockLine
from kutub.article.lines import is_prose, key_of, normal, words
from kutub.records import LeftOutReason

_SHARE = 0.8  # of the text of the story's paragraphs that the element which holds them has
_GAP = 60  # lines in a row that may stand within a story; more are another part of the page
_BESIDE = 8  # lines above and below a story that may belong to it: bylines, captions
_CAPTION_WORDS = 4  # from which a line beside an image, and apart from the story, is its caption
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_LENGTH = 5_000  # characters of one of these lines
_LIMIT = 100_000  # characters of all such lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Surrounded:
    """A story's lines, those which the extractor did not keep among them: these have a reason. `above` and `below`:
    lines right beside the story, in order, which are its own only where they are bylines, captions and the like."""

    lines: tuple[BlockLine, ...]
    above: tuple[BlockLine, ...] = ()
    below: tuple[BlockLine, ...] = ()


def surrounded(page: Sequence[BlockLine], kept: Sequence[str], known: Mapping[str, LeftOutReason]) -> Surrounded:
    """The lines that an extractor kept, with the page's other lines from the first paragraph of the story to its last.

    page: all lines of the page, with their blocks. known: what is not the story, by its normal form. A paragraph that
    stands among those of the story, in an element like theirs, is the story's though the extractor did not keep it,
    however much that is none stands beside it.
    """
    story = [BlockLine(text=text) for text in kept]
    places = aligned([line.text for line in page], kept)
    paragraphs = _paragraphs(page, kept, places)
    if not paragraphs:
        return Surrounded(lines=tuple(story))
    others = _Others(page, kept, known, places, paragraphs)
    first, last = paragraphs[0], paragraphs[-1]
    lines: list[BlockLine] = []
    before = first
    for mine, other in zip(story, places.at, strict=True):
        if other is not None and first < other <= last:
            between = others.within(before + 1, other)
            lines += (line for line in between if len(between) <= _GAP or line.reason is None)
            before = other
        lines.append(mine)
    if sum(len(line.text) for line in lines if line.reason) > _LIMIT:
        return Surrounded(lines=tuple(line for line in lines if line.reason is None))
    return Surrounded(
        lines=tuple(lines),
        above=others.beside(first - _BESIDE, first),
        below=others.beside(last + 1, last + 1 + _BESIDE),
    )


class _Others:
    """Lines of a page that the extractor did not keep."""

    def __init__(
        self,
        page: Sequence[BlockLine],
        kept: Sequence[str],
        known: Mapping[str, LeftOutReason],
        places: Alignment,
        paragraphs: Sequence[int],
    ) -> None:
        self.page, self.known = page, known
        self.taken = {index for index in places.at if index is not None} | places.covered
        self.paragraphs = frozenset(paragraphs)
        blocks = [page[index].block for index in paragraphs if page[index].block is not None]
        self.kinds = {_kind(block) for block in blocks}
        self.holders = {block.getparent() for block in blocks}
        self.said = {"", *map(key_of, kept)}
        self.has_image: dict[Any, bool] = {}

    def within(self, first: int, end: int) -> tuple[BlockLine, ...]:
        """Those between two lines of the story; of a block with an image they are its captions, if nothing else."""
        indices = self._indices(first, end)
        return tuple(self._judged(index, is_caption=self._may_be_caption(index)) for index in indices)

    def beside(self, first: int, end: int) -> tuple[BlockLine, ...]:
        """Those above or below the story, without any that is longer than a paragraph."""
        found = (self._judged(index, is_caption=False) for index in self._indices(first, end))
        return tuple(line for line in found if len(line.text) <= _LENGTH)

    def _indices(self, first: int, end: int) -> list[int]:
        places = range(max(first, 0), min(end, len(self.page)))
        return [index for index in places if index not in self.taken and key_of(self.page[index].text)]

    def _judged(self, index: int, *, is_caption: bool) -> BlockLine:
        line = self.page[index]
        reason = line.reason or self.known.get(normal(line.text))
        if reason is None and (key_of(line.text) in self.said or not self._is_story(index)):
            reason = LeftOutReason.CAPTION if is_caption else LeftOutReason.NAVIGATION
        return BlockLine(text=line.text, reason=reason)

    def _is_story(self, index: int) -> bool:
        """Whether a line is a paragraph in an element like the story's, or a heading right above one of them."""
        line = self.page[index]
        if line.block is None:
            return False
        if line.block.tag in _HEADINGS:
            return index + 1 in self.paragraphs and line.block.getparent() in self.holders
        return is_prose(line.text) and _kind(line.block) in self.kinds

    def _may_be_caption(self, index: int) -> bool:
        """Whether the block of a line, or what holds that and no story, has an image in it."""
        line = self.page[index]
        if line.block is None or len(words(line.text)) < _CAPTION_WORDS:
            return False
        around = (line.block, line.block.getparent())
        return any(element not in self.holders and self._holds_image(element) for element in around)

    def _holds_image(self, element: Any) -> bool:
        if element not in self.has_image:
            self.has_image[element] = element is not None and next(element.iter("img"), None) is not None
        return self.has_image[element]


def _paragraphs(page: Sequence[BlockLine], kept: Sequence[str], places: Alignment) -> list[int]:
    """The page's lines that are paragraphs of the story, within the innermost element that holds nearly all of them."""
    found = [other for text, other in zip(kept, places.at, strict=True) if other is not None and is_prose(text)]
    holders = {index: [*page[index].block.iterancestors()] for index in found if page[index].block is not None}
    weights: Counter[Any] = Counter()
    for index, elements in holders.items():
        weights.update(dict.fromkeys(elements, len(page[index].text)))
    enough = _SHARE * sum(len(page[index].text) for index in found)
    depths = {
        element: len(elements) - level
        for elements in holders.values()
        for level, element in enumerate(elements)
        if weights[element] >= enough
    }
    holder = max(depths, key=lambda element: depths[element], default=None)
    return [index for index in found if holder is None or holder in holders.get(index, ())]


def _kind(block: Any) -> tuple[Any, ...]:
    """What elements that stand side by side and look alike have in common."""
    return (block.getparent(), block.tag, block.get("class")) if block is not None else ()
