"""Parse sentences: words, UPOS, features, lemmas, the dependency tree and entities, with offsets into the article.

The packaged models are described in docs/models.md. Any spaCy pipeline with a parser may stand in for ours.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from kutub.errors import ModelError
from kutub.language import Language
from kutub.records import Article, Part, PieceKind, Sentence, Token
from kutub.text.casing import running_case
from kutub.text.network import Analysis, Network
from kutub.text.pipelines import SpacyPipeline
from kutub.text.tokens import Tokeniser

LONGEST = 200  # tokens; a longer sentence is parsed in pieces
MANIFEST = "manifest.json"
COMMON = "common.txt"  # words that the treebanks write in lower case
RUNNING, HEADLINE = "text", "headline"  # styles
CLOSING = frozenset(",;:.!?)]—–-\"'”’»")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What is parsed as one sentence: its place, and its words as offsets."""

    part: Part
    kind: PieceKind
    words: tuple[tuple[int, int], ...]
    shown: tuple[str, ...]  # the words as the model sees them
    spaces: tuple[bool, ...]  # whether one follows each


class Model(Protocol):
    """What analyses sentences of words."""

    def analyse(
        self, sentences: Sequence[Sequence[str]], *, styles: Sequence[str], spaces: Sequence[Sequence[bool]]
    ) -> list[Analysis]:
        """The analyses of sentences, each in a style, with whether a space follows each word."""
        ...


class Cutter(Protocol):
    """What cuts words."""

    def words(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """The words of a stretch of text, as offsets."""
        ...


class Parser:
    """A language's parser. `model` names what made the parse, for the event record."""

    def __init__(self, model: Model, cutter: Cutter, *, version: str, common: frozenset[str] = frozenset()) -> None:
        """Made by `Parser.load`.

        common: words that headlines are rewritten with (text/casing.py), none to parse headlines as printed.
        """
        self._model = model
        self._cutter = cutter
        self._common = common
        self.model = version

    @classmethod
    def load(cls, language: Language, *, model: str | None = None) -> Parser:
        """The language's own parser, or the spaCy pipeline of this path or name with its own tokeniser.

        Raises ModelError when it is missing, damaged, or has no parser.
        """
        if model is not None:
            pipeline = SpacyPipeline.load(model)
            return cls(pipeline, pipeline, version=pipeline.version)
        return cls.of_folder(language, language.path / str(language.settings.get("model", "model")))

    @classmethod
    def of_folder(cls, language: Language, folder: Path) -> Parser:
        """The parser with our own model of this folder. Raises ModelError when it is missing or damaged."""
        version = _check(folder)
        common = frozenset((folder / COMMON).read_text(encoding="utf-8").split())
        return cls(_load(folder), Tokeniser(language.settings), version=version, common=common)

    def parse(self, spans: Sequence[tuple[Part, PieceKind, int, int]], *, article: Article) -> tuple[Sentence, ...]:
        """The sentences of these spans, parsed one by one, in order; spans without words are left out."""
        stretches = [
            stretch
            for part, kind, start, end in spans
            for stretch in self._stretches(article.part_text(part), (part, kind, start, end))
        ]
        analyses = self._model.analyse(
            [stretch.shown for stretch in stretches],
            styles=[HEADLINE if stretch.kind is PieceKind.TITLE else RUNNING for stretch in stretches],
            spaces=[stretch.spaces for stretch in stretches],
        )
        return tuple(
            _sentence(analysis, stretch, text=article.part_text(stretch.part), index=index)
            for index, (analysis, stretch) in enumerate(zip(analyses, stretches, strict=True))
        )

    def _stretches(self, text: str, span: tuple[Part, PieceKind, int, int]) -> Iterator[_Stretch]:
        part, kind, start, end = span
        for chunk in _chunks(self._cutter.words(text, start, end), text):
            shown = [text[a:b] for a, b in chunk]
            if kind is PieceKind.TITLE and self._common:
                shown = running_case(shown, common=self._common)
            spaces = [after[0] > before[1] for before, after in pairwise(chunk)]
            yield _Stretch(part, kind, tuple(chunk), tuple(shown), (*spaces, False))


def _chunks(words: list[tuple[int, int]], text: str) -> Iterator[list[tuple[int, int]]]:
    """The words in pieces of at most LONGEST, cut behind the last punctuation mark of a piece's second half."""
    while len(words) > LONGEST:
        marks = (i for i in range(LONGEST - 1, LONGEST // 2, -1) if text[words[i][1] - 1] in CLOSING)
        cut = next(marks, LONGEST - 1) + 1
        yield words[:cut]
        words = words[cut:]
    if words:
        yield words


def _sentence(analysis: Analysis, stretch: _Stretch, *, text: str, index: int) -> Sentence:
    tokens = tuple(
        Token(
            index=at,
            text=text[start:end],
            start=start,
            end=end,
            upos=analysis.upos[at],
            feats=analysis.feats[at],
            lemma=analysis.lemmas[at],
            head=analysis.heads[at],
            deprel=analysis.relations[at],
            entity=analysis.entities[at],
        )
        for at, (start, end) in enumerate(stretch.words)
    )
    start, end = stretch.words[0][0], stretch.words[-1][1]
    return Sentence(
        part=stretch.part,
        kind=stretch.kind,
        index=index,
        start=start,
        end=end,
        text=text[start:end],
        tokens=tokens,
    )


def _load(folder: Path) -> Network:
    try:
        return Network.load(folder)
    except (OSError, ValueError, KeyError) as error:
        hint = "reinstall kutub, or train the model (docs/models.md)"
        raise ModelError(f"cannot be loaded: {error}", where=str(folder), hint=hint) from error


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
