"""Self-training: sentences of raw news with the trees that the model of a first round is sure of.

McClosky, Charniak and Johnson, Effective Self-Training for Parsing, NAACL 2006; the second round is trained with noise
(dropout, forgotten words), as in Xie et al., Self-training with Noisy Student, CVPR 2020.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

import torch

from tools.train.conllu import Tree, Word
from tools.train.examples import Encoder, Lists, batches
from tools.train.network import Network

SHORTEST, LONGEST = 6, 40  # words
ASKED = 8000  # sentences that are parsed
SURE = 0.5  # share of them that is kept, of each length
EPOCH = 1500  # of them that an epoch sees


def raw_trees(sentences: Iterable[Sequence[str]], *, seed: int) -> list[Tree]:
    """Some of the sentences, their words alone."""
    chosen = list(dict.fromkeys(tuple(words) for words in sentences if SHORTEST <= len(words) <= LONGEST))
    random.Random(seed).shuffle(chosen)
    return [
        Tree(
            words=tuple(Word(form=form, lemma="", upos="_", head=-1, deprel="_", space=True) for form in words),
            text=" ".join(words),
        )
        for words in chosen[:ASKED]
    ]


def silver_trees(
    network: Network, lists: Lists, raw: Sequence[Tree], *, styles: Sequence[str]
) -> list[tuple[Tree, ...]]:
    """The sentences that the network is surest of, each parsed in all the styles; lemmas and features stay unknown."""
    forms: list[dict[str, Tree]] = []
    sure: dict[str, float] = {}
    for style in styles:
        parsed: dict[str, Tree] = {}
        for tree, doubt in _parsed(network, lists, [replace(tree, style=style) for tree in raw]):
            parsed[tree.text] = tree
            sure[tree.text] = max(sure.get(tree.text, 0.0), doubt)
        forms.append(parsed)
    kept: list[str] = []
    by_length: dict[int, list[str]] = {}
    for tree in raw:
        if all(tree.text in parsed for parsed in forms):
            by_length.setdefault(len(tree.words), []).append(tree.text)
    for _, texts in sorted(by_length.items()):
        texts.sort(key=lambda text: (sure[text], text))
        kept += texts[: int(len(texts) * SURE)]
    return [tuple(parsed[text] for parsed in forms) for text in kept]


def _parsed(network: Network, lists: Lists, trees: Sequence[Tree]) -> list[tuple[Tree, float]]:
    """The trees and how unsure the network is: the mean of -log p of heads and relations. Those with a ring or several
    roots are left out."""
    encoder = Encoder(lists)
    found = []
    network.eval()
    for some in batches(trees, words=4000, chance=random.Random(0)):
        with torch.no_grad():
            batch = encoder.batch(some)
            tags, arcs, made = network(batch)
            surest = torch.log_softmax(arcs, -1).max(-1)
            relation = torch.log_softmax(network.labels(made, surest.indices), -1).max(-1)
            doubt = -(surest.values + relation.values)
            upos = tags["upos"].argmax(-1)
        for row, tree in enumerate(some):
            count = len(tree.words)
            heads = (surest.indices[row, :count] - 1).tolist()
            if heads.count(-1) != 1 or not _is_tree(heads):
                continue
            words = tuple(
                replace(
                    word,
                    upos=lists.targets["upos"][int(upos[row, i])],
                    feats="",
                    head=heads[i],
                    deprel=lists.relations[int(relation.indices[row, i])],
                )
                for i, word in enumerate(tree.words)
            )
            found.append((replace(tree, words=words), float(doubt[row, :count].mean())))
    return found


def _is_tree(heads: Sequence[int]) -> bool:
    """Whether every word leads to the root."""
    for node in range(len(heads)):
        steps, at = 0, node
        while at >= 0 and steps <= len(heads):
            at, steps = heads[at], steps + 1
        if at >= 0:
            return False
    return True
