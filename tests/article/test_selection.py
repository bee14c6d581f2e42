"""What the markup of a page says is not the story: by profile, links and captions, line by line and in linear time."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kutub.article import read_article
from kutub.records import Article, LeftOutReason, Page, PieceKind

GOLDEN = Path(__file__).parent.parent / "publishers" / "kompas.html"
FIRST = "<p>Kesepakatan itu diteken"  # a paragraph of the golden page
SECONDS = 6.0  # of the processor; many times what each page may need


def golden(added: str) -> Article:
    """The golden page with something before one of its paragraphs."""
    text = GOLDEN.read_text(encoding="utf-8")
    assert text.count(FIRST) == 1
    found = read_article(Page(path="a.html", content=text.replace(FIRST, added + FIRST).encode()))
    assert isinstance(found, Article), found
    return found


def in_general(added: str) -> Article:
    """A page without a profile, of the same story, with something before one of its paragraphs."""
    story = "".join(f"<p>{text}</p>" for text in story_of(golden("")))
    assert story.count(FIRST) == 1
    story = story.replace(FIRST, added + FIRST)
    source = f"<html><body><article><h1>Filipina dan Vietnam</h1>{story}</article></body></html>"
    found = read_article(Page(path="a.html", content=source.encode()))
    assert isinstance(found, Article), found
    return found


def story_of(article: Article) -> list[str]:
    return [article.text[piece.start : piece.end] for piece in article.pieces if piece.kind is PieceKind.BODY]


def left_out_of(article: Article) -> list[tuple[LeftOutReason, str]]:
    return [(span.reason, span.text) for span in article.left_out]


PARAGRAPH = story_of(golden(""))[1]
SUBHEADING = "China panggil dua duta besar"

TWICE: dict[str, tuple[str, LeftOutReason, str]] = {
    "read also": (f"<div class=kompasidRec>{PARAGRAPH}</div>", LeftOutReason.READ_ALSO, PARAGRAPH),
    "caption": (f"<figcaption>{PARAGRAPH}</figcaption>", LeftOutReason.CAPTION, PARAGRAPH),
    "link": (f"<p><a href=#x>{SUBHEADING}</a></p>", LeftOutReason.RECOMMENDED, SUBHEADING),
}


@pytest.mark.parametrize("name", TWICE)
def test_a_line_of_the_story_stays_where_an_element_that_is_none_says_the_same(name):
    """Of a profile: what is left out is an element, and not every line that says what it says."""
    added, reason, text = TWICE[name]
    whole, found = golden(""), golden(added)
    assert text in story_of(whole)
    assert story_of(found) == story_of(whole)
    assert left_out_of(found).count((reason, text)) == left_out_of(whole).count((reason, text)) + 1


def test_an_anchor_is_no_link():
    anchored = golden("<p><a name=x>Filipina panggil dua duta besar</a></p>")
    assert "Filipina panggil dua duta besar" in story_of(anchored)


ITEM = "Duta besar ditarik pulang pada Jumat malam."
SUMMARIES = {
    "a heading": (f"<h3>Poin penting</h3><ul><li>{ITEM}</li></ul>", True),
    "a paragraph": (f"<p><b>Ringkasan berita:</b></p><ol><li>{ITEM}</li></ol>", True),
    "another heading": (f"<h3>Isi perjanjian</h3><ul><li>{ITEM}</li></ul>", False),
    "a heading without a list": (f"<h3>Ringkasan</h3><p>{ITEM}</p>", False),
}


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_list_of_a_summary_is_no_story(name):
    """Of a profile: where a list stands right below a label of summaries."""
    added, is_summary = SUMMARIES[name]
    assert (ITEM in story_of(golden(added))) is not is_summary


SHOWN = "Menteri luar negeri kedua negara di Manila"
CAPTIONS = {
    "a figcaption": f"<figure><img><figcaption>{SHOWN}</figcaption></figure>",
    "a class": f"<div><img></div><div class=photo-caption>{SHOWN}</div>",
    "a class with underlines": f"<div><img></div><span class='x foto__caption'>{SHOWN}</span>",
    "the image's own words": f"<div><img alt='{SHOWN}'></div><p>{SHOWN}</p>",
    "the image's own words and a credit": f"<img alt='{SHOWN}'><p><i>{SHOWN} (Dok. Istana)</i></p>",
}


@pytest.mark.parametrize("name", CAPTIONS)
@pytest.mark.parametrize("has_profile", [True, False])
def test_a_caption_without_a_credit(name, has_profile):
    found = golden(CAPTIONS[name]) if has_profile else in_general(CAPTIONS[name])
    assert SHOWN not in "".join(story_of(found))
    assert PARAGRAPH in story_of(found)


NO_CAPTIONS = {
    "words of another image": f"<img alt='{SHOWN}'><p>Perundingan berlangsung selama dua hari.</p><p>{SHOWN}.</p>",
    "a sentence that begins alike": f"<img alt='{SHOWN}'><p>{SHOWN} {'bertemu lagi pada malam itu ' * 4}.</p>",
}


@pytest.mark.parametrize("name", NO_CAPTIONS)
@pytest.mark.parametrize("has_profile", [True, False])
def test_what_is_no_caption(name, has_profile):
    found = golden(NO_CAPTIONS[name]) if has_profile else in_general(NO_CAPTIONS[name])
    assert SHOWN in "".join(story_of(found))


def test_an_element_with_paragraphs_is_no_caption():
    texts = [f"{SHOWN} bersalaman.", f"{SHOWN} lalu pulang."]
    found = golden(f"<div class=has-caption><p>{texts[0]}</p><p>{texts[1]}</p></div>")
    assert [text for text in story_of(found) if text in texts] == texts


WORDS = "Menteri itu tiba di kota pada hari Jumat malam dan bertemu raja di istana."

DEEP: dict[str, Callable[[], str]] = {
    "left out in left out": lambda: "<div class=kompasidRec>" * 190 + "<p>x</p>" * 9000 + "</div>" * 190,
    "left out, with paragraphs": lambda: "<div class=kompasidRec>" * 190 + f"<p>{WORDS}</p>" * 5000 + "</div>" * 190,
    "left out, with links": lambda: "<div class=kompasidRec>" * 190 + f"<a href=x>{WORDS}</a>" * 5000 + "</div>" * 190,
    "left out, with spans of divisions": lambda: (
        "<div class=kompasidRec>" * 60 + "<div><span>" * 50 + f"<p>{WORDS}</p>" * 5000 + "</span></div>" * 50
    ),
    "captions in captions": lambda: "<div class=caption>" * 190 + f"<b>{WORDS}</b>" * 5000 + "</div>" * 190,
    "times in articles": lambda: "<article>" * 190 + "<time>x</time>" * 9000 + "</article>" * 190,
}


@pytest.mark.parametrize("name", DEEP)
def test_elements_in_elements_take_time_by_their_number(name):
    """Of a profile: each level of nesting may not cost as much as the whole page."""
    content = GOLDEN.read_text(encoding="utf-8").replace(FIRST, DEEP[name]() + FIRST).encode()
    begun = time.process_time()
    read_article(Page(path="a.html", content=content), language="id")
    assert time.process_time() - begun < SECONDS
