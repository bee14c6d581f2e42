"""`kutub read`: what Kutub takes for the article, and what it leaves out."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kutub.views.cli.options import add_reading_options


def add_to(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "read",
        help="show what is read of articles",
        description="Print one JSON line for each article: its title, date, text, and what was left out and why.",
    )
    parser.add_argument("paths", nargs="+", metavar="PATHS", help="files, folders, corpora; - is standard input")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to a file (default: standard output)")
    add_reading_options(parser)
    parser.add_argument("--strict", action="store_true", help="exit with status 1 when something was dropped")
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Read, print, count."""
    from kutub.outputs import check_target, replacing
    from kutub.records import DropReason
    from kutub.views.console import emit, say

    dropped: Counter[DropReason] = Counter()
    if options.output:
        check_target(options.output)
        with replacing(options.output) as file:
            for line in _lines(options, dropped):
                file.write(line.encode("utf-8", "backslashreplace") + b"\n")
    else:
        emit(_lines(options, dropped))
    if dropped:
        reasons = ", ".join(f"{reason.value} {count:,}" for reason, count in sorted(dropped.items()))
        say(f"dropped {dropped.total():,}: {reasons}")
    return 1 if options.strict and dropped else 0


def _lines(options: Namespace, dropped: Counter[Any]) -> Iterator[str]:
    import json

    from kutub.api import read
    from kutub.records import Dropped
    from kutub.views.console import say
    from kutub.views.summary import drop_line

    for found in read(options.paths, published=options.date, language=options.lang, stdin=sys.stdin.buffer):
        if isinstance(found, Dropped):
            dropped[found.reason] += 1
            say(drop_line(found))
        else:
            yield json.dumps(article_row(found), ensure_ascii=False)


def article_row(article: Any) -> dict[str, Any]:
    """The fields of an article that are printed."""
    plain = ("path", "id", "title", "deck", "byline", "editor", "publisher", "url")
    return {
        **{name: getattr(article, name) for name in plain},
        "published": article.published.isoformat() if article.published else None,
        "published_basis": article.published_basis.value if article.published_basis else None,
        "language": article.language,
        "text": article.text,
        "left_out": [{"text": piece.text, "reason": piece.reason.value} for piece in article.left_out],
    }
