"""Places of events: hand-made trees, with a small gazetteer and the packaged words of each language.

A tree is written word by word as `text/UPOS/head/relation`, heads counted from 1, the trigger marked by a star.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kutub.coder.place_names import NamedPlace
from kutub.coder.places import Gazetteer, load_words
from kutub.language import load_language
from kutub.records import Part, PieceKind, Place, Sentence, Token

STATES = {
    "RUS": "Russia", "USA": "United States", "GEO": "Georgia", "JOR": "Jordan", "CHN": "China", "SYR": "Syria",
    "IDN": "Indonesia", "PSE": "Palestine", "FRA": "France", "LBN": "Lebanon", "BOL": "Bolivia", "AFG": "Afghanistan",
}  # fmt: skip
NAMES = {
    "en": (
        "Russia RUS name;Moscow RUS capital;Kazan RUS city;US USA abbreviation;United States USA name;"
        "Washington USA capital;New York USA city;White House USA metonym;Georgia GEO name;"
        "Tbilisi GEO capital;Jordan JOR name;China CHN name;Chinese CHN demonym;Beijing CHN capital;"
        "Syrian SYR demonym;Aleppo SYR city;Lebanon LBN name;Gaza PSE city;South America - name;"
        "America USA alias;France FRA name;Paris FRA capital;Sucre BOL capital?;Bolivia BOL name;"
        "Kabul AFG capital;Indonesia IDN name"
    ),
    "id": (
        "Rusia RUS name;Moskwa RUS capital;AS USA abbreviation;Amerika Serikat USA name;"
        "Washington USA capital;Gedung Putih USA metonym;Georgia GEO name;Tbilisi GEO capital;Cina CHN name;"
        "Beijing CHN capital;Suriah SYR name;Damaskus SYR capital;Jalur Gaza PSE city;Gaza PSE city;"
        "Indonesia IDN name;Jakarta IDN capital;Amerika Selatan - name;Amerika USA alias;Prancis FRA name"
    ),
}


def gazetteer(code: str) -> Gazetteer:
    places = []
    for entry in NAMES[code].split(";"):
        form, country, kind = entry.rsplit(" ", 2)
        is_doubtful = kind.endswith("?") or form == "Georgia"
        kind = kind.rstrip("?")
        state = STATES.get(country, "")
        country = country if state else ""  # a region of no state
        places.append(NamedPlace(form=form, country=country, state=state, kind=kind, is_doubtful=is_doubtful))
    return Gazetteer(places, load_words(load_language(code)))


GAZETTEERS = {code: gazetteer(code) for code in NAMES}


def sentence(tree: str, *, offset: int = 100) -> tuple[Sentence, int]:
    """The sentence a compact tree stands for, and the index of its trigger."""
    tokens: list[Token] = []
    trigger, text = 0, ""
    for index, cell in enumerate(tree.split()):
        word, upos, head, relation = cell.rsplit("/", 3)
        if word.startswith("*"):
            trigger, word = index, word[1:]
        start = offset + len(text) + (1 if text else 0)
        text = f"{text} {word}" if text else word
        tokens.append(
            Token(
                index=index, text=word, start=start, end=start + len(word), upos=upos,
                lemma=LEMMAS.get(word, word.lower()), head=int(head) - 1, deprel=relation,
            )
        )  # fmt: skip
    made = Sentence(
        part=Part.TEXT,
        kind=PieceKind.BODY,
        index=0,
        start=offset,
        end=offset + len(text),
        text=text,
        tokens=tuple(tokens),
    )
    return made, trigger


LEMMAS = {"launched": "launch", "held": "hold", "paid": "pay"}

ENGLISH = {
    "city": ("Police/NOUN/2/nsubj *arrested/VERB/0/root him/PRON/2/obj in/ADP/5/case Paris/PROPN/2/obl", "Paris FRA"),
    "state": (
        "Police/NOUN/2/nsubj *arrested/VERB/0/root him/PRON/2/obj in/ADP/5/case Russia/PROPN/2/obl",
        "Russia RUS",
    ),
    "fronted": (
        "In/ADP/2/case Beijing/PROPN/5/obl ,/PUNCT/2/punct envoys/NOUN/5/nsubj *met/VERB/0/root",
        "Beijing CHN",
    ),
    "two words": (
        "Envoys/NOUN/2/nsubj *met/VERB/0/root in/ADP/5/case New/PROPN/5/compound York/PROPN/2/obl",
        "New York USA",
    ),
    "with the state": (
        "Envoys/NOUN/2/nsubj *met/VERB/0/root in/ADP/4/case Kazan/PROPN/2/obl ,/PUNCT/4/punct Russia/PROPN/4/appos",
        "Kazan RUS",
    ),
    "near": ("Rebels/NOUN/2/nsubj *fired/VERB/0/root near/ADP/4/case Aleppo/PROPN/2/obl", "Aleppo SYR"),
    "outside": ("Crowds/NOUN/2/nsubj *rallied/VERB/0/root outside/ADP/4/case Kabul/PROPN/2/obl", "Kabul AFG"),
    "noun": ("The/DET/2/det *attack/NOUN/0/root in/ADP/4/case Kabul/PROPN/2/nmod", "Kabul AFG"),
    "light verb": (
        "They/PRON/2/nsubj launched/VERB/0/root an/DET/4/det *attack/NOUN/2/obj in/ADP/6/case Gaza/PROPN/2/obl",
        "Gaza PSE",
    ),
    "other verb": (
        "They/PRON/2/nsubj condemned/VERB/0/root an/DET/4/det *attack/NOUN/2/obj in/ADP/6/case Paris/PROPN/2/obl",
        None,
    ),
    "object of speech": (
        "China/PROPN/2/nsubj *condemned/VERB/0/root the/DET/4/det attack/NOUN/2/obj in/ADP/6/case Kabul/PROPN/4/nmod",
        None,
    ),
    "direction": (
        "Troops/NOUN/2/nsubj *fought/VERB/0/root in/ADP/5/case southern/ADJ/5/amod Lebanon/PROPN/2/obl",
        "Lebanon LBN",
    ),
    "city of": (
        "Troops/NOUN/2/nsubj *fought/VERB/0/root in/ADP/5/case the/DET/5/det city/NOUN/2/obl of/ADP/7/case "
        "Aleppo/PROPN/5/nmod",
        "Aleppo SYR",
    ),
    "demonym": (
        "Troops/NOUN/2/nsubj *fought/VERB/0/root in/ADP/6/case the/DET/6/det Syrian/ADJ/6/amod town/NOUN/2/obl "
        "of/ADP/8/case "
        "Manbij/PROPN/6/nmod",
        "Syria SYR",
    ),
    "possessed region": (
        "Troops/NOUN/2/nsubj *fought/VERB/0/root in/ADP/6/case Russia/PROPN/6/nmod:poss 's/PART/4/case "
        "Belgorod/PROPN/2/obl",
        "Russia RUS",
    ),
    "embassy in": (
        "Crowds/NOUN/2/nsubj *rallied/VERB/0/root at/ADP/6/case the/DET/6/det US/PROPN/6/compound embassy/NOUN/2/obl "
        "in/ADP/8/case Kabul/PROPN/6/nmod",
        "Kabul AFG",
    ),
    "embassy": (
        "Crowds/NOUN/2/nsubj *rallied/VERB/0/root at/ADP/5/case US/PROPN/5/compound embassy/NOUN/2/obl",
        None,
    ),
    "airport": (
        "Guards/NOUN/2/nsubj *fired/VERB/0/root at/ADP/5/case Kabul/PROPN/5/compound airport/NOUN/2/obl",
        "Kabul AFG",
    ),
    "White House": (
        "They/PRON/2/nsubj *met/VERB/0/root at/ADP/6/case the/DET/6/det White/PROPN/6/compound House/PROPN/2/obl",
        "White House USA",
    ),
    "anger at": ("He/PRON/2/nsubj *raged/VERB/0/root at/ADP/4/case China/PROPN/2/obl", None),
    "subject": ("Washington/PROPN/2/nsubj *sanctioned/VERB/0/root Russia/PROPN/2/obj", None),
    "against": ("They/PRON/2/nsubj *voted/VERB/0/root against/ADP/4/case Russia/PROPN/2/obl", None),
    "from": ("They/PRON/2/nsubj *fled/VERB/0/root from/ADP/4/case Russia/PROPN/2/obl", None),
    "view": (
        "This/PRON/2/nsubj *failed/VERB/0/root in/ADP/6/case Beijing/PROPN/6/nmod:poss 's/PART/4/case view/NOUN/2/obl",
        None,
    ),
    "doubtful": ("Police/NOUN/2/nsubj *arrested/VERB/0/root him/PRON/2/obj in/ADP/5/case Georgia/PROPN/2/obl", None),
    "doubtful, supported": (
        "Tbilisi/PROPN/3/compound 's/PART/1/case police/NOUN/4/nsubj *arrested/VERB/0/root him/PRON/4/obj "
        "in/ADP/7/case "
        "Georgia/PROPN/4/obl",
        "Georgia GEO",
    ),
    "weak capital": ("Crowds/NOUN/2/nsubj *rallied/VERB/0/root in/ADP/4/case Sucre/PROPN/2/obl", None),
    "person": (
        "He/PRON/2/nsubj *invested/VERB/0/root in/ADP/4/case Jordan/PROPN/2/obl Peterson/PROPN/4/flat:name",
        None,
    ),
    "person's last name": (
        "He/PRON/2/nsubj *trusted/VERB/0/root in/ADP/4/case Michael/PROPN/2/obl Jordan/PROPN/4/flat:name",
        None,
    ),
    "newspaper": (
        "He/PRON/2/nsubj *wrote/VERB/0/root in/ADP/5/case Washington/PROPN/5/compound Post/PROPN/2/obl",
        None,
    ),
    "conjunct": (
        "In/ADP/2/case Paris/PROPN/4/obl they/PRON/4/nsubj met/VERB/0/root and/CCONJ/6/cc *signed/VERB/4/conj",
        "Paris FRA",
    ),
    "demonym alone": ("He/PRON/2/nsubj *spoke/VERB/0/root in/ADP/4/case Chinese/PROPN/2/obl", None),
    "region": ("He/PRON/2/nsubj *spoke/VERB/0/root in/ADP/5/case South/PROPN/5/compound America/PROPN/2/obl", None),
    "sea": (
        "Ships/NOUN/2/nsubj *clashed/VERB/0/root in/ADP/7/case the/DET/7/det South/PROPN/7/compound "
        "China/PROPN/7/compound "
        "Sea/PROPN/2/obl",
        None,
    ),
    "no place": ("He/PRON/2/nsubj *spoke/VERB/0/root on/ADP/4/case Monday/PROPN/2/obl", None),
}

INDONESIAN = {
    "kota": ("Polisi/NOUN/2/nsubj *menangkapnya/VERB/0/root di/ADP/4/case Jakarta/PROPN/2/obl", "Jakarta IDN"),
    "negara": ("Polisi/NOUN/2/nsubj *menangkapnya/VERB/0/root di/ADP/4/case Suriah/PROPN/2/obl", "Syria SYR"),
    "dua kata": (
        "Utusan/NOUN/2/nsubj *bertemu/VERB/0/root di/ADP/4/case Amerika/PROPN/2/obl Serikat/PROPN/4/flat:name",
        "United States USA",
    ),
    "di dekat": (
        "Rudal/NOUN/2/nsubj *jatuh/VERB/0/root di/ADP/5/case dekat/ADP/5/case Damaskus/PROPN/2/obl",
        "Damaskus SYR",
    ),
    "di luar": (
        "Rudal/NOUN/2/nsubj *jatuh/VERB/0/root di/ADP/4/case luar/NOUN/2/obl Damaskus/PROPN/4/nmod",
        "Damaskus SYR",
    ),
    "di dalam lmod": (
        "Rudal/NOUN/2/nsubj *jatuh/VERB/0/root di/ADP/5/case dalam/NOUN/5/nmod:lmod Suriah/PROPN/2/obl",
        "Syria SYR",
    ),
    "di antara": (
        "Utusan/NOUN/2/nsubj *bertemu/VERB/0/root di/ADP/5/case antara/NOUN/5/nmod:lmod Rusia/PROPN/2/obl",
        None,
    ),
    "di bawah tekanan": (
        "Ia/PRON/2/nsubj *mundur/VERB/0/root di/ADP/5/case bawah/NOUN/5/nmod:lmod tekanan/NOUN/2/obl AS/PROPN/5/nmod",
        None,
    ),
    "ibu kota": (
        "Utusan/NOUN/2/nsubj *bertemu/VERB/0/root di/ADP/4/case ibu/NOUN/2/obl kota/NOUN/4/compound Rusia/PROPN/4/nmod",
        "Russia RUS",
    ),
    "gedung": (
        "Utusan/NOUN/2/nsubj *bertemu/VERB/0/root di/ADP/4/case Gedung/PROPN/2/obl DPR/PROPN/4/flat:name "
        ",/PUNCT/7/punct "
        "Jakarta/PROPN/4/appos",
        "Jakarta IDN",
    ),
    "Senayan": (
        "Massa/NOUN/2/nsubj *berunjuk/VERB/0/root rasa/NOUN/2/compound di/ADP/5/case Senayan/PROPN/2/obl",
        None,
    ),
    "Senayan, Jakarta": (
        "Massa/NOUN/2/nsubj *berkumpul/VERB/0/root di/ADP/4/case Senayan/PROPN/2/obl ,/PUNCT/6/punct "
        "Jakarta/PROPN/4/appos",
        "Jakarta IDN",
    ),
    "Jakarta Selatan": (
        "Massa/NOUN/2/nsubj *berkumpul/VERB/0/root di/ADP/4/case Jakarta/PROPN/2/obl Selatan/PROPN/4/flat:name",
        "Jakarta IDN",
    ),
    "koran": (
        "Ia/PRON/2/nsubj *menulis/VERB/0/root di/ADP/4/case Washington/PROPN/2/obl Post/PROPN/4/flat:name",
        None,
    ),
    "jalur": ("*Serangan/NOUN/0/root di/ADP/3/case Jalur/PROPN/1/nmod Gaza/PROPN/3/flat:name", "Jalur Gaza PSE"),
    "Kremlin sebagai pelaku": ("Moskwa/PROPN/2/nsubj *menuduh/VERB/0/root Washington/PROPN/2/obj", None),
    "terhadap": ("*Serangan/NOUN/0/root terhadap/ADP/3/case Suriah/PROPN/1/nmod", None),
    "ke bukan kunjungan": (
        "Rusia/PROPN/2/nsubj *menembakkan/VERB/0/root rudal/NOUN/2/obj ke/ADP/5/case Suriah/PROPN/2/obl",
        None,
    ),
    "melakukan serangan": (
        "Rusia/PROPN/2/nsubj melakukan/VERB/0/root *serangan/NOUN/2/obj di/ADP/5/case Suriah/PROPN/2/obl",
        "Syria SYR",
    ),
    "Georgia": ("Polisi/NOUN/2/nsubj *menangkapnya/VERB/0/root di/ADP/4/case Georgia/PROPN/2/obl", None),
    "kawasan": (
        "Ia/PRON/2/nsubj *berpidato/VERB/0/root di/ADP/4/case Amerika/PROPN/2/obl Selatan/PROPN/4/flat:name",
        None,
    ),
    "di mata": ("Ia/PRON/2/nsubj *gagal/VERB/0/root di/ADP/4/case mata/NOUN/2/obl Cina/PROPN/4/nmod", None),
}

CASES = [
    pytest.param(code, tree, expected, id=f"{code}:{name}")
    for code, table in (("en", ENGLISH), ("id", INDONESIAN))
    for name, (tree, expected) in table.items()
]


def shown(place: Place | None) -> str | None:
    return None if place is None else f"{place.name} {place.country}"


@pytest.mark.parametrize(("code", "tree", "expected"), CASES)
def test_place(code, tree, expected):
    made, trigger = sentence(tree)
    place = GAZETTEERS[code].find_place(made, trigger)
    assert shown(place) == expected
    if place is not None:
        assert place.text in made.text
        assert (place.latitude, place.longitude) == (None, None)


@pytest.mark.parametrize(
    ("code", "tree", "expected"),
    [
        ("en", "Wang/PROPN/2/nsubj *visited/VERB/0/root Moscow/PROPN/2/obj", "Moscow RUS"),
        ("en", "The/DET/2/det *visit/NOUN/0/root to/ADP/4/case Moscow/PROPN/2/nmod", "Moscow RUS"),
        (
            "en",
            "He/PRON/2/nsubj paid/VERB/0/root a/DET/4/det *visit/NOUN/2/obj to/ADP/6/case China/PROPN/2/obl",
            "China CHN",
        ),
        ("en", "Wang/PROPN/2/nsubj *arrived/VERB/0/root in/ADP/4/case Moscow/PROPN/2/obl", "Moscow RUS"),
        ("en", "Wang/PROPN/2/nsubj *visited/VERB/0/root troops/NOUN/2/obj", None),
        ("id", "*Kunjungan/NOUN/0/root Wang/PROPN/1/nmod ke/ADP/4/case Moskwa/PROPN/1/nmod", "Moskwa RUS"),
        ("id", "Wang/PROPN/2/nsubj *mengunjungi/VERB/0/root Cina/PROPN/2/obj", "China CHN"),
        ("id", "Wang/PROPN/2/nsubj *tiba/VERB/0/root di/ADP/4/case Jakarta/PROPN/2/obl", "Jakarta IDN"),
        ("id", "Wang/PROPN/2/nsubj *bertolak/VERB/0/root dari/ADP/4/case Jakarta/PROPN/2/obl", None),
    ],
)
def test_a_visit_takes_place_at_its_destination(code, tree, expected):
    made, trigger = sentence(tree)
    assert shown(GAZETTEERS[code].find_place(made, trigger, mode="visit")) == expected


def test_context_supports_a_doubtful_name():
    made, trigger = sentence(ENGLISH["doubtful"][0])
    assert shown(GAZETTEERS["en"].find_place(made, trigger, context={"GEO"})) == "Georgia GEO"


def test_place_of_what_is_done_to_counts_only_if_asked():
    tree = "They/PRON/2/nsubj *shelled/VERB/0/root hospitals/NOUN/2/obj in/ADP/5/case Gaza/PROPN/3/nmod"
    made, trigger = sentence(tree)
    assert GAZETTEERS["en"].find_place(made, trigger) is None
    assert shown(GAZETTEERS["en"].find_place(made, trigger, through_object=True)) == "Gaza PSE"


def test_text_precision_and_state_name():
    made, trigger = sentence(ENGLISH["demonym"][0])
    place = GAZETTEERS["en"].find_place(made, trigger)
    assert place == Place(text="Syrian", name="Syria", country="SYR", precision="country")
    made, trigger = sentence(ENGLISH["White House"][0])
    place = GAZETTEERS["en"].find_place(made, trigger)
    assert place == Place(text="White House", name="White House", country="USA", precision="feature")


@pytest.mark.parametrize(("code", "preposition", "city"), [("en", "in", "Moscow"), ("id", "di", "Moskwa")])
def test_packaged_names_load_and_one_city_has_one_name_in_all_languages(code, preposition, city):
    made, trigger = sentence(f"X/PROPN/2/nsubj *y/VERB/0/root {preposition}/ADP/4/case {city}/PROPN/2/obl")
    assert shown(Gazetteer.load(load_language(code)).find_place(made, trigger)) == "Moscow RUS"


@given(data=st.data())
def test_any_tree_gives_a_place_of_its_text_or_none(data):
    words = ["in", "at", "of", "city", "New", "York", "Georgia", "Gaza", "Post", "'s", "Tbilisi", "to"]
    size = data.draw(st.integers(1, 8))
    relations = ["obl", "nmod", "nmod:poss", "case", "flat", "compound", "appos", "conj", "obj", "fixed"]
    cells = []
    for index in range(size):
        head = data.draw(st.integers(0, index))
        relation = data.draw(st.sampled_from(relations)) if head else "root"
        cells.append(
            f"{data.draw(st.sampled_from(words))}/{data.draw(st.sampled_from(['PROPN', 'NOUN']))}/{head}/{relation}"
        )
    made, _ = sentence(" ".join(cells))
    mode = data.draw(st.sampled_from([None, "visit"]))
    place = GAZETTEERS["en"].find_place(made, data.draw(st.integers(0, size - 1)), mode=mode, through_object=True)
    assert place is None or (place.text in made.text and place.country)
