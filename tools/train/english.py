"""Regular inflections of English verbs and nouns, for the list of common words and for headlines."""

from __future__ import annotations

from dataclasses import replace

from tools.train.conllu import Tree, Word
from tools.train.substitution import english_form

VOWELS = set("aeiou")
HISSING = ("s", "x", "z", "ch", "sh")


def inflections(word: Word) -> set[str]:
    """The regular forms of a verb's or noun's lemma; irregular and doubled ones are left to the treebank itself."""
    lemma = word.lemma
    if word.upos not in {"VERB", "NOUN"} or not (lemma.isalpha() and lemma.islower()) or len(lemma) < 3:
        return set()
    ends_in_y = lemma[-1] == "y" and lemma[-2] not in VOWELS
    third = third_person(lemma)
    if word.upos == "NOUN":
        return {lemma, third}
    past = lemma[:-1] + "ied" if ends_in_y else lemma.removesuffix("e") + "ed"
    return {lemma, third, past, lemma.removesuffix("e") + "ing"}


def present_tense(tree: Tree) -> Tree:
    """The tree with the main verb in the present tense, as headlines have it, if it was in the past."""
    words = list(tree.words)
    root = next(i for i, word in enumerate(words) if word.head < 0)
    verb = words[root]
    subject = next((word for word in words if word.head == root and word.deprel == "nsubj"), None)
    auxiliary = any(word.head == root and word.deprel.startswith("aux") for word in words)
    if verb.upos != "VERB" or subject is None or auxiliary or english_form(verb) != "past" or not verb.lemma.isalpha():
        return tree
    plural = subject.form.lower().endswith("s") and subject.upos == "NOUN"
    words[root] = replace(verb, form=verb.lemma if plural else third_person(verb.lemma))
    return replace(tree, words=tuple(words))


def third_person(lemma: str) -> str:
    """The third person singular of a regular verb."""
    if lemma[-1] == "y" and lemma[-2:-1] not in VOWELS:
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(HISSING) else "s")
