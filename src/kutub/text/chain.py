"""The best chain of tags for each sentence (Viterbi 1967): entities begin before they go on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]


def best_chains(scores: Array, moves: Array, lengths: Numbers) -> Numbers:
    """The numbers of the tags of all words.

    scores: (words, tags) of the words of all sentences, which fall in length; moves: (1 + tags, tags), what it counts
    that a tag follows another; the last row is that of a sentence's first tag.
    """
    starts = np.cumsum(lengths) - lengths
    before = np.zeros(scores.shape, np.int64)
    total = moves[-1] + scores[starts]
    for step in range(1, int(lengths[0])):
        still = int(np.count_nonzero(lengths > step))
        offered = total[:still, :, None] + moves[None, :-1]
        words = starts[:still] + step
        before[words] = offered.argmax(axis=1)
        total[:still] = offered.max(axis=1) + scores[words]
    found = np.zeros(len(scores), np.int64)
    last = starts + lengths - 1
    found[last] = total.argmax(axis=1)
    for back in range(1, int(lengths[0])):
        still = int(np.count_nonzero(lengths > back))
        words = last[:still] - back
        found[words] = before[words + 1, found[words + 1]]
    return found
