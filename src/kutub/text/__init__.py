"""The text stage: an article's pieces become parsed sentences."""

from __future__ import annotations

from kutub.language import load_language
from kutub.records import Article, PieceKind, Sentence
from kutub.text.parser import Parser
from kutub.text.sentences import split_sentences

__all__ = ["Parser", "parse_article", "split_sentences"]


def parse_article(article: Article, *, parser: Parser) -> tuple[Sentence, ...]:
    """All sentences of an article's pieces, in reading order; `Sentence.index` counts from 0 over the article."""
    language = load_language(article.language)
    spans = [
        (piece.part, piece.kind, start, end)
        for piece in article.pieces
        for start, end in split_sentences(
            article.part_text(piece.part),
            piece.start,
            piece.end,
            language=language,
            datelines=piece.kind is not PieceKind.TITLE,
        )
    ]
    return parser.parse(spans, article=article)
