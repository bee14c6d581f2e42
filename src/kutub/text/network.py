"""The language model at run time, in numpy: words in, word classes, lemmas, heads, relations and entities out.

The network is described and trained in tools/train/network.py, which computes the same; here are no gradients, and its
parameters come from one file. Two bidirectional LSTM layers (Hochreiter and Schmidhuber 1997) read a sentence; heads
and relations are scored by biaffine forms (Dozat and Manning 2017).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from kutub.text.arborescence import best_tree
from kutub.text.chain import best_chains
from kutub.text.features import KINDS, LONGEST, Features
from kutub.text.lemmas import edited

PARAMETERS, LISTS, LEMMAS = "parameters.npz", "lists.json", "lemmas.tsv"
BATCH = 2000  # words that are read together
TYPES = 20_000  # distinct words whose vectors are remembered
SLOPE = 0.1  # of the leaky rectifier
EDITS = 5  # of a word that are tried
ROOT = "root"  # the relation of the word that hangs on none

Array = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the model says of each word of a sentence. A head is an index, -1 for the root; entities are BIO tags."""

    upos: tuple[str, ...]
    feats: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    entities: tuple[str, ...]


class Network:
    """A language's model. The same words in the same style always give the same analysis."""

    def __init__(
        self, parameters: Mapping[str, Array], lists: Mapping[str, Any], lemmas: Mapping[tuple[str, str], str]
    ) -> None:
        """Made by `Network.load`. lemmas: of known words (in lower case) by word class."""
        self._p = parameters
        self._features = Features(lists["features"], lists["letters"], lists["known"])
        self._targets: Mapping[str, Sequence[str]] = lists["targets"]
        self._relations: Sequence[str] = lists["relations"]
        self._styles = {name: number for number, name in enumerate(lists["styles"])}
        self._lemmas = lemmas
        self._types: dict[str, int] = {}
        self._vectors = np.empty((0, 0), np.float32)  # the first len(self._types) rows are filled
        self._width = parameters["style"].shape[1]

    @classmethod
    def load(cls, folder: Path) -> Network:
        """The model of a folder. Raises OSError, ValueError or KeyError when it cannot be read."""
        try:
            with (folder / PARAMETERS).open("rb") as opened, np.load(opened, allow_pickle=False) as file:
                parameters = {name: file[name].astype(np.float32) for name in file.files}
        except BadZipFile as error:
            raise ValueError(f"{PARAMETERS}: {error}") from error
        lists = json.loads((folder / LISTS).read_text(encoding="utf-8"))
        rows = (line.split("\t") for line in (folder / LEMMAS).read_text(encoding="utf-8").splitlines())
        return cls(parameters, lists, {(form, upos): lemma for form, upos, lemma in rows})

    def analyse(
        self,
        sentences: Sequence[Sequence[str]],
        *,
        styles: Sequence[str],
        spaces: Sequence[Sequence[bool]] = (),
    ) -> list[Analysis]:
        """The analyses of sentences of words, each in its style; one that is not known is that of running text.

        spaces: not looked at.
        """
        del spaces
        found = {i: Analysis((), (), (), (), (), ()) for i, words in enumerate(sentences) if not words}
        order = sorted((i for i, words in enumerate(sentences) if words), key=lambda i: (-len(sentences[i]), i))
        for batch in _batches(order, sentences):
            read = self._read([sentences[i] for i in batch], [self._styles.get(styles[i], 0) for i in batch])
            found.update(zip(batch, read, strict=True))
        return [found[i] for i in range(len(sentences))]

    def _read(self, sentences: Sequence[Sequence[str]], styles: Sequence[int]) -> Iterator[Analysis]:
        """Sentences of falling length."""
        p = self._p
        lengths = np.array([len(words) for words in sentences])
        numbers = self._numbers([word for words in sentences for word in words])
        distinct, index = np.unique(numbers, return_inverse=True)
        types = self._vectors[distinct]
        style = (p["style"] @ p["w0"] + p["b0"])[np.array(styles)]
        first = _both(types @ p["w0"], index, style, p["u0"], lengths)
        second = _both(first @ p["w1"], np.arange(len(index)), p["b1"][None].repeat(len(lengths), 0), p["u1"], lengths)
        upos, feats = (self._tags(task, first) for task in ("upos", "feats"))
        names = self._targets["entity"]
        entities = [names[n] for n in best_chains(self._scores("entity", second), p["entity_moves"], lengths)]
        lemmas = self._lemmas_of([word for words in sentences for word in words], upos, first)
        heads, relations = self._tree(second, lengths)
        start = 0
        for length in map(int, lengths):
            words = slice(start, start + length)
            yield Analysis(
                upos=tuple(upos[words]),
                feats=tuple(feats[words]),
                lemmas=tuple(lemmas[words]),
                heads=tuple((heads[words] - 1).tolist()),
                relations=tuple(self._relations[number] for number in relations[words]),
                entities=tuple(entities[words]),
            )
            start += length

    def _scores(self, task: str, states: Array) -> Array:
        scores: Array = states @ self._p[f"{task}_w"] + self._p[f"{task}_b"]
        return scores

    def _tags(self, task: str, states: Array) -> list[str]:
        names = self._targets[task]
        return [names[number] for number in self._scores(task, states).argmax(axis=1)]

    def _lemmas_of(self, words: Sequence[str], upos: Sequence[str], states: Array) -> list[str]:
        """The lemma that a word is known by, or that the best edit makes which it is long enough for."""
        lemmas = [self._lemmas.get((word.lower(), tag), "") for word, tag in zip(words, upos, strict=True)]
        unknown = [at for at, lemma in enumerate(lemmas) if not lemma]
        if unknown:
            names, scores = self._targets["edit"], self._scores("edit", states[unknown])
            for at, row, best in zip(unknown, scores, scores.argmax(axis=1), strict=True):
                made = edited(words[at], names[best])
                if made is None:
                    tries = (edited(words[at], names[edit]) for edit in np.argsort(-row, kind="stable")[1:EDITS])
                    made = next((lemma for lemma in tries if lemma is not None), words[at])
                lemmas[at] = made
        return lemmas

    def _numbers(self, words: Sequence[str]) -> Numbers:
        """Numbers of words in the table of their vectors, which is filled as needed."""
        words = [word[:LONGEST] for word in words]
        new = [word for word in dict.fromkeys(words) if word not in self._types]
        if new:
            if len(self._types) + len(new) > TYPES:
                self._types.clear()
                new = list(dict.fromkeys(words))
            self._remember(new, self._vectors_of(new))
        return np.array([self._types[word] for word in words])

    def _remember(self, words: Sequence[str], vectors: Array) -> None:
        """Put new words behind those of the table, which is laid out once: memory that is not filled costs nothing."""
        first, last = len(self._types), len(self._types) + len(words)
        if last > len(self._vectors):
            self._vectors = np.empty((max(TYPES, last), vectors.shape[1]), np.float32)  # none is filled: see _numbers
        self._vectors[first:last] = vectors
        for number, word in enumerate(words, first):
            self._types[word] = number

    def _vectors_of(self, words: Sequence[str]) -> Array:
        p = self._p
        numbers = np.array([self._features.numbers(word) for word in words])
        parts = [p[f"embed{kind}"][numbers[:, kind]] for kind in range(len(KINDS))]
        letters = p["letter"][np.array([self._features.letter_numbers(word) for word in words])]
        at = 0
        while f"filter{at}_w" in p:
            weights = p[f"filter{at}_w"]  # (width * letter, filters)
            width = weights.shape[0] // letters.shape[2]
            windows = np.concatenate(
                [letters[:, k : letters.shape[1] - width + 1 + k] for k in range(width)], axis=2
            ).reshape(-1, weights.shape[0])
            made = (windows @ weights + p[f"filter{at}_b"]).reshape(len(words), -1, weights.shape[1])
            parts.append(np.maximum(made, 0.0).max(axis=1))
            at += 1
        return np.concatenate(parts, axis=1)

    def _tree(self, states: Array, lengths: Numbers) -> tuple[Numbers, Numbers]:
        """Heads (0 is the root) and numbers of relations of all words."""
        p = self._p
        dep = _leaky(states @ p["arc_dep_w"] + p["arc_dep_b"])
        asked = _one(dep) @ p["arc"]
        head_of, root = _leaky(states @ p["arc_head_w"] + p["arc_head_b"]), p["root"][None, :]
        root_head = _leaky(root @ p["arc_head_w"] + p["arc_head_b"])
        label_head = _leaky(states @ p["label_head_w"] + p["label_head_b"])
        root_label = _leaky(root @ p["label_head_w"] + p["label_head_b"])
        heads: list[Numbers] = []
        offered: list[Array] = []
        start = 0
        for length in lengths:
            rows = slice(start, start + int(length))
            scores = asked[rows] @ np.concatenate([root_head, head_of[rows]]).T
            heads.append(best_tree(scores))
            offered.append(np.concatenate([root_label, label_head[rows]])[heads[-1]])
            start = rows.stop
        label_dep = _one(_leaky(states @ p["label_dep_w"] + p["label_dep_b"]))
        head_rows = _one(np.concatenate(offered))
        made = (label_dep @ p["label"]).reshape(len(states), -1, head_rows.shape[1])
        scores = np.matmul(made, head_rows[:, :, None])[:, :, 0]
        found = np.concatenate(heads)
        scores[:, self._relations.index(ROOT)] = np.where(found == 0, np.inf, -np.inf)
        return found, scores.argmax(1)


def _batches(order: Sequence[int], sentences: Sequence[Sequence[str]]) -> Iterator[list[int]]:
    batch: list[int] = []
    for i in order:
        if batch and (len(batch) + 1) * len(sentences[batch[0]]) > BATCH:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def _leaky(x: Array) -> Array:
    leaky: Array = np.maximum(x, SLOPE * x)
    return leaky


def _one(x: Array) -> Array:
    return np.concatenate([x, np.ones((len(x), 1), np.float32)], axis=1)


def _both(given: Array, rows: Numbers, bias: Array, recurrent: Array, lengths: Numbers) -> Array:
    """Both directions of an LSTM layer over the words of all sentences, (words, 2 x hidden).

    given: what the gates get from each distinct word, (distinct, 2 x 4 x hidden), of which `rows` names those of the
    words; bias: what they get in each sentence, (sentences, 2 x 4 x hidden). Gates stand in the order input, forget,
    cell, output; all but the cell's are halved, as are their rows of `recurrent` (2, hidden, 4 x hidden): sigmoid(x) is
    (1 + tanh(x / 2)) / 2. Sentences fall in length, so that those still read stand first.
    """
    hidden = recurrent.shape[1]
    words = int(lengths.sum())
    starts = np.cumsum(lengths) - lengths
    out = np.empty((words, 2 * hidden), np.float32)
    state = np.zeros((2, len(lengths), hidden), np.float32)
    cell = np.zeros((2, len(lengths), hidden), np.float32)
    for step in range(int(lengths[0])):
        still = int(np.count_nonzero(lengths > step))
        ahead = starts[:still] + step
        back = starts[:still] + lengths[:still] - 1 - step
        gates = np.matmul(state[:, :still], recurrent)
        gates[0] += given[rows[ahead], : 4 * hidden] + bias[:still, : 4 * hidden]
        gates[1] += given[rows[back], 4 * hidden :] + bias[:still, 4 * hidden :]
        np.tanh(gates, out=gates)
        i, f, g, o = (gates[:, :, k * hidden : (k + 1) * hidden] for k in range(4))
        cell[:, :still] = 0.5 * ((f + 1.0) * cell[:, :still] + (i + 1.0) * g)
        state[:, :still] = 0.5 * (o + 1.0) * np.tanh(cell[:, :still])
        out[ahead, :hidden] = state[0, :still]
        out[back, hidden:] = state[1, :still]
    return out
