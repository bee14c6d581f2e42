"""`python -m tools.train --language id|en|all --data DIR`: train the models into the language folders."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from tools.train.cards import save, write_docs
from tools.train.conllu import Tree, distinct, read_trees
from tools.train.corpora import (
    DATA,
    LANG,
    RECIPES,
    WATCHED,
    Recipe,
    digest_of_inputs,
    epoch_of,
    hashes,
    raw_sentences,
    training_sentences,
    treebank,
)
from tools.train.examples import Encoder, Lists, make_lists
from tools.train.fit import fit, shares_right
from tools.train.names import known_words
from tools.train.network import WORD, Network, Sizes
from tools.train.silver import EPOCH, raw_trees, silver_trees
from tools.train.variation import vary
from tools.train.vectors import word_vectors

WORK = Path("out/train")


def main(argv: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tools.train", description=__doc__)
    parser.add_argument("--language", choices=[*RECIPES, "all"], default="all")
    parser.add_argument("--data", type=Path, default=DATA, help="folder with treebanks/ and ner/")
    parser.add_argument("--out", type=Path, default=LANG, help="folder of the languages")
    parser.add_argument("--work", type=Path, default=WORK, help="folder of the checkpoints; training resumes from them")
    options = parser.parse_args(argv)
    if not (options.data / "treebanks").is_dir():
        parser.error(f"no treebanks in {options.data / 'treebanks'}; see docs/models.md for which, and give --data")
    torch.set_num_threads(1)
    for code in RECIPES if options.language == "all" else [options.language]:
        train_language(code, data=options.data, out=options.out / code / "model", work=options.work / code)
    if options.out == LANG:
        write_docs(LANG)
    return 0


def train_language(code: str, *, data: Path, out: Path, work: Path) -> None:
    """Train one language, measure it, and save it with its card."""
    for stem, digest in hashes(data, code).items():
        print(f"{digest}  {stem}")
    inputs = digest_of_inputs(data, code)
    recipe = RECIPES[code]
    sentences = training_sentences(data, code)
    trees = [tree for forms in sentences for tree in forms]
    print(f"{code}: {len(sentences)} sentences, {sum(len(forms[0].words) for forms in sentences)} words", flush=True)
    lists, given = _lists(trees, recipe, data)
    stem, style = recipe.dev
    watched = list(read_trees(treebank(data, stem)))[-WATCHED if stem in recipe.train else 0 :]
    dev = [replace(tree, style=style) for tree in watched]
    encoder = Encoder(lists)
    silver: list[tuple[Tree, ...]] = []

    def trained(epochs: int, work: Path) -> Network:
        def epoch(chance: random.Random) -> list[Tree]:
            some = chance.sample(silver, min(EPOCH, len(silver)))
            return [vary(tree, recipe, chance) for tree in [*epoch_of(sentences, chance), *map(chance.choice, some)]]

        torch.manual_seed(recipe.seed)
        network = Network(sizes_of(lists), dropout=recipe.dropout, given=given)
        return fit(
            network,
            lists,
            epoch,
            epochs=epochs,
            seed=recipe.seed,
            work=work,
            inputs=inputs,
            report=lambda network, _: str(shares_right(network, encoder, dev)),
        )

    if recipe.first_epochs:
        first = trained(recipe.first_epochs, work / "first")
        raw = raw_trees(raw_sentences(data, recipe), seed=recipe.seed)
        silver = silver_trees(first, lists, raw, styles=["text", *dict.fromkeys(recipe.own.values())])
        print(f"{code}: trees of the first round for {len(silver)} of {len(raw)} raw sentences", flush=True)
    network = trained(recipe.epochs, work)
    card = save(network, lists, trees, code=code, data=data, out=out)
    print(f"{out}: {card['megabytes']} MB, {card['figures']}", flush=True)


def sizes_of(lists: Lists) -> Sizes:
    """The sizes of the tables of a network that uses these lists."""
    return Sizes(
        features=[len(found) + 1 for found in lists.features.lists.values()],
        letters=lists.features.letter_count,
        styles=len(lists.styles),
        targets={task: len(names) for task, names in lists.targets.items()},
        relations=len(lists.relations),
    )


def _lists(trees: Sequence[Tree], recipe: Recipe, data: Path) -> tuple[Lists, torch.Tensor | None]:
    """The lists of a language, and vectors from raw text for its words (0 for words that it lacks)."""
    chance = random.Random(recipe.seed)
    varied = [vary(tree, recipe, chance) for tree in trees]
    if not recipe.raw:
        return make_lists(trees, varied, styles=recipe.styles, known=known_words(LANG, recipe.language)), None
    forms = [[word.form for word in tree.words] for tree in distinct(trees)]
    words, vectors = word_vectors([*raw_sentences(data, recipe), *forms], width=WORD, seed=recipe.seed)
    lists = make_lists(trees, varied, styles=recipe.styles, extra=words, known=known_words(LANG, recipe.language))
    number = {word: i for i, word in enumerate(lists.features.lists["word"], 1)}
    given = torch.zeros(len(number) + 1, WORD)
    given[[number[word] for word in words]] = vectors
    return lists, given


if __name__ == "__main__":
    sys.exit(main())
