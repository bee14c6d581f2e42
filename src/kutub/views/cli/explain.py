"""`kutub explain`: why a sentence gives the events that it gives, or none."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kutub.views.cli.options import add_actors_option, add_model_option, add_reading_options


def add_to(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "explain",
        help="show why a sentence is coded as it is",
        description=(
            "Print the parse, the clauses, the rules that were tried and the events of a sentence, or of each sentence "
            "of a file; where there is no event, the nearest rule and what it lacked."
        ),
    )
    parser.add_argument("text", metavar='"SENTENCE" | FILE', help="- is standard input")
    add_reading_options(parser)
    add_model_option(parser)
    add_actors_option(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Explain a sentence or a file."""
    from kutub.views.console import emit

    emit(_file_lines(options) if _is_file(options.text) else _sentence_lines(options))
    return 0


def _is_file(text: str) -> bool:
    """Whether the argument names a file. Raises InputError if it is empty, or looks like a path but is none."""
    from kutub.errors import InputError

    if not text.strip():  # an empty path would be the current folder
        raise InputError("the text is empty", hint="give a sentence or a file")
    if text == "-":
        return True
    try:
        if Path(text).exists():
            return True
    except (OSError, ValueError):  # too long for a path, or with a NUL
        return False
    looks_like_path = not any(sign.isspace() for sign in text) and ("/" in text or 1 < len(Path(text).suffix) <= 6)
    if looks_like_path:
        raise InputError("no such file", where=text, hint="check the path, or give a sentence of several words")
    return False


def _sentence_lines(options: Namespace) -> Iterator[str]:
    from kutub.api import explain
    from kutub.coder.rendering import explanation_lines

    yield from explanation_lines(
        explain(
            options.text,
            published=options.date,
            language=options.lang,
            models=dict(options.model),
            actors=options.actors,
        )
    )


def _file_lines(options: Namespace) -> Iterator[str]:
    """Explanations of the articles. Raises InputError with the first reason where there is no article."""
    from kutub.api import explain, read
    from kutub.coder.rendering import explanation_lines
    from kutub.errors import InputError
    from kutub.records import Dropped
    from kutub.views.console import say
    from kutub.views.summary import drop_line

    dropped: list[Dropped] = []
    is_explained = False
    for found in read(options.text, published=options.date, language=options.lang, stdin=sys.stdin.buffer):
        if isinstance(found, Dropped):
            dropped.append(found)
        else:
            is_explained = True
            yield from explanation_lines(explain(found, models=dict(options.model), actors=options.actors))
            yield ""
    if not is_explained:
        reason = drop_line(dropped[0]) if dropped else f"{options.text}: no file in it"
        raise InputError(f"no article to explain: {reason}")
    for drop in dropped:
        say(f"dropped {drop_line(drop)}")
