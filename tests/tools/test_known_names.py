"""The lists of well-known names that the English entity tagger is trained with."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "tools" / "train" / "words" / "known" / "en"
SIZES = {
    "given_names": 2500,
    "family_names": 2500,
    "places": 4000,
    "place_words": 120,
    "organisations": 2500,
    "organisation_words": 250,
    "titles": 150,
}


def names(stem: str) -> list[str]:
    return (FOLDER / f"{stem}.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")


def test_each_list_is_described() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(SIZES)
    readme = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    assert all(f"| {stem}.txt |" in readme for stem in SIZES)


@pytest.mark.parametrize("stem", SIZES)
def test_list_is_sorted_unique_and_large_enough(stem: str) -> None:
    found = names(stem)
    assert found == sorted(set(found))
    assert len(found) >= SIZES[stem]


@pytest.mark.parametrize("stem", SIZES)
def test_lines_are_plain_lower_case_names(stem: str) -> None:
    for name in names(stem):
        assert name == name.lower() == unicodedata.normalize("NFC", name), name
        assert name.split(" ") == name.split() != [], name  # one plain space between words, no tabs, no empty line


@pytest.mark.parametrize("stem", ["given_names", "family_names"])
def test_names_of_persons_are_single_words_of_letters(stem: str) -> None:
    for name in names(stem):
        assert name.replace("-", "").replace("'", "").isalpha(), name


@pytest.mark.parametrize(
    ("stem", "known"),
    [
        ("given_names", {"john", "maria", "mohammed", "priya", "xiaoping", "svetlana", "siti", "kwame", "mike"}),
        ("family_names", {"smith", "garcia", "al-assad", "singh", "wang", "ivanov", "nasution", "okafor", "o'brien"}),
        (
            "places",
            {"jakarta", "texas", "calif.", "tx", "san francisco", "são paulo", "sao paulo", "sumatra"},
        ),
        ("organisations", {"google", "enron", "cia", "ferc", "epa", "boko haram", "the guardian", "yankees", "hilton"}),
    ],
)
def test_known_names_are_there_and_common_words_are_not(stem: str, known: set[str]) -> None:
    found = set(names(stem))
    assert known <= found
    assert not found & {"the", "of", "will", "may", "can", "said", "who", "nice", "reading", "mobile", "now"}
