"""The command line: `kutub code | explain | who | read | relate | codebook`.

Exit status: 0 articles were read; 1 something was dropped and --strict was given, or a check failed; 2 wrong usage, or
input, output, data or model that cannot be used, or no article was read; 130 interrupted.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import signal
import sys
from collections.abc import Callable, Sequence
from types import FrameType

from kutub.errors import KutubError, OutputError
from kutub.views.cli import code, codebook, explain, read, relate, who
from kutub.views.cli.stopping import INTERRUPTED, TERMINATED, say_nothing_done
from kutub.views.console import say

PIPE_CLOSED = 128 + 13
COMMANDS = (code, explain, who, read, relate, codebook)

EPILOG = """examples:
  kutub code news/ -o events.jsonl -o events.csv --jobs 4
  kutub code article.html --date 2024-03-05 --table
  kutub explain "Ukraine accused Russia of shelling a hospital."
"""


class _Version(argparse.Action):
    """--version; the version is looked up only when asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"kutub {version('kutub')}")
        parser.exit()


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="kutub",
        description="Code political events from news: who did what to whom, when, where and according to whom.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(commands)
    for one in commands.choices.values():
        one.set_defaults(parser=one)
    return parser


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options. Raises SystemExit; where one is unknown its message names the nearest."""
    parser = build_parser()
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        command = getattr(options, "parser", parser)
        known = re.findall(r"--[a-z][a-z-]*", command.format_help())
        near = {name: difflib.get_close_matches(name.partition("=")[0], known, n=1) for name in unknown}
        told = [f"{name} (did you mean {found[0]}?)" if found else name for name, found in near.items()]
        command.error(f"unrecognized arguments: {' '.join(told)}")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # same sums, whatever the number of workers
        os.environ.setdefault(name, "1")
    try:
        options = _parsed(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    if "run" not in options:
        build_parser().print_help(sys.stderr)
        return 2
    return _guarded(lambda: options.run(options))


def _guarded(command: Callable[[], int]) -> int:
    """Run a command; what a user can mend or has asked for becomes a message and an exit status."""
    earlier = signal.signal(signal.SIGTERM, _terminate)
    try:
        return command()
    except KutubError as error:
        say(f"kutub: {error}")
        if isinstance(error, OutputError):
            _let_go_of_output()
        return 2
    except KeyboardInterrupt:
        say_nothing_done()
        return INTERRUPTED
    except BrokenPipeError:
        _let_go_of_output()
        return PIPE_CLOSED
    finally:
        signal.signal(signal.SIGTERM, earlier)


def _let_go_of_output() -> None:
    """Standard output takes no more (its reader has gone, its disk is full): the last flush at exit goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _terminate(number: int, frame: FrameType | None) -> None:
    """End as after Ctrl-C, so that temporary files and workers go."""
    del number, frame
    raise SystemExit(TERMINATED)
