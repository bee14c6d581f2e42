"""The sample news: the items are there, can be read as files, and come from no real outlet."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from lxml import html

EXAMPLES = Path(__file__).parents[1] / "examples"
NEWS = EXAMPLES / "news"
PAGES = sorted((NEWS / "html").glob("*.html"))
DUMPS = sorted((NEWS / "text").glob("*.txt"))
CORPUS = NEWS / "corpus.jsonl"
FILES = [*PAGES, *DUMPS, CORPUS]
OUTLETS = {
    "id": (
        "Kabar Nusantara",
        "Warta Selat Biru",
        "Gema Tanjung",
        "Harian Bahtera Jaya",
        "Lentera Cakrawala",
        "Bola Lintas Pulau",
    ),
    "en": (
        "Harbour Post",
        "Meridian Courier",
        "Northgate Ledger",
        "Delta Lantern",
        "Saltmarsh Gazette",
        "Pinewood Herald",
    ),
}
REAL_NAMES = re.compile(
    r"\b(?:AFP|ANTARA|Associated Press|BBC|Bisnis\.com|Bloomberg|CNBC|CNN|[Dd]etik(?:com|News)|Deutsche Welle|Jawa Pos"
    r"|Kompas|Kumparan|Liputan6|Merdeka\.com|Okezone|Reuters|Republika|Sindonews|Suara\.com|Tempo\.co|Tribun\w*"
    r"|Viva\.co\.id|The Guardian|Washington Post|New York Times|Al Jazeera|Xinhua|Kyodo|Straits Times|Jakarta Post)\b"
)


def rows() -> list[dict[str, str]]:
    return [json.loads(line) for line in CORPUS.read_text("utf-8").splitlines()]


def words(path: Path) -> int:
    return len(path.read_text("utf-8").split())


@pytest.mark.parametrize(
    ("folder", "pattern", "number"),
    [("html", "id-*.html", 6), ("html", "en-*.html", 6), ("text", "id-*.txt", 5), ("text", "en-*.txt", 5)],
)
def test_both_languages_are_there(folder: str, pattern: str, number: int) -> None:
    assert len(list((NEWS / folder).glob(pattern))) == number


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_has_one_headline_and_readable_metadata(page: Path) -> None:
    tree = html.fromstring(page.read_bytes())
    assert len(tree.xpath("//h1")) == 1
    assert tree.xpath("string(//title)")
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        json.loads(script)


@pytest.mark.parametrize("dump", DUMPS, ids=lambda path: path.stem)
def test_a_dump_has_a_headline_a_body_and_a_comment_rule(dump: Path) -> None:
    lines = dump.read_text("utf-8").splitlines()
    assert 20 < len(lines[0]) < 120
    assert 150 <= words(dump) <= 420
    assert lines[-1].startswith(("Comments", "Add a comment", "Isi komentar", "Komentar"))


def test_the_corpus_rows_are_whole() -> None:
    items = rows()
    assert len(items) >= 14
    assert len({row["id"] for row in items}) == len(items)
    for row in items:
        assert list(row) == ["id", "title", "text", "date", "lang"]
        assert row["lang"] in OUTLETS
        assert all(row.values())
        date.fromisoformat(row["date"])
    assert sum(row["lang"] == "id" for row in items) * 2 == len(items)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_real_outlet_is_named(path: Path) -> None:
    assert not REAL_NAMES.findall(path.read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_addresses_cannot_exist(page: Path) -> None:
    hosts = re.findall(r"https?://([^/\s\"']+)", page.read_text("utf-8"))
    assert all(host.endswith((".example", "schema.org", "ogp.me", "w3.org", "www.w3.org")) for host in hosts)


def test_every_outlet_is_listed_and_fictitious() -> None:
    readme = (EXAMPLES / "README.md").read_text("utf-8")
    texts = "".join(path.read_text("utf-8") for path in FILES)
    for name in (name for names in OUTLETS.values() for name in names):
        assert name in readme
        assert name.casefold() in texts.casefold()
