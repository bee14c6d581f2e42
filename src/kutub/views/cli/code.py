"""`kutub code`: articles to events."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kutub.errors import InputError, KutubError
from kutub.views.cli.options import (
    add_actors_option,
    add_corpus_options,
    add_model_option,
    columns_of,
    expected_pages,
    job_count,
    language_of,
    published_of,
)

if TYPE_CHECKING:
    from kutub.pipeline import Run
    from kutub.records import Dropped
    from kutub.views.summary import Progress


def add_to(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "code",
        help="code articles to events",
        description="Code the political events of articles: files, folders, corpora; - is standard input.",
    )
    parser.add_argument("paths", nargs="+", metavar="PATHS", help="HTML, text, JSON Lines, CSV, Parquet, folders, -")
    parser.add_argument(
        "-o",
        "--output",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="events.jsonl, .parquet or .csv; may be given several times (default: JSON Lines to standard output)",
    )
    add_corpus_options(parser)
    parser.add_argument("-j", "--jobs", type=job_count, default=1, metavar="N", help="number of processes (default: 1)")
    add_model_option(parser)
    add_actors_option(parser)
    parser.add_argument("--table", action="store_true", help="print a readable table instead of JSON Lines")
    parser.add_argument("--dropped", type=Path, metavar="FILE", help="write what was dropped, and why, as JSON Lines")
    parser.add_argument("--strict", action="store_true", help="exit with status 1 when something was dropped")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress, no notices and no summary")
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Code, print the summary, write the outputs. A run that is stopped leaves what was coded until then."""
    from kutub.outputs import check_outputs, check_target
    from kutub.views.cli.stopping import say_nothing_done, say_unfinished, status_of
    from kutub.views.summary import Progress, check_read

    check_outputs(options.output)
    if options.dropped:
        if os.path.realpath(options.dropped) in map(os.path.realpath, options.output):
            raise InputError("is given twice as output", where=str(options.dropped), hint="give each another name")
        check_target(options.dropped)
    drops: list[Dropped] = []
    total = expected_pages(options.paths, _outputs(options)) if sys.stderr.isatty() and not options.quiet else None
    progress = Progress(sys.stderr, total=total)
    coding = _run(options, drops, progress)
    begun: list[str | Path] = []
    try:
        try:
            coding.finish()
        except (KeyboardInterrupt, SystemExit, KutubError) as stop:
            progress.clear()
            return _stopped(options, coding, drops, stop, begun)
        finally:
            progress.clear()
        _write(options, coding, drops, begun)
    except (KeyboardInterrupt, SystemExit) as stop:
        if begun:
            say_unfinished(begun)
        else:
            say_nothing_done()
        return status_of(stop)
    check_read(options.paths, coding.counts)
    return 1 if options.strict and coding.counts.dropped else 0


def _outputs(options: Namespace) -> list[Path]:
    return [*options.output, *([options.dropped] if options.dropped else [])]


def _write(options: Namespace, coding: Run, drops: list[Dropped], begun: list[str | Path]) -> None:
    """The summary and the outputs; where no article was read, of these only the list of what was dropped.

    begun: gets each output when its writing begins.
    """
    from kutub.outputs import write_events
    from kutub.views.console import say
    from kutub.views.summary import summary_lines

    if not options.quiet:
        say("\n".join(summary_lines(coding.counts, coding.dropped)))
    if options.dropped:
        begun.append(options.dropped)
        _write_drops(options.dropped, drops)
    if coding.counts.articles:
        for path in options.output:
            begun.append(path)
            write_events(coding.rows(), path)
        if options.table or not options.output:
            begun.append("standard output")
        _print_events(options, coding)


def _stopped(
    options: Namespace, coding: Run, drops: list[Dropped], stop: BaseException, begun: list[str | Path]
) -> int:
    """Write what was coded until then, under names that say so. Raises an error that has stopped the run."""
    from kutub.views.cli.stopping import kept_name, say_nothing_done, say_stopped, status_of
    from kutub.views.summary import numbered

    counts = coding.break_off()
    if counts.articles:
        options.output = list(map(kept_name, options.output))
        options.dropped = options.dropped and kept_name(options.dropped)
        _write(options, coding, drops, begun)
        say_stopped(f"{numbered(counts.articles, 'article')} coded", coding.last_path, options.output)
    if isinstance(stop, KutubError):
        raise stop
    if not counts.articles:
        say_nothing_done()
    return status_of(stop)


def _run(options: Namespace, drops: list[Dropped], progress: Progress) -> Run:
    """The run, not begun yet."""
    from kutub.pipeline import code_paths
    from kutub.records import printable
    from kutub.views.cli.stopping import skipped_outputs
    from kutub.views.console import say

    def notice(line: str) -> None:
        progress.clear()
        say(printable(line))

    return code_paths(
        options.paths,
        published=published_of(options),
        language=language_of(options),
        columns=columns_of(options),
        date_order=options.date_order,
        jobs=options.jobs,
        models=dict(options.model),
        actors=options.actors,
        stdin=sys.stdin.buffer,
        outputs=skipped_outputs(_outputs(options), options.paths),
        on_progress=None if options.quiet else progress,
        on_dropped=drops.append if options.dropped else None,
        on_notice=None if options.quiet else notice,
    )


def _print_events(options: Namespace, coding: Run) -> None:
    import json
    import shutil

    from kutub.views.console import emit
    from kutub.views.table import table_lines

    if options.table:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        emit(table_lines(coding.rows, width=width))
    elif not options.output:
        emit(json.dumps(row, ensure_ascii=False) for row in coding.rows())


def _write_drops(path: Path, drops: list[Dropped]) -> None:
    from kutub.outputs import replacing
    from kutub.schema import to_json

    with replacing(path) as file:
        for line in sorted(map(to_json, drops)):
            file.write(line.encode("utf-8", "backslashreplace") + b"\n")
