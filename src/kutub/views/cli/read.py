"""`kutub read`: what Kutub takes for the article, and what it leaves out."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kutub.views.cli.options import add_corpus_options, columns_of, job_count, language_of, published_of

if TYPE_CHECKING:
    from kutub.pipeline import Counts
    from kutub.records import Article


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
    parser.add_argument("-q", "--quiet", action="store_true", help="no notices and no summary")
    parser.add_argument("--strict", action="store_true", help="exit with status 1 when something was dropped")
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Read, print, count."""
    from kutub.errors import InputError
    from kutub.outputs import check_target, replacing
    from kutub.pipeline import Counts
    from kutub.views.console import emit, say

    counts = Counts()
    if options.output:
        if options.output.suffix in (".csv", ".tsv", ".parquet", ".xlsx"):
            hint = "name the file .jsonl; kutub code writes CSV and Parquet"
            raise InputError("articles are written as JSON Lines", where=str(options.output), hint=hint)
        check_target(options.output)
        with replacing(options.output) as file:
            for line in _lines(options, counts):
                file.write(line.encode("utf-8", "backslashreplace") + b"\n")
    else:
        emit(_lines(options, counts))
    if not options.quiet:
        for line in _summary(counts):
            say(line)
    return 1 if options.strict and counts.dropped else 0


def _summary(counts: Counts) -> Iterator[str]:
    from kutub.views.summary import bad_dates_line

    if not counts.articles and not counts.dropped:
        yield "nothing to read: no files there"
    if counts.dropped:
        reasons = ", ".join(f"{reason.value} {count:,}" for reason, count in sorted(counts.dropped.items()))
        yield f"dropped {counts.dropped.total():,}: {reasons}"
    if counts.bad_dates:
        yield bad_dates_line(counts)
    if counts.undated:
        yield f"undated {counts.undated:,} of {counts.articles:,} articles"


def _lines(options: Namespace, counts: Counts) -> Iterator[str]:
    import json

    from kutub.api import read
    from kutub.records import Dropped, printable
    from kutub.views.console import say
    from kutub.views.summary import SHOWN_DROPS, drop_line

    articles = read(
        options.paths,
        published=published_of(options),
        language=language_of(options),
        columns=columns_of(options),
        jobs=options.jobs,
        stdin=sys.stdin.buffer,
        outputs=[options.output] if options.output else [],
        on_bad_date=counts.add_bad_date,
        on_notice=None if options.quiet else lambda line: say(printable(line)),
    )
    for found in articles:
        if isinstance(found, Dropped):
            counts.dropped[found.reason] += 1
            if counts.dropped[found.reason] <= SHOWN_DROPS:
                say(drop_line(found))
            continue
        counts.articles += 1
        counts.undated += found.published is None
        if options.left_out:
            yield from _shown(found, is_to_file=bool(options.output))
        else:
            yield json.dumps(article_row(found), ensure_ascii=False)


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
        "language": article.language,
        "text": article.text,
        "body": [article.text[piece.start : piece.end] for piece in article.pieces if piece.kind is PieceKind.BODY],
        "left_out": [{"text": span.text, "reason": span.reason} for span in article.left_out],
        "repairs": dict(article.repairs),
    }
