"""Modality and attribution on hand-made trees."""

import pytest
from tests.trees import tree_from

from kutub.coder.actors import load_gazetteer
from kutub.coder.attribution import load_speech, speakers_of
from kutub.coder.frames import Scene
from kutub.coder.modality import modality_of
from kutub.coder.parties import Discourse
from kutub.language import load_language
from kutub.records import Modality, Voice
from kutub.text.grammar import load_grammar

ENGLISH = load_language("en")
GRAMMAR = load_grammar(ENGLISH)


def scene_of(tree):
    discourse = Discourse(gazetteer=load_gazetteer(ENGLISH), grammar=GRAMMAR, day=None, home=None)
    resolved = discourse.read(tree, discourse.prepare([tree])[0])
    return Scene(tree=tree, grammar=GRAMMAR, resolved=resolved)


@pytest.mark.parametrize(
    ("auxiliary", "expected"),
    [
        ("will will AUX 3 aux", Modality.FUTURE),
        ("would would AUX 3 aux", Modality.HYPOTHETICAL),
        ("never never ADV 3 advmod", Modality.NEGATION),
        ("also also ADV 3 advmod", Modality.ACTUAL),
    ],
)
def test_words_beside_the_predicate(auxiliary, expected):
    tree = tree_from(f"""
        Iran Iran PROPN 3 nsubj
        {auxiliary}
        attack attack VERB 0 root
        Iraq Iraq PROPN 3 obj
    """)
    assert modality_of(tree, 2, voice=Voice.ACTIVE, grammar=GRAMMAR)[0] is expected


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("refused refuse VERB 0 root", Modality.NEGATION),
        ("plans plan VERB 0 root", Modality.FUTURE),
        ("wants want VERB 0 root", Modality.HYPOTHETICAL),
        ("began begin VERB 0 root", Modality.ACTUAL),
    ],
)
def test_the_governing_verb(verb, expected):
    tree = tree_from(f"""
        Iran Iran PROPN 2 nsubj
        {verb}
        to to PART 4 mark
        attack attack VERB 2 xcomp
        Iraq Iraq PROPN 4 obj
    """)
    assert modality_of(tree, 3, voice=Voice.ACTIVE, grammar=GRAMMAR)[0] is expected


def test_the_subject_of_a_speech_verb_claims_its_complement():
    tree = tree_from("""
        Turkey Turkey PROPN 2 nsubj
        said say VERB 0 root
        Iran Iran PROPN 4 nsubj
        attacked attack VERB 2 ccomp
        Iraq Iraq PROPN 4 obj
    """)
    speakers, word = speakers_of(scene_of(tree), 3, speech=load_speech(ENGLISH), actors=())
    assert [party.name for party in speakers] == ["Turkey"]
    assert word == "said"


def test_an_actors_own_speech_is_no_attribution():
    tree = tree_from("""
        Iran Iran PROPN 2 nsubj
        said say VERB 0 root
        Iran Iran PROPN 4 nsubj
        attacked attack VERB 2 ccomp
        Iraq Iraq PROPN 4 obj
    """)
    scene = scene_of(tree)
    own = scene.resolved[0].parties
    assert speakers_of(scene, 3, speech=load_speech(ENGLISH), actors=own) == ((), "")
