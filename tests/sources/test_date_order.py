"""02/03/2024: which of day and month comes first, and what is told where that cannot be known."""

from __future__ import annotations

import csv
import json
import time
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import kutub
from kutub.records import Article, Dropped, Page, PublishedBasis, PublishedConfidence
from kutub.sources import DateOrder, Dates, read_pages
from kutub.sources.orders import HELD_ROWS, Orders, Row
from kutub.sources.schemas import Layout
from kutub.sources.times import is_either, is_unclear, numeric_date, order_shown
from kutub.views.cli import main

ENGLISH = (
    "The prime minister of Ethiopia met the president of Kenya in Nairobi, and they said that they would sign "
    "an agreement on trade and on the border before the end of the year, officials said."
)
INDONESIAN = (
    "Presiden Kenya bertemu dengan perdana menteri Ethiopia di Nairobi, dan mereka mengatakan bahwa perjanjian "
    "dagang itu akan ditandatangani sebelum akhir tahun ini oleh kedua negara, kata para pejabat."
)
MARCH, FEBRUARY = date(2024, 3, 2), date(2024, 2, 3)
DAY_MONTH, MONTH_DAY = DateOrder.DAY_MONTH, DateOrder.MONTH_DAY
HIGH, MEDIUM = PublishedConfidence.HIGH, PublishedConfidence.MEDIUM


def written(path: Path, dates: list[str], text: str = ENGLISH) -> Path:
    """A corpus of rows with these dates, in the format of the path's suffix."""
    rows = [{"id": str(number), "text": text, "date": day} for number, day in enumerate(dates)]
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    elif path.suffix == ".csv":
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    elif path.suffix == ".json":
        path.write_text(json.dumps(rows))
    else:
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def articles(path: Path, **options) -> list[Article]:
    found = list(kutub.read(path, **options))
    assert not [item for item in found if isinstance(item, Dropped)]
    return found


def pages(path: Path, **options) -> list[Page]:
    return list(read_pages([path], **options))


@pytest.mark.parametrize(
    ("value", "shown", "unclear"),
    [
        ("13/02/2024", DAY_MONTH, False),
        ("2-13-2024 10:00", MONTH_DAY, False),
        ("02/03/2024", None, True),
        ("2-3-2024", None, True),
        ("Sat, 02/03/2024 18:05", None, True),
        ("18:05 02/03/2024", None, True),
        ("03/03/2024", None, False),
        ("32/03/2024", None, False),
        ("13/14/2024", None, False),
        ("02/03/1824", None, False),
        ("02/03-2024", None, False),
        ("2024-02-03", None, False),
        ("1.2.3/2024", None, False),
        ("soon", None, False),
    ],
)
def test_what_a_value_shows(value, shown, unclear):
    assert order_shown(value) is shown
    assert is_unclear(value) is is_either(value) is unclear


def test_a_dotted_date_may_be_either_but_is_not_unclear():
    assert (is_either("02.03.2024"), is_unclear("02.03.2024")) == (True, False)
    assert (is_either("03.03.2024"), is_either("13.03.2024")) == (False, False)


def test_dotted_dates_of_a_column_are_read_alike_and_that_is_told(tmp_path):
    path = written(tmp_path / "news.csv", ["02.03.2024", "02.13.2024", "02.03.2024"])
    told: list[str] = []
    found = articles(path, on_notice=told.append)
    assert [article.published for article in found] == [FEBRUARY, date(2024, 2, 13), FEBRUARY]
    assert [line for line in told if "'02.13.2024'" in line and "month-day" in line]
    alone = written(tmp_path / "alone.csv", ["02.03.2024"])
    assert [article.published for article in articles(alone)] == [MARCH]


def test_spaces_cost_nothing_and_hide_no_date(tmp_path):
    begun = time.process_time()
    for value in (" " * 5_000_000, "5" + " " * 5_000_000, " " * 5_000_000 + "x"):
        assert numeric_date(value, DAY_MONTH) is order_shown(value) is None
    assert time.process_time() - begun < 0.5
    path = written(tmp_path / "news.jsonl", [" " * 5000 + "02/03/2024", " " * 5000 + "13/03/2024", " " * 5000 + "soon"])
    found = articles(path)
    assert [(one.published, one.unread_date) for one in found[::2]] == [(MARCH, None), (None, "soon")]


@pytest.mark.parametrize(
    "field", [list(range(40_000)), {str(number): number for number in range(40_000)}, [[0]] * 40_000]
)
def test_held_rows_are_few_where_they_are_large(field):
    layout = Layout(columns={"text": ("text",), "date": ("date",)})
    given = 0

    def rows():
        nonlocal given
        for given in range(1, 101):
            yield Row(fields={"text": "T", "date": "02/03/2024", "more": field}, layout=layout, where=f"f:{given}")

    next(Orders(None, "f", print).ahead(rows()))
    assert given < 30


@pytest.mark.parametrize(
    ("value", "order", "day"),
    [
        ("02/03/2024", DAY_MONTH, MARCH),
        ("02/03/2024", MONTH_DAY, FEBRUARY),
        ("02/03/2024", None, None),
        ("13/02/2024", MONTH_DAY, date(2024, 2, 13)),
        ("2/13/2024", DAY_MONTH, date(2024, 2, 13)),
        ("02.03.2024", None, MARCH),
        ("02.03.2024", MONTH_DAY, FEBRUARY),
        ("31/02/2024", DAY_MONTH, None),
        ("3/3/2024", None, date(2024, 3, 3)),
    ],
)
def test_numeric_dates(value, order, day):
    assert numeric_date(value, order) == day


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "json", "parquet"])
@pytest.mark.parametrize(("other", "day"), [("13/03/2024", MARCH), ("3-13-2024", FEBRUARY)])
@pytest.mark.parametrize("is_last", [True, False])
def test_an_unambiguous_value_of_the_column_decides(tmp_path, suffix, other, day, is_last):
    dates = ["02/03/2024", other] if is_last else [other, "02/03/2024"]
    told: list[str] = []
    path = written(tmp_path / f"news.{suffix}", dates)
    found = articles(path, on_notice=told.append)
    article = found[0 if is_last else 1]
    assert (article.published, article.published_basis) == (day, PublishedBasis.GIVEN)
    assert article.published_confidence is HIGH
    assert [article.path for article in found] == sorted(article.path for article in found)
    order = "day-month" if day == MARCH else "month-day"
    assert [line for line in told if repr(other) in line and order in line and "'date'" in line]


def test_the_users_order_wins_over_the_column(tmp_path):
    path = written(tmp_path / "news.csv", ["02/03/2024", "13/03/2024", "02.03.2024"])
    found = articles(path, date_order="month-day")
    assert [article.published for article in found] == [FEBRUARY, date(2024, 3, 13), FEBRUARY]
    assert found[0].published_confidence is HIGH


def test_the_language_decides_where_the_column_does_not_with_less_confidence(tmp_path):
    path = written(tmp_path / "news.csv", ["02/03/2024", "05/03/2024"], INDONESIAN)
    found = articles(path)
    assert [article.published for article in found] == [MARCH, date(2024, 3, 5)]
    assert {article.published_confidence for article in found} == {MEDIUM}
    assert {article.published_basis for article in found} == {PublishedBasis.GIVEN}
    assert {article.unread_date for article in found} == {None}


def test_the_column_wins_over_the_language(tmp_path):
    path = written(tmp_path / "news.csv", ["02/03/2024", "03/13/2024"], INDONESIAN)
    assert articles(path)[0].published == FEBRUARY


def test_nothing_decides(tmp_path):
    path = written(tmp_path / "news.csv", ["02/03/2024", "soon", "", "2024-03-02"])
    found = articles(path)
    assert [article.published for article in found] == [None, None, None, MARCH]
    assert [article.unread_date for article in found] == ["02/03/2024", "soon", None, None]


def test_a_date_of_elsewhere_stands_in_for_one_that_cannot_be_read(tmp_path):
    path = tmp_path / "news.jsonl"
    row = {"text": ENGLISH, "date": "02/03/2024", "url": "https://x.example/2024/03/04/treaty"}
    path.write_text(json.dumps(row))
    (found,) = articles(path)
    assert (found.published, found.published_basis) == (date(2024, 3, 4), PublishedBasis.URL)
    assert found.unread_date == "02/03/2024"


def test_a_column_of_both_orders_decides_nothing_and_that_is_told(tmp_path):
    path = written(tmp_path / "news.csv", ["02/03/2024", "13/03/2024", "3/13/2024"])
    told: list[str] = []
    assert articles(path, on_notice=told.append)[0].published is None
    (line,) = [line for line in told if "both orders (" in line]
    assert "'13/03/2024'" in line
    assert "'3/13/2024'" in line
    assert "--date-order" in line


def test_rows_wait_for_a_value_that_decides_but_not_for_ever(tmp_path):
    waiting = ["02/03/2024"] * (HELD_ROWS // 2)
    assert pages(written(tmp_path / "a.csv", [*waiting, "13/03/2024"], "T"))[0].published == MARCH
    late = pages(written(tmp_path / "b.csv", ["02/03/2024"] * HELD_ROWS + ["13/03/2024", "02/03/2024"], "T"))
    assert [late[0].published, late[0].stated, late[-1].published] == [None, "02/03/2024", MARCH]
    assert [page.path.rpartition(":")[2] for page in late] == [str(number + 2) for number in range(len(late))]


def test_rows_without_such_dates_do_not_wait(tmp_path):
    path = written(tmp_path / "news.jsonl", ["2024-03-02", "02/03/2024"])
    assert next(iter(read_pages([path]))).published == MARCH


def test_a_crawl_date_is_read_by_the_same_rules(tmp_path):
    path = tmp_path / "news.csv"
    path.write_text(f'text,timestamp\n"{ENGLISH}",02/03/2024\n"{ENGLISH} Yes.",13/03/2024\n')
    assert [page.crawled for page in pages(path)] == [MARCH, date(2024, 3, 13)]
    path.write_text(f'text,timestamp\n"{INDONESIAN}",02/03/2024\n')
    (article,) = articles(path)
    assert (article.published, article.published_basis) == (MARCH, PublishedBasis.CRAWLED)
    path.write_text(f'text,timestamp\n"{ENGLISH}",02/03/2024\n')
    (article,) = articles(path)
    assert (article.published, article.unread_date) == (None, "02/03/2024")


def test_each_file_has_its_own_order(tmp_path):
    first = written(tmp_path / "a.csv", ["02/03/2024", "13/03/2024"])
    second = written(tmp_path / "b.csv", ["02/03/2024", "03/13/2024"])
    assert [page.published for page in read_pages([first, second], dates=Dates())][::2] == [MARCH, FEBRUARY]


def test_an_order_that_is_none_is_wrong_usage(tmp_path):
    path = written(tmp_path / "a.csv", ["02/03/2024"])
    for work in (kutub.code, lambda *given, **options: list(kutub.read(*given, **options))):
        with pytest.raises(kutub.KutubError, match=r"'mdy' is no order of dates.*day-month"):
            work(path, date_order="mdy")
    assert main(["read", str(path), "--date-order", "mdy"]) == 2


@pytest.mark.parametrize("command", ["read", "code"])
def test_the_summary_tells_place_value_cause_and_remedy_and_adds_up(tmp_path, command, capfd):
    rows = [
        {"id": "a", "text": ENGLISH, "date": "soon"},
        {"id": "b", "text": ENGLISH, "date": "02/03/2024"},
        {"id": "c", "text": ENGLISH, "date": "04/03/2024", "url": "https://x.example/2024/03/04/treaty"},
        {"id": "d", "text": ENGLISH},
        {"id": "e", "text": ENGLISH, "date": "2024-03-05"},
        {"id": "b", "text": ENGLISH, "date": "02/03/2024"} if command == "code" else None,  # a duplicate
        {"id": "f", "text": " ", "date": "soon"},  # dropped
    ]
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows if row))
    assert main([command, str(path)]) == 0
    lines = capfd.readouterr().err.splitlines()
    assert f"dates that cannot be read: 1 article (undated 1), first {path}:1 'soon'" in lines
    assert (
        "dates whose day and month cannot be told apart: 2 articles (undated 1, dated from elsewhere 1), "
        f"first {path}:2 '02/03/2024': say which comes first with --date-order day-month or --date-order month-day"
    ) in lines
    (undated,) = [line for line in lines if line.startswith("undated ")]
    assert undated.startswith(
        "undated 3 of 5 articles: 1 with a date that cannot be read, 1 with an unclear date, 1 without any"
    )
    assert main([command, str(path), "--date-order", "day-month"]) == 0
    err = capfd.readouterr().err
    assert "told apart" not in err
    assert "undated 2 of 5 articles: 1 with a date that cannot be read, 1 without any" in err
