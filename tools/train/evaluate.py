"""`python -m tools.train.evaluate --data DIR`: measure the models; exit 1 if a figure falls below its card's."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kutub.language import load_language
from kutub.text.network import Network
from tools.train.cards import figures, parser_of, read_card, write_card, write_docs
from tools.train.conllu import read_trees
from tools.train.corpora import DATA, LANG, RECIPES, treebank
from tools.train.measure import words_a_second
from tools.train.news import wrong

SLACK = 0.1  # points that rounding on another machine may cost


def main(argv: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tools.train.evaluate", description=__doc__)
    parser.add_argument("--language", choices=[*RECIPES, "all"], default="all")
    parser.add_argument("--data", type=Path, default=DATA, help="folder with treebanks/ and ner/")
    parser.add_argument("--renew", action="store_true", help="write the figures into the card instead of comparing")
    parser.add_argument("--wrong", action="store_true", help="show the own news sentences that come out wrong")
    options = parser.parse_args(argv)
    codes = list(RECIPES) if options.language == "all" else [options.language]
    if options.wrong:
        for code in codes:
            print("\n".join(wrong(parser_of(code, LANG / code / "model"), load_language(code))))
        return 0
    if not (options.data / "treebanks").is_dir():
        parser.error(f"no treebanks in {options.data / 'treebanks'}; see docs/models.md for which, and give --data")
    worse = sum(_check(code, data=options.data, renew=options.renew) for code in codes)
    if options.renew:
        write_docs(LANG)
    return 1 if worse else 0


def _check(code: str, *, data: Path, renew: bool) -> int:
    folder = LANG / code / "model"
    card = read_card(folder)
    model = Network.load(folder)
    measured = figures(parser_of(code, folder), model, code=code, data=data)
    if renew:
        card["figures"] = measured
        write_card(card, folder)
    worse = 0
    for test, found in measured.items():
        for name, value in found.items():
            floor = card["figures"].get(test, {}).get(name, 0.0)
            is_worse = value < floor - SLACK
            worse += is_worse
            print(f"{code} {test} {name}: {value} (card {floor}){' BELOW' if is_worse else ''}")
    stem, _ = next(iter(RECIPES[code].tests.values()))
    print(f"{code} speed: {words_a_second(model, list(read_trees(treebank(data, stem)))):.0f} words a second")
    return worse


if __name__ == "__main__":
    sys.exit(main())
