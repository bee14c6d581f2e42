"""The lines of an element: one a block, squeezed, with the reason why it is not the story where a profile says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kutub.datafiles import DATA, read_yaml
from kutub.records import LeftOutReason


@cache
def tags_of(kind: str) -> frozenset[str]:
    """The names of a kind of elements in data/markup.yaml."""
    return frozenset(read_yaml(DATA / "markup.yaml")[kind])


def text_of(element: Any) -> str:
    """All text of an element as one line."""
    return " ".join("".join(element.itertext()).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockLine:
    """A line of a page; `reason` is set where it is known not to be the story."""

    text: str
    reason: LeftOutReason | None = None


def block_lines(element: Any, reasons: Mapping[Any, LeftOutReason]) -> Iterator[BlockLine]:
    """The lines of an element in order. reasons: elements that are not the story, with all that is in them."""
    inline, silent = tags_of("inline"), tags_of("silent")
    buffer: list[str] = []
    aside: list[BlockLine] = []  # stretches within a line that are not the story
    current: LeftOutReason | None = None

    initial = ""

    def flush() -> Iterator[BlockLine]:
        nonlocal initial
        text = " ".join("".join(buffer).split())
        buffer.clear()
        if text and initial:
            if text[0].islower() and current is None:
                text = initial + text
            else:
                yield BlockLine(text=initial)
            initial = ""
        if len(text) == 1 and text.isupper() and current is None:  # perhaps the first letter of the next line
            initial = text
        elif text:
            yield BlockLine(text=text, reason=current)
        yield from aside
        aside.clear()

    stack: list[tuple[Any, bool, LeftOutReason | None]] = [(element, False, None)]
    while stack:
        node, is_left, outer = stack.pop()
        is_block = node.tag not in inline
        if is_left:
            if is_block:
                yield from flush()
            current = outer
            if node is not element:
                buffer.append(node.tail or "")
            continue
        if not isinstance(node.tag, str) or node.tag in silent:
            buffer.append(" " + (node.tail or ""))
            continue
        reason = outer or reasons.get(node)
        if not is_block and reason and not outer:
            if text := text_of(node):
                aside.append(BlockLine(text=text, reason=reason))
            buffer.append(node.tail or "")
            continue
        if is_block:
            yield from flush()
        current = reason
        buffer.append(node.text or "")
        stack.append((node, True, outer))
        stack.extend((child, False, reason) for child in reversed(node))
    yield from flush()
    if initial:
        yield BlockLine(text=initial)
