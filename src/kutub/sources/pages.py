"""The way in: paths and standard input become pages."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from kutub.records import Dropped, DropReason, Page
from kutub.sources.corpus import Dates, read_rows
from kutub.sources.files import PAGE_LIMIT, READ_ERRORS, check_apart, check_paths, find_files, open_file, peek, shown
from kutub.sources.kinds import SAMPLE, Kind, is_row_by_row, kind_of, squeezed, unread_format

_CONVERT = "is not read yet: convert it to JSON Lines with the fields id, text, title, date, lang"


def read_pages(
    paths: Sequence[str | Path],
    *,
    stdin: BinaryIO | None = None,
    outputs: Collection[str | Path] = (),
    dates: Dates | None = None,
) -> Iterator[Page | Dropped]:
    """Pages of files, folders (all files below, sorted, hidden ones skipped) and "-" (standard input).

    What a file is, is told by its bytes and its suffix: JSON Lines give a page a row, web pages and texts one page
    each; any of them may be gzip-compressed. A page may hold 20 MB, a row 10 MB; what is larger, empty, binary or
    unreadable is dropped.
    stdin: read for "-" instead of the process's standard input. outputs: files that will be written; they are skipped
    in folders (which are looked through late: what is added until then counts). dates: how dates of rows are read.
    Raises InputError, before anything is read, for a path that does not exist or is an output.
    """
    check_paths(paths)
    check_apart(paths, outputs, stdin=stdin)
    return _read(paths, stdin, outputs, dates or Dates())


def _read(
    paths: Sequence[str | Path], stdin: BinaryIO | None, outputs: Collection[str | Path], dates: Dates
) -> Iterator[Page | Dropped]:
    skipped = {os.path.realpath(output) for output in outputs}
    for path in paths:
        if str(path) == "-":
            yield from _read_stream(stdin or sys.stdin.buffer, "-", dates)
            continue
        for file in find_files(Path(path), skipped=skipped):
            yield from _read_file(file, dates, is_named=file == Path(path))


def _read_file(path: Path, dates: Dates, *, is_named: bool) -> Iterator[Page | Dropped]:
    try:
        stream = open_file(path, is_named=is_named)
    except OSError as error:
        yield Dropped(path=shown(path), reason=DropReason.UNREADABLE, detail=error.strerror or str(error))
        return
    with stream:
        yield from _read_stream(stream, shown(path), dates)


def _read_stream(stream: BinaryIO, path: str, dates: Dates) -> Iterator[Page | Dropped]:
    try:
        head, whole = peek(stream)
        kind = kind_of(path, head)
        if name := unread_format(path, head):
            yield Dropped(path=path, reason=DropReason.UNREADABLE, detail=f"{name} {_CONVERT}")
        elif not squeezed(head).strip() and len(head) < SAMPLE:
            yield Dropped(path=path, reason=DropReason.EMPTY)
        elif kind is Kind.BINARY:
            yield Dropped(path=path, reason=DropReason.BINARY)
        elif kind is Kind.XML:
            yield Dropped(path=path, reason=DropReason.NO_TEXT, detail="XML, not a web page")
        elif kind is Kind.CORPUS and not is_row_by_row(path, head):
            yield Dropped(path=path, reason=DropReason.BAD_JSON, detail="not one JSON object a line")
        elif kind is Kind.CORPUS:
            yield from read_rows(whole, path, dates)
        else:
            yield _single(whole.read(PAGE_LIMIT + 1), path)
    except READ_ERRORS as error:
        yield Dropped(path=path, reason=DropReason.UNREADABLE, detail=str(error)[:200])


def _single(content: bytes, path: str) -> Page | Dropped:
    if len(content) > PAGE_LIMIT:
        return Dropped(path=path, reason=DropReason.TOO_LARGE, detail=f"over {PAGE_LIMIT // 1024**2} MB")
    if not content.strip():
        return Dropped(path=path, reason=DropReason.EMPTY)
    return Page(path=path, content=content)
