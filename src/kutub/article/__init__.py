"""Article: what of a page is the story, and what is known about it."""

from kutub.article.dates import order_of, row_date
from kutub.article.reading import TEXT_LIMIT, plain_article, read_article

__all__ = ["TEXT_LIMIT", "order_of", "plain_article", "read_article", "row_date"]
