"""What is printed: lines to standard output, messages to standard error, text made fit for a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from kutub.errors import OutputError


def emit(lines: Iterable[str], *, is_flowing: bool = False) -> None:
    """Print lines to standard output as UTF-8; each at once where they are flowing.

    Raises OutputError where it cannot be written, BrokenPipeError.
    """
    lines = iter(lines)
    while True:
        line = next(lines, None)
        try:
            if line is None:
                sys.stdout.flush()
                sys.stdout.buffer.flush()
                return
            sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
            if is_flowing:
                sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            hint = "free some space or write elsewhere"
            raise OutputError(f"cannot be written: {error.strerror}", where="standard output", hint=hint) from error


def say(message: str) -> None:
    """Print a message to standard error."""
    print(message, file=sys.stderr, flush=True)


def shortened(text: str, width: int) -> str:
    """Text of at most `width` characters, its end replaced by an ellipsis where it was longer."""
    return text if len(text) <= width else text[: max(width - 1, 0)].rstrip() + "…"
