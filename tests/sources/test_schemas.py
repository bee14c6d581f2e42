"""Which column holds what: known schemas, usual names, the user's choice."""

from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import date

import pytest
from tests.sources.corpora import drops, read, texts

from kutub.datafiles import DATA, read_yaml
from kutub.errors import InputError
from kutub.records import Page
from kutub.sources import read_pages
from kutub.sources.schemas import FIELDS, known, layout_of

RAW = read_yaml(DATA / "corpora.yaml")


def line(**fields):
    return json.dumps(fields) + "\n"


@pytest.mark.parametrize("schema", RAW["schemas"], ids=[schema["name"] for schema in RAW["schemas"]])
def test_every_schema_is_recognised_by_its_columns(schema):
    names = {*schema.get("needs", ()), *schema.get("is", ())}
    layout = layout_of([*names, *schema.get("may", ()), "Unnamed: 0"], {}, "")
    if "holds" in schema:
        assert layout.problem == f"{schema['name']}: holds {schema['holds']}"
    else:
        assert (layout.name, layout.problem) == (schema["name"], "")
        assert set(layout.needed) <= {*names, *schema.get("may", ())}
    assert layout_of([name.upper().replace("_", " ") for name in names], {}, "").problem == layout.problem


def test_no_name_stands_for_two_fields():
    found = [name for names in known().fields.values() for name in names]
    assert len(found) == len(set(found))
    assert set(known().fields) == set(FIELDS)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (
            ["text", "id", "dump", "url", "date", "file_path", "language", "language_score", "token_count"],
            "FineWeb: text, id, url, crawled from date, lang from language",
        ),
        (["url", "text", "timestamp"], "C4: text, url, crawled from timestamp"),
        (
            ["title", "text", "domain", "date", "description", "url", "image_url"],
            "CC-News: text, title, deck from description, url, publisher from domain, date",
        ),
        (
            ["link", "headline", "category", "short_description", "authors", "date"],
            "News Category: text from short_description, title from headline, byline from authors, url from link, date",
        ),
        (
            ["", "id", "title", "publication", "author", "date", "year", "month", "url", "content"],
            "All the News: text from content, title, byline from author, id, url, publisher from publication, date",
        ),
        (["article", "highlights", "id"], "CNN-DailyMail: text from article, id"),
        (
            ["Judul", "Isi Berita", "Tanggal_Terbit", "Penulis", "Tautan", "Media", "Kategori"],
            "a corpus: text from Isi Berita, title from Judul, byline from Penulis, url from Tautan, "
            "publisher from Media, date from Tanggal_Terbit",
        ),
        (
            ["Headline", "FullText", "publishedAt", "scraped_at", "Source", "Language"],
            "a corpus: text from FullText, title from Headline, publisher from Source, date from publishedAt, "
            "crawled from scraped_at, lang from Language",
        ),
        (["title", "text", "timestamp"], "a corpus: text, title, crawled from timestamp"),
        (["text", "content", "n"], "a corpus: text from text or content"),
        (["GLOBALEVENTID", "SQLDATE", "EventCode", "SOURCEURL", "text"], "a corpus: text, url from SOURCEURL"),
    ],
)
def test_how_columns_are_read(names, told):
    assert str(layout_of(names, {}, "")) == told


def test_a_crawl_date_is_no_publication_date(tmp_path):
    fine_web = {"text": "T", "dump": "CC", "url": "u", "date": "2024-03-05", "file_path": "s3", "language": "en"}
    (page,) = read(tmp_path / "a.jsonl", line(**fine_web))
    assert (page.published, page.crawled) == (None, date(2024, 3, 5))
    (page,) = read(tmp_path / "a.jsonl", line(**fine_web), columns={"date": "date"})
    assert (page.published, page.crawled) == (date(2024, 3, 5), None)
    (page,) = read(tmp_path / "a.jsonl", line(text="T", timestamp="2019-04-25T12:57:54Z", url="u"))
    assert (page.published, page.crawled) == (None, date(2019, 4, 25))


def test_news_please(tmp_path):
    row = {
        "authors": ["Ani", "Budi"], "date_download": "2024-03-07 01:02:03", "date_modify": None,
        "date_publish": "2024-03-05 10:00:00", "description": "D", "filename": "f", "image_url": None, "language": "id",
        "localpath": None, "maintext": "T", "source_domain": "www.x.example", "title": "H", "title_page": None,
        "title_rss": None, "url": "https://www.x.example/a",
    }  # fmt: skip
    (page,) = read(tmp_path / "a.json", json.dumps(row, indent=2))
    assert page == Page(
        path=f"{tmp_path / 'a.json'}:1",
        text="T",
        title="H",
        deck="D",
        byline="Ani, Budi",
        url="https://www.x.example/a",
        publisher="www.x.example",
        published=date(2024, 3, 5),
        crawled=date(2024, 3, 7),
        language="id",
    )


@pytest.mark.parametrize(
    ("value", "publisher", "url"),
    [
        ("Kompas", "Kompas", None),
        ({"id": "cnn", "name": "CNN"}, "CNN", None),
        ({"uri": "cnn.com", "dataType": "news"}, "cnn.com", None),
        ("{'id': None, 'name': 'CNN'}", "CNN", None),
        ('{"name": "CNN"}', "CNN", None),
        ("https://www.cnn.com/", "cnn.com", None),
        ("https://edition.cnn.com/a/b", "edition.cnn.com", "https://edition.cnn.com/a/b"),
        ("http://[bad", None, None),
        ("None", None, None),
        ("[not a list", "[not a list", None),
        (r"['\d', 'x']", r"\d, x", None),
    ],
)
def test_publishers(tmp_path, value, publisher, url):
    (page,) = read(tmp_path / "a.jsonl", line(text="T", source=value))
    assert (page.publisher, page.url) == (publisher, url)


@pytest.mark.parametrize(
    ("value", "code"),
    [("English", "en"), ("ind", "id"), ("Bahasa Indonesia", "id"), ("id-ID", "id-ID"), ("fr", "fr"), ("", None)],
)
def test_languages(tmp_path, value, code):
    (page,) = read(tmp_path / "a.jsonl", line(text="T", language=value))
    assert page.language == code


EVENTS = [str(cell) for cell in (410412347, 20240305, 202403, 2024, 2024.1753, *range(55), "https://x.example/a")]
MENTIONS = ["410412347", "20240305103000", "20240305104500", "1", "x.example", "https://x.example/a", *"abcdefghij"]
GRAPH = ["20240305103000-12", "20240305103000", "1", "x.example", "https://x.example/a", "A;B,C;D,," * 20, *"a" * 21]


@pytest.mark.parametrize("cells", [EVENTS, MENTIONS, GRAPH], ids=["events", "mentions", "graph"])
@pytest.mark.parametrize("name", ["a.export.CSV", "a.csv.gz", "a.tsv"])
def test_lists_of_gdelt_are_told_once(tmp_path, cells, name):
    content = ("\t".join(cells) + "\n").encode() * 100
    (told,) = drops(read(tmp_path / name, gzip.compress(content) if name.endswith(".gz") else content))
    assert told[:2] == (name, "no article text")
    assert told[2].startswith("GDELT ")
    assert told[2].endswith("no texts: fetch the pages and give their files")


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "a.csv"
    rows = [["Nr", "Kepala", "Uraian", "Kapan", "Siapa", "Mana", "Bhs"]]
    rows += [["7", "H", "T", "5 Maret 2024", "Ani", "Kompas", "Indonesia"]]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_the_user_names_the_columns(table):
    columns = {
        "text": "Uraian", "title": "Kepala", "byline": "Siapa", "publisher": "Mana", "id": "Nr", "lang": "Bhs",
        "crawled": "Kapan",
    }  # fmt: skip
    (page,) = read_pages([table], columns=columns)
    assert (page.text, page.title, page.byline, page.publisher) == ("T", "H", "Ani", "Kompas")
    assert (page.id, page.language, page.published) == ("7", "id", None)
    (page,) = read_pages([table], columns={"text": "uraian", "language": "Bhs"})
    assert (page.text, page.language) == ("T", "id")


def test_a_named_column_is_not_taken_for_another_field(tmp_path):
    (page,) = read(tmp_path / "a.csv", "title,text,date\nH,T,x\n", columns={"text": "title"})
    assert (page.text, page.title) == ("H", None)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"text": "Uraiann"}, r"a\.csv: no column 'Uraiann' for the text; did you mean 'Uraian'\? columns: Nr, Ke"),
        ({"text": "Uraian", "date": "xyzzy"}, r"a\.csv: no column 'xyzzy' for the date; columns: Nr, "),
        ({"txt": "Uraian"}, r"no field 'txt'; did you mean 'text'\? fields: text, html, title"),
        ({"text": " "}, r"the column of 'text' has no name; name a column of the corpus"),
        ({"text": "Uraian", "title": "Uraian"}, r"^the column 'Uraian' is named for the text and for the title; name"),
        ({"text": "Uraian", "title": "uraian"}, r"a\.csv: the column 'Uraian' is named for the text and for the title"),
        ({"date": "Uraian", "published": "Kapan"}, r"two columns for 'published'; name one of them"),
    ],
)  # fmt: skip
def test_wrong_columns_are_told(table, columns, message):
    with pytest.raises(InputError, match=message):
        list(read_pages([table], columns=columns))


def test_a_column_may_be_that_of_the_id_too(tmp_path):
    content = "link,isi\nhttps://x.example/a,Satu\n"
    (page,) = read(tmp_path / "a.csv", content, columns={"id": "link", "url": "link"})
    assert (page.id, page.url, page.text) == ("https://x.example/a", "https://x.example/a", "Satu")


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_a_wrong_column_of_json_is_told(tmp_path, name):
    with pytest.raises(InputError, match=r"no column 'body' for the text; columns: id, content"):
        read(tmp_path / name, line(id=1) + line(content="T"), columns={"text": "body"})


def test_how_a_corpus_is_read_is_told_once(tmp_path):
    told: list[str] = []
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("isi,judul\nSatu,H\n")
    (tmp_path / "c.csv").write_text("text,title\nOne,H\n")
    (tmp_path / "d.jsonl").write_text(line(text="T", title="H"))
    assert len(texts(list(read_pages([tmp_path], on_notice=told.append)))) == 4
    assert told == [
        f"reading {tmp_path / 'a.csv'} as a corpus: text from isi, title from judul",
        f"reading {tmp_path / 'c.csv'} as a corpus: text, title",
    ]


def test_columns_that_no_corpus_needed_are_told(tmp_path):
    told: list[str] = []
    read(tmp_path / "a.txt", "Some text.", columns={"text": "body"}, on_notice=told.append)
    assert told == ["no corpus was read: the columns that were named ('body' for the text) were not needed"]


def test_columns_hold_for_standard_input():
    found = read_pages(["-"], stdin=io.BytesIO(line(body="T", x="H").encode()), columns={"title": "x"})
    assert [(page.text, page.title) for page in found] == [("T", "H")]
