"""Where title, deck, names, date and body stand in saved pages: selectors for what the pages say about themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from kutub.article.dates import stated_date
from kutub.article.lines import words
from kutub.article.metadata import joined
from kutub.article.rules import Rules
from tools.publisher.hooks import Hook, chosen, hooks, hooks_with_ancestors
from tools.publisher.pages import SavedPage, find, key, known, own_key

ENOUGH = 0.8  # share of the story (by characters) that its element must hold
LEVELS = 3  # how far above the smallest such element a better hook is looked for
SHORTEST = 20  # letters and digits of a line that is looked for
LIKE = 0.4  # share of common words from which two headings are forms of one
SHORT_TEXT = 120  # characters of a byline or date
_LONGEST_DECK = 500  # letters and digits


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sample:
    """A page with what is sought in it. story: keys of the lines that trafilatura takes for the story."""

    page: SavedPage
    rules: Rules
    story: tuple[str, ...]
    keys: dict[Any, str] = field(default_factory=dict)
    body: list[Any] = field(default_factory=list)  # the elements of the body, once they are known

    def key(self, element: Any) -> str:
        """`own_key`, computed once."""
        if element not in self.keys:
            self.keys[element] = own_key(element)
        return self.keys[element]

    def share(self, elements: Sequence[Any]) -> float:
        """Which share of the story the elements hold."""
        held = sum(len(line) for line in self.story if any(line in self.key(element) for element in elements))
        return held / max(sum(map(len, self.story)), 1)

    def excess(self, elements: Sequence[Any]) -> float:
        """Which share of what the elements hold is not the story."""
        held = sum(len(line) for line in self.story if any(line in self.key(element) for element in elements))
        return 1 - min(held / max(sum(len(self.key(element)) for element in elements), 1), 1)

    def shown(self) -> Iterator[Any]:
        """The elements of the page's body, in order."""
        for element in (self.page.tree if (body := self.page.tree.find("body")) is None else body).iter():
            if isinstance(element.tag, str):
                yield element

    def around(self) -> Iterator[Any]:
        """The elements that are neither within a line of the story nor around one, in order."""
        within = {element for line in self.story for element in smallest(self, line).iter()}
        for element in self.shown():
            if element not in within and not any(line in self.key(element) for line in self.story):
                yield element


def sample(page: SavedPage, rules: Rules) -> Sample:
    """The page with the story that trafilatura finds in it."""
    from copy import deepcopy

    from trafilatura import bare_extraction

    document = bare_extraction(
        deepcopy(page.tree), favor_precision=True, include_comments=False, include_tables=False, with_metadata=False
    )
    lines = (document.text or "").splitlines() if document else []
    found = dict.fromkeys(line for text in lines if len(line := key(text)) >= SHORTEST)
    return Sample(page=page, rules=rules, story=tuple(found))


def body_selectors(samples: Sequence[Sample]) -> list[str]:
    """Selectors of the element (or the elements) that hold most of the story; empty where there is none."""
    costs: dict[str, float] = {}
    for one in samples:
        for hook in _body_hooks(one):
            elements = find(one.page.tree, hook.css)
            costs[hook.css] = max(costs.get(hook.css, 0), hook.cost + 4 * one.excess(elements))

    def judge(one: Sample, css: str) -> bool | None:
        elements = find(one.page.tree, css)
        return one.share(elements) >= ENOUGH if elements else None

    return chosen(samples, (Hook(cost=cost, css=css) for css, cost in costs.items()), judge)


def _body_hooks(one: Sample) -> Iterator[Hook]:
    holder = _holder(one)
    for level, element in enumerate([holder, *holder.iterancestors()][:LEVELS]):
        yield from (Hook(cost=hook.cost + level, css=hook.css) for hook in hooks_with_ancestors(element))
    for line in one.story:
        for element in chain([start := smallest(one, line)], start.iterancestors()):
            if element is holder:
                break
            yield from (Hook(cost=hook.cost + 1.5, css=hook.css) for hook in hooks(element) if hook.css != element.tag)


def _holder(one: Sample) -> Any:
    """The smallest element that holds most of the story."""
    return _descended(one.page.tree, lambda element: one.share([element]) >= ENOUGH)


def smallest(one: Sample, line: str) -> Any:
    """The smallest element that holds a line of the story."""
    return _descended(one.page.tree, lambda element: line in one.key(element))


def _descended(element: Any, holds: Callable[[Any], bool]) -> Any:
    """The smallest descendant of which something is true that is true of its ancestors too."""
    while (child := next((one for one in element if isinstance(one.tag, str) and holds(one)), None)) is not None:
        element = child
    return element


def title_selectors(samples: Sequence[Sample]) -> list[str]:
    """Selectors of the title."""
    wanted = {one: key(_title(one)) for one in samples}
    found = {one: [element for element in one.shown() if one.key(element) == wanted[one]] for one in samples}
    return _for_texts(samples, found, wanted)


def _title(one: Sample) -> str:
    """The title that the page states, if it shows it, else the heading that is most like it; empty if none is."""
    stated = one.page.metadata.title or ""
    if any(one.key(element) == key(stated) for element in one.shown()):
        return stated
    texts = [text for element in one.page.tree.iter("h1", "h2") if (text := joined(element))]
    likest = max(texts, key=lambda text: _likeness(text, stated), default="")
    return likest if _likeness(likest, stated) >= LIKE else ""


def _likeness(text: str, other: str) -> float:
    """Which share of the words of two texts both have."""
    first, second = ({word.casefold() for word in words(one)} for one in (text, other))
    return len(first & second) / max(len(first | second), 1)


def deck_selectors(samples: Sequence[Sample]) -> list[str]:
    """Selectors of the deck: what the page states as description, or an element between title and body named so."""
    found = {one: _decks(one) for one in samples}
    wanted = {one: one.key(elements[0]) if elements else "" for one, elements in found.items()}
    return _for_texts(samples, found, wanted)


def _decks(one: Sample) -> list[Any]:
    stated = key((one.page.metadata.description or "").rstrip(".… "))[:60]
    title = key(_title(one))
    texts = [element for element in one.around() if len(words(joined(element) or "")) >= 4]
    said = [element for element in texts if one.key(element).startswith(stated)]
    if said and len(stated) >= SHORTEST and stated not in title:
        return [_innermost(one, said)]
    names = set(known()["deck"])
    for element in texts:
        parts = set((element.get("class") or "").casefold().replace("_", "-").replace("-", " ").split())
        text = one.key(element)
        if parts & names and SHORTEST <= len(text) <= _LONGEST_DECK and title not in text and not _holds_image(element):
            return [element] if _is_before_body(one, element) else []
    return []


def _holds_image(element: Any) -> bool:
    return next(element.iter("img", "picture", "figure", "figcaption"), None) is not None


def _innermost(one: Sample, elements: Sequence[Any]) -> Any:
    return min(elements, key=lambda element: (len(one.key(element)), -len(list(element.iterancestors()))))


def _is_before_body(one: Sample, element: Any) -> bool:
    order = [found for found in one.page.tree.iter() if found is element or found in one.body]
    return bool(order) and order[0] is element


def _for_texts(samples: Sequence[Sample], found: dict[Sample, list[Any]], wanted: dict[Sample, str]) -> list[str]:
    """Selectors whose first element with text holds what is wanted of the page."""

    def judge(one: Sample, css: str) -> bool | None:
        texts = [text for element in find(one.page.tree, css) if (text := one.key(element))]
        if not texts:
            return None
        if wanted[one]:
            return texts[0] == wanted[one]
        return False if texts[0] in "".join(one.story) else None

    candidates = chain.from_iterable(hooks_with_ancestors(element) for one in samples for element in found[one])
    return chosen(samples, candidates, judge)


def published_selectors(samples: Sequence[Sample]) -> list[str]:
    """Selectors of the element that shows the publication date."""
    wanted = {one: one.page.metadata.published or _first_date(one) for one in samples}

    def judge(one: Sample, css: str) -> bool | None:
        elements = find(one.page.tree, css)
        return _dated(elements[0]) == wanted[one] if elements else None

    candidates = (
        Hook(cost=hook.cost + len(one.key(element)) / 40, css=hook.css)  # the smaller the element the better
        for one in samples
        if wanted[one]
        for element in one.around()
        if len(one.key(element)) <= SHORT_TEXT and _dated(element) == wanted[one]
        for hook in hooks_with_ancestors(element)
    )
    return chosen(samples, candidates, judge, most=2)


def _first_date(one: Sample) -> date | None:
    dates = (_dated(element) for element in one.around() if len(one.key(element)) <= SHORT_TEXT)
    return next((day for day in dates if day), None)


def _dated(element: Any) -> date | None:
    values = (element.get("datetime"), element.get("content"), joined(element))
    return next((day for value in values if value and (day := stated_date(value))), None)
