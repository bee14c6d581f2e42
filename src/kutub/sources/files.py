"""Finding files in paths and folders, and reading them within limits."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from kutub.errors import InputError
from kutub.records import Dropped, DropReason
from kutub.sources.gzipped import Unpacked
from kutub.sources.kinds import SAMPLE, is_gzip

PAGE_LIMIT = 20 * 1024 * 1024  # bytes of a single page, decompressed
READ_ERRORS = (OSError, EOFError)


def check_paths(paths: Sequence[str | Path]) -> None:
    """Raises InputError for the first path that does not exist ("-" is standard input)."""
    for path in paths:
        if str(path) != "-" and not os.path.lexists(path):
            raise InputError("no such file or folder", where=shown(path), hint="check the path")


def check_apart(paths: Sequence[str | Path], outputs: Iterable[str | Path], *, stdin: BinaryIO | None = None) -> None:
    """Raises InputError for an output that is one of the files (or the standard input) to be read."""
    inputs = {os.path.realpath(path) for path in paths if str(path) != "-"}
    redirected = _identity(stdin) if stdin is not None and "-" in map(str, paths) else None
    for output in outputs:
        real = Path(os.path.realpath(output))
        if not real.is_file():
            continue
        if str(real) in inputs or redirected == _inode(real.stat()):
            hint = "give the output another name; the input would be overwritten"
            raise InputError("is both input and output", where=shown(output), hint=hint)


def _identity(stream: BinaryIO) -> tuple[int, int] | None:
    """What file the stream reads; None where it is none."""
    try:
        return _inode(os.fstat(stream.fileno()))
    except OSError:
        return None


def _inode(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def shown(path: str | Path) -> str:
    """The path as text that can be written anywhere: bytes that are not UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def find_files(path: Path, *, skipped: Collection[str] = ()) -> Iterator[Path]:
    """The file itself, or all files below a folder in sorted order, hidden ones skipped; a folder is entered once.

    skipped: real paths of files that are left out (what the run itself writes).
    """
    seen: set[tuple[int, int]] = set()
    pending = [path]
    while pending:
        path = pending.pop()
        if not _is_folder(path):
            if not skipped or os.path.realpath(path) not in skipped:
                yield path
            continue
        try:
            status = path.stat()
            inside = sorted(child for child in path.iterdir() if not child.name.startswith("."))
        except OSError:
            yield path  # opening it fails again, and is then reported with its reason
            continue
        if _inode(status) in seen:
            continue
        seen.add(_inode(status))
        pending.extend(reversed(inside))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def open_file(path: Path, *, is_named: bool) -> BinaryIO:
    """The file's bytes. Pipes and devices are opened only when the user named them. Raises OSError."""
    if not is_named and not stat.S_ISREG(path.stat().st_mode):
        raise OSError("not a regular file")
    return path.open("rb")


def unreadable(path: str, error: Exception, *, rows: int = 0) -> Dropped:
    """The file, or the rest of it, that one of READ_ERRORS has kept from being read. rows: that were read before."""
    kept = (
        f"{rows:,} row{'s' * (rows != 1)} before that {'are' if rows != 1 else 'is'} read"
        if rows
        else "nothing of it is read"
    )
    return Dropped(path=path, reason=DropReason.UNREADABLE, detail=f"{str(error)[:200]}; {kept}")


def peek(stream: BinaryIO) -> tuple[bytes, io.BufferedReader]:
    """The first bytes and the whole of the stream, decompressed. Raises OSError, EOFError."""
    whole = _buffered(_Raw(stream))
    if is_gzip(_head(whole)):
        whole = _buffered(Unpacked(whole))
    return _head(whole), whole


def _buffered(raw: io.RawIOBase) -> io.BufferedReader:
    return io.BufferedReader(raw, buffer_size=8 * SAMPLE)


def _head(stream: io.BufferedReader) -> bytes:
    return stream.peek(SAMPLE)[:SAMPLE]


class _Raw(io.RawIOBase):
    """Any stream with `read`, as the raw side of a BufferedReader."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
