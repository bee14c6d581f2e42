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


LONG = "Menteri itu tiba di kota pada hari Jumat malam dan bertemu raja di istana " * 12  # more than patterns are shown


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (f"Simak juga video pidato itu: {LONG}", "read also"),
        (f"Baca juga pidato {LONG}dan pulang.", None),  # a sentence, for all that its first words say
        (f"Baca juga pidato {LONG}dan pulang", "read also"),
        (f"| {LONG} |", "table residue"),
        (f"| {LONG}", None),
        ("=" * 700, "navigation"),
        (f"{'=' * 650}{LONG[:60].strip()}", None),
        (f"https://kabar.example/{'a-' * 500}", "navigation"),
        (f"https://kabar.example/{'a-' * 500} adalah alamat itu.", None),
    ],
)
def test_a_long_line_is_told_by_its_beginning_and_its_end(line, reason):
    assert len(line) > rules.LINE_LIMIT
    assert rules.load_rules("id").reason(line) == reason


@pytest.mark.parametrize("length", [rules.LINE_LIMIT - 1, rules.LINE_LIMIT, rules.LINE_LIMIT + 1, 100_000])
def test_patterns_are_shown_both_ends_of_a_line(length):
    line = ("ab" * length)[: length - 1] + "."
    shown = rules.shown_to_patterns(line)
    assert len(shown) == min(length, rules.LINE_LIMIT)
    assert (shown[:100], shown[-100:]) == (line[:100], line[-100:])


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
