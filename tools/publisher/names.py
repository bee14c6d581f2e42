"""Where the names of authors and editors stand in saved pages, and what the pages say of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from kutub.article.bylines import names_in, read_byline
from kutub.article.metadata import joined, named
from tools.publisher.fields import SHORT_TEXT, Sample
from tools.publisher.hooks import MANY_ANCESTORS, Hook, chosen, hooks, hooks_with_ancestors
from tools.publisher.pages import find, key

_NAME_WORDS = 5
_AROUND_NAMES = " ,:|-–—"
_NAMED_SO = re.compile("author|byline|reporter|writer|wartawan|penulis", re.IGNORECASE)  # classes of a byline


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Selectors of names, and what each page says of them: stated in its metadata, labelled where it shows them."""

    selectors: list[str]
    stated: list[str | None]
    labelled: list[str | None]


def name_selectors(samples: Sequence[Sample], kind: str) -> Names:
    """Selectors of the names of authors or editors (kind: author, editor)."""
    stated = {one: getattr(one.page.metadata, kind) for one in samples}
    beside = {one: [*_beside_labels(one, kind)] for one in samples}
    labelled = {one: _labelled(one, kind, [name for name, _ in beside[one]]) for one in samples}
    wanted: dict[Sample, set[str]] = {}
    for one in samples:
        names = {key(name) for name in _split(stated[one] or "")}
        said = key(labelled[one] or "")
        if said and not (names and all(name in said for name in names)):
            names = {key(name) for name in _split(labelled[one] or "")}
        wanted[one] = names or {key(name) for name in _split(_marked(one) if kind == "author" else "")}

    def judge(one: Sample, css: str) -> bool | None:
        read = names_in(named(find(one.page.tree, css)), one.rules)
        return {*map(key, _split(read))} == wanted[one] if read and wanted[one] else None

    candidates = [hook for one in samples for _, hook in beside[one]]
    for one in samples:
        for element in one.around():
            if wanted[one] & {one.key(element), _name_key(one, element)}:
                candidates += hooks_with_ancestors(element)
    return Names(
        selectors=chosen(samples, candidates, judge, most=2),
        stated=[stated[one] for one in samples],
        labelled=[labelled[one] for one in samples],
    )


def _name_key(one: Sample, element: Any) -> str:
    """`key` of the name that a short element holds, without a label; empty for a long one."""
    return key(names_in(joined(element), one.rules) or "") if len(one.key(element)) <= SHORT_TEXT else ""


def _marked(one: Sample) -> str:
    """The first name in an element that is marked as an author's; empty if there is none."""
    for element in one.around():
        marks = " ".join(
            part.get(name) or "" for part in (element, element.getparent()) for name in ("class", "itemprop")
        )
        if _NAMED_SO.search(marks) and _is_name(element):
            return joined(element) or ""
    return ""


def _split(names: str) -> list[str]:
    return [name for name in names.split(", ") if name.strip()]


def _labelled(one: Sample, kind: str, beside: Iterable[str]) -> str | None:
    """The name that a labelled line gives ("By Jane Doe"), or that stands beside its label."""
    if names := list(dict.fromkeys(beside)):
        return ", ".join(names)
    for element in one.around():
        if len(one.key(element)) <= SHORT_TEXT and (byline := read_byline(joined(element) or "", one.rules)):
            name = byline.author if kind == "author" else byline.editor
            if name:
                return name
    return None


def _beside_labels(one: Sample, kind: str) -> Iterator[tuple[str, Hook]]:
    """Names that stand beside an element which is nothing but a label ("Writer"), with selectors that say so."""
    labels = {key(label) for label, of in one.rules.bylines.kinds.items() if of == kind and len(key(label)) > 3}
    for label in one.around():
        parent = label.getparent()
        if one.key(label) not in labels or len(label) or parent is None:
            continue
        said = f'{label.tag}:contains("{joined(label)}")'
        others = [element for element in parent.iterdescendants() if element is not label and _is_name(element)]
        name = others[0] if len(others) == 1 else None
        if name is None:
            continue
        text = (joined(name) or "").strip(_AROUND_NAMES)
        for above in hooks(parent):
            for below in hooks(name):
                css = f'{above.css}:contains("{joined(label)}") {below.css}'
                yield text, Hook(cost=above.cost + below.cost, css=css)
        if label.getnext() is name:
            for above in chain.from_iterable(hooks(element) for element in [*label.iterancestors()][:MANY_ANCESTORS]):
                yield text, Hook(cost=above.cost + 2, css=f"{above.css} {said} + {name.tag}")


def _is_name(element: Any) -> bool:
    text = (joined(element) or "").strip(_AROUND_NAMES)
    parts = text.split()
    return (
        not len(element)
        and 1 < len(parts) <= _NAME_WORDS
        and all(part[0].isupper() for part in parts)
        and not any(sign.isdigit() for sign in text)
    )
