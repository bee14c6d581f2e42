"""A spaCy pipeline of the user's in the place of our own model (text/network.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kutub.errors import ModelError
from kutub.text.network import Analysis

BATCH = 256  # sentences that are parsed together
TYPES = {  # entity types of spaCy's pipelines, as ours are named
    **dict.fromkeys(("PERSON", "PER"), "PER"),
    **dict.fromkeys(("ORG", "ORGANIZATION", "NORP"), "ORG"),
    **dict.fromkeys(("GPE", "LOC", "FAC"), "LOC"),
}


class SpacyPipeline:
    """A spaCy pipeline with a parser, behind the same door as our own model."""

    def __init__(self, nlp: Any) -> None:
        """Made by `SpacyPipeline.load`."""
        self._nlp = nlp
        self.version = f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"

    @classmethod
    def load(cls, name: str) -> SpacyPipeline:
        """The pipeline of this path or name. Raises ModelError where there is none, or it has no parser."""
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
        labels = set(nlp.get_pipe("parser").labels)
        if "dobj" in labels and "obj" not in labels:
            hint = "give a pipeline that was trained on Universal Dependencies"
            raise ModelError("its parser has other relations than Universal Dependencies", where=name, hint=hint)
        return cls(nlp)

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
        return [_analysis(doc) for doc in self._nlp.pipe(docs, batch_size=BATCH)]


def _analysis(doc: Any) -> Analysis:
    root = next(token.i for token in doc if token.head.i == token.i)
    arcs = [_arc(token, root) for token in doc]
    kinds = [(token.ent_iob_, TYPES.get(token.ent_type_)) for token in doc]
    return Analysis(
        upos=tuple(token.pos_ or "X" for token in doc),
        feats=tuple(str(token.morph) or "_" for token in doc),
        lemmas=tuple(token.lemma_ or token.text for token in doc),
        heads=tuple(head for head, _ in arcs),
        relations=tuple(relation for _, relation in arcs),
        entities=tuple(f"{place}-{kind}" if kind else "O" for place, kind in kinds),
    )


def _arc(token: Any, root: int) -> tuple[int, str]:
    """Head and relation; where the pipeline saw several roots, all but the first hang on the first."""
    if token.i == root:
        return -1, "root"
    if token.head.i == token.i:
        return root, "parataxis"
    return token.head.i, token.dep_ or "dep"
