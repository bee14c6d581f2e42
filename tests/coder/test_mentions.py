"""Mentions are joined by neighbourhood; parties are resolved on the article's date."""

from datetime import date

import pytest
from tests.trees import tree_from

from kutub.coder.actors import load_gazetteer
from kutub.coder.parties import Discourse
from kutub.coder.phrases import parties_at
from kutub.language import load_language
from kutub.text.grammar import load_grammar


def parties(language_code, lines, *, day=date(2023, 9, 20), at=None):
    language = load_language(language_code)
    grammar = load_grammar(language)
    tree = tree_from(lines)
    discourse = Discourse(gazetteer=load_gazetteer(language), grammar=grammar, day=day, home=None)
    resolved = discourse.read(tree, discourse.prepare([tree])[0])
    if at is None:
        return [party for item in resolved for party in item.parties]
    return [found.party for found in parties_at(tree, at, resolved, grammar=grammar)]


def test_title_state_and_name_are_one_party():
    found = parties(
        "id",
        """
        Menlu menlu NOUN 5 nsubj
        Rusia Rusia PROPN 1 nmod
        Sergey Sergey PROPN 1 flat:name
        Lavrov Lavrov PROPN 3 flat:name
        tiba tiba VERB 0 root
    """,
    )
    assert [(p.name, p.country, p.sectors, p.text) for p in found] == [
        ("Sergey Lavrov", "RUS", ("GOV",), "Menlu Rusia Sergey Lavrov")
    ]


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2014, 6, 1), "Barack Obama"), (date(2018, 6, 1), "Donald Trump"), (date(2022, 6, 1), "Joe Biden")],
)
def test_an_office_names_its_holder_of_the_day(day, name):
    found = parties(
        "en",
        """
        the the DET 3 det
        US US PROPN 3 compound
        president president NOUN 4 nsubj
        left leave VERB 0 root
    """,
        day=day,
    )
    assert [(p.name, p.country) for p in found] == [(name, "USA")]


def test_a_surname_alone_is_the_foremost_holder_of_a_state_in_the_article():
    found = parties(
        "id",
        """
        Wang Wang PROPN 2 nsubj
        mewakili wakil VERB 0 root
        China China PROPN 2 obj
    """,
    )
    assert [p.name for p in found] == ["Wang Yi", "China"]


def test_a_role_takes_the_state_beside_it():
    found = parties(
        "en",
        """
        Russian russian ADJ 2 amod
        troops troops NOUN 3 nsubj
        withdrew withdraw VERB 0 root
    """,
    )
    assert [(p.name, p.country, p.sectors) for p in found] == [("Russian Armed Forces", "RUS", ("MIL",))]


def test_coordinated_states_are_two_parties():
    found = parties(
        "en",
        """
        China China PROPN 4 nsubj
        and and CCONJ 3 cc
        Russia Russia PROPN 1 conj
        met meet VERB 0 root
    """,
        at=0,
    )
    assert [p.name for p in found] == ["China", "Russia"]


def test_a_currency_is_no_state():
    found = parties(
        "id",
        """
        bantuan bantu NOUN 0 root
        dolar dolar NOUN 1 nmod
        AS AS PROPN 2 nmod
    """,
    )
    assert found == []


def test_both_sides_are_the_two_named_before():
    found = parties(
        "en",
        """
        Iran Iran PROPN 4 nsubj
        and and CCONJ 3 cc
        Iraq Iraq PROPN 1 conj
        met meet VERB 0 root
        as as SCONJ 8 mark
        both both DET 7 det
        sides side NOUN 8 nsubj
        hoped hope VERB 4 advcl
    """,
        at=6,
    )
    assert [p.name for p in found] == ["Iran", "Iraq"]


def test_the_taliban_are_rebels_before_they_rule():
    lines = """
        Taliban Taliban PROPN 2 nsubj
        attacked attack VERB 0 root
    """
    assert parties("en", lines, day=date(2019, 1, 1))[0].sectors == ("REB",)
    assert parties("en", lines, day=date(2023, 1, 1))[0].sectors == ("GOV",)
