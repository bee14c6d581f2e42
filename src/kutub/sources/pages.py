"""The way in: paths and standard input become pages."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from kutub.language import available
from kutub.records import Dropped, DropReason, Page
from kutub.sources.corpus import read_objects, read_rows
from kutub.sources.files import (
    PAGE_LIMIT,
    READ_ERRORS,
    check_apart,
    check_paths,
    find_files,
    open_file,
    peek,
    shown,
    unreadable,
)
from kutub.sources.guide import Guide
from kutub.sources.kinds import SAMPLE, Kind, has_known_suffix, is_gzip, is_row_by_row, kind_of, squeezed, unread_format
from kutub.sources.parquet import read_parquet
from kutub.sources.rows import Dates
from kutub.sources.schemas import check_columns
from kutub.sources.tables import looks_like_table, read_table

_CONVERT = "is not read yet: convert it to CSV or JSON Lines with the fields id, text, title, date, lang"


def read_pages(
    paths: Sequence[str | Path],
    *,
    stdin: BinaryIO | None = None,
    outputs: Collection[str | Path] = (),
    dates: Dates | None = None,
    columns: Mapping[str, str] | None = None,
    on_notice: Callable[[str], None] | None = None,
) -> Iterator[Page | Dropped]:
    """Pages of files, folders (all files below, sorted, hidden ones skipped) and "-" (standard input).

    What a file is, is told by its bytes and its suffix: corpora (JSON, CSV and their like, Parquet) give a page a row,
    web pages and texts one page each; all but Parquet may be gzip-compressed. A page may hold 20 MB, a row 10 MB; what
    is larger, empty, binary or unreadable is dropped.
    stdin: read for "-" instead of the process's standard input. outputs: files that will be written; they are skipped
    in folders (which are looked through late: what is added until then counts). dates: how dates of rows are read.
    columns: the columns of corpora by field (see schemas.FIELDS), where the user names them. on_notice: called with
    lines for the user: how a corpus is read, what of it cannot be decoded.
    Raises InputError, before anything is read, for a path that does not exist or is an output and for a field that is
    none; when a corpus is reached, for a column that it does not have.
    """
    check_paths(paths)
    check_apart(paths, outputs, stdin=stdin)
    check_columns(columns or {})
    return _read(paths, stdin, outputs, Guide(columns=columns, dates=dates, on_notice=on_notice))


def _read(
    paths: Sequence[str | Path], stdin: BinaryIO | None, outputs: Collection[str | Path], guide: Guide
) -> Iterator[Page | Dropped]:
    skipped = {os.path.realpath(output) for output in outputs}
    for path in paths:
        if str(path) == "-":
            yield from _read_stream(stdin or sys.stdin.buffer, "-", guide)
            continue
        for file in find_files(Path(path), skipped=skipped):
            yield from _read_file(file, guide, is_named=file == Path(path))
    if guide.columns and not guide.has_read:
        chosen = ", ".join(f"{column!r} for the {field}" for field, column in guide.columns.items())
        codes = f"; codes of languages: {', '.join(available())}" if "lang" in guide.columns else ""
        guide.tell(f"no corpus was read: the columns that were named ({chosen}) were not needed{codes}")


def _read_file(path: Path, guide: Guide, *, is_named: bool) -> Iterator[Page | Dropped]:
    try:
        stream = open_file(path, is_named=is_named)
    except OSError as error:
        yield Dropped(path=shown(path), reason=DropReason.UNREADABLE, detail=error.strerror or str(error))
        return
    with stream:
        yield from _read_stream(stream, shown(path), guide)


def _read_stream(stream: BinaryIO, path: str, guide: Guide) -> Iterator[Page | Dropped]:
    rows = 0
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
        elif kind is Kind.PARQUET:
            yield from _read_parquet(stream, path, guide)
        elif kind is Kind.CORPUS:
            read = read_rows if is_row_by_row(path, head) else read_objects
            yield from _some(read(whole, path, guide), path)
        elif kind is Kind.TABLE or (kind is Kind.TEXT and not has_known_suffix(path) and looks_like_table(head, guide)):
            for page in _some(read_table(whole, path, guide), path):
                yield page
                rows += 1
        else:
            yield _single(whole.read(PAGE_LIMIT + 1), path)
    except READ_ERRORS as error:
        yield unreadable(path, error, rows=rows)


def _read_parquet(stream: BinaryIO, path: str, guide: Guide) -> Iterator[Page | Dropped]:
    """Parquet is read from its end: it must be a file, as it is."""
    if not stream.seekable():
        detail = "Parquet cannot be read from a pipe: give its file"
        yield Dropped(path=path, reason=DropReason.UNREADABLE, detail=detail)
        return
    stream.seek(0)
    is_packed = is_gzip(stream.read(2))
    stream.seek(0)
    if is_packed:
        detail = "Parquet within gzip: unpack it (Parquet is compressed by itself)"
        yield Dropped(path=path, reason=DropReason.UNREADABLE, detail=detail)
    else:
        yield from _some(read_parquet(stream, path, guide), path)


def _some(pages: Iterator[Page | Dropped], path: str) -> Iterator[Page | Dropped]:
    """The pages of a corpus; where there are none, that is told."""
    first = next(pages, None)
    yield first or Dropped(path=path, reason=DropReason.EMPTY, detail="no rows")
    yield from pages


def _single(content: bytes, path: str) -> Page | Dropped:
    if len(content) > PAGE_LIMIT:
        return Dropped(path=path, reason=DropReason.TOO_LARGE, detail=f"over {PAGE_LIMIT // 1024**2} MB")
    if not content.strip():
        return Dropped(path=path, reason=DropReason.EMPTY)
    return Page(path=path, content=content)
