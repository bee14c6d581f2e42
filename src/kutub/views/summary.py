"""The progress line and the summary of a coding run."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, TextIO

from kutub.errors import InputError
from kutub.pipeline import Counts
from kutub.records import Dropped, DropReason, Repair, printable
from kutub.sources.kinds import READABLE
from kutub.views.console import shortened

REDRAW_SECONDS = 0.1
BAR_WIDTH = 24
SHOWN_DROPS = 10


class Progress:
    """A line on a terminal that shows how far a run is; silent where the stream is no terminal.

    total: how many pages there will be, where that is known; then a bar is drawn. has_events: whether the run codes.
    """

    def __init__(
        self, stream: TextIO, *, total: int | None = None, has_events: bool = True, is_shown: bool = True
    ) -> None:
        self.stream = stream
        self.total = total
        self.has_events = has_events
        self.is_shown = is_shown and stream.isatty()
        self.drawn = 0.0
        self.width = 0

    def __call__(self, counts: Counts) -> None:
        """Draw the counts, at most ten times a second."""
        now = time.monotonic()
        if self.is_shown and now - self.drawn >= REDRAW_SECONDS:
            self.drawn = now
            self._draw(progress_line(counts, self.total, has_events=self.has_events))

    def clear(self) -> None:
        """Remove the line."""
        if self.width:
            self._draw("")
            self.stream.write("\r")
            self.stream.flush()

    def _draw(self, line: str) -> None:
        self.stream.write(f"\r{line:<{self.width}}")
        self.stream.flush()
        self.width = len(line)


def progress_line(counts: Counts, total: int | None, *, has_events: bool = True) -> str:
    """One line: a bar where the total is known, pages, dropped pages, events of a coding run, pages a second."""
    figures = f"{counts.pages:,} pages  {counts.dropped.total():,} dropped"
    figures += f"  {counts.events.total():,} events" if has_events else ""
    pace = f"{counts.rate:.1f} a second"
    if not total:
        return f"{figures}  {pace}"
    share = min(counts.pages / total, 1.0)
    full = round(share * BAR_WIDTH)
    return f"[{'#' * full}{'.' * (BAR_WIDTH - full)}] {share:4.0%}  {figures}  {pace}"


def read_line(counts: Counts) -> str:
    """How many articles were read, and how fast."""
    pace = f" in {counts.seconds:.1f} s ({counts.rate:.1f} pages a second)" if counts.articles else ""
    return f"read {numbered(counts.articles, 'article')}{pace}"


def check_read(paths: Sequence[str], counts: Counts) -> None:
    """Raise InputError where a run that has come to its end has found no article: why, and what can be read."""
    if counts.articles:
        return
    where = shortened(", ".join(map(printable, paths)), 200)
    if not counts.dropped:
        hint = f"hidden files and outputs are not read; {READABLE}"
        raise InputError("no article was read: there are no files", where=where, hint=hint)
    hint = READABLE if DropReason.BINARY in counts.dropped else "docs/reading.md explains the reasons"
    raise InputError(f"no article was read: dropped {_listed(counts.dropped)}", where=where, hint=hint)


def summary_lines(counts: Counts, dropped: Sequence[Dropped]) -> list[str]:
    """What was read, dropped by reason, and coded by type, in plain text."""
    lines = [read_line(counts)]
    if counts.dropped:
        lines += drop_lines(counts.dropped, dropped)
    lines += unread_dates_lines(counts)
    if counts.mixed:
        lines.append(mixed_line(counts))
    if counts.repairs:
        lines.append(f"mended {counts.repairs.total():,} characters: {_listed(counts.repairs)}")
    if counts.undated:
        lines.append(f"{undated_line(counts)}; their events have no date unless the text gives one; see --date")
    lines.append(f"events {counts.events.total():,}" + (f": {_listed(counts.events)}" if counts.events else ""))
    return lines


def drop_lines(counts: Counter[DropReason], dropped: Sequence[Dropped]) -> list[str]:
    """What was dropped: counts by reason, the first ten one by one, and how many more there are."""
    hidden = counts.total() - min(SHOWN_DROPS, len(dropped))
    return [
        f"dropped {counts.total():,}: {_listed(counts)}",
        *(f"  {drop_line(drop)}" for drop in dropped[:SHOWN_DROPS]),
        *([f"  and {hidden:,} more"] if hidden else []),
    ]


def unread_dates_lines(counts: Counts) -> list[str]:
    """How many articles have a date in their row that cannot be read, what became of them, the first, what to do."""
    lines = []
    if counts.bad_dates:
        told = _dated(counts.bad_dates, counts.undated_bad)
        lines.append(f"dates that cannot be read: {told}, first {printable(counts.first_bad_date)}")
    if counts.unclear_dates:
        told = _dated(counts.unclear_dates, counts.undated_unclear)
        remedy = "say which comes first with --date-order day-month or --date-order month-day"
        first = printable(counts.first_unclear_date)
        lines.append(f"dates whose day and month cannot be told apart: {told}, first {first}: {remedy}")
    return lines


def _dated(count: int, undated: int) -> str:
    parts = {"undated": undated, "dated from elsewhere": count - undated}
    return f"{numbered(count, 'article')} ({', '.join(f'{name} {part:,}' for name, part in parts.items() if part)})"


def undated_line(counts: Counts) -> str:
    """How many articles have no date, and how many of them for which reason."""
    reasons = {
        "with a date that cannot be read": counts.undated_bad,
        "with an unclear date": counts.undated_unclear,
        "without any": counts.undated - counts.undated_bad - counts.undated_unclear,
    }
    told = ", ".join(f"{count:,} {reason}" for reason, count in reasons.items() if count)
    return f"undated {counts.undated:,} of {numbered(counts.articles, 'article')}: {told}"


def mixed_line(counts: Counts) -> str:
    """In how many articles passages are left out that are in another language, the first, and how to see them."""
    told = f"{counts.mixed:,} of {numbered(counts.articles, 'article')}, first {printable(counts.first_mixed)}"
    return f"passages in another language are left out: {told}; kutub read --left-out shows them"


def mended_line(mended: Mapping[Repair, int], articles: int, total: int) -> str:
    """In how many articles characters were mended, and in how many of them each kind."""
    return f"mended {articles:,} of {numbered(total, 'article')}: {_listed(mended)}"


def numbered(count: int, noun: str) -> str:
    """A count with its noun in the right number."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def drop_line(drop: Dropped) -> str:
    """A dropped page in one line."""
    detail = f" ({shortened(printable(drop.detail), 200)})" if drop.detail else ""
    return f"{printable(drop.path)}: {drop.reason.value}{detail}"


def _listed(counter: Mapping[Any, int]) -> str:
    """Counts by name, largest first."""
    ordered = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{name} {count:,}" for name, count in ordered)
