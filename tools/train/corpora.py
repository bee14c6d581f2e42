"""Which treebanks each language trains on and is measured on."""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from tools.train.conllu import Tree, read_trees
from tools.train.english import inflections
from tools.train.entities import entity_trees, read_entities, with_entities
from tools.train.indonesian import bare_form, cut_of, harmonise, lemma_table, relemmatised
from tools.train.names import actor_files, known_files
from tools.train.substitution import WORDS, verbs

DATA = Path("../shared/data")  # where the treebanks are looked for by default
LANG = Path(__file__).parents[2] / "src" / "kutub" / "data" / "lang"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a language's model is made of. `train` maps a file's stem to how often an epoch sees it.

    own: stems and styles of the treebanks that are also shown as they are published. dev: stem and style of what
    training is watched on; of a treebank that is trained on, these are its last sentences (`WATCHED`), which are not.
    lemmas: stem of a treebank whose lemmas take the place of others in the treebanks shown in the same style.
    tests: name, stem and style of each test set. entities: files of words with BIO tags, and the columns of both;
    entity_test: the same for the test set. raw: articles from which word vectors are made, and which the model of the
    first round parses for the second (tools/train/silver.py); first_epochs: how long the first round is.
    headlines: share of the training sentences that are shown as headlines (tools/train/variation.py).
    substitutes: share of the others in which verbs and names are replaced (tools/train/substitution.py).
    """

    language: str
    train: Mapping[str, int]
    dev: tuple[str, str]
    tests: Mapping[str, tuple[str, str]]
    dropout: float
    epochs: int
    own: Mapping[str, str] = field(default_factory=dict)
    entities: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    entity_test: tuple[str, int, int] = ("", 0, 0)
    raw: str = ""
    lemmas: str = ""
    first_epochs: int = 0
    headlines: float = 0.0
    substitutes: float = 0.0
    seed: int = 2026

    @property
    def styles(self) -> tuple[str, ...]:
        """The styles that the network is told of; the first is that of running text."""
        return ("text", "headline", *dict.fromkeys(self.own.values()))


RECIPES = {
    "id": Recipe(
        language="id",
        train={"id_csui-ud-train": 2, "id_pud-ud-test": 1, "id_gsd-ud-dev": 2, "id_gsd-v2.0-upgraded-train": 1},
        own={"id_csui-ud-train": "csui", "id_gsd-ud-dev": "gsd", "id_gsd-v2.0-upgraded-train": "gsd"},
        lemmas="id_gsd-ud-dev",
        entities={"idner-news-2k/train": (0, 2), "nergrit/train_preprocess": (0, 1)},
        entity_test=("idner-news-2k/test", 0, 2),
        raw="articles_indosum.jsonl",
        first_epochs=8,
        dev=("id_gsd-ud-dev", "gsd"),
        tests={"GSD test": ("id_gsd-ud-test", "gsd"), "CSUI test": ("id_csui-ud-test", "csui")},
        dropout=0.4,
        epochs=26,
        headlines=0.15,
        substitutes=0.2,
    ),
    "en": Recipe(
        language="en",
        train={"en_ewt-train": 1},
        entities={"uner_en_ewt-train": (1, 2), "wikigold": (0, 1)},
        entity_test=("en_ewt-ud-test", 1, 2),
        dev=("en_ewt-ud-dev", "text"),
        tests={"EWT test": ("en_ewt-ud-test", "text"), "PUD": ("en_pud-ud-test", "text")},
        dropout=0.33,
        epochs=30,
        headlines=0.15,
        substitutes=0.2,
    ),
}
ENTITIES = 0.5  # share of the sentences without trees that an epoch sees
OWN = 3  # times that an epoch sees our own sentences
WATCHED = 80  # sentences of a treebank that training is watched on
SENTENCES = Path(__file__).with_name("sentences")
SMALL = 20  # a subtype of a relation that is rarer is trained as the plain relation


def treebank(data: Path, stem: str) -> Path:
    """The file of a treebank below the data folder."""
    return data / "treebanks" / f"{stem}.conllu"


def hashes(data: Path, code: str) -> dict[str, str]:
    """SHA-256 of each file that the recipe of a language reads."""
    recipe = RECIPES[code]
    stems = [*recipe.train, *(stem for stem, _ in (recipe.dev, *recipe.tests.values()))]
    files = {stem: treebank(data, stem) for stem in stems}
    files |= {f"ner/{stem}": entity_file(data, stem) for stem in [*recipe.entities, recipe.entity_test[0]]}
    files |= {path.stem: path for path in [*own_files(code), *sorted(WORDS.glob(f"{code}_*")), *known_files(code)]}
    files |= {f"{path.parent.name}/{path.name}": path for path in [LANG / code / "language.yaml", *actor_files(LANG)]}
    if recipe.raw:
        files[recipe.raw] = data / recipe.raw
    return {stem: hashlib.sha256(path.read_bytes()).hexdigest() for stem, path in files.items()}


def digest_of_inputs(data: Path, code: str) -> str:
    """SHA-256 of all that a training depends on: its data and the code of this folder."""
    found = hashlib.sha256()
    for digest in hashes(data, code).values():
        found.update(digest.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()


def tokens_of(code: str) -> Mapping[str, Any]:
    """The section `tokens` of a language's language.yaml."""
    section: Mapping[str, Any] = yaml.safe_load((LANG / code / "language.yaml").read_text("utf-8")).get("tokens", {})
    return section


def training_sentences(data: Path, code: str) -> list[tuple[Tree, ...]]:
    """The training sentences, each in the forms that epochs choose from: in the language's conventions, and where the
    recipe says so as it is published."""
    recipe = RECIPES[code]
    published = {stem: list(read_trees(treebank(data, stem))) for stem in recipe.train}
    watched, _ = recipe.dev
    if watched in published:
        published[watched] = published[watched][:-WATCHED]
    alike = dict(published)
    if code == "id":
        cut = cut_of(tokens_of(code))
        made_by_hand = [tree for stem in ("id_csui-ud-train", "id_pud-ud-test") for tree in published[stem]]
        lemmas = lemma_table(made_by_hand)
        alike = {stem: [harmonise(t, cut=cut, lemmas=lemmas) for t in trees] for stem, trees in published.items()}
        alike[recipe.lemmas] = relemmatised(alike[recipe.lemmas], made_by_hand)
        for stem, style in recipe.own.items():
            if style == recipe.own[recipe.lemmas] and stem != recipe.lemmas:
                published[stem] = relemmatised(published[stem], published[recipe.lemmas])
    sentences: list[tuple[Tree, ...]] = [(tree,) for tree in _own_sentences(code) for _ in range(OWN)]
    for stem, times in recipe.train.items():
        forms: list[list[Tree]] = [alike[stem]]
        if stem in recipe.own:
            forms.append([replace(tree, style=recipe.own[stem]) for tree in published[stem]])
        sentences += list(zip(*forms, strict=True)) * times
    tagged, rest = entities(data, code)
    plain = _plain_rare([tree for forms in sentences for tree in forms])
    trees = iter(with_entities(plain, tagged))
    return [*(tuple(next(trees) for _ in forms) for forms in sentences), *((tree,) for tree in rest)]


def epoch_of(sentences: Sequence[Sequence[Tree]], chance: random.Random) -> list[Tree]:
    """One form of each sentence; of those that are known by their entities alone only a share."""
    chosen = (chance.choice(forms) for forms in sentences)
    return [tree for tree in chosen if tree.parsed or chance.random() < ENTITIES]


def own_files(code: str) -> list[Path]:
    """The files of our own sentences."""
    return sorted(SENTENCES.glob(f"{code}_*.conllu"))


def _own_sentences(code: str) -> list[Tree]:
    """Our own sentences, whose features are not known."""
    trees = [
        replace(tree, words=tuple(replace(word, feats="") for word in tree.words))
        for path in own_files(code)
        for tree in read_trees(path)
    ]
    return [replace(tree, style="headline") if is_headline(tree) else tree for tree in trees]


def raw_sentences(data: Path, recipe: Recipe) -> Iterator[list[str]]:
    """The words of the sentences of the raw articles, enclitics cut."""
    cut = cut_of(tokens_of(recipe.language))
    for line in (data / recipe.raw).read_text(encoding="utf-8").splitlines():
        for paragraph in json.loads(line)["paragraphs"]:
            for sentence in paragraph:
                places = [(form, cut.place(form)) for form in sentence]
                yield [part for form, at in places for part in ((form,) if at is None else (form[:at], form[at:]))]


def is_headline(tree: Tree) -> bool:
    """Whether one of our own sentences has no stop at its end, or most of its longer words begin with a capital."""
    longer = [word.form for word in tree.words if word.form.isalpha() and len(word.form) > 3]
    is_title_case = len(longer) > 2 and sum(form[0].isupper() for form in longer) > 0.8 * len(longer)
    return is_title_case or tree.words[-1].upos != "PUNCT"


def entities(data: Path, code: str) -> tuple[list[list[tuple[str, str]]], list[Tree]]:
    """Tagged sentences that treebanks have too, and those that are known by their entities alone."""
    tagged: list[list[tuple[str, str]]] = []
    rest: list[Tree] = []
    for stem, (word, tag) in RECIPES[code].entities.items():
        path = entity_file(data, stem)
        if path.suffix == ".iob2":
            tagged += read_entities(path, word=word, tag=tag)
        else:
            rest += entity_trees(path, word=word, tag=tag)
    return tagged, rest


def entity_file(data: Path, stem: str) -> Path:
    """The file of an entity set below the data folder."""
    found = [path for path in (data / "ner").rglob("*") if path.is_file() and str(path.with_suffix("")).endswith(stem)]
    if not found:
        raise FileNotFoundError(f"no entity set {stem} below {data / 'ner'}")
    return found[0]


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
