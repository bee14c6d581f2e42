"""Of a page without a profile: what the extractor took away among the lines of the story is left out with a reason."""

from __future__ import annotations

from datetime import date

import pytest

from kutub.article import read_article
from kutub.article.dump import dissect
from kutub.article.rules import load_rules
from kutub.records import Article, LeftOutReason, Page, PieceKind, PublishedBasis, Repair

TITLE = "Pelabuhan Negara Karang ditutup setelah sengketa ikan"
STORY = [
    "Pemerintah Negara Karang menutup pelabuhan ibu kotanya pada Jumat setelah sengketa ikan dengan Negara Teluk.",
    "Menteri perikanan Negara Karang menuduh kapal Negara Teluk menangkap ikan di perairannya sepanjang bulan lalu.",
    "Negara Teluk membantah tuduhan itu dan meminta perundingan di bawah pengawasan organisasi perikanan kawasan.",
    "Duta besar Negara Teluk dipanggil dua kali dalam sepekan karena sengketa itu, kata juru bicara kementerian.",
    "Perundingan dijadwalkan mulai pada hari Senin di sebuah kota di perbatasan kedua negara itu.",
]


def page(*, within: str = "", above: str = "", below: str = "", outside: str = "", head: str = "") -> bytes:
    """A page of the story, with something in its middle, right above it, right below it, and far from it."""
    lines = [f"<p>{text}</p>" for text in STORY]
    body = f"{''.join(lines[:2])}{within}{''.join(lines[2:])}"
    return (
        f"<html lang=id><head><title>{TITLE}</title>{head}</head><body><ul><li><a href=/>Beranda</a></li></ul>"
        f"<article><h1>{TITLE}</h1>{above}<div class=isi>{body}</div>{below}</article>"
        f"<div class=lain>{outside}</div></body></html>"
    ).encode()


def read(content: bytes) -> Article:
    found = read_article(Page(path="a.html", content=content), language="id")
    assert isinstance(found, Article), found
    return found


def story_of(article: Article) -> list[str]:
    return [article.text[piece.start : piece.end] for piece in article.pieces if piece.kind is PieceKind.BODY]


def left_out_of(article: Article) -> list[tuple[LeftOutReason, str]]:
    """But for the title, which extractors may keep as a line of the body."""
    assert all(article.text[span.start : span.end] == span.text for span in article.left_out)
    return [(span.reason, span.text) for span in article.left_out if span.text != TITLE]


R = LeftOutReason
OTHER = "Negara Lembah Panggil Duta Besar Negara Bukit"
WITHIN: dict[str, tuple[str, list[tuple[LeftOutReason, str]]]] = {
    "caption": (
        "<figure><img src=a.jpg><figcaption>Kapal ikan di pelabuhan ibu kota</figcaption></figure>",
        [(R.CAPTION, "Kapal ikan di pelabuhan ibu kota")],
    ),
    "caption without a class": (
        "<div class=x><img src=a.jpg><span>Kapal ikan di pelabuhan ibu kota.</span></div>",
        [(R.CAPTION, "Kapal ikan di pelabuhan ibu kota.")],
    ),
    "read also": (f"<p>Baca juga: <a href=/b>{OTHER}</a></p>", [(R.READ_ALSO, f"Baca juga: {OTHER}")]),
    "label and links": (
        f"<div class=terkait><b>Baca juga</b><ul><li><a href=/b>{OTHER}</a></li></ul></div>",
        [(R.READ_ALSO, "Baca juga"), (R.READ_ALSO, OTHER)],
    ),
    "link": (f"<div class=terkait><a href=/b>{OTHER}</a></div>", [(R.RECOMMENDED, OTHER)]),
    "advert": ("<div class=iklan>ADVERTISEMENT</div>", [(R.ADVERT, "ADVERTISEMENT")]),
    "byline": (
        "<div class=kredit>Penulis: Budi Rekaan | Editor: Sari Rekaan</div>",
        [(R.BYLINE, "Penulis: Budi Rekaan | Editor: Sari Rekaan")],
    ),
    "share": ("<div class=share-bar>Bagikan artikel ini</div>", [(R.SHARE, "Bagikan artikel ini")]),
}


class TestWithin:
    @pytest.mark.parametrize("name", WITHIN)
    def test_what_is_no_story_is_left_out_with_its_reason(self, name):
        added, expected = WITHIN[name]
        article = read(page(within=added))
        assert story_of(article) == STORY
        assert left_out_of(article) == expected

    def test_it_stands_where_the_page_has_it(self):
        lines = read(page(within=WITHIN["advert"][0])).text.splitlines()
        assert lines[-6:] == [*STORY[:2], "ADVERTISEMENT", *STORY[2:]]

    def test_a_byline_among_the_lines_names_author_and_editor(self):
        article = read(page(within=WITHIN["byline"][0]))
        assert (article.byline, article.editor) == ("Budi Rekaan", "Sari Rekaan")

    def test_the_rest_of_the_page_is_not_listed(self):
        outside = f"<p><a href=/b>{OTHER}</a></p><p>Tentang kami</p>"
        assert not left_out_of(read(page(outside=outside)))

    def test_a_part_of_the_page_between_two_paragraphs_is_not_listed(self):
        many = "".join(f"<li>Menu {number}</li>" for number in range(100))
        article = read(page(within=f"<ul class=menu>{many}</ul>"))
        assert [text for text in STORY if text not in story_of(article)] == []
        assert len(article.left_out) < 100

    def test_the_same_words_again_are_no_second_paragraph(self):
        article = read(page(within=f"<aside class=pullquote><p>{STORY[3]}</p></aside>"))
        assert story_of(article).count(STORY[3]) == 1

    def test_a_paragraph_that_is_nearly_all_link_is_the_story(self):
        """Where it stands in an element like theirs: extractors take it for a link."""
        linked = "Organisasi Perikanan Kawasan dan Dewan Laut mendukung perundingan kedua negara"
        article = read(page(within=f"<p>Lalu <a href=/1>{linked}</a>.</p>"))
        assert story_of(article) == [*STORY[:2], f"Lalu {linked}.", *STORY[2:]]
        apart = read(page(within=f"<div class=terkait><p>Lalu <a href=/1>{linked}</a>.</p></div>"))
        assert story_of(apart) == STORY
        assert left_out_of(apart) == [(R.NAVIGATION, f"Lalu {linked}.")]

    def test_an_advert_that_is_nearly_all_link_is_what_the_rules_say(self):
        advert = "Ikuti <a href=/w>kanal WhatsApp kami untuk berita terbaru dari Negara Karang setiap hari</a>."
        article = read(page(within=f"<p>{advert}</p>"))
        assert story_of(article) == STORY
        assert [reason for reason, _ in left_out_of(article)] == [R.SHARE]

    @pytest.mark.parametrize(
        "others",
        [
            f"<ul class=menu>{'<li>Menu</li>' * 61}</ul>",
            f"<div class=x>{('<div class=share-bar>' + 'Kapal ikan ' * 400 + '</div>') * 30}</div>",
        ],
    )
    def test_a_paragraph_below_much_that_is_no_story_is_the_story(self, others):
        linked = "Organisasi Perikanan Kawasan dan Dewan Laut mendukung perundingan kedua negara"
        article = read(page(within=f"{others}<p>Lalu <a href=/1>{linked}</a>.</p>"))
        assert story_of(article) == [*STORY[:2], f"Lalu {linked}.", *STORY[2:]]

    def test_a_heading_right_above_a_paragraph_is_the_story(self):
        """Extractors lose it below what they take away."""
        heading = "Dua kapal ditahan"
        article = read(page(within=f"<div class=terkait><a href=/b>{OTHER}</a></div><h2>{heading}</h2>"))
        assert story_of(article) == [*STORY[:2], heading, *STORY[2:]]
        assert left_out_of(article) == [(R.RECOMMENDED, OTHER)]

    def test_a_date_of_another_story_is_not_the_day_of_this_one(self):
        lines = [TITLE, "Kamis, 2 Mei 2019", STORY[0], "Jumat, 3 Mei 2019", *STORY[1:]]
        for aside, day in ((1, date(2019, 5, 2)), (3, None)):
            chosen = [line for index, line in enumerate(lines) if index in (0, 2, aside) or index > 3]
            reasons = [R.NAVIGATION if line == lines[aside] else None for line in chosen]
            rules = load_rules("id")
            found = dissect("\n".join(chosen), rules, heads=[PieceKind.TITLE], known={}, reasons=reasons)
            assert [span.reason for span in found.left_out] == [R.DATE_LINE]
            assert found.dated == day

    def test_what_was_mended_is_counted(self):
        caption = "Kapal ikan di tepi ChÃ¢teau Rouge"
        article = read(page(within=f"<figure><figcaption>{caption}</figcaption></figure>"))
        assert left_out_of(article) == [(R.CAPTION, "Kapal ikan di tepi Château Rouge")]
        assert article.repairs == ((Repair.MOJIBAKE, 1),)


class TestBeside:
    def test_a_byline_right_below(self):
        article = read(page(below="<div class=kredit>Penulis: Budi Rekaan | Editor: Sari Rekaan</div>"))
        assert left_out_of(article) == [(R.BYLINE, "Penulis: Budi Rekaan | Editor: Sari Rekaan")]
        assert (article.byline, article.editor) == ("Budi Rekaan", "Sari Rekaan")
        assert story_of(article) == STORY

    def test_byline_date_and_caption_right_above(self):
        above = (
            "<div class=meta>Penulis: Budi Rekaan</div><div class=meta>Jumat, 3 Mei 2019</div><div>Bagikan</div>"
            "<figure><figcaption>Kapal ikan di pelabuhan ibu kota</figcaption></figure>"
        )
        article = read(page(above=above))
        assert [reason for reason, _ in left_out_of(article)] == [R.BYLINE, R.DATE_LINE, R.SHARE, R.CAPTION]
        assert article.byline == "Budi Rekaan"
        assert article.published is not None
        assert article.published_basis is PublishedBasis.DATELINE

    @pytest.mark.parametrize(
        "other",
        [
            f"<a href=/b>{OTHER}</a>",
            f"<div>{OTHER}</div>",
            f"<div>Baca juga: <a href=/b>{OTHER}</a></div>",
            "<div>Kota Karang</div>",
        ],
    )
    def test_a_byline_beyond_a_link_or_an_unknown_line_is_of_another_story(self, other):
        byline = "<div>Penulis: Tono Rekaan | Editor: Sari Rekaan</div>"
        for article in (
            read(page(below=f"<div>{other}{byline}</div>")),
            read(page(above=f"{byline}<div>{other}</div>")),
        ):
            assert (article.byline, article.editor) == (None, None)
            assert R.BYLINE not in dict(left_out_of(article))

    def test_above_one_unknown_line_a_date_is_the_storys_and_above_two_nothing_is(self):
        day, unknown = "<div class=m>Jumat, 3 Mei 2019</div>", "<div class=m>Kota Karang</div>"
        assert R.DATE_LINE in dict(left_out_of(read(page(above=day + unknown))))
        assert not left_out_of(read(page(above=day + unknown + "<div class=m>Laut Utara</div>")))

    def test_links_to_other_stories_without_a_label_are_the_pages(self):
        assert not left_out_of(read(page(below=f"<div class=m><a href=/b>{OTHER}</a></div>")))

    def test_what_is_mended_beside_counts_only_where_it_is_kept(self):
        below = "<div class=m>ChÃ¢teau Rouge</div>"
        assert not read(page(below=below)).repairs


@pytest.mark.parametrize("size", [30, 3000])
def test_very_many_lines_among_the_story_lose_no_story(size):
    captions = "".join(f"<figure><figcaption>Kapal nomor {number}</figcaption></figure>" for number in range(size))
    assert story_of(read(page(within=captions))) == STORY
