"""The codebook's examples come out as they say, with the shipped models."""

import pytest

from kutub.codebook import load_codebook
from kutub.coder import Coder
from kutub.examples import compare, load_examples
from kutub.language import available, load_language

LANGUAGES = {code: load_language(code) for code in available()}
EXAMPLES = [(code, example) for code, language in LANGUAGES.items() for example in load_examples(language)]


@pytest.fixture(scope="module")
def coders():
    return {code: Coder.load(code) for code in LANGUAGES}


@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=[example.id for _, example in EXAMPLES])
def test_example(coders, code, example):
    events = coders[code].explain(example.text, published=example.date).events
    assert compare(example, events) == ()


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("event_type", load_codebook().types)
def test_every_type_has_examples_and_near_misses(code, event_type):
    own = [example for language, example in EXAMPLES if language == code and example.type == event_type]
    assert sum(not example.is_near_miss for example in own) >= 4
    assert sum(example.is_near_miss for example in own) >= 2


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_rule_points_to_an_example(coders, code):
    known = {example.id for language, example in EXAMPLES if language == code}
    for entry in coders[code].equipment.lexicon.entries:
        assert entry.example in known, entry.where
