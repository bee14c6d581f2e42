"""The texts of a page line by line, and lines of ours in their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kutub.datafiles import DATA, read_yaml
from tools.publisher.stock import Kind
from tools.publisher.texts import Part, Writer

_NOT_TEXT = frozenset(("script", "style"))


@dataclass(slots=True, kw_only=True)
class Slot:
    """A text of the tree: an element's own (`tail` False) or the one after it."""

    element: Any
    tail: bool
    text: str

    def put(self, text: str) -> None:
        """Put another text in its place."""
        if self.tail:
            self.element.tail = text
        else:
            self.element.text = text


def blocks(tree: Any, reasons: set[Any]) -> Iterator[list[Slot]]:
    """The texts of the tree that make a line each."""
    block: list[Slot] = []

    def ended() -> Iterator[list[Slot]]:
        if any(not slot.text.isspace() for slot in block):
            yield list(block)
        block.clear()

    def add(element: Any, text: str | None, *, tail: bool) -> None:
        if text:
            block.append(Slot(element=element, tail=tail, text=text))

    markup = read_yaml(DATA / "markup.yaml")
    inline = {*markup["inline"]} - {*markup["silent"]}
    stack: list[tuple[Any, bool]] = [(tree, False)]
    while stack:
        element, is_left = stack.pop()
        if element.tag not in inline or element in reasons:
            yield from ended()
        if is_left:
            add(element, element.tail, tail=True)
            continue
        if element.tag not in _NOT_TEXT:
            add(element, element.text, tail=False)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    yield from ended()


def write_block(block: Sequence[Slot], writer: Writer, *, kind: Kind) -> None:
    """Write a line of ours into the texts of a block, to each as many words as it had."""
    source = re.sub(r"\s+", " ", "".join(slot.text for slot in block))
    lead = len(source) - len(source.lstrip())
    parts = writer.parts(source.strip(), kind=kind)
    position = -lead
    before = ""
    for slot in block:
        text = re.sub(r"\s+", " ", slot.text)
        if before.endswith(" "):
            text = text.removeprefix(" ")
        made = _cut(parts, position, position + len(text))
        space = "\n" if "\n" in slot.text else " "
        start = space if slot.text[:1].isspace() or made.startswith(" ") else ""
        end = space if slot.text[-1:].isspace() or made.endswith(" ") else ""
        slot.put(f"{start}{made.strip()}{end}" if made.strip() else start)
        position += len(text)
        before = text or before


def _cut(parts: Sequence[Part], start: int, end: int) -> str:
    """What stands in the place of a stretch of the line."""
    made: list[str] = []
    offset = 0
    for part in parts:
        low, high = max(start, offset) - offset, min(end, offset + len(part.source)) - offset
        if low < high:
            made.append(part.made[low:high] if part.made == part.source else _share(part, low, high))
        offset += len(part.source)
    return "".join(made)


def _share(part: Part, start: int, end: int) -> str:
    """The words of the new text that stand for source[start:end], as many in proportion."""
    starts = [word.start() for word in re.finditer(r"\S+", part.source)]
    words = part.made.split()
    first = sum(place < start for place in starts)
    last = sum(place < end for place in starts)
    total = max(len(starts), 1)
    text = " ".join(words[round(first * len(words) / total) : round(last * len(words) / total)])
    is_glued = start > 0 and start not in starts and not part.source[start].isspace()
    before = " " if text and (is_glued or part.source[start].isspace()) else ""
    return before + text + (" " if part.source[end - 1].isspace() else "")


def texts(tree: Any) -> Iterator[str]:
    """All texts of a page: its lines, the values of its attributes but for marks, the strings of its JSON-LD."""
    for block in blocks(tree, set()):
        yield from _bits("".join(slot.text for slot in block))
    for element in tree.iter():
        if element.tag == "script":
            for text in re.findall(r'"((?:[^"\\]|\\.)*)"', element.text or ""):
                yield from _bits(text.replace("\\/", "/"))
        for name, value in element.attrib.items():
            is_mark = name in ("class", "id") or (name.startswith("data-") and re.fullmatch(r"[\w:.-]+", value))
            if not is_mark:
                yield from _bits(value)


def _bits(value: str) -> Iterator[str]:
    """A text without its addresses, and the parts of these."""
    tokens = value.split()
    yield " ".join(token for token in tokens if "/" not in token)
    for token in tokens:
        if "/" in token:
            yield from re.split(r"[^\w-]+", token)
