"""Measure a model on treebanks: with gold words (UPOS, features, lemma, UAS, LAS), on raw text, and on entity sets."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Protocol

from kutub.language import Language
from kutub.text.network import Analysis
from kutub.text.sentences import split_sentences
from kutub.text.tokens import Tokeniser
from tools.train.conllu import Tree, printed
from tools.train.entities import spans

WATCHED = {  # the relations that events are read from
    *("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "obl:tmod", "nmod", "nmod:poss", "compound", "amod"),
    *("conj", "ccomp", "xcomp", "advcl", "acl", "acl:relcl", "appos"),
}
TOGETHER = 5  # sentences that make a paragraph of raw text where the treebank marks none

Span = tuple[int, int]


class Model(Protocol):
    """What is measured."""

    def analyse(self, sentences: Sequence[Sequence[str]], *, styles: Sequence[str]) -> list[Analysis]:
        """The analyses of sentences of words."""
        ...


def analyses(model: Model, trees: Sequence[Tree]) -> list[tuple[Tree, Analysis]]:
    """The trees, with what the model makes of their words in their styles."""
    found = model.analyse([[w.form for w in t.words] for t in trees], styles=[t.style for t in trees])
    return list(zip(trees, found, strict=True))


def score_words(pairs: Iterable[tuple[Tree, Analysis]]) -> dict[str, float]:
    """Shares of gold words with the right UPOS, features, lemma (case ignored), head, and relation too, in per cent."""
    right = dict.fromkeys(("upos", "feats", "lemma", "uas", "las"), 0)
    total = 0
    for tree, found in pairs:
        for i, word in enumerate(tree.words):
            is_head = found.heads[i] == word.head
            total += 1
            right["upos"] += found.upos[i] == word.upos
            right["feats"] += found.feats[i] == word.feats
            right["lemma"] += found.lemmas[i].lower() == word.lemma.lower()
            right["uas"] += is_head
            right["las"] += is_head and found.relations[i] == word.deprel
    return {name: round(100 * count / total, 1) for name, count in right.items()}


def score_relations(pairs: Iterable[tuple[Tree, Analysis]]) -> dict[str, float]:
    """F1 of head and relation together, per watched relation that the treebank has at least ten times, in per cent."""
    gold: dict[str, int] = {}
    mine: dict[str, int] = {}
    right: dict[str, int] = {}
    for tree, found in pairs:
        for i, word in enumerate(tree.words):
            relation = found.relations[i]
            gold[word.deprel] = gold.get(word.deprel, 0) + 1
            mine[relation] = mine.get(relation, 0) + 1
            right[relation] = right.get(relation, 0) + (found.heads[i] == word.head and relation == word.deprel)
    wanted = [name for name in sorted(WATCHED) if gold.get(name, 0) >= 10]
    return {name: round(200 * right.get(name, 0) / (gold[name] + mine.get(name, 0)), 1) for name in wanted}


def score_entities(model: Model, sentences: Sequence[Sequence[tuple[str, str]]]) -> float:
    """F1 of whole entities (words and type) with gold words, in per cent."""
    found = model.analyse([[form for form, _ in rows] for rows in sentences], styles=["text"] * len(sentences))
    right = gold = mine = 0
    for rows, analysis in zip(sentences, found, strict=True):
        wanted, given = spans([tag for _, tag in rows]), spans(analysis.entities)
        right, gold, mine = right + len(wanted & given), gold + len(wanted), mine + len(given)
    return round(200 * right / (gold + mine), 1)


def score_raw(model: Model, trees: Sequence[Tree], *, language: Language) -> dict[str, float]:
    """F1 of words, sentences and labelled arcs on raw text, in per cent; a space joins the sentences of a paragraph."""
    tokeniser = Tokeniser(language.settings)
    counts = {"words": [0, 0, 0], "sentences": [0, 0, 0], "las": [0, 0, 0]}
    for paragraph in _paragraphs(trees):
        text, gold_arcs, gold_sentences = _joined(paragraph)
        cut = split_sentences(text, 0, len(text), language=language)
        words = [tokeniser.words(text, start, end) for start, end in cut]
        forms = [[text[a:b] for a, b in row] for row in words]
        found = model.analyse(forms, styles=[paragraph[0].style] * len(forms))
        arcs = {arc for row, analysis in zip(words, found, strict=True) for arc in _arcs(row, analysis)}
        for name, gold, mine in (
            ("words", {word for word, _, _ in gold_arcs}, {word for row in words for word in row}),
            ("sentences", gold_sentences, set(cut)),
            ("las", gold_arcs, arcs),
        ):
            row = counts[name]
            row[0], row[1], row[2] = row[0] + len(gold & mine), row[1] + len(gold), row[2] + len(mine)
    return {name: round(200 * right / (gold + mine), 1) for name, (right, gold, mine) in counts.items()}


def _arcs(words: Sequence[Span], analysis: Analysis) -> Iterator[tuple[Span, Span | None, str]]:
    for word, head, relation in zip(words, analysis.heads, analysis.relations, strict=True):
        yield word, words[head] if head >= 0 else None, relation


def _paragraphs(trees: Sequence[Tree]) -> Iterator[list[Tree]]:
    marked = any(tree.opens for tree in trees[1:])
    paragraph: list[Tree] = []
    for tree in trees:
        if paragraph and (tree.opens if marked else len(paragraph) == TOGETHER):
            yield paragraph
            paragraph = []
        paragraph.append(tree)
    if paragraph:
        yield paragraph


def _joined(trees: Sequence[Tree]) -> tuple[str, set[tuple[Span, Span | None, str]], set[Span]]:
    """The text of some trees, its arcs and its sentences."""
    text = ""
    arcs: set[tuple[Span, Span | None, str]] = set()
    sentences: set[Span] = set()
    for tree in trees:
        text += " " if text else ""
        at = start = len(text)
        words: list[Span] = []
        for word in tree.words:
            words.append((at, at + len(word.form)))
            at += len(word.form) + word.space
        for place, word in zip(words, tree.words, strict=True):
            arcs.add((place, words[word.head] if word.head >= 0 else None, word.deprel))
        text += printed(tree)
        sentences.add((start, len(text)))
    return text, arcs, sentences


def words_a_second(model: Model, trees: Sequence[Tree]) -> float:
    """Speed of the model on these trees' words: the best of three runs."""
    total = sum(len(tree.words) for tree in trees)
    times = [time.perf_counter()]
    for _ in range(3):
        analyses(model, trees)
        times.append(time.perf_counter())
    return total / min(later - sooner for sooner, later in pairwise(times))
