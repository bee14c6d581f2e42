"""Damaged gzip files: the rows before the damage are read, and it is told once."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from functools import cache

import pytest
from tests.sources.corpora import drops, read

from kutub.records import Page
from kutub.sources.files import peek
from kutub.sources.gzipped import Unpacked

CUT = "the gzip file is cut off: get it again"
ROWS = [{"id": str(number), "text": f"Row {number}, {number * 7919**3 % 1_000_003}"} for number in range(400)]


def written(suffix, rows):
    if suffix == "csv":
        file = io.StringIO(newline="")
        csv.writer(file, lineterminator="\n").writerows([["id", "text"], *(row.values() for row in rows)])
        return file.getvalue().encode()
    if suffix == "json":
        return json.dumps(rows, indent=1).encode()
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def whole_rows(suffix, content):
    """How many rows are whole in a piece of a file."""
    return sum(end <= len(content) for end in ends_of_rows(suffix))


@cache
def ends_of_rows(suffix):
    less = 2 if suffix == "json" else 0
    return [len(written(suffix, ROWS[:count])) - less for count in range(1, len(ROWS) + 1)]


def kept(rows):
    return {0: "nothing of it is read", 1: "1 row before that is read"}.get(rows, f"{rows} rows before that are read")


def unpacked(content):
    return zlib.decompressobj(31).decompress(content)


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "json"])
@pytest.mark.parametrize("count", [5, 90, 400])
def test_a_cut_file_gives_all_its_whole_rows(tmp_path, suffix, count):
    packed = gzip.compress(written(suffix, ROWS[:count]))
    for size in (len(packed) - 1, len(packed) - 9, len(packed) * 3 // 4, len(packed) // 2):
        found = read(tmp_path / f"a.{suffix}.gz", packed[:size])
        pages = [page for page in found if isinstance(page, Page)]
        assert [page.text for page in pages] == [row["text"] for row in ROWS[: len(pages)]]
        assert len(pages) == min(count, whole_rows(suffix, unpacked(packed[:size])))
        assert drops(found) == [(f"a.{suffix}.gz", "unreadable", f"{CUT}; {kept(len(pages))}")]


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "json"])
def test_a_damaged_file_gives_the_rows_before_the_damage(tmp_path, suffix):
    content = written(suffix, ROWS[:300])
    packer = zlib.compressobj(wbits=31)
    before = packer.compress(content[: len(content) // 2]) + packer.flush(zlib.Z_FULL_FLUSH)
    found = read(tmp_path / f"a.{suffix}.gz", before + b"\xff" * 50)
    pages = [page for page in found if isinstance(page, Page)]
    assert len(pages) == whole_rows(suffix, content[: len(content) // 2]) > 100
    ((name, reason, detail),) = drops(found)
    assert (name, reason) == (f"a.{suffix}.gz", "unreadable")
    assert detail.startswith("damaged gzip: get the file again (")


def test_a_wrong_check_sum_is_told_behind_the_rows(tmp_path):
    packed = bytearray(gzip.compress(written("csv", ROWS[:9])))
    packed[-6] ^= 1
    found = read(tmp_path / "a.csv.gz", bytes(packed))
    assert [page.text for page in found[:-1]] == [row["text"] for row in ROWS[:9]]
    assert "incorrect data check" in found[-1].detail


def test_a_quotation_mark_and_damage_lose_only_their_rows(tmp_path):
    packed = gzip.compress(
        b'id,title,text\n1,"A,One\n' + b"".join(b"%d,T,Text\n" % number for number in range(2, 5000))
    )
    found = read(tmp_path / "a.csv.gz", packed[:-20])
    assert [drop[:2] for drop in drops(found)] == [("a.csv.gz:2", "bad row"), ("a.csv.gz", "unreadable")]
    assert len(found) > 4000


def test_members_and_padding_are_read():
    content = bytes(range(256)) * 700
    packed = gzip.compress(content) + bytes(9000) + gzip.compress(b"") + gzip.compress(b"end") + bytes(600)
    assert Unpacked(io.BytesIO(packed)).read() == content + b"end"
    head, whole = peek(io.BytesIO(packed))
    assert whole.read() == content + b"end"
    assert content.startswith(head)


def test_what_is_behind_the_members_is_told(tmp_path):
    found = read(tmp_path / "a.csv.gz", gzip.compress(b"text,n\nOne,1\n") + b"more")
    assert found[0].text == "One"
    assert drops(found) == [
        (
            "a.csv.gz",
            "unreadable",
            "damaged gzip: get the file again (Error -3 while decompressing data: incorrect header check); "
            "1 row before that is read",
        )
    ]
