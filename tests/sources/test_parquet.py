"""Parquet: columns of all kinds, damage, memory."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.sources.corpora import drops, texts

from kutub.errors import InputError
from kutub.records import Dropped, Page
from kutub.sources import read_pages


def written(path, columns, **options):
    pq.write_table(pa.table(columns), path, **options)
    return path


def pages(path, **options):
    return list(read_pages([path], **options))


def test_a_row_is_a_page(tmp_path):
    columns = {
        "id": [7, 8],
        "title": ["H", None],
        "text": ["One", "Two"],
        "date": ["2024-03-05", None],
        "embedding": [[0.5], [0.25]],
    }
    path = written(tmp_path / "a.parquet", columns)
    first, second = pages(path)
    assert first == Page(path=f"{path}:1", id="7", title="H", text="One", published=date(2024, 3, 5))
    assert second == Page(path=f"{path}:2", id="8", text="Two")


def test_the_bytes_tell_it_whatever_the_name(tmp_path):
    assert texts(pages(written(tmp_path / "a.bin", {"text": ["One"]}))) == ["One"]


DAY = datetime(2024, 3, 5, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (pa.array([date(2024, 3, 5)]), date(2024, 3, 5)),
        (pa.array([date(2024, 3, 5)]).cast(pa.date64()), date(2024, 3, 5)),
        (pa.array([DAY.replace(tzinfo=None)], pa.timestamp("ns")), date(2024, 3, 5)),
        (pa.array([1709668800123456789], pa.timestamp("ns")), date(2024, 3, 5)),
        (pa.array([DAY], pa.timestamp("us", tz="UTC")), date(2024, 3, 5)),
        (pa.array([DAY], pa.timestamp("ms", tz="Asia/Jakarta")), date(2024, 3, 6)),
        (pa.array([DAY], pa.timestamp("ms", tz="Nowhere/Atall")), date(2024, 3, 5)),
        (pa.array([1709668800]), date(2024, 3, 5)),
        (pa.array([20240305.0]), date(2024, 3, 5)),
        (pa.array(["20240305"]).dictionary_encode(), date(2024, 3, 5)),
        (pa.array([None], pa.timestamp("s")), None),
        (pa.array([None]), None),
    ],
)
def test_dates_of_all_kinds(tmp_path, values, expected):
    found = pages(written(tmp_path / "a.parquet", {"text": ["T"], "date": values}))
    assert (found[0].published, found[0].stated) == (expected, None)


def test_a_date_of_no_calendar_is_a_bad_date(tmp_path):
    (page,) = pages(written(tmp_path / "a.parquet", {"text": ["T"], "date": pa.array([2**30], pa.date32())}))
    assert (page.published, page.stated) == (None, "1073741824 days since 1970")


@pytest.mark.parametrize(
    "values",
    [
        pa.array(["été"]).dictionary_encode(),
        pa.array(["été"], pa.large_string()),
        pa.array(["été"], pa.string_view()),
        pa.array(["été".encode()], pa.binary()),
        pa.array(["été, été".encode("cp1252")[:3]], pa.large_binary()),
    ],
    ids=["dictionary", "large", "view", "bytes", "windows-1252"],
)
def test_texts_of_all_kinds(tmp_path, values):
    assert texts(pages(written(tmp_path / "a.parquet", {"text": values}))) == ["été"]


def test_text_that_is_no_utf8_is_replaced_or_undecodable(tmp_path):
    raw = pa.array([b"a long enough text with a fault \xff in it", b"\xff\xfe\xfd bad"])
    text = pa.StringArray.from_buffers(2, raw.buffers()[1], raw.buffers()[2])
    found = pages(written(tmp_path / "a.parquet", {"text": text}))
    assert found[0].text == "a long enough text with a fault \ufffd in it"
    assert drops(found) == [("a.parquet:2", "undecodable", "")]


def test_lists_are_paragraphs_sentences_and_words(tmp_path):
    columns = {
        "paragraphs": [[[["Ani", "pergi", "."], ["Budi", "(", "34", ")", "tinggal", "."]], [["Selesai", "."]]], None],
        "category": ["x", "x"],
        "source": ["kumparan", "x"],
        "source_url": ["https://x.example/a", "x"],
        "id": ["a", "b"],
    }
    found = pages(written(tmp_path / "a.parquet", columns))
    assert found[0].text == "Ani pergi. Budi (34) tinggal.\nSelesai."
    assert (found[0].publisher, found[0].url) == ("kumparan", "https://x.example/a")
    assert drops(found) == [("a.parquet:2", "empty", "")]
    plain = pages(written(tmp_path / "b.parquet", {"text": [["One two.", "Three four."]]}))
    assert texts(plain) == ["One two.\nThree four."]


def test_structures_give_their_names(tmp_path):
    columns = {
        "text": ["T"],
        "source": [{"id": None, "name": "CNN"}],
        "authors": [[{"name": "Ani"}, {"name": "Budi"}]],
    }
    (page,) = pages(written(tmp_path / "a.parquet", columns))
    assert (page.publisher, page.byline) == ("CNN", "Ani, Budi")


def test_a_text_column_without_text_is_told_once(tmp_path):
    path = written(tmp_path / "a.parquet", {"text": [{"a": 1}] * 50, "title": ["H"] * 50})
    detail = "the column 'text' holds struct<a: int64>, no text: name the column of the text with --text"
    assert drops(pages(path)) == [("a.parquet", "no article text", detail)]
    with pytest.raises(InputError, match="'text' holds struct<a: int64>, no text; name another one for the text"):
        pages(path, columns={"text": "text"})


def test_another_column_without_text_is_not_read_and_told(tmp_path):
    told: list[str] = []
    path = written(tmp_path / "a.parquet", {"text": ["T"], "language": [3]})
    assert pages(path, on_notice=told.append) == [Page(path=f"{path}:1", text="T")]
    assert told == [
        f"{path}: the column 'language' holds int64, no text; not read",
        f"reading {path} as a corpus: text",
    ]


def test_no_text_is_told_with_the_columns(tmp_path):
    path = written(tmp_path / "a.parquet", {"url": ["https://x.example"], "n": [1]})
    (told,) = drops(pages(path))
    assert told[1] == "no article text"
    assert told[2].startswith("holds the addresses of pages (url), no texts: fetch the pages")
    assert "columns: url, n" in told[2]
    empty = written(tmp_path / "b.parquet", {"text": pa.array([], pa.string())})
    assert drops(pages(empty)) == [("b.parquet", "empty", "no rows")]


@pytest.mark.parametrize("cut", [4, 100, -1, -30])
def test_a_damaged_file_is_unreadable(tmp_path, cut):
    path = written(tmp_path / "a.parquet", {"text": ["One " * 50]})
    path.write_bytes(path.read_bytes()[:cut])
    assert [drop[:2] for drop in drops(pages(path))] == [("a.parquet", "unreadable")]


def test_damage_in_the_middle_leaves_the_rows_before_it(tmp_path):
    path = written(tmp_path / "a.parquet", {"text": [f"Row {n}" * 20 for n in range(100)]}, row_group_size=50)
    content = bytearray(path.read_bytes())
    second = pq.read_metadata(path).row_group(1).column(0).dictionary_page_offset
    content[second : second + 40] = b"\xff" * 40
    path.write_bytes(content)
    found = pages(path)
    assert len([page for page in found if isinstance(page, Page)]) == 50
    assert isinstance(found[-1], Dropped)
    assert found[-1].detail.startswith("after row 50: damaged, or no Parquet that is read: ")


def test_parquet_must_be_a_file_as_it_is(tmp_path):
    path = written(tmp_path / "a.parquet", {"text": ["One"]})
    packed = tmp_path / "b.parquet.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert "unpack it" in drops(pages(packed))[0][2]
    with path.open("rb") as stdin:
        assert texts(list(read_pages(["-"], stdin=stdin))) == ["One"]

    class Pipe(io.BytesIO):
        def seekable(self):
            return False

    (found,) = read_pages(["-"], stdin=Pipe(path.read_bytes()))
    assert found.detail == "Parquet cannot be read from a pipe: give its file"


def test_two_columns_of_one_name(tmp_path):
    table = pa.table([["One"], ["Two"]], names=["text", "text"])
    pq.write_table(table, tmp_path / "a.parquet")
    found = pages(tmp_path / "a.parquet")
    assert texts(found) in (["One"], ["Two"])


PROGRAM = """
import resource, sys
from kutub.sources import read_pages
import pyarrow.parquet
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
count = sum(page.text is not None for page in read_pages([sys.argv[1]]))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform == "darwin", reason="ru_maxrss is in other units")
def test_a_large_file_of_one_row_group_is_read_in_little_memory(tmp_path):
    rows = 30_000
    texts = [f"{number} " + "Some words that are said. " * 200 for number in range(rows)]
    path = written(tmp_path / "a.parquet", {"text": texts, "blob": texts}, row_group_size=rows, use_dictionary=False)
    assert pq.read_metadata(path).row_group(0).total_byte_size > 300_000_000
    done = subprocess.run([sys.executable, "-c", PROGRAM, path], capture_output=True, text=True, check=True)
    count, kilobytes = map(int, done.stdout.split())
    assert count == rows
    assert kilobytes < 100_000
