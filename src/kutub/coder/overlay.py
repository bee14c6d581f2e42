"""Actors of the user's own: a CSV file whose forms go before those of the tables (docs/data/actors.md)."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kutub.codebook import load_codebook
from kutub.coder.actors import Actor, Form, Gazetteer, Office, load_actors, load_gazetteer, read_gazetteer
from kutub.coder.trie import atoms
from kutub.errors import DataError, DataErrors
from kutub.language import Language

REQUIRED = ("form", "name", "country", "sectors")
OPTIONAL = ("from", "to", "title", "kind")
COLUMNS = (*REQUIRED, *OPTIONAL)
ORGANIZATION = "organization"
KINDS = (ORGANIZATION, "person")
SEPARATORS = ",;\t"
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_BETWEEN = re.compile(r"[|\s/;,]+")
HINT = f"columns: {', '.join(REQUIRED)}, and as wanted {', '.join(OPTIONAL)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the file that has been checked."""

    form: str
    name: str
    country: str | None
    sectors: tuple[str, ...]
    start: str | None
    end: str | None
    title: str
    kind: str
    where: str


@cache
def gazetteer_with(language: Language, overlay: Path | None) -> Gazetteer:
    """A language's gazetteer with the user's actors, if there is a file of them. Raises DataErrors for its faults."""
    if overlay is None:
        return load_gazetteer(language)
    gazetteer = read_gazetteer(language)
    forms: dict[str, Form] = {}
    own: dict[str, Actor] = {}
    rows = read_overlay(overlay)
    for actor in _actors_of(rows, overlay):
        own[actor.key] = actor
    for row in rows:
        if row.form not in forms:
            actor = own[_key(row)]
            forms[row.form] = Form(actor=actor, kind="form", text=row.form, where=row.where)
    for text, form in forms.items():
        gazetteer.names.put(atoms(text), [form])
        if len(text) > 3:
            gazetteer.capital_names.put(atoms(text.lower()), [form])
    return gazetteer


def overlay_digest(path: Path) -> str:
    """First 12 hex digits of the SHA-256 over the file's bytes. Raises DataError where it cannot be read."""
    return hashlib.sha256(_bytes_of(path)).hexdigest()[:12]


def read_overlay(path: Path) -> tuple[Row, ...]:
    """The rows of a file. Raises DataErrors that say row and column of everything that is wrong."""
    errors: list[DataError] = []
    rows: list[Row] = []
    for where, cells in _cells_of(path):
        faults = list(_faults(where, cells))
        errors += faults
        if not faults:
            rows.append(_row(where, cells))
    errors += _clashes(rows)
    if errors:
        raise DataErrors(errors)
    if not rows:
        raise DataError("has no actor", where=str(path), hint=HINT)
    return tuple(rows)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(
            f"cannot be read: {error.strerror}", where=str(path), hint="give a CSV file of actors"
        ) from error


def _cells_of(path: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every row that is not blank, as (file:line, cells by column)."""
    try:
        text = _bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"is no UTF-8: {error.reason}", where=str(path), hint="save it as UTF-8") from error
    first = next(iter(text.splitlines()), "")
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    header: list[str] | None = None
    try:
        for cells in reader:
            where = f"{path}:{reader.line_num}"
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            if header is None:
                header = _header(cells, where)
            elif len(cells) != len(header):
                hint = "put a cell that holds the separator in quotation marks"
                raise DataError(f"has {len(cells)} cells, not {len(header)}", where=where, hint=hint)
            else:
                yield where, dict.fromkeys(COLUMNS, "") | dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise DataError(f"is no CSV: {error}", where=f"{path}:{reader.line_num}") from error


def _header(cells: list[str], where: str) -> list[str]:
    names = [cell.lower() for cell in cells]
    for name in REQUIRED:
        if name not in names:
            raise DataError(f"lacks the column {name!r}", where=where, hint=HINT)
    for index, name in enumerate(names):
        if name not in COLUMNS:
            raise DataError(f"has the unknown column {cells[index]!r}", where=where, hint=HINT)
        if name in names[:index]:
            raise DataError(f"has the column {name!r} twice", where=where)
    return names


def _faults(where: str, cells: Mapping[str, str]) -> Iterator[DataError]:
    codebook = load_codebook()

    def fault(column: str, what: str, hint: str) -> DataError:
        return DataError(f"column {column}: {what}", where=where, hint=hint)

    for column in ("form", "name"):
        if not atoms(cells[column]):
            yield fault(column, "is empty", "say how the text names the actor, and what its name is")
    country = cells["country"]
    if country and country not in _codes():
        yield fault(
            "country", f"{country!r} is no code", f"write e.g. IDN, USA, or one of {' '.join(codebook.nonstate)}"
        )
    for sector in _split(cells["sectors"]):
        if sector not in codebook.sectors:
            known = " ".join(codebook.sectors)
            yield fault("sectors", f"{sector!r} is no sector", f"use these, joined by |: {known}")
    for column in ("from", "to"):
        if cells[column] and not _DAY.fullmatch(cells[column]):
            yield fault(column, f"{cells[column]!r} is no date", "write it as 2014, 2014-10 or 2014-10-20")
    start, end = cells["from"], cells["to"]
    shared = min(len(start), len(end))
    if shared and start[:shared] > end[:shared]:
        yield fault("to", f"{end!r} is before {start!r}", "the last day goes into the column to")
    if cells["kind"] and cells["kind"] not in KINDS:
        yield fault("kind", f"{cells['kind']!r} is no kind", f"use one of: {', '.join(KINDS)}")


@cache
def _codes() -> frozenset[str]:
    states = {actor.country for actor in load_actors().values() if actor.kind == "state" and actor.country}
    return frozenset(states | set(load_codebook().nonstate))


def _row(where: str, cells: Mapping[str, str]) -> Row:
    kind = cells["kind"] or ("person" if cells["title"] else ORGANIZATION)
    return Row(
        form=cells["form"],
        name=cells["name"],
        country=cells["country"] or None,
        sectors=tuple(_split(cells["sectors"])),
        start=cells["from"] or None,
        end=cells["to"] or None,
        title=cells["title"],
        kind=kind,
        where=where,
    )


def _clashes(rows: list[Row]) -> Iterator[DataError]:
    """Rows that give one form to two actors, or one name two kinds."""
    names: dict[str, Row] = {}
    kinds: dict[str, Row] = {}
    for row in rows:
        first = names.setdefault(row.form, row)
        if first.name != row.name:
            what = f"column form: {row.form!r} is {first.name!r} in {first.where}"
            yield DataError(what, where=row.where, hint="one form names one actor")
        earlier = kinds.setdefault(row.name, row)
        if earlier.kind != row.kind:
            what = f"column kind: {row.name!r} is of the kind {earlier.kind} in {earlier.where}"
            yield DataError(what, where=row.where, hint="give all rows of an actor one kind")


def _actors_of(rows: tuple[Row, ...], path: Path) -> Iterator[Actor]:
    """One actor a name; rows with dates or titles are its offices."""
    by_key: dict[str, list[Row]] = {}
    for row in rows:
        by_key.setdefault(_key(row), []).append(row)
    for key, found in by_key.items():
        plain = next((row for row in found if not (row.start or row.end or row.title)), None)
        offices = {
            Office(
                title=row.title,
                sectors=row.sectors,
                country=row.country,
                start=row.start,
                end=row.end,
                where=row.where,
                source=path.name,
            ): None
            for row in found
            if row is not plain and (row.start or row.end or row.title)
        }
        first = plain or found[0]
        yield Actor(
            key=key,
            kind=first.kind,
            name=first.name,
            country=first.country,
            sectors=first.sectors if plain else (),
            adjective=first.name,
            offices=tuple(offices),
            where=first.where,
            source=path.name,
        )


def _key(row: Row) -> str:
    return f"own:{row.name}"


def _split(cell: str) -> list[str]:
    return [part for part in _BETWEEN.split(cell) if part]
