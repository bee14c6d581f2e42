"""The best tree by scores of heads, against all trees of short sentences."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from kutub.text.arborescence import best_tree


def is_tree(heads: tuple[int, ...]) -> bool:
    if heads.count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        seen, node = set(), word
        while node:
            if node in seen:
                return False
            seen.add(node)
            node = heads[node - 1]
    return True


def best_of_all(scores: np.ndarray) -> tuple[int, ...]:
    count = len(scores)
    likely = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    trees = filter(is_tree, itertools.product(range(count + 1), repeat=count))
    return max(trees, key=lambda heads: sum(likely[word, head] for word, head in enumerate(heads)))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_it_is_the_best_of_all_trees_with_one_root(count: int):
    chance = np.random.default_rng(count)
    for _ in range(60):
        scores = chance.normal(size=(count, count + 1)).astype(np.float32) * 2
        scores[np.arange(count), np.arange(count) + 1] = -1e9
        assert tuple(best_tree(scores.copy())) == best_of_all(scores.astype(np.float64))


def test_cycles_within_cycles_are_broken():
    chance = np.random.default_rng(0)
    for count in (12, 40, 120):
        for _ in range(20):
            scores = chance.normal(size=(count, count + 1)).astype(np.float32)
            scores[:, 0] -= 20.0  # nobody wants the root
            assert is_tree(tuple(int(head) for head in best_tree(scores)))


def test_a_sentence_without_preferences_has_a_tree():
    assert is_tree(tuple(int(head) for head in best_tree(np.zeros((30, 31), np.float32))))
