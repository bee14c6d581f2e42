"""The test sets of own news: every answer is a word of its sentence, and no set shares a sentence with another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tools.train.conllu import read_trees
from tools.train.corpora import SENTENCES
from tools.train.news import load, places

SETS = {"sentences": 200, "unseen": 100}
PARTS = ("predicate", "subject", "object")


def readings(entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The readings of an entry, which is its own where it has one."""
    return entry.get("readings") or [entry]


@pytest.mark.parametrize("code", ["en", "id"])
@pytest.mark.parametrize("name", SETS)
def test_every_answer_is_a_word_of_its_sentence(code: str, name: str) -> None:
    """`places` raises ValueError or IndexError where a word is not in the text, or an answer not among the words."""
    entries = load(code, name)
    assert len(entries) == SETS[name]
    for entry in entries:
        for reading in readings(entry):
            assert None not in places(entry, reading["predicate"]), entry["text"]
            for part in PARTS:
                assert places(entry, reading[part]), entry["text"]


@pytest.mark.parametrize("code", ["en", "id"])
def test_words_spell_the_text(code: str) -> None:
    for entry in load(code, "unseen"):
        assert entry["words"].replace(" ", "") == entry["text"].replace(" ", "")


@pytest.mark.parametrize("code", ["en", "id"])
def test_unseen_sentences_are_in_no_other_set(code: str) -> None:
    unseen = {entry["text"] for entry in load(code, "unseen")}
    assert len(unseen) == SETS["unseen"]
    others = {entry["text"] for name in ("sentences", "passives") for entry in load(code, name)}
    trained = {tree.text for path in SENTENCES.glob(f"{code}_*.conllu") for tree in read_trees(path)}
    assert trained
    assert not unseen & (others | trained)


@pytest.mark.parametrize("code", ["en", "id"])
def test_unseen_sentences_try_what_the_others_try(code: str) -> None:
    assert {entry["kind"] for entry in load(code, "unseen")} == {entry["kind"] for entry in load(code, "sentences")}
