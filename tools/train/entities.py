"""Read named entities: words with BIO tags of persons, organisations and places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tools.train.conllu import Tree, Word

TYPES = {
    **dict.fromkeys(("PER", "PERSON"), "PER"),
    **dict.fromkeys(("ORG", "ORGANISATION", "ORGANIZATION"), "ORG"),
    **dict.fromkeys(("LOC", "PLACE", "LOCATION"), "LOC"),
}


def read_entities(path: Path, *, word: int = 0, tag: int = -1) -> Iterator[list[tuple[str, str]]]:
    """The sentences of a column file: words and tags in BIO (from IO or BIO; other types are none)."""
    rows: list[tuple[str, str]] = []
    before = "O"
    for line in path.read_text(encoding="utf-8").split("\n"):
        cells = line.split()
        if not cells or line.startswith("# "):
            if rows:
                yield rows
            rows, before = [], "O"
            continue
        wanted = cells[tag] if len(cells) > 1 else "O"
        kind = TYPES.get(wanted.partition("-")[2].upper())
        begins = wanted.startswith("B") or before.partition("-")[2] != wanted.partition("-")[2]
        rows.append((cells[word], f"{'B' if begins else 'I'}-{kind}" if kind else "O"))
        before = wanted
    if rows:
        yield rows


def entity_trees(path: Path, *, word: int = 0, tag: int = -1) -> Iterator[Tree]:
    """The same as sentences of which nothing else is known."""
    for rows in read_entities(path, word=word, tag=tag):
        words = tuple(
            Word(form=form, lemma=form, upos="_", head=-1, deprel="_", space=True, entity=entity)
            for form, entity in rows
        )
        yield Tree(words=words, text=" ".join(form for form, _ in rows), parsed=False)


def with_entities(trees: Sequence[Tree], rows: Sequence[list[tuple[str, str]]]) -> list[Tree]:
    """The trees with the tags of the sentences that have the same words; of others they are not known."""
    known = {tuple(form for form, _ in sentence): [tag for _, tag in sentence] for sentence in rows}
    result = []
    for tree in trees:
        tags = known.get(tuple(word.form for word in tree.words))
        words = tree.words
        if tags:
            words = tuple(replace(word, entity=tag) for word, tag in zip(words, tags, strict=True))
        result.append(replace(tree, words=words))
    return result


def spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """First word, end and type of each entity."""
    found, start = set(), -1
    for i, tag in enumerate([*tags, "O"]):
        if start >= 0 and not (tag.startswith("I") and tag[2:] == tags[start][2:]):
            found.add((start, i, tags[start][2:]))
            start = -1
        if tag.startswith("B") or (tag.startswith("I") and start < 0):
            start = i
    return found
