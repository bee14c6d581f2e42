"""The codebook's data are whole, and its faults are reported with file, line and advice."""

from __future__ import annotations

import shutil

import pytest

from kutub.codebook import CODEBOOK, NEEDS, load_codebook
from kutub.errors import DataError, DataErrors

BOOK = load_codebook()


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(CODEBOOK, tmp_path / "plover")


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_holds_all_of_plover():
    assert len(BOOK.types) == 16
    assert sum(len(BOOK.modes(type)) for type in BOOK.types) == 67
    assert len(BOOK.contexts) == 37
    assert len(BOOK.sectors) == 25
    assert list(BOOK.nonstate) == ["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"]


@pytest.mark.parametrize("type", BOOK.types)
def test_type_is_whole(type):
    event_type = BOOK.event_type(type)
    assert event_type.definition
    assert event_type.needs in NEEDS
    assert BOOK.needs(type) == event_type.needs
    cooperative = BOOK.quad(type) <= 2
    assert (BOOK.intensity(type) > 0) == cooperative or type == "REQUEST"
    for mode in event_type.modes:
        assert mode.definition
        assert set(mode.contexts) <= set(BOOK.contexts)
        assert (mode.score > 0) == cooperative or type == "REQUEST"
    assert len(set(BOOK.modes(type))) == len(BOOK.modes(type))


@pytest.mark.parametrize(
    ("type", "mode", "score"),
    [
        ("AGREE", None, 2.5),
        ("ACCUSE", None, -3.0),
        ("PROTEST", "vandalize", -5.0),
        ("ASSAULT", "unconventional", -10.0),
        ("RETREAT", "disarm", 10.0),
        ("REQUEST", "meet", 0.0),
    ],
)
def test_intensity(type, mode, score):
    assert BOOK.intensity(type, mode) == score


@pytest.mark.parametrize(
    ("type", "quad"), [("SUPPORT", 1), ("AID", 2), ("REQUEST", 3), ("SANCTION", 4), ("PROTEST", 4)]
)
def test_quad(type, quad):
    assert BOOK.quad(type) == quad


def test_future_cooperation_is_agreement():
    assert [BOOK.future_type(type) for type in ("CONSULT", "AID", "RETREAT", "ASSAULT")] == [
        "AGREE",
        "AGREE",
        "CONCEDE",
        "ASSAULT",
    ]


@pytest.mark.parametrize(
    ("type", "mode", "contexts", "code"),
    [
        ("AGREE", None, [], "03"),
        ("AGREE", None, ["economic"], "0311"),
        ("AGREE", None, ["economic", "military"], "0312"),
        ("CONSULT", "visit", ["economic"], "042"),
        ("ASSAULT", "suicide-attack", [], "1831"),
        ("ACCUSE", "investigate", ["military", "legal"], "094"),
        ("ACCUSE", "investigate", ["military"], "093"),
        ("RETREAT", "access", ["peacekeeping"], "0861"),
    ],
)
def test_cameo(type, mode, contexts, code):
    assert BOOK.cameo(type, mode, contexts) == code


@pytest.mark.parametrize(
    ("code", "type", "mode"),
    [
        ("0311", "AGREE", None),
        ("1831", "ASSAULT", "suicide-attack"),
        ("204", "ASSAULT", "unconventional"),
        ("20", "ASSAULT", None),
        ("010", None, None),
        ("0211", "REQUEST", "assist"),
        ("1949", "ASSAULT", "heavy-weapons"),
        ("0841", "RETREAT", "release"),
        ("163", "SANCTION", "discontinue"),
    ],
)
def test_read_cameo(code, type, mode):
    reading = BOOK.read_cameo(code)
    assert (reading.type, reading.mode) == (type, mode)


def test_each_rule_to_cameo_reads_back_to_its_type():
    assert all(BOOK.read_cameo(rule.cameo).type in (rule.type, "SANCTION") for rule in BOOK.to_cameo)


def test_version_names_book_and_hash():
    name, number, hash = BOOK.version.split()
    assert (name, number, len(hash)) == ("PLOVER", "2.0", 12)


def test_is_read_once():
    assert load_codebook() is load_codebook()


def test_unknown_words_get_advice():
    with pytest.raises(DataError, match="did you mean ACCUSE"):
        BOOK.quad("ACUSE")
    with pytest.raises(DataError, match="did you mean allege"):
        BOOK.intensity("ACCUSE", "alege")
    with pytest.raises(DataError, match="AGREE has no mode"):
        BOOK.intensity("AGREE", "visit")
    with pytest.raises(DataError, match="no CAMEO code"):
        BOOK.read_cameo("99")


def test_version_follows_the_data(folder):
    before = load_codebook(folder).version
    edit(folder / "AID.yaml", "score: 10.0", "score: 9.0")
    load_codebook.cache_clear()
    assert load_codebook(folder).version != before


def test_all_faults_are_reported_at_once(folder):
    edit(folder / "AID.yaml", "quad: 2", "quad: 7")
    edit(folder / "ACCUSE.yaml", "needs: either", "needs: eitther")
    edit(folder / "CONSULT.yaml", "score: 2.5", "score: high")
    edit(folder / "RETREAT.yaml", 'cameo: "08"', 'cameo: "88"')
    edit(folder / "COERCE.yaml", "contexts: [cyber]", "contexts: [cybr]")
    edit(folder / "AGREE.yaml", "modes: []", "modes: [visit]")
    edit(folder / "crosswalk.yaml", "{type: AGREE, contexts: [military]", "{type: AGRE, contexts: [military]")
    edit(folder / "codebook.yaml", "AID: AGREE", "AYD: AGREE")
    with pytest.raises(DataErrors) as caught:
        load_codebook(folder)
    messages = [str(error) for error in caught.value.errors]
    for part in (
        "quad 7",
        "did you mean either",
        "wrong kind of value for the key 'score'",
        "'88'",
        "did you mean cyber",
        "'visit', which is no mapping",
        "did you mean AGREE",
        "did you mean AID",
    ):
        assert any(part in message for message in messages), part
    assert all(".yaml" in error.where for error in caught.value.errors)


def test_missing_and_stray_files_are_reported(folder):
    (folder / "AID.yaml").rename(folder / "AYD.yaml")
    with pytest.raises(DataErrors, match="AYD is not among the types") as caught:
        load_codebook(folder)
    assert any("cannot be read" in str(error) for error in caught.value.errors)
