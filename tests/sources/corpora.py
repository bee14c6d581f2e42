"""Reading a corpus from bytes, for the tests of its formats."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

from kutub.records import Dropped, Page
from kutub.sources import read_pages


def read(path: Path, content: bytes | str, **options) -> list[Page | Dropped]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_pages([path], **options))


def texts(found: list[Page | Dropped]) -> list[str]:
    assert all(isinstance(page, Page) for page in found), found
    return [page.text for page in found]


def drops(found: list[Page | Dropped]) -> list[tuple[str, str, str]]:
    return [(Path(drop.path).name, drop.reason.value, drop.detail) for drop in found if isinstance(drop, Dropped)]


def peak_of(path: Path) -> tuple[int, int]:
    """The number of pages of a corpus, and the most bytes of Python's that reading them took."""
    count = sum(isinstance(page, Page) for page in read_pages([path]))  # what is loaded once is loaded
    tracemalloc.start()
    try:
        again = sum(isinstance(page, Page) for page in read_pages([path]))
        assert again == count
        return count, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
