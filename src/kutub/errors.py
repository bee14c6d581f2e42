"""Typed errors: what is wrong, where, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence


class KutubError(Exception):
    """Base of all errors that a user can mend. `hint` says what to do next."""

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        self.message = message
        self.where = where
        self.hint = hint
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f"; {self.hint}" if self.hint else ""
        return f"{place}{self.message}{advice}"


class DataError(KutubError):
    """A packaged or user-given data file (codebook, lexicon, actors) is wrong; `where` is file:line."""


class DataErrors(KutubError):
    """Several data errors at once, so that they can be mended in one go."""

    def __init__(self, errors: Sequence[DataError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in errors))


class InputError(KutubError):
    """A path or an option given by the user cannot be used."""


class OutputError(KutubError):
    """An output cannot be written (full disk, missing folder, no permission)."""


class ModelError(KutubError):
    """A language model is missing, damaged, or of another version."""


class WorkerError(KutubError):
    """A worker process cannot be started."""
