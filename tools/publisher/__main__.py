"""`python -m tools.publisher draft | golden | check | table` (docs/publishers.md)."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kutub.errors import KutubError, OutputError

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
    golden = commands.add_parser("golden", help="make a golden page from a saved page of a profile")
    golden.add_argument("page", type=Path, metavar="PAGE.html")
    golden.add_argument("--id", required=True, help="of the profile; with -2, -3 for its older forms: kompas-2")
    golden.add_argument("-o", "--output", type=Path, default=ROOT / "tests" / "publishers", metavar="FOLDER")
    golden.add_argument("--force", action="store_true", help="replace a golden page that is there")
    golden.set_defaults(run=run_golden)
    check = commands.add_parser("check", help="say whether golden pages come out, and which profiles are old")
    check.add_argument("ids", nargs="*", metavar="ID", help="default: all")
    check.add_argument("--golden", type=Path, default=ROOT / "tests" / "publishers", metavar="FOLDER")
    check.set_defaults(run=run_check)
    table = commands.add_parser("table", help="print the table of profiles for docs/publishers.md")
    table.add_argument("--write", action="store_true", help="put it into docs/publishers.md")
    table.set_defaults(run=run_table)
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


def run_golden(options: Namespace) -> int:
    """Make a golden page, write it with its expectation, say what its author has to look at."""
    from tools.publisher.golden import golden

    target = options.output / f"{options.id}.html"
    if target.exists() and not options.force:
        raise OutputError("is there already", where=str(target), hint="give another --id, or --force to replace it")
    made = golden(options.page, id=options.id)
    options.output.mkdir(parents=True, exist_ok=True)
    target.write_text(made.html, encoding="utf-8")
    target.with_suffix(".yaml").write_text(made.yaml, encoding="utf-8")
    print(f"written: {target} ({len(made.html.encode()) / 1024:.0f} KB) and {target.with_suffix('.yaml').name}")
    print("look at")
    print("\n".join(f"  - {note}" for note in (*made.notes, "every value of the expectation")))
    return 0


def run_check(options: Namespace) -> int:
    """Print the state of profiles; 1 where a golden page does not come out."""
    from kutub.article.publishers import publishers
    from tools.publisher.overview import state, state_lines

    states = [state(id, golden=options.golden, today=date.today()) for id in options.ids or publishers()]
    for found in states:
        print("\n".join(state_lines(found)))
    bad = sum(bool(found.faults) for found in states)
    warned = sum(bool(found.warnings) for found in states)
    print(f"{len(states)} profiles, {bad} with golden pages that do not come out, {warned} with warnings")
    return 1 if bad else 0


def run_table(options: Namespace) -> int:
    """Print the table of profiles, or put it into the docs."""
    from tools.publisher.overview import put_table, table

    if options.write:
        put_table(ROOT / "docs" / "publishers.md")
    else:
        print(table(), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
