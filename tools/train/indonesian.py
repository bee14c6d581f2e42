"""Bring the Indonesian treebanks to one set of conventions, the ones that the tokeniser and the coder rely on.

What is changed (and stated in the models' card):
- words that `language.yaml` keeps whole are whole, all other enclitics are words (GSD 2.0 had none);
- the phrase with "oleh" of a verb, and the bare noun right behind a verb in di-, are `obl:agent`;
- `compound` of a noun (GSD) becomes `nmod`, as CSUI and PUD have it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tools.train.conllu import Tree, Word, without

SPEECH = {
    *("kata", "ujar", "ucap", "tutur", "ungkap", "jelas", "tegas", "lanjut", "imbuh", "tambah", "papar", "terang"),
    "sebut",
}
TWO_PLACE = re.compile(  # passives whose bare noun is no agent
    r"di(beri|sebut|juluk|nama|jadi|anggap|tunjuk|angkat|gelar|panggil|kenal|nyata|lantik|calon|bagi|kena)\w*", re.I
)


@dataclass(frozen=True, slots=True)
class Cut:
    """How the word list cuts words: `whole` ones stay, `split` ones fall in two, the rest by `enclitics`."""

    whole: frozenset[str]
    split: Mapping[str, int]
    enclitic: re.Pattern[str]

    def place(self, form: str) -> int | None:
        """Where the form is cut, None if it is not."""
        low = form.lower()
        if low in self.whole:
            return None
        if low in self.split:
            return self.split[low]
        found = self.enclitic.search(form)
        return found.start() if found and found.start() > 0 else None


def cut_of(tokens: Mapping[str, Any]) -> Cut:
    """The cut that the section `tokens` of language.yaml describes."""
    split = {"".join(entry.split()): len(entry.split()[0]) for entry in tokens["split"]}
    pattern = "|".join(f"(?:{end})" for end in tokens["enclitics"])
    return Cut(frozenset(tokens["whole"]), split, re.compile(f"(?:{pattern})$"))


def lemma_table(trees: Iterable[Tree]) -> dict[str, str]:
    """The most frequent lemma of each lower-case form, from treebanks with hand-made lemmas."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for tree in trees:
        for word in tree.words:
            counts[word.form.lower()][word.lemma] += 1
    return {form: min(found.items(), key=lambda item: (-item[1], item[0]))[0] for form, found in counts.items()}


def relemmatised(trees: Iterable[Tree], model: Iterable[Tree]) -> list[Tree]:
    """The trees with the lemmas that the model most often gives a form in its word class, where it has them."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for tree in model:
        for word in tree.words:
            counts[word.form.lower(), word.upos][word.lemma] += 1
    best = {key: min(found.items(), key=lambda item: (-item[1], item[0]))[0] for key, found in counts.items()}
    return [
        replace(tree, words=tuple(replace(w, lemma=best.get((w.form.lower(), w.upos), w.lemma)) for w in tree.words))
        for tree in trees
    ]


def harmonise(tree: Tree, *, cut: Cut, lemmas: Mapping[str, str]) -> Tree:
    """The tree in the conventions named above."""
    words = _split(_merge(list(tree.words), cut=cut), cut=cut, lemmas=lemmas)
    return replace(tree, words=tuple(relabel(words)))


def relabel(words: list[Word]) -> list[Word]:
    """The words with harmonised relations; tokens and heads stay."""
    marked = {word.head for word in words if word.deprel == "case"}
    by_oleh = {word.head for word in words if word.form.lower() == "oleh" and word.deprel == "case"}
    return [replace(word, deprel=_relation(words, i, marked=marked, by_oleh=by_oleh)) for i, word in enumerate(words)]


def _relation(words: list[Word], i: int, *, marked: set[int], by_oleh: set[int]) -> str:
    word = words[i]
    head = words[word.head] if word.head >= 0 else None
    if word.deprel == "compound" and word.upos in {"NOUN", "PROPN"}:
        return "nmod"
    if head is None or head.upos != "VERB":
        return word.deprel
    if word.deprel == "obl" and i in by_oleh:
        return "obl:agent"
    bare = word.head == i - 1 and i not in marked and word.upos in {"NOUN", "PROPN", "PRON"}
    passive = head.form.lower().startswith("di") and not TWO_PLACE.fullmatch(head.form)
    if bare and passive and word.deprel in {"obl", "obj", "nmod"}:
        return "obl:agent"
    return word.deprel


def _merge(words: list[Word], *, cut: Cut) -> list[Word]:
    """Join the multiword tokens that the cut keeps whole, where their last word is a leaf."""
    heads = {word.head for word in words}
    gone: set[int] = set()
    result = list(words)
    for i in range(1, len(words)):
        here, before = words[i], words[i - 1]
        if here.part is None or here.part != before.part or cut.place(before.form + here.form) is not None:
            continue
        if i in heads or here.head != i - 1 or i - 1 in gone:
            continue
        form = before.form + here.form
        result[i - 1] = replace(before, form=form, lemma=form.lower(), space=here.space, part=None)
        gone.add(i)
    return without(result, gone)


def _split(words: list[Word], *, cut: Cut, lemmas: Mapping[str, str]) -> list[Word]:
    """Cut the enclitics off the words that still carry them."""
    places = [None if word.part is not None else cut.place(word.form) for word in words]
    start, at = [], 0
    for place in places:
        start.append(at)
        at += 1 if place is None else 2
    result: list[Word] = []
    for word, place in zip(words, places, strict=True):
        moved = replace(word, head=start[word.head] if word.head >= 0 else -1)
        if place is None:
            result.append(moved)
        else:
            result.extend(_host_and_clitic(moved, place, at=len(result), lemmas=lemmas))
    return result


def _host_and_clitic(word: Word, place: int, *, at: int, lemmas: Mapping[str, str]) -> tuple[Word, Word]:
    form, ending = word.form[:place], word.form[place:]
    lemma = lemmas.get(form.lower(), word.lemma.removesuffix(ending.lower()) or form.lower())
    host = replace(word, form=form, lemma=lemma, space=False)
    if form.lower() in SPEECH and host.deprel in {"root", "parataxis", "ccomp", "conj"}:
        host = replace(host, upos="VERB")
    upos, deprel = _clitic_role(host, ending.lower())
    clitic = Word(form=ending, lemma=ending.lower(), upos=upos, head=at, deprel=deprel, space=word.space)
    if host.upos == "ADP" and deprel == "case" and host.deprel not in {"case", "advmod", "mark", "fixed"}:
        return replace(host, head=at + 1, deprel="case"), replace(clitic, head=word.head, deprel=word.deprel)
    return host, clitic if deprel != "case" else replace(clitic, deprel="nmod:poss")


def _clitic_role(host: Word, ending: str) -> tuple[str, str]:
    """UPOS and relation of an enclitic, as CSUI, PUD and GSD 2.17 most often have them; `case` asks for a reversal."""
    form = host.form.lower()
    if ending in {"lah", "kah", "pun"}:
        return "PART", "advmod:emph"
    if host.upos == "VERB" and (form in SPEECH or (form.startswith("di") and form[2:].removesuffix("kan") in SPEECH)):
        return "PRON", "nsubj"
    if host.upos in {"NOUN", "PROPN"} or form == "diri":
        return "PRON", "nmod:poss"
    if host.upos == "ADP":
        return "PRON", "case"
    if host.upos == "VERB" and form.startswith("me"):
        return "PRON", "obj"
    if host.upos == "VERB" and form.startswith("di"):
        return "PRON", "obl:agent"
    return "DET", "det"


def bare_verbs(tree: Tree) -> Tree:
    """The tree with its verbs in meN- as headlines print them: "mengecam" becomes "kecam"."""
    words = [replace(word, form=bare_form(word) or word.form) if word.upos == "VERB" else word for word in tree.words]
    return replace(tree, words=tuple(words))


def bare_form(word: Word) -> str | None:
    """The verb without meN-, its lemma with its suffix; None where lemma and form do not fit."""
    form, lemma = word.form.lower(), word.lemma.lower()
    if not form.startswith("me") or lemma.startswith("me") or len(lemma) < 3:
        return None
    ending = next((e for e in ("kan", "i") if form.endswith(e) and not lemma.endswith(e)), "")
    if not form.endswith(lemma[1:] + ending):
        return None
    bare = ("per" if form.startswith("memper") and not lemma.startswith("per") else "") + lemma + ending
    return bare.capitalize() if word.form[0].isupper() else bare
