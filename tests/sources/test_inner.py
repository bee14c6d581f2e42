"""Rows in a list within one object."""

from __future__ import annotations

import json

import pytest
from tests.sources.corpora import drops, read, texts

UNKNOWN = "no column is known as the text: name the column of the text with --text"
ANSWER = {"status": "ok", "totalResults": 2, "articles": [{"title": "H", "content": "A"}, {"content": "B"}]}


@pytest.mark.parametrize(("name", "indent"), [("a.json", None), ("a.json", 2), ("a.jsonl", None), ("a", 2)])
@pytest.mark.parametrize(
    ("answer", "place"),
    [
        (ANSWER, "articles"),
        ({"response": {"status": "ok", "docs": ANSWER["articles"], "meta": {"hits": 2}}}, "response.docs"),
        ({**ANSWER, "facets": [{"name": "x"}]}, "articles"),
        ({"news": ANSWER["articles"]}, "news"),
    ],
)
def test_the_list_of_one_object_is_a_corpus(tmp_path, name, indent, answer, place):
    path, told = tmp_path / name, []
    found = read(path, json.dumps(answer, indent=indent), on_notice=told.append)
    assert [(page.path, page.text, page.title) for page in found] == [(f"{path}:1", "A", "H"), (f"{path}:2", "B", None)]
    assert told[0] == f"the rows of {path} are the objects of its list {place!r}"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ([{"items": [{"headline": "H"}]}], f"{UNKNOWN} (columns: headline)"),
        ([{"a": [{"a": [{"text": "A"}]}]}], f"{UNKNOWN} (columns: a)"),
        (
            [{"a": [{"b": 1}], "c": [{"d": 1}]}],
            "several lists of objects (a, c): give the one with the articles as a JSON array",
        ),
        (
            [ANSWER, ANSWER],
            "2 rows: the articles are in a list of each row (articles): give the objects of these lists as rows",
        ),
    ],
)
def test_lists_that_are_no_corpus_are_told(tmp_path, content, told):
    found = read(tmp_path / "a.json", "\n".join(map(json.dumps, content)))
    assert drops(found) == [("a.json", "no article text", told)]


def test_the_column_of_an_inner_list_can_be_named(tmp_path):
    content = json.dumps({"items": [{"summary": "A"}, {"summary": "B"}]})
    assert texts(read(tmp_path / "a.json", content, columns={"text": "summary"})) == ["A", "B"]


def test_an_article_with_a_list_is_one_article(tmp_path):
    row = {"text": "A", "comments": [{"text": "B"}, {"text": "C"}]}
    assert texts(read(tmp_path / "a.json", json.dumps(row))) == ["A"]


def test_an_object_over_the_limit_is_told_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr("kutub.sources.values.ROW_LIMIT", 100_000)
    rows = [{"text": "A" * 1000} for _ in range(3000)]
    found = read(tmp_path / "a.json", json.dumps({"items": rows}, indent=1))
    ((name, reason, detail),) = drops(found)
    assert (name, reason) == ("a.json:1", "too large")
    assert detail.endswith("a list of articles within one object must be shorter: give it as an array of its own")


def test_objects_in_one_object_are_rows_with_their_names_as_ids(tmp_path):
    path, told = tmp_path / "a.json", []
    rows = {"n1": {"text": "A", "title": "H"}, "n2": {"text": "B", "id": "own"}}
    found = read(path, json.dumps(rows, indent=1), on_notice=told.append)
    assert [(page.path, page.id, page.text) for page in found] == [(f"{path}:1", "n1", "A"), (f"{path}:2", "own", "B")]
    assert told[0] == f"the rows of {path} are the objects in its one object; their names there are their ids"
    found = read(path, json.dumps({"status": "ok", "news": rows}), on_notice=told.append)
    assert [page.id for page in found] == ["n1", "own"]
    assert f"the rows of {path} are the objects of its list 'news'" in told


def test_an_own_id_wins_whatever_its_column_is_called(tmp_path):
    rows = {"a1": {"guid": "OWN-1", "text": "A"}, "a2": {"text": "B"}, "a3": {"guid": None, "text": "C"}}
    found = read(tmp_path / "a.json", json.dumps(rows))
    assert [page.id for page in found] == ["OWN-1", "a2", "a3"]
    rows = {"a1": {"Article_ID": 7, "text": "A"}, "a2": {"text": "B"}}
    assert [page.id for page in read(tmp_path / "b.json", json.dumps(rows))] == ["7", "a2"]
    rows = {"a1": {"key": "K", "guid": "G", "text": "A"}, "a2": {"guid": "G", "text": "B"}}
    found = read(tmp_path / "c.json", json.dumps(rows), columns={"id": "key"})
    assert [page.id for page in found] == ["K", "a2"]


@pytest.mark.parametrize(
    "rows", [{"one": {"text": "A"}}, {"n1": {"text": "A"}, "n2": {"x": "B"}}, {"n1": {"text": "A"}, "n2": 5}]
)
def test_objects_that_are_not_all_articles_are_no_rows(tmp_path, rows):
    ((_, reason, detail),) = drops(read(tmp_path / "a.json", json.dumps(rows)))
    assert reason == "no article text"
    assert detail.startswith(UNKNOWN)
