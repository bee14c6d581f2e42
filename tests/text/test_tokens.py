"""The tokeniser: what it remembers has a bound in bytes, and changes no cut."""

from __future__ import annotations

import tracemalloc

import pytest

from kutub.language import load_language
from kutub.text.tokens import CACHED, Tokeniser


@pytest.mark.parametrize("code", ["en", "id"])
def test_words_of_any_length_are_not_kept(code: str):
    tokeniser = Tokeniser(load_language(code).settings)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for number in range(20):
        text = f"a{number}" + chr(ord("a") + number) * 300_000
        assert tokeniser.words(text) == [(0, len(text))]
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 1_000_000


@pytest.mark.parametrize("length", [CACHED - 3, CACHED, 10 * CACHED])
@pytest.mark.parametrize(("code", "ending", "cut"), [("en", "n't", 3), ("id", "nya", 3)])
def test_a_long_word_is_cut_as_a_short_one(code: str, ending: str, cut: int, length: int):
    tokeniser = Tokeniser(load_language(code).settings)
    word = "b" * length + ending
    for _ in range(2):
        assert tokeniser.words(word) == [(0, len(word) - cut), (len(word) - cut, len(word))]
