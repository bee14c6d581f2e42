"""A coding run: pages in, events out in one canonical order, everything counted."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import time
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from kutub.errors import InputError
from kutub.pipeline.dating import Dating
from kutub.pipeline.pool import work_through
from kutub.pipeline.process import interrupts_held
from kutub.pipeline.spool import Spool
from kutub.pipeline.work import Coded, Settings, check_actors, check_model, code_page, pack, unpack
from kutub.records import Dropped, DropReason, Event, Page, Repair
from kutub.schema import from_row

KEPT_DROPS = 1000


@dataclass(slots=True, kw_only=True)
class Counts(Dating):
    """What a run has done so far.

    pages: articles and dropped ones. How articles are dated: see Dating. mixed: articles of which passages are left out
    that are in another language; first_mixed: the path of the first of them.
    """

    pages: int = 0
    articles: int = 0
    mixed: int = 0
    first_mixed: str = ""
    dropped: Counter[DropReason] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    repairs: Counter[Repair] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds if self.seconds else 0.0

    def add_mixed(self, path: str) -> None:
        """Count an article of which passages in another language are left out."""
        self.mixed += 1
        self.first_mixed = self.first_mixed or path


class Run:
    """The events of some pages. Work starts at the first iteration or `finish`; iterating again costs no coding.

    Events come in canonical order, by article id and then in reading order, whatever the order of pages and the number
    of jobs; therefore the first one comes when all pages are read. They are kept on disk (TMPDIR), not in memory.
    `counts` tells what was done, `dropped` holds the first 1000 dropped pages (`on_dropped` gets all), `last_path` is
    the page that was finished last: pages are finished in their order. After KeyboardInterrupt `break_off` keeps what
    was coded.
    """

    def __init__(
        self,
        pages: Iterable[Page | Dropped],
        *,
        settings: Settings,
        jobs: int = 1,
        on_progress: Callable[[Counts], None] | None = None,
        on_dropped: Callable[[Dropped], None] | None = None,
        counts: Counts | None = None,
        inputs: Sequence[str] = (),
        outputs: set[str] | None = None,
    ) -> None:
        """Made by `code_paths`.

        counts: into which the run counts; inputs: the paths that `pages` reads; outputs: what `pages` skips in folders,
        looked at when the reading begins.
        """
        self.counts = Counts() if counts is None else counts
        self._inputs = inputs
        self._outputs = set() if outputs is None else outputs
        self.dropped: list[Dropped] = []
        self.last_path = ""
        self._pages = pages
        self._settings = settings
        self._jobs = jobs
        self._on_progress = on_progress
        self._on_dropped = on_dropped
        self._spool: Spool | None = None
        self._is_begun = self._is_done = False

    def finish(self) -> Counts:
        """Read and code all pages, if that is not done yet.

        Raises OutputError, ModelError, DataError, InputError, WorkerError.
        """
        if self._is_done:
            return self.counts
        if self._is_begun:
            raise InputError("the run was broken off", hint="start a new one; its pages are half read")
        self._is_begun = True
        self._spool = spool = Spool()
        weakref.finalize(self, spool.close)
        begun = time.monotonic()
        results = work_through(self._pages, work=code_page, settings=self._settings, jobs=self._jobs)
        with closing(results):
            for result in results:
                with interrupts_held(signal.SIGTERM):  # what is counted is kept
                    self._count(result)
                    if isinstance(result, Coded):
                        spool.add(result)
                    self.counts.seconds = time.monotonic() - begun
                if self._on_progress:
                    self._on_progress(self.counts)
        self._resolve(spool)
        self.counts.seconds = time.monotonic() - begun
        return self.counts

    def break_off(self) -> Counts:
        """After an exception has ended `finish`: the articles that were coded until then are all of the run."""
        if self._spool is not None and not self._is_done:
            self._resolve(self._spool)
        return self.counts

    def _resolve(self, spool: Spool) -> None:
        for duplicate, kept in spool.resolve(_renamed):
            self._uncount(duplicate, kept)
        self._is_done = True

    def rows(self) -> Iterator[dict[str, Any]]:
        """The events as plain mappings, as they stand in JSON Lines."""
        self.finish()
        assert self._spool is not None
        for payload in self._spool.payloads():
            for line in unpack(payload):
                yield json.loads(line)

    def __iter__(self) -> Iterator[Event]:
        return (from_row(Event, row) for row in self.rows())

    def to_arrow(self) -> Any:
        """All events as a pyarrow.Table."""
        from kutub.outputs.arrow import arrow_table

        return arrow_table(self.rows())

    def to_pandas(self) -> Any:
        """All events as a pandas.DataFrame. Raises InputError where pandas is not installed."""
        try:
            import pandas  # noqa: F401
        except ImportError as error:
            raise InputError("pandas is not installed", hint="python -m pip install pandas") from error
        return self.to_arrow().to_pandas()

    def write(self, paths: str | Path | Iterable[str | Path]) -> None:
        """Write all events to a .jsonl, .parquet or .csv file, or to several, each whole or not at all.

        Raises OutputError, and InputError where a file is an input of the run; a file in a folder that the run reads
        is left out of the reading if the run has not begun.
        """
        from kutub.outputs import check_outputs, write_events

        chosen = [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]
        self._keep_apart(chosen)
        check_outputs(chosen)
        for path in chosen:
            write_events(self.rows(), path)

    def _keep_apart(self, outputs: Sequence[Path]) -> None:
        """Raise InputError if an output was or will be read; have the others skipped."""
        from kutub.sources.files import check_apart, find_files

        read: Sequence[str | Path] = self._inputs
        if self._is_begun:
            folders = [Path(path) for path in self._inputs if path != "-"]
            read = [file for folder in folders for file in find_files(folder, skipped=self._outputs)]
        check_apart(read, outputs)
        if not self._is_begun:
            self._outputs.update(os.path.realpath(output) for output in outputs)

    def _count(self, result: Coded | Dropped) -> None:
        self.counts.pages += 1
        self.last_path = result.path
        if isinstance(result, Dropped):
            self._drop(result)
            return
        self.counts.articles += 1
        self.counts.add_dating(result.path, result.unread_date, is_dated=result.is_dated)
        if result.is_mixed:
            self.counts.add_mixed(result.path)
        self.counts.events.update(result.types)
        self.counts.repairs.update(dict(result.repairs))

    def _uncount(self, duplicate: Coded, kept: Coded) -> None:
        """Take a duplicate that was counted as an article out of the counts."""
        self.counts.articles -= 1
        self.counts.add_dating(duplicate.path, duplicate.unread_date, is_dated=duplicate.is_dated, count=-1)
        self.counts.mixed -= duplicate.is_mixed
        self.counts.events.subtract(duplicate.types)
        self.counts.events = +self.counts.events
        detail = f"the same id and text as {kept.path}"
        self._drop(Dropped(path=duplicate.path, reason=DropReason.DUPLICATE_ID, detail=detail))

    def _drop(self, dropped: Dropped) -> None:
        self.counts.dropped[dropped.reason] += 1
        if len(self.dropped) < KEPT_DROPS:
            self.dropped.append(dropped)
        if self._on_dropped:
            self._on_dropped(dropped)


def _renamed(coded: Coded, id: str) -> bytes:
    """The events of an article under another id, packed; their own ids are hashed anew with it."""
    events = [from_row(Event, json.loads(line)) for line in coded.lines()]
    return pack([replace(event, article_id=id, event_id=_rehashed(event.event_id, id)) for event in events])


def _rehashed(event_id: str, article_id: str) -> str:
    return hashlib.sha256(f"{article_id}\0{event_id}".encode()).hexdigest()[: len(event_id)]


def code_paths(
    paths: Iterable[str | Path],
    *,
    published: date | None = None,
    language: str | None = None,
    jobs: int = 1,
    models: Mapping[str, str] | None = None,
    actors: str | None = None,
    stdin: BinaryIO | None = None,
    outputs: Iterable[str | Path] = (),
    columns: Mapping[str, str] | None = None,
    date_order: str | None = None,
    on_progress: Callable[[Counts], None] | None = None,
    on_dropped: Callable[[Dropped], None] | None = None,
    on_notice: Callable[[str], None] | None = None,
) -> Run:
    """Code files, folders and corpora (`-` is standard input); the Run yields the events.

    published: the date of articles that have none of their own; language: ISO 639-1 code, where it should not be
    recognised; jobs: number of worker processes; models: folders of other models by language;
    actors: a CSV file of the user's own actors (docs/data/actors.md).
    outputs: files that will be written with the events: skipped in folders. columns: the columns of corpora by field;
    date_order: "day-month" or "month-day", which of them comes first in rows' dates such as 02/03/2024;
    on_notice: called with lines that say how a corpus is read.
    Raises InputError for an unknown language and a path that does not exist or is an output, ModelError for a model
    that is not there, DataErrors for faults in the file of actors.
    """
    from kutub.article import order_of, row_date
    from kutub.language import load_language
    from kutub.sources import Dates, read_pages
    from kutub.sources.files import check_apart

    if jobs < 1:
        raise InputError(f"{jobs} jobs are not possible", hint="give 1 or more")
    for code in {*(models or {}), *([language] if language else [])}:
        load_language(code)
    for model in (models or {}).values():
        check_model(model)
    if actors is not None:
        check_actors(actors)
    inputs, outputs = [str(path) for path in paths], list(outputs)
    check_apart(inputs, outputs, stdin=stdin)
    counts, skipped = Counts(), {os.path.realpath(output) for output in outputs}
    dates = Dates(read=row_date, order=order_of(date_order))
    return Run(
        read_pages(inputs, stdin=stdin, outputs=skipped, dates=dates, columns=columns, on_notice=on_notice),
        settings=Settings(published=published, language=language, models=dict(models or {}), actors=actors),
        jobs=jobs,
        on_progress=on_progress,
        on_dropped=on_dropped,
        counts=counts,
        inputs=inputs,
        outputs=skipped,
    )
