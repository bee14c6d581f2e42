"""Outputs that are no plain files: standard output however it is named, named pipes, devices such as /dev/null."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

_STANDARD = (1, 2)  # descriptors of standard output and standard error


def is_direct(path: Path) -> bool:
    """Whether what is written to `path` goes to a pipe, a character device, or a standard stream of this process."""
    try:
        status = path.stat()
    except OSError:
        return False
    return stat.S_ISFIFO(status.st_mode) or stat.S_ISCHR(status.st_mode) or _stream(status) is not None


def open_direct(path: Path) -> int:
    """The descriptor of `path` to be written; a pipe is waited for until somebody reads it. Raises OSError."""
    stream = _stream(path.stat())
    if stream is None:
        return os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    sys.stdout.flush()
    return os.dup(stream)


def _stream(status: os.stat_result) -> int | None:
    """The descriptor of the standard stream that a file is; None where it is another file."""
    for descriptor in _STANDARD:
        with suppress(OSError):
            if os.path.samestat(status, os.fstat(descriptor)):
                return descriptor
    return None
