"""Whom an anaphor cannot mean, and which time is another event's: wrong answers are worse than none."""

from __future__ import annotations

from datetime import date

import pytest

from kutub.coder import Coder

CODERS = {code: Coder.load(code) for code in ("en", "id")}
DAY = date(2025, 6, 18)


def coded(code: str, text: str) -> list[tuple[str, str, str]]:
    events = CODERS[code].explain(text, published=DAY).events
    return [
        (e.type, " and ".join(p.name for p in e.actors), " and ".join(p.name for p in e.recipients)) for e in events
    ]


@pytest.mark.parametrize(
    ("code", "text", "wrong"),
    [
        (
            "en",
            "Hamas attacked Israel. France condemned the attack. Germany condemned the attack.",
            ("Germany", "France"),
        ),
        ("en", "Gunmen attacked a bus. Iran accused Israel. The US condemned the attack.", ("United States", "Iran")),
        ("en", "Russia said Ukraine attacked Belgorod. Hungary condemned the attack.", ("Hungary", "Ukraine")),
        ("en", "Russia accused the country of attacking Belarus.", ("Russia", "Russia")),
        ("en", "Putin met Xi. Putin criticised him.", ("Vladimir Putin", "Vladimir Putin")),
        ("id", "Jokowi mengecam Israel. Presiden Palestina memuji dia.", ("Mahmoud Abbas", "Mahmoud Abbas")),
        ("id", "Amerika Serikat menyerang Iran. Rusia mengecam negara itu.", ("Russia", "Russia")),
        (
            "en",
            "Thailand accused Cambodia. The neighbouring country rejected the accusation.",
            ("Thailand", "Thailand"),
        ),
    ],
)
def test_nobody_who_cannot_be_meant_is_named(code: str, text: str, wrong: tuple[str, str]):
    assert wrong not in {(actor, recipient) for _, actor, recipient in coded(code, text)}


@pytest.mark.parametrize(
    ("code", "text", "right"),
    [
        ("en", "Hamas attacked Israel. France condemned the attack.", ("ACCUSE", "France", "Hamas")),
        (
            "en",
            "Hamas attacked Israel. France condemned it. Germany condemned the attack.",
            ("ACCUSE", "Germany", "Hamas"),
        ),
        ("en", "Poland condemned Russia. Russia accused the country of lying.", ("ACCUSE", "Russia", "Poland")),
        (
            "id",
            "Joko Widodo mengecam Israel. Presiden Palestina memuji dia.",
            ("SUPPORT", "Mahmoud Abbas", "Joko Widodo"),
        ),
    ],
)
def test_who_is_meant_still_is(code: str, text: str, right: tuple[str, str, str]):
    assert right in coded(code, text)


@pytest.mark.parametrize(
    ("code", "text", "trigger"),
    [
        ("en", "Israel bombed Beirut on Tuesday, two days after Hezbollah killed three soldiers.", "killed"),
        ("en", "Russia shelled Kharkiv on Monday, a week after Ukraine attacked Belgorod.", "attacked"),
    ],
)
def test_the_event_that_a_time_is_counted_from_has_not_that_time(code: str, text: str, trigger: str):
    found = [e for e in CODERS[code].explain(text, published=DAY).events if e.trigger.text == trigger]
    assert found
    assert found[0].date is None


@pytest.mark.parametrize("city", ["Padang", "Yogyakarta", "Kupang"])
def test_the_word_for_a_city_is_no_city(city: str):
    event = CODERS["id"].explain(f"Polisi menangkap tiga demonstran di Kota {city}.", published=DAY).events[0]
    assert event.place is not None
    assert event.place.country == "IDN"
    assert event.place.name == city
