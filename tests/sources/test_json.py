"""JSON corpora: lines, arrays, objects one after another; how their fields are told."""

from __future__ import annotations

import gzip
import json

import pytest
from tests.sources.corpora import drops, peak_of, read, texts

from kutub.records import Page
from kutub.sources.rows import ROW_LIMIT

ROWS = [{"id": number, "text": f"Row {number}", "tags": ["a", {"b": None}]} for number in range(5)]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a", "a.json.gz"])
@pytest.mark.parametrize("indent", [None, 2])
def test_an_array_is_a_corpus(tmp_path, name, indent):
    content = b"\xef\xbb\xbf" + json.dumps(ROWS, indent=indent).encode()
    path = tmp_path / name
    found = read(path, gzip.compress(content) if name.endswith(".gz") else content)
    assert texts(found) == [row["text"] for row in ROWS]
    assert [page.path for page in found] == [f"{path}:{number}" for number in range(1, 6)]


@pytest.mark.parametrize("between", ["", "\n", ",\n"])
def test_objects_one_after_another_are_a_corpus(tmp_path, between):
    content = between.join(json.dumps(row, indent=1) for row in ROWS)
    assert texts(read(tmp_path / "a.json", content)) == [row["text"] for row in ROWS]


@pytest.mark.parametrize("size", [1, 3, 50])
def test_values_are_cut_anywhere(tmp_path, size, monkeypatch):
    monkeypatch.setattr("kutub.sources.decoded.CHUNK", size)
    content = json.dumps([{"text": 'é "x" ] } \\ , [', "n": -12.5e3}, {"text": "Two"}], ensure_ascii=False)
    assert texts(read(tmp_path / "a.json", content)) == ['é "x" ] } \\ , [', "Two"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('[{"text": "A"}, {"text": NaN}, 5, {"text": "a", "text": "b"}, {"text": "B"}]', [
            ("a.json:2", "bad JSON", "not JSON: NaN"),
            ("a.json:3", "bad JSON", "not a JSON object"),
            ("a.json:4", "bad JSON", "a field stands twice"),
        ]),
        ('[{"text": "A"}, {"text": "B"}', [("a.json", "bad JSON", "the array is cut off")]),
        ("[]", [("a.json", "empty", "no rows")]),
    ],
)  # fmt: skip
def test_values_that_are_no_rows(tmp_path, content, told):
    found = read(tmp_path / "a.json", content)
    assert drops(found) == told
    assert [page.text for page in found if isinstance(page, Page)] == ["A", "B"][: content.count("text") and 2]


@pytest.mark.parametrize("rest", ['{"text": ]', '{"text": "never closed', "oops", "[" * 50_000])
def test_the_rest_behind_a_value_without_an_end_is_told(tmp_path, rest):
    found = read(tmp_path / "a.json", '[{"text": "A"}, ' + rest)
    assert found[0].text == "A"
    (told,) = drops(found)
    assert told[:2] == ("a.json:2", "bad JSON")
    assert told[2].endswith("; the rest of the file is not read")


def test_a_value_over_the_limit_is_too_large(tmp_path):
    found = read(tmp_path / "a.json", '[{"text": "A"}, {"text": "' + "a" * (4 * ROW_LIMIT))
    assert drops(found) == [("a.json:2", "too large", "row over 10 M characters; the rest of the file is not read")]


def test_rows_without_any_text_are_told_once(tmp_path):
    found = read(tmp_path / "a.jsonl", "".join(json.dumps({"name": number, "age": 3}) + "\n" for number in range(500)))
    advice = "name the column of the text with --text (columns: name, age)"
    assert drops(found) == [("a.jsonl", "no article text", f"no column is known as the text: {advice}")]


def test_fields_that_come_late_are_read(tmp_path):
    rows = [{"content": f"Row {number}"} for number in range(300)] + [{"content": "Last", "headline": "H"}]
    found = read(tmp_path / "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert (len(texts(found)), found[-1].title) == (301, "H")


def test_the_first_field_that_is_not_blank_is_taken(tmp_path):
    rows = [{"text": " ", "content": "A"}, {"text": "B", "content": "b"}, {"content": "C"}, {"text": None}, {"x": 1}]
    found = read(tmp_path / "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert texts(found[:3]) == ["A", "B", "C"]
    assert [drop[1:] for drop in drops(found)] == [("empty", ""), ("bad JSON", "lacks the field 'text'")]


def test_lists_that_are_too_deep_are_no_text(tmp_path):
    deep = "[" * 900 + '"T"' + "]" * 900
    found = read(tmp_path / "a.jsonl", f'{{"text": {deep}}}\n{{"text": "T", "author": {deep}}}\n{{"text": "T"}}\n')
    assert len(found) == 3
    assert found[2].text == "T"


def test_values_of_databases_are_unwrapped(tmp_path):
    row = {"_id": {"$oid": "5f"}, "text": "T", "date": {"$date": "2024-03-05T10:00:00Z"}}
    (page,) = read(tmp_path / "a.jsonl", json.dumps(row))
    assert (page.id, page.published.isoformat()) == ("5f", "2024-03-05")


def test_fields_that_were_ignored_do_no_harm(tmp_path):
    row = {"text": "T", "description": {"a": 1}, "author": 5, "source": [], "editor": True, "publisher": {"x": None}}
    assert read(tmp_path / "a.jsonl", json.dumps(row)) == [Page(path=f"{tmp_path / 'a.jsonl'}:1", text="T")]


@pytest.mark.parametrize("suffix", ["json", "jsonl"])
def test_a_large_corpus_is_read_in_little_memory(tmp_path, suffix):
    path = tmp_path / f"large.{suffix}"
    with path.open("w") as file:
        for number in range(8_000):
            file.write("," if number and suffix == "json" else "[" if suffix == "json" else "")
            file.write(json.dumps({"id": number, "text": "Some words, and more. " * 150}) + "\n")
        file.write("]" if suffix == "json" else "")
    assert path.stat().st_size > 25_000_000
    count, peak = peak_of(path)
    assert count == 8_000
    assert peak < 8_000_000
