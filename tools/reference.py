"""Writes docs/codebook.md from the codebook: `python -m tools.reference` (`make docs`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kutub.codebook import Codebook, EventType, load_codebook

PAGE = Path(__file__).resolve().parent.parent / "docs" / "codebook.md"


def reference(codebook: Codebook) -> str:
    """The page: every type with its modes, then contexts and sectors."""
    return "\n".join(_lines(codebook)) + "\n"


def _lines(codebook: Codebook) -> Iterator[str]:
    yield f"# Codebook: {codebook.name}"
    yield ""
    yield f"Made by `make docs` from `src/kutub/data/codebook/plover/`. Source: {codebook.source}."
    yield "Rules and examples of a type: `kutub codebook rules ACCUSE`, `kutub codebook examples ACCUSE`."
    for event_type in codebook.event_types.values():
        yield from _type(codebook, event_type)
    yield from _table("Contexts", "context", codebook.contexts.items())
    yield from _table("Sectors", "code", codebook.sectors.items())
    yield from _table("Codes of parties without a state", "code", codebook.nonstate.items())


def _type(codebook: Codebook, event_type: EventType) -> Iterator[str]:
    quad = codebook.quads[event_type.quad].lower()
    yield from ("", f"## {event_type.name}", "", event_type.definition, "")
    cameo, needs = event_type.cameo, event_type.needs
    yield f"Quad {event_type.quad} ({quad}); score {event_type.score:g}; CAMEO {cameo}; parties needed: {needs}."
    future = codebook.future_type(event_type.name)
    if future != event_type.name:
        yield f"In the future it is coded {future}."
    if event_type.modes:
        yield from ("", "| mode | score | CAMEO | definition |", "| --- | --- | --- | --- |")
        for mode in event_type.modes:
            yield f"| {mode.name} | {mode.score:g} | {mode.cameo} | {mode.definition} |"
    if event_type.notes:
        yield ""
        yield from (f"- {note}" for note in event_type.notes)


def _table(title: str, name: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield from ("", f"## {title}", "", f"| {name} | meaning |", "| --- | --- |")
    for key, text in rows:
        yield f"| {key} | {text} |"


def main() -> None:
    """Writes the page."""
    PAGE.write_text(reference(load_codebook()), encoding="utf-8")
    print(f"{PAGE}: written")


if __name__ == "__main__":
    main()
