"""Which treebanks each language trains on and is measured on."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from tools.train.conllu import Tree, read_trees
from tools.train.english import inflections
from tools.train.indonesian import bare_form, cut_of, harmonise, lemma_table
from tools.train.substitution import verbs

DATA = Path("../shared/data")  # where the treebanks are looked for by default
LANG = Path(__file__).parents[2] / "src" / "kutub" / "data" / "lang"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a language's model is made of. `train` maps a file's stem to how often an epoch sees it.

    headlines: share of the training sentences that are shown as headlines (tools/train/variation.py).
    substitutes: share of the others in which verbs and names are replaced (tools/train/substitution.py).
    prefix: letters of a word's beginning that the model sees.
    """

    language: str
    train: Mapping[str, int]
    dev: str
    tests: Mapping[str, str]
    dropout: float
    epochs: int
    headlines: float = 0.0
    substitutes: float = 0.0
    prefix: int = 1
    seed: int = 2026


RECIPES = {
    "id": Recipe(
        language="id",
        train={"id_csui-ud-train": 2, "id_pud-ud-test": 2, "id_gsd-v2.0-upgraded-train": 1},
        dev="id_gsd-ud-dev",
        tests={"GSD test": "id_gsd-ud-test", "CSUI test": "id_csui-ud-test"},
        dropout=0.2,
        epochs=11,
        headlines=0.2,
        substitutes=0.3,
        prefix=3,
    ),
    "en": Recipe(
        language="en",
        train={"en_ewt-train": 1},
        dev="en_ewt-ud-dev",
        tests={"EWT test": "en_ewt-ud-test", "PUD": "en_pud-ud-test"},
        dropout=0.1,
        epochs=13,
        headlines=0.4,
        substitutes=0.4,
    ),
}
SMALL = 20  # a subtype of a relation that is rarer is trained as the plain relation


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


def common_words(trees: Sequence[Tree], code: str) -> list[str]:
    """Words that the trees write in lower case, at least four times as often as with a capital, and forms of them."""
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    forms = {form for verb in verbs(code) for name, form in verb.items() if name != "lemma" or code == "en"}
    for tree in trees:
        for word in tree.words[1:]:
            if word.form.isalpha():
                (capital if word.form[0].isupper() else lower)[word.form.lower()] += 1
            if word.form.islower():
                forms |= inflections(word) if code == "en" else {bare_form(word) or word.form}
    common = {form for form, count in lower.items() if count >= max(1, 4 * capital[form])}
    return sorted(common | {form for form in forms if form.isalpha() and not capital[form]})
