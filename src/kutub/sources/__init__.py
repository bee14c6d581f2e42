"""Sources: files, folders, standard input and corpora become pages; what cannot be one is dropped with its reason."""

from kutub.sources.corpus import Dates
from kutub.sources.pages import read_pages

__all__ = ["Dates", "read_pages"]
