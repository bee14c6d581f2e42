"""What a web page shows: its whole text, and the short texts around its heading, one of which may be a date line."""

from __future__ import annotations

import re
from typing import Any

from kutub.article.blocks import opening_of
from kutub.article.lines import normal, words

_HEADINGS = ("h1", "h2", "h3")
_HEADING_LIMIT = 400  # characters of a heading
_STAMP = (8, 80)  # characters of a text that may be a date line
_NEAR, _ABOVE = 10, 3  # such texts below and above a heading that are near it
_STAMPS = 40  # such texts that are looked at
_EXACT = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?=T\d)")


def shown_by(tree: Any, title: str | None) -> tuple[str, tuple[str, ...]]:
    """What the page shows as text, and the short texts around its heading, the likeliest to be a date line first.

    The exact time that an element keeps beside what it shows ("1 hour ago") stands before that.
    """
    before: list[str] = []
    after: list[str] = []
    heading = _heading(tree, title)
    stamps = before if heading is not None else after
    for element in tree.iter():
        if len(after) >= _STAMPS:
            break
        if not isinstance(element.tag, str) or element.tag == "title":
            own = ""
        else:
            own = element.text or ""
            stamps = after if element is heading else stamps
            if exact := _EXACT.match(element.get("title") or ""):
                stamps.append(exact[0])
        for text in (own, element.tail or ""):
            if text and _STAMP[0] <= len(text.strip()) <= _STAMP[1]:
                stamps.append(" ".join(text.split()))
    return normal(tree.text_content()), (*after[:_NEAR], *reversed(before[-_ABOVE:]), *after[_NEAR:])


def _heading(tree: Any, title: str | None) -> Any:
    """The element that shows the title: a heading with most of its words (a logo may be one too) or an element of just
    that text; else the first heading of the first level, if there is one."""
    headings = [element for level in _HEADINGS for element in tree.iter(level)]
    if title:
        wanted = set(words(normal(title)))
        for element in headings:
            if len(wanted.intersection(words(normal(opening_of(element, _HEADING_LIMIT))))) > len(wanted) / 2:
                return element
        whole = normal(title)
        for element in tree.iter():
            if element.tag != "title" and element.text and normal(element.text) == whole:
                return element
    return next((element for element in headings if element.tag == "h1"), None)
