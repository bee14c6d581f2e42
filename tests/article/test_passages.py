"""What stands in another language than the article's is left out, where it is more than quotations and names."""

from __future__ import annotations

import json
from itertools import chain

import pytest

from kutub.article import read_article
from kutub.records import Article, LeftOutReason, Page, PieceKind
from kutub.views.cli import main

ENGLISH = (
    "The foreign ministers of Ethiopia and Kenya met on Tuesday, and they said that they would sign a treaty.",
    "The treaty was drafted by a commission that had been set up after the clashes at the border.",
    "Officials of the African Union said the agreement is a step that was long awaited by the people of the region.",
    "A spokesman for the ministry said that no date has been set, but that it will be signed in the summer.",
)
INDONESIAN = (
    "Menteri luar negeri Ethiopia dan Kenya bertemu pada hari Selasa, dan mereka akan menandatangani perjanjian.",
    "Perjanjian itu disusun oleh komisi yang telah dibentuk setelah bentrokan di perbatasan pada musim semi lalu.",
    "Pejabat Uni Afrika mengatakan bahwa kesepakatan ini adalah langkah yang sudah lama dinantikan oleh warga.",
    "Juru bicara kementerian itu tidak menyebut tanggal, tetapi perjanjian akan ditandatangani pada akhir tahun.",
)
FRENCH = (
    "Les ministres des affaires étrangères du Kenya et de l'Éthiopie se sont réunis mardi pour parler du traité.",
    "Le traité avait été préparé par une commission créée après les affrontements survenus près de la frontière.",
    "Selon les responsables de l'Union africaine, cet accord était attendu depuis longtemps par toute la population.",
)
MALAY = (
    "Menteri luar dari kedua-dua negara itu bertemu di Nairobi pada hari Selasa bagi membincangkan perjanjian itu.",
    "Perjanjian tersebut telah digubal oleh suruhanjaya yang ditubuhkan selepas pertempuran di sempadan itu.",
    "Jurucakap kementerian berkata tarikh belum ditetapkan tetapi ia akan ditandatangani pada hujung tahun.",
)
OTHER = LeftOutReason.OTHER_LANGUAGE


def read(*lines: str, between: str = "\n\n", **fields) -> Article:
    found = read_article(Page(path="r:1", text=between.join(lines), **fields))
    assert isinstance(found, Article), found
    return found


def body(article: Article) -> list[str]:
    return [article.text[piece.start : piece.end] for piece in article.pieces if piece.kind is PieceKind.BODY]


def left_out(article: Article) -> list[str]:
    return [span.text for span in article.left_out if span.reason is OTHER]


@pytest.mark.parametrize(("own", "other", "code"), [(ENGLISH, INDONESIAN, "en"), (INDONESIAN, ENGLISH, "id")])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
class TestTwoLanguages:
    def test_a_translation_below_the_article(self, own, other, code, between):
        article = read(*own, *other, between=between, language=code)
        assert body(article) == list(own)
        assert left_out(article) == list(other)

    def test_a_translation_above_it(self, own, other, code, between):
        article = read(*other, *own, between=between, language=code)
        assert body(article) == list(own)

    def test_paragraphs_that_alternate(self, own, other, code, between):
        article = read(*chain(*zip(own, other, strict=True)), between=between, language=code)
        assert body(article) == list(own)

    def test_the_recognised_language_stays(self, own, other, code, between):
        article = read(*own, *own[::-1], *other, between=between, title="x")
        assert article.language == code
        assert left_out(article) == list(other)


def test_a_page_and_a_dump_too():
    markup = "".join(f"<p>{text}</p>" for text in (*ENGLISH, *ENGLISH[1:], *INDONESIAN))
    page = f"<!DOCTYPE html><html><body><article><h1>Ministers of Kenya meet</h1>{markup}</article></body></html>"
    for path, content in (("a.html", page), ("a.txt", "\n\n".join((*ENGLISH, *ENGLISH[1:], *INDONESIAN)))):
        article = read_article(Page(path=path, content=content.encode()), language="en")
        assert left_out(article) == list(INDONESIAN)


def test_what_tells_no_language_goes_with_what_is_around_it():
    named = "Menhan Kenya Soipan Tuya turut hadir bersama Panglima Charles Kahariri."
    article = read(*ENGLISH, *INDONESIAN[:2], named, *INDONESIAN[2:], language="en")
    assert left_out(article) == [*INDONESIAN[:2], named, *INDONESIAN[2:]]
    quoted = "“Kami sudah lama menunggu perjanjian yang akan membawa damai di perbatasan ini,” kata Kahariri."
    assert quoted in left_out(read(*ENGLISH, *INDONESIAN[:3], quoted, INDONESIAN[3], language="en"))


def test_a_quarter_of_the_words_is_enough():
    assert left_out(read(*ENGLISH[:2], INDONESIAN[0], language="en")) == [INDONESIAN[0]]
    assert left_out(read(*ENGLISH, *ENGLISH[::-1], INDONESIAN[0], language="en")) == []


def test_quotations_and_titles_are_not_enough():
    quotes = [f"“{text}”" for text in INDONESIAN]
    assert left_out(read(*ENGLISH, *quotes, language="en")) == []
    named = "The novel “Yang Fana adalah Waktu” and the film “Di Antara Kita dan Mereka” were shown to the ministers."
    assert left_out(read(*ENGLISH[:2], named, named.replace("novel", "play"), language="en")) == []


def test_a_language_that_is_not_read_is_left_out_but_not_malay():
    assert left_out(read(*INDONESIAN, *FRENCH, language="id")) == list(FRENCH)
    assert left_out(read(*ENGLISH, *FRENCH, language="en")) == list(FRENCH)
    assert left_out(read(*INDONESIAN, *MALAY, language="id")) == []


def test_names_alone_are_no_language():
    names = [
        f"Peserta rapat: Abiy Ahmed, William Ruto, Musalia Mudavadi, Gedion Timothewos, Soipan Tuya {day}."
        for day in ("Senin", "Selasa", "Rabu")
    ]
    assert left_out(read(*INDONESIAN, *names, language="id")) == []


def test_a_text_that_is_all_in_another_language_than_stated_stays():
    article = read(*ENGLISH, language="id")
    assert body(article) == list(ENGLISH)


@pytest.mark.parametrize("command", ["read", "code"])
def test_the_run_tells_of_it(tmp_path, command, capfd):
    path = tmp_path / "news.jsonl"
    texts = ["\n".join((*ENGLISH, *INDONESIAN)), "\n".join(ENGLISH), "\n".join((*ENGLISH, *INDONESIAN))]
    rows = [{"id": str(number), "text": text, "lang": "en"} for number, text in enumerate(texts)]
    rows.append(rows[0])
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert main([command, str(path)]) == 0
    count, total = (2, 3) if command == "code" else (3, 4)  # a coding run drops duplicates
    told = f"passages in another language are left out: {count} of {total} articles, first {path}:1; kutub read"
    assert told in capfd.readouterr().err
