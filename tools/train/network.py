"""The network that is trained, in PyTorch; src/kutub/text/network.py computes the same in numpy.

Words (word, affixes, shape, letters through a convolution, style of the text) go through two bidirectional LSTM layers
(Hochreiter and Schmidhuber 1997). The first tags (UPOS, features, lemma edits, entities); on the second hang the
biaffine scorers of heads and relations (Dozat and Manning 2017).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from kutub.text.features import UNKNOWN

WORD, AFFIX, LETTER, FILTERS, WIDTHS = 128, 32, 32, 48, (2, 3, 4)
HIDDEN = 200
ARC, LABEL = 160, 64
TASKS = ("upos", "feats", "edit")  # of each word; entities are chains of tags
NONE = -100  # a target that is not known


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many numbers each feature, letters, styles and targets have."""

    features: Sequence[int]
    letters: int
    styles: int
    targets: dict[str, int]
    relations: int


class Network(nn.Module):
    """Scores for a batch of sentences (batch B, longest sentence N)."""

    def __init__(
        self, sizes: Sizes, *, hidden: int = HIDDEN, dropout: float = 0.33, given: Tensor | None = None
    ) -> None:
        """given: vectors of the words (words, WORD) that stay as they are; what is learnt is added to them."""
        super().__init__()
        self.dropout = dropout
        widths = [WORD, *[AFFIX] * (len(sizes.features) - 1)]
        self.embed = nn.ModuleList(
            nn.Embedding(size, width) for size, width in zip(sizes.features, widths, strict=True)
        )
        for table in self.embed:
            nn.init.normal_(table.weight, std=0.3)
        if given is not None:
            nn.init.zeros_(self.embed[0].weight)
        self.given: Tensor
        self.register_buffer("given", torch.zeros(1, WORD) if given is None else given)
        self.letter = nn.Embedding(sizes.letters, LETTER)
        self.filters = nn.ModuleList(nn.Conv1d(LETTER, FILTERS, width) for width in WIDTHS)
        inputs = sum(widths) + FILTERS * len(WIDTHS)
        self.style = nn.Embedding(sizes.styles, inputs)
        nn.init.zeros_(self.style.weight)
        self.lstms = nn.ModuleList(
            nn.LSTM(size, hidden, batch_first=True) for size in (inputs, inputs, 2 * hidden, 2 * hidden)
        )
        self.root = nn.Parameter(torch.zeros(2 * hidden))
        self.tags = nn.ModuleDict({task: nn.Linear(2 * hidden, sizes.targets[task]) for task in TASKS})
        self.entity = nn.Linear(2 * hidden, sizes.targets["entity"])
        self.moves = nn.Parameter(torch.zeros(sizes.targets["entity"] + 1, sizes.targets["entity"]))  # last: from start
        self.arc_dep, self.arc_head = nn.Linear(2 * hidden, ARC), nn.Linear(2 * hidden, ARC)
        self.label_dep, self.label_head = nn.Linear(2 * hidden, LABEL), nn.Linear(2 * hidden, LABEL)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.label = nn.Parameter(torch.zeros(sizes.relations, LABEL + 1, LABEL + 1))
        nn.init.normal_(self.arc, std=0.03)
        nn.init.normal_(self.label, std=0.03)

    def forward(self, batch: dict[str, Any]) -> tuple[dict[str, Tensor], Tensor, tuple[Tensor, Tensor]]:
        """Scores of tags by task and of entities (B, N, targets), of heads (B, N, 1 + N, root first), and what labels
        are made of."""
        x = self._words(batch)
        lengths, mask = batch["lengths"], batch["mask"]
        first = self._both(self.lstms[0], self.lstms[1], x, lengths)
        shared = self._drop(first)
        tags = {task: layer(shared) for task, layer in self.tags.items()}
        second = self._drop(self._both(self.lstms[2], self.lstms[3], shared, lengths))
        tags["entity"] = self.entity(second)
        rows = torch.cat([self.root.expand(len(second), 1, -1), second], 1)
        dep, head = self._mlp(self.arc_dep, second), self._mlp(self.arc_head, rows)
        scores = torch.cat([dep, torch.ones_like(dep[..., :1])], -1) @ self.arc @ head.transpose(1, 2)
        scores = scores.masked_fill(~torch.cat([mask[:, :1], mask], 1)[:, None, :], -1e4)
        return tags, scores, (self._mlp(self.label_dep, second), self._mlp(self.label_head, rows))

    def labels(self, made: tuple[Tensor, Tensor], heads: Tensor) -> Tensor:
        """Scores of relations (B, N, relations) for given heads (B, N; 0 is the root)."""
        dep, rows = made
        head = rows.gather(1, heads[..., None].expand(-1, -1, rows.shape[-1]))
        one = torch.ones_like(dep[..., :1])
        return torch.einsum("bni,rij,bnj->bnr", torch.cat([dep, one], -1), self.label, torch.cat([head, one], -1))

    def entity_loss(self, scores: Tensor, gold: Tensor, lengths: Tensor) -> Tensor:
        """The mean loss per word of a chain of tags (Lafferty, McCallum and Pereira 2001).

        scores: (B, N, tags); gold: (B, N), NONE where a tag is not known: then every tag is allowed there.
        """
        some = (gold != NONE).any(1)
        scores, gold, lengths = scores[some], gold[some], lengths[some]
        wanted = functional.one_hot(gold.clamp(min=0), scores.shape[-1]).bool() | (gold == NONE)[..., None]
        both = torch.cat([scores, scores.masked_fill(~wanted, -1e4)])
        ends = torch.cat([lengths, lengths])
        total = self.moves[-1] + both[:, 0]
        for step in range(1, both.shape[1]):
            ahead = torch.logsumexp(total[:, :, None] + self.moves[:-1], 1) + both[:, step]
            total = torch.where((step < ends)[:, None], ahead, total)
        free, held = torch.logsumexp(total, 1).chunk(2)
        return (free - held).sum() / (gold != NONE).sum()

    def vectors(self, kind: int) -> Tensor:
        """The vectors of a kind of features."""
        weight = self.embed[kind].weight
        return weight + self.given if kind == 0 and len(self.given) > 1 else weight

    def _words(self, batch: dict[str, Any]) -> Tensor:
        """(B, N, inputs). Features and letters are those of the distinct words of the batch; `index` finds them."""
        numbers = batch["features"]
        parts = [table(numbers[:, kind]) for kind, table in enumerate(self.embed)]
        if len(self.given) > 1:
            parts[0] = parts[0] + self.given[numbers[:, 0]]
        letters = self.letter(batch["letters"]).transpose(1, 2)
        parts += [functional.relu(layer(letters)).amax(2) for layer in self.filters]
        types = torch.cat(parts, -1)
        x = types[batch["index"]]
        if self.training:  # whole parts fall away, and now and then the word itself
            x = functional.dropout(x, self.dropout)
            keep = (torch.rand(x.shape[:2]) > batch["forget"])[..., None]
            x = torch.cat([torch.where(keep, x[..., :WORD], self.embed[0].weight[UNKNOWN]), x[..., WORD:]], -1)
        return x + self.style(batch["style"])[:, None, :]

    def _both(self, forward: nn.LSTM, backward: nn.LSTM, x: Tensor, lengths: Tensor) -> Tensor:
        places = torch.arange(x.shape[1])[None, :]
        turned = torch.where(places < lengths[:, None], lengths[:, None] - 1 - places, places)[..., None]
        left = forward(x)[0]
        right = backward(x.gather(1, turned.expand(-1, -1, x.shape[2])))[0]
        return torch.cat([left, right.gather(1, turned.expand(-1, -1, right.shape[2]))], -1)

    def _drop(self, x: Tensor) -> Tensor:
        """Dropout that is the same for all words of a sentence (Gal and Ghahramani 2016)."""
        if not self.training:
            return x
        return x * functional.dropout(torch.ones_like(x[:, :1]), self.dropout)

    def _mlp(self, layer: nn.Linear, x: Tensor) -> Tensor:
        return self._drop(functional.leaky_relu(layer(x), 0.1))
