"""Small pages that are hard to read: each has shown a fault of the reader, or would show one that is likely.

`SLOW` are pages on which something takes much longer than their size tells; they must be read, or be given up with a
reason, well within the bound on time. `WHOLE` are pages that show the same four paragraphs as a page without any
trouble; all four must be in the article. The rest has its own tests below.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kutub.article import read_article
from kutub.pipeline import pool
from kutub.pipeline.work import Settings, read_page
from kutub.records import Article, Dropped, DropReason, LeftOutReason, Page, PieceKind

GOLDEN = Path(__file__).parent.parent / "publishers"
SECONDS = 8.0  # many times what each page may need
STORY = (
    "Pemerintah Tanah Utara menutup perbatasan dengan Tanah Selatan pada Jumat malam dan menarik duta besarnya.",
    "Perdana menteri menuduh negara tetangganya memasang ranjau di sepanjang sungai yang memisahkan kedua negara.",
    "Tanah Selatan membantah tuduhan itu dan meminta penyelidikan bersama di bawah pengawasan lembaga dunia.",
    "Penduduk di kedua tepi sungai telah mengungsi sejak Kamis, kata seorang pejabat daerah kepada wartawan.",
)
SENTENCE = "Menteri itu tiba di kota pada hari Jumat malam dan bertemu raja di istana."


def page(before: str = "", after: str = "", head: str = "", story: str = "") -> bytes:
    """A page of the story, with something in its head, before the story, and after it within the same article."""
    story = story or paragraphs(STORY)
    return (
        f"<!DOCTYPE html><html><head><title>Tanah Utara Tutup Perbatasan</title>{head}</head>"
        f"<body>{before}<article><h1>Tanah Utara Tutup Perbatasan</h1>{story}{after}</article></body></html>"
    ).encode()


def paragraphs(texts: Sequence[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def dump(line: str, count: int) -> bytes:
    return "\n".join([*STORY, *[line] * count, ""]).encode()


def golden(name: str, before: str, after: str) -> bytes:
    """A golden page with something replaced."""
    text = (GOLDEN / f"{name}.html").read_text(encoding="utf-8")
    assert before in text
    return text.replace(before, after, 1).encode()


def body_of(result: Article | Dropped) -> list[str]:
    assert isinstance(result, Article), result
    return [result.text[piece.start : piece.end] for piece in result.pieces if piece.kind is PieceKind.BODY]


def left_out_of(result: Article | Dropped) -> list[tuple[LeftOutReason, str]]:
    assert isinstance(result, Article), result
    return [(span.reason, span.text) for span in result.left_out]


def read(content: bytes, path: str = "a.html") -> Article | Dropped:
    return read_article(Page(path=path, content=content))


SLOW: dict[str, Callable[[], bytes]] = {
    # patterns with more than one way to match, in lines of a story
    "agency and slashes": lambda: page(after=f"<p>(AP{'/a' * 200} {SENTENCE}</p>"),
    "agency and slashes at the end": lambda: page(after=f"<p>{SENTENCE} (AP{'/a' * 40}</p>"),
    "arrows of a breadcrumb": lambda: page(after=f"<p>{'->' * 150} {SENTENCE * 4}</p>"),
    "a byline of one long name": lambda: page(after=f"<p>Oleh {'A' * 300}! {SENTENCE}</p>"),
    "a credit of one long name": lambda: page(after=f"<p>{SENTENCE} dok.{'a' * 220}!</p>" * 5),
    "a byline and much space": lambda: dump(f"Oleh{' ' * 590}x", 600),
    "dashes of a breadcrumb": lambda: dump(f"{'-' * 590} x", 600),
    "comments and no page": lambda: b"<!---->" * 40 + b"x",
    # labels without what they announce
    "labels of summaries": lambda: "\n\n".join([*["Ringkasan", "dan yang di"] * 10_000, *STORY]).encode(),
    # trees on which selectors and loops are not linear
    "captions in captions": lambda: page("<div class=caption>" * 200 + "<b>x</b>" * 100_000 + "</div>" * 200),
    "captions of two kinds": lambda: page("<figcaption>x</figcaption>" * 90_000 + "<p class=caption>x</p>" * 90_000),
    "times in nested articles": lambda: page("<article>" * 200 + "<time>x</time>" * 40_000 + "</article>" * 200),
    "headings in nested articles of a profile": lambda: golden(
        "tempo", "<main", "<main>" * 150 + "<h1>x</h1>" * 20_000 + "<main"
    ),
    "bodies in bodies of a profile": lambda: golden(
        "tempo", "<main", '<div id="content-wrapper">' * 200 + "<a href=x>kata kata kata kata</a>" * 10_000 + "<main"
    ),
    "many paragraphs": lambda: page("<p>x" * 800_000),
    "many line breaks": lambda: page("<br>" * 1_000_000),
    "many links": lambda: page("<a>" * 1_000_000),
    "many headings": lambda: page("<h1>x</h1>" * 200_000),
    "many list items": lambda: page("<ul>" + "<li>x" * 300_000 + "</ul>"),
    "many metas": lambda: page(head="<meta name=a content=b>" * 100_000),
}


@pytest.fixture(scope="module")
def results() -> dict[str, Article | Dropped]:
    """The results of all slow pages, through workers that have less time than usual."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "READ_SECONDS", SECONDS)
        patch.setattr(pool, "TRIES", 1)
        pages = (Page(path="a.html" if b"<" in make()[:100] else "a.txt", content=make()) for make in SLOW.values())
        found = pool.work_through(pages, work=read_page, settings=Settings(), jobs=2)
        return dict(zip(SLOW, found, strict=True))


@pytest.mark.parametrize("name", SLOW)
def test_a_page_takes_time_by_its_size(results, name):
    result = results[name]
    if isinstance(result, Dropped):
        assert result.reason in (DropReason.TOO_LARGE, DropReason.TOO_DEEP, DropReason.NO_TEXT), result
    else:
        assert set(STORY) <= set(body_of(result)) or name.endswith("of a profile")


def test_what_a_file_is_is_told_in_time(tmp_path):
    """Before any worker sees the page: what is slow here stops the whole run."""
    path = tmp_path / "a.html"
    path.write_bytes(SLOW["comments and no page"]())
    command = [sys.executable, "-m", "kutub", "read", str(path)]
    done = subprocess.run(command, capture_output=True, timeout=4 * SECONDS, check=False)
    assert done.returncode == 2  # it was read and dropped
    assert b"no article text 1" in done.stderr


def deep_author(depth: int) -> str:
    author = "[" * depth + '"x"' + "]" * depth
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","author":{author}}}</script>'


WRAPPED = [paragraph.replace(" ", "\n") for paragraph in STORY]

WHOLE: dict[str, bytes] = {
    "no trouble": page(),
    # characters that XML does not have
    "control character": page().replace(b"menutup", b"menutup\x01"),
    "backspace": page().replace(b"menutup", b"menutup\x08"),
    "reference to a control character": page().replace(b"menutup", b"menutup&#1;"),
    "noncharacter": page().replace(b"menutup", "menutup\ufffe".encode()),
    "reference to a noncharacter": page().replace(b"menutup", b"menutup&#xFFFF;"),
    "control character after a script": page(before="<script></script>\x01 x"),
    "form feeds": page().replace(b" menutup ", b"\x0cmenutup\x0c"),
    "form feeds in a division": page(story=f"<div>{'<br>'.join(STORY)}</div>").replace(b" menutup ", b"\x0cmenutup "),
    "zero-width spaces": page().replace(b"e", "\u200be".encode()),
    "soft hyphens": page().replace(b"e", "\xade".encode()),
    "direction marks": page().replace(b" ", " \u202e".encode()),
    # lines of the source are not lines of the text
    "wrapped paragraphs": page(story=paragraphs(WRAPPED)),
    "wrapped divisions": page(story="".join(f"<div>{text}</div>" for text in WRAPPED)),
    "wrapped, with line breaks": page(story=f"<p>{'<br><br>'.join(WRAPPED)}</p>"),
    "wrapped, carriage returns": page(story=f"<p>{'<br><br>'.join(WRAPPED)}</p>").replace(b"\n", b"\r\n"),
    "line separators in a division": page(story="".join(f"<div>{text}</div>" for text in WRAPPED)).replace(
        b"\n", "\u2028".encode()
    ),
    "no paragraphs but line breaks": page(story="<br><br>".join(STORY)),
    # tags where none should be
    "the page ends at once": page(story="".join(f"<div>{text}</div>" for text in STORY)).replace(
        b"<body>", b"<body></body></html>"
    ),
    "the page ends in a header": page(story=f"<header></body></html><h2>Kabar</h2></header>{paragraphs(STORY)}"),
    "the body ends early": page(story=f"<p>{STORY[0]}</p></body>" + paragraphs(STORY[1:])),
    "the page begins again": page(story=f"<p>{STORY[0]}</p><html><body>" + paragraphs(STORY[1:])),
    "paragraphs before the page": b"<p>kata</p>" + page(),
    "no end tags": page().replace(b"</p>", b""),
    "no head and no body": paragraphs(STORY).encode(),
    "an attribute without an end": page(after='<p class="x'),
    "an unknown element around": page(story="<x-y>" + paragraphs(STORY) + "</x-y>"),
    "a table around, as old pages have it": page(story=f"<table><tr><td>{paragraphs(STORY)}</td></tr></table>"),
    # what stands beside the story
    "a deep author": page(head=deep_author(600)),
    "a very deep author": page(head=deep_author(20_000)),
    "JSON-LD that does not end": page(after='<script type="application/ld+json">{"@type":"NewsArticle","headline":"x'),
    "a large number": page(head=f'<script type="application/ld+json">{{"@type":"Article","x":{"9" * 5000}}}</script>'),
    "a billion laughs": b'<!DOCTYPE html [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>' + page(),
    "an image as text": page(before=f"<p>data:image/png;base64,{'iVBORw0KGgoAAAANSUhEUgAA' * 300}</p>"),
    "addresses that are none": page(head="<link rel=canonical href='http://[::1'><base href='//['>"),
    # encodings
    "UTF-16 with a mark": page().decode().encode("utf-16"),
    "UTF-16 without a mark": page().decode().encode("utf-16-be"),
    "UTF-32 with a mark": page().decode().encode("utf-32"),
    "a wrong charset": page(head="<meta charset=utf-16>"),
    "an XML declaration of another encoding": b'<?xml version="1.0" encoding="utf-16"?>' + page(),
    "an unknown charset": page(head="<meta charset=x-none>"),
    "two marks of order": b"\xef\xbb\xbf\xef\xbb\xbf" + page(),
    "a mark of order within": page().replace(b" menutup", "\ufeff menutup".encode()),
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_the_whole_story_is_read(name):
    body = [" ".join(line.replace("\ufffd", "").split()) for line in body_of(read(WHOLE[name]))]
    assert [line for line in body if line in STORY] == list(STORY)
    assert len(body) <= len(STORY) + 1


def test_a_form_feed_is_white_space():
    for text in (body_of(read(WHOLE["form feeds"])), body_of(read(WHOLE["form feeds in a division"]))):
        assert "\ufffd" not in "".join(text)


class TestBodies:
    def test_a_deck_alone_is_no_article(self):
        deck = f"{STORY[0]} {STORY[1]}"
        head = f"<meta name=description content='{deck}'>"
        story = f"<p>Raja belum menjawab surat itu.</p><p>Baca juga: {'Menteri Tiba ' * 6}</p>"
        result = read(page(before=f"<figure><figcaption>{deck}</figcaption></figure>", story=story, head=head))
        assert isinstance(result, Dropped) or sum(len(line.split()) for line in body_of(result)) >= 15

    def test_a_body_within_a_body_is_read_once(self):
        opening = '<div id="content-wrapper" class="font-serif text-lg"><p><strong>TEMPO.CO'
        nested = golden("tempo", opening, '<div id="content-wrapper">' + opening)
        assert body_of(read(nested)) == body_of(read((GOLDEN / "tempo.html").read_bytes()))

    def test_a_left_out_element_that_does_not_end_takes_no_story_with_it(self):
        """Of a profile: an element of links, whose end tag is missing, seems to hold all that follows."""
        whole = body_of(read((GOLDEN / "viva.html").read_bytes()))
        text = (GOLDEN / "viva.html").read_text(encoding="utf-8")
        start = text.index("Baca Juga")
        start = text.rindex("<div", 0, start)
        cut = text[:start] + text[start:].replace(">", "><div>", 1)
        assert set(whole) - set(body_of(read(cut.encode()))) == set()

    def test_a_page_that_ends_early_takes_no_story_with_it(self):
        """Of a profile: the parser closes all that is open at a stray end of the page."""
        whole = body_of(read((GOLDEN / "merdeka-2.html").read_bytes()))
        early = "berkewarganegaraan ganda.</p>"
        assert body_of(read(golden("merdeka-2", early, early + "</body></html>"))) == whole

    def test_an_element_with_a_word_does_not_hide_the_story(self):
        """Of a profile: an early element that its selector finds, with a word in it, is not the body."""
        whole = read((GOLDEN / "tempo-3.html").read_bytes())
        found = read(golden("tempo-3", "<body", "<p itemprop=articleBody>kata</p><body"))
        assert body_of(found) == body_of(whole)
        assert left_out_of(found) == left_out_of(whole)


class TestKinds:
    """What is no web page and no text is not read as text, so that no markup and no waste becomes a story."""

    def test_binary(self):
        result = read(page().replace(b" ", b" \x01\x02"))
        assert isinstance(result, Dropped) or "<p>" not in result.text

    def test_xml(self):
        result = read(b'<?xml version="1.0"?><rss><channel><item>' + page())
        assert isinstance(result, Dropped) or "<p>" not in result.text


def test_lines_of_rows_are_what_they_were():
    """Rows are texts: markup, references and control characters in them do no harm."""
    text = f"{STORY[0]}\n{STORY[1]} <b>x</b> &amp; \x01\n{STORY[2]}"
    result = read_article(Page(path="r:1", text=text))
    assert isinstance(result, Article)
    json.dumps(result.text).encode("utf-8")
    assert body_of(result)[0] == STORY[0]
    assert len(body_of(result)) == 3
