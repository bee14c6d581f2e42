"""Tables without a header: what to write above them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kutub.sources.times import machine_date

_NAME_LIMIT = 40  # characters of a column's name
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def headless_problem(cells: Sequence[str]) -> str:
    """What to do about a first row that holds a long text, a date or an address, as headers do not; "" for others."""
    names = ["date" if machine_date(cell) else "url" if _ADDRESS.fullmatch(cell) else "" for cell in cells]
    longest = max(range(len(cells)), key=lambda index: len(cells[index]), default=0)
    if not any(names) and not (cells and len(cells[longest]) > _NAME_LIMIT and " " in cells[longest]):
        return ""
    if not names[longest]:
        names[longest] = "text"
    header = ",".join(_numbered(names))
    return (
        "the first row looks like an article, not like names of columns: put a row of names before it, such as "
        f"{header} (then --text, --title and the like name columns)"
    )


def _numbered(names: Sequence[str]) -> list[str]:
    """Names that are all different; those that are not known count from 1."""
    return [name if name and name not in names[:index] else f"column{index + 1}" for index, name in enumerate(names)]
