"""What the documents show is what Kutub gives: the examples, the counts and the keys that they name."""

import json
import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

import kutub
from kutub.codebook import load_codebook
from kutub.datafiles import DATA
from kutub.examples import describe
from kutub.language import LANGUAGES, available, load_language
from kutub.records import Event
from kutub.schema import to_row

ROOT = Path(__file__).resolve().parent.parent
EVENTS = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")
FORMATS = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
ACTORS = (ROOT / "docs" / "data" / "actors.md").read_text(encoding="utf-8")
NOT_SHOWN = ("kutub", "codebook", "model")  # versions and hashes change with every release; their form is tested


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def tables(page):
    """The tables of a page: for each, its rows as mappings from the header's words."""
    for block in re.findall(r"(?:^\|.*\n)+", page, flags=re.MULTILINE):
        header, _, *rows = block.strip().splitlines()
        yield [dict(zip(cells(header), cells(row), strict=True)) for row in rows]


def examples():
    """The rows of all tables of coded sentences, by sentence: a sentence may stand in several rows, one an event."""
    found = {}
    for table in tables(EVENTS):
        for row in table:
            if {"lang", "example", "event"} <= set(row):
                found.setdefault((row["lang"], row["example"], row.get("published") or None), []).append(row)
    return found


def coded(lang, sentence, published):
    explanation = kutub.explain(sentence, language=lang, published=published)
    return [event for part in explanation.sentences for event in part.events]


def when(event):
    return ", ".join(map(str, (event.date, event.date_precision, event.date_basis))) if event.date else ""


@pytest.mark.parametrize(("key", "rows"), examples().items(), ids=[key[1][:40] for key in examples()])
def test_every_example_of_the_record_comes_out(key, rows):
    events = coded(*key)
    assert sorted(describe(event).rsplit(" (", 1)[0] for event in events) == sorted(row["event"] for row in rows)
    for row in rows:
        assert "date" not in row or row["date"] in map(when, events)


def test_the_tables_of_examples_are_found():
    shown = {row["event"].split()[0].split("/")[0] for rows in examples().values() for row in rows}
    assert shown >= set(load_codebook().types)


@pytest.mark.parametrize("row", [row for table in tables(EVENTS) for row in table if "quad" in row])
def test_every_type_has_its_quad_class_and_an_event_of_its_own(row):
    assert row["quad"] == str(load_codebook().quad(row["type"]))
    assert row["event"].startswith(row["type"])


@pytest.fixture(scope="module")
def shown():
    return json.loads(re.search(r"```json\n(.*?)```", EVENTS, flags=re.DOTALL).group(1))


def test_the_full_example_has_the_fields_of_the_record(shown):
    assert list(shown) == [field.name for field in fields(Event)]


def test_the_full_example_is_what_the_sample_news_gives(shown):
    run = kutub.code(ROOT / "examples" / "news" / "corpus.jsonl")
    rows = {event.event_id: to_row(event) for event in run}
    assert shown["event_id"] in rows
    row = rows[shown["event_id"]]
    assert {k: v for k, v in row.items() if k not in NOT_SHOWN} == {
        k: v for k, v in shown.items() if k not in NOT_SHOWN
    }
    for name in NOT_SHOWN:
        assert re.sub("[0-9a-f]{8,}", "#", shown[name]) == re.sub("[0-9a-f]{8,}", "#", row[name]), name


def test_the_counts_of_the_actor_tables_are_true():
    rows = [row for table in tables(ACTORS) for row in table if "rows" in row]
    assert {row["file"].strip("`") for row in rows} == {
        *(f"actors/{path.name}" for path in (DATA / "actors").glob("*.tsv")),
        *(str(path.relative_to(DATA)) for path in LANGUAGES.glob("*/*.tsv")),
    }
    for row in rows:
        assert int(row["rows"].replace(",", "")) == len(lines(row["file"].strip("`"))), row["file"]


def lines(file):
    """The rows of a table, without comments and header."""
    text = (DATA / file).read_text(encoding="utf-8").splitlines()
    return [line for line in text if line.strip() and not line.startswith("#")][1:]


def test_the_number_of_organisations_is_true():
    named = re.search(r"\((\d+) of them; four have two dated rows\)", ACTORS)
    keys = [line.split("\t")[0] for line in lines("actors/organizations.tsv")]
    assert int(named.group(1)) == len(set(keys)) == len(keys) - 4


@pytest.mark.parametrize("code", available())
def test_every_key_of_grammar_and_language_is_described(code):
    language = load_language(code)
    described = {
        name for table in tables(FORMATS) for row in table for name in re.findall("`([^`]+)`", row.get("key", ""))
    }
    assert set(language.data("grammar")) | set(language.settings) <= described
    for section in ("tokens", "sentences"):
        assert all(f"`{key}`" in FORMATS for key in language.settings[section])


def test_every_described_key_of_the_grammar_is_used():
    section = FORMATS.partition("## grammar.yaml")[2]
    described = {name for table in tables(section) for row in table for name in re.findall("`([^`]+)`", row["key"])}
    assert described == {key for code in available() for key in load_language(code).data("grammar")}


def test_citation_and_changelog_agree():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    version, day = re.search(r"## \[([\d.]+)\] - (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")).groups()
    assert f"version: {version}\ndate-released: {date.fromisoformat(day)}\n" in citation
    assert version == kutub.__version__
