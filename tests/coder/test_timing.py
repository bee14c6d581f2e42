"""Which time an event gets: its own, one counted from another event, or none; with the packaged models."""

from __future__ import annotations

from datetime import date

import pytest

from kutub.coder import Coder
from kutub.records import DateBasis, Modality

CODERS = {code: Coder.load(code) for code in ("en", "id")}
WEDNESDAY = date(2024, 5, 15)


def events_of(code, text):
    return CODERS[code].explain(text, published=WEDNESDAY).events


def date_of(code, text, trigger):
    """The date and basis of the last event with this trigger."""
    found = [event for event in events_of(code, text) if event.trigger.text == trigger]
    assert found, [event.trigger.text for event in events_of(code, text)]
    return found[-1].date, found[-1].date_basis


@pytest.mark.parametrize(
    ("code", "text", "trigger"),
    [
        ("id", "Rusia dan Ukraina sepakat melanjutkan perundingan pada Maret.", "sepakat"),
        ("en", "Russia and Ukraine agreed to resume talks in March.", "agreed"),
        ("en", "Turkey agreed to meet Syria next week.", "agreed"),
        ("en", "Russia condemned the deal signed in 2015.", "condemned"),
        ("id", "Rusia mengecam serangan yang terjadi pada Senin.", "mengecam"),
    ],
)
def test_the_time_of_a_complement_or_of_a_clause_on_a_noun_is_not_the_event_s(code, text, trigger):
    assert date_of(code, text, trigger) == ("2024-05-15", DateBasis.PUBLISHED)


@pytest.mark.parametrize(
    ("code", "text", "trigger", "day"),
    [
        ("id", "Menteri Retno mendesak Israel menghentikan serangan, Senin (13/5).", "mendesak", "2024-05-13"),
        ("id", "Israel menyerang Beirut pada Senin.", "menyerang", "2024-05-13"),
        ("en", "Israel said it attacked Lebanon on Monday.", "attacked", "2024-05-13"),
        ("en", "Israel attacked Lebanon late on Sunday.", "attacked", "2024-05-12"),
        ("en", "Turkey urged Syria to stop the shelling, in Ankara on Monday.", "urged", "2024-05-13"),
    ],
)
def test_a_time_that_is_the_event_s(code, text, trigger, day):
    assert date_of(code, text, trigger) == (day, DateBasis.TEXT)


@pytest.mark.parametrize(
    ("code", "text", "trigger", "day"),
    [
        (
            "id",
            "Pada Sabtu Hizbullah menyerang Haifa. Israel menyerang Lebanon dua hari setelah serangan itu.",
            "menyerang",
            "2024-05-13",
        ),
        ("id", "Israel menyerang Lebanon dua hari setelah Hizbullah menyerang Haifa pada Senin.", None, "2024-05-15"),
        (
            "id",
            "Hizbullah menyerang Haifa pada Sabtu. Sehari setelah serangan itu, Iran mengancam Israel.",
            "mengancam",
            "2024-05-12",
        ),
        ("id", "Hizbullah menyerang Haifa pada Sabtu. Dua hari kemudian Israel menyerang Beirut.", None, "2024-05-13"),
        (
            "en",
            "Hezbollah attacked Haifa on Saturday. A day after the attack, Iran threatened Israel.",
            "threatened",
            "2024-05-12",
        ),
        ("en", "Israel attacked Lebanon two days after Hezbollah struck Haifa on Monday.", "attacked", "2024-05-15"),
        ("en", "Iran attacked Israel, two days after Monday's raid.", "attacked", "2024-05-15"),
        (
            "en",
            "Hezbollah attacked Haifa on Saturday. Two days later Israel attacked Beirut.",
            "attacked",
            "2024-05-13",
        ),
    ],
)
def test_a_time_counted_from_another_event(code, text, trigger, day):
    dates = {(event.date, event.date_basis) for event in events_of(code, text) if trigger in (None, event.trigger.text)}
    assert (day, DateBasis.EVENT) in dates


@pytest.mark.parametrize(
    ("code", "text", "reason"),
    [
        ("id", "Israel menyerang Lebanon sehari setelah serangan roket itu.", "an event without a known date"),
        ("en", "Israel attacked Lebanon a day after the rocket attack.", "an event without a known date"),
        ("id", "Israel menyerang Beirut keesokan harinya.", "no time is told before"),
        ("en", "Israel attacked Beirut the next day.", "no time is told before"),
        (
            "en",
            "On Friday Hamas attacked Haifa. On Monday Hamas attacked the port of Acre. "
            "Israel struck Gaza a day after the attack.",
            "several dates (2024-05-10, 2024-05-13)",
        ),
        (
            "en",
            "Hezbollah attacked Haifa in April. Israel attacked Beirut two days after the attack.",
            "counts finer than its anchor is known",
        ),
    ],
)
def test_what_cannot_be_counted_is_null_with_its_reason(code, text, reason):
    explanation = CODERS[code].explain(text, published=WEDNESDAY)
    event = explanation.events[-1]
    assert (event.date, event.date_precision, event.date_basis) == (None, None, None)
    steps = [a.steps for s in explanation.sentences for a in s.attempts if a.event_id == event.event_id]
    assert len(steps) == 1
    assert reason in steps[0][-1]
    assert reason in str(explanation)


def test_an_own_time_goes_before_one_counted_from_another_event():
    text = "Israel attacked Lebanon on Monday, a day after the rocket attack."
    assert date_of("en", text, "attacked") == ("2024-05-13", DateBasis.TEXT)


def test_an_event_only_assumed_to_be_of_the_day_of_publication_is_no_anchor():
    text = "Hezbollah attacked Haifa. Israel attacked Beirut a day after the attack."
    assert [event.date_basis for event in events_of("en", text)] == [DateBasis.PUBLISHED, None]


def test_what_counts_from_a_time_long_ago_is_historical():
    text = "Hezbollah attacked Haifa on 3 March 2015. Two days later Israel attacked Beirut."
    assert [(event.date, event.modality) for event in events_of("en", text)] == [
        ("2015-03-03", Modality.HISTORICAL),
        ("2015-03-05", Modality.HISTORICAL),
    ]


def test_a_year_that_a_clause_hangs_on_dates_it():
    (event,) = events_of("en", "There are echoes of 2003, when Russia condemned Israel.")
    assert (event.date, event.modality) == ("2003-01-01", Modality.HISTORICAL)
