"""What a web page says about itself in JSON-LD, OpenGraph, meta and time elements, all capped."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from kutub.article.dates import find_date, stated_date
from kutub.article.lines import key_of, normal
from kutub.article.rules import DateWords, shared

VALUE_LIMIT = 512  # characters of a value
JSON_LD_LIMIT = 64 * 1024  # characters of a JSON-LD block
_TITLE_WORDS = 4  # from which a heading is the title and no section
_NAME_DEPTH = 5  # levels of a JSON-LD name
_NODES = 200  # JSON-LD objects that are looked at
_ANY_PAGE = "WebPage"  # a type of pages that may be no articles
_SEPARATORS = (" - ", " | ", " – ", " — ", " » ", " :: ", ": ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page states; None where it says nothing."""

    title: str | None = None
    description: str | None = None
    author: str | None = None
    editor: str | None = None
    published: date | None = None
    publisher: str | None = None
    companies: frozenset[str] = frozenset()  # `key_of` the names and hosts by which it calls its publisher
    url: str | None = None
    language: str | None = None
    body: str | None = None  # JSON-LD articleBody
    is_article: bool = False  # whether JSON-LD calls it one
    is_front_page: bool = False


def read_metadata(tree: Any) -> Metadata:
    """The metadata of a parsed page (an lxml element); the tree is not changed."""
    meta = _meta(tree)
    node = _article_node(tree)
    url = _first(_link(tree, "canonical"), _named(meta, "url"), _text(node.get("url")))
    companies = (_named(meta, "publisher"), _name(node.get("publisher")))
    publisher = _first(*companies)
    heading = _heading(tree)
    title = _first(_named(meta, "title"), _text(node.get("headline")), heading, joined(tree.find(".//title")))
    if title and heading and len(heading.split()) >= _TITLE_WORDS and normal(title).endswith(normal(heading)):
        title = heading  # without the section before it
    return Metadata(
        title=without_site(title, publisher, url) if title else None,
        description=_first(_named(meta, "description"), _text(node.get("description"))),
        author=_first(_name(node.get("author")), _named(meta, "author")),
        editor=_first(_name(node.get("editor")), _named(meta, "editor")),
        published=_published(tree, meta, node),
        publisher=publisher,
        companies=frozenset(key_of(name) for name in (*companies, *_hosts(url)) if name) - {""},
        url=url,
        language=_first(_text(tree.get("lang")), _named(meta, "language")),
        body=node.get("articleBody") if isinstance(node.get("articleBody"), str) else None,
        is_article=bool(set(_types(node)) - {_ANY_PAGE}),
        is_front_page=_is_front(url),
    )


def without_site(title: str, publisher: str | None, url: str | None) -> str:
    """The title without a final (or first) part that repeats the site's name: "Headline - Site" becomes "Headline"."""
    sites = {key_of(name) for name in (publisher, *_hosts(url)) if name} - {""}
    for separator in _SEPARATORS:
        head, found, last = title.rpartition(separator)
        if found and head.strip() and (key_of(last) in sites or _begins_with_site(last, sites)):
            return without_site(head.strip(), publisher, url)
        first, found, tail = title.partition(separator)
        if found and tail.strip() and key_of(first) in sites:
            return tail.strip()
    return title


def _begins_with_site(text: str, sites: set[str]) -> bool:
    """Whether a short text is a section of the site: "Site.com World"."""
    return len(text.split()) <= 3 and any(len(site) >= 5 and key_of(text).startswith(site) for site in sites)


def _hosts(url: str | None) -> list[str]:
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return []
    labels = host.split(".")
    return [host, *(label for label in labels if len(label) > 3), ".".join(labels[-2:]), ".".join(labels[-3:])]


def _meta(tree: Any) -> Mapping[str, list[str]]:
    """Values of meta elements by lower-case name or property, in document order."""
    result: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        value = _text(element.get("content"))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(attribute)
            if name and value:
                result.setdefault(name[:80].strip().lower(), []).append(value)
    return result


def _named(meta: Mapping[str, list[str]], field: str) -> str | None:
    """The first value of a field; an address is no name."""
    values = (value for name in shared()["metadata"][field] for value in meta.get(name, ()))
    return next((value for value in values if field == "url" or not value.startswith(("http://", "https://"))), None)


def _published(tree: Any, meta: Mapping[str, list[str]], node: Mapping[str, Any]) -> date | None:
    for value in _dates(tree, meta, node):
        if value and (found := stated_date(value)):
            return found
    return None


def _dates(tree: Any, meta: Mapping[str, list[str]], node: Mapping[str, Any]) -> Iterator[str | None]:
    yield _text(node.get("datePublished"))
    for name in shared()["metadata"]["published"]:
        yield from meta.get(name, ())
    marked = tree.xpath("//time[@pubdate or @itemprop='datePublished']") or tree.xpath(
        "//time[ancestor::article or ancestor::header]"
    )
    for element in [*marked, *tree.iter("time")][:3]:
        yield _text(element.get("datetime")) or joined(element)


def _article_node(tree: Any) -> Mapping[str, Any]:
    """The JSON-LD object of the article, the likeliest type first; empty if there is none."""
    types: list[str] = shared()["article_types"]
    found: dict[str, Mapping[str, Any]] = {}
    for script in tree.xpath("//script[@type='application/ld+json']"):
        for node in _json_ld(script.text or ""):
            for name in _types(node):
                found.setdefault(name, node)
    return next((found[name] for name in types if name in found), {})


def _json_ld(text: str) -> Iterator[Mapping[str, Any]]:
    """The objects of a JSON-LD block; nothing where it is over the limit or is not JSON."""
    if len(text) > JSON_LD_LIMIT:
        return
    try:
        pending = [json.loads(text.strip().rstrip(";"), strict=False)]
    except (ValueError, RecursionError):
        return
    seen = 0
    while pending and seen < _NODES:
        value = pending.pop(0)
        seen += 1
        if isinstance(value, list):
            pending.extend(value[:_NODES])
        elif isinstance(value, dict):
            yield value
            pending.extend(value[name] for name in ("@graph", "mainEntity") if name in value)


def _types(node: Mapping[str, Any]) -> list[str]:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return [name for name in kinds if isinstance(name, str)]


def _name(value: object, depth: int = 0) -> str | None:
    """The name of a JSON-LD person or organisation, or several joined by a comma."""
    if depth > _NAME_DEPTH:
        return None
    if isinstance(value, dict):
        return _name(value.get("name"), depth + 1)
    if isinstance(value, list):
        names = [name for item in value[:10] if (name := _name(item, depth + 1))]
        return ", ".join(names)[:VALUE_LIMIT] or None
    text = _text(value)
    return None if text and text.startswith("http") else text


def _link(tree: Any, relation: str) -> str | None:
    links = tree.xpath("//link[@rel=$relation]", relation=relation)
    return _text(links[0].get("href")) if links else None


def _heading(tree: Any) -> str | None:
    headings = [text for element in tree.iter("h1") if (text := joined(element))]
    return headings[0] if headings else None


def joined(element: Any) -> str | None:
    """The text of an element as one capped line; None if there is none."""
    if element is None:
        return None
    return _text(etree.tostring(element, method="text", encoding="unicode", with_tail=False))


def named(elements: Sequence[Any]) -> str | None:
    """The names that elements hold, each once, joined by ", "."""
    found = [joined(element) or _text(element.get("content")) for element in elements[:10]]
    names = dict.fromkeys(name.rpartition(":")[2].strip(" ,|-–—\xb7•") for name in found if name)
    return ", ".join(name for name in names if name)[:VALUE_LIMIT] or None


def stamped(elements: Sequence[Any], dates: DateWords) -> date | None:
    """The first date that elements hold, in an attribute or as text of the language whose `dates` are given."""
    for element in elements[:5]:
        for value in (element.get("datetime"), element.get("content"), joined(element)):
            if value and (found := stated_date(value) or find_date(value, dates)):
                return found
    return None


def _text(value: object) -> str | None:
    """A value as one line of at most VALUE_LIMIT characters; None if it is no text or blank."""
    return " ".join(value[: 4 * VALUE_LIMIT].split())[:VALUE_LIMIT] or None if isinstance(value, str) else None


def _first(*values: str | None) -> str | None:
    return next((value for value in values if value), None)


def _is_front(url: str | None) -> bool:
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return bool(parts.netloc) and not parts.path.strip("/") and not parts.query
