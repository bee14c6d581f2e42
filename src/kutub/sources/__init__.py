"""Sources: files, folders, standard input and corpora become pages; what cannot be one is dropped with its reason."""

from kutub.sources.pages import read_pages
from kutub.sources.rows import Dates
from kutub.sources.times import DateOrder

__all__ = ["DateOrder", "Dates", "read_pages"]
