"""The lines of an element: one a block, squeezed, with the reason why it is not the story where a profile says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kutub.records import LeftOutReason

SILENT = frozenset(
    {"script", "style", "noscript", "template", "svg", "button", "select", "textarea", "iframe", "head", "title"}
)
_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
        "kbd", "label", "mark", "nobr", "q", "ruby", "rt", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
        "time", "tt", "u", "var", "wbr",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockLine:
    """A line of a page; `reason` is set where it is known not to be the story."""

    text: str
    reason: LeftOutReason | None = None


def block_lines(element: Any, reasons: Mapping[Any, LeftOutReason]) -> Iterator[BlockLine]:
    """The lines of an element in order. reasons: elements that are not the story, with all that is in them."""
    buffer: list[str] = []
    current: LeftOutReason | None = None

    def flush() -> Iterator[BlockLine]:
        text = " ".join("".join(buffer).split())
        buffer.clear()
        if text:
            yield BlockLine(text=text, reason=current)

    stack: list[tuple[Any, bool, LeftOutReason | None]] = [(element, False, None)]
    while stack:
        node, is_left, outer = stack.pop()
        is_block = node.tag not in _INLINE
        if is_left:
            if is_block or node in reasons:
                yield from flush()
            current = outer
            if node is not element:
                buffer.append(node.tail or "")
            continue
        if not isinstance(node.tag, str) or node.tag in SILENT:
            buffer.append(" " + (node.tail or ""))
            continue
        reason = outer or reasons.get(node)
        if is_block or node in reasons:
            yield from flush()
        current = reason
        buffer.append(node.text or "")
        stack.append((node, True, outer))
        stack.extend((child, False, reason) for child in reversed(node))
    yield from flush()
