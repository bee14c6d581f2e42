"""Reading paths: what becomes a page, what is dropped and why."""

from __future__ import annotations

import gzip
import io
import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kutub.errors import InputError
from kutub.records import Dropped, DropReason, Page
from kutub.sources import Dates, read_pages
from kutub.sources.corpus import LINE_LIMIT
from kutub.sources.files import PAGE_LIMIT

TEXT = "The two towns agreed to share the well.\n"


def only(path: Path | str, **options) -> Page | Dropped:
    found = list(read_pages([path], **options))
    assert len(found) == 1
    return found[0]


def reason(path: Path) -> DropReason:
    found = only(path)
    assert isinstance(found, Dropped)
    return found.reason


def test_a_text_file_is_a_page_with_its_bytes(tmp_path):
    path = tmp_path / "well.txt"
    path.write_text(TEXT)
    assert only(path) == Page(path=str(path), content=TEXT.encode())


def test_gzip_is_taken_off(tmp_path):
    path = tmp_path / "well.txt.gz"
    path.write_bytes(gzip.compress(TEXT.encode()))
    page = only(path)
    assert isinstance(page, Page)
    assert page.content == TEXT.encode()


def test_a_gzip_bomb_is_too_large_and_is_not_unpacked_whole(tmp_path):
    path = tmp_path / "bomb.txt.gz"
    path.write_bytes(gzip.compress(b"a" * (PAGE_LIMIT + 10)))
    assert reason(path) is DropReason.TOO_LARGE


def test_a_cut_gzip_file_is_unreadable(tmp_path):
    path = tmp_path / "cut.txt.gz"
    path.write_bytes(gzip.compress(os.urandom(4000).hex().encode())[:2000])
    assert only(path) == Dropped(
        path=str(path),
        reason=DropReason.UNREADABLE,
        detail="the gzip file is cut off: get it again; nothing of it is read",
    )


@pytest.mark.parametrize("content", [b"", b"  \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl"])
def test_nothing_is_empty(tmp_path, content, name):
    path = tmp_path / name
    path.write_bytes(content)
    assert reason(path) is DropReason.EMPTY


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n",
        b"PK\x03\x04rest",
        b"\x7fELF\x02\x01",
        bytes(range(256)) * 20,
        gzip.compress(gzip.compress(b"twice")),
    ],
    ids=["png", "pdf", "zip", "elf", "bytes", "gzip twice"],
)
@pytest.mark.parametrize("suffix", [".txt", ".html", ".jsonl", ".bin"])
def test_binary_files_are_told_by_their_bytes(tmp_path, content, suffix):
    path = tmp_path / f"file{suffix}"
    path.write_bytes(content)
    assert reason(path) is DropReason.BINARY


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_wide_encodings_are_text(tmp_path, encoding):
    path = tmp_path / "wide.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert isinstance(only(path), Page)


def test_a_feed_is_no_web_page(tmp_path):
    path = tmp_path / "feed.html"
    path.write_text('<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>')
    assert reason(path) is DropReason.NO_TEXT


def test_a_page_over_the_limit_is_too_large(tmp_path):
    path = tmp_path / "big.txt"
    path.write_bytes(b"word " * (PAGE_LIMIT // 5 + 1))
    assert reason(path) is DropReason.TOO_LARGE


def test_a_missing_path_is_wrong_usage_and_is_said_at_once(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_pages([tmp_path, tmp_path / "missing.txt"])


def test_a_broken_link_is_unreadable(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert reason(tmp_path / "gone.txt") is DropReason.UNREADABLE


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_unreadable(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text(TEXT)
    path.chmod(0)
    assert reason(path) is DropReason.UNREADABLE


def test_a_folder_is_read_in_order_without_hidden_files_loops_and_pipes(tmp_path):
    for name in ["b.txt", "a/z.txt", "a/y.txt", ".hidden.txt", "a/.git/config", "c.txt"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    os.mkfifo(tmp_path / "pipe")
    found = list(read_pages([tmp_path]))
    names = [Path(page.path).relative_to(tmp_path).as_posix() for page in found if isinstance(page, Page)]
    assert names == ["a/y.txt", "a/z.txt", "b.txt", "c.txt"]
    dropped = {Path(page.path).name: page.reason for page in found if isinstance(page, Dropped)}
    assert dropped == {"pipe": DropReason.UNREADABLE, "self": DropReason.UNREADABLE}


def test_a_file_name_that_is_not_utf8_can_be_written(tmp_path):
    path = os.fsencode(tmp_path) + b"/na\xefve.txt"
    with open(path, "wb") as handle:  # noqa: PTH123
        handle.write(TEXT.encode())
    page = only(tmp_path)
    assert page.path.encode("utf-8").endswith("na\ufffdve.txt".encode())


def test_standard_input_is_text_or_rows():
    assert only("-", stdin=io.BytesIO(TEXT.encode())) == Page(path="-", content=TEXT.encode())
    row = only("-", stdin=io.BytesIO(b'{"id": 7, "text": "One line."}\n'))
    assert row == Page(path="-:1", id="7", text="One line.")
    packed = only("-", stdin=io.BytesIO(gzip.compress(TEXT.encode())))
    assert isinstance(packed, Page)


def test_rows_have_their_fields(tmp_path):
    path = tmp_path / "rows.jsonl"
    row = {
        "id": "a1", "text": "T", "title": "H", "date": "2023-02-27 21:14:52", "lang": "id", "url": "https://x.example/a",
        "publisher": "P", "events": [1],
    }  # fmt: skip
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(row).encode() + b"\r\n\r\n")
    assert only(path) == Page(
        path=f"{path}:1",
        id="a1",
        text="T",
        title="H",
        url="https://x.example/a",
        publisher="P",
        published=date(2023, 2, 27),
        language="id",
    )


@pytest.mark.parametrize("value", ["someday", "2023-13-01", "2025-02-30", 17095968, "2023", True, 1.5, ["2023-01-01"]])
def test_a_bad_date_leaves_the_row_and_is_told(tmp_path, value):
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"text": "T", "date": value}))
    page = only(path)
    assert isinstance(page, Page)
    assert (page.published, page.stated) == (None, str(value))


@pytest.mark.parametrize("value", [None, "", " "])
def test_no_date_is_no_bad_date(tmp_path, value):
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"text": "T", "date": value}))
    page = only(path)
    assert (page.published, page.stated) == (None, None)


@pytest.mark.parametrize("value", [20250305, "20250305", " 20250305 ", "2025-03-05T10:00Z", "the fifth"])
def test_dates_of_rows(tmp_path, value):
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"text": "T", "date": value, "lang": "en"}))
    page = only(path, dates=Dates(read={"the fifth": date(2025, 3, 5)}.get))
    assert (page.published, page.stated) == (date(2025, 3, 5), None)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.xlsx", b"PK\x03\x04", "Excel"),
        ("a.warc", b"WARC/1.0\r\n", "WARC"),
        ("a.warc.gz", gzip.compress(b"WARC/1.0\r\n"), "WARC"),
        ("archive", b"WARC/1.0\r\n", "WARC"),
    ],
)
def test_formats_that_are_not_read_are_told(tmp_path, name, content, told):
    path = tmp_path / name
    path.write_bytes(content)
    found = only(path)
    hint = "is not read yet: convert it to CSV or JSON Lines with the fields id, text, title, date, lang"
    assert found == Dropped(path=str(path), reason=DropReason.UNREADABLE, detail=f"{told} {hint}")


def test_outputs_are_skipped_in_folders_and_refused_as_inputs(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT)
    (tmp_path / "link.txt").symlink_to(tmp_path / "b.txt")
    found = list(read_pages([tmp_path], outputs=[tmp_path / "b.txt"]))
    assert [page.path for page in found] == [str(tmp_path / "a.txt")]
    with pytest.raises(InputError, match=r"link\.txt: is both input and output"):
        read_pages([tmp_path / "b.txt"], outputs=[tmp_path / "link.txt"])
    with (tmp_path / "a.txt").open("rb") as stdin, pytest.raises(InputError, match="both input and output"):
        read_pages(["-"], stdin=stdin, outputs=[tmp_path / "a.txt"])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "not JSON: Expecting property name enclosed in double quotes at character 3"),
        ('{"text": "a" "b"}', "not JSON: Expecting ',' delimiter at character 14"),
        ('{"text": NaN}', "NaN"),
        ('{"text": "a", "n": Infinity}', "Infinity"),
        ("[1, 2]", "not a JSON object"),
        ('"text"', "not a JSON object"),
        ('{"text": 5}', "'text' is not a string"),
        ('{"text": "a", "title": ["b"]}', "'title' is not a string"),
        ('{"text": "a", "id": true}', "'id' is not a string"),
        ('{"text": "a", "text": "b"}', "twice"),
        ("[" * 100_000, "not JSON"),
        ('{"text": "\udcff"}', "not UTF-8"),
    ],
)
def test_bad_rows_are_dropped_with_their_line(tmp_path, line, why):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"text": "good"}\n' + line.encode("utf-8", "surrogateescape") + b'\n{"text": "good too"}\n')
    first, second, third = read_pages([path])
    assert isinstance(first, Page)
    assert isinstance(third, Page)
    assert isinstance(second, Dropped)
    assert (second.reason, second.path) == (DropReason.BAD_JSON, f"{path}:2")
    assert why in second.detail


@pytest.mark.parametrize("text", ['""', '"  \\n"', "null"])
def test_a_row_without_text_is_empty(tmp_path, text):
    path = tmp_path / "rows.jsonl"
    path.write_text(f'{{"text": {text}}}')
    assert reason(path) is DropReason.EMPTY


TOKENS = [b"text", b"title", *(bytes([sign]) for sign in b',\t"\n\r{}[]:\\\0\xff\xc31'), b"PAR1", b"<p>"]
SUFFIXES = ["csv", "tsv", "json", "jsonl", "parquet", "x"]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tokens=st.lists(st.sampled_from(TOKENS), max_size=30), suffix=st.sampled_from(SUFFIXES))
def test_whatever_bytes_are_read_or_dropped(tmp_path, tokens, suffix):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(b"text,title\n" * (len(tokens) % 2) + b"".join(tokens))
    assert list(read_pages([path]))


def test_a_line_over_the_limit_is_refused_and_the_next_is_read(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"text": "' + b"a" * LINE_LIMIT + b'"}\n{"text": "good"}\n')
    first, second = read_pages([path])
    assert isinstance(first, Dropped)
    assert (first.reason, first.path) == (DropReason.TOO_LARGE, f"{path}:1")
    assert isinstance(second, Page)
    assert second.path == f"{path}:2"


def test_a_json_document_without_a_text_is_said_once(tmp_path):
    path = tmp_path / "one.json"
    path.write_text(json.dumps({"name": "T", "more": [1, 2]}, indent=2))
    assert only(path).path == str(path)
    assert reason(path) is DropReason.NO_TEXT
