"""Actors of the user's own: their forms go first, their rows are dated, their faults are said with row and column."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kutub import code, who
from kutub.coder.overlay import read_overlay
from kutub.errors import DataError, DataErrors

HEADER = "form,name,country,sectors,from,to"


def overlay(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "mine.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def parties(text: str, path: Path, day: date) -> list[tuple[str, str | None, tuple[str, ...]]]:
    found = who(text, published=day, language="en", actors=path)
    return [(party.name, party.country, party.sectors) for one in found for party in one.parties]


def test_a_row_counts_on_its_days(tmp_path):
    path = overlay(tmp_path, "Brigade X,Brigade X,IDN,REB,2014,2019-06", "Brigade X,Brigade X,IDN,GOV,2019-07,")
    assert parties("Brigade X attacked Iran.", path, date(2015, 1, 1))[0] == ("Brigade X", "IDN", ("REB",))
    assert parties("Brigade X attacked Iran.", path, date(2019, 7, 1))[0] == ("Brigade X", "IDN", ("GOV",))
    assert parties("Brigade X attacked Iran.", path, date(2010, 1, 1))[0] == ("Brigade X", "IDN", ())


def test_its_form_replaces_that_of_the_tables(tmp_path):
    path = overlay(tmp_path, "Hamas,Hamas government,PSE,GOV|PTY,,")
    assert parties("Hamas met Iran.", path, date(2023, 1, 1)) == [
        ("Hamas government", "PSE", ("GOV", "PTY")),
        ("Iran", "IRN", ("GOV",)),
    ]
    assert who("Hamas met Iran.", language="en")[0].parties[0].name == "Hamas"


def test_a_title_makes_a_person_whom_pronouns_can_mean(tmp_path):
    path = overlay(tmp_path, "Tolan Brek,Tolan Brek,IDN,GOV,2014,2018,regent", header=f"{HEADER},title")
    found = who("Tolan Brek met Iran. He resigned.", published="2015-01-01", language="en", actors=path)
    assert [one.parties[0].name for one in found if one.text == "He"] == ["Tolan Brek"]
    assert found[0].tenure is not None
    assert (found[0].tenure.title, found[0].tenure.is_held) == ("regent", True)


def test_events_carry_its_parties_and_its_hash(tmp_path):
    path = overlay(tmp_path, "Brigade X,Brigade X,IDN,REB,,")
    article = tmp_path / "news.jsonl"
    text = (
        "Brigade X attacked Iran on Monday. The ministers of the two countries said that they would speak of it soon."
    )
    article.write_text(json.dumps({"id": "a", "text": text, "date": "2015-01-01"}) + "\n", encoding="utf-8")
    for jobs in (1, 2):
        events = list(code(article, language="en", actors=path, jobs=jobs))
        assert events[0].actors[0].name == "Brigade X"
        assert ", actors " in events[0].codebook


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",Brigade X,IDN,REB,,", ":2: column form: is empty"),
        ("Brigade X,,IDN,REB,,", ":2: column name: is empty"),
        ("Brigade X,Brigade X,Rusia,REB,,", ":2: column country: 'Rusia' is no code"),
        ("Brigade X,Brigade X,IDN,REB|XYZ,,", ":2: column sectors: 'XYZ' is no sector"),
        ("Brigade X,Brigade X,IDN,REB,1/2/2014,", ":2: column from: '1/2/2014' is no date"),
        ("Brigade X,Brigade X,IDN,REB,2015,2014", ":2: column to: '2014' is before '2015'"),
        ("Brigade X,Brigade X,IDN,REB", ":2: has 4 cells, not 6"),
    ],
)
def test_a_fault_is_said_with_row_and_column(tmp_path, row, message):
    with pytest.raises((DataError, DataErrors)) as raised:
        read_overlay(overlay(tmp_path, row))
    assert f"mine.csv{message}" in str(raised.value)


def test_all_faults_are_said_at_once(tmp_path):
    with pytest.raises(DataErrors) as raised:
        read_overlay(overlay(tmp_path, ",A,IDN,REB,,", "B,B,XXX,REB,,", "C,C,IDN,REB,,", "C,D,IDN,REB,,"))
    assert [error.where.rpartition(":")[2] for error in raised.value.errors] == ["2", "3", "5"]


@pytest.mark.parametrize(
    ("header", "message"),
    [("form,name,country", "lacks the column 'sectors'"), (f"{HEADER},colour", "has the unknown column 'colour'")],
)
def test_a_header_must_be_known(tmp_path, header, message):
    with pytest.raises(DataError, match=message):
        read_overlay(overlay(tmp_path, "x,x,x", header=header))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        read_overlay(tmp_path / "none.csv")


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_and_a_byte_order_mark(tmp_path, separator):
    path = tmp_path / "mine.csv"
    rows = (HEADER.replace(",", separator), separator.join(("Menwa", "Student Regiment", "IDN", "EDU|PRM", "", "")))
    path.write_text("\n".join(rows), encoding="utf-8-sig")
    assert [(row.name, row.sectors) for row in read_overlay(path)] == [("Student Regiment", ("EDU", "PRM"))]
