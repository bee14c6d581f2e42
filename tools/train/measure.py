"""Measure a pipeline on treebanks: with gold words (UPOS, lemma, UAS, LAS), and on raw text (words, sentences)."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from spacy.tokens import Doc

from kutub.language import Language
from kutub.text.sentences import split_sentences
from kutub.text.tokens import Tokeniser
from tools.train.conllu import Tree, printed

WATCHED = {  # the relations that events are read from
    *("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "obl:tmod", "nmod", "nmod:poss", "compound", "amod"),
    *("conj", "ccomp", "xcomp", "advcl", "acl", "acl:relcl", "appos"),
}
TOGETHER = 5  # sentences that make a paragraph of raw text where the treebank marks none


def score_words(nlp: Any, trees: Sequence[Tree]) -> dict[str, float]:
    """Shares of gold words with the right UPOS, lemma (case ignored), head, and head with relation, in per cent."""
    right = {"upos": 0, "lemma": 0, "uas": 0, "las": 0}
    total = 0
    for tree, doc in zip(trees, parse_gold_words(nlp, trees), strict=True):
        for word, token in zip(tree.words, doc, strict=True):
            head, label = arc(token)
            total += 1
            right["upos"] += token.pos_ == word.upos
            right["lemma"] += token.lemma_.lower() == word.lemma.lower()
            right["uas"] += head == word.head
            right["las"] += head == word.head and label == word.deprel
    return {name: round(100 * count / total, 1) for name, count in right.items()}


def score_relations(nlp: Any, trees: Sequence[Tree]) -> dict[str, float]:
    """F1 of head and relation together, per watched relation that the treebank has at least ten times, in per cent."""
    gold: dict[str, int] = {}
    found: dict[str, int] = {}
    right: dict[str, int] = {}
    for tree, doc in zip(trees, parse_gold_words(nlp, trees), strict=True):
        for word, token in zip(tree.words, doc, strict=True):
            head, label = arc(token)
            gold[word.deprel] = gold.get(word.deprel, 0) + 1
            found[label] = found.get(label, 0) + 1
            right[label] = right.get(label, 0) + (head == word.head and label == word.deprel)
    wanted = [name for name in sorted(WATCHED) if gold.get(name, 0) >= 10]
    return {name: round(200 * right.get(name, 0) / (gold[name] + found.get(name, 0)), 1) for name in wanted}


def parse_gold_words(nlp: Any, trees: Sequence[Tree]) -> Iterator[Any]:
    """The trees' words, parsed by the pipeline."""
    docs = (Doc(nlp.vocab, words=[w.form for w in t.words], spaces=[w.space for w in t.words]) for t in trees)
    parsed: Iterator[Any] = nlp.pipe(docs, batch_size=64)
    return parsed


def arc(token: Any) -> tuple[int, str]:
    """Head (-1 for the root) and relation of a spaCy token."""
    return (-1, "root") if token.head.i == token.i else (token.head.i, token.dep_)


def score_raw(trees: Sequence[Tree], *, language: Language) -> dict[str, float]:
    """F1 of words and of sentences on raw text, in per cent. Sentences are joined by a space within a paragraph."""
    tokeniser = Tokeniser(language.settings)
    counts = {"words": [0, 0, 0], "sentences": [0, 0, 0]}
    for paragraph in _paragraphs(trees):
        text, words, sentences = _joined(paragraph)
        spans = split_sentences(text, 0, len(text), language=language)
        cut = {span for start, end in spans for span in tokeniser.words(text, start, end)}
        for name, gold, mine in (("words", words, cut), ("sentences", sentences, set(spans))):
            row = counts[name]
            row[0], row[1], row[2] = row[0] + len(gold & mine), row[1] + len(gold), row[2] + len(mine)
    return {name: round(200 * right / (gold + mine), 1) for name, (right, gold, mine) in counts.items()}


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


def _joined(trees: Sequence[Tree]) -> tuple[str, set[tuple[int, int]], set[tuple[int, int]]]:
    text, words, sentences = "", set(), set()
    for tree in trees:
        text += " " if text else ""
        at = start = len(text)
        for word in tree.words:
            words.add((at, at + len(word.form)))
            at += len(word.form) + word.space
        text += printed(tree)
        sentences.add((start, len(text)))
    return text, words, sentences


def words_a_second(nlp: Any, trees: Sequence[Tree]) -> float:
    """Speed of the pipeline on these trees' words: the best of three runs."""
    total = sum(len(tree.words) for tree in trees)
    times = [time.perf_counter()]
    for _ in range(3):
        for _ in parse_gold_words(nlp, trees):
            pass
        times.append(time.perf_counter())
    return total / min(later - sooner for sooner, later in pairwise(times))
