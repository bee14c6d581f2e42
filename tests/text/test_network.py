"""The packaged models: sound trees for any words, and the same result alone, together and in any order."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kutub.language import load_language
from kutub.text.network import BATCH, TYPES, Analysis, Network

WORDS = {
    "en": ["France", "condemned", "an", "attack", "and", "recalled", "3", "envoys", ".", "“", "x"],
    "id": ["Prancis", "mengecam", "serangan", "itu", "dan", "menarik", "3", "duta", "nya", ".", "“", "x"],
}


@cache
def network_of(code: str) -> Network:
    return Network.load(load_language(code).path / "model")


def assert_tree(found: Analysis, count: int):
    assert {len(part) for part in (found.upos, found.feats, found.lemmas, found.heads, found.relations)} == {count}
    assert found.heads.count(-1) == 1
    for word in range(count):
        seen, node = set(), word
        while node >= 0:
            assert node not in seen
            seen.add(node)
            node = found.heads[node]
    assert all(found.lemmas)


def read(code: str, *sentences: list[str]) -> list[Analysis]:
    return network_of(code).analyse(sentences, styles=["text"] * len(sentences))


@pytest.mark.parametrize("code", WORDS)
def test_a_sentence_gets_the_same_analysis_in_any_company(code: str):
    chance = np.random.default_rng(1)
    sentences = [
        [str(word) for word in chance.choice(WORDS[code], size=length)] for length in (1, 2, 5, 9, 17, 60) * 60
    ]
    together = read(code, *sentences)
    assert sum(map(len, sentences)) > 2 * BATCH
    assert together == [read(code, words)[0] for words in sentences]
    assert together == read(code, *reversed(sentences))[::-1]


@pytest.mark.parametrize("code", WORDS)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_any_words_make_a_tree(code: str, data: st.DataObject):
    word = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
    words = data.draw(st.lists(word | st.sampled_from(WORDS[code]), min_size=1, max_size=30))
    assert_tree(read(code, words)[0], len(words))


def test_a_very_long_sentence_is_a_tree():
    words = (WORDS["en"] * 100)[:1000]
    assert_tree(read("en", words)[0], len(words))


def test_no_sentences_give_nothing():
    assert read("en") == []


def test_an_unknown_style_is_running_text():
    words = WORDS["en"]
    known, unknown = network_of("en").analyse([words, words], styles=["text", "verse"])
    assert known == unknown


def test_more_distinct_words_than_are_remembered_change_nothing():
    network = Network.load(load_language("en").path / "model")
    before = network.analyse([WORDS["en"]], styles=["text"])
    rows = [[f"w{row}x{word}" for word in range(50)] for row in range(TYPES // 50 + 1)]
    network.analyse(rows, styles=["text"] * len(rows))
    assert network.analyse([WORDS["en"]], styles=["text"]) == before


def test_the_table_of_words_is_not_copied_as_it_grows():
    network = Network.load(load_language("en").path / "model")
    network.analyse([WORDS["en"]], styles=["text"])
    table = network._vectors
    network.analyse([[f"w{row}x{word}" for word in range(10)] for row in range(20)], styles=["text"] * 20)
    assert network._vectors is table
    assert len(table) == TYPES


def test_a_damaged_file_of_parameters_is_refused(tmp_path: Path):
    for file in (load_language("en").path / "model").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes()[: 1000 if file.suffix == ".npz" else None])
    with pytest.raises((OSError, ValueError)):
        Network.load(tmp_path)
