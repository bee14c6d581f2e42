"""Read CoNLL-U: sentences of words that know whether a space follows, with heads as indexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One UD word. `head` is an index into the sentence, -1 for the root; `space` says whether a space follows.

    `part` is the number of the multiword token that the word belongs to, None for a word that stands alone. `entity` is
    its BIO tag, None where it is not known.
    """

    form: str
    lemma: str
    upos: str
    head: int
    deprel: str
    space: bool
    part: int | None = None
    feats: str = "_"
    entity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A sentence of a treebank: its words, its text as printed, and whether a paragraph is known to begin with it.

    `style` is how it is annotated or printed (tools/train/corpora.py). `parsed` is false where only `entity` is known.
    """

    words: tuple[Word, ...]
    text: str
    opens: bool = False
    style: str = "text"
    parsed: bool = True


@dataclass(slots=True)
class _Lines:
    words: list[list[str]] = field(default_factory=list)
    ranges: list[tuple[int, int, str, bool]] = field(default_factory=list)
    text: str = ""
    opens: bool = False


def read_trees(path: Path) -> Iterator[Tree]:
    """The trees of a CoNLL-U file, empty nodes left out."""
    lines = _Lines()
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# text = "):
            lines.text = line[9:].strip()
        elif line.startswith(("# newpar", "# newdoc")):
            lines.opens = True
        elif line.startswith("#"):
            continue
        elif line.strip():
            _add(lines, line.split("\t"))
        elif lines.words:
            yield _tree(lines)
            lines = _Lines()
    if lines.words:
        yield _tree(lines)


def _add(lines: _Lines, cells: list[str]) -> None:
    space = "SpaceAfter=No" not in cells[9]
    if "-" in cells[0]:
        first, last = cells[0].split("-")
        lines.ranges.append((int(first) - 1, int(last) - 1, cells[1], space))
    elif "." not in cells[0]:
        lines.words.append([*cells[:9], "" if space else "no"])


def _tree(lines: _Lines) -> Tree:
    words = []
    for row in lines.words:
        head = int(row[6]) - 1
        lemma = row[1] if row[2] == "_" and row[1] != "_" else row[2]
        words.append(
            Word(
                form=row[1],
                lemma=lemma,
                upos=row[3],
                feats=row[5],
                head=head,
                deprel=row[7],
                space=not row[9],
            )
        )
    for number, (first, last, surface, space) in enumerate(lines.ranges):
        forms = _split_surface(surface, [words[i].form for i in range(first, last + 1)])
        for i in range(first, last + 1):
            after = space if i == last else False
            words[i] = replace(words[i], form=forms[i - first], space=after, part=number)
    return Tree(words=tuple(words), text=lines.text, opens=lines.opens)


def _split_surface(surface: str, forms: list[str]) -> list[str]:
    """The printed letters of each word of a multiword token; the given forms where they do not add up to it."""
    if len("".join(forms)) != len(surface):
        return forms
    result, at = [], 0
    for form in forms:
        result.append(surface[at : at + len(form)])
        at += len(form)
    return result


def printed(tree: Tree) -> str:
    """The text that the words spell."""
    return "".join(word.form + (" " if word.space else "") for word in tree.words).strip()


def without(words: list[Word], gone: set[int]) -> list[Word]:
    """The words less those at `gone`, heads renumbered. No word that stays may hang on one that goes."""
    if not gone:
        return words
    kept = [i for i in range(len(words)) if i not in gone]
    new = {old: index for index, old in enumerate(kept)} | {-1: -1}
    return [replace(words[i], head=new[words[i].head]) for i in kept]


def distinct(trees: Iterable[Tree]) -> list[Tree]:
    """One tree of each sentence in each style."""
    return list({(tree.style, tree.text): tree for tree in trees}.values())
