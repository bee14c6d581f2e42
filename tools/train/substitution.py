"""Put the words of international news into training sentences: verbs of the lexicon, names of states and of persons.

The treebanks hold few of them ("mengecam", condemn, never occurs in the Indonesian ones); the trees stay as they are.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from tools.train.conllu import Tree, Word

WORDS = Path(__file__).with_name("words")
VERBS = 0.5  # share of the transitive verbs that are replaced
NAMES = 0.3  # share of the one-word names, of the two-word names and of the adjectives of states that are replaced
CLAUSES = {"ccomp", "xcomp", "csubj"}


@cache
def verbs(code: str) -> tuple[Mapping[str, str], ...]:
    """The verbs to put in, with their forms. id: bare, active, passive, lemma; en: lemma, third, past, participle,
    gerund."""
    lines = (WORDS / f"{code}_verbs.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


@cache
def listed(name: str) -> tuple[str, ...]:
    """The lines of a list in tools/train/words."""
    return tuple((WORDS / f"{name}.txt").read_text(encoding="utf-8").splitlines())


def substitute(tree: Tree, chance: random.Random, *, code: str, bare: bool) -> Tree:
    """The tree with some verbs and names replaced by others of the same kind; bare: verbs as headlines have them."""
    words = list(tree.words)
    long_names = {word.head for word in words if word.deprel.startswith("flat")}
    for i, word in enumerate(words):
        if _is_transitive(words, i, code) and chance.random() < VERBS:
            words[i] = _with_verb(word, chance.choice(verbs(code)), code=code, bare=bare)
        elif _is_short_name(word, long=i in long_names) and chance.random() < NAMES:
            name = chance.choice(listed(f"{code}_names"))
            words[i] = replace(word, form=name, lemma=name if code == "en" else name.lower(), entity=None)
        elif code == "en" and _is_demonym(word) and chance.random() < NAMES:
            name = chance.choice(listed("en_demonyms"))
            words[i] = replace(word, form=name, lemma=name, entity=None)
        elif code == "en" and _is_person(words, i) and chance.random() < NAMES:
            given, family = chance.choice(listed("en_persons")).split(" ")
            words[i] = replace(word, form=given, lemma=given)
            words[i + 1] = replace(words[i + 1], form=family, lemma=family)
    return replace(tree, words=tuple(words))


def _is_short_name(word: Word, *, long: bool) -> bool:
    return word.upos == "PROPN" and not word.deprel.startswith("flat") and not long


def _is_demonym(word: Word) -> bool:
    return word.upos == "ADJ" and word.deprel == "amod" and word.form[0].isupper() and word.form[1:].islower()


def _is_person(words: Sequence[Word], i: int) -> bool:
    parts = [j for j, word in enumerate(words) if word.head == i and word.deprel.startswith("flat")]
    return words[i].upos == "PROPN" and parts == [i + 1] and words[i + 1].upos == "PROPN"


def _is_transitive(words: Sequence[Word], i: int, code: str) -> bool:
    word = words[i]
    form = word.form.lower()
    if word.upos != "VERB":
        return False
    relations = {other.deprel for other in words if other.head == i}
    if code == "id":
        wanted = {"obj"} if form.startswith("me") else {"nsubj:pass", "obl:agent"} if form.startswith("di") else set()
        return bool(relations & wanted)
    return bool(relations & {"obj", "nsubj:pass"}) and not relations & CLAUSES and "iobj" not in relations


def _with_verb(word: Word, verb: Mapping[str, str], *, code: str, bare: bool) -> Word:
    if code == "id":
        passive = word.form.lower().startswith("di")
        form = verb["passive"] if passive else verb["bare"] if bare else verb["active"]
    else:
        form = verb[english_form(word)]
    return replace(word, form=form.capitalize() if word.form[0].isupper() else form, lemma=verb["lemma"])


def english_form(word: Word) -> str:
    """Which form of its lemma an English verb stands in: lemma, third, past (for participles too) or gerund."""
    form, lemma = word.form.lower(), word.lemma.lower()
    if form == lemma:
        return "lemma"
    if form.endswith("ing"):
        return "gerund"
    if form.endswith("s") and not lemma.endswith("s"):
        return "third"
    return "past" if form.endswith("ed") or not form.endswith("n") else "participle"
