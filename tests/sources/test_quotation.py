"""Quotation marks that are not closed: the rows behind them are read, and texts of many lines stay whole."""

from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.corpora import drops, peak_of, read

from kutub.records import Page
from kutub.sources.cells import Cells
from kutub.sources.delimited import Record, records
from kutub.sources.lines import Lines

NEVER = "a quotation mark is never closed: {} not read"


def cut(text: str, width: int, *, size: int = 65536) -> list[Record]:
    cells = Cells(",")
    cells.width = width
    return list(records(Lines([text[start : start + size] for start in range(0, len(text), size)], "\n"), cells))


def ids(found):
    return [page.id for page in found if isinstance(page, Page)]


@pytest.mark.parametrize(
    ("rows", "read_ids", "told"),
    [
        ('1,A,One\n2,"B,Two\n3,C,Three\n4,D,Four\n', "1 3 4", ("a.csv:3", NEVER.format("line 3 is"))),
        ('1,A,One\n2,"B,Two\n3,C,Three\n4,"D","Four, and"\n', "1 3 4", ("a.csv:3", NEVER.format("line 3 is"))),
        ('1,A,"One\nand\n2,B,"Two\n\nand"\n3,C,Three\n', "2 3", ("a.csv:2", NEVER.format("lines 2 to 3 are"))),
        ('"1","A","One\nand\n"2","B","Two"\n"3","C",""\n', "2", ("a.csv:2", NEVER.format("lines 2 to 3 are"))),
        ('1,"A,One\n2,B,"Two" too\n3,C,Three\n', "2 3", ("a.csv:2", NEVER.format("line 2 is"))),
        ('1,A,One\n2,"B\n\nand, so, on\n', "1", ("a.csv:3", NEVER.format("lines 3 to 5 are"))),
        ('1,A,"One\nmore\n2,B,Two\n3,C,Three', "2 3", ("a.csv:2", NEVER.format("lines 2 to 3 are"))),
        (
            '1,"A,One\n2,B,Two\n3,C,Three\n4,D",Four\n5,E,Five\n',
            "5",
            ("a.csv:2", "a quotation mark may not be closed, each line may be a row: lines 2 to 5 are not read"),
        ),
    ],
    ids=["to the end", "to a quoted cell", "text", "all quoted", "marks in texts", "text at the end", "rows", "closed"],
)
def test_rows_behind_a_mark_that_is_not_closed_are_read(tmp_path, rows, read_ids, told):
    found = read(tmp_path / "a.csv", f"id,title,text\n{rows}")
    assert ids(found) == read_ids.split()
    assert [(name, detail) for name, reason, detail in drops(found) if reason == "bad row"] == [told]


def test_a_table_of_two_columns_goes_on(tmp_path):
    found = read(tmp_path / "a.csv", 'id,text\n1,One\n2,"Two\n3,Three\n4,Four\n')
    assert [(page.path.rpartition(":")[2], page.text) for page in found if isinstance(page, Page)] == [
        ("2", "One"), ("4", "Three"), ("5", "Four"),
    ]  # fmt: skip
    assert drops(found) == [("a.csv:3", "bad row", NEVER.format("line 3 is"))]


def test_a_cut_text_is_one_bad_row(tmp_path):
    text = "France, Iran, and others met.\n\nSome 1,000 people came.\nThey, too, left, he said.\n"
    found = read(tmp_path / "a.csv", f'id,text\n1,One\n2,"{text * 40}')
    assert ids(found) == ["1"]
    assert drops(found) == [("a.csv:3", "bad row", NEVER.format("lines 3 to 162 are"))]


@pytest.mark.parametrize(
    "text",
    [
        "France, Iran, and others.\n\nThey, too, left.\nOne, two, three.\nFour, five, six.",
        'He said: "Go, now."\n"We will go," she said, "today."\n\n",",\n"",x,y\n"',
        "a,b,c\nd,e,f\ng,h,i\nand so on",
        "1,000\n2,000\n\n3,000,000",
    ],
    ids=["commas", "speech", "a table", "numbers"],
)
@pytest.mark.parametrize("line", ['{id},T,"{text}"', '{id},"{text}",T', '"{id}","T","{text}"'])
def test_texts_of_many_lines_stay_whole(tmp_path, text, line):
    header = "id,text,title" if line.endswith("T") else "id,title,text"
    doubled = text.replace('"', '""')
    content = "\n".join([header, *(line.format(id=number, text=doubled) for number in range(3)), ""])
    told: list[str] = []
    found = read(tmp_path / "a.csv", content, on_notice=told.append)
    assert [page.text for page in found] == [text] * 3
    assert len(told) == 1


def test_single_marks_in_a_text_of_many_lines_are_read_and_told_where_rows_may_be_lost(tmp_path):
    told: list[str] = []
    rows = '1,T,"One\nShe, he, "they" said\nand went"\n2,T,"Two\n""so"" on"\n3,T,"Three "it" is"\n'
    found = read(tmp_path / "a.csv", f"id,title,text\n{rows}", on_notice=told.append)
    assert [page.text for page in found] == ['One\nShe, he, "they" said\nand went', 'Two\n"so" on', 'Three "it" is']
    assert told[1:] == [
        f"{tmp_path / 'a.csv'}: 1 row of several lines with single quotation marks (first: lines 2 to 4): "
        "a mark may not be closed there, and other rows be read as a part of it"
    ]


def test_a_row_of_the_wrong_width_names_all_its_lines(tmp_path):
    found = read(tmp_path / "a.csv", 'id,title,text\n1,"A\n\nB"\n2,B,Two\n')
    assert drops(found) == [("a.csv:2", "bad row", "2 cells, the header has 3 (lines 2 to 4)")]


TEXT = st.text(alphabet=st.sampled_from('ab1"\n, '), max_size=10)


@settings(max_examples=500, deadline=None)
@given(
    rows=st.integers(2, 5).flatmap(lambda width: st.lists(st.lists(TEXT, min_size=width, max_size=width), min_size=1)),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_rows_by_the_rules_are_never_parted(rows, quoting):
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n", quoting=quoting).writerows(rows)
    found = cut(file.getvalue(), len(rows[0]))
    assert len(found) == len(rows)
    for record, row in zip(found, rows, strict=True):
        assert list(record.cells) == row
        assert not record.fault or "each line may be a row" in record.fault


@settings(max_examples=500, deadline=None)
@given(text=st.text(alphabet=st.sampled_from('ab"\n, '), max_size=80), width=st.integers(2, 4), size=st.integers(1, 9))
def test_any_lines_are_read_once_and_in_order(text, width, size):
    found = cut(text, width)
    assert cut(text, width, size=size) == found
    last = 0
    for record in found:
        assert record.line > last
        last = record.line + record.lines - 1
        assert not text.split("\n")[record.line - 1].isspace()
    assert last <= text.count("\n") + (not text.endswith("\n"))
    covered = {number for record in found for number in range(record.line, record.line + record.lines)}
    assert all(number in covered or not line.strip() for number, line in enumerate(text.split("\n"), start=1))


@pytest.mark.parametrize("width", [2, 3])
@pytest.mark.parametrize(
    ("line", "end"),
    [
        ('a,"b\n', ""), ('a,"b\n', 'q"c",z\n'), ('x"y,"b\n', 'q"c",z\n'), ("a,b\n", ""), ("a,b,c\n", '"\n'),
        ('a,b\nx,"y\nz\nz\n', ""), ('a,b\nx,"y\nz\nz\n', '"\n'), ('a,"\n', ""), ('a,b,"c\nd",e,f"\n', ""),
    ],
)  # fmt: skip
def test_no_lines_take_long(width, line, end):
    begun = time.process_time()
    assert cut('x,"y\n' + line * (400_000 // len(line)) + end, width)
    assert time.process_time() - begun < 8


def test_only_some_lines_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("kutub.sources.delimited._LINES", 10)
    text = "Some, words\n" * 40
    rows = "".join(f"{number},T,Text\n" for number in range(3, 50))
    found = read(tmp_path / "a.csv", f'id,title,text\n1,T,"{text}"\n2,"T,Text\n{rows}')
    assert ids(found) == ["1", *(str(number) for number in range(3, 50))]
    assert drops(found) == [("a.csv:3", "bad row", NEVER.format("line 43 is"))]


def test_a_mark_that_is_not_closed_in_a_large_table_takes_little_memory(tmp_path, monkeypatch):
    monkeypatch.setattr("kutub.sources.cells.ROW_LIMIT", 1024**2)
    path = tmp_path / "large.csv"
    row = "{},Title,Some words and more " + "of them " * 40 + "\n"
    with path.open("w") as file:
        file.write('id,title,text\n0,"Title,Text\n')
        file.writelines(row.format(number) for number in range(30_000))
    assert path.stat().st_size > 10_000_000
    count, peak = peak_of(path)
    assert count == 30_000
    assert peak < 8_000_000
