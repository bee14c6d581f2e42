"""The way in: paths and standard input become pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from kutub.records import Dropped, DropReason, Page
from kutub.sources.corpus import read_rows
from kutub.sources.files import PAGE_LIMIT, READ_ERRORS, check_paths, find_files, open_file, peek, shown
from kutub.sources.kinds import SAMPLE, Kind, is_row_by_row, kind_of, squeezed


def read_pages(paths: Sequence[str | Path], *, stdin: BinaryIO | None = None) -> Iterator[Page | Dropped]:
    """Pages of files, folders (all files below, sorted, hidden ones skipped) and "-" (standard input).

    What a file is, is told by its bytes and its suffix: JSON Lines give a page a row, web pages and texts one page
    each; any of them may be gzip-compressed. A page may hold 20 MB, a row 10 MB; what is larger, empty, binary or
    unreadable is dropped.
    stdin: read for "-" instead of the process's standard input.
    Raises InputError, before anything is read, for a path that does not exist.
    """
    check_paths(paths)
    return _read(paths, stdin)


def _read(paths: Sequence[str | Path], stdin: BinaryIO | None) -> Iterator[Page | Dropped]:
    for path in paths:
        if str(path) == "-":
            yield from _read_stream(stdin or sys.stdin.buffer, "-")
            continue
        for file in find_files(Path(path)):
            yield from _read_file(file, is_named=file == Path(path))


def _read_file(path: Path, *, is_named: bool) -> Iterator[Page | Dropped]:
    try:
        stream = open_file(path, is_named=is_named)
    except OSError as error:
        yield Dropped(path=shown(path), reason=DropReason.UNREADABLE, detail=error.strerror or str(error))
        return
    with stream:
        yield from _read_stream(stream, shown(path))


def _read_stream(stream: BinaryIO, path: str) -> Iterator[Page | Dropped]:
    try:
        head, whole = peek(stream)
        kind = kind_of(path, head)
        if not squeezed(head).strip() and len(head) < SAMPLE:
            yield Dropped(path=path, reason=DropReason.EMPTY)
        elif kind is Kind.BINARY:
            yield Dropped(path=path, reason=DropReason.BINARY)
        elif kind is Kind.XML:
            yield Dropped(path=path, reason=DropReason.NO_TEXT, detail="XML, not a web page")
        elif kind is Kind.CORPUS and not is_row_by_row(path, head):
            yield Dropped(path=path, reason=DropReason.BAD_JSON, detail="not one JSON object a line")
        elif kind is Kind.CORPUS:
            yield from read_rows(whole, path)
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
