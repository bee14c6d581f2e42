"""JSON corpora: lines, arrays, objects one after another; how their fields are told."""

from __future__ import annotations

import gzip
import json

import pytest
from tests.sources.corpora import drops, peak_of, read, texts

from kutub.errors import InputError
from kutub.records import Page
from kutub.sources import read_pages
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


@pytest.mark.parametrize("between", ["", "\n", ",\n"])
def test_arrays_one_after_another_are_read(tmp_path, between):
    content = f"[{json.dumps(ROWS[0])}]{between}[]{between}[{json.dumps(ROWS[1])}, 5]{between}{json.dumps(ROWS[2])}"
    found = read(tmp_path / "a.json", content)
    assert [page.text for page in found if isinstance(page, Page)] == ["Row 0", "Row 1", "Row 2"]
    assert drops(found) == [("a.json:3", "bad JSON", "not a JSON object")]


@pytest.mark.parametrize("rest", ["oops", "]", "5", '"text"', "\0", "null\n" + json.dumps(ROWS[1])])
def test_text_behind_an_array_is_told(tmp_path, rest):
    found = read(tmp_path / "a.json", f"{json.dumps(ROWS[:1])}\n{rest}\n")
    assert found[0].text == "Row 0"
    assert drops(found) == [("a.json", "bad JSON", "text after the end of the array is not read")]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_a_number_that_is_too_long_is_one_bad_row(tmp_path, name, sign):
    lines = ['{"text": "A"}', f'{{"text": "B", "n": {sign}{"1" * 5000}}}', '{"text": "C", "n": 12345678901234567890}']
    content = "\n".join(lines) if name == "a.jsonl" else f"[{','.join(lines)}]"
    found = read(tmp_path / name, content)
    assert [page.text for page in found if isinstance(page, Page)] == ["A", "C"]
    assert drops(found) == [(f"{name}:2", "bad JSON", f"a number of {5000 + len(sign):,} digits")]


def test_a_line_without_an_end_gives_the_rest_up_and_that_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("kutub.sources.corpus.LINE_LIMIT", 100)
    monkeypatch.setattr("kutub.sources.corpus._SKIP_LIMIT", 3 * 1024**2)
    content = '{"text": "A"}\n' + "b" * 200 + '\n{"text": "B"}\n' + "c" * (5 * 1024**2) + '\n{"text": "C"}\n'
    found = read(tmp_path / "a.jsonl", content)
    assert [page.text for page in found if isinstance(page, Page)] == ["A", "B"]
    assert [drop[:2] for drop in drops(found)] == [("a.jsonl:2", "too large"), ("a.jsonl:4", "too large")]
    assert drops(found)[1][2] == "line over 3 MB; the rest of the file is not read"


def test_rows_without_any_text_are_told_once(tmp_path):
    found = read(tmp_path / "a.jsonl", "".join(json.dumps({"name": number, "age": 3}) + "\n" for number in range(500)))
    advice = "name the column of the text with --text (columns: name, age)"
    assert drops(found) == [("a.jsonl", "no article text", f"500 rows: no column is known as the text: {advice}")]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_rows_before_the_first_text_are_dropped_one_by_one(tmp_path, name):
    logs = [{"level": "info", "message": number} for number in range(250)]
    rows = [*logs, {"title": "H", "text": "A"}, {"title": "No text"}, {"text": "B", "url": "https://x.example/b"}]
    shift = name == "a.jsonl"  # by a blank line
    lines = [*map(json.dumps, rows[:7]), "", *map(json.dumps, rows[7:])] if shift else [json.dumps(rows)]
    found = read(tmp_path / name, "\n".join(lines))
    pages = [page for page in found if isinstance(page, Page)]
    assert [(page.path, page.title, page.url) for page in pages] == [
        (f"{tmp_path / name}:{251 + shift}", "H", None),
        (f"{tmp_path / name}:{253 + shift}", None, "https://x.example/b"),
    ]
    numbers = [number + (shift and number > 7) for number in [*range(1, 251), 252]]
    lacks = "lacks the field 'text'"
    assert drops(found) == [(f"{name}:{number}", "no article text", lacks) for number in numbers]


def test_a_text_that_the_user_names_may_come_late(tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [*({"text": "Log", "level": 1} for _ in range(150)), {"story": "A", "Title": "H"}]
    found = read(path, "".join(json.dumps(row) + "\n" for row in rows), columns={"text": "story", "title": "title"})
    assert (found[-1].text, found[-1].title, len(found)) == ("A", "H", 151)
    assert {drop[1:] for drop in drops(found)} == {("no article text", "lacks the field 'story'")}
    with pytest.raises(InputError, match=r"no column 'storey' for the text; did you mean 'story'\?"):
        read(path, path.read_bytes(), columns={"text": "storey"})


def test_rows_without_a_text_take_little_memory(tmp_path, monkeypatch):
    monkeypatch.setattr("kutub.sources.corpus._RUNS", 50)
    path = tmp_path / "a.jsonl"
    path.write_text('{"level": "info"}\n\n' * 40_000 + '{"text": "A"}\n')
    count, peak = peak_of(path)
    assert count == 1
    assert peak < 3_000_000
    found = list(read_pages([path]))
    assert [drop[0] for drop in drops(found)] == [f"a.jsonl:{number}" for number in range(1, 80_000, 2)]
    path.write_text('{"level": "info"}\n\n' * 100)
    *rows, told = drops(list(read_pages([path])))
    assert [drop[0] for drop in rows] == [f"a.jsonl:{number}" for number in range(1, 200, 2)]
    assert told[2].startswith("100 rows: no column is known as the text")


def test_fields_of_some_rows_do_not_hide_the_text(tmp_path):
    rows = [{"publish_date": "20240305", "headline_text": "A"}, {"publish_date": "", "headline_text": "B", "x": 1}]
    found = read(tmp_path / "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert texts(found) == ["A", "B"]


def test_fields_that_come_late_are_read(tmp_path):
    rows = [{"content": f"Row {number}"} for number in range(300)] + [{"content": "Last", "headline": "H"}]
    found = read(tmp_path / "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert (len(texts(found)), found[-1].title) == (301, "H")


def test_the_first_field_that_is_not_blank_is_taken(tmp_path):
    rows = [{"text": " ", "content": "A"}, {"text": "B", "content": "b"}, {"content": "C"}, {"text": None}, {"x": 1}]
    found = read(tmp_path / "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert texts(found[:3]) == ["A", "B", "C"]
    assert [drop[1:] for drop in drops(found)] == [("empty", ""), ("no article text", "lacks the field 'text'")]


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
