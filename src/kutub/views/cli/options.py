"""Command-line options that several commands share, the kinds of their values, and what they come to."""

from __future__ import annotations

import os
import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path

_COLUMNS = ("text", "title", "deck", "byline", "editor", "id", "url", "publisher", "crawled")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?")


def day(text: str) -> date:
    """A date as YYYY-MM-DD."""
    try:
        if len(text) != len("2024-03-05"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no date; write it as YYYY-MM-DD, e.g. 2024-03-05") from None


def day_or_column(text: str) -> date | str:
    """A date as YYYY-MM-DD, or the name of a column, which does not begin with a digit."""
    return day(text) if not text.strip() or text[0].isdigit() else text


def job_count(text: str) -> int:
    """A number of processes, 1 or more."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is no number of processes; give 1 or more")
    return int(text)


def model_choice(text: str) -> tuple[str, str]:
    """LANGUAGE=FOLDER."""
    language, _, folder = text.partition("=")
    if not language or not folder:
        raise ArgumentTypeError(f"{text!r} is no model; write it as LANGUAGE=FOLDER, e.g. en=models/en")
    return language, folder


def add_reading_options(parser: ArgumentParser) -> None:
    """--date and --lang."""
    parser.add_argument(
        "--date", type=day, metavar="YYYY-MM-DD", help="publication date of articles that have none of their own"
    )
    parser.add_argument("--lang", metavar="CODE", help="language (en, id); default: recognised for each article")


def add_corpus_options(parser: ArgumentParser) -> None:
    """--date and --lang, which may name columns of a corpus, and the options that always do."""
    group = parser.add_argument_group(
        "columns of a corpus", "for CSV, Parquet and JSON rows, where the usual names do not tell them"
    )
    parser.add_argument(
        "--date",
        type=day_or_column,
        metavar="YYYY-MM-DD|COLUMN",
        help="publication date of articles that have none of their own, or the column of a corpus that holds it",
    )
    parser.add_argument(
        "--lang",
        metavar="CODE|COLUMN",
        help="language (en, id), or the column of a corpus that holds it; default: recognised for each article",
    )
    group.add_argument(
        "--date-order",
        choices=("day-month", "month-day"),
        help="which of them comes first in the dates of a corpus such as 02/03/2024; default: as other dates of the "
        "column show, else as the article's language has it",
    )
    for field in _COLUMNS:
        group.add_argument(f"--{field}", dest=f"{field}_column", metavar="COLUMN", help=_HELP[field])


_HELP = {
    "text": "the article's text, or its HTML",
    "title": "its title",
    "deck": "what stands below the title",
    "byline": "who wrote it",
    "editor": "who edited it",
    "id": "its identity",
    "url": "its address",
    "publisher": "who published it",
    "crawled": "when it was fetched, for articles without any other date",
}


def published_of(options: Namespace) -> date | None:
    """The date that --date gives."""
    return options.date if isinstance(options.date, date) else None


def language_of(options: Namespace) -> str | None:
    """The language that --lang gives: a code, or a name, which is refused later with its code."""
    from kutub.language import meant_by

    if options.lang is not None and (_LANGUAGE.fullmatch(options.lang) or meant_by(options.lang)):
        return str(options.lang)
    return None


def columns_of(options: Namespace) -> dict[str, str]:
    """The columns that the options name, by field."""
    named = {field: getattr(options, f"{field}_column") for field in _COLUMNS}
    named |= {"date": None if published_of(options) else options.date}
    named |= {"lang": None if language_of(options) else options.lang}
    return {field: column for field, column in named.items() if column is not None}


def expected_pages(paths: Sequence[str], outputs: Sequence[Path]) -> int | None:
    """How many pages the paths will give; None where corpora or standard input leave it open."""
    from kutub.sources.files import find_files
    from kutub.sources.kinds import Kind, kind_of

    if "-" in paths:
        return None
    skipped = set(map(os.path.realpath, outputs))
    files = [str(file) for path in paths for file in find_files(Path(path), skipped=skipped)]
    return None if any(kind_of(file, b"") in (Kind.CORPUS, Kind.TABLE, Kind.PARQUET) for file in files) else len(files)


def add_actors_option(parser: ArgumentParser) -> None:
    """--actors."""
    parser.add_argument(
        "--actors",
        metavar="FILE.csv",
        help="actors of your own, which go before the tables'; columns form, name, country, sectors and, as wanted, "
        "from, to, title, kind",
    )


def add_model_option(parser: ArgumentParser) -> None:
    """--model."""
    parser.add_argument(
        "--model",
        type=model_choice,
        action="append",
        default=[],
        metavar="LANG=FOLDER",
        help="use another parser model for a language",
    )
