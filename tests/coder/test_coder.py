"""The coder on whole articles: offsets, identity, anaphors, future types, names that are no triggers."""

from dataclasses import replace
from datetime import date

import pytest

from kutub.coder import Coder
from kutub.records import Article, Modality, Part, Piece, PieceKind


@pytest.fixture(scope="module")
def english():
    return Coder.load("en")


@pytest.fixture(scope="module")
def indonesian():
    return Coder.load("id")


def article(text, *, language="en", published=date(2024, 5, 20), title=None):
    pieces, start = [], 0
    if title is not None:
        pieces.append(Piece(kind=PieceKind.TITLE, part=Part.TITLE, start=0, end=len(title)))
    for line in text.split("\n"):
        pieces.append(Piece(kind=PieceKind.BODY, part=Part.TEXT, start=start, end=start + len(line)))
        start += len(line) + 1
    return Article(
        id="a1",
        path="a1",
        text=text,
        title_text=title,
        title=title,
        pieces=tuple(pieces),
        published=published,
        language=language,
    )


def test_offsets_are_exact(english):
    text = "Iran condemned the raid.\nOn Sunday, Israel accused Iran of arming Hezbollah, and Iran denounced Israel."
    found = english.code(article(text, title="Israel condemns Iran"))
    assert found
    for event in found:
        source = "Israel condemns Iran" if event.part is Part.TITLE else text
        assert source[event.trigger.start : event.trigger.end] == event.trigger.text
        assert event.sentence in source
        for party in (*event.actors, *event.recipients, *event.attributed_to):
            assert source[party.start : party.end] == party.text


def test_event_ids_do_not_depend_on_names(english):
    text = "The US president condemned Iran."
    (one,) = english.code(article(text, published=date(2015, 1, 1)))
    (two,) = english.code(article(text, published=date(2018, 1, 1)))
    assert (one.actors[0].name, two.actors[0].name) == ("Barack Obama", "Donald Trump")
    assert one.event_id == two.event_id
    (other,) = english.code(replace(article(text), id="a2"))
    assert other.event_id != one.event_id


def test_two_directions_are_two_events(english):
    found = english.code(article("Iran condemned Israel and Israel condemned Iran."))
    assert [(e.actors[0].name, e.recipients[0].name) for e in found] == [("Iran", "Israel"), ("Israel", "Iran")]


def test_two_days_are_two_events(english):
    found = english.code(article("Iran bombed Israel on Saturday and Israel bombed Iran on Sunday."))
    assert [event.date for event in found] == ["2024-05-18", "2024-05-19"]


def test_a_question_is_no_fact(english):
    (event,) = english.code(article("Did Russia attack Ukraine?"))
    assert event.modality is Modality.HYPOTHETICAL


def test_a_year_long_ago_is_no_date_of_today(indonesian):
    (event,) = indonesian.code(article("Pada tahun 1898, Spanyol menyerang Kuba.", language="id"))
    assert (event.modality, event.date) == (Modality.HISTORICAL, None)


def test_a_conjunct_with_its_own_subject_has_its_own_modality(english):
    found = english.code(article("France will visit Japan, and Germany arrested a Russian diplomat."))
    assert [(event.type, event.modality) for event in found] == [
        ("AGREE", Modality.FUTURE),
        ("COERCE", Modality.ACTUAL),
    ]


def test_a_pronoun_with_two_antecedents_is_nobody(english):
    found = english.code(article("Joe Biden and Vladimir Putin met. He condemned Iran.", published=date(2022, 1, 1)))
    assert [event.type for event in found] == ["CONSULT"]


def test_the_deputy_is_not_the_holder(indonesian):
    (event,) = indonesian.code(article("Wakil presiden AS mengecam Iran.", language="id", published=date(2022, 1, 1)))
    assert event.actors[0].name != "Joe Biden"


def test_a_speaker_is_no_recipient(english):
    (event,) = english.code(article("Israel's army killed three journalists in Gaza, according to the UN."))
    assert "United Nations" not in {party.name for party in event.recipients}
    assert [party.name for party in event.attributed_to] == ["United Nations"]


def test_the_future_of_a_meeting_is_an_agreement(english):
    (event,) = english.code(article("Narendra Modi will visit Japan next week."))
    assert (event.type, event.mode, event.modality) == ("AGREE", None, Modality.FUTURE)


def test_claims_are_attributed(english):
    (event,) = english.code(article("Turkey said Syria attacked Lebanon on Saturday."))
    assert [party.name for party in event.attributed_to] == ["Turkey"]
    assert event.date == "2024-05-18"


def test_both_sides_are_those_of_the_last_meeting(indonesian):
    text = "Menlu Rusia Sergey Lavrov bertemu Wang Yi di Moskow.\nKedua negara mengecam Jepang."
    found = indonesian.code(article(text, language="id"))
    assert [sorted(p.name for p in event.actors) for event in found if event.type == "ACCUSE"] == [["China", "Russia"]]


def test_a_word_inside_a_name_is_no_trigger(english):
    found = english.code(article("Amnesty International is based in London."))
    assert [event for event in found if event.type == "CONCEDE"] == []


def test_old_events_are_background(indonesian):
    (event,) = indonesian.code(article("Pada 2014, Rusia menyerang Ukraina.", language="id"))
    assert (event.modality, event.date, event.date_precision) == (Modality.HISTORICAL, "2014-01-01", "year")


@pytest.mark.parametrize("text", ["", " ", "...", "A", "\u200b", "((((", "Iran " * 3000])
def test_odd_texts_give_no_error(english, text):
    assert isinstance(english.code(article(text)), tuple)


def test_an_article_is_coded_the_same_beside_any_other(english):
    one = article("Iran condemned the raid. Israel attacked Iran on Sunday.")
    alone = english.code(one)
    english.code(article("Brazil and Argentina signed a treaty. " * 40))
    assert english.code(one) == alone


def test_a_failed_agreement_is_a_rejection_between_two_given_parties(english):
    text = "Kenya and Uganda failed to reach an agreement on fishing."
    relation = english.relate(text, (0, 5), (10, 16))
    assert relation.type == "REJECT"


def test_a_relation_is_always_typed_unless_abstaining(english):
    text = "Kenya lies beside Uganda."
    assert english.relate(text, (0, 5), (18, 24)).type is not None
    assert english.relate(text, (0, 5), (18, 24), abstain=True).type is None
