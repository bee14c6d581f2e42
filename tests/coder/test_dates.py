"""Expressions of time: the tables in data/, expressions that lean on others, and properties of any text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kutub.coder.dates import Calendar
from kutub.coder.time_records import Anchor, TimeExpression
from kutub.coder.time_scope import nearest
from kutub.datafiles import read_tsv
from kutub.errors import DataErrors
from kutub.language import load_language
from kutub.records import DateBasis, DatePrecision

COLUMNS = ("text", "anchor", "tense", "words", "date", "precision")
CALENDARS = {code: Calendar.load(load_language(code)) for code in ("en", "id")}
WEDNESDAY = date(2023, 9, 20)


def rows():
    for code in CALENDARS:
        for row in read_tsv(Path(__file__).parent / "data" / f"dates_{code}.tsv", columns=COLUMNS):
            yield pytest.param(code, row, id=f"{code}:{row['text']}")


@pytest.mark.parametrize(("code", "row"), list(rows()))
def test_expression(code, row):
    anchor = date.fromisoformat(row["anchor"])
    found = CALENDARS[code].find(row["text"], anchor=anchor, future=row["tense"] == "future")
    seen = [(row["text"][one.start : one.end], one.day.isoformat(), one.precision.value) for one in found]
    assert seen == ([] if row["words"] == "-" else [(row["words"], row["date"], row["precision"])])
    assert all(one.basis is DateBasis.TEXT for one in found)


@pytest.mark.parametrize("code", CALENDARS)
def test_tables_are_large_enough(code):
    table = Path(__file__).parent / "data" / f"dates_{code}.tsv"
    assert len(list(read_tsv(table, columns=COLUMNS))) >= 80


@pytest.mark.parametrize(
    ("code", "text", "dates"),
    [
        ("en", "On Friday the envoys met; a day earlier they had quarrelled.", ["2023-09-15", "2023-09-14"]),
        ("en", "They met on 3 March 2020 and signed two days later.", ["2020-03-03", "2020-03-05"]),
        ("en", "They met on Monday and left the same day.", ["2023-09-18", "2023-09-18"]),
        ("en", "They left two days later.", []),
        ("id", "Mereka bertemu pada Jumat, dan sehari sebelumnya berselisih.", ["2023-09-15", "2023-09-14"]),
        ("id", "Mereka bertemu Senin (18/9) dan pulang keesokan harinya.", ["2023-09-18", "2023-09-19"]),
        ("id", "Mereka pulang keesokan harinya.", []),
    ],
)
def test_expressions_that_lean_on_an_earlier_one(code, text, dates):
    found = CALENDARS[code].find(text, anchor=WEDNESDAY)
    assert [one.day.isoformat() for one in found] == dates
    assert [one.basis for one in found] == [DateBasis.TEXT, DateBasis.EVENT][: len(dates)]


@pytest.mark.parametrize(
    ("code", "text", "words", "count", "unit"),
    [
        ("en", "The talks broke down a day after the raid.", "a day after", 1, "day"),
        ("en", "The talks broke down two weeks before the vote.", "two weeks before", -2, "week"),
        ("en", "The talks broke down the day after the raid.", "the day after", 1, "day"),
        ("en", "The talks broke down hours after the raid.", "hours after", 1, "hour"),
        ("en", "The talks broke down on the eve of the vote.", "on the eve of", -1, "day"),
        ("id", "Perundingan gagal sehari setelah serangan itu.", "sehari setelah", 1, "day"),
        ("id", "Perundingan gagal dua pekan sebelum pemilu.", "dua pekan sebelum", -2, "week"),
        ("id", "Perundingan gagal beberapa jam setelah serangan itu.", "beberapa jam setelah", 1, "hour"),
        ("id", "Perundingan gagal tiga hari usai serangan itu.", "tiga hari usai", 3, "day"),
    ],
)
def test_anchored_expressions(code, text, words, count, unit):
    calendar = CALENDARS[code]
    assert calendar.find(text, anchor=WEDNESDAY) == ()
    (found,) = calendar.find_anchored(text)
    assert (text[found.start : found.end], found.count, found.unit.value) == (words, count, unit)


def test_no_anchored_expression_in_the_day_after_tomorrow():
    assert CALENDARS["en"].find_anchored("They leave the day after tomorrow.") == ()


@pytest.mark.parametrize(
    ("code", "text", "dates"),
    [
        ("en", "They met on Monday, as they had in 2014 and on 3 May 2019.", ["2014-01-01", "2019-05-03"]),
        ("id", "Mereka bertemu Senin (18/9), seperti pada 2014 dan Jumat (3/5/2019).", ["2014-01-01", "2019-05-03"]),
    ],
)
def test_without_an_anchor_only_absolute_dates(code, text, dates):
    assert [one.day.isoformat() for one in CALENDARS[code].find(text, anchor=None)] == dates


def test_several_expressions_in_order():
    text = "He left last week, returned on Monday and will speak tomorrow."
    found = CALENDARS["en"].find(text, anchor=WEDNESDAY)
    assert [text[one.start : one.end] for one in found] == ["last week", "on Monday", "tomorrow"]


def test_resolve_reads_the_whole_text_in_another_tense():
    calendar = CALENDARS["en"]
    found = calendar.resolve("on Friday", anchor=WEDNESDAY, future=True)
    assert found is not None
    assert found.day == date(2023, 9, 22)
    assert calendar.resolve("They met on Friday", anchor=WEDNESDAY) is None


def expression(start: int, end: int) -> TimeExpression:
    return TimeExpression(
        start=start,
        end=end,
        day=WEDNESDAY,
        precision=DatePrecision.DAY,
        anchor=Anchor.PUBLICATION,
        rule="r",
        first=WEDNESDAY,
        last=WEDNESDAY,
    )


@pytest.mark.parametrize(
    ("position", "boundaries", "expected"),
    [(12, (), 0), (30, (), 1), (12, (11,), 1), (35, (25,), 1), (5, (), 0), (22, (40,), 1)],
)
def test_nearest(position, boundaries, expected):
    expressions = [expression(0, 10), expression(20, 30)]
    assert nearest(expressions, position, boundaries=boundaries) is expressions[expected]


def test_nearest_of_none():
    assert nearest([], 3) is None


WORDS = {
    "en": "on late last next this Monday Sunday May Sept. 3 31 12 2023 , the day week weekend months two a ago earlier "
    "after before in since 'S yesterday tonight weekend year ( ) / - 9/13/2023 2023-02-30 of to 999 ſept. monthſ",
    "id": "pada hari Senin Minggu Rabu malam lalu depan pekan akhir dua sehari sebelumnya setelah sejak (22/8) 20 "
    "Agustus 2016 tahun bulan ini kemarin lusa tanggal 31/2/2020 ( ) / , - "
    "beberapa jam yang mendatang 999 dua\u00a0puluh tadi",
}


@pytest.mark.parametrize("code", CALENDARS)
@given(data=st.data(), anchor=st.none() | st.dates(), future=st.booleans())
def test_any_text_gives_ordered_spans(code, data, anchor, future):
    word = st.sampled_from(WORDS[code].split(" ")) | st.text(max_size=4)
    text = data.draw(st.lists(word, max_size=14).map(" ".join) | st.text(max_size=40))
    found = CALENDARS[code].find(text, anchor=anchor, future=future)
    end = 0
    for one in found:
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == text[one.start : one.end].strip()
        if one.precision is DatePrecision.WEEK:
            assert one.day.isoweekday() == 1
        assert one.day <= one.first <= one.last
        if one.precision is DatePrecision.MONTH:
            assert one.day.day == 1
        end = one.end
    for anchored in CALENDARS[code].find_anchored(text):
        assert 0 <= anchored.start < anchored.end <= len(text)
        counted = anchored.counted_from(anchor) if anchor else None
        assert counted is None or counted.first <= counted.last


@given(st.dates(), st.sampled_from(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]))
@example(date.min, "Sunday")
@example(date.max, "Monday")
def test_a_bare_weekday_is_within_a_week(anchor, weekday):
    for future in (False, True):
        for one in CALENDARS["en"].find(weekday, anchor=anchor, future=future):
            distance = (one.day - anchor).days
            assert 0 <= (distance if future else -distance) < 7
            assert one.day.strftime("%A") == weekday


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ("{pattern: 'on {weekdy}'}", "unknown slot 'weekdy'"),
        ("{pattern: 'on [{weekday}'}", "no closing ']'"),
        ("{pattern: '@nothing {weekday}'}", "an @ without"),
        ("{pattern: '{amount} ago'}", "has no 'shift'"),
        ("{pattern: 'on'}", "gives a date"),
        ("{pattern: 'on', fixed: [2, 30]}", "fixed: [2, 30]"),
        ("{pattern: '{weekday} and {weekday}'}", "a slot twice"),
        ("{pattern: '{weekday}', pik: past}", "unknown key 'pik'"),
        ("{pattern: '{weekday}', pick: soon}", "pick: 'soon'"),
        ("{pattern: '[{weekday}]'}", "no word that must be there"),
    ],
)
def test_faults_in_the_data_are_named(tmp_path, rule, problem):
    (tmp_path / "calendar.yaml").write_text(
        "months: {1: Uno}\nweekdays: {1: Lun}\nnumbers: {un: 1}\n"
        f"units: {{day: [dia], week: [semana]}}\nperiods: [semana]\nrules:\n  - {rule}\n",
        encoding="utf-8",
    )
    language = load_language("en")
    with pytest.raises(DataErrors, match=r"calendar\.yaml:7") as caught:
        Calendar.load(type(language)(code="xx", name="X", path=tmp_path, settings={}))
    assert problem in str(caught.value)


@pytest.mark.parametrize(("future", "monday"), [(False, date(2024, 2, 26)), (True, date(2024, 3, 4))])
def test_this_weekend_told_on_a_monday(future, monday):
    (found,) = CALENDARS["en"].find("They meet this weekend.", anchor=date(2024, 3, 4), future=future)
    assert (found.day, found.precision, (found.last - found.first).days) == (monday, DatePrecision.WEEK, 1)


def test_the_time_told_before_a_sentence_is_what_it_leans_on():
    calendar = CALENDARS["en"]
    (previous,) = calendar.find("They met on 3 March 2020.", anchor=None)
    (found,) = calendar.find("Two days later they signed.", anchor=WEDNESDAY, previous=previous)
    assert (found.day, found.basis, found.anchor) == (date(2020, 3, 5), DateBasis.EVENT, Anchor.EVENT)


def test_a_stretch_of_days_that_ends_before_it_begins_is_no_date():
    assert CALENDARS["en"].find("They met on February 28-31, 2020.", anchor=WEDNESDAY) == ()


def test_counting_finer_than_the_anchor_is_known_gives_nothing():
    (found,) = CALENDARS["en"].find_anchored("They left two days after the raid.")
    assert found.counted_from(date(2020, 3, 1), DatePrecision.MONTH) is None
