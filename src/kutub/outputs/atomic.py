"""Files that appear whole or not at all: a temporary file in the same folder, fsync, rename.

What is no plain file (standard output, a pipe, a device such as /dev/null) is written as it is (direct.py).
"""

from __future__ import annotations

import errno
import io
import itertools
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from kutub.errors import OutputError
from kutub.outputs.direct import is_direct, open_direct

HINTS = {
    errno.ENOSPC: "free some space or write to another disk",
    errno.EDQUOT: "your quota is used up; free some space or write to another disk",
    errno.EFBIG: "the file would be larger than the limit that is set here; raise it or write to another disk",
    errno.EACCES: "choose a folder in which you may write",
    errno.EPERM: "choose a folder in which you may write",
    errno.EROFS: "the disk is read-only; write to another one",
    errno.ENOENT: "make the folder first",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.EISDIR: "name a file, not a folder",
    errno.ENAMETOOLONG: "choose a shorter name",
}

_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def output_error(error: OSError, where: str) -> OutputError:
    """What went wrong when writing, and what to do about it."""
    reason = error.strerror or str(error)
    hint = HINTS.get(error.errno or 0, "check the disk and the path")
    return OutputError(f"cannot be written: {reason}", where=where, hint=hint)


class _Target(io.FileIO):
    """A file whose failing writes are OutputErrors that name the final path."""

    def __init__(self, descriptor: int, where: str) -> None:
        super().__init__(descriptor, "wb")
        self.where = where

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise output_error(error, self.where) from error


def check_target(path: Path) -> None:
    """Raise OutputError if `path` cannot be written: it is tried by making and removing a temporary file beside it."""
    if is_direct(path):
        return
    final = _final(path)
    descriptor, temporary = _temporary(final, path)
    os.close(descriptor)
    temporary.unlink(missing_ok=True)


def partial_path(path: Path) -> Path:
    """A name that is free for what an interrupted run has done: `events.partial.jsonl` for `events.jsonl`."""
    numbers = itertools.chain([""], (f"-{count}" for count in itertools.count(2)))
    names = (path.with_name(f"{path.stem}.partial{number}{path.suffix}") for number in numbers)
    return next(name for name in names if not os.path.lexists(name))


@contextmanager
def replacing(path: Path, *, partial: Path | None = None) -> Iterator[BinaryIO]:
    """A binary file that takes the place of `path` when the block ends without an exception.

    Until then an older file stays as it is; a block that fails or is interrupted leaves nothing behind, or, where
    `partial` is given, a file of that name with all that was written (but for a failure of the writing). A symbolic
    link is followed. What is no plain file is written at once; its reader's going is a BrokenPipeError. Raises
    OutputError when it cannot be written.
    """
    if is_direct(path):
        with _written(path) as file:
            yield file
        return
    final = _final(path)
    descriptor, temporary = _temporary(final, path)
    raw = _Target(descriptor, str(path))
    buffered = io.BufferedWriter(raw, 1 << 20)
    try:
        try:
            yield buffered
        except BaseException as error:
            if partial and not isinstance(error, OutputError) and buffered.tell():
                _put(buffered, raw, temporary, partial)
            raise
        _put(buffered, raw, temporary, final)
    except BaseException:
        with suppress(OSError):
            raw.close()
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(final.parent)


def _put(buffered: io.BufferedIOBase, raw: io.FileIO, temporary: Path, final: Path) -> None:
    """Give the file its name, with all that was written on the disk."""
    buffered.flush()
    try:
        os.fsync(raw.fileno())
        raw.close()
        temporary.replace(final)
    except OSError as error:
        raise output_error(error, str(final)) from error


@contextmanager
def _written(path: Path) -> Iterator[BinaryIO]:
    """What is no plain file, to be written as it is; what a block writes before it fails or is interrupted is there."""
    try:
        raw = _Target(open_direct(path), str(path))
    except OSError as error:
        raise output_error(error, str(path)) from error
    buffered = io.BufferedWriter(raw, 1 << 16)
    try:
        yield buffered
        buffered.flush()
    except BaseException:
        with suppress(OSError, OutputError):
            buffered.flush()
        raise
    finally:
        with suppress(OSError):
            raw.close()


def _final(path: Path) -> Path:
    """The file behind links. Raises OutputError for a folder, a disk, a write-protected file, an impossible name."""
    final = Path(os.path.realpath(path))
    try:
        mode = final.stat().st_mode
    except FileNotFoundError:
        return final
    except OSError as error:
        raise output_error(error, str(path)) from error
    if stat.S_ISDIR(mode):
        raise output_error(OSError(errno.EISDIR, os.strerror(errno.EISDIR)), str(path))
    if not stat.S_ISREG(mode):
        raise OutputError(
            "cannot be written: it is no plain file", where=str(path), hint="name a file, or leave out -o"
        )
    if not mode & _WRITE or not os.access(final, os.W_OK):
        hint = "give another name, or allow writing to it (chmod u+w)"
        raise OutputError("cannot be written: it is write-protected", where=str(path), hint=hint)
    return final


def _temporary(final: Path, path: Path) -> tuple[int, Path]:
    """A new hidden file beside the final one, with the rights that a new file gets here."""
    temporary = final.with_name(f".{final.name[:50]}.{os.getpid()}.tmp")
    try:
        temporary.unlink(missing_ok=True)
        return os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666), temporary
    except OSError as error:
        raise output_error(error, str(path)) from error


def _sync_folder(folder: Path) -> None:
    """Make the rename last through a power cut, where the file system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
