"""`kutub who`: whom a mention stands for, and the rows that say so."""

from __future__ import annotations

import json

import pytest

from kutub.views.cli import main


def printed(capfd, *arguments: str) -> str:
    assert main(["who", *arguments]) == 0
    return capfd.readouterr().out


def test_the_table_shows_the_office_of_the_day_and_why(capfd):
    out = printed(capfd, "Menlu AS", "--lang", "id", "--date", "2016-05-01")
    header, line, *evidence = out.splitlines()
    assert header.split() == ["mention", "stands", "for", "country", "sectors", "office", "why"]
    assert line.split()[:6] == ["Menlu", "AS", "John", "Kerry", "USA", "GOV"]
    assert "secretary of state 2013-02-01/2017-01-20" in line
    assert "who held the office that day" in line
    assert any(row.startswith("  form: AS, abbreviation of United States, lang/id/names.tsv:") for row in evidence)
    assert any(row.startswith("  office: ") and "actors/offices.tsv:" in row for row in evidence)


def test_a_mention_that_names_nobody_says_why(capfd):
    assert "abstained: unknown name" in printed(capfd, "Quarvel signed it.", "--lang", "en")


def test_a_pronoun_looks_back_into_the_context(capfd):
    told = ("--context", "Sergey Lavrov spoke in Moscow.", "--lang", "en", "--date", "2014-05-01")
    out = printed(capfd, "He rejected the plan.", *told, "--format", "json")
    found = [json.loads(line) for line in out.splitlines()]
    assert [(one["mention"], one["name"], one["start"]) for one in found] == [("He", "Sergey Lavrov", 0)]


def test_json_holds_the_office_with_its_dates(capfd):
    out = printed(capfd, "Barack Obama spoke.", "--lang", "en", "--date", "2020-05-01", "--format", "json")
    found = json.loads(out.splitlines()[0])
    office = {"title": "president", "start": "2009-01-20", "end": "2017-01-20", "is_held": False}
    assert (found["name"], found["country"], found["sectors"]) == ("Barack Obama", "USA", ["ELI"])
    assert found["office"] == office
    assert {one["what"] for one in found["evidence"]} >= {"form", "actor", "office"}


def test_nothing_to_resolve_is_said(capfd):
    assert main(["who", "It rained.", "--lang", "en"]) == 0
    captured = capfd.readouterr()
    assert captured.out == "" or "abstained" in captured.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["   "], "the text is empty"),
        (["Menlu AS", "--lang", "xx"], "no language 'xx'"),
        (["Menlu AS", "--lang", "id", "--actors", "none.csv"], "none.csv: cannot be read"),
    ],
)
def test_wrong_input_is_told(arguments, message, capfd):
    assert main(["who", *arguments]) == 2
    assert message in capfd.readouterr().err
