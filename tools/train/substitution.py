"""Put the words of international news into training sentences: verbs of the lexicon and names of states.

The treebanks hold few of them ("mengecam", condemn, never occurs in the Indonesian ones); the trees stay as they are.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from tools.train.conllu import Tree, Word

WORDS = Path(__file__).with_name("words")
VERBS = 0.5  # share of the transitive verbs in a meN- or di- form that are replaced
NAMES = 0.3  # share of the one-word names that are replaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A transitive verb: bare as headlines have it, active, passive, and its lemma."""

    bare: str
    active: str
    passive: str
    lemma: str


@cache
def verbs() -> tuple[Verb, ...]:
    """The Indonesian verbs to put in."""
    lines = (WORDS / "id_verbs.tsv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return tuple(Verb(**row) for row in rows)


@cache
def names() -> tuple[str, ...]:
    """The Indonesian one-word names of states and capitals to put in."""
    return tuple((WORDS / "id_names.txt").read_text(encoding="utf-8").split())


def substitute(tree: Tree, chance: random.Random, *, bare: bool) -> Tree:
    """The tree with some verbs and names replaced by others of the same kind; bare: active verbs lose their meN-."""
    words = list(tree.words)
    long_names = {word.head for word in words if word.deprel.startswith("flat")}
    for i, word in enumerate(words):
        if _is_transitive(words, i) and chance.random() < VERBS:
            words[i] = _with_verb(word, chance.choice(verbs()), bare=bare)
        elif _is_short_name(word, long=i in long_names) and chance.random() < NAMES:
            name = chance.choice(names())
            words[i] = replace(word, form=name, lemma=name.lower())
    return replace(tree, words=tuple(words))


def _is_short_name(word: Word, *, long: bool) -> bool:
    return word.upos == "PROPN" and not word.deprel.startswith("flat") and not long


def _is_transitive(words: Sequence[Word], i: int) -> bool:
    form = words[i].form.lower()
    if words[i].upos != "VERB" or not form.startswith(("me", "di")):
        return False
    wanted = {"obj"} if form.startswith("me") else {"nsubj:pass", "obl:agent"}
    return any(word.head == i and word.deprel in wanted for word in words)


def _with_verb(word: Word, verb: Verb, *, bare: bool) -> Word:
    passive = word.form.lower().startswith("di")
    form = verb.passive if passive else verb.bare if bare else verb.active
    return replace(word, form=form.capitalize() if word.form[0].isupper() else form, lemma=verb.lemma)
