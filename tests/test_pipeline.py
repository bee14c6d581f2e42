"""Pages through the pipeline: order, duplicates, failures; the processes are tested in pipeline/test_pool.py."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import kutub
from kutub.errors import InputError, OutputError
from kutub.outputs import write_events
from kutub.pipeline import Coded, Counts, Run, Settings
from kutub.pipeline.run import code_paths
from kutub.pipeline.spool import Spool
from kutub.pipeline.work import code_page, describe, unpack
from kutub.records import Dropped, DropReason, Event, Page

NEWS = Path(__file__).parents[1] / "examples" / "news"
SETTINGS = Settings()


# ids are made unique, whatever the order


def coded(id, digest, path="p", types=("AID",)):
    return Coded(id=id, path=path, digest=digest, is_dated=True, types=types, payload=f"{id} {digest}".encode())


ARTICLES = [
    coded("b", "22222222aa", "p1"),
    coded("a", "11111111aa", "p2"),
    coded("b", "11111111aa", "p3"),
    coded("b", "22222222aa", "p0"),
    coded("c", "33333333aa", "p4"),
]


@pytest.mark.parametrize("articles", [ARTICLES, ARTICLES[::-1], ARTICLES[2:] + ARTICLES[:2]])
def test_spool_sorts_and_tells_doubles(articles):
    spool = Spool()
    for article in articles:
        spool.add(article)
    doubles = [(double.path, kept.path) for double, kept in spool.resolve(lambda _, id: id.encode())]
    assert doubles == [("p1", "p0")]
    expected = [b"a 11111111aa", b"b 11111111aa", b"b-22222222", b"c 33333333aa"]
    assert list(spool.payloads()) == expected
    assert list(spool.payloads()) == expected
    spool.close()


def test_full_disk_of_the_spool_is_told():
    spool = Spool()
    spool.database.execute("PRAGMA max_page_count = 20")
    large = replace(ARTICLES[0], payload=b"x" * 100_000)
    with pytest.raises(OutputError, match="full; make room there, or let TMPDIR name"):
        spool.add(large)
    spool.close()


def test_description_names_error_and_place():
    try:
        unpack(b"no zlib")
    except Exception as error:
        told = describe(error)
    assert told.startswith("error: Error -3")
    assert told.split(" (")[-1].startswith("work.py:")


# the real stages

SENTENCE = "Ukraine accused Russia of shelling a hospital in Kharkiv on Tuesday, officials said in a statement. "
STORY = SENTENCE + "France imposed sanctions on Iran. The United States praised Japan after the talks in Tokyo."
OTHER = "Germany gave Ukraine new tanks on Monday. China rejected the demand of the United States."


def story(id, text=STORY, path="news.jsonl", **more):
    return Page(path=path, id=id, text=text, language="en", published=date(2024, 3, 5), **more)


def events_of(pages, **options):
    run = Run(pages, settings=Settings(), **options)
    return list(run), run


def test_events_come_by_article_and_in_reading_order():
    events, run = events_of([story("b"), story("a", OTHER)])
    assert {event.article_id for event in events} == {"a", "b"}
    keys = [(event.article_id, event.sentence_index, event.trigger.start) for event in events]
    assert keys == sorted(keys)
    assert run.counts.articles == 2
    assert run.counts.events == Counter(event.type for event in events)
    assert all(isinstance(event, Event) for event in events)


def test_same_id_and_text_is_dropped_another_text_gets_another_id():
    pages = [story("a"), story("a", path="again.jsonl"), story("a", OTHER)]
    events, run = events_of(pages)
    assert [(drop.path, drop.reason) for drop in run.dropped] == [("news.jsonl", DropReason.DUPLICATE_ID)]
    assert (run.counts.pages, run.counts.articles) == (3, 2)
    ids = sorted({event.article_id for event in events})
    assert ids[0] == "a"
    assert len(ids[1]) == len("a-01234567")
    assert len({event.event_id for event in events}) == len(events) == run.counts.events.total()
    assert events_of(pages[::-1])[0] == events


def test_unexpected_error_drops_the_page_with_its_place(monkeypatch):
    from kutub import article

    def failing(*_, **__):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(article, "read_article", failing)
    drop = code_page(story("bad", path="bad.html"), SETTINGS, lambda: None)
    assert (drop.path, drop.reason) == ("bad.html", DropReason.FAILED)
    assert drop.detail.startswith("ZeroDivisionError: division by zero (")


def test_lone_surrogates_do_no_harm():
    _, run = events_of([story("a", STORY + "\ud800"), story("b\udcff"), story("c")])
    assert run.counts.pages == 3
    assert run.counts.articles + run.counts.dropped.total() == 3
    assert run.counts.articles >= 1
    assert DropReason.FAILED not in run.counts.dropped


def files_of(run, folder):
    folder.mkdir()
    for suffix in (".jsonl", ".parquet", ".csv"):
        write_events(run.rows(), folder / f"events{suffix}")
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_same_bytes_with_any_order_and_number_of_jobs(tmp_path):
    paths = [NEWS / "corpus.jsonl", *sorted((NEWS / "text").iterdir())[:4], *sorted((NEWS / "html").iterdir())[:4]]
    first = files_of(code_paths(paths), tmp_path / "one")
    assert first["events.jsonl"].count(b"\n") > 5
    assert files_of(code_paths(paths[::-1], jobs=2), tmp_path / "two") == first


def test_python_interface():
    seen: list[int] = []
    run = kutub.code(NEWS / "corpus.jsonl", on_progress=lambda counts: seen.append(counts.pages))
    table = run.to_arrow()
    assert table.num_rows == len(run.to_pandas()) == len(list(run)) > 0
    assert seen == list(range(1, run.counts.pages + 1))
    assert isinstance(run.counts, Counts)
    assert json.loads(json.dumps(next(run.rows())))["event_id"] == next(iter(run)).event_id


def test_a_run_writes_one_file_or_several(tmp_path):
    news = tmp_path / "news"
    news.mkdir()
    (news / "rows.jsonl").write_text(json.dumps({"id": "a", "text": STORY, "lang": "en"}))
    (news / "events.jsonl").write_text("an older file, no row\n")
    run = kutub.code(news)
    run.write([news / "events.jsonl", str(tmp_path / "events.csv")])
    run.write(news / "events.jsonl")
    assert (run.counts.pages, run.counts.articles) == (1, 1)
    assert len((news / "events.jsonl").read_text().splitlines()) == run.counts.events.total() > 0
    assert (tmp_path / "events.csv").stat().st_size
    with pytest.raises(InputError, match="is both input and output"):
        run.write(news / "rows.jsonl")
    with pytest.raises(InputError, match="is both input and output"):
        kutub.code(news / "rows.jsonl").write(news / "rows.jsonl")
    with pytest.raises(InputError, match="is given twice"):
        run.write(["e.csv", "e.csv"])


@pytest.mark.parametrize("jobs", [1, 2])
def test_size_bounds_the_work_for_any_number_of_jobs(tmp_path, jobs):
    rows = [
        {"id": "a", "text": STORY},
        {"id": "b", "text": "word " * 80_001},
        {"id": "c", "text": OTHER, "date": "soon"},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps({**row, "lang": "en"}) + "\n" for row in rows))
    run = kutub.code(path, jobs=jobs)
    run.finish()
    assert [(drop.path, drop.reason, drop.detail) for drop in run.dropped] == [
        (f"{path}:2", DropReason.TOO_LARGE, "the text has 400,005 characters, at most 400,000")
    ]
    assert (run.counts.bad_dates, run.counts.first_bad_date) == (1, f"{path}:3 'soon'")


def test_an_empty_text_is_not_explained():
    with pytest.raises(InputError, match="the text is empty"):
        kutub.explain(" ")


def test_articles_can_be_read_and_explained():
    articles = list(kutub.read(sorted((NEWS / "text").iterdir())[:2]))
    assert all(isinstance(article, kutub.Article) for article in articles)
    explanation = kutub.explain(articles[0])
    assert explanation.language == articles[0].language
    assert explanation.sentences
    assert kutub.explain(SENTENCE, published="2024-03-05", language="en").events


def test_relation_of_two_parties():
    text = "France imposed sanctions on Iran."
    relation = kutub.relate(text, (0, 6), (28, 32))
    assert relation.type == "SANCTION"
    assert 0 < relation.confidence <= 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"language": "xx"}, "no language 'xx'; use one of: en, id"),
        ({"published": "5 March"}, "'5 March' is no date; write it as YYYY-MM-DD"),
        ({"jobs": 0}, "0 jobs are not possible"),
        ({"models": {"xx": "folder"}}, "no language 'xx'"),
    ],
)
def test_wrong_options_are_told(options, message):
    with pytest.raises(InputError, match=message):
        kutub.code(NEWS, **options)


def test_missing_path_is_told():
    with pytest.raises(InputError, match="nowhere"):
        kutub.code("nowhere/at/all").finish()


def test_run_that_was_broken_off_is_not_taken_up():
    def stop(_):
        raise KeyboardInterrupt

    run = Run([Dropped(path="p", reason=DropReason.EMPTY)], settings=SETTINGS, on_progress=stop)
    with pytest.raises(KeyboardInterrupt):
        run.finish()
    with pytest.raises(InputError, match="broken off"):
        run.finish()
