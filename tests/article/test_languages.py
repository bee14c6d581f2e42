"""Indonesian is told from Malay, its near relation: twenty short news texts of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from kutub.article.drop import PageDroppedError
from kutub.article.languages import base_code, recognise
from kutub.language import load_language
from kutub.records import DropReason

LINES = Path(__file__).with_name("near_relations.tsv").read_text(encoding="utf-8").splitlines()
TEXTS = [tuple(line.split("\t")) for line in LINES]
INDONESIAN = [text for code, text in TEXTS if code == "id"]
MALAY = [text for code, text in TEXTS if code == "ms"]


def test_there_are_twenty_of_each():
    assert (len(INDONESIAN), len(MALAY)) == (20, 20)


@pytest.mark.parametrize("text", INDONESIAN)
def test_indonesian(text):
    assert recognise(text) == "id"


@pytest.mark.parametrize("text", MALAY)
def test_malay_is_not_indonesian(text):
    with pytest.raises(PageDroppedError) as caught:
        recognise(text)
    assert caught.value.reason is DropReason.UNKNOWN_LANGUAGE
    assert caught.value.detail == "looks like 'ms'"


@pytest.mark.parametrize("start", range(0, 20, 5))
def test_longer_texts(start):
    assert recognise("\n".join(INDONESIAN[start : start + 5])) == "id"
    with pytest.raises(PageDroppedError):
        recognise("\n".join(MALAY[start : start + 5]))


def test_one_malay_name_in_a_longer_indonesian_text_decides_nothing():
    text = " ".join(INDONESIAN[:3]) + " Hal itu dilaporkan Jabatan Imigresen dan Universiti Utara."
    assert recognise(text) == "id"


@pytest.mark.parametrize(
    ("text", "code"),
    [("Kenya praised Uganda.", "en"), ("Uganda memuji Kenya.", "id"), ("Tentara menembakkan roket.", "id")],
)
def test_a_short_row_without_frequent_words_is_told_by_its_vocabulary(text, code):
    assert recognise(text) == code


def test_a_short_text_in_a_language_that_is_surely_another_is_not_read():
    with pytest.raises(PageDroppedError):
        recognise("Le président a salué.")


def test_what_the_corpus_says_is_believed():
    assert recognise(MALAY[0], given="id-ID") == "id"
    with pytest.raises(PageDroppedError) as caught:
        recognise(INDONESIAN[0], given="ms")
    assert caught.value.detail == "ms"


def test_no_word_is_on_both_lists():
    apart = load_language("id").data("anatomy")["told_apart"]["ms"]
    assert not set(apart["ours"]) & set(apart["theirs"])
    assert all(word == word.casefold() for words in apart.values() for word in words)


@pytest.mark.parametrize(("code", "base"), [("id-ID", "id"), ("EN_us", "en"), (" id ", "id"), ("", "")])
def test_base_codes(code, base):
    assert base_code(code) == base
