"""Corpus rows: JSON Lines with the fields id, text, title, date, lang, url and publisher; other fields are ignored."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from kutub.records import Dropped, DropReason, Page

LINE_LIMIT = 10 * 1024 * 1024  # bytes of one line
_SKIP_LIMIT = 1024 * 1024 * 1024  # bytes of one line after which the rest of the file is given up
_CHUNK = 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_ISO = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?!\d)")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?!\d)")
_UNWANTED = re.compile("[\ud800-\udfff\0]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """How the dates of rows are read beyond ISO 8601 and YYYYMMDD, and who is told of those that cannot be read.

    read: the date that a text in a language (a code, None where the row gives none) states, or None. on_bad: called
    with the row's place (`file:line`) and the value.
    """

    read: Callable[[str, str | None], date | None] | None = None
    on_bad: Callable[[str, object], None] | None = None


class _BadRowError(Exception):
    """A line that is not a row, with what is wrong about it."""


def read_rows(stream: BinaryIO, path: str, dates: Dates) -> Iterator[Page | Dropped]:
    """Pages of a corpus, line by line in constant memory; a line that is no row is dropped as `path:line`."""
    for number, line in numbered_lines(stream):
        where = f"{path}:{number}"
        if line is None:
            detail = f"line over {LINE_LIMIT // 1024**2} MB"
            yield Dropped(path=where, reason=DropReason.TOO_LARGE, detail=detail)
        elif line.strip():
            yield _row(line.removeprefix(_BOM) if number == 1 else line, where, dates)


def numbered_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines; None for one over the limit."""
    number = 0
    while line := stream.readline(LINE_LIMIT + 1):
        number += 1
        if len(line) <= LINE_LIMIT:
            yield number, line
            continue
        yield number, None
        if not _skip_line(stream, line):
            return


def _skip_line(stream: BinaryIO, line: bytes) -> bool:
    """Reads on to the end of the line; False if it is so long that the file is given up."""
    skipped = len(line)
    while line and not line.endswith(b"\n"):
        if skipped > _SKIP_LIMIT:
            return False
        line = stream.readline(_CHUNK)
        skipped += len(line)
    return True


def _row(line: bytes, where: str, dates: Dates) -> Page | Dropped:
    try:
        return _page(_fields(line), where, dates)
    except _BadRowError as error:
        return Dropped(path=where, reason=DropReason.BAD_JSON, detail=str(error))


def _fields(line: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(line.decode("utf-8"), parse_constant=_refuse_constant, object_pairs_hook=_unique)
    except UnicodeDecodeError as error:
        raise _BadRowError("not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise _BadRowError(f"not JSON: {str(error)[:120]}") from error
    if not isinstance(value, dict):
        raise _BadRowError("not a JSON object")
    return value


def _refuse_constant(name: str) -> None:
    raise _BadRowError(f"not JSON: {name}")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise _BadRowError("a field stands twice")
    return result


def _page(fields: Mapping[str, Any], where: str, dates: Dates) -> Page | Dropped:
    if "text" not in fields:
        raise _BadRowError("lacks the field 'text'")
    text = _string(fields, "text")
    if text is None or not text.strip():
        return Dropped(path=where, reason=DropReason.EMPTY)
    language = _string(fields, "lang") or _string(fields, "language")
    return Page(
        path=where,
        id=_identifier(fields),
        text=text,
        title=_string(fields, "title"),
        url=_string(fields, "url"),
        publisher=_string(fields, "publisher"),
        published=_published(fields.get("date"), language, where, dates),
        language=language,
    )


def _string(fields: Mapping[str, Any], name: str) -> str | None:
    """The field's text with lone surrogates and NUL replaced; None when missing, null or (text apart) blank."""
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _BadRowError(f"the field {name!r} is not a string")
    return _UNWANTED.sub("\ufffd", value) if name == "text" or value.strip() else None


def _identifier(fields: Mapping[str, Any]) -> str | None:
    value = fields.get("id")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return _string(fields, "id")


def _published(value: object, language: str | None, where: str, dates: Dates) -> date | None:
    """The row's date; None where it has none or one that cannot be read, which is told."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    day = _date(value)
    if day is None and dates.read and isinstance(value, str):
        day = dates.read(value, language)
    if day is None and dates.on_bad:
        dates.on_bad(where, value)
    return day


def _date(value: object) -> date | None:
    """The date of an ISO 8601 date or datetime as printed, or of YYYYMMDD as text or number; None for anything else."""
    if isinstance(value, int):
        value = str(value)
    match = (_ISO.match(value) or _COMPACT.match(value)) if isinstance(value, str) else None
    if not match:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None
