"""CSV, TSV and their like: quoting, delimiters, encodings, rows that are none."""

from __future__ import annotations

import csv
import gzip
import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.corpora import drops, peak_of, read, texts

from kutub.errors import InputError
from kutub.records import Dropped, DropReason, Page
from kutub.sources import read_pages
from kutub.sources.cells import Cells
from kutub.sources.delimited import records
from kutub.sources.lines import Lines
from kutub.sources.rows import ROW_LIMIT


def test_a_row_is_a_page_with_the_fields_of_its_columns(tmp_path):
    path = tmp_path / "a.csv"
    found = read(path, 'id,title,text,date,lang,url\n7,H,"One, two",2024-03-05 10:00,en,https://x.example/a\n')
    (page,) = found
    assert (page.path, page.id, page.title, page.text) == (f"{path}:2", "7", "H", "One, two")
    assert (page.published.isoformat(), page.language, page.url) == ("2024-03-05", "en", "https://x.example/a")


def test_cells_may_hold_line_breaks_and_doubled_marks(tmp_path):
    content = 'text,title\r\n"one\r\n\r\n""two"", three","a ""b"""\r\n"""four""",\r\n'
    found = read(tmp_path / "a.csv", content)
    assert texts(found) == ['one\r\n\r\n"two", three', '"four"']
    assert [page.title for page in found] == ['a "b"', None]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_the_delimiter_is_told_from_the_header(tmp_path, delimiter, name):
    rows = [["judul", "isi berita", "tanggal"], ["Satu, dua; tiga", "Empat | lima", "2024-03-05"]]
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in rows]
    (page,) = read(tmp_path / name, "\n".join(lines))
    assert (page.title, page.text, page.published.year) == ("Satu, dua; tiga", "Empat | lima", 2024)


def test_a_delimiter_in_a_name_does_not_count(tmp_path):
    (page,) = read(tmp_path / "a.csv", '"a,b,c,d,e";text;title\n1;One;Two\n')
    assert (page.text, page.title) == ("One", "Two")


def test_a_stated_delimiter_is_taken(tmp_path):
    (page,) = read(tmp_path / "a.csv", "\r\nsep=;\r\ntext;title\r\nOne;Two\r\n")
    assert (page.path.rpartition(":")[2], page.text, page.title) == ("4", "One", "Two")


def test_one_column_has_no_delimiter(tmp_path):
    assert texts(read(tmp_path / "a.csv", 'text\nOne, two; three\n\n"Four, five"\n')) == [
        "One, two; three",
        "Four, five",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("size", [11, 4096])
def test_encodings(tmp_path, encoding, size, monkeypatch):
    monkeypatch.setattr(
        "kutub.sources.decoded.CHUNK", max(size, 4096) if encoding in ("utf-16-le", "utf-16-be") else size
    )
    text = "Le café “était” fermé – à Genève"
    told: list[str] = []
    found = read(tmp_path / "a.csv", f"title,text\nÉté,{text}\nÀ,{text}\n".encode(encoding), on_notice=told.append)
    assert texts(found) == [text, text]
    assert found[0].title == "Été"
    assert not any("U+FFFD" in line for line in told)


@pytest.mark.parametrize(
    ("content", "text", "encoding"),
    [
        (b"caf\xc3\xa9 \xc3\xa9t\xc3\xa9 abcdefghijklm\xff nopq", "café été abcdefghijklm\ufffd nopq", "utf-8"),
        (b"caf\xe9 abcdefghijklm\x81 nopqrst", "café abcdefghijklm\ufffd nopqrst", "windows-1252"),
    ],
)
def test_bytes_that_stand_for_nothing_are_replaced_and_counted(tmp_path, content, text, encoding):
    lines: list[str] = []
    path = tmp_path / "a.csv"
    assert texts(read(path, b"text,title\n" + content + b",A\n", on_notice=lines.append)) == [text]
    assert lines[-1] == f"{path}: 1 character cannot be read as {encoding}; U+FFFD stands for each"


def test_a_text_of_faults_is_undecodable(tmp_path):
    content = b"text,title\n" + "été ".encode() * 5 + b"\xff" * 9 + b",A\n"
    assert drops(read(tmp_path / "a.csv", content)) == [("a.csv:2", "undecodable", "")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_ends_of_lines(tmp_path, end):
    assert texts(read(tmp_path / "a.csv", end.join(["text,n", "One,1", '"Tw\to"' + ",2"]))) == ["One", "Tw\to"]


def test_rows_with_too_many_or_too_few_cells_are_dropped_with_their_row(tmp_path):
    content = 'id,text,n\n1,"One\nmore",x\n2,Two\n3,Three,x,y\n4,Four,x,, \n5,Five,\n'
    found = read(tmp_path / "a.csv", content)
    assert drops(found) == [
        ("a.csv:3", "bad row", "2 cells, the header has 3 (line 4)"),
        ("a.csv:4", "bad row", "4 cells, the header has 3 (line 5)"),
    ]
    assert texts([page for page in found if isinstance(page, Page)]) == ["One\nmore", "Four", "Five"]


def test_blank_texts_and_words_for_nothing_are_empty(tmp_path):
    found = read(tmp_path / "a.csv", "id,text,author\n1,,x\n2, ,x\n3,NaN,x\n4,Text,None\n")
    assert [drop[:2] for drop in drops(found)] == [("a.csv:2", "empty"), ("a.csv:3", "empty"), ("a.csv:4", "empty")]
    assert found[3].byline is None


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('"a",b', ("a", "b")),
        ('"a" ,"b"', ("a", "b")),
        ('"He said "go, now" and left",b', ('He said "go, now" and left', "b")),
        ('5" pipe,b', ('5" pipe', "b")),
        ('"Go" he said,b', ('"Go" he said', "b")),
        ('"","""x"""', ("", '"x"')),
        (' a, "b"', (" a", "b")),
    ],
)
def test_marks_that_are_met(line, cells):
    for end in ("\n", ""):
        (record,) = records(Lines([line + end], "\n"), Cells(","))
        assert record.cells == cells


def test_marks_in_tab_separated_texts_need_not_be_quoting(tmp_path):
    content = """id\ttitle\ttext
1\t"We will go," he says\t"We will go, said the one
2\tTwo\t"Second"
3\tThree\t"first line
second line"
4\tFour\tFourth
"""
    assert texts(read(tmp_path / "a.tsv", content)) == [
        '"We will go, said the one', "Second", "first line\nsecond line", "Fourth",
    ]  # fmt: skip


def test_a_cell_over_the_limit_is_refused_and_the_next_row_is_read(tmp_path):
    large = "a, line\n" * (ROW_LIMIT // 8 + 1)
    content = f'id,text\n1,"{large}"\n2,Two\n3,{"b" * ROW_LIMIT}\n4,Four\n'
    found = read(tmp_path / "a.csv", content)
    assert drops(found) == [
        ("a.csv:2", "too large", "row over 10 M characters"),
        ("a.csv:4", "too large", "row over 10 M characters"),
    ]
    assert [page.id for page in found if isinstance(page, Page)] == ["2", "4"]


def test_a_large_cell_is_read(tmp_path):
    large = 'a "line" of it, and more\n' * 100_000
    with (tmp_path / "a.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["text", "n"], [large, "1"], ["One", "2"]])
    first, second = read_pages([tmp_path / "a.csv"])
    assert (first.text == large, second.text) == (True, "One")


@pytest.mark.parametrize("name", ["a.csv.gz", "a.TSV.gz"])
def test_gzip_is_taken_off(tmp_path, name):
    assert texts(read(tmp_path / name, gzip.compress(b"text\ttitle\nOne\tTwo\n"))) == ["One"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"id,text\n", DropReason.EMPTY),
        (b"a,b\n1,2\n", DropReason.NO_TEXT),
        (b"\n\n  \n", DropReason.EMPTY),
        (b'id,"text\n', DropReason.BAD_ROW),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", None),
        (bytes(range(256)) * 20, DropReason.BINARY),
    ],
    ids=["header alone", "no text", "blank", "open header", "a web page", "binary"],
)
def test_files_that_are_no_tables(tmp_path, content, reason):
    found = read(tmp_path / "a.csv", content)
    assert [drop.reason for drop in found if isinstance(drop, Dropped)] == ([reason] if reason else [])


def test_standard_input_is_a_table_where_its_first_line_is_a_header():
    (page,) = read_pages(["-"], stdin=io.BytesIO(b'judul;isi\nSatu;"Dua; tiga"\n'))
    assert (page.path, page.title, page.text) == ("-:2", "Satu", "Dua; tiga")
    (named,) = read_pages(["-"], stdin=io.BytesIO(b"a;b\nOne;Two\n"), columns={"text": "b"})
    assert named.text == "Two"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("start", ["", "\n", "sep={}\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_one_column_that_is_known_makes_a_table(tmp_path, delimiter, start, end):
    rows = [["no", "isi", "rubrik"], ["1", '"Satu, dua; tiga"', "x"], ["2", "Empat", ""]]
    content = start.format(delimiter) + "".join(delimiter.join(row) + "\n" for row in rows)
    found = read(tmp_path / "file", content.replace("\n", end))
    assert texts(found) == ["Satu, dua; tiga", "Empat"]


@pytest.mark.parametrize("cell", ["w " * 8000, '"' + "w, w\n" * 3000 + '"'])
def test_a_table_is_told_though_its_first_row_is_long(cell):
    found = list(read_pages(["-"], stdin=io.BytesIO(f"no;isi\n1;{cell}\n2;b\n".encode())))
    assert [page.text for page in found] == [cell.strip('"'), "b"]


def test_a_wrong_column_of_a_table_without_a_suffix_is_told():
    with pytest.raises(InputError, match="no column 'bdy' for the text"):
        list(read_pages(["-"], stdin=io.BytesIO(b"judul;isi\nSatu;Dua\n"), columns={"text": "bdy"}))


@pytest.mark.parametrize(
    "content",
    [
        "Content, they say, is king in the media.\nAnd so on, and so forth.\n",
        "France, on Monday, imposed sanctions on Iran.\n",
        "text\nOne\n",
        "Title: Body\nSource; Date\n",
        "text,title",
        "Text, they say\nis, well, what it is.\nAnd, so, on.\n",
        "News; analysis\nFrance imposed sanctions on Iran on Monday.\n",
    ],
)
def test_standard_input_that_is_prose_is_no_table(content):
    (page,) = read_pages(["-"], stdin=io.BytesIO(content.encode()))
    assert page == Page(path="-", content=content.encode())


CELL = st.text(alphabet=st.sampled_from('ab"\n\r,;\t |'), max_size=8)


@settings(max_examples=300, deadline=None)
@given(
    rows=st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5),
    delimiter=st.sampled_from(",;|"),
    cut=st.integers(min_value=1, max_value=9),
)
def test_what_the_standard_library_writes_is_read_back(rows, delimiter, cut):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    text = file.getvalue()
    chunks = [text[start : start + cut] for start in range(0, len(text), cut)]
    assert [list(record.cells) for record in records(Lines(chunks, "\n"), Cells(delimiter))] == rows


@settings(max_examples=300, deadline=None)
@given(text=st.text(alphabet=st.sampled_from('ab"\n\r,\t '), max_size=60))
def test_any_text_is_cut_alike_however_it_comes(text):
    whole = list(records(Lines([text], "\n"), Cells(",")))
    assert list(records(Lines(list(text), "\n"), Cells(","))) == whole
    assert all(record.cells or record.fault for record in whole)


@pytest.mark.parametrize("cell", ['"a b"c,', '"', '" ', '"a,', ',"', '"a"b "c",', '"\t', 'a "" b\t"c"d\t'])
def test_no_text_takes_long(cell):
    begun = time.monotonic()
    for delimiter in (",", "\t"):
        assert list(records(Lines([cell * (400_000 // len(cell)) + "\na,b\n"], "\n"), Cells(delimiter)))
    assert time.monotonic() - begun < 5


def test_long_lines_come_in_pieces(monkeypatch):
    line = 'abc,"d ""e"" f, g",' + "h" * 50 + ',"i j"\n'
    (whole,) = records(Lines([line], "\n"), Cells(","))
    for size in range(3, 30):
        monkeypatch.setattr("kutub.sources.lines.PIECE", size)
        lines = Lines([line[start : start + 7] for start in range(0, len(line), 7)], "\n")
        assert next(records(lines, Cells(","))).cells == whole.cells == ("abc", 'd "e" f, g', "h" * 50, "i j")


def test_a_large_table_is_read_in_little_memory(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text", "date"])
        text = ('Some "words", and more. ' * 20 + "\n") * 5
        writer.writerows([number, text, "2024-03-05"] for number in range(11_000))
    assert path.stat().st_size > 25_000_000
    count, peak = peak_of(path)
    assert count == 11_000
    assert peak < 8_000_000


@pytest.mark.parametrize(
    ("row", "header"),
    [
        (
            "1,2024-03-05,France,France imposed sanctions on Iran and said more would follow.",
            "column1,date,column3,text",
        ),
        ("https://example.org/1,A short text about the drill.", "url,text"),
        ("2024-03-05,2024-03-06,No", "date,column2,column3"),
    ],
)
def test_a_table_without_a_header_says_what_to_do(tmp_path, row, header):
    found = read(tmp_path / "a.csv", f"{row}\n{row}\n")
    ((name, reason, detail),) = drops(found)
    assert (name, reason) == ("a.csv", "no article text")
    assert detail.startswith("the first row looks like an article, not like names of columns: put a row of names befo")
    assert f"such as {header} (" in detail
    assert drops(read(tmp_path / "a.csv", f"{row}\n{row}\n", columns={"text": "story"})) == drops(found)
    if "text" in header:
        assert len(texts(read(tmp_path / "a.csv", f"{header}\n{row}\n{row}\n"))) == 2
