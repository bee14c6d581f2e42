"""Selectors for elements: by what of an element's markup lasts longest, and found alike on all pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from tools.publisher.pages import known

MANY_ANCESTORS = 6  # how far up an element's ancestors are asked to tell it from others
TAGS = frozenset(("article", "main", "h1", "h2", "time", "address", "figcaption", "figure", "aside", "blockquote"))
DATA = re.compile(
    r"data-(?!.*(?:url|href|src|link|img|image|id$|title|json|time|track|analytics|index|count|cache|ttl|slug))[a-z-]+$"
)
LEAST_STEM = 6
_PLAIN = re.compile(r"-?[A-Za-z_][\w-]*$")
_MADE = re.compile(r"(?:css|sc|jsx|jss|emotion|svelte|astro)-")  # classes that programs name
_NATURAL = re.compile(r"((?:[A-Z]?[a-z]+|[A-Z]+)(?:[A-Z][a-z]{2,})*)\d{0,4}$|\d{1,4}x\d{1,4}$")

PageT = TypeVar("PageT")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Hook:
    """A selector; the smaller the cost, the likelier it lasts and the more it says."""

    cost: float
    css: str


def hooks(element: Any) -> Iterator[Hook]:
    """Selectors that an element offers by itself, whether or not others share them."""
    tag = element.tag
    if value := element.get("itemprop"):
        yield Hook(cost=0, css=f"[itemprop={quoted(value)}]")
    if element.get("rel") == "author":
        yield Hook(cost=1, css='[rel="author"]')
    for name in (element.get("class") or "").split():
        yield from _class_hooks(name, tag)
    if (name := element.get("id") or "") and is_lasting(name):
        yield Hook(
            cost=1.2 if is_telling(name) else 2.2, css=f"#{name}" if _PLAIN.match(name) else f"[id={quoted(name)}]"
        )
    for name, value in element.items():
        if DATA.match(name) and value and len(value) <= 40 and is_lasting(value):
            yield Hook(cost=2, css=f"[{name}={quoted(value)}]")
    if tag in TAGS:
        yield Hook(cost=2.3 if tag == "h1" else 3, css=tag)


def _class_hooks(name: str, tag: str) -> Iterator[Hook]:
    if is_layout(name) or not _PLAIN.match(name):
        return
    if not is_lasting(name):
        stem = lasting_stem(name)
        if len(stem) >= LEAST_STEM and is_telling(stem):
            yield Hook(cost=2.5, css=f"[class*={quoted(stem)}]")
        return
    cost = 1.0 if is_telling(name) else 2.0
    yield Hook(cost=cost - 0.1, css=f"h1.{name}") if tag == "h1" else Hook(cost=cost, css=f".{name}")


def hooks_with_ancestors(element: Any) -> Iterator[Hook]:
    """Selectors of the element, alone and below one of its ancestors' selectors."""
    own = [*hooks(element)]
    yield from own
    if isinstance(element.tag, str) and not any(hook.css == element.tag for hook in own):
        own.append(Hook(cost=3, css=element.tag))
    ancestor, far = element.getparent(), 0
    while ancestor is not None and far < MANY_ANCESTORS:
        for above in hooks(ancestor):
            if above.cost <= 2.5:
                yield from (
                    Hook(cost=0.5 + above.cost + below.cost + 0.1 * far, css=f"{above.css} {below.css}")
                    for below in own
                )
        ancestor, far = ancestor.getparent(), far + 1


def chosen(
    pages: Sequence[PageT], candidates: Iterable[Hook], judge: Callable[[PageT, str], bool | None], *, most: int = 3
) -> list[str]:
    """The steadiest selectors that are right on most pages, until all pages have one.

    judge: whether a selector is right on a page (True), finds nothing (None), or finds something else (False); the
    last is never chosen. most: how many are chosen.
    """
    verdicts: dict[Hook, set[int]] = {}
    for hook in sorted(set(candidates)):
        found = [judge(page, hook.css) for page in pages]
        if False not in found and any(found):
            verdicts[hook] = {number for number, verdict in enumerate(found) if verdict}
    result: list[str] = []
    left = set(range(len(pages)))
    while verdicts and left and len(result) < most:
        best = min(verdicts, key=lambda hook: (-len(verdicts[hook] & left) / (1 + hook.cost), hook))
        if not verdicts[best] & left:
            break
        result.append(best.css)
        left -= verdicts[best]
    return result


def quoted(value: str) -> str:
    """A value as a selector writes it."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def is_lasting(name: str) -> bool:
    """Whether a class, id or value looks given by a person: no hash, no number of an article."""
    parts = re.split(r"[\W_]+", name)
    is_made = _MADE.match(name) or sum(part.isdigit() for part in parts) > 2
    return not is_made and all(map(_is_natural, parts))


def lasting_stem(name: str) -> str:
    """The start of a class up to its first hash or number: `body__text` of `body__text__1kDhc`."""
    end = 0
    for part in re.finditer(r"[^\W_]+", name):
        if part[0].isdigit() or not _is_natural(part[0]):
            break
        end = part.end()
    return "" if _MADE.match(name) else name[:end]


def _is_natural(part: str) -> bool:
    """Whether part of a name reads like a word, several in camel case, an abbreviation or a small number."""
    if not part or part.isdigit():
        return len(part) < 5
    if not (match := _NATURAL.match(part)):
        return False
    humps = re.findall(r"[A-Z][a-z]+", part)
    is_sayable = all(re.search("[aeiouyAEIOUY]", hump) for hump in humps)
    is_word = len(match[1] or "") < 5 or bool(re.search("[aeiouyAEIOUY]", part))
    return is_sayable and is_word


def is_telling(name: str) -> bool:
    """Whether a class or id says what the element holds."""
    return any(word in name.casefold() for word in known()["telling"])


def is_layout(name: str) -> bool:
    """Whether a class speaks of layout or state alone."""
    return bool(_layout().match(name))


@cache
def _layout() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in known()["layout"]), re.IGNORECASE)
