"""Regular inflections of English verbs and nouns, to widen the list of common words."""

from __future__ import annotations

from tools.train.conllu import Word

VOWELS = set("aeiou")
HISSING = ("s", "x", "z", "ch", "sh")


def inflections(word: Word) -> set[str]:
    """The regular forms of a verb's or noun's lemma; irregular and doubled ones are left to the treebank itself."""
    lemma = word.lemma
    if word.upos not in {"VERB", "NOUN"} or not (lemma.isalpha() and lemma.islower()) or len(lemma) < 3:
        return set()
    ends_in_y = lemma[-1] == "y" and lemma[-2] not in VOWELS
    third = lemma[:-1] + "ies" if ends_in_y else lemma + ("es" if lemma.endswith(HISSING) else "s")
    if word.upos == "NOUN":
        return {lemma, third}
    past = lemma[:-1] + "ied" if ends_in_y else lemma.removesuffix("e") + "ed"
    return {lemma, third, past, lemma.removesuffix("e") + "ing"}
