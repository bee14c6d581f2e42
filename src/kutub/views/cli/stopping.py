"""What Ctrl-C or a termination leaves of a run: what is done is kept and told, with how to go on."""

from __future__ import annotations

import os
import signal
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

from kutub.views.console import say

INTERRUPTED = 128 + signal.SIGINT
TERMINATED = 128 + signal.SIGTERM
STANDARD_OUTPUT = "/dev/stdout"
_HINT = "to go on, run the command again on what comes after that (folders are read in sorted order)"


def say_stopped(done: str, last: str, kept: Sequence[str | Path]) -> None:
    """Tell what was done, such as `12 articles coded`, up to which page, and where it was written."""
    from kutub.records import printable

    where = ", ".join(str(path) for path in kept) or "standard output"
    say(printable(f"kutub: stopped with {done}, up to {last}, written to {where}"))
    say(_HINT)


def kept_name(path: Path) -> Path:
    """Where the part of an output goes that was done: beside it, under a free name that says so; pipes stay."""
    from kutub.outputs import partial_path
    from kutub.outputs.direct import is_direct

    return path if is_direct(path) else partial_path(path)


def say_nothing_done() -> None:
    """Tell that nothing is kept."""
    say("kutub: interrupted; no output file was written")


def status_of(stop: BaseException) -> int:
    """The exit status of a command that was stopped by KeyboardInterrupt, or by SystemExit on a signal."""
    return TERMINATED if isinstance(stop, SystemExit) else INTERRUPTED


def skipped_outputs(outputs: Sequence[Path]) -> list[Path]:
    """The outputs, and what belongs to them: files that an interrupted run left, a file that standard output goes to.

    They are not read where they are in a folder that is.
    """
    partial = [found for output in outputs for found in output.parent.glob(f"{_plain(output.stem)}.partial*")]
    return [*outputs, *partial, *([Path(STANDARD_OUTPUT)] if _is_redirected() else [])]


def _plain(name: str) -> str:
    """A name for `glob`, whatever signs it has."""
    import glob

    return glob.escape(name)


def _is_redirected() -> bool:
    """Whether standard output is a plain file."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode) and Path(STANDARD_OUTPUT).exists()
    except (OSError, ValueError):
        return False
