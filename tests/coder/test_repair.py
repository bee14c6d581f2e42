"""Trees are mended with what gazetteer and lexicon know: hand-made trees as a small parser gets them wrong."""

import pytest
from tests.trees import tree_from

from kutub.codebook import load_codebook
from kutub.coder.actors import load_gazetteer
from kutub.coder.lexicon import load_lexicon
from kutub.coder.mentions import find_mentions
from kutub.coder.repair import mend
from kutub.language import load_language
from kutub.text.grammar import load_grammar


@pytest.fixture(scope="module")
def mended():
    def run(code, lines):
        language = load_language(code)
        grammar = load_grammar(language)
        lexicon = load_lexicon(language, grammar=grammar, codebook=load_codebook())
        tree = tree_from(lines)
        mentions = find_mentions(tree, gazetteer=load_gazetteer(language), grammar=grammar)
        after = mend(tree, mentions, lexicon, markers=grammar.words)
        return {
            token.text: (token.deprel, after.token(token.head).text if token.head >= 0 else None)
            for token in after.tokens
        }

    return run


def test_a_verb_read_as_part_of_a_name_becomes_the_predicate(mended):
    found = mended(
        "id",
        """
        Iran Iran PROPN 0 root
        mengecam mengecam NOUN 1 nmod
        Israel Israel PROPN 1 nmod
    """,
    )
    assert found["mengecam"] == ("root", None)
    assert found["Iran"] == ("nsubj", "mengecam")


def test_a_name_read_as_a_complement_becomes_the_object(mended):
    found = mended(
        "id",
        """
        Prancis Prancis PROPN 2 nsubj
        mendesak desak VERB 0 root
        Peru Peru VERB 2 xcomp
    """,
    )
    assert found["Peru"] == ("obj", "mendesak")


def test_a_participle_behind_a_party_is_its_verb(mended):
    found = mended(
        "en",
        """
        Kenyan Kenyan ADJ 2 amod
        protesters protester NOUN 0 root
        attacked attack VERB 2 acl
        police police NOUN 3 obj
    """,
    )
    assert found["attacked"] == ("root", None)
    assert found["protesters"] == ("nsubj", "attacked")


def test_a_verb_between_two_parties_of_one_phrase_is_their_verb(mended):
    found = mended(
        "en",
        """
        Somalia Somalia PROPN 3 compound
        accused accuse VERB 3 amod
        Kenya Kenya PROPN 0 root
    """,
    )
    assert found == {"Somalia": ("nsubj", "accused"), "accused": ("root", None), "Kenya": ("obj", "accused")}


def test_a_right_tree_stays_as_it_is(mended):
    found = mended(
        "en",
        """
        rebels rebel NOUN 4 nsubj
        backed back VERB 1 acl
        Turkey Turkey PROPN 2 obl:agent
        fled flee VERB 0 root
    """,
    )
    assert found["backed"] == ("acl", "rebels")
