"""Writing events to files whose kind is told by the end of their name."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from kutub.errors import InputError
from kutub.outputs.arrow import write_parquet
from kutub.outputs.atomic import check_target, replacing
from kutub.outputs.direct import is_direct
from kutub.outputs.flat import csv_lines

Rows = Iterable[Mapping[str, Any]]


def write_jsonl(rows: Rows, file: BinaryIO) -> None:
    """Write rows as JSON Lines, UTF-8."""
    for row in rows:
        file.write(json.dumps(row, ensure_ascii=False, allow_nan=False).encode("utf-8") + b"\n")


def write_csv(rows: Rows, file: BinaryIO) -> None:
    """Write rows as CSV (RFC 4180), UTF-8."""
    file.writelines(csv_lines(rows))


KINDS: Mapping[str, Callable[[Rows, BinaryIO], None]] = {
    ".jsonl": write_jsonl,
    ".parquet": write_parquet,
    ".csv": write_csv,
}


def check_outputs(paths: Sequence[Path]) -> None:
    """Raise InputError for a name of unknown kind or given twice, OutputError for one that cannot be written."""
    seen = set()
    for path in paths:
        if path.suffix.lower() not in KINDS and not is_direct(path):
            raise InputError("is no known kind of output", where=str(path), hint=f"end the name in {', '.join(KINDS)}")
        real = os.path.realpath(path)
        if real in seen:
            raise InputError("is given twice as output", where=str(path), hint="give each output another name")
        seen.add(real)
        check_target(path)


def write_events(rows: Rows, path: Path) -> None:
    """Write events (rows as `kutub.schema.to_row` gives them) to a .jsonl, .parquet or .csv file, whole or not at all.

    A pipe or a device without such a name gets JSON Lines. Raises OutputError (full disk, missing folder, no
    permission), and BrokenPipeError where a pipe's reader has gone.
    """
    write = KINDS.get(path.suffix.lower(), write_jsonl)
    with replacing(path) as file:
        write(rows, file)
