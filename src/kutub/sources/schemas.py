"""Which column of a corpus holds what: the user's choice, a known schema, or the usual names (data/corpora.yaml)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kutub.datafiles import DATA, read_yaml
from kutub.errors import DataError, InputError
from kutub.language import available

FIELDS = (
    "text", "html", "title", "deck", "byline", "editor", "id", "url", "publisher", "date", "crawled", "lang",
)  # fmt: skip
ALIASES = {"published": "date", "language": "lang"}  # as the Python interface calls them
_SHOWN = 30  # columns that a message names
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which columns of a corpus are read.

    columns: the columns of each field, in order of preference. name: of the known schema; "" where the columns are told
    by their own names. problem: why no article can be read, "" where one can.
    """

    columns: Mapping[str, tuple[str, ...]]
    name: str = ""
    problem: str = ""

    @property
    def needed(self) -> list[str]:
        """All columns that are read."""
        return list(dict.fromkeys(column for columns in self.columns.values() for column in columns))

    @property
    def is_own(self) -> bool:
        """Whether all columns are called as Kutub calls its fields."""
        return not self.name and all(columns == (field,) for field, columns in self.columns.items())

    def __str__(self) -> str:
        """`CC-News: text, title, publisher from domain`."""
        read = [
            field if columns == (field,) else f"{field} from {' or '.join(columns)}"
            for field, columns in self.columns.items()
        ]
        return f"{self.name or 'a corpus'}: {', '.join(read)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bare:
    """How a file without a header is told: the number of its cells, and patterns of some (by index)."""

    cells: frozenset[int]
    patterns: Mapping[int, re.Pattern[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Schema:
    """A known schema; all names are squeezed."""

    name: str
    needs: frozenset[str]
    is_all: frozenset[str]
    may: frozenset[str]
    fields: Mapping[str, tuple[str, ...]]
    holds: str
    bare: _Bare | None

    def fits(self, names: frozenset[str]) -> bool:
        if self.needs and not self.needs <= names:
            return False
        return not self.is_all or self.is_all <= names <= self.is_all | self.may


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The content of `corpora.yaml`; names of columns are squeezed."""

    fields: Mapping[str, tuple[str, ...]]
    schemas: tuple[_Schema, ...]
    numbering: frozenset[str]
    missing: frozenset[str]
    name_keys: tuple[str, ...]
    languages: Mapping[str, str]


def squeeze(name: str) -> str:
    """A column's name without case, spaces and marks."""
    return _MARKS.sub("", name).casefold()


def check_columns(columns: Mapping[str, str]) -> None:
    """Raises InputError for a field that does not exist or has two columns; for a column with no name or two fields."""
    named: dict[str, str] = {}
    for field, column in columns.items():
        if field not in FIELDS and field not in ALIASES:
            raise InputError(f"no field {field!r}", hint=f"{_nearest(field, FIELDS)}fields: {', '.join(FIELDS)}")
        if not isinstance(column, str) or not column.strip():
            raise InputError(f"the column of {field!r} has no name", hint="name a column of the corpus")
        if named.setdefault(ALIASES.get(field, field), column) != column:
            raise InputError(f"two columns for {field!r}", hint="name one of them")
    check_fields_apart(named)


def check_fields_apart(columns: Mapping[str, str], where: str = "") -> None:
    """Raises InputError for a column of two fields, but for the id's, which may be that of another field too."""
    fields: dict[str, str] = {}
    for field, column in columns.items():
        other = fields.setdefault(column, field) if field != "id" else field
        if other != field:
            message = f"the column {column!r} is named for the {other} and for the {field}"
            raise InputError(message, where=where, hint="name another column for one of them")


def layout_of(names: Iterable[str], chosen: Mapping[str, str], where: str) -> Layout:
    """How a corpus with columns of these names is read. chosen: the user's columns by field.

    Raises InputError for a chosen column that is not there; where: the path that it names.
    """
    names = list(names)
    there: dict[str, str] = {}
    for name in names:
        there.setdefault(squeeze(name), name)
    own = {field: (_chosen(field, column, names, there, where),) for field, column in chosen.items()}
    free = {squeezed: name for squeezed, name in there.items() if (name,) not in own.values()}
    schema = _recognised(frozenset(there))
    usual_names = schema.fields if schema and schema.fields else known().fields
    found = {
        field: tuple(free[name] for name in usual if name in free)
        for field, usual in usual_names.items()
        if not (field == "html" and "text" in own)
    }
    columns = {field: own.get(field) or found.get(field, ()) for field in FIELDS}
    columns = {field: used for field, used in columns.items() if used}
    has_text = "text" in columns or "html" in columns
    problem = "" if has_text else _problem(schema, columns, names)
    return Layout(columns=columns, name=schema.name if schema and schema.fields else "", problem=problem)


def has_text(names: Collection[str], chosen: Mapping[str, str]) -> bool:
    """Whether columns of these names have a text (that of the user, where one is chosen), whatever else is missing."""
    own = _there(names, chosen)
    if any(field in chosen and field not in own for field in ("text", "html")):
        return False
    return not layout_of(names, own, "").problem


def id_columns(names: Collection[str], chosen: Mapping[str, str]) -> tuple[str, ...]:
    """Which of columns of these names hold the id (that of the user, where one is chosen and there)."""
    return layout_of(names, _there(names, chosen), "").columns.get("id", ())


def _there(names: Collection[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """The chosen columns that are there."""
    there = {*names, *map(squeeze, names)}
    return {field: column for field, column in chosen.items() if column in there or squeeze(column) in there}


def bare_problem(cells: Sequence[str]) -> str:
    """What a file without a header holds instead of articles, by its first row; "" where that is not known."""
    for schema in known().schemas:
        bare = schema.bare
        if bare and len(cells) in bare.cells:
            found = all(pattern.fullmatch(cells[index].strip()) for index, pattern in bare.patterns.items())
            if found:
                return f"{schema.name}: holds {schema.holds}"
    return ""


def _chosen(field: str, column: str, names: list[str], there: Mapping[str, str], where: str) -> str:
    found = column if column in names else there.get(squeeze(column))
    if found is not None:
        return found
    hint = f"{_nearest(column, names)}columns: {_listed(names)}"
    hint += f"; codes of languages: {', '.join(available())}" if field == "lang" else ""
    raise InputError(f"no column {column!r} for the {field}", where=where, hint=hint)


def _nearest(name: str, names: Sequence[str]) -> str:
    by_name = {squeeze(one): one for one in reversed(names)}
    near = difflib.get_close_matches(squeeze(name), by_name, n=1, cutoff=0.5)
    return f"did you mean {by_name[near[0]]!r}? " if near else ""


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(name[:60] for name in names[:_SHOWN]) + more


def _recognised(names: frozenset[str]) -> _Schema | None:
    names -= known().numbering
    return next((schema for schema in known().schemas if schema.fits(names)), None)


def _problem(schema: _Schema | None, columns: Mapping[str, tuple[str, ...]], names: Sequence[str]) -> str:
    """Why a corpus without a text cannot be read, and what to do."""
    if schema and schema.holds:
        return f"{schema.name}: holds {schema.holds}"
    advice = f"name the column of the text with --text (columns: {_listed(names)})"
    if "url" in columns:
        column = columns["url"][0]
        return f"holds the addresses of pages ({column}), no texts: fetch the pages and give their files, or {advice}"
    return f"no column is known as the text: {advice}"


@cache
def known() -> Known:
    """The schemas and names that are known. Raises DataError where the data are wrong."""
    path = DATA / "corpora.yaml"
    raw = read_yaml(path)
    wrong = [field for field in raw["fields"] if field not in FIELDS]
    if wrong:
        raise DataError(f"no field {wrong[0]!r}", where="corpora.yaml", hint=f"fields: {', '.join(FIELDS)}")
    return Known(
        fields={field: _names(raw["fields"][field]) for field in FIELDS if field in raw["fields"]},
        schemas=tuple(map(_schema, raw["schemas"])),
        numbering=frozenset(_names(raw["numbering"])),
        missing=frozenset(raw["missing"]),
        name_keys=tuple(raw["name_keys"]),
        languages=raw["languages"],
    )


def _names(value: Any) -> tuple[str, ...]:
    """A name, a list of names, or a list of such lists, as squeezed names."""
    if isinstance(value, str):
        return (squeeze(value),)
    return tuple(dict.fromkeys(name for item in value for name in _names(item)))


def _schema(raw: Any) -> _Schema:
    if not ("needs" in raw or "is" in raw) or ("holds" in raw) == ("fields" in raw):
        raise DataError(
            f"the schema {raw.get('name')!r} is not whole",
            where=raw.where,
            hint="it has `needs` or `is`, and either `fields` or `holds`",
        )
    bare = raw.get("bare")
    return _Schema(
        name=raw["name"],
        needs=frozenset(_names(raw.get("needs", ()))),
        is_all=frozenset(_names(raw.get("is", ()))),
        may=frozenset(_names(raw.get("may", ()))),
        fields={field: _names(columns) for field, columns in raw.get("fields", {}).items()},
        holds=raw.get("holds", ""),
        bare=_Bare(
            cells=frozenset(bare["cells"]),
            patterns={int(number) - 1: re.compile(pattern) for number, pattern in bare["patterns"].items()},
        )
        if bare
        else None,
    )
