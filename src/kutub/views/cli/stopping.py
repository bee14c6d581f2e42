"""What Ctrl-C or a termination leaves of a run: what is done is kept and told, with how to go on."""

from __future__ import annotations

import os
import re
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


def say_unfinished(begun: Sequence[str | Path]) -> None:
    """Tell that the writing of the last of these was interrupted, and that those before it are whole."""
    from kutub.records import printable

    *whole, last = map(str, begun)
    say(printable(f"kutub: interrupted while {last} was written; written before it: {', '.join(whole) or 'nothing'}"))


def skipped_outputs(outputs: Sequence[Path], inputs: Sequence[str]) -> list[Path]:
    """The outputs, and what belongs to them: files that an interrupted run left, a file that standard output goes to.

    They are not read where they are in a folder that is. What an interrupted run left is read where it is one of the
    inputs itself.
    """
    named = set(map(os.path.realpath, inputs))
    partial = [found for output in outputs for found in _left(output) if os.path.realpath(found) not in named]
    return [*outputs, *partial, *([Path(STANDARD_OUTPUT)] if _is_redirected() else [])]


def _left(output: Path) -> list[Path]:
    """The files that interrupted runs left for an output: `events.partial.jsonl`, `events.partial-2.jsonl`."""
    name = re.compile(rf"{re.escape(output.stem)}\.partial(?:-\d+)?{re.escape(output.suffix)}", re.ASCII)
    return [found for found in output.parent.glob("*.partial*") if name.fullmatch(found.name)]


def _is_redirected() -> bool:
    """Whether standard output is a plain file."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode) and Path(STANDARD_OUTPUT).exists()
    except (OSError, ValueError):
        return False
