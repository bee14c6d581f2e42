"""The best tree of a sentence by the scores of heads: one root, no cycles (Chu and Liu 1965, Edmonds 1967)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
Heads = npt.NDArray[np.int64]
_NEVER = -1e9
ONE_ROOT = 1e6  # what a root costs: more than any tree can gain by a second one


def best_tree(scores: npt.NDArray[np.float32]) -> Heads:
    """The heads of words 1 to n, 0 the root, by scores (n, 1 + n): how good each is as head of each word.

    Where the best head of each word makes a tree with one root, it is that; otherwise the tree with one root whose sum
    of logarithms of probabilities is greatest.
    """
    count = len(scores)
    own = np.arange(count)
    scores[own, own + 1] = _NEVER
    heads: Heads = scores.argmax(axis=1)
    if int((heads == 0).sum()) == 1 and _reaches_root(heads):
        return heads
    shifted = scores.astype(np.float64) - scores.max(axis=1, keepdims=True)
    table = np.full((count + 1, count + 1), _NEVER)
    table[1:] = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    table[1:, 0] -= ONE_ROOT
    return np.array(_edmonds(table)[1:])


def _reaches_root(heads: Heads) -> bool:
    """Whether every word hangs on the root, at whatever distance."""
    above = np.concatenate([[0], heads])
    for _ in range(max(1, int(np.ceil(np.log2(len(above)))))):
        above = above[above]
    return not above.any()


def _edmonds(table: Scores) -> list[int]:
    """The heads of the maximum spanning arborescence from node 0 of a table (node, head); that of node 0 is 0."""
    count = len(table)
    np.fill_diagonal(table, -np.inf)
    heads = [0, *table[1:].argmax(axis=1).tolist()]
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.zeros(count, bool)
    inside[cycle] = True
    outside = [node for node in range(count) if not inside[node]]
    kept = np.array([table[node, heads[node]] for node in cycle])
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    small[:-1, :-1] = table[np.ix_(outside, outside)]
    entering = table[np.ix_(cycle, outside)] - kept[:, None]
    small[-1, :-1] = entering.max(axis=0)
    leaving = table[np.ix_(outside, cycle)]
    small[:-1, -1] = leaving.max(axis=1)
    found = _edmonds(small)
    into = found[-1]
    broken = cycle[int(entering[:, into].argmax())]
    result = list(heads)
    for at, node in enumerate(outside[1:], 1):
        head = found[at]
        result[node] = cycle[int(leaving[at].argmax())] if head == len(outside) else outside[head]
    result[broken] = outside[into]
    return result


def _cycle(heads: list[int]) -> list[int]:
    """The nodes of a cycle; none where all hang on node 0."""
    seen = [0] * len(heads)  # from which start
    for start in range(1, len(heads)):
        node = start
        while node and not seen[node]:
            seen[node] = start
            node = heads[node]
        if node and seen[node] == start:
            cycle = [node]
            while heads[cycle[-1]] != node:
                cycle.append(heads[cycle[-1]])
            return cycle
    return []
