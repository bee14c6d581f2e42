"""From pages to articles: rows, web pages, dates, ids, languages, and pages that are given up."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kutub.article import TEXT_LIMIT, read_article, row_date
from kutub.errors import InputError
from kutub.records import (
    Article,
    Dropped,
    DropReason,
    LeftOutReason,
    Page,
    Part,
    PieceKind,
    PublishedBasis,
    PublishedConfidence,
)

PAGES = Path(__file__).parent / "pages"
STORY_ID = (
    "Pemerintah Tanah Utara menutup perbatasan dengan Tanah Selatan pada Jumat malam dan menarik duta besarnya.\n"
    "Perdana menteri menuduh tetangganya memasang ranjau di sepanjang sungai yang memisahkan kedua negara itu."
)
STORY_EN = (
    "The government of Northland closed the border with Southland on Friday night and withdrew its ambassador.\n"
    "The prime minister accused the neighbour of laying mines along the river that divides the two countries."
)


def read(page: Page, **options) -> Article:
    found = read_article(page, **options)
    assert isinstance(found, Article), found
    return found


def dropped(page: Page, **options) -> Dropped:
    found = read_article(page, **options)
    assert isinstance(found, Dropped), found
    return found


def web(name: str) -> Page:
    return Page(path=name, content=(PAGES / name).read_bytes())


def html_page(body: str, head: str = "") -> Page:
    paragraphs = "".join(f"<p>{line}</p>" for line in body.splitlines())
    return Page(
        path="a.html", content=f"<html><head>{head}</head><body><article>{paragraphs}</article></body></html>".encode()
    )


def parts(article: Article, kind: PieceKind) -> list[str]:
    return [article.part_text(piece.part)[piece.start : piece.end] for piece in article.pieces if piece.kind is kind]


class TestRows:
    def test_a_row_of_one_line_is_body_however_short(self):
        article = read(Page(path="r:1", text="  Baca juga: Raja mundur. ", language="id"))
        assert parts(article, PieceKind.BODY) == ["Baca juga: Raja mundur."]
        assert len(article.pieces) == 1
        assert not article.left_out

    def test_a_dateline_with_its_date_is_no_part_of_the_line(self):
        text = " Lima, 4 June 2025 - Thousands of teachers left the capital."
        article = read(Page(path="r:1", text=text, language="en"))
        assert parts(article, PieceKind.BODY) == ["Thousands of teachers left the capital."]
        assert [text[span.start : span.end] for span in article.left_out] == ["Lima, 4 June 2025 -"]
        assert (article.published, article.published_basis) == (date(2025, 6, 4), PublishedBasis.DATELINE)

    @pytest.mark.parametrize(
        "page",
        [
            Page(path="r:1", text="kata " * 80_000 + "x", language="id"),
            Page(path="r:1", text="kata\n" * 80_000, title="x", language="id"),
            Page(path="a.txt", content=b"kata " * 80_000 + b"x"),
            html_page("kata " * 80_000 + "x"),
        ],
        ids=["line", "lines", "dump", "page"],
    )
    def test_a_text_over_the_limit_is_too_large(self, page):
        found = dropped(page)
        assert found.reason is DropReason.TOO_LARGE
        assert found.detail == f"the text has {400_001:,} characters, at most 400,000"

    def test_a_text_at_the_limit_is_read(self):
        assert len(read(Page(path="r:1", text="kata " * 80_000, language="id")).text) == TEXT_LIMIT

    def test_the_title_column_is_a_part_of_its_own(self):
        article = read(Page(path="r:1", id="x", text=f"Perbatasan Ditutup\n{STORY_ID}", title=" Perbatasan Ditutup "))
        assert article.title_text == " Perbatasan Ditutup "
        assert article.title == "Perbatasan Ditutup"
        first = article.pieces[0]
        assert (first.kind, first.part, first.start, first.end) == (PieceKind.TITLE, Part.TITLE, 1, 19)
        assert [span.text for span in article.left_out] == ["Perbatasan Ditutup"]
        assert parts(article, PieceKind.BODY) == STORY_ID.splitlines()

    def test_a_title_line_is_recognised_only_without_a_title_column(self):
        text = f"Tanah Utara Tutup Perbatasan\n{STORY_ID}"
        assert read(Page(path="r:1", text=text)).title == "Tanah Utara Tutup Perbatasan"
        article = read(Page(path="r:1", text=text, title="Judul Lain dari Kolom"))
        assert parts(article, PieceKind.TITLE) == ["Judul Lain dari Kolom"]
        assert "Tanah Utara Tutup Perbatasan" in [span.text for span in article.left_out]

    def test_the_text_is_never_altered(self):
        text = f"\n\n  {STORY_ID}\r\n\t\n"
        assert read(Page(path="r:1", text=text)).text == text

    def test_a_few_words_on_several_lines_are_an_article_as_on_one(self):
        for text in ("Raja mundur.\nRatu naik.", "Raja mundur. Ratu naik."):
            article = read(Page(path="r:1", text=text, language="id"))
            assert " ".join(parts(article, PieceKind.BODY)) == "Raja mundur. Ratu naik."


class TestIdentity:
    def test_the_order_of_ids(self):
        row = {"path": "r:1", "text": STORY_ID, "url": "https://X.example/a/?utm_source=b#c"}
        assert read(Page(id="given", **row)).id == "given"
        by_url = read(Page(**row)).id
        assert by_url == read(Page(path="r:2", text=STORY_EN, url="http://x.example/a")).id
        by_text = read(Page(path="r:3", text=STORY_ID)).id
        assert by_text != by_url
        assert all(len(value) == 16 and int(value, 16) >= 0 for value in (by_url, by_text))
        assert by_text == read(Page(path="-", content=STORY_ID.encode())).id

    @pytest.mark.parametrize(("path", "stem"), [("d/a.b.txt", "a.b"), ("a.txt.gz", "a"), ("noend", "noend")])
    def test_a_plain_file_has_its_stem(self, path, stem):
        assert read(Page(path=path, content=STORY_ID.encode())).id == stem

    def test_an_address_that_is_none_does_not_count(self):
        bad = read(Page(path="r:1", text=STORY_ID, url="http://[::1")).id
        assert bad == read(Page(path="r:1", text=STORY_ID)).id


class TestPublished:
    def page(self, **fields) -> Page:
        url = "https://x.example/2021/02/03/a"
        return Page(
            path="20200102.txt", content=f"{STORY_ID}\nRabu, 4 Maret 2022 10:00 WIB".encode(), url=url, **fields
        )

    def test_given_wins_over_the_option_and_that_over_the_page(self):
        given = self.page(published=date(2019, 1, 1))
        assert read(given, published=date(2018, 1, 1)).published_basis is PublishedBasis.GIVEN
        article = read(self.page(), published=date(2018, 1, 1))
        assert (article.published, article.published_basis) == (date(2018, 1, 1), PublishedBasis.OPTION)
        article = read(self.page())
        assert (article.published, article.published_basis) == (date(2022, 3, 4), PublishedBasis.DATELINE)

    def test_address_file_and_image_come_last(self):
        by_url = read(Page(path="20200102.txt", content=STORY_ID.encode(), url="https://x.example/2021/02/03/a"))
        assert (by_url.published, by_url.published_basis) == (date(2021, 2, 3), PublishedBasis.URL)
        by_file = read(Page(path="d/berita-2020-01-02.txt", content=STORY_ID.encode()))
        assert (by_file.published, by_file.published_basis) == (date(2020, 1, 2), PublishedBasis.FILE_NAME)
        by_image = read(Page(path="a.txt", content=f"{STORY_ID}\nhttps://x.example/kapal-1592019.jpg".encode()))
        assert (by_image.published, by_image.published_basis) == (date(2019, 9, 15), PublishedBasis.IMAGE_NAME)

    def test_no_date_is_no_date(self):
        article = read(Page(path="a.txt", content=STORY_ID.encode()))
        assert (article.published, article.published_basis) == (None, None)

    @pytest.mark.parametrize(
        ("stem", "day"),
        [
            ("a-20092023", date(2023, 9, 20)),
            ("a-2092023", date(2023, 9, 20)),  # unpadded: 2 and 09 would be padded
            ("a-1112023", None),  # 1/11 or 11/1
            ("a-20230920", date(2023, 9, 20)),
            ("a-99999999", None),
            ("a-312023", date(2023, 1, 3)),
            ("a1592019b", None),
        ],
    )
    def test_run_together_digits_are_read_when_one_reading_fits(self, stem, day):
        article = read(Page(path="a.txt", content=f"{STORY_ID}\n{stem}.jpg".encode()))
        assert article.published == day

    def test_a_numeric_date_is_read_by_the_custom_of_the_language(self):
        indonesian = read(Page(path="a.txt", content=f"{STORY_ID}\n02/11/2023, 18:00 WIB".encode()))
        assert indonesian.published == date(2023, 11, 2)
        english = read(Page(path="a.txt", content=f"{STORY_EN}\n02/11/2023, 18:00 GMT".encode()))
        assert english.published is None

    @pytest.mark.parametrize(
        ("value", "day"),
        [
            ("5 March 2024", date(2024, 3, 5)),
            ("Selasa, 5 Maret 2024", date(2024, 3, 5)),
            ("Maret 5, 2024", date(2024, 3, 5)),
            ("02/11/2023", None),
            ("13/11/2023", date(2023, 11, 13)),
            ("yesterday", None),
            ("2025-02-30", None),
        ],
    )
    def test_dates_of_a_row_are_read_in_any_language(self, value, day):
        assert row_date(value) == day

    @pytest.mark.parametrize(
        ("text", "given", "language", "day"),
        [
            (STORY_ID, None, None, date(2023, 11, 2)),
            (STORY_EN, None, None, None),
            (STORY_EN, "id-ID", None, date(2023, 11, 2)),
            (STORY_ID, "id", "en", None),
        ],
    )
    def test_day_and_month_of_a_row_are_told_apart_by_its_language(self, text, given, language, day):
        article = read(Page(path="r:1", text=text, stated="02/11/2023", language=given), language=language)
        assert (article.published, article.unread_date) == (day, None if day else "02/11/2023")
        assert article.published_confidence is (PublishedConfidence.MEDIUM if day else None)

    def test_the_users_date_stands_in_for_an_unclear_one(self):
        article = read(Page(path="r:1", text=STORY_EN, stated="02/11/2023"), published=date(2023, 11, 1))
        assert (article.published_basis, article.unread_date) == (PublishedBasis.OPTION, "02/11/2023")
        assert article.published_confidence is PublishedConfidence.HIGH


class TestLanguages:
    def test_recognised_given_and_chosen(self):
        assert read(Page(path="a.txt", content=STORY_EN.encode())).language == "en"
        assert read(Page(path="r:1", text="Obama", language="id-ID")).language == "id"
        assert read(Page(path="r:1", text=STORY_EN, language="id"), language="en").language == "en"

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("Raja menolak mundur dari takhta", "id"),
            ("The king refuses to leave the throne", "en"),
            ("Presiden bertemu duta besar di istana", "id"),
            ("President meets ambassador at palace", "en"),
        ],
    )
    def test_short_texts(self, text, code):
        assert read(Page(path="r:1", text=text)).language == code

    @pytest.mark.parametrize(
        "text",
        [
            "Le gouvernement du Nord a fermé la frontière avec le Sud vendredi et rappelé son ambassadeur.",
            "De regering van het noorden heeft vrijdagavond de grens gesloten en haar gezant teruggeroepen.",
            "Kerajaan berkata pihak polis akan menutup sempadan pada hari Jumaat kerana dua askar cedera.",
            "Правительство Севера закрыло границу с Югом в пятницу вечером и отозвало своего посла из столицы соседа.",
        ],
        ids=["fr", "nl", "ms", "ru"],
    )
    def test_an_unknown_language_is_dropped_with_the_guess(self, text):
        found = dropped(Page(path="r:1", text=text))
        assert found.reason is DropReason.UNKNOWN_LANGUAGE
        assert "looks like" in found.detail

    def test_a_corpus_in_another_language_is_dropped(self):
        assert dropped(Page(path="r:1", text=STORY_EN, language="fr")).reason is DropReason.UNKNOWN_LANGUAGE

    def test_a_language_that_is_not_there_is_wrong_usage(self):
        with pytest.raises(InputError, match="no language"):
            read_article(Page(path="r:1", text=STORY_EN), language="xx")


class TestWebPages:
    def test_an_invented_indonesian_page(self):
        article = read(web("invented-page-id.html"))
        assert article.title == "Tanah Utara Tutup Perbatasan dengan Tanah Selatan"
        assert article.deck == "Keputusan diambil setelah tiga penjaga terluka oleh ranjau."
        assert (article.byline, article.editor, article.publisher) == ("Rani Kelana", "Bayu Laksana", "Kabar Rekaan")
        assert (article.published, article.published_basis) == (date(2022, 3, 5), PublishedBasis.METADATA)
        assert (article.language, article.id) == ("id", "invented-page-id")
        assert article.url is not None
        assert article.url.startswith("https://www.kabar-rekaan.example/dunia")
        body = parts(article, PieceKind.BODY)
        assert [line.split()[0] for line in body] == ["Pemerintah", "Perdana", "Tanah", "Kedua"]
        assert body[-1].endswith("sungai.")
        left = {span.reason for span in article.left_out}
        assert {LeftOutReason.DATE_LINE, LeftOutReason.READ_ALSO, LeftOutReason.BYLINE} <= left
        assert article.text.splitlines()[:2] == [article.title, article.deck]
        assert all(span.text == article.text[span.start : span.end] for span in article.left_out)

    def test_an_invented_english_page(self):
        article = read(web("invented-page-en.html"))
        assert article.title == "Two Towers Parliament Rejects Treaty With Eastshore"
        assert article.deck is None  # the description only repeats the first words
        assert article.byline is None  # an address is no name
        assert (article.published, article.published_basis) == (date(2020, 3, 9), PublishedBasis.DATELINE)
        assert len(parts(article, PieceKind.BODY)) == 4

    def test_a_whole_link_in_the_body_is_another_story(self):
        link = '<a href="/x">Perahu Nelayan Hilang di Selat Karang</a>'
        article = read(html_page(f"{STORY_ID}\n{link}\n{STORY_ID.splitlines()[0]} Lagi."))
        assert "Perahu Nelayan Hilang di Selat Karang" not in parts(article, PieceKind.BODY)

    def test_a_front_page_and_a_page_of_links_are_no_articles(self):
        head = '<link rel="canonical" href="https://x.example/">'
        assert dropped(html_page(STORY_ID, head)).reason is DropReason.NO_TEXT
        links = "".join(f'<li><a href="/{n}">Berita nomor {n}</a></li>' for n in range(40))
        assert dropped(Page(path="a.html", content=f"<html><body><ul>{links}</ul></body></html>".encode())).reason is (
            DropReason.NO_TEXT
        )

    @pytest.mark.parametrize(
        "content", [b"<html>", b"<html><body></body></html>", b"<html><!-- nothing -->", b"<p>\xff\xfe</p>"]
    )
    def test_pages_without_text(self, content):
        assert dropped(Page(path="a.html", content=content)).reason in (DropReason.NO_TEXT, DropReason.UNDECODABLE)

    def test_a_cut_page_gives_what_is_there(self):
        content = (PAGES / "invented-page-id.html").read_bytes()
        article = read(Page(path="a.html", content=content[: content.index(b"Tanah Selatan membantah") + 60]))
        assert len(parts(article, PieceKind.BODY)) >= 2

    @pytest.mark.parametrize("depth", [300, 5_000, 29_000])
    def test_deep_pages_are_too_deep(self, depth):
        page = Page(path="a.html", content=b"<html><body>" + b"<div>" * depth + STORY_ID.encode())
        assert dropped(page).reason is DropReason.TOO_DEEP

    def test_unclosed_paragraphs_are_not_deep(self):
        content = f"<html><body><h1>Perbatasan</h1>{'<p>' + STORY_ID.splitlines()[0]}" * 300
        assert len(parts(read(Page(path="a.html", content=content.encode())), PieceKind.BODY)) >= 1

    @pytest.mark.parametrize(
        "tag",
        [
            "<div " + " ".join(f"a{n}" for n in range(1_500)) + ">",
            "<div " + " ".join(f'a{n}="<>"' for n in range(1_500)) + ">",
            "<script " + " ".join(f"a{n}='>'" for n in range(1_500)) + "></script>",
            '<!-- <a b=" --><div ' + " ".join(f"a{n}=x" for n in range(1_500)) + ">",
        ],
        ids=["bare", "quoted", "script", "after a comment"],
    )
    def test_tags_with_too_many_attributes(self, tag):
        found = dropped(Page(path="a.html", content=f"<html><body>{tag}<p>{STORY_ID}</p></body></html>".encode()))
        assert found.reason is DropReason.TOO_LARGE
        assert "attributes" in found.detail

    def test_scripts_with_many_words_are_no_tags(self):
        script = "<script>for(i=0;i<n;i++){" + " word" * 3_000 + "}</script>"
        article = read(html_page(STORY_ID, script))
        assert len(parts(article, PieceKind.BODY)) == 2

    def test_a_page_over_the_limit(self):
        page = html_page(STORY_ID + " kata" * 1_100_000)
        assert dropped(page).reason is DropReason.TOO_LARGE

    @pytest.mark.parametrize(
        "script",
        [
            '{"@type": "NewsArticle", "headline": "' + "a\\" * 24_000,
            "[" * 48_000,
            '{"@type": "NewsArticle", "author": "' + "(" * 40_000 + '"}',
            '[1, "x", null, {"@type": 5, "author": {"name": {"name": []}}}]',
        ],
        ids=["unterminated", "nested", "long author", "odd types"],
    )
    def test_odd_json_ld_is_passed_over(self, script):
        article = read(html_page(STORY_ID, f'<script type="application/ld+json">{script}</script>'))
        assert len(parts(article, PieceKind.BODY)) == 2
        assert len(article.byline or "") <= 512

    def test_a_failing_library_is_one_dropped_page(self, monkeypatch):
        def fail(*_args, **_options):
            raise RuntimeError("broken inside")

        monkeypatch.setattr("trafilatura.bare_extraction", fail)
        found = dropped(html_page(STORY_ID))
        assert (found.reason, found.detail) == (DropReason.FAILED, "RuntimeError: broken inside")


class TestDecoding:
    TEXT = STORY_ID.replace("Tanah", "Château")

    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252"]
    )
    def test_encodings(self, encoding):
        article = read(Page(path="a.txt", content=self.TEXT.encode(encoding)))
        assert article.text == self.TEXT

    def test_the_declared_charset_is_used(self):
        text = STORY_ID.replace("Tanah", "Křížov")
        head = '<meta charset="iso-8859-2">'
        content = f"<html><head>{head}</head><body><p>{text}</p></body></html>".encode("iso-8859-2")
        assert "Křížov" in read(Page(path="a.html", content=content)).text

    @pytest.mark.parametrize("name", ["base64", "rot13", "zip", "idna", "x-unknown", "unicode_escape"])
    def test_odd_charsets_are_not_followed(self, name):
        content = f'<html><head><meta charset="{name}"></head><body><p>{self.TEXT}</p></body></html>'.encode("latin-1")
        assert "Château" in read(Page(path="a.html", content=content)).text

    def test_nul_becomes_a_replacement_character(self):
        article = read(Page(path="a.txt", content=STORY_ID.replace("Tanah Utara", "Tanah\0Utara", 1).encode()))
        assert "Tanah\ufffdUtara" in article.text

    def test_a_character_cut_at_the_end(self):
        article = read(Page(path="a.txt", content=STORY_ID.encode() + "é".encode()[:1]))
        assert article.text == STORY_ID + "\ufffd"

    def test_noise_is_undecodable(self):
        noise = b"\xff\xfe" + b"\x00\xd8" * 500  # lone surrogates in UTF-16
        assert dropped(Page(path="a.txt", content=noise)).reason is DropReason.UNDECODABLE


@settings(max_examples=60, deadline=None)
@given(
    content=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.text(alphabet="<>/=\"' abcdefp!-&;#\n", max_size=300).map(str.encode),
    ),
    name=st.sampled_from(["a.html", "a.txt", "-"]),
)
def test_any_bytes_give_an_article_or_are_dropped(content, name):
    found = read_article(Page(path=name, content=content))
    assert isinstance(found, Article | Dropped)
    assert not isinstance(found, Dropped) or found.reason is not DropReason.FAILED, found


def test_nothing_heavy_is_loaded_at_import():
    code = "import sys, kutub.article, kutub.sources; print({'trafilatura', 'lxml', 'numpy'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
