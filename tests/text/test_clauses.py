"""Clauses from hand-made trees: voice, inherited subjects, relative clauses, nominal predicates."""

import pytest
from tests.trees import tree_from

from kutub.language import load_language
from kutub.records import Voice
from kutub.text.clauses import nominal_clause, verbal_clause
from kutub.text.grammar import load_grammar

ENGLISH = load_grammar(load_language("en"))
INDONESIAN = load_grammar(load_language("id"))


def words(tree, indexes):
    return [tree.token(i).text for i in indexes]


def find(tree, text):
    return next(token.index for token in tree.tokens if token.text == text)


def test_the_passive_is_undone():
    tree = tree_from("""
        Aleppo Aleppo PROPN 3 nsubj:pass
        was be AUX 3 aux:pass
        bombed bomb VERB 0 root
        by by ADP 5 case
        Russia Russia PROPN 3 obl:agent
    """)
    clause = verbal_clause(tree, 2, grammar=ENGLISH)
    assert clause.voice is Voice.PASSIVE
    assert words(tree, clause.subject) == ["Russia"]
    assert words(tree, clause.object) == ["Aleppo"]


def test_a_bare_agent_follows_the_indonesian_passive():
    tree = tree_from("""
        Aktivis aktivis NOUN 3 nsubj:pass
        itu itu DET 1 det
        ditahan tahan VERB 0 root
        polisi polisi NOUN 3 obl
    """)
    clause = verbal_clause(tree, 2, grammar=INDONESIAN)
    assert words(tree, clause.subject) == ["polisi"]
    assert words(tree, clause.object) == ["Aktivis"]


def test_conjuncts_share_the_subject():
    tree = tree_from("""
        Iran Iran PROPN 2 nsubj
        attacked attack VERB 0 root
        and and CCONJ 4 cc
        occupied occupy VERB 2 conj
        Basra Basra PROPN 4 obj
    """)
    clause = verbal_clause(tree, 3, grammar=ENGLISH)
    assert words(tree, clause.subject) == ["Iran"]
    assert clause.inherited


@pytest.mark.parametrize(
    ("relative", "role"),
    [("attacked attack VERB 2 acl:relcl", "subject"), ("attacking attack VERB 2 acl", "subject")],
)
def test_the_noun_of_a_relative_clause_is_its_subject(relative, role):
    tree = tree_from(f"""
        the the DET 2 det
        rebels rebel NOUN 0 root
        {relative}
        Kabul Kabul PROPN 3 obj
    """)
    clause = verbal_clause(tree, 2, grammar=ENGLISH)
    assert words(tree, getattr(clause, role)) == ["rebels"]


def test_a_passive_participle_takes_its_noun_as_object():
    tree = tree_from("""
        rebels rebel NOUN 0 root
        backed back VERB 1 acl
        by by ADP 4 case
        Turkey Turkey PROPN 2 obl
    """)
    clause = verbal_clause(tree, 1, grammar=ENGLISH)
    assert words(tree, clause.object) == ["rebels"]
    assert words(tree, clause.subject) == ["Turkey"]


def test_the_object_of_the_matrix_controls_the_complement():
    tree = tree_from("""
        Paris Paris PROPN 2 nsubj
        urged urge VERB 0 root
        Moscow Moscow PROPN 2 obj
        to to PART 5 mark
        withdraw withdraw VERB 2 xcomp
    """)
    assert words(tree, verbal_clause(tree, 4, grammar=ENGLISH).subject) == ["Moscow"]
    assert words(tree, verbal_clause(tree, 1, grammar=ENGLISH).complement) == ["withdraw"]


def test_a_nominal_predicate_has_possessor_and_goal():
    tree = tree_from("""
        Kunjungan kunjung NOUN 5 nsubj
        Wang Wang PROPN 1 nmod:poss
        ke ke ADP 4 case
        Moskow Moskow PROPN 1 nmod
        berlangsung langsung VERB 0 root
    """)
    clause = nominal_clause(tree, 0, grammar=INDONESIAN)
    assert clause.voice is Voice.NOMINAL
    assert words(tree, clause.possessor) == ["Wang"]
    assert [(m, tree.token(i).text) for m, i in clause.obliques] == [("ke", "Moskow")]


def test_a_light_verb_gives_its_noun_a_subject():
    tree = tree_from("""
        China China PROPN 2 nsubj
        melakukan laku VERB 0 root
        kunjungan kunjung NOUN 2 obj
        ke ke ADP 5 case
        Moskow Moskow PROPN 2 obl
    """)
    clause = nominal_clause(tree, 2, grammar=INDONESIAN)
    assert words(tree, clause.subject) == ["China"]
    assert ("ke", find(tree, "Moskow")) in clause.obliques


@pytest.mark.parametrize(
    ("stem", "active", "passive"),
    [
        ("tuduh", "menuduh", "dituduh"),
        ("kecam", "mengecam", "dikecam"),
        ("serang", "menyerang", "diserang"),
        ("pukul", "memukul", "dipukul"),
        ("bantu", "membantu", "dibantu"),
        ("larang", "melarang", "dilarang"),
        ("dukung", "mendukung", "didukung"),
        ("akui", "mengakui", "diakui"),
        ("kritik", "mengkritik", "dikritik"),
        ("protes", "memprotes", "diprotes"),
    ],
)
def test_printed_forms_come_from_the_stem(stem, active, passive):
    forms = {form.voice: form.of(stem) for form in INDONESIAN.verb_forms}
    assert forms["active"] == active
    assert forms["passive"] == passive
