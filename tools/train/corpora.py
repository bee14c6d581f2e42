"""Which treebanks each language trains on and is measured on, and the small changes made to the training text."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from tools.train.conllu import Tree, Word, read_trees
from tools.train.indonesian import cut_of, harmonise, lemma_table

LANG = Path(__file__).parents[2] / "src" / "kutub" / "data" / "lang"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a language's model is made of. `train` maps a file's stem to how often an epoch sees it."""

    train: Mapping[str, int]
    dev: str
    tests: Mapping[str, str]
    dropout: float
    epochs: int
    seed: int = 2026


RECIPES = {
    "id": Recipe(
        train={"id_csui-ud-train": 2, "id_pud-ud-test": 2, "id_gsd-v2.0-upgraded-train": 1},
        dev="id_gsd-ud-dev",
        tests={"GSD test": "id_gsd-ud-test", "CSUI test": "id_csui-ud-test"},
        dropout=0.2,
        epochs=10,
    ),
    "en": Recipe(
        train={"en_ewt-train": 1},
        dev="en_ewt-ud-dev",
        tests={"EWT test": "en_ewt-ud-test", "PUD": "en_pud-ud-test"},
        dropout=0.1,
        epochs=26,
    ),
}
SMALL = 20  # a subtype of a relation that is rarer is trained as the plain relation
CURLY = {'"': ("“", "”"), "'": ("‘", "’")}


def treebank(data: Path, stem: str) -> Path:
    """The file of a treebank below the data folder."""
    return data / "treebanks" / f"{stem}.conllu"


def hashes(data: Path, code: str) -> dict[str, str]:
    """SHA-256 of each file that the recipe of a language reads."""
    recipe = RECIPES[code]
    stems = [*recipe.train, recipe.dev, *recipe.tests.values()]
    return {stem: hashlib.sha256(treebank(data, stem).read_bytes()).hexdigest() for stem in stems}


def tokens_of(code: str) -> Mapping[str, Any]:
    """The section `tokens` of a language's language.yaml."""
    section: Mapping[str, Any] = yaml.safe_load((LANG / code / "language.yaml").read_text("utf-8")).get("tokens", {})
    return section


def training_trees(data: Path, code: str) -> list[Tree]:
    """All training trees of an epoch, in the language's conventions, before shuffling."""
    recipe = RECIPES[code]
    found = {stem: list(read_trees(treebank(data, stem))) for stem in recipe.train}
    if code == "id":
        cut = cut_of(tokens_of(code))
        lemmas = lemma_table(tree for stem in ("id_csui-ud-train", "id_pud-ud-test") for tree in found[stem])
        found = {stem: [harmonise(t, cut=cut, lemmas=lemmas) for t in trees] for stem, trees in found.items()}
    trees = [tree for stem, times in recipe.train.items() for tree in found[stem] * times]
    return _plain_rare(trees)


def _plain_rare(trees: Sequence[Tree]) -> list[Tree]:
    counts: dict[str, int] = {}
    for tree in trees:
        for word in tree.words:
            counts[word.deprel] = counts.get(word.deprel, 0) + 1
    plain = {name: name.split(":")[0] for name, count in counts.items() if count < SMALL}
    return [replace(t, words=tuple(replace(w, deprel=plain.get(w.deprel, w.deprel)) for w in t.words)) for t in trees]


def vary(tree: Tree, chance: random.Random) -> Tree:
    """The tree as a headline, in capitals, or with curly quotes, each now and then: news has them, treebanks hardly."""
    words = list(tree.words)
    if chance.random() < 0.3:
        words = _curly(words)
    if len(words) > 4 and words[-1].form == "." and chance.random() < 0.08:
        words = words[:-1] if all(word.head != len(words) - 1 for word in words) else words
    dice = chance.random()
    if dice < 0.05:
        words = [replace(word, form=_capital(word)) for word in words]
    elif dice < 0.07:
        words = [replace(word, form=word.form.upper()) for word in words]
    return replace(tree, words=tuple(words))


def _capital(word: Word) -> str:
    short = word.upos in {"ADP", "CCONJ", "DET", "PART"} and len(word.form) < 5
    return word.form if short else word.form[:1].upper() + word.form[1:]


def _curly(words: list[Word]) -> list[Word]:
    result, is_open = [], {'"': False, "'": False}
    for word in words:
        if word.form in CURLY:
            word = replace(word, form=CURLY[word.form][is_open[word.form]])
            is_open[word.form.translate(str.maketrans("“”‘’", "\"\"''"))] ^= True
        elif "'" in word.form:
            word = replace(word, form=word.form.replace("'", "’"))
        result.append(word)
    return result


def common_words(trees: Sequence[Tree]) -> list[str]:
    """Words that the trees write in lower case, at least four times as often as with a capital."""
    lower: dict[str, int] = {}
    capital: dict[str, int] = {}
    for tree in trees:
        for word in tree.words[1:]:
            if word.form.isalpha():
                counts = capital if word.form[0].isupper() else lower
                counts[word.form.lower()] = counts.get(word.form.lower(), 0) + 1
    return sorted(form for form, count in lower.items() if count >= max(1, 4 * capital.get(form, 0)))
