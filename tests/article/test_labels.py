"""Bylines, decks, summaries and subheadings that are told by labels and by what stands around them."""

from __future__ import annotations

import pytest

from kutub.article import read_article
from kutub.article.bylines import labelled, names_in, persons
from kutub.article.rules import load_rules
from kutub.records import Article, LeftOutReason, Page, PieceKind

TITLE = "Northland closes border with Southland"
STORY = (
    "The government of Northland closed the border with Southland on Friday night and withdrew its ambassador.",
    "The prime minister of Northland accused the neighbour of laying mines along the river that divides the countries.",
    "Southland denied the charge and asked for a joint inquiry into the mines under the eyes of the United Nations.",
)
JUDUL = "Tanah Utara Tutup Perbatasan dengan Tanah Selatan"
CERITA = (
    "Pemerintah Tanah Utara menutup perbatasan dengan Tanah Selatan pada Jumat malam dan menarik duta besarnya.",
    "Perdana menteri menuduh negara tetangganya memasang ranjau di sepanjang sungai yang memisahkan kedua negara.",
    "Tanah Selatan membantah tuduhan itu dan meminta penyelidikan bersama di bawah pengawasan lembaga dunia.",
)


def read(*lines: str, language: str = "en") -> Article:
    found = read_article(Page(path="a.txt", content="\n".join(lines).encode()), language=language)
    assert isinstance(found, Article), found
    return found


def body_of(article: Article) -> list[str]:
    return [article.text[piece.start : piece.end] for piece in article.pieces if piece.kind is PieceKind.BODY]


def reasons_of(article: Article) -> dict[str, LeftOutReason]:
    return {span.text: span.reason for span in article.left_out}


class TestBylines:
    @pytest.mark.parametrize(
        ("language", "lines", "byline", "editor"),
        [
            ("en", ["Author", "Ada Merrin", "Editor:", "Tom Hale"], "Ada Merrin", "Tom Hale"),
            ("en", ["Reporter", "Ada"], "Ada", None),
            ("en", ["Ada Merrin in Ankara"], "Ada Merrin", None),
            ("id", ["Penulis", "Budi Rekaan", "Editor", "Sari Rekaan"], "Budi Rekaan", "Sari Rekaan"),
            ("id", ["Oleh:", "BUDI REKAAN"], "BUDI REKAAN", None),
            ("id", ["Budi Rekaan, Jurnalis"], "Budi Rekaan", None),
        ],
    )
    def test_the_name_below_a_label(self, language, lines, byline, editor):
        title, story = (TITLE, STORY) if language == "en" else (JUDUL, CERITA)
        article = read(title, *lines, *story, language=language)
        assert (article.byline, article.editor) == (byline, editor)
        assert body_of(article) == list(story)
        assert all(reasons_of(article)[line] is LeftOutReason.BYLINE for line in lines)

    @pytest.mark.parametrize(
        ("line", "values"),
        [
            ("Penulis: Budi R | Editor: Sari R | 28 Mei 2024", ("Budi R", "Sari R", "28 Mei 2024")),
            ("Reporter: Budi R | Redaktur: Sari R | Fotografer: Andi", ("Budi R", "Sari R", None)),
            ("28 Mei 2024 | Penulis: Budi R | Editor: Sari R", ("Budi R", "Sari R", "28 Mei 2024")),
            ("Selasa, 28 Mei 2024 10:15 WIB – Penulis: Budi R", ("Budi R", None, "Selasa, 28 Mei 2024 10:15 WIB")),
            ("Penulis: Budi-Ani R / Editor: Sari R", ("Budi-Ani R", "Sari R", None)),
            ("Pada 28 Mei 2024 terbit | Penulis: Budi R", (None, None, None)),
        ],
    )
    def test_a_name_ends_where_another_thing_begins(self, line, values):
        found = labelled(line, load_rules("id"))
        assert (found.get("author"), found.get("editor"), found.get("date")) == values

    @pytest.mark.parametrize("line", ["28 Mei 2024 | Penulis: Budi R", "Penulis: Budi R | 28 Mei 2024"])
    def test_a_date_beside_a_name_is_the_texts(self, line):
        article = read(JUDUL, line, *CERITA, language="id")
        assert (article.byline, str(article.published)) == ("Budi R", "2024-05-28")

    def test_a_label_above_another_names_nobody(self):
        article = read(TITLE, "Reporter", "Editor", "Tom Hale", *STORY)
        assert (article.byline, article.editor) == (None, "Tom Hale")

    def test_a_paragraph_below_a_label_is_no_name(self):
        article = read(TITLE, "Author", *STORY)
        assert article.byline is None
        assert body_of(article) == list(STORY)

    @pytest.mark.parametrize(
        ("language", "stated", "names"),
        [
            ("id", "Kontributor Lhokseumawe, Masriadi", "Masriadi"),
            ("id", "KONTRIBUTOR BANDUNG, BUDI REKAAN", "BUDI REKAAN"),
            ("id", "Jakarta, Budi Rekaan", "Budi Rekaan"),
            ("id", "Budi Rekaan, Sari Rekaan", "Budi Rekaan, Sari Rekaan"),
            ("id", "Reporter Budi Rekaan, Sari Rekaan", "Budi Rekaan, Sari Rekaan"),
            ("id", "Laporan Budi Rekaan | Banda Aceh", "Budi Rekaan"),
            ("id", "Budi Rekaan, CNBC Indonesia", "Budi Rekaan"),
            ("id", "Oleh Ani Rekaan", "Ani Rekaan"),
            ("en", "London, Ada Merrin", "Ada Merrin"),
            ("en", "Ada Merrin in Riga and Tom Hale in Abu Dhabi", "Ada Merrin and Tom Hale"),
            ("en", "Ada Merrin, Africa Correspondent", "Ada Merrin"),
            ("en", "Ada Merrin, Abuja", "Ada Merrin"),
            ("en", "London", "London"),
        ],
    )
    def test_what_stands_beside_a_name_is_none(self, language, stated, names):
        assert names_in(stated, load_rules(language)) == names

    @pytest.mark.parametrize(
        ("names", "left"),
        [
            ("Ada Merrin", "Ada Merrin"),
            ("GAZETTE.COM", None),
            ("Gazette.com, Ada Merrin", "Ada Merrin"),
            ("PT Kabar Rekaan", None),
            ("Kabar Rekaan Tbk", None),
            ("Inc", "Inc"),
            (None, None),
        ],
    )
    def test_a_company_is_no_person(self, names, left):
        assert persons(names, {"gazettecom"}) == left


class TestPublishersAsAuthors:
    """A page that names its publisher as the author: what the text says counts, else there is no byline."""

    def page(self, author: str, line: str) -> Page:
        head = (
            "<meta property=og:site_name content='Kabar Rekaan'><link rel=canonical href=https://www.kompas.com/a/b>"
            f"<meta name=author content='{author}'><title>{JUDUL}</title>"
        )
        story = "".join(f"<p>{text}</p>" for text in [line, *CERITA] if text)
        return Page(path="a.html", content=f"<html><head>{head}</head><body><article>{story}</article>".encode())

    @pytest.mark.parametrize(
        "author", ["Kabar Rekaan", "kompas.com", "Kompas.com", "KOMPAS CYBER MEDIA", "PT Kabar Lain"]
    )
    def test_a_publisher_is_no_byline(self, author):
        assert read_article(self.page(author, "")).byline is None
        assert read_article(self.page(author, "Penulis: Budi Rekaan")).byline == "Budi Rekaan"

    def test_a_person_is_one(self):
        assert read_article(self.page("Sari Rekaan", "")).byline == "Sari Rekaan"


class TestDecks:
    @pytest.mark.parametrize("label", ["Description", "HIGHLIGHT", "Standfirst"])
    def test_a_labelled_deck(self, label):
        article = read(TITLE, f"{label}: Southland denies that it has laid mines", *STORY)
        assert article.deck == "Southland denies that it has laid mines"
        assert body_of(article) == list(STORY)

    def test_a_labelled_deck_that_is_a_sentence(self):
        article = read(
            f"title: {JUDUL}", "deskripsi: Duta besar ditarik pada Jumat malam itu juga.", *CERITA, language="id"
        )
        assert (article.title, article.deck) == (JUDUL, "Duta besar ditarik pada Jumat malam itu juga.")

    def test_within_the_story_there_is_none(self):
        line = "Description: the river is wide, and its bed is full of mines from the last war."
        article = read(TITLE, *STORY[:2], line, STORY[2])
        assert article.deck is None
        assert line in body_of(article)

    def test_no_deck_where_nothing_is_stated(self):
        assert read(TITLE, "Description: None.", *STORY).deck is None


class TestSubheadings:
    @pytest.mark.parametrize(("language", "word"), [("en", "Escalation"), ("id", "Persaingan")])
    def test_a_word_between_paragraphs_is_one(self, language, word):
        title, story = (TITLE, STORY) if language == "en" else (JUDUL, CERITA)
        assert body_of(read(title, *story[:2], word, story[2], language=language)) == [*story[:2], word, story[2]]

    @pytest.mark.parametrize("word", ["Advertisement", "World", "Photograph", "escalation", "2023", "Facebook"])
    def test_furniture_is_none(self, word):
        assert body_of(read(TITLE, *STORY[:2], word, STORY[2])) == list(STORY)

    def test_a_word_elsewhere_is_none(self):
        article = read("Gazette", TITLE, "Escalation", *STORY, "Escalation", "Refugees")
        assert body_of(article) == list(STORY)


class TestSummaries:
    ITEMS = ("Ambassador withdrawn on Friday night", "Southland denies that there are mines.")

    def test_a_list_below_its_label(self):
        items = [f"- {item}" for item in self.ITEMS]
        article = read(TITLE, "Key points", *items, *STORY)
        assert body_of(article) == list(STORY)
        assert {reasons_of(article)[line] for line in ("Key points", *items)} == {LeftOutReason.NAVIGATION}

    @pytest.mark.parametrize("after", ["By Ada Merrin", ""])
    def test_lines_that_something_parts_from_the_story(self, after):
        assert body_of(read(TITLE, "Summary", *self.ITEMS, after, *STORY)) == list(STORY)

    def test_lines_much_shorter_than_the_story(self):
        long = f"{STORY[0]} {STORY[1]}"
        assert body_of(read(TITLE, "Summary:", *self.ITEMS, long, STORY[2])) == [long, STORY[2]]

    def test_paragraphs_as_long_as_the_story_are_the_story(self):
        assert body_of(read(TITLE, "Summary", *STORY)) == list(STORY)

    @pytest.mark.parametrize("box", ["\n{}\n{}\n", "\n{}\n\n{}\n", "\n- {}\n\n- {}\n", "- {}\n- {}\n"])
    def test_key_points_are_no_bylines(self, box):
        """Where they are in title case, and blank lines stand between them."""
        points = ("Border Closed Friday", "Ambassador Leaves Southland")
        article = read(TITLE, "", "Key points", box.format(*points), "\n\n".join(STORY))
        assert body_of(article) == list(STORY)
        assert article.byline is None
        found = reasons_of(article).values()
        assert set(found) == {LeftOutReason.NAVIGATION}

    def test_list_items_above_the_story_are_no_bylines(self):
        article = read(TITLE, "", "- Border Closed Friday", "- Ambassador Leaves Southland", "", *STORY)
        assert article.byline is None

    def test_a_section_called_like_a_summary_is_not_above_its_own_title(self):
        article = read("In brief", "", TITLE, "", "Mines found on the river bank", "", "\n\n".join(STORY))
        assert article.title == TITLE

    def test_a_link_to_another_story_parts_nothing(self):
        short = [text[:100] + "." for text in STORY]
        article = read(TITLE, "Summary", *short[:2], "Read more: Westland opens its border", short[2], *STORY)
        assert body_of(article) == [*short, *STORY]

    def test_a_list_within_the_story_is_its_own(self):
        items = [f"- {item}" for item in self.ITEMS]
        article = read(TITLE, *STORY[:2], "Key points:", *items, STORY[2])
        assert [line for line in body_of(article) if line in self.ITEMS] == list(self.ITEMS)

    def test_a_list_of_a_page(self):
        items = "".join(f"<li>{item}</li>" for item in self.ITEMS)
        story = "".join(f"<p>{text}</p>" for text in STORY)
        inner = f"<h1>{TITLE}</h1><h3>Key takeaways</h3><ul>{items}</ul>{story}"
        source = f"<html><body><article>{inner}</article></body></html>"
        article = read_article(Page(path="a.html", content=source.encode()), language="en")
        assert body_of(article) == list(STORY)
