"""How a page is given up: one exception, turned into a `Dropped` in one place (reading.py)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kutub.records import DropReason


class PageDroppedError(Exception):
    """The page gives no article; reason and detail go into its `Dropped`."""

    def __init__(self, reason: DropReason, detail: str = "") -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(f"{reason}: {detail}")


@contextmanager
def library_failures() -> Iterator[None]:
    """Within it, any exception of an extraction library gives the page up as FAILED, with its class and message."""
    try:
        yield
    except (PageDroppedError, MemoryError):
        raise
    except Exception as error:
        raise PageDroppedError(DropReason.FAILED, f"{type(error).__name__}: {str(error)[:200]}") from error
