"""Front pages of few items and dumps of headlines give no article; whatever tells a story of its own does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kutub.article import read_article
from kutub.datafiles import read_yaml
from kutub.records import Article, Dropped, DropReason, Page

SAMPLES = Path(__file__).parent / "listings"
FRONT_PAGES: dict[str, str] = read_yaml(SAMPLES / "front_pages.yaml")
STORIES: dict[str, str] = read_yaml(SAMPLES / "stories.yaml")
PAGES: dict[str, dict[str, str]] = read_yaml(SAMPLES / "pages.yaml")


def read_dump(name: str, text: str) -> Article | Dropped:
    return read_article(Page(path="a.txt", content=text.encode()), language=name[:2])


def read_page(name: str, body: str) -> Article | Dropped:
    page = f"<html><head><title>The Harbour Post</title></head><body>{body}</body></html>"
    return read_article(Page(path="a.html", content=page.encode()), language=name[:2])


def assert_listing(result: Any) -> None:
    assert isinstance(result, Dropped), [result.text[piece.start : piece.end] for piece in result.pieces]
    assert (result.reason, result.detail) == (DropReason.NO_TEXT, "headlines of other pages")


@pytest.mark.parametrize("name", FRONT_PAGES)
def test_a_dump_of_headlines_gives_no_article(name):
    assert_listing(read_dump(name, FRONT_PAGES[name]))


@pytest.mark.parametrize("name", STORIES)
def test_a_dump_of_a_story_is_an_article(name):
    assert isinstance(result := read_dump(name, STORIES[name]), Article), result


@pytest.mark.parametrize("name", PAGES["front pages"])
def test_a_page_of_few_headlines_gives_no_article(name):
    assert_listing(read_page(name, PAGES["front pages"][name]))


@pytest.mark.parametrize("name", PAGES["stories"])
def test_a_page_of_a_story_with_links_is_an_article(name):
    assert isinstance(result := read_page(name, PAGES["stories"][name]), Article), result


@pytest.mark.parametrize("name", FRONT_PAGES)
def test_a_row_is_read_whatever_its_lines_look_like(name):
    """A row is one text because its corpus says so."""
    result = read_article(Page(path="a.csv", id="1", text=FRONT_PAGES[name]), language=name[:2])
    assert not (isinstance(result, Dropped) and result.detail == "headlines of other pages")
