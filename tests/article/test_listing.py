"""Front and section pages give no article; pages of one story with links to others do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kutub.article import read_article
from kutub.records import Article, Dropped, DropReason, Page, PieceKind

PLACES = ("Utara", "Selatan", "Timur", "Barat", "Tengah", "Hulu", "Hilir", "Laut", "Gunung", "Danau", "Rimba", "Padang")
HEADLINES = tuple(f"Menteri Tanah {place} Tiba di Ibu Kota untuk Berunding" for place in PLACES)
TEASERS = tuple(f"Menteri Tanah {place} tiba pada Jumat malam dan langsung bertemu raja di istana." for place in PLACES)
STORY = (
    "Pemerintah Tanah Utara menutup perbatasan dengan Tanah Selatan pada Jumat malam dan menarik duta besarnya.",
    "Perdana menteri menuduh negara tetangganya memasang ranjau di sepanjang sungai yang memisahkan kedua negara.",
    "Tanah Selatan membantah tuduhan itu dan meminta penyelidikan bersama di bawah pengawasan lembaga dunia.",
    "Penduduk di kedua tepi sungai telah mengungsi sejak Kamis, kata seorang pejabat daerah kepada wartawan.",
)


def link(headline: str) -> str:
    return f"<a href=/{headline.split()[2].lower()}>{headline}</a>"


def cards(opening: str, between: str, closing: str) -> str:
    """A headline and its teaser, twelve times."""
    pairs = zip(HEADLINES, TEASERS, strict=True)
    return "".join(f"{opening}{link(headline)}{between}<p>{teaser}</p>{closing}" for headline, teaser in pairs)


def read(body: str, head: str = "") -> Article | Dropped:
    head = f"<title>Kabar Tanah Utara Hari Ini</title>{head}"
    return read_article(Page(path="a.html", content=f"<html><head>{head}</head><body>{body}</body></html>".encode()))


def paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


LINKS = "".join(f"<h3>{link(headline)}</h3>" for headline in HEADLINES)
LISTINGS: dict[str, Callable[[], str]] = {
    "cards": lambda: cards("<div class=card><h3>", "</h3>", "</div>"),
    "cards with dates": lambda: cards("<div><h2>", "</h2><span>Jumat, 3 Maret 2023</span>", "</div>"),
    "a list": lambda: f"<ul>{cards('<li><div>', '</div>', '</li>')}</ul>",
    "one sentence among many headlines": lambda: LINKS + "<p>" + " ".join(TEASERS[:2]) + "</p>",
}


@pytest.mark.parametrize("name", LISTINGS)
def test_a_page_of_headlines_gives_no_article(name):
    result = read(f"<div id=main>{LISTINGS[name]()}</div>")
    assert isinstance(result, Dropped)
    assert (result.reason, result.detail) == (DropReason.NO_TEXT, "headlines of other pages")


ARTICLES: dict[str, Callable[[], str]] = {
    "headlines below": lambda: paragraphs(STORY) + LINKS,
    "headlines above": lambda: f"<aside>{LINKS}</aside>" + paragraphs(STORY),
    "cards below": lambda: paragraphs(STORY) + LISTINGS["cards"](),
    "a headline in the middle": lambda: paragraphs(STORY[:2]) + f"<p>{link(HEADLINES[0])}</p>" + paragraphs(STORY[2:]),
    "four headlines between": lambda: "".join(
        f"<p>{text}</p><p>{link(headline)}</p>" for text, headline in zip(STORY, HEADLINES[:4], strict=True)
    ),
}


@pytest.mark.parametrize("name", ARTICLES)
def test_a_page_of_one_story_is_an_article(name):
    result = read(f"<article><h1>Tanah Utara Tutup Perbatasan</h1>{ARTICLES[name]()}</article>")
    assert isinstance(result, Article), result
    body = [result.text[piece.start : piece.end] for piece in result.pieces if piece.kind is PieceKind.BODY]
    assert [text for text in STORY if text in body] == list(STORY)


def test_what_json_ld_calls_an_article_is_one():
    """Such as a morning's news in short, each item with its link."""
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Kabar Tanah Utara"}</script>'
    assert isinstance(read(f"<article>{LISTINGS['cards']()}</article>", head), Article)
