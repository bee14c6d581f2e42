"""Word vectors from raw text: which words stand beside a word, as positive pointwise mutual information.

Levy, Goldberg and Dagan, Improving Distributional Similarity with Lessons Learned from Word Embeddings, TACL 2015: the
singular value decomposition with the singular values to the power of one half; contexts are told apart by their place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import torch

from kutub.text.features import parts_of

PLACES = (-2, -1, 1, 2)
CONTEXTS = 8000  # most frequent words that count as contexts
LEAST = 4  # times that a word must be seen
SPREAD = 0.3  # standard deviation of the numbers
SMOOTHED = 0.75  # power of the contexts' frequencies


def word_vectors(sentences: Iterable[Sequence[str]], *, width: int, seed: int) -> tuple[list[str], torch.Tensor]:
    """Words (as features.py writes them) and their vectors (words, width)."""
    rows = [[parts_of(form)[0] for form in sentence] for sentence in sentences]
    counts = Counter(word for row in rows for word in row)
    words = sorted((word for word, count in counts.items() if count >= LEAST), key=lambda word: (-counts[word], word))
    number = {word: i for i, word in enumerate(words)}
    size = min(CONTEXTS, len(words))
    pairs: Counter[tuple[int, int]] = Counter()
    for row in rows:
        numbers = [number.get(word, -1) for word in row]
        for at, word in enumerate(numbers):
            if word < 0:
                continue
            for block, place in enumerate(PLACES):
                other = numbers[at + place] if 0 <= at + place < len(numbers) else -1
                if 0 <= other < size:
                    pairs[word, block * size + other] += 1
    keys = sorted(pairs)
    index = torch.tensor(keys).T
    values = torch.tensor([float(pairs[key]) for key in keys])
    by_word = torch.zeros(len(words)).index_add_(0, index[0], values)
    by_context = torch.zeros(len(PLACES) * size).index_add_(0, index[1], values) ** SMOOTHED
    share = values * by_context.sum() / (by_word[index[0]] * by_context[index[1]])
    information = torch.log(share).clamp(min=0.0)
    table = torch.sparse_coo_tensor(index, information, (len(words), len(PLACES) * size)).coalesce()
    torch.manual_seed(seed)
    left, singular, _ = torch.svd_lowrank(table, q=width + 16, niter=4)
    vectors = left[:, :width] * singular[:width].sqrt()
    return words, vectors * (SPREAD / vectors.std())
