"""`kutub who`: whom the mentions of a text stand for on a day, and why."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kutub.views.cli.options import add_actors_option, add_model_option, day

if TYPE_CHECKING:
    from kutub.coder.who import Identity, Tenure
    from kutub.records import Party

HEADER = ("mention", "stands for", "country", "sectors", "office", "why")
WIDEST = (40, 44, 7, 15, 60, 80)
GAP = "  "


def add_to(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "who",
        help="show whom a text names, and why",
        description=(
            "Print for each mention of a text the actor that it stands for on a day: canonical name, country, sectors, "
            "office with its dates; why; and the rows of the tables behind it. Mentions that name nobody say why not."
        ),
    )
    parser.add_argument("text", metavar='"TEXT"', help="a sentence, a headline, or a name with its title")
    parser.add_argument(
        "--date", type=day, metavar="YYYY-MM-DD", help="the day; without it, offices that are still held count"
    )
    parser.add_argument("--lang", metavar="CODE", help="language (en, id); a text of a few words needs it")
    parser.add_argument("--context", default="", metavar='"TEXT"', help="what the article said before the text")
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="table (default), or one JSON line a mention"
    )
    add_model_option(parser)
    add_actors_option(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Resolve and print. Raises InputError where the text is empty or its language is unknown."""
    from kutub.api import who
    from kutub.views.console import emit, say

    found = who(
        options.text,
        published=options.date,
        language=options.lang,
        context=options.context,
        models=dict(options.model),
        actors=options.actors,
    )
    if not found:
        say("no word of the text names or describes an actor")
    elif options.format == "json":
        emit(json.dumps(record, ensure_ascii=False) for identity in found for record in records(identity))
    else:
        emit(table_lines(found))
    return 0


def records(identity: Identity) -> Iterator[dict[str, Any]]:
    """A mention as mappings for JSON: one for each party, or one with the name null where nobody is named."""
    from dataclasses import asdict

    for party in identity.parties or (None,):
        yield {
            "mention": identity.text,
            "start": identity.start,
            "end": identity.end,
            "name": party.name if party else None,
            "country": party.country if party else None,
            "sectors": list(party.sectors) if party else [],
            "title": party.title if party else None,
            "office": asdict(identity.tenure) if identity.tenure else None,
            "why": identity.why,
            "evidence": [asdict(one) for one in identity.evidence],
        }


def table_lines(found: Iterable[Identity]) -> Iterator[str]:
    """A line for each party or mention that names nobody, its evidence below it."""
    from kutub.records import printable
    from kutub.views.console import shortened

    rows = [(cells, identity) for identity in found for cells in _cells(identity)]
    widths = [
        min(max(len(HEADER[column]), *(len(cells[column]) for cells, _ in rows)), WIDEST[column])
        for column in range(len(HEADER))
    ]

    def line(cells: tuple[str, ...]) -> str:
        padded = (f"{shortened(printable(cell), width):<{width}}" for cell, width in zip(cells, widths, strict=True))
        return GAP.join(padded).rstrip()

    yield line(HEADER)
    last: Identity | None = None
    for cells, identity in rows:
        yield line(cells)
        if identity is not last:
            for one in identity.evidence:
                source = f" ({one.source})" if one.source else ""
                yield GAP + printable(f"{one.what}: {one.text}, {one.where}{source}")
        last = identity


def _cells(identity: Identity) -> Iterator[tuple[str, ...]]:
    if not identity.parties:
        yield (identity.text, "-", "", "", "", f"abstained: {identity.why}")
    for party in identity.parties:
        office = _office(party, identity.tenure)
        yield (identity.text, party.name, party.country or "-", "|".join(party.sectors) or "-", office, identity.why)


def _office(party: Party, tenure: Tenure | None) -> str:
    """The office with its dates; the title beside a name where no table dates it."""
    if tenure is None:
        return party.title or ""
    span = f"{tenure.start or ''}/{tenure.end or ''}"
    return " ".join(filter(None, [tenure.title, span, "" if tenure.is_held else "(not held then)"]))
