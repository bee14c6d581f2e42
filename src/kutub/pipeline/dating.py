"""How the articles of a run are dated, counted: undated ones, and those whose row has a date that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, kw_only=True)
class Dating:
    """Counts of articles. Those of `bad_dates` and `unclear_dates` are dated from elsewhere or undated.

    undated: whose date is unknown; bad_dates: whose row has a date that cannot be read, unclear_dates: one in which day
    and month cannot be told apart (neither is counted with the other); undated_bad, undated_unclear: those of them that
    are undated; first_bad_date, first_unclear_date: the first of them, as `file:row 'value'`.
    """

    undated: int = 0
    bad_dates: int = 0
    undated_bad: int = 0
    first_bad_date: str = ""
    unclear_dates: int = 0
    undated_unclear: int = 0
    first_unclear_date: str = ""

    def add_dating(self, path: str, unread: str | None, *, is_dated: bool, count: int = 1) -> None:
        """Count an article; unread: the date of its row that could not be read. count: -1 takes it out again."""
        undated = 0 if is_dated else count
        self.undated += undated
        if unread is None:
            return
        from kutub.sources.times import is_unclear

        if is_unclear(unread):
            self.unclear_dates += count
            self.undated_unclear += undated
            self.first_unclear_date = self.first_unclear_date or f"{path} {unread!r}"
        else:
            self.bad_dates += count
            self.undated_bad += undated
            self.first_bad_date = self.first_bad_date or f"{path} {unread!r}"
