"""The anatomy data of every language can be compiled, and faults in it are said with their place."""

from __future__ import annotations

import pytest

from kutub.article import rules
from kutub.article.metadata import without_site
from kutub.errors import DataError
from kutub.language import available


@pytest.mark.parametrize("code", available())
def test_the_rules_of_every_language_compile(code):
    loaded = rules.load_rules(code)
    assert loaded.code == code
    assert loaded.lines


def test_a_wrong_pattern_names_its_file():
    with pytest.raises(DataError, match=r"here.yaml: pattern '\(' is wrong"):
        rules._by_reason({"advert": ["("]}, "here.yaml", {}, shared={})


def test_an_unknown_reason_names_the_known_ones():
    with pytest.raises(DataError, match="use one of: read also"):
        rules._by_reason({"adverts": ["x"]}, "here.yaml", {}, shared={})


@pytest.mark.parametrize(
    ("title", "publisher", "url", "expected"),
    [
        ("King Resigns - Gazette", "Gazette", None, "King Resigns"),
        ("King Resigns | Gazette.com", None, "https://www.gazette.com/a", "King Resigns"),
        ("King Resigns - Gazette.com World", None, "https://www.gazette.com/a", "King Resigns"),
        ("Gazette: King Resigns", "Gazette", None, "King Resigns"),
        ("King - Queen Resign", "Gazette", None, "King - Queen Resign"),
        ("Gazette", "Gazette", None, "Gazette"),
    ],
)
def test_only_the_site_s_name_is_taken_from_a_title(title, publisher, url, expected):
    assert without_site(title, publisher, url) == expected
