"""Command-line options that several commands share, and the kinds of their values."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date


def day(text: str) -> date:
    """A date as YYYY-MM-DD."""
    try:
        if len(text) != len("2024-03-05"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no date; write it as YYYY-MM-DD, e.g. 2024-03-05") from None


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
