"""The parser: offsets, trees, independence of neighbours, errors. Uses the packaged models."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from bisect import bisect_right
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from tools.train.news import load

from kutub.errors import ModelError
from kutub.language import Language, load_language
from kutub.records import Article, Part, Piece, PieceKind, Sentence
from kutub.text import parse_article
from kutub.text.parser import LONGEST, Parser

TEXTS = {
    "en": "The European Union imposed sanctions on Russia after talks collapsed. Iran's army was praised by Syria.",
    "id": "Uni Eropa menjatuhkan sanksi terhadap Rusia. Presiden Mesir mengecam serangan itu, kata juru bicaranya.",
}
SUBJECTS = {
    "en": [
        ("China accused Japan of spying.", "accused", {"nsubj": "China", "obj": "Japan"}),
        ("The European Union imposed sanctions on Russia.", "imposed", {"nsubj": "Union", "obj": "sanctions"}),
        ("Two ministers were arrested by the police in Lagos.", "arrested", {"nsubj:pass": "ministers"}),
    ],
    "id": [
        ("China menuduh Jepang.", "menuduh", {"nsubj": "China", "obj": "Jepang"}),
        ("Rusia mengecam serangan Israel.", "mengecam", {"nsubj": "Rusia", "obj": "serangan"}),
        ("Dua menteri ditangkap oleh polisi.", "ditangkap", {"nsubj:pass": "menteri", "obl:agent": "polisi"}),
    ],
}


@cache
def parser_of(code: str) -> Parser:
    return Parser.load(load_language(code))


def article_of(text: str, *, code: str, title: str | None = None) -> Article:
    pieces = [Piece(kind=PieceKind.BODY, part=Part.TEXT, start=0, end=len(text))]
    if title is not None:
        pieces.insert(0, Piece(kind=PieceKind.TITLE, part=Part.TITLE, start=0, end=len(title)))
    return Article(id="a", path="a.txt", text=text, title_text=title, pieces=tuple(pieces), language=code)


def parse(text: str, *, code: str, title: str | None = None) -> tuple[Sentence, ...]:
    return parse_article(article_of(text, code=code, title=title), parser=parser_of(code))


def shape(sentence: Sentence) -> list[tuple[str, str, str, int, str]]:
    return [(t.text, t.upos, t.lemma, t.head, t.deprel) for t in sentence.tokens]


def assert_sound(sentence: Sentence, text: str):
    assert text[sentence.start : sentence.end] == sentence.text
    assert [t.index for t in sentence.tokens] == list(range(len(sentence.tokens)))
    assert [t.head for t in sentence.tokens].count(-1) == 1
    for token in sentence.tokens:
        assert text[token.start : token.end] == token.text.strip() != ""
        assert (token.head == -1) == (token.deprel == "root")
        assert token.head < len(sentence.tokens)
        assert token.head != token.index
        assert token.lemma
        assert token.upos


@pytest.mark.parametrize("code", TEXTS)
def test_tokens_know_their_place(code: str):
    sentences = parse("\n\t" + TEXTS[code] + "  \n", code=code, title=TEXTS[code])
    assert [s.index for s in sentences] == [0, 1, 2, 3]
    assert [s.part for s in sentences] == [Part.TITLE] * 2 + [Part.TEXT] * 2
    for sentence in sentences:
        assert_sound(sentence, TEXTS[code] if sentence.part is Part.TITLE else "\n\t" + TEXTS[code])


@pytest.mark.parametrize(
    ("code", "text", "verb", "wanted"), [(c, *row) for c, rows in SUBJECTS.items() for row in rows]
)
def test_plain_clauses(code: str, text: str, verb: str, wanted: dict[str, str]):
    (sentence,) = parse(text, code=code)
    at = next(t.index for t in sentence.tokens if t.text == verb)
    found = {t.deprel: t.text for t in sentence.tokens if t.head == at}
    assert sentence.tokens[at].deprel == "root"
    assert found.items() >= wanted.items()


@pytest.mark.parametrize("code", TEXTS)
def test_a_sentence_is_parsed_alike_in_any_company(code: str):
    first, second = parse(TEXTS[code], code=code)
    many = parse("\n".join([second.text, *["A b c d e."] * 300, first.text]), code=code)
    assert shape(many[0]) == shape(second)
    assert shape(many[-1]) == shape(first)


def read_alone(texts: list[str], code: str) -> list[list[tuple[str, ...]]]:
    """What is read of each text, each in an article of its own."""
    return [[whole(s) for s in parse(text, code=code)] for text in texts]


def read_together(texts: list[str], code: str) -> list[list[tuple[str, ...]]]:
    """What is read of each text, all in one article, a piece each."""
    starts = [sum(len(text) + 1 for text in texts[:at]) for at in range(len(texts))]
    pieces = [
        Piece(kind=PieceKind.BODY, part=Part.TEXT, start=start, end=start + len(text))
        for start, text in zip(starts, texts, strict=True)
    ]
    article = Article(id="a", path="a.txt", text="\n".join(texts), pieces=tuple(pieces), language=code)
    found: list[list[tuple[str, ...]]] = [[] for _ in texts]
    for sentence in parse_article(article, parser=parser_of(code)):
        found[bisect_right(starts, sentence.start) - 1].append(whole(sentence))
    return found


def whole(sentence: Sentence) -> tuple[str, ...]:
    """A sentence's tokens with all that is said of them, offsets counted from its start."""
    return tuple(repr(replace(t, start=t.start - sentence.start, end=t.end - sentence.start)) for t in sentence.tokens)


@pytest.mark.parametrize("code", TEXTS)
def test_neither_batch_nor_order_changes_a_token(code: str):
    texts = [entry["text"] for name in ("sentences", "passives") for entry in load(code, name)[::4]]
    assert len(texts) >= 60
    alone = read_alone(texts, code)
    assert all(alone)
    assert read_together(texts, code) == alone
    order = random.Random(3).sample(range(len(texts)), len(texts))
    assert read_together([texts[at] for at in order], code) == [alone[at] for at in order]
    sevens = [texts[at : at + 7] for at in range(0, len(texts), 7)]
    assert [found for part in sevens for found in read_together(part, code)] == alone


@pytest.mark.parametrize("code", TEXTS)
def test_long_sentences_are_parsed_in_pieces(code: str):
    text = ", ".join(["kata lain"] * 400)
    sentences = parse(text, code=code)
    assert max(len(s.tokens) for s in sentences) <= LONGEST
    assert sum(len(s.tokens) for s in sentences) == 400 * 3 - 1
    for sentence in sentences:
        assert_sound(sentence, text)


@pytest.mark.parametrize(
    "text", ["x" * 20_000, "a-" * 10_000, "(" * 6_000, "\u200b \u00ad", "🙂 🇮🇩 \u0301", "١٢٣ 中文。"]
)
@pytest.mark.parametrize("code", TEXTS)
def test_odd_text_neither_hangs_nor_crashes(code: str, text: str):
    began = time.perf_counter()
    for sentence in parse(text, code=code):
        assert_sound(sentence, text)
    assert time.perf_counter() - began < 10


def test_nothing_gives_nothing():
    assert parse(" \n ", code="en") == ()


def copy_of(language: Language, folder: Path) -> Language:
    shutil.copytree(language.path / "model", folder / "model")
    return Language(code=language.code, name=language.name, path=folder, settings=language.settings)


def test_a_missing_model_is_named(tmp_path: Path):
    language = load_language("id")
    empty = Language(code="id", name="Indonesian", path=tmp_path, settings=language.settings)
    with pytest.raises(ModelError, match="missing") as caught:
        Parser.load(empty)
    assert caught.value.hint


def test_a_damaged_model_is_named(tmp_path: Path):
    language = copy_of(load_language("id"), tmp_path)
    with (tmp_path / "model" / "parameters.npz").open("ab") as handle:
        handle.write(b"\0")
    with pytest.raises(ModelError, match=r"damaged"):
        Parser.load(language)


def test_a_missing_file_is_named(tmp_path: Path):
    language = copy_of(load_language("id"), tmp_path)
    (tmp_path / "model" / "parameters.npz").unlink()
    with pytest.raises(ModelError, match=r"file of the model is missing"):
        Parser.load(language)


def small_pipeline(folder: Path) -> str:
    """A spaCy pipeline with a tagger and a parser that have seen one sentence, over and over."""
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example

    nlp = spacy.blank("xx")
    nlp.add_pipe("morphologizer")
    nlp.add_pipe("parser", config={"min_action_freq": 1})
    words = ["Rusia", "mengecam", "Israel", "."]
    gold = {"pos": ["PROPN", "VERB", "PROPN", "PUNCT"], "morphs": [""] * 4, "heads": [1, 1, 1, 1]}
    doc = Doc(nlp.vocab, words=words, deps=["nsubj", "ROOT", "obj", "punct"], **gold)
    examples = [Example(Doc(nlp.vocab, words=words), doc)] * 20
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(20):
        nlp.update(examples, sgd=optimizer)
    nlp.to_disk(folder)
    return str(folder)


def test_another_pipeline_may_stand_in(tmp_path: Path):
    parser = Parser.load(load_language("id"), model=small_pipeline(tmp_path / "small"))
    text = "Rusia  mengecam Israel.\n"
    (sentence,) = parse_article(article_of(text, code="id"), parser=parser)
    assert_sound(sentence, text)
    assert shape(sentence) == [
        ("Rusia", "PROPN", "Rusia", 1, "nsubj"),
        ("mengecam", "VERB", "mengecam", -1, "root"),
        ("Israel", "PROPN", "Israel", 1, "obj"),
        (".", "PUNCT", ".", 1, "punct"),
    ]
    assert parser.model == "xx_pipeline-0.0.0"


def test_no_such_pipeline():
    with pytest.raises(ModelError, match="cannot be loaded"):
        Parser.load(load_language("en"), model="no_such_pipeline")


def test_a_pipeline_without_parser(tmp_path: Path):
    import spacy

    spacy.blank("xx").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="no parser"):
        Parser.load(load_language("en"), model=str(tmp_path / "blank"))


@pytest.mark.parametrize("command", [("code", "examples/news"), ("explain", "Iran condemned Israel.")])
def test_a_pipeline_without_spacy_says_what_to_install(tmp_path: Path, command: tuple[str, ...]):
    """A package that stands before spaCy on the path and cannot be imported is as good as none."""
    (tmp_path / "spacy").mkdir()
    (tmp_path / "spacy" / "__init__.py").write_text("raise ImportError('blocked', name='spacy')\n")
    (tmp_path / "pipeline").mkdir()
    (tmp_path / "pipeline" / "config.cfg").touch()
    call = [sys.executable, "-m", "kutub", *command, "--model", f"en={tmp_path / 'pipeline'}"]
    done = subprocess.run(
        call,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "spaCy, which is not installed" in done.stderr
    assert str(tmp_path / "pipeline") in done.stderr
    assert "pip install 'kutub[spacy]'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("code", TEXTS)
def test_the_card_states_licence_and_size(code: str):
    folder = load_language(code).path / "model"
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    assert card["licence"] == "CC BY-SA 4.0"
    assert card["megabytes"] <= 20
    assert parser_of(code).model.startswith(f"{code}-{card['version']}-")


def test_our_own_models_need_no_spacy():
    code = (
        "import sys; from kutub.language import load_language; from kutub.text import Parser; "
        "Parser.load(load_language('en')); sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
