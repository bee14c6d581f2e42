"""Parquet: the needed columns, batch by batch. pyarrow is imported when first needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, BinaryIO

from kutub.errors import InputError
from kutub.records import Dropped, DropReason, Page
from kutub.sources.guide import Guide
from kutub.sources.orders import Row
from kutub.sources.schemas import Layout

_BATCH_BYTES = 16 * 1024 * 1024  # that are in memory at once, as far as the file's own figures tell
_BATCH_ROWS = 1024
_BUFFER = 1024 * 1024
_FIRST_DAY = date(1970, 1, 1).toordinal()
_MUST_BE_TEXT = ("text", "html", "title", "id", "url", "lang")


def read_parquet(stream: BinaryIO, path: str, guide: Guide) -> Iterator[Page | Dropped]:
    """Pages of a Parquet file, a row each (`path:row`, from 1), in the memory of one batch.

    A file that is damaged, or has no text, is dropped; the rows before the damage are read. Raises InputError for a
    column of the user that is not there or does not hold text.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(stream, buffer_size=_BUFFER, pre_buffer=False) as file:
            layout = _fitting(guide.layout(file.schema_arrow.names, path), file.schema_arrow, guide, path)
            if layout.problem:
                yield Dropped(path=path, reason=DropReason.NO_TEXT, detail=layout.problem)
                return
            guide.tell_layout(layout, path)
            for page in guide.pages(_rows(file, layout, path), path, DropReason.BAD_ROW):
                number += 1
                yield page
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        told = f"after row {number:,}: " if number else ""
        detail = f"{told}damaged, or no Parquet that is read: {' '.join(str(error).split())[:160]}"
        yield Dropped(path=path, reason=DropReason.UNREADABLE, detail=detail)


def _rows(file: Any, layout: Layout, path: str) -> Iterator[Row]:
    columns = layout.needed
    number = 0
    for batch in _batches(file, columns):
        held = [_values(batch.column(batch.schema.names.index(column))) for column in columns]
        for cells in zip(*held, strict=True):
            number += 1
            yield Row(fields=dict(zip(columns, cells, strict=True)), layout=layout, where=f"{path}:{number}")


def _fitting(layout: Layout, schema: Any, guide: Guide, path: str) -> Layout:
    """The layout without columns that should hold text and do not, which is told. Raises InputError for the user's."""
    columns = dict(layout.columns)
    unfit: list[str] = []
    for field in _MUST_BE_TEXT:
        for column in columns.get(field, ()):
            kind = schema.field(schema.names.index(column)).type
            if not _is_text(kind, field):
                told = f"the column {column!r} holds {str(kind)[:80]}, no text"
                if field in guide.columns:
                    raise InputError(told, where=path, hint=f"name another one for the {field}")
                unfit.append(told)
                columns[field] = tuple(name for name in columns[field] if name != column)
    columns = {field: names for field, names in columns.items() if names}
    problem = layout.problem
    if not problem and not ("text" in columns or "html" in columns):
        problem = f"{'; '.join(unfit)}: name the column of the text with --text"
    if unfit and not problem:
        guide.tell(f"{path}: {'; '.join(unfit)}; not read")
    return replace(layout, columns=columns, problem=problem)


def _is_text(kind: Any, field: str) -> bool:
    import pyarrow.types as kinds

    if kinds.is_dictionary(kind):
        return _is_text(kind.value_type, field)
    if field == "text" and (kinds.is_list(kind) or kinds.is_large_list(kind) or kinds.is_fixed_size_list(kind)):
        return _is_text(kind.value_type, field)
    if field == "id" and (kinds.is_integer(kind) or kinds.is_fixed_size_binary(kind)):
        return True
    return _is_string(kind) or _is_bytes(kind) or bool(kinds.is_null(kind))


def _is_string(kind: Any) -> bool:
    import pyarrow.types as kinds

    return bool(kinds.is_string(kind) or kinds.is_large_string(kind) or kinds.is_string_view(kind))


def _is_bytes(kind: Any) -> bool:
    import pyarrow.types as kinds

    return bool(kinds.is_binary(kind) or kinds.is_large_binary(kind) or kinds.is_binary_view(kind))


def _batches(file: Any, columns: list[str]) -> Iterator[Any]:
    """Record batches of some _BATCH_BYTES each, none of them of two row groups."""
    for index in range(file.metadata.num_row_groups):
        group = file.metadata.row_group(index)
        row_size = max(1.0, group.total_byte_size / max(1, group.num_rows))
        rows = max(1, min(_BATCH_ROWS, int(_BATCH_BYTES / row_size)))
        yield from file.iter_batches(rows, row_groups=[index], columns=columns, use_threads=False)


def _values(array: Any) -> list[Any]:
    """What a column of a batch holds, as text, numbers, dates, lists and mappings; bytes that are no text as U+FFFD."""
    import pyarrow as pa
    import pyarrow.types as kinds

    kind = array.type
    if isinstance(kind, pa.BaseExtensionType):
        return _values(array.storage)
    if kinds.is_dictionary(kind):
        return _values(array.dictionary_decode())
    if _is_string(kind):
        held = array.cast(pa.large_string()).cast(pa.large_binary()).to_pylist()
        return [value if value is None else value.decode("utf-8", "replace") for value in held]
    if kinds.is_fixed_size_binary(kind):
        return [value if value is None else value.hex() for value in array.to_pylist()]
    if kinds.is_timestamp(kind):
        return _values(_local(array).cast(pa.date32(), safe=False))
    if kinds.is_date(kind):
        days = array.cast(pa.date32()).cast(pa.int32()).to_pylist()
        return [value if value is None else _day(value) for value in days]
    values: list[Any] = array.to_pylist()
    return values


def _local(array: Any) -> Any:
    """Timestamps without a time zone, as a clock in theirs shows them (in UTC where it is unknown)."""
    import pyarrow as pa
    import pyarrow.compute as functions

    if array.type.tz is None:
        return array
    try:
        return functions.local_timestamp(array)
    except pa.ArrowInvalid:
        return array.cast(pa.timestamp(array.type.unit))


def _day(days: int) -> date | str:
    """The date so many days after 1970-01-01; what no calendar has stays as text and is told as a bad date."""
    try:
        return date.fromordinal(_FIRST_DAY + days)
    except (ValueError, OverflowError):
        return f"{days} days since 1970"
