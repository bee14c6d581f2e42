"""Sources: files, folders, standard input and corpora become pages; what cannot be one is dropped with its reason."""

from kutub.sources.pages import read_pages
from kutub.sources.rows import Dates

__all__ = ["Dates", "read_pages"]
