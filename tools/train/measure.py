"""Score a pipeline on a treebank with gold words: UPOS, lemma, UAS, LAS, in per cent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.tokens import Doc

from tools.train.conllu import Tree


def score_words(nlp: Any, trees: Sequence[Tree]) -> dict[str, float]:
    """Shares of gold words with the right UPOS, lemma (case ignored), head, and head with relation."""
    docs = (Doc(nlp.vocab, words=[w.form for w in t.words], spaces=[w.space for w in t.words]) for t in trees)
    right = {"upos": 0, "lemma": 0, "uas": 0, "las": 0}
    total = 0
    for tree, doc in zip(trees, nlp.pipe(docs, batch_size=64), strict=True):
        for word, token in zip(tree.words, doc, strict=True):
            head = -1 if token.head.i == token.i else token.head.i
            label = "root" if head < 0 else token.dep_
            total += 1
            right["upos"] += token.pos_ == word.upos
            right["lemma"] += token.lemma_.lower() == word.lemma.lower()
            right["uas"] += head == word.head
            right["las"] += head == word.head and label == word.deprel
    return {name: round(100 * count / total, 2) for name, count in right.items()}
