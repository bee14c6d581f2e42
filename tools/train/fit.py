"""Train a network: epochs of batches, averaged weights, a checkpoint after each epoch from which training resumes."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from tools.train.conllu import Tree
from tools.train.examples import Encoder, Lists, batches
from tools.train.network import NONE, TASKS, Network

RATE, BETAS, WARM_UP = 2e-3, (0.9, 0.98), 200
BATCH = 1200  # words
AVERAGED, AVERAGE_EVERY = 0.99, 5  # share of the average that stays, each so many steps
FORGET = 0.15
WEIGHTS = {"upos": 1.0, "feats": 0.5, "edit": 0.5, "entity": 1.0}


def loss_of(network: Network, batch: dict[str, Any]) -> torch.Tensor:
    """The sum of the cross-entropies of tags, heads and relations."""
    tags, arcs, made = network(batch)
    total = torch.zeros(())
    for task in TASKS:
        if (batch[task] != NONE).any():
            total = total + WEIGHTS[task] * functional.cross_entropy(
                tags[task].flatten(0, 1), batch[task].flatten(), ignore_index=NONE
            )
    if (batch["entity"] != NONE).any():
        found = network.entity_loss(tags["entity"], batch["entity"], batch["lengths"])
        total = total + WEIGHTS["entity"] * found
    heads = batch["heads"]
    if (heads != NONE).any():
        total = total + functional.cross_entropy(arcs.flatten(0, 1), heads.flatten(), ignore_index=NONE)
        scores = network.labels(made, heads.clamp(min=0))
        total = total + functional.cross_entropy(scores.flatten(0, 1), batch["relations"].flatten(), ignore_index=NONE)
    return total


def fit(
    network: Network,
    lists: Lists,
    epoch_of: Callable[[random.Random], Sequence[Tree]],
    *,
    epochs: int,
    seed: int,
    work: Path,
    inputs: str,
    report: Callable[[Network, int], str],
    every: int = 4,
) -> Network:
    """The network with its averaged weights after a fixed number of epochs.

    epoch_of: the sentences of an epoch. work: folder of the checkpoint, which is resumed from if it was made from the
    same inputs (any text that names them). report: figures of the averaged network, asked
    for after some of the epochs.
    """
    encoder = Encoder(lists)
    adam = torch.optim.Adam(network.parameters(), lr=RATE, betas=BETAS)
    average = {name: value.clone() for name, value in network.state_dict().items()}
    first, step = 0, 0
    checkpoint = work / "checkpoint.pt"
    saved = torch.load(checkpoint, weights_only=True) if checkpoint.exists() else None
    if saved and saved.get("inputs") != inputs:
        print(f"{checkpoint}: made from other data or code; training begins anew", flush=True)
    elif saved:
        network.load_state_dict(saved["network"])
        adam.load_state_dict(saved["adam"])
        average, first, step = saved["average"], saved["epoch"], saved["step"]
    per_epoch = sum(1 for _ in batches(epoch_of(random.Random(seed)), words=BATCH, chance=random.Random(seed)))
    for epoch in range(first, epochs):
        began, loss_sum, count = time.monotonic(), 0.0, 0
        torch.manual_seed(seed + epoch)
        chance = random.Random(seed + epoch)
        network.train()
        for trees in batches(epoch_of(chance), words=BATCH, chance=chance):
            loss = loss_of(network, encoder.batch(trees, forget=FORGET))
            for group in adam.param_groups:
                group["lr"] = _rate(step, epochs * per_epoch)
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            adam.step()
            step, loss_sum, count = step + 1, loss_sum + float(loss.detach()), count + 1
            if step % AVERAGE_EVERY == 0:
                share = min(AVERAGED, (1 + step) / (10 * AVERAGE_EVERY + step))
                for name, value in network.state_dict().items():
                    average[name].lerp_(value, 1 - share)
        work.mkdir(parents=True, exist_ok=True)
        state = {"network": network.state_dict(), "adam": adam.state_dict(), "average": average}
        torch.save(state | {"epoch": epoch + 1, "step": step, "inputs": inputs}, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)
        told = ""
        if (epoch + 1) % every == 0 or epoch + 1 == epochs:
            told = _with(network, average, partial(report, network, epoch + 1))
        print(
            f"epoch {epoch + 1}/{epochs}: loss {loss_sum / count:.3f}, {time.monotonic() - began:.0f} s {told}",
            flush=True,
        )
    network.load_state_dict(average)
    network.eval()
    return network


def shares_right(network: Network, encoder: Encoder, trees: Sequence[Tree]) -> dict[str, float]:
    """Per cent of the words with the right UPOS, head, and head with relation; each head is chosen by itself."""
    right = dict.fromkeys(("upos", "uas", "las"), 0)
    total = 0
    for some in batches(trees, words=4000, chance=random.Random(0)):
        batch = encoder.batch(some)
        tags, arcs, made = network(batch)
        heads = arcs.argmax(-1)
        is_head = (heads == batch["heads"]) & batch["mask"]
        is_relation = network.labels(made, heads).argmax(-1) == batch["relations"]
        total += int(batch["mask"].sum())
        right["upos"] += int(((tags["upos"].argmax(-1) == batch["upos"]) & batch["mask"]).sum())
        right["uas"] += int(is_head.sum())
        right["las"] += int((is_head & is_relation).sum())
    return {name: round(100 * count / total, 2) for name, count in right.items()}


def _rate(step: int, total: int) -> float:
    return RATE * min(1.0, (step + 1) / WARM_UP) * max(0.02, 0.5 * (1 + math.cos(math.pi * min(1.0, step / total))))


def _with(network: Network, weights: dict[str, Any], act: Callable[[], str]) -> str:
    own = {name: value.clone() for name, value in network.state_dict().items()}
    network.load_state_dict(weights)
    network.eval()
    with torch.no_grad():
        told = act()
    network.load_state_dict(own)
    return told
