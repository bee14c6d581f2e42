"""Lemmas as edits of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutub.text.lemmas import edit_of, edited

PAIRS = [
    ("cities", "city"),
    ("Cities", "city"),
    ("went", "go"),
    ("mengecam", "kecam"),
    ("Menyatakan", "nyata"),
    ("UN", "UN"),
    ("Putin", "Putin"),
]


@pytest.mark.parametrize(("form", "lemma"), PAIRS)
def test_an_edit_makes_the_lemma(form: str, lemma: str):
    assert edited(form, edit_of(form, lemma)) == lemma


def test_an_edit_works_on_other_words():
    assert edited("Bodies", edit_of("cities", "city")) == "body"
    assert edited("mengejar", edit_of("mengecam", "kecam")) == "kejar"


def test_an_edit_longer_than_the_word_makes_nothing():
    assert edited("as", edit_of("cities", "city")) is None


@given(st.text("abcDEF-'é", min_size=1, max_size=12), st.text("abcdef-'é", min_size=1, max_size=12))
def test_every_pair_has_an_edit(form: str, lemma: str):
    assert edited(form, edit_of(form, lemma)) == lemma
