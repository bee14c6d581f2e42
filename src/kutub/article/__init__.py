"""Article: what of a page is the story, and what is known about it."""

from kutub.article.reading import read_article

__all__ = ["read_article"]
