"""A worker process: takes pages from its standard input, gives replies, and dies rather than do harm.

It bounds itself by what the kernel enforces, since nothing else stops a parser: its memory (RLIMIT_AS), the CPU time
that it has for each page (ITIMER_PROF, armed anew for each; SIGPROF ends it), and the time by the clock (SIGALRM),
should its parent be gone while a page hangs. Time by the clock is otherwise kept by the parent (pool.py).
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any, BinaryIO

from kutub.errors import KutubError
from kutub.pipeline.frames import read_frame, write_frame

OUT_OF_MEMORY = 137  # exit status
_WORN_SHARE = 0.4  # of the bound on memory; a worker that has needed more is replaced


class Said(Enum):
    """What a reply is: ready for a page, the page is read, here is its result, or an error that ends the run."""

    READY = "ready"
    READ = "read"
    RESULT = "result"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker says; `is_worn`: it should be replaced."""

    said: Said
    value: Any = None
    is_worn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Bytes of address space; for each page seconds of CPU time to read and to code it, and seconds by the clock."""

    memory: int
    read: float
    code: float
    clock: float


def main() -> None:
    """Work until standard input ends. The first frame holds the work, its settings, and the bounds.

    SIGINT is blocked here by the parent: Ctrl-C is for it alone.
    """
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between the frames
    sys.stdout = sys.stderr
    try:
        work, settings, bounds = read_frame(source)
        _prepare(bounds)
        write_frame(target, Reply(Said.READY))
        while True:
            write_frame(target, _reply(work, read_frame(source), settings, bounds, target))
    except (EOFError, BrokenPipeError):
        pass
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _prepare(bounds: Bounds) -> None:
    """What must not be blamed on a page: bounds, and the import of what reads it."""
    for number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    _bound(bounds.memory)
    import kutub.article  # noqa: F401


def _bound(memory: int) -> None:
    """Bound the address space, within what the system allows; where it knows no such bound, the time alone is one."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _reply(work: Any, page: Any, settings: Any, bounds: Bounds, target: BinaryIO) -> Reply:
    def on_read() -> None:
        write_frame(target, Reply(Said.READ))
        signal.setitimer(signal.ITIMER_PROF, bounds.code)

    signal.setitimer(signal.ITIMER_REAL, bounds.clock)
    signal.setitimer(signal.ITIMER_PROF, bounds.read)
    try:
        result = work(page, settings, on_read)
    except KutubError as error:
        return Reply(Said.ERROR, error)
    finally:  # the parent may take its time to listen
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
    return Reply(Said.RESULT, result, is_worn=_resident() > _WORN_SHARE * bounds.memory)


def _resident() -> int:
    """The most bytes that this process has had in memory."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
