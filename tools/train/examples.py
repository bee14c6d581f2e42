"""Training sentences as numbers: the lists of features and targets of a language, and batches."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import torch

from kutub.text.features import KINDS, Features, letters_of
from kutub.text.lemmas import edit_of
from tools.train.conllu import Tree, Word
from tools.train.network import NONE

SEEN = {"word": 2, "prefix2": 3, "prefix3": 3, "suffix2": 3, "suffix3": 3, "suffix4": 3, "shape": 5, "known": 3}
RARE_LETTER, RARE_FEATS, RARE_EDIT = 5, 3, 2  # what is seen less often is left out
ENTITIES = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")


@dataclass(frozen=True, slots=True)
class Lists:
    """What the numbers of features and targets stand for."""

    features: Features
    targets: dict[str, tuple[str, ...]]
    relations: tuple[str, ...]
    styles: tuple[str, ...]


def edit_for(word: Word) -> str:
    """The edit that makes a word's lemma; empty where this is not known."""
    return _edit_of(word.form, word.lemma) if word.lemma else ""


_edit_of = lru_cache(maxsize=None)(edit_of)


def make_lists(
    trees: Sequence[Tree],
    varied: Sequence[Tree],
    *,
    styles: Sequence[str],
    extra: Iterable[str] = (),
    known: Mapping[str, Sequence[str]] | None = None,
) -> Lists:
    """The lists of training sentences.

    A word that only one sentence has is not listed, so that training meets unknown words. varied: the trees as an epoch
    may show them; extra: further words to be listed; known: words of names by their kind.
    """
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    letters: Counter[str] = Counter()
    features = Features(dict.fromkeys(KINDS, ()), (), known)
    once = {tree.text: tree for tree in trees}.values()
    for tree in once:
        for word in tree.words:
            letters.update(letters_of(word.form))
            for kind, part in zip(KINDS, features.parts(word.form), strict=True):
                counts[kind][part] += 1
    seen = set(counts["word"])
    for tree in varied:
        for word in tree.words:
            if (low := features.parts(word.form)[0]) not in seen:
                counts["word"][low] += 1
    upos: Counter[str] = Counter()
    feats: Counter[str] = Counter()
    edits: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    for tree in trees:
        for word in tree.words:
            if tree.parsed:
                upos[word.upos] += 1
                feats[word.feats] += 1
                edits[edit_for(word)] += 1
                relations[word.deprel] += 1
    lists = {kind: _frequent(counts[kind], SEEN[kind]) for kind in KINDS}
    lists["word"] = tuple(dict.fromkeys([*lists["word"], *extra]))
    targets = {
        "upos": _frequent(upos, 1),
        "feats": _frequent(feats, RARE_FEATS),
        "edit": _frequent(edits, RARE_EDIT),
        "entity": ENTITIES,
    }
    features = Features(lists, _frequent(letters, RARE_LETTER), known)
    return Lists(features, targets, _frequent(relations, 1), tuple(styles))


def _frequent(counts: Counter[str], least: int) -> tuple[str, ...]:
    return tuple(
        sorted((key for key, count in counts.items() if key and count >= least), key=lambda key: (-counts[key], key))
    )


class Encoder:
    """Turns batches of trees into tensors."""

    def __init__(self, lists: Lists) -> None:
        self._features = lists.features
        self._targets = {
            task: {name: number for number, name in enumerate(names)} for task, names in lists.targets.items()
        }
        self._relations = {name: number for number, name in enumerate(lists.relations)}
        self._styles = {name: number for number, name in enumerate(lists.styles)}
        self._known: dict[str, tuple[list[int], list[int]]] = {}

    def batch(self, trees: Sequence[Tree], *, forget: float = 0.0) -> dict[str, Any]:
        """The tensors of some trees. forget: share of the words that are seen by their parts alone."""
        forms: dict[str, int] = {}
        index = [[forms.setdefault(word.form, len(forms)) for word in tree.words] for tree in trees]
        types = [self._numbers(form) for form in forms]
        lengths = torch.tensor([len(row) for row in index])
        longest = int(lengths.max())
        return {
            "features": torch.tensor([numbers for numbers, _ in types]),
            "letters": torch.tensor([letters for _, letters in types]),
            "index": _filled(index, 0, longest),
            "lengths": lengths,
            "mask": torch.arange(longest)[None, :] < lengths[:, None],
            "style": torch.tensor([self._styles[tree.style] for tree in trees]),
            "forget": forget,
        } | self._gold(trees, longest)

    def _numbers(self, form: str) -> tuple[list[int], list[int]]:
        if form not in self._known:
            self._known[form] = (self._features.numbers(form), self._features.letter_numbers(form))
        return self._known[form]

    def _gold(self, trees: Sequence[Tree], longest: int) -> dict[str, Any]:
        def rows(pick: Any) -> torch.Tensor:
            found = [[pick(word) if tree.parsed else NONE for word in tree.words] for tree in trees]
            return _filled(found, NONE, longest)

        known = self._targets
        tags = [[NONE if word.entity is None else known["entity"][word.entity] for word in t.words] for t in trees]
        return {
            "upos": rows(lambda word: known["upos"].get(word.upos, NONE)),
            "feats": rows(lambda word: known["feats"].get(word.feats, NONE)),
            "edit": rows(lambda word: known["edit"].get(edit_for(word), NONE)),
            "entity": _filled(tags, NONE, longest),
            "heads": rows(lambda word: word.head + 1),
            "relations": rows(lambda word: self._relations.get(word.deprel, NONE)),
        }


def _filled(rows: Sequence[Sequence[int]], value: int, width: int) -> torch.Tensor:
    return torch.tensor([[*row, *[value] * (width - len(row))] for row in rows])


def batches(trees: Sequence[Tree], *, words: int, chance: random.Random) -> Iterator[list[Tree]]:
    """The trees, shuffled, in batches of about so many words (filling included) of similar length."""
    order = list(trees)
    chance.shuffle(order)
    found: list[list[Tree]] = []
    for start in range(0, len(order), 1000):
        batch: list[Tree] = []
        for tree in sorted(order[start : start + 1000], key=lambda tree: len(tree.words)):
            if batch and (len(batch) + 1) * len(tree.words) > words:
                found.append(batch)
                batch = []
            batch.append(tree)
        found.append(batch)
    chance.shuffle(found)
    yield from found
