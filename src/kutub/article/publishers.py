"""Publisher profiles: where a known news site keeps title, byline, date and body, as data (data/publishers/*.yaml)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kutub.article.blocks import outermost
from kutub.article.lines import FEW_WORDS
from kutub.datafiles import DATA, read_yaml, short
from kutub.errors import DataError
from kutub.records import LeftOutReason

_CLOSED_EARLY = 3  # levels that an end tag too many may close
FOLDER = DATA / "publishers"
FIELDS = ("title", "deck", "byline", "editor", "published", "body")
_KEYS = {"name", "hosts", "language", "country", "source", "anatomies", "companies", "lines", "datelines", "bylines"}
_ANATOMY_KEYS = {"seen", "valid_until", "left_out", *FIELDS}

Selector = Any  # a compiled lxml XPath


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PageAnatomy:
    """One form of a publisher's pages: for each field the paths to try in order, and what of the body is no story."""

    valid_until: date | None
    fields: Mapping[str, tuple[Selector, ...]]
    left_out: tuple[tuple[LeftOutReason, Selector], ...]

    def found(self, tree: Any, field: str) -> list[Any]:
        """The elements of the first selector that finds one with text (or with a date attribute)."""
        for path in self.fields[field]:
            if elements := [element for element in path(tree) if _says_something(element)]:
                return elements
        return []

    def bodies(self, tree: Any) -> list[Any]:
        """The elements that hold the story: the outermost that the first selector finds whose elements hold some words.

        An end tag too many may have closed the element early; paragraphs that follow right after it are its own.
        """
        for path in self.fields["body"]:
            elements = outermost(path(tree))
            if sum(len("".join(element.itertext()).split()) for element in elements) >= FEW_WORDS:
                return [*elements, *_paragraphs_after(elements[-1])]
        return []


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Publisher:
    """A publisher's profile. `lines`, `datelines` and `bylines` are regular expressions for the lines of its texts;
    `companies` are further names of the publisher, which are no bylines."""

    id: str
    name: str
    hosts: tuple[str, ...]
    languages: tuple[str, ...]
    companies: tuple[str, ...]
    anatomies: tuple[PageAnatomy, ...]
    lines: Mapping[LeftOutReason, tuple[str, ...]]
    datelines: tuple[str, ...]
    bylines: tuple[str, ...]

    def selected(self, tree: Any, published: date | None) -> tuple[PageAnatomy, list[Any]] | None:
        """The newest form whose body the page has, and the elements of that; one that ended before it is not meant."""
        for anatomy in self.anatomies:
            if anatomy.valid_until and published and published > anatomy.valid_until:
                continue
            if bodies := anatomy.bodies(tree):
                return anatomy, bodies
        return None

    def anatomy_of(self, tree: Any, published: date | None) -> PageAnatomy | None:
        """The form of `selected` alone."""
        found = self.selected(tree, published)
        return found[0] if found else None


def _paragraphs_after(element: Any) -> list[Any]:
    """The paragraphs right after an element, or else right after one of those that hold it."""
    result: list[Any] = []
    for _ in range(_CLOSED_EARLY):
        for sibling in element.itersiblings():
            if sibling.tag != "p":
                break
            result.append(sibling)
        element = element.getparent()
        if result or element is None:
            break
    return result


def publisher_of(addresses: Iterable[str | None]) -> Publisher | None:
    """The profile whose host (and path) the first address that has one belongs to; the longest host wins."""
    hosts = _hosts()
    for address in addresses:
        for candidate in _prefixes(address or ""):
            if candidate in hosts:
                return load_publisher(hosts[candidate])
    return None


@cache
def publishers() -> tuple[str, ...]:
    """Ids of all profiles, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def load_publisher(id: str) -> Publisher:
    """A profile by its id."""
    return read_publisher(FOLDER / f"{id}.yaml")


def read_publisher(path: Path) -> Publisher:
    """A profile from its file. Raises DataError with the place of what is wrong."""
    given = read_yaml(path)
    where = short(path)
    if not isinstance(given, dict):
        raise DataError("is no profile", where=where, hint="write name, hosts, language, anatomies")
    _check_keys(given, _KEYS, where)
    for key in ("name", "hosts", "language", "source", "anatomies"):
        if not given.get(key):
            raise DataError(f"lacks {key!r}", where=where, hint="see docs/publishers.md")
    return Publisher(
        id=path.stem,
        name=given["name"],
        hosts=tuple(_texts(given, "hosts", where)),
        languages=tuple(_texts(given, "language", where)),
        companies=tuple(_texts(given, "companies", where)),
        anatomies=tuple(_anatomy(form, getattr(form, "where", where)) for form in given["anatomies"]),
        lines={LeftOutReason(name): tuple(found) for name, found in _by_reason(given, "lines", where)},
        datelines=tuple(_texts(given, "datelines", where)),
        bylines=tuple(_texts(given, "bylines", where)),
    )


def _anatomy(given: Mapping[str, Any], where: str) -> PageAnatomy:
    _check_keys(given, _ANATOMY_KEYS, where)
    if not given.get("body"):
        raise DataError(
            "lacks 'body'", where=where, hint="give the CSS selector of the element that holds the paragraphs"
        )
    until = given.get("valid_until")
    if until is not None and not isinstance(until, date):
        raise DataError(f"valid_until {until!r} is no date", where=where, hint="write it as YYYY-MM-DD")
    return PageAnatomy(
        valid_until=until,
        fields={name: tuple(_path(css, where) for css in _texts(given, name, where)) for name in FIELDS},
        left_out=tuple(
            (LeftOutReason(name), _path(css, where))
            for name, selectors in _by_reason(given, "left_out", where)
            for css in selectors
        ),
    )


def _check_keys(given: Mapping[str, Any], known: set[str], where: str) -> None:
    for key in given:
        if key not in known:
            raise DataError(f"unknown key {key!r}", where=where, hint=f"use: {', '.join(sorted(known))}")


def _texts(given: Mapping[str, Any], key: str, where: str) -> Sequence[str]:
    """A list of texts, which may be written as one text or left empty."""
    value = given.get(key) or []
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
        raise DataError(f"{key!r} is no list of texts", where=where, hint="quote what YAML takes for something else")
    return values


def _by_reason(given: Mapping[str, Any], key: str, where: str) -> Iterable[tuple[str, Sequence[str]]]:
    for name in given.get(key) or {}:
        if name not in set(LeftOutReason):
            raise DataError(
                f"reason {name!r} is not known", where=where, hint=f"use one of: {', '.join(LeftOutReason)}"
            )
        yield name, _texts(given[key], name, where)


@cache
def _path(css: str, where: str) -> Selector:
    """A CSS selector as a compiled path; it finds elements below the one that it is called with."""
    from cssselect import GenericTranslator, SelectorError
    from lxml import etree

    try:
        return etree.XPath(GenericTranslator().css_to_xpath(css, prefix="descendant::"))
    except (SelectorError, etree.XPathSyntaxError) as error:
        raise DataError(f"selector {css!r} is wrong: {error}", where=where) from error


def _says_something(element: Any) -> bool:
    return bool(element.get("datetime") or element.get("content")) or any(
        not text.isspace() for text in element.itertext()
    )


@cache
def _hosts() -> Mapping[str, str]:
    """Host, or host with the start of a path, of every profile: the profile's id."""
    result: dict[str, str] = {}
    for id in publishers():
        for host in load_publisher(id).hosts:
            if host in result:
                raise DataError(f"host {host!r} is {result[host]!r} already", where=f"publishers/{id}.yaml")
            result[host] = id
    return result


def _prefixes(address: str) -> list[str]:
    """`host/path`, `host` and its parent domains of an address, the longest first."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return []
    labels = host.split(".")
    parents = [".".join(labels[start:]) for start in range(max(len(labels) - 1, 0))]
    first = parts.path.strip("/").split("/")[0]
    return [f"{parent}/{first}" for parent in parents if first] + parents
