"""Write a trained network in the form that src/kutub/text/network.py reads."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from kutub.text.features import KINDS
from kutub.text.network import LEMMAS, LISTS, PARAMETERS
from tools.train.conllu import Tree, distinct
from tools.train.examples import Lists
from tools.train.network import TASKS, Network


def write_network(network: Network, lists: Lists, trees: Sequence[Tree], folder: Path) -> None:
    """Parameters (half precision), lists, and the lemmas of the words of the trees."""
    parameters: dict[str, Any] = {name: value.astype(np.float16) for name, value in parameters_of(network).items()}
    np.savez(folder / PARAMETERS, **parameters)
    written = {
        "features": lists.features.lists,
        "letters": lists.features.letters,
        "known": lists.features.known,
        "targets": lists.targets,
        "relations": lists.relations,
        "styles": lists.styles,
    }
    (folder / LISTS).write_text(json.dumps(written, ensure_ascii=False) + "\n", encoding="utf-8")
    rows = ("\t".join((*key, lemma)) + "\n" for key, lemma in sorted(known_lemmas(trees).items()))
    (folder / LEMMAS).write_text("".join(rows), encoding="utf-8")


def known_lemmas(trees: Sequence[Tree]) -> dict[tuple[str, str], str]:
    """The lemma of each word in lower case and word class that the trees always give the same, more than once."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for tree in distinct(trees):
        if tree.parsed:
            for word in tree.words:
                counts[word.form.lower(), word.upos][word.lemma] += 1
    return {
        key: lemma
        for key, found in counts.items()
        for lemma, count in found.items()
        if len(found) == 1 and count > 1 and "\t" not in key[0] + lemma
    }


def parameters_of(network: Network) -> dict[str, np.ndarray]:
    """The parameters by the names of the runtime."""
    with torch.no_grad():
        found = {f"embed{kind}": network.vectors(kind).clone() for kind in range(len(KINDS))}
        found |= {"letter": network.letter.weight, "style": network.style.weight, "root": network.root}
        for at, layer in enumerate(network.filters):
            found[f"filter{at}_w"] = layer.weight.permute(2, 1, 0).flatten(0, 1)
            found[f"filter{at}_b"] = layer.bias
        for at in (0, 1):
            pair = network.lstms[2 * at : 2 * at + 2]
            halved = torch.ones(4, 1).repeat(1, pair[0].hidden_size)
            halved[[0, 1, 3]] = 0.5
            gates = halved.flatten()
            found[f"w{at}"] = torch.cat([(lstm.weight_ih_l0 * gates[:, None]).T for lstm in pair], 1)
            found[f"b{at}"] = torch.cat([(lstm.bias_ih_l0 + lstm.bias_hh_l0) * gates for lstm in pair])
            found[f"u{at}"] = torch.stack([(lstm.weight_hh_l0 * gates[:, None]).T for lstm in pair])
        for task in TASKS:
            found[f"{task}_w"], found[f"{task}_b"] = network.tags[task].weight.T, network.tags[task].bias
        found["entity_w"], found["entity_b"] = network.entity.weight.T, network.entity.bias
        found["entity_moves"] = network.moves
        for name in ("arc_dep", "arc_head", "label_dep", "label_head"):
            layer = getattr(network, name)
            found[f"{name}_w"], found[f"{name}_b"] = layer.weight.T, layer.bias
        found["arc"] = network.arc
        found["label"] = network.label.permute(1, 0, 2).flatten(1)
        return {name: value.contiguous().numpy() for name, value in found.items()}
