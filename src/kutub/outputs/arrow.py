"""Events as Arrow tables and Parquet; the schema is derived from the records. pyarrow is imported when first needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import is_dataclass
from datetime import date
from enum import Enum
from itertools import islice
from typing import Any, BinaryIO

from kutub.records import Event
from kutub.schema import DATES, element, field_types, optional

BATCH = 10_000


def arrow_schema() -> Any:
    """The pyarrow.Schema of events: nested lists and structs; `date` and `published` are date32."""
    import pyarrow as pa

    fields = []
    for name, kind in field_types(Event).items():
        arrow_type = pa.date32() if name in DATES else _arrow_type(kind)
        fields.append(pa.field(name, arrow_type, nullable=optional(kind)[1]))
    return pa.schema(fields)


def _arrow_type(kind: Any) -> Any:
    import pyarrow as pa

    kind = optional(kind)[0]
    item = element(kind)
    if item is not None:
        return pa.list_(pa.field("element", _arrow_type(item), nullable=False))
    if is_dataclass(kind):
        inner = field_types(kind)
        return pa.struct([pa.field(name, _arrow_type(one), nullable=optional(one)[1]) for name, one in inner.items()])
    if issubclass(kind, Enum):
        return pa.string()
    return {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}[kind]


def arrow_batches(rows: Iterable[Mapping[str, Any]]) -> Iterator[Any]:
    """Record batches of at most BATCH rows."""
    import pyarrow as pa

    schema = arrow_schema()
    pending = iter(rows)
    while chunk := [_dated(row) for row in islice(pending, BATCH)]:
        yield pa.RecordBatch.from_pylist(chunk, schema=schema)


def _dated(row: Mapping[str, Any]) -> dict[str, Any]:
    dates = {name: date.fromisoformat(row[name]) for name in DATES if row[name] is not None}
    return {**row, **dates}


def arrow_table(rows: Iterable[Mapping[str, Any]]) -> Any:
    """All rows as a pyarrow.Table."""
    import pyarrow as pa

    return pa.Table.from_batches(arrow_batches(rows), schema=arrow_schema())


def write_parquet(rows: Iterable[Mapping[str, Any]], file: BinaryIO) -> None:
    """Write rows as Parquet (zstd, row groups of BATCH rows); the same rows give the same bytes."""
    import pyarrow.parquet as pq

    with pq.ParquetWriter(file, arrow_schema(), compression="zstd") as writer:
        for batch in arrow_batches(rows):
            writer.write_batch(batch)
