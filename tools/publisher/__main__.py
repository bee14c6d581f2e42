"""`python -m tools.publisher draft | golden | check | table` (docs/publishers.md)."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from kutub.errors import KutubError

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0, 1 where a check failed, 2 where input cannot be used."""
    parser = ArgumentParser(prog="python -m tools.publisher", description=__doc__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    draft = commands.add_parser("draft", help="draft a profile from saved pages of one publisher")
    draft.add_argument("pages", nargs="+", type=Path, metavar="PAGE.html")
    draft.add_argument("--id", help="of the profile (default: the first part of the host)")
    draft.add_argument("--host", help="of pages that do not say their address, e.g. kompas.com")
    draft.add_argument("-o", "--output", type=Path, default=ROOT / "out" / "publishers", metavar="FOLDER")
    draft.set_defaults(run=run_draft)
    try:
        options = parser.parse_args(arguments)
        return int(options.run(options))
    except KutubError as error:
        print(f"tools.publisher: {error}", file=sys.stderr)
        return 2


def run_draft(options: Namespace) -> int:
    """Draft a profile, write it, say how the pages are read with it."""
    from tools.publisher.draft import draft, report

    made, read = draft(options.pages, id=options.id, host=options.host)
    target = options.output / f"{made.id}.yaml"
    options.output.mkdir(parents=True, exist_ok=True)
    target.write_text(made.yaml(), encoding="utf-8")
    print("\n".join(report(made, read)))
    print(f"\nwritten: {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
