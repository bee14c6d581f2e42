"""Places of events on sentences of ours, parsed by the packaged models: names of several places, persons, metonyms.

The rates are floors below what was measured, for the models change. `python -m tests.coder.test_places_set` prints
every case that is wrong.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kutub.coder import Coder
from kutub.coder.places import Gazetteer
from kutub.datafiles import read_yaml
from kutub.language import load_language
from kutub.records import Place, Sentence

FOLDER = Path(__file__).parent / "data"
RIGHT = 0.85  # share of all cases
WRONG = 0.05  # share of cases with a place where another or none was expected
PHYSICAL = ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")


@cache
def coder(code: str) -> Coder:
    return Coder.load(code)


@cache
def results(code: str) -> tuple[tuple[Any, Place | None], ...]:
    """Each case of the language with the place that was found."""
    gazetteer = Gazetteer.load(load_language(code))
    return tuple((case, find(code, case, gazetteer)) for case in read_yaml(FOLDER / f"places_{code}.yaml"))


def find(code: str, case: Any, gazetteer: Gazetteer) -> Place | None:
    sentence: Sentence = coder(code).explain(case["sentence"], published=date(2024, 5, 6)).sentences[0].sentence
    token = next(token for token in sentence.tokens if token.text == case["trigger"])
    return gazetteer.find_place(
        sentence,
        token.index,
        mode=case.get("mode"),
        event_type=case["type"],
        text=f"{case['sentence']} {case.get('text', '')}",
        through_object=case["type"] in PHYSICAL,
    )


def is_right(expected: Any, place: Place | None) -> bool:
    if expected is None or place is None:
        return expected is None and place is None
    return all(getattr(place, key) == value for key, value in expected.items())


@pytest.mark.parametrize("code", ["en", "id"])
def test_rate(code):
    found = results(code)
    right = sum(is_right(case["place"], place) for case, place in found)
    wrong = sum(place is not None and not is_right(case["place"], place) for case, place in found)
    assert right / len(found) >= RIGHT
    assert wrong / len(found) <= WRONG


@pytest.mark.parametrize("code", ["en", "id"])
def test_positions(code):
    for case, place in results(code):
        if place is None:
            continue
        assert place.text in case["sentence"]
        assert (place.latitude, place.longitude) != (0, 0)
        assert (place.latitude is None) == (place.longitude is None)


if __name__ == "__main__":
    for language in ("en", "id"):
        cases = results(language)
        for case, place in cases:
            if not is_right(case["place"], place):
                print(language, case["sentence"], "|", case["place"], "|", place)
        print(language, sum(is_right(case["place"], place) for case, place in cases), "of", len(cases))
