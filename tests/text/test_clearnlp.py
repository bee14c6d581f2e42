"""Pipelines with ClearNLP's relations: their trees become Universal Dependencies, and the coder finds its events."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import kutub
from kutub.errors import ModelError
from kutub.language import load_language
from kutub.records import Article, Event, Part, PieceKind
from kutub.text.clearnlp import translated
from kutub.text.parser import Parser

ENTRIES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "clearnlp.yaml").read_text(encoding="utf-8"))
ROWS = {entry["shows"]: [line.split() for line in entry["words"].splitlines()] for entry in ENTRIES}
EVENTS = [entry["shows"] for entry in ENTRIES if entry.get("event")]
LABELS = sorted({row[5] for rows in ROWS.values() for row in rows})
SPACELESS = frozenset(".,?)")


def text_of(rows: list[list[str]]) -> tuple[str, list[bool]]:
    """The text of a sentence and whether a space follows each word."""
    forms = [row[0] for row in rows]
    gaps = [
        after not in SPACELESS and not after.startswith("'") and before != "("
        for before, after in zip(forms, [*forms[1:], "."], strict=True)
    ]
    return "".join(form + " " * gap for form, gap in zip(forms, gaps, strict=True)), gaps


class HandTrees:
    """A parser that knows the sentences of clearnlp.yaml by heart."""

    labels = LABELS

    def __init__(self) -> None:
        self._rows = {text_of(rows)[0]: rows for rows in ROWS.values()}

    def __call__(self, doc: Any) -> Any:
        from spacy.tokens import Doc

        rows = self._rows[doc.text]
        assert [token.text for token in doc] == [row[0] for row in rows]
        return Doc(
            doc.vocab,
            words=[row[0] for row in rows],
            spaces=[bool(token.whitespace_) for token in doc],
            lemmas=[row[1] for row in rows],
            pos=[row[2] for row in rows],
            morphs=["" if row[3] == "_" else row[3] for row in rows],
            heads=[int(row[4]) - 1 if row[4] != "0" else at for at, row in enumerate(rows)],
            deps=[row[5] for row in rows],
        )


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of an English spaCy pipeline that gives the trees of clearnlp.yaml."""
    import spacy
    from spacy.language import Language

    Language.factory("hand_trees", func=lambda nlp, name: HandTrees())  # noqa: ARG005
    nlp = spacy.blank("en")
    nlp.add_pipe("hand_trees", name="parser")
    folder = tmp_path_factory.mktemp("hand_trees") / "pipeline"
    nlp.to_disk(folder)
    return str(folder)


@pytest.mark.parametrize("shows", ROWS)
def test_a_tree_of_clearnlp_becomes_one_of_universal_dependencies(shows: str, pipeline: str):
    rows = ROWS[shows]
    text, _ = text_of(rows)
    parser = Parser.load(load_language("en"), model=pipeline)
    article = Article(id="a", path="a.txt", text=text, pieces=(), language="en")
    (sentence,) = parser.parse([(Part.TEXT, PieceKind.BODY, 0, len(text))], article=article)
    found = [(t.text, t.upos, t.head + 1, t.deprel) for t in sentence.tokens]
    assert found == [(row[0], row[8] if len(row) > 8 else row[2], int(row[6]), row[7]) for row in rows]


def events_of(text: str, models: dict[str, str] | None) -> list[tuple[Any, ...]]:
    """What is coded of a sentence: type, mode, modality, trigger, names of the parties and who claims it."""
    explained = kutub.explain(text, published="2025-10-06", language="en", models=models)
    return [what(event) for sentence in explained.sentences for event in sentence.events]


def what(event: Event) -> tuple[Any, ...]:
    names = [[party.text for party in parties] for parties in (event.actors, event.recipients, event.attributed_to)]
    return (event.type, event.mode, event.modality, event.trigger.text, event.date, event.place, *names)


@pytest.mark.parametrize("shows", EVENTS)
def test_the_coder_finds_the_same_event_as_with_its_own_model(shows: str, pipeline: str):
    text, _ = text_of(ROWS[shows])
    own = events_of(text, None)
    assert own
    assert events_of(text, {"en": pipeline}) == own


@cache
def known_labels() -> frozenset[str]:
    """The relations of our own English model."""
    import json

    lists = json.loads((load_language("en").path / "model" / "lists.json").read_text(encoding="utf-8"))
    return frozenset(lists["relations"])


def test_no_label_of_clearnlp_is_left():
    labels = [*LABELS, "aux", "csubjpass", "preconj", "prt", "neg", "dative", "agent", "no_such_label"]
    for upos in ("NOUN", "VERB", "ADP", "ADJ", "AUX", "PART", "ADV"):
        heads = [-1, *[0] * (len(labels) - 1)]
        _, relations, _ = translated(heads, ["ROOT", *labels[1:]], upos=[upos] * len(labels), feats=["_"] * len(labels))
        assert set(relations) <= known_labels() | {"csubj:pass", "csubj:outer"}


def test_any_tree_stays_a_tree():
    """Whatever labels a parser gives: one head a word, and no cycle."""
    import random

    chance = random.Random(7)
    classes = ["NOUN", "VERB", "ADP", "ADJ", "AUX", "PART", "CCONJ", "PUNCT", "ADV", "SCONJ"]
    for _ in range(3000):
        count = chance.randint(1, 14)
        heads = [chance.randrange(at) if at else -1 for at in range(count)]
        order = chance.sample(range(count), count)  # trees that grow to either side
        moved = [-1] * count
        for at, head in enumerate(heads):
            moved[order[at]] = order[head] if head >= 0 else -1
        labels = ["ROOT" if head < 0 else chance.choice(LABELS) for head in moved]
        found, relations, _ = translated(
            moved, labels, upos=[chance.choice(classes) for _ in moved], feats=["VerbForm=Inf"] * count
        )
        assert found.count(-1) == 1
        assert (relations[found.index(-1)]) == "root"
        for word in range(count):
            seen = set()
            while word >= 0:
                assert word not in seen
                seen.add(word)
                word = found[word]


def test_other_schemes_are_refused(tmp_path: Path):
    import spacy

    nlp = spacy.blank("xx")
    parser = nlp.add_pipe("parser")
    for label in ("sb", "oa", "oc"):
        parser.add_label(label)
    nlp.initialize()
    nlp.to_disk(tmp_path / "other")
    with pytest.raises(ModelError, match=r"unknown scheme: .*oa") as caught:
        Parser.load(load_language("en"), model=str(tmp_path / "other"))
    assert "Universal Dependencies" in str(caught.value.hint)
