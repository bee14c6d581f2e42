"""`kutub read`: what Kutub takes for the article, and what it leaves out."""

from __future__ import annotations

import signal
import sys
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kutub.errors import InputError, KutubError, OutputError
from kutub.views.cli.options import (
    add_corpus_options,
    columns_of,
    expected_pages,
    job_count,
    language_of,
    published_of,
)

if TYPE_CHECKING:
    from kutub.records import Article, Dropped, Repair
    from kutub.views.summary import Progress


def add_to(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "read",
        help="show what is read of articles",
        description="Print one JSON line for each article: its title, date, text, and what was left out and why.",
    )
    parser.add_argument("paths", nargs="+", metavar="PATHS", help="HTML, text, JSON Lines, CSV, Parquet, folders, -")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to a file (default: standard output)")
    add_corpus_options(parser)
    parser.add_argument(
        "--left-out", action="store_true", help="show each article as text, with what is left out of it and why"
    )
    parser.add_argument("-j", "--jobs", type=job_count, default=1, metavar="N", help="number of processes (default: 1)")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress, no notices and no summary")
    parser.add_argument("--strict", action="store_true", help="exit with status 1 when something was dropped")
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Read, print, count. A run that is stopped leaves what was read until then."""
    from kutub.outputs import check_target
    from kutub.views.cli.stopping import kept_name

    tally = _Tally()
    kept = None
    if options.output:
        if options.output.suffix in (".csv", ".tsv", ".parquet", ".xlsx"):
            hint = "name the file .jsonl; kutub code writes CSV and Parquet"
            raise InputError("articles are written as JSON Lines", where=str(options.output), hint=hint)
        check_target(options.output)
        kept = kept_name(options.output)
    try:
        _write(options, tally, kept)
    except (KeyboardInterrupt, SystemExit, KutubError) as stop:
        return _stopped(options, tally, kept, stop)
    _tell(options, tally)
    return 1 if options.strict and tally.counts.dropped else 0


def _write(options: Namespace, tally: _Tally, kept: Path | None) -> None:
    """Write the articles to where they are wanted; those of a run that is stopped to `kept`.

    Raises InputError where there are none.
    """
    from kutub.outputs import replacing
    from kutub.pipeline.process import interrupts_held
    from kutub.views.console import emit
    from kutub.views.summary import check_read

    if options.output is None:
        emit(_counted(_texts(options, tally), tally), is_flowing=True)
        check_read(options.paths, tally.counts)
        return
    with replacing(options.output, partial=kept) as file:
        for text in _texts(options, tally):
            with interrupts_held(signal.SIGTERM):  # no half article is kept
                file.write(text.encode("utf-8", "backslashreplace") + b"\n")
                tally.count_written()
        check_read(options.paths, tally.counts)


def _counted(texts: Iterable[str], tally: _Tally) -> Iterator[str]:
    for text in texts:
        yield text
        tally.count_written()


def _stopped(options: Namespace, tally: _Tally, kept: Path | None, stop: BaseException) -> int:
    """Tell what is kept. Raises an error that has stopped the run."""
    from kutub.views.cli.stopping import say_nothing_done, say_stopped, status_of
    from kutub.views.summary import numbered

    if tally.written or isinstance(stop, InputError):
        _tell(options, tally)
    if tally.written and not isinstance(stop, OutputError):
        say_stopped(f"{numbered(tally.written, 'article')} read", tally.last_path, [kept] if kept else [])
    elif not isinstance(stop, KutubError):
        say_nothing_done()
    if isinstance(stop, KutubError):
        raise stop
    return status_of(stop)


def _tell(options: Namespace, tally: _Tally) -> None:
    """The summary."""
    from kutub.views.console import say

    if not options.quiet and tally.counts.pages:
        say("\n".join(_summary(tally)))


class _Tally:
    """What was read. mended: articles by what was mended in them; mended_articles: how many these are.

    written: articles that were written; last_path: the last of them, or a page that was dropped behind it.
    """

    def __init__(self) -> None:
        from kutub.pipeline import Counts

        self.counts = Counts()
        self.mended: Counter[Repair] = Counter()
        self.mended_articles = 0
        self.written = 0
        self.last_path = self._path = ""
        self.begun = time.monotonic()

    def add(self, found: Article | Dropped) -> None:
        """Count a result."""
        from kutub.records import Dropped

        self.counts.pages += 1
        self.counts.seconds = time.monotonic() - self.begun
        if isinstance(found, Dropped):
            self.counts.dropped[found.reason] += 1
            self.last_path = found.path
            return
        self._path = found.path
        self.counts.articles += 1
        self.counts.add_dating(found.path, found.unread_date, is_dated=found.published is not None)
        if found.is_mixed:
            self.counts.add_mixed(found.path)
        self.mended.update(kind for kind, _ in found.repairs)
        self.mended_articles += bool(found.repairs)

    def count_written(self) -> None:
        """The article that was added last is written."""
        self.written += 1
        self.last_path = self._path


def _summary(tally: _Tally) -> Iterator[str]:
    from kutub.views.summary import mended_line, mixed_line, read_line, undated_line, unread_dates_lines

    counts = tally.counts
    yield read_line(counts)
    if counts.dropped:
        reasons = ", ".join(f"{reason.value} {count:,}" for reason, count in sorted(counts.dropped.items()))
        yield f"dropped {counts.dropped.total():,}: {reasons}"
    yield from unread_dates_lines(counts)
    if counts.mixed:
        yield mixed_line(counts)
    if tally.mended_articles:
        yield mended_line(tally.mended, tally.mended_articles, counts.articles)
    if counts.undated:
        yield undated_line(counts)


def _progress(options: Namespace) -> Progress:
    """The progress line, where articles are not written to the same terminal."""
    from kutub.views.summary import Progress

    is_shown = sys.stderr.isatty() and not options.quiet and bool(options.output or not sys.stdout.isatty())
    total = expected_pages(options.paths, [options.output] if options.output else []) if is_shown else None
    return Progress(sys.stderr, total=total, has_events=False, is_shown=is_shown)


def _texts(options: Namespace, tally: _Tally) -> Iterator[str]:
    """What is printed of each article; progress and notices go to standard error meanwhile."""
    from kutub.records import Dropped, printable
    from kutub.views.console import say
    from kutub.views.summary import SHOWN_DROPS, drop_line

    progress = _progress(options)

    def notice(line: str) -> None:
        progress.clear()
        say(line)

    try:
        for found in _articles(options, lambda line: notice(printable(line))):
            tally.add(found)
            if not isinstance(found, Dropped):
                yield _printed(found, options)
            elif not options.quiet and tally.counts.dropped[found.reason] <= SHOWN_DROPS:
                notice(drop_line(found))
            progress(tally.counts)
    finally:
        progress.clear()


def _articles(options: Namespace, notice: Callable[[str], None]) -> Iterator[Article | Dropped]:
    from kutub.api import read
    from kutub.views.cli.stopping import skipped_outputs

    return read(
        options.paths,
        published=published_of(options),
        language=language_of(options),
        columns=columns_of(options),
        jobs=options.jobs,
        stdin=sys.stdin.buffer,
        outputs=skipped_outputs([options.output] if options.output else [], options.paths),
        date_order=options.date_order,
        on_notice=None if options.quiet else notice,
    )


def _printed(article: Article, options: Namespace) -> str:
    """An article as a line of JSON, or shown with what is left out of it."""
    import json

    if options.left_out:
        return "\n".join(_shown(article, is_to_file=bool(options.output)))
    return json.dumps(article_row(article), ensure_ascii=False)


def _shown(article: Article, *, is_to_file: bool) -> Iterator[str]:
    """The article with what is left out, wrapped and coloured where a terminal shows it; a blank line at the end."""
    import os
    from shutil import get_terminal_size

    from kutub.views.left_out import left_out_lines

    is_terminal = not is_to_file and sys.stdout.isatty()
    has_colours = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = get_terminal_size().columns if is_terminal else None
    yield from left_out_lines(article, width=width, colour=is_terminal and has_colours)
    yield ""


def article_row(article: Article) -> dict[str, Any]:
    """The fields of an article that are printed."""
    from kutub.records import PieceKind

    plain = ("path", "id", "title", "deck", "byline", "editor", "publisher", "url")
    return {
        **{name: getattr(article, name) for name in plain},
        "published": article.published.isoformat() if article.published else None,
        "published_basis": article.published_basis,
        "published_confidence": article.published_confidence,
        "unread_date": article.unread_date,
        "language": article.language,
        "text": article.text,
        "body": [article.text[piece.start : piece.end] for piece in article.pieces if piece.kind is PieceKind.BODY],
        "left_out": [{"text": span.text, "reason": span.reason} for span in article.left_out],
        "repairs": dict(article.repairs),
    }
