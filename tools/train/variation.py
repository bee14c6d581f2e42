"""Training sentences as news prints them: headlines, capitals, curly quotation marks. Treebanks hardly have them."""

from __future__ import annotations

import random
from dataclasses import replace

from tools.train.conllu import Tree, Word, without
from tools.train.corpora import Recipe
from tools.train.english import present_tense
from tools.train.indonesian import bare_verbs
from tools.train.substitution import substitute

CURLY = {'"': ("“", "”"), "'": ("‘", "’")}
KEPT = {"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "xcomp", "root"}  # relations of a headline's clause
DROPPED = {"acl:relcl", "acl", "appos", "advcl", "parataxis", "punct", "det", "conj", "cc"}  # inside its phrases


def vary(tree: Tree, recipe: Recipe, chance: random.Random) -> Tree:
    """The tree as a headline, in capitals, or with curly quotes, each now and then."""
    if not tree.parsed or tree.style != "text":
        return tree
    if recipe.headlines and _may_be_headline(tree, recipe) and chance.random() < recipe.headlines:
        return _headline(tree, recipe, chance)
    if recipe.substitutes and chance.random() < recipe.substitutes:
        tree = substitute(tree, chance, code=recipe.language, bare=False)
    words = list(tree.words)
    if chance.random() < 0.3:
        words = _curly(words)
    if len(words) > 4 and words[-1].form == "." and chance.random() < 0.08:
        words = _unstopped(words)
    dice = chance.random()
    if dice < 0.05:
        words = [replace(word, form=_capital(word)) for word in words]
    elif dice < 0.07:
        words = [replace(word, form=word.form.upper()) for word in words]
    return replace(tree, words=tuple(words))


def _may_be_headline(tree: Tree, recipe: Recipe) -> bool:
    """Whether a sentence can be shown as a headline; in English only if a noun or name does something."""
    if recipe.language == "id":
        return True
    root = next(i for i, word in enumerate(tree.words) if word.head < 0)
    subjects = [word for word in tree.words if word.head == root and word.deprel in {"nsubj", "nsubj:pass"}]
    return tree.words[root].upos == "VERB" and any(word.upos in {"NOUN", "PROPN"} for word in subjects)


def _headline(tree: Tree, recipe: Recipe, chance: random.Random) -> Tree:
    """Bare or present verbs, often the main clause alone, often in title case, seldom a full stop."""
    if chance.random() < 0.5:
        tree = _main_clause(tree, recipe)
    if chance.random() < 0.6:
        tree = substitute(tree, chance, code=recipe.language, bare=True)
    words = list((bare_verbs(tree) if recipe.language == "id" else present_tense(tree)).words)
    if len(words) > 4 and words[-1].form == "." and chance.random() < 0.7:
        words = _unstopped(words)
    dice = chance.random()
    if dice < 0.5:
        words = [replace(word, form=_capital(word)) for word in words]
    elif dice < 0.6:
        words = [replace(word, form=word.form.upper()) for word in words]
    return replace(tree, words=tuple(words), style="headline")


def _main_clause(tree: Tree, recipe: Recipe) -> Tree:
    """The root verb with subject, objects and obliques, without what hangs deeper; or the tree itself."""
    words = list(tree.words)
    root = next(i for i, word in enumerate(words) if word.head < 0)
    relations = {word.deprel for word in words if word.head == root}
    if words[root].upos != "VERB" or not relations & {"nsubj", "nsubj:pass"}:
        return tree
    if recipe.language == "en" and {"nsubj", "aux"} <= relations:
        return tree  # "has given" must not become "given"
    gone: set[int] = set()
    for i in range(len(words)):
        above = i
        while above >= 0 and above not in gone:
            word = words[above]
            outer = word.head == root and word.deprel not in KEPT
            if outer or (above != root and word.head != root and word.deprel in DROPPED):
                gone.add(i)
                break
            above = word.head
        if above in gone:
            gone.add(i)
    return replace(tree, words=tuple(without(words, gone))) if len(words) - len(gone) > 2 else tree


def _unstopped(words: list[Word]) -> list[Word]:
    last = len(words) - 1
    return words[:-1] if all(word.head != last for word in words) and words[-1].head >= 0 else words


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
