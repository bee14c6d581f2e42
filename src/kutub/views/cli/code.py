"""`kutub code`: articles to events."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kutub.views.cli.options import (
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
    parser.add_argument("--table", action="store_true", help="print a readable table instead of JSON Lines")
    parser.add_argument("--dropped", type=Path, metavar="FILE", help="write what was dropped, and why, as JSON Lines")
    parser.add_argument("--strict", action="store_true", help="exit with status 1 when something was dropped")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress, no notices and no summary")
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Code, write the outputs, print the summary."""
    from kutub.errors import InputError
    from kutub.outputs import check_outputs, check_target, write_events

    check_outputs(options.output)
    if options.dropped:
        if os.path.realpath(options.dropped) in map(os.path.realpath, options.output):
            raise InputError("is given twice as output", where=str(options.dropped), hint="give each another name")
        check_target(options.dropped)
    drops: list[Dropped] = []
    coding = _coded(options, drops)
    for path in options.output:
        write_events(coding.rows(), path)
    if options.dropped:
        _write_drops(options.dropped, drops)
    _print_events(options, coding)
    return 1 if options.strict and coding.counts.dropped else 0


def _coded(options: Namespace, drops: list[Dropped]) -> Run:
    """The finished run; its summary is printed."""
    from kutub.pipeline import code_paths
    from kutub.records import printable
    from kutub.views.console import say
    from kutub.views.summary import Progress, summary_lines

    outputs = [*options.output, *([options.dropped] if options.dropped else [])]
    total = expected_pages(options.paths, outputs) if sys.stderr.isatty() else None
    progress = Progress(sys.stderr, total=total)

    def notice(line: str) -> None:
        progress.clear()
        say(printable(line))

    coding = code_paths(
        options.paths,
        published=published_of(options),
        language=language_of(options),
        columns=columns_of(options),
        jobs=options.jobs,
        models=dict(options.model),
        stdin=sys.stdin.buffer,
        outputs=outputs,
        on_progress=None if options.quiet else progress,
        on_dropped=drops.append if options.dropped else None,
        on_notice=None if options.quiet else notice,
    )
    try:
        coding.finish()
    finally:
        progress.clear()
    if not options.quiet:
        say("\n".join(summary_lines(coding.counts, coding.dropped)))
    return coding


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
