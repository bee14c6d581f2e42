"""A spaCy pipeline of the user's in the place of our own model (text/network.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kutub.errors import ModelError
from kutub.text.clearnlp import SIGNS, translated
from kutub.text.network import Analysis

BATCH = 256  # sentences that are parsed together
TYPES = {  # entity types of spaCy's pipelines, as ours are named
    **dict.fromkeys(("PERSON", "PER"), "PER"),
    **dict.fromkeys(("ORG", "ORGANIZATION", "NORP"), "ORG"),
    **dict.fromkeys(("GPE", "LOC", "FAC"), "LOC"),
}


class SpacyPipeline:
    """A spaCy pipeline with a parser, behind the same door as our own model."""

    def __init__(self, nlp: Any, *, clearnlp: bool) -> None:
        """Made by `SpacyPipeline.load`. clearnlp: whether its trees are ClearNLP's, and so are translated."""
        self._nlp = nlp
        self._clearnlp = clearnlp
        self.version = f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"

    @classmethod
    def load(cls, name: str) -> SpacyPipeline:
        """The pipeline of this path or name.

        Its parser speaks Universal Dependencies or ClearNLP's scheme (text/clearnlp.py). Raises ModelError where
        there is no such pipeline or no spaCy, where it has no parser, or one with relations of another scheme.
        """
        hint = "give the path or the name of an installed spaCy pipeline"
        try:
            import spacy
        except ImportError as error:
            hint = "install it with: pip install 'kutub[spacy]'"
            raise ModelError("a spaCy pipeline needs spaCy, which is not installed", where=name, hint=hint) from error
        try:
            nlp = spacy.load(name, exclude=["entity_linker", "textcat"])
        except (OSError, ValueError, KeyError, AttributeError, TypeError, ImportError) as error:
            raise ModelError(f"cannot be loaded: {error}", where=name, hint=hint) from error
        if "parser" not in nlp.pipe_names:
            raise ModelError("the pipeline has no parser", where=name, hint="give a spaCy pipeline with a parser")
        labels = frozenset(nlp.get_pipe("parser").labels)
        clearnlp = labels >= SIGNS
        if not clearnlp and ("dobj" in labels or "nsubj" not in labels):
            hint = "give a pipeline that was trained on Universal Dependencies, or one of spaCy's own English ones"
            shown = ", ".join(sorted(labels)[:8]) or "none"
            raise ModelError(f"its parser has relations of an unknown scheme: {shown}", where=name, hint=hint)
        return cls(nlp, clearnlp=clearnlp)

    def words(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """The words of a stretch of text as offsets, by the pipeline's own tokeniser."""
        return [
            (start + token.idx, start + token.idx + len(token))
            for token in self._nlp.make_doc(text[start:end])
            if not token.is_space
        ]

    def analyse(
        self, sentences: Sequence[Sequence[str]], *, styles: Sequence[str], spaces: Sequence[Sequence[bool]]
    ) -> list[Analysis]:
        """The analyses of sentences of words; spaces: whether one follows each word. A pipeline knows no styles."""
        from spacy.tokens import Doc

        del styles
        docs = (
            Doc(self._nlp.vocab, words=list(words), spaces=list(gaps))
            for words, gaps in zip(sentences, spaces, strict=True)
        )
        return [_analysis(doc, clearnlp=self._clearnlp) for doc in self._nlp.pipe(docs, batch_size=BATCH)]


def _analysis(doc: Any, *, clearnlp: bool) -> Analysis:
    heads = [-1 if token.head.i == token.i else token.head.i for token in doc]
    relations = [token.dep_ or "dep" for token in doc]
    upos = [token.pos_ or "X" for token in doc]
    feats = [str(token.morph) or "_" for token in doc]
    if clearnlp:
        heads, relations, upos = translated(heads, relations, upos=upos, feats=feats)
    _join(heads, relations)
    kinds = [(token.ent_iob_, TYPES.get(token.ent_type_)) for token in doc]
    return Analysis(
        upos=tuple(upos),
        feats=tuple(feats),
        lemmas=tuple(token.lemma_ or token.text for token in doc),
        heads=tuple(heads),
        relations=tuple(relations),
        entities=tuple(f"{place}-{kind}" if kind else "O" for place, kind in kinds),
    )


def _join(heads: list[int], relations: list[str]) -> None:
    """Make one tree: where the pipeline saw several roots, all but the first hang on the first."""
    roots = [index for index, head in enumerate(heads) if head < 0]
    for index in roots:
        heads[index], relations[index] = roots[0], "parataxis"
    heads[roots[0]], relations[roots[0]] = -1, "root"
