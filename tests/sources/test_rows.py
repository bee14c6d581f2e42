"""What a row's fields do in the article: names, deck, crawl date, markup."""

from __future__ import annotations

import json
from datetime import date

import pytest
from tests.sources.corpora import read

import kutub
from kutub.records import PublishedBasis, Repair
from kutub.views.cli import main

ONE = "Ukraine accused Russia of shelling a hospital in Kharkiv on Tuesday, officials said in a long statement."
TWO = "France imposed sanctions on Iran after the talks in Vienna failed, and its minister said that more would follow."


def articles(path, *rows, **options):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return list(kutub.read(path, **options))


def test_what_a_row_says_wins_over_what_its_text_shows(tmp_path):
    text = f"By John Smith\n{ONE}\n{TWO}\n"
    row = {"text": text, "title": "H", "author": "Ani", "editor": "Budi", "description": "D", "lang": "en"}
    (article,) = articles(tmp_path / "a.jsonl", row)
    assert (article.byline, article.editor, article.deck) == ("Ani", "Budi", "D")
    assert all(article.text[piece.start : piece.end] != "D" for piece in article.pieces)
    (article,) = articles(tmp_path / "a.jsonl", {"text": text, "lang": "en"})
    assert (article.byline, article.deck) == ("John Smith", None)


def test_signs_that_are_none_are_counted_and_can_be_written(tmp_path):
    row = {
        "title": "He\0ad \ud800",
        "text": f"{ONE}\0\udfff\n{TWO}",
        "author": "A\ud800",
        "url": "https://x.example/\ud800",
    }
    (article,) = articles(tmp_path / "a.jsonl", {**row, "lang": "en", "publisher": "P\0", "date": "2024-03-05"})
    assert article.text == f"{ONE}\ufffd\ufffd\n{TWO}"
    assert (article.title, article.byline, article.publisher) == ("He\ufffdad \ufffd", "A\ufffd", "P\ufffd")
    assert dict(article.repairs) == {Repair.NUL: 2, Repair.LONE_SURROGATE: 2}
    run = kutub.code(tmp_path / "a.jsonl")
    for suffix in ("jsonl", "parquet", "csv"):
        run.write(tmp_path / f"events.{suffix}")
    assert run.counts.articles == 1
    assert run.counts.events


def test_lone_surrogates_in_markup_are_counted(tmp_path):
    markup = f"<p>{ONE} caf\u00e9 \ud800</p>\n<p>{TWO}</p>"
    (article,) = articles(tmp_path / "a.jsonl", {"text": markup, "lang": "en"})
    assert article.text == f"{ONE} caf\u00e9 \ufffd\n{TWO}"
    assert dict(article.repairs) == {Repair.REPLACED_BYTES: 1}


def test_ids_are_those_of_the_text_with_its_signs_replaced(tmp_path):
    for text in (ONE, f"<p>{ONE}</p>\n<p>{TWO}</p>"):
        torn, replaced = (text.replace("Russia", f"Rus{sign}sia") for sign in ("\ud800", "\ufffd"))
        first, second = articles(tmp_path / "a.jsonl", *({"text": one, "lang": "en"} for one in (torn, replaced)))
        assert first.id == second.id


def test_a_crawl_date_is_the_last_resort(tmp_path):
    row = {"text": f"{ONE}\n{TWO}", "crawl_date": "2024-03-05", "lang": "en"}
    (article,) = articles(tmp_path / "a-2023-01-01.jsonl", row)
    assert (article.published, article.published_basis) == (date(2024, 3, 5), PublishedBasis.CRAWLED)
    (article,) = articles(tmp_path / "a.jsonl", {**row, "url": "https://x.example/2024/03/01/a"})
    assert (article.published, article.published_basis) == (date(2024, 3, 1), PublishedBasis.URL)
    (article,) = articles(tmp_path / "a.jsonl", row, published="2024-02-02")
    assert (article.published, article.published_basis) == (date(2024, 2, 2), PublishedBasis.OPTION)


@pytest.mark.parametrize(
    "row",
    [
        {"html": f"<html><head><title>Real heading here</title></head><body><p>{ONE}</p><p>{TWO}</p></body></html>"},
        {"title": "Real heading here", "text": f"<p>{ONE}</p>\n<p>{TWO}</p>"},
        {"title": "Real heading here", "text": f"{ONE}<br><br>{TWO}<br /><br/>"},
        {"title": "Real heading here", "raw_html": f"<figure></figure><blockquote>{ONE}</blockquote><p>{TWO}</p>"},
        {"title": "Real heading here", "text": None, "html": f"<div><p>{ONE}</p><p>{TWO}</p></div>"},
    ],
    ids=["page", "paragraphs", "breaks", "piece", "blank text"],
)
def test_markup_is_read_as_a_web_page(tmp_path, row):
    dated = {**row, "url": "https://x.example/a", "date": "2024-03-05"}
    first, second = articles(tmp_path / "a-2023-01-01.jsonl", row, dated)
    assert first.title == second.title == "Real heading here"
    shown = [first.text[piece.start : piece.end] for piece in first.pieces]
    assert shown == ["Real heading here", ONE, TWO]
    assert (first.published, second.published) == (None, date(2024, 3, 5))
    assert len({first.id, second.id}) == 2
    assert second.url == "https://x.example/a"


def test_text_with_a_few_signs_is_no_markup(tmp_path):
    text = f"{ONE} If a < b and b > c, <b>he</b> said.\n{TWO} <i>Fin."
    (article,) = articles(tmp_path / "a.jsonl", {"text": text, "html": "<p>not this</p>"})
    assert article.text == text


def test_plain_text_in_a_column_of_markup_is_text(tmp_path):
    (page,) = read(tmp_path / "a.csv", f'html,n\n"{ONE}",1\n')
    assert (page.text, page.content) == (ONE, b"")


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "news.csv"
    path.write_text(
        f'nr,body,when,tongue,spider\n1,"{ONE}",2024-03-05,English,2024-04-01\n2,"{TWO}",,en,2024-04-01\nx\n'
    )
    return path


def shown(capfd):
    out, err = capfd.readouterr()
    return [json.loads(line) for line in out.splitlines()], err


def test_options_name_columns(table, capfd):
    options = ["--date", "when", "--lang", "tongue", "--id", "nr", "--crawled", "spider"]
    assert main(["read", str(table), *options]) == 0
    found, err = shown(capfd)
    assert [(row["id"], row["published"], row["published_basis"]) for row in found] == [
        ("1", "2024-03-05", "given"),
        ("2", "2024-04-01", "crawl date"),
    ]
    lines = err.splitlines()
    assert lines[:2] == [
        f"reading {table} as a corpus: text from body, id from nr, date from when, "
        "crawled from spider, lang from tongue",
        f"{table}:4: bad row (1 cell, the header has 5 (line 4))",
    ]
    assert lines[2].startswith("read 2 articles in ")
    assert lines[3:] == ["dropped 1: bad row 1"]


def test_date_and_language_are_still_given_so(table, capfd):
    assert main(["read", str(table), "--date", "2024-01-02", "--lang", "en"]) == 0
    found, _ = shown(capfd)
    assert {(row["published"], row["published_basis"]) for row in found} == {("2024-01-02", "option")}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--text", "bdy"], "news.csv: no column 'bdy' for the text; did you mean 'body'? columns: nr, body, when"),
        (
            ["--text", "body", "--title", "body"],
            "the column 'body' is named for the text and for the title; name another",
        ),
        (["--date", "whenn"], "news.csv: no column 'whenn' for the date; did you mean 'when'?"),
        (["--lang", "tounge"], "news.csv: no column 'tounge' for the lang; did you mean 'tongue'?"),
        (["--lang", "xx"], "no language 'xx'; use one of: en, id"),
        (["--date", "2024-02-30"], "'2024-02-30' is no date"),
        (["--date", "3 May"], "'3 May' is no date"),
        (["--date", ""], "'' is no date"),
    ],
)
@pytest.mark.parametrize("command", ["code", "read"])
def test_wrong_options_are_told(table, command, options, message, capfd):
    assert main([command, str(table), *options]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert message in err
    assert "Traceback" not in err


def test_code_tells_how_a_corpus_is_read_unless_it_is_quiet(table, tmp_path, capfd):
    output = str(tmp_path / "events.jsonl")
    assert main(["code", str(table), "--text", "body", "--date", "when", "-o", output]) == 0
    lines = capfd.readouterr().err.splitlines()
    assert lines[0] == f"reading {table} as a corpus: text from body, date from when"
    assert lines[2:4] == ["dropped 1: bad row 1", f"  {table}:4: bad row (1 cell, the header has 5 (line 4))"]
    assert main(["code", str(table), "--date", "when", "-o", output, "-q"]) == 0
    assert capfd.readouterr().err == ""


def test_python_names_columns(table):
    told: list[str] = []
    run = kutub.code(table, columns={"text": "body", "date": "when", "lang": "tongue"}, on_notice=told.append)
    run.finish()
    assert (run.counts.articles, run.counts.undated, run.counts.dropped.total(), len(told)) == (2, 1, 1, 1)
    with pytest.raises(kutub.KutubError, match="no field 'txt'"):
        kutub.code(table, columns={"txt": "body"})
