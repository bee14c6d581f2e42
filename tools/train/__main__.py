"""`python -m tools.train --language id|en|all --data DIR`: train the models into the language folders."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

from tools.train.cards import save, write_docs
from tools.train.conllu import read_trees
from tools.train.corpora import DATA, LANG, RECIPES, hashes, training_trees, treebank
from tools.train.measure import score_words
from tools.train.pipeline import steps_of, train


def main(argv: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tools.train", description=__doc__)
    parser.add_argument("--language", choices=[*RECIPES, "all"], default="all")
    parser.add_argument("--data", type=Path, default=DATA, help="folder with treebanks/*.conllu")
    parser.add_argument("--out", type=Path, default=LANG, help="folder of the languages")
    options = parser.parse_args(argv)
    if not (options.data / "treebanks").is_dir():
        parser.error(f"no treebanks in {options.data / 'treebanks'}; see docs/models.md for which, and give --data")
    for code in RECIPES if options.language == "all" else [options.language]:
        train_language(code, data=options.data, out=options.out / code / "model")
    if options.out == LANG:
        write_docs(LANG)
    return 0


def train_language(code: str, *, data: Path, out: Path) -> None:
    """Train one language, measure it, and save it with its card."""
    for stem, digest in hashes(data, code).items():
        print(f"{digest}  {stem}")
    recipe = RECIPES[code]
    trees = training_trees(data, code)
    dev = list(read_trees(treebank(data, recipe.dev)))[:400]
    words = sum(len(tree.words) for tree in trees)
    print(f"{code}: {len(trees)} sentences, {words} words an epoch, {steps_of(trees, recipe)} steps", flush=True)
    began = time.monotonic()

    def report(nlp: Any, step: int, losses: dict[str, float]) -> None:
        scores = score_words(nlp, dev) if step % 1000 == 0 else {}
        shown = {name: round(value) for name, value in losses.items()}
        print(f"{time.monotonic() - began:.0f} s, step {step}: {shown} {scores}", flush=True)

    card = save(train(trees, recipe, report=report), code=code, data=data, out=out)
    print(f"{out}: {card['megabytes']} MB, {card['figures']}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
