"""Saved pages of a publisher: parsed, searched by selector, and read with the profiles of a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kutub.article import publishers, read_article, rules
from kutub.article.decoding import decode
from kutub.article.drop import PageDroppedError
from kutub.article.metadata import Metadata, read_metadata
from kutub.article.parsing import check, parsed
from kutub.datafiles import read_yaml
from kutub.errors import InputError
from kutub.records import Article, Dropped, Page, printable

HERE = Path(__file__).parent
SILENT = ("script", "style", "noscript", "template")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SavedPage:
    """A page of a publisher: its bytes, its tree without scripts and styles, and what it says about itself.

    url: its address; where it does not say it, the host that was given.
    """

    path: Path
    content: bytes
    url: str | None
    tree: Any
    metadata: Metadata


def load_page(path: Path, *, host: str | None = None) -> SavedPage:
    """A saved page. host: where it comes from, if it does not say it. Raises InputError where it cannot be read."""
    try:
        content = path.read_bytes()
        text = decode(content).text
        check(text)
        tree = parsed(text)
        metadata = read_metadata(tree)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from error
    except PageDroppedError as error:
        detail = f" ({printable(error.detail)})" if error.detail else ""
        raise InputError(f"is no page: {error.reason.value}{detail}", where=str(path)) from error
    for element in list(tree.iter(*SILENT)):
        element.drop_tree()
    url = metadata.url or (f"https://{host}/" if host else None)
    return SavedPage(path=path, content=content, url=url, tree=tree, metadata=metadata)


def read_saved(page: SavedPage) -> Article:
    """The article of a page. Raises InputError where it gives none."""
    article = read_article(Page(path=str(page.path), content=page.content, url=page.url))
    if isinstance(article, Dropped):
        detail = f" ({printable(article.detail)})" if article.detail else ""
        hint = "give a page that holds one article, saved as the server sent it"
        raise InputError(f"gives no article: {article.reason.value}{detail}", where=str(page.path), hint=hint)
    return article


@contextmanager
def profiles_in(folder: Path) -> Iterator[None]:
    """Within it, pages are read with the profiles of this folder alone."""
    packaged = publishers.FOLDER
    try:
        publishers.FOLDER = folder
        _forget()
        yield
    finally:
        publishers.FOLDER = packaged
        _forget()


def _forget() -> None:
    for cached in (publishers.publishers, publishers.load_publisher, publishers._hosts, rules.load_rules):
        cached.cache_clear()


@cache
def _path(css: str) -> Any:
    from cssselect import GenericTranslator
    from lxml import etree

    return etree.XPath(GenericTranslator().css_to_xpath(css, prefix="descendant::"))


def find(tree: Any, css: str) -> list[Any]:
    """The elements below `tree` that a selector finds, in order."""
    return list(_path(css)(tree))


def key(text: str) -> str:
    """The letters and digits of a text in lower case: for comparing texts whatever their spaces and marks."""
    return re.sub(r"[\W_]+", "", text).casefold()


def own_key(element: Any) -> str:
    """`key` of all text in an element."""
    return key("".join(element.itertext()))


@cache
def known() -> Mapping[str, Any]:
    """What is known of pages of any publisher (known.yaml)."""
    result: Mapping[str, Any] = read_yaml(HERE / "known.yaml")
    return result
