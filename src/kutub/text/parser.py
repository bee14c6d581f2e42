"""Parse sentences with a spaCy pipeline: words, UPOS, lemmas and the dependency tree, with offsets into the article.

The packaged models are described in docs/models.md. Any spaCy pipeline with a parser may stand in for ours.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from kutub.errors import ModelError
from kutub.language import Language
from kutub.records import Article, Part, PieceKind, Sentence, Token
from kutub.text.casing import running_case
from kutub.text.tokens import Tokeniser

LONGEST = 200  # tokens; a longer sentence is parsed in pieces
BATCH = 256  # sentences of one article that are parsed together
MANIFEST = "manifest.json"
COMMON = "common.txt"  # words that the treebanks write in lower case
CLOSING = frozenset(",;:.!?)]—–-\"'”’»")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What is parsed as one sentence: its place, and its words as offsets."""

    part: Part
    kind: PieceKind
    words: tuple[tuple[int, int], ...]
    groups: tuple[tuple[int, int], ...]  # first and last word of what the pipeline saw as one


@dataclass(frozen=True, slots=True)
class StandIn:
    """A known name, first to last word, and the word that the pipeline sees in its place."""

    first: int
    last: int
    word: str


NameFinder = Callable[[Sequence[str]], Sequence[StandIn]]


class Parser:
    """A language's parser. `model` names what made the parse, for the event record."""

    def __init__(
        self, nlp: Any, *, model: str, tokeniser: Tokeniser | None = None, common: frozenset[str] = frozenset()
    ) -> None:
        """Made by `Parser.load`.

        nlp: a spaCy pipeline; tokeniser: None lets the pipeline cut the words itself; common: words that headlines are
        rewritten with (text/casing.py), none to parse headlines as printed.
        """
        self._nlp = nlp
        self._tokeniser = tokeniser
        self._common = common
        self.model = model

    @classmethod
    def load(cls, language: Language, *, model: str | None = None) -> Parser:
        """The language's own parser, or the spaCy pipeline of this path or name with its own tokeniser.

        Raises ModelError when it is missing, damaged, or has no parser.
        """
        if model is None:
            folder = language.path / str(language.settings.get("model", "model"))
            version = _check(folder)
            common = frozenset((folder / COMMON).read_text(encoding="utf-8").split())
            nlp = _load(str(folder))
            return cls(nlp, model=version, tokeniser=Tokeniser(language.settings), common=common)
        nlp = _load(model)
        if "parser" not in nlp.pipe_names:
            raise ModelError("the pipeline has no parser", where=model, hint="give a spaCy pipeline with a parser")
        return cls(nlp, model=f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}")

    def parse(
        self,
        spans: Sequence[tuple[Part, PieceKind, int, int]],
        *,
        article: Article,
        names: NameFinder | None = None,
    ) -> tuple[Sentence, ...]:
        """The sentences of these spans, parsed one by one, in order; spans without words are left out.

        names: finds known names among the words of a sentence. The pipeline sees each as one frequent name, since a
        parser trained on small treebanks goes astray over names that it has not met ("Joe Biden praised Egypt").
        The result depends on the article alone: each call parses its sentences together, in batches of fixed size.
        """
        pairs = [
            (doc, stretch)
            for part, kind, start, end in spans
            for doc, stretch in self._docs(article.part_text(part), (part, kind, start, end), names)
        ]
        docs = self._nlp.pipe((doc for doc, _ in pairs), batch_size=BATCH)
        return tuple(
            _sentence(doc, stretch, text=article.part_text(stretch.part), index=index)
            for index, (doc, (_, stretch)) in enumerate(zip(docs, pairs, strict=True))
        )

    def _docs(
        self, text: str, span: tuple[Part, PieceKind, int, int], names: NameFinder | None
    ) -> Iterator[tuple[Any, _Stretch]]:
        part, kind, start, end = span
        if self._tokeniser is None:
            words = [
                (start + token.idx, start + token.idx + len(token))
                for token in self._nlp.make_doc(text[start:end])
                if not token.is_space
            ]
        else:
            words = self._tokeniser.words(text, start, end)
        for chunk in _chunks(words, text):
            found = names([text[a:b] for a, b in chunk]) if names else ()
            groups = _groups(len(chunk), found)
            shown = {name.first: name.word for name in found}
            yield self._doc(text, chunk, groups, shown, kind), _Stretch(part, kind, tuple(chunk), groups)

    def _doc(
        self,
        text: str,
        spans: Sequence[tuple[int, int]],
        groups: Sequence[tuple[int, int]],
        shown: Mapping[int, str],
        kind: PieceKind,
    ) -> Any:
        from spacy.tokens import Doc

        spaces = [spans[after[0]][0] > spans[before[1]][1] for before, after in pairwise(groups)]
        words = [shown.get(first, text[spans[first][0] : spans[last][1]]) for first, last in groups]
        if kind is PieceKind.TITLE and self._common:
            words = running_case(words, common=self._common)
        return Doc(self._nlp.vocab, words=words, spaces=[*spaces, False])


def _groups(count: int, names: Sequence[StandIn]) -> tuple[tuple[int, int], ...]:
    """First and last word of what is parsed as one: a name, or a single word."""
    lasts = {name.first: name.last for name in names}
    groups = []
    index = 0
    while index < count:
        last = lasts.get(index, index)
        groups.append((index, last))
        index = last + 1
    return tuple(groups)


def _chunks(words: list[tuple[int, int]], text: str) -> Iterator[list[tuple[int, int]]]:
    """The words in pieces of at most LONGEST, cut behind the last punctuation mark of a piece's second half."""
    while len(words) > LONGEST:
        marks = (i for i in range(LONGEST - 1, LONGEST // 2, -1) if text[words[i][1] - 1] in CLOSING)
        cut = next(marks, LONGEST - 1) + 1
        yield words[:cut]
        words = words[cut:]
    if words:
        yield words


def _sentence(doc: Any, stretch: _Stretch, *, text: str, index: int) -> Sentence:
    root = next(token.i for token in doc if token.head.i == token.i)
    tokens: list[Token] = []
    for token, (first, last) in zip(doc, stretch.groups, strict=True):
        head, deprel = _relation(token, root)
        above = stretch.groups[head][0] if head >= 0 else -1
        for word in range(first, last + 1):
            start, end = stretch.words[word]
            surface = text[start:end]
            inside = word > first
            tokens.append(
                Token(
                    index=word,
                    text=surface,
                    start=start,
                    end=end,
                    upos=token.pos_ or "X",
                    lemma=(token.lemma_ if token.text == surface else "") or surface,
                    head=first if inside else above,
                    deprel="flat" if inside else deprel,
                )
            )
    start, end = stretch.words[0][0], stretch.words[-1][1]
    return Sentence(
        part=stretch.part,
        kind=stretch.kind,
        index=index,
        start=start,
        end=end,
        text=text[start:end],
        tokens=tuple(tokens),
    )


def _relation(token: Any, root: int) -> tuple[int, str]:
    """Head and relation; where the pipeline saw several roots, all but the first hang on the first."""
    if token.i == root:
        return -1, "root"
    if token.head.i == token.i:
        return root, "parataxis"
    return token.head.i, token.dep_ or "dep"


def see_prefixes(nlp: Any) -> None:
    """Let a pipeline see as many first letters of a word as it was trained with (`prefix_letters` in its meta.json)."""
    from spacy.attrs import PREFIX

    letters = nlp.meta.get("prefix_letters")
    if letters:
        nlp.vocab.lex_attr_getters[PREFIX] = lambda word: word[: int(letters)]


def _load(name: str) -> Any:
    import spacy

    try:
        nlp = spacy.load(name, exclude=["ner", "entity_linker", "textcat"])
        see_prefixes(nlp)
        return nlp
    except (OSError, ValueError, KeyError) as error:
        hint = "give the path or the name of an installed spaCy pipeline, or reinstall kutub for its own"
        raise ModelError(f"cannot be loaded: {error}", where=name, hint=hint) from error


def _check(folder: Path) -> str:
    """The version of a packaged model. Raises ModelError if a file is missing or differs from the manifest."""
    hint = "reinstall kutub, or train the model (docs/models.md)"
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files, version = dict(manifest["files"]), str(manifest["version"])
    except (OSError, ValueError, KeyError) as error:
        raise ModelError("the model is missing or has no manifest", where=str(folder), hint=hint) from error
    for name, digest in files.items():
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            raise ModelError("a file of the model is missing", where=str(folder / name), hint=hint) from error
        if found != digest:
            raise ModelError("a file of the model is damaged", where=str(folder / name), hint=hint)
    return version
