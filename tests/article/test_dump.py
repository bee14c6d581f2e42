"""The anatomy of text dumps: every line is a piece, left out with its reason, or blank."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kutub.article import read_article
from kutub.article.dump import dissect
from kutub.article.lines import split_lines
from kutub.article.rules import load_rules
from kutub.records import Article, LeftOutReason, Page, PieceKind, PublishedBasis

PAGES = Path(__file__).parent / "pages"
SEED = Path(__file__).parents[3] / "shared" / "seed" / "multipolar-id.txt"


def article(path: Path) -> Article:
    found = read_article(Page(path=str(path), content=path.read_bytes()))
    assert isinstance(found, Article)
    return found


def pieces(found: Article, kind: PieceKind) -> list[str]:
    return [found.text[piece.start : piece.end] for piece in found.pieces if piece.kind is kind]


def reasons(found: Article) -> Counter[LeftOutReason]:
    return Counter(span.reason for span in found.left_out)


def assert_accounted(text: str, spans: list[tuple[int, int]]) -> None:
    """Spans do not overlap, and what they leave is white space and marks of lists and headings."""
    spans = sorted(spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    rest, position = [], 0
    for start, end in [*spans, (len(text), len(text))]:
        assert start <= end <= len(text)
        rest.append(text[position:start])
        position = end
    assert not re.search(r"[^\s#>*•\\-]", re.sub(r"\[(?:img|embed)[.\d]*\]", "", "".join(rest)))


def spans(found) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in (*found.pieces, *found.left_out)]


def test_an_invented_indonesian_dump():
    found = article(PAGES / "invented-dump-id.txt")
    lines = found.text.splitlines()
    assert found.title == lines[0]
    assert found.deck == lines[1]
    assert (found.byline, found.editor) == ("Sinta Wirya", "Bagus Lumintang")
    assert (found.published, found.published_basis) == (date(2021, 9, 17), PublishedBasis.IMAGE_NAME)
    assert (found.language, found.id) == ("id", "invented-dump-id")
    assert pieces(found, PieceKind.BODY) == [lines[3], lines[4], lines[6], lines[8]]
    assert reasons(found) == {
        LeftOutReason.BYLINE: 1,
        LeftOutReason.READ_ALSO: 2,
        LeftOutReason.RECOMMENDED: 3,
        LeftOutReason.TABLE: 6,
        LeftOutReason.IMAGE: 1,
        LeftOutReason.COMMENT: 1,
    }
    assert_accounted(found.text, spans(found))


def test_an_invented_english_dump():
    found = article(PAGES / "invented-dump-en.txt")
    lines = found.text.splitlines()
    assert (found.title, found.deck, found.byline) == (lines[2], None, "Ada Merrin and Tom Hale")
    assert (found.published, found.published_basis) == (date(2021, 4, 14), PublishedBasis.DATELINE)
    body = pieces(found, PieceKind.BODY)
    assert body[0].startswith("Northmark's envoy left")
    assert body[-1].endswith("within a week.")
    assert len(body) == 4
    assert reasons(found) == {
        LeftOutReason.NAVIGATION: 1,
        LeftOutReason.DATE_LINE: 2,
        LeftOutReason.BYLINE: 2,
        LeftOutReason.READ_ALSO: 1,
        LeftOutReason.ADVERT: 1,
        LeftOutReason.CAPTION: 1,
        LeftOutReason.RECOMMENDED: 2,
        LeftOutReason.TAGS: 1,
        LeftOutReason.COPYRIGHT: 2,
    }
    assert_accounted(found.text, spans(found))


@pytest.mark.skipif(not SEED.exists(), reason=f"the seed article is not here: {SEED}")
def test_the_seed_article():
    found = article(SEED)
    lines = [line.text for line in split_lines(found.text)]
    assert (found.title, found.deck) == (lines[0], lines[1])
    assert (found.byline, found.editor) == ("Redaksi", "Donny Yosua")
    assert (found.published, found.published_basis) == (date(2023, 9, 20), PublishedBasis.IMAGE_NAME)
    assert found.language == "id"
    assert reasons(found) == {
        LeftOutReason.BYLINE: 1,
        LeftOutReason.READ_ALSO: 2,
        LeftOutReason.RECOMMENDED: 5,
        LeftOutReason.TABLE: 10,
        LeftOutReason.IMAGE: 1,
        LeftOutReason.COMMENT: 1,
    }
    left = {span.text for span in found.left_out}
    assert pieces(found, PieceKind.BODY) == [line for line in lines[2:] if line not in left]
    assert len(pieces(found, PieceKind.BODY)) == 11


BODY = "Pasukan negara itu menyerang pelabuhan pada Senin pagi dan menahan dua belas pelaut asing di sana."


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Simak juga: Ayam Warga Hilang di Kampung Baru", LeftOutReason.READ_ALSO),
        ("Lihat juga Video Panen Raya di Lereng Gunung", LeftOutReason.READ_ALSO),
        ("[Gambas:Video 9detik]", LeftOutReason.READ_ALSO),
        ("SCROLL TO CONTINUE WITH CONTENT", LeftOutReason.ADVERT),
        ("ADVERTISEMENT", LeftOutReason.ADVERT),
        ("Bagikan ke Facebook", LeftOutReason.SHARE),
        ("Facebook Twitter WhatsApp", LeftOutReason.SHARE),
        ("Reporter: Budi Rekaan, Editor: Sari Rekaan", LeftOutReason.BYLINE),
        ("(abc/def)", LeftOutReason.BYLINE),
        ("Rabu, 20 September 2023 14:05 WIB", LeftOutReason.DATE_LINE),
        ("Kabar.com - 02/11/2023, 18:00 WIB", LeftOutReason.DATE_LINE),
        ("Foto: Kapal di pelabuhan", LeftOutReason.CAPTION),
        ("Kapal patroli bersandar di pelabuhan. (Foto: Rekaan)", LeftOutReason.CAPTION),
        ("Tag: kapal, laut", LeftOutReason.TAGS),
        ("Copyright © 2020 Rekaan", LeftOutReason.COPYRIGHT),
        ("Dilarang mengutip tanpa izin", LeftOutReason.COPYRIGHT),
        ("Beranda", LeftOutReason.NAVIGATION),
        ("https://rekaan.example/berita/1", LeftOutReason.NAVIGATION),
        ("***", LeftOutReason.NAVIGATION),
        ("![kapal](https://rekaan.example/kapal.png)", LeftOutReason.IMAGE),
        ("https://rekaan.example/kapal.jpg?w=300", LeftOutReason.IMAGE),
        ("| satu | dua | tiga | 4 |", LeftOutReason.TABLE),
        ("Komentar di luar tanggung jawab redaksi", LeftOutReason.COMMENT),
    ],
)
def test_lines_that_are_not_the_story(line, reason):
    found = dissect(f"{BODY}\n{line}\n{BODY}", load_rules("id"))
    assert [span.reason for span in found.left_out][:1] == [reason]
    assert found.left_out[0].text == line


@pytest.mark.parametrize(
    "line",
    [
        "Penulis buku itu menolak hadiah dari raja karena perang belum selesai.",
        "Editor surat kabar itu ditahan polisi pada Rabu malam di kantornya.",
        "Foto yang beredar menunjukkan tentara menyeberangi sungai pada malam hari.",
        "Dia juga membaca surat itu di depan parlemen pada 20 September 2023.",
        "Komentar menteri itu membuat marah duta besar negara tetangga.",
        "Lihat juga bagaimana tentara menyeberangi sungai pada malam hari.",
    ],
)
def test_lines_that_are_the_story(line):
    found = dissect(f"{BODY}\n{line}\n{BODY}", load_rules("id"))
    assert len(found.pieces) == 3
    assert not found.left_out


@pytest.mark.parametrize(
    ("dateline", "language"),
    [
        ("Jakarta, CNN Indonesia -- ", "id"),
        ("KOMPAS.com - ", "id"),
        ("TEMPO.CO, Jakarta - ", "id"),
        ("JAKARTA, KOMPAS.com – ", "id"),
        ("Mataram, NTB (ANTARA News) - ", "id"),
        ("MAKASSAR -- ", "id"),
        ("Jakarta - ", "id"),
        ("ISTANBUL, 23 Februari 2016 (Antara/PRNewswire) -- ", "id"),
        ("MOSCOW (Reuters) - ", "en"),
        ("WASHINGTON (AP) — ", "en"),
        ("BRUSSELS, Jan 5, 2019 (Xinhua) -- ", "en"),
        ("Lima, 4 June 2025 - ", "en"),
        ("New Delhi, Wednesday, 4 June 2025 — ", "en"),
        ("Lima (4 June 2025) - ", "en"),
        ("Surabaya, 4 Juni 2025 – ", "id"),
    ],
)
def test_a_dateline_is_cut_from_the_first_paragraph(dateline, language):
    found = dissect(f"{dateline}{BODY}\n{BODY}", load_rules(language))
    assert [span.reason for span in found.left_out] == [LeftOutReason.DATE_LINE]
    assert found.left_out[0].text == dateline.strip()
    assert found.pieces[0].start == len(dateline)


@pytest.mark.parametrize(
    "start", ["Negara - negara tetangga ", "Jokowi-Ma'ruf ", "Rusia - yang menyerang - ", "Menteri X (52) - "]
)
def test_what_only_looks_like_a_dateline_stays(start):
    found = dissect(f"{start}menuduh Negara Karang berbohong tentang ranjau di sungai.\n{BODY}", load_rules("id"))
    assert not found.left_out


@pytest.mark.parametrize("line", ["Quito, 3 March 2025", "Port Moresby, March 3, 2025", "Lima (4 Juni 2025)"])
def test_a_place_and_a_date_are_a_date_line(line):
    found = dissect(f"{line}\n{BODY}\n{BODY}", load_rules("en"))
    assert [(span.text, span.reason) for span in found.left_out] == [(line, LeftOutReason.DATE_LINE)]
    assert found.dated is not None
    assert len(found.pieces) == 2


def test_read_also_in_a_paragraph_is_cut_where_its_end_is_clear():
    headline = "Baca juga: Warga Desa Temukan Sumur Tua di Bawah Pasar"
    text = f"{BODY} {headline} Dalam pernyataan itu, menteri menolak mundur.\n{BODY}"
    found = dissect(text, load_rules("id"))
    story = [text[piece.start : piece.end] for piece in found.pieces]
    assert story[:2] == [BODY, "Dalam pernyataan itu, menteri menolak mundur."]
    assert [span.text for span in found.left_out] == [headline]


def test_a_dump_without_a_title_has_none():
    found = dissect(f"{BODY}\n{BODY}", load_rules("id"))
    assert (found.title, found.deck) == (None, None)


def test_broken_lines_make_one_piece_a_paragraph():
    wrapped = "\n".join(BODY[start : start + 60].strip() for start in range(0, len(BODY), 60))
    text = "\n\n".join([f"{wrapped[:-1]} dan\n{wrapped}"] * 4)
    found = dissect(text, load_rules("id"))
    assert len(found.pieces) == 4


LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            [
                *(
                    BODY,
                    f"{BODY} (abc)",
                    "KOMPAS.com - Raja mundur.",
                    "## Judul kecil",
                    "- satu",
                    "Judul: Raja Mundur Lagi",
                ),
                *(
                    "",
                    "  ",
                    "|",
                    "|---|",
                    "| a b c |",
                    "Baca juga: A B C D",
                    "(ab/cd)",
                    "Editor: A B",
                    "x.jpg",
                    "©",
                    "\\",
                ),
                *("Tag: a", "Komentar redaksi"),
            ]
        ),
    ),
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(lines=LINES, end=st.sampled_from(["\n", "\r\n", "\n\n", "\u2028"]), code=st.sampled_from(["id", "en"]))
def test_every_line_is_accounted_for(lines, end, code):
    text = end.join(lines)
    found = dissect(text, load_rules(code))
    assert all(span.text == text[span.start : span.end] for span in found.left_out)
    covered = spans(found)
    ordered = sorted(covered)
    assert all(before[1] <= after[0] for before, after in pairwise(ordered))
    for line in split_lines(text):
        inside = [span for span in covered if span[0] >= line.start and span[1] <= line.end]
        across = [span for span in covered if span[0] < line.end and span[1] > line.start]
        assert inside or across or not re.search(r"[^\W_]", line.text)
