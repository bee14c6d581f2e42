"""The only reader of data files: YAML and TSV, packaged or given by the user; every error says file:line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from kutub.errors import DataError

DATA = Path(str(files("kutub"))) / "data"


class Located(dict[str, Any]):
    """A YAML mapping that knows its file and line."""

    where: str = ""


_BOOLEAN = "tag:yaml.org,2002:bool"
_WORDS_STAY_WORDS = {  # YAML 1.1 takes on, off, yes, no, y, n for booleans; in word lists they are words
    letter: [(tag, re.compile("^(?:true|false)$") if tag == _BOOLEAN else pattern) for tag, pattern in resolvers]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(path: Path) -> Any:
    """The content of a YAML file; its mappings are `Located`. Raises DataError with file:line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read: {error}", where=short(path)) from error
    loader = _loader_for(short(path))(text)
    try:
        return loader.get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{short(path)}:{mark.line + 1}" if mark else short(path)
        problem = getattr(error, "problem", None) or "not valid YAML"
        raise DataError(str(problem), where=where, hint="check indentation, quotes and colons") from error
    finally:
        loader.dispose()


def _loader_for(name: str) -> Any:
    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    def construct(loader: Any, node: Any) -> Located:
        loader.flatten_mapping(node)
        seen: set[Any] = set()
        result = Located()
        result.where = f"{name}:{node.start_mark.line + 1}"
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key {key!r} stands twice", key_node.start_mark)
            seen.add(key)
            result[key] = loader.construct_object(value_node, deep=True)
        return result

    class LocatedLoader(base):  # type: ignore[misc]
        """SafeLoader whose mappings know their line."""

    LocatedLoader.yaml_implicit_resolvers = _WORDS_STAY_WORDS
    LocatedLoader.add_constructor("tag:yaml.org,2002:map", construct)
    return LocatedLoader


def read_tsv(path: Path, *, columns: tuple[str, ...]) -> Iterator[Mapping[str, str]]:
    """Rows of a tab-separated file with a header, as mappings with an extra key `where` (file:line).

    Lines that start with # are comments. Raises DataError when a column is missing or a row has another width.
    """
    try:
        handle = path.open(encoding="utf-8", newline="")
    except OSError as error:
        raise DataError(f"cannot be read: {error}", where=short(path)) from error
    with handle:
        name = short(path)
        header: list[str] | None = None
        for number, line in enumerate(handle, 1):
            if line.startswith("#") or not line.strip():
                continue
            cells = line.rstrip("\r\n").split("\t")
            where = f"{name}:{number}"
            if header is None:
                header = cells
                missing = [column for column in columns if column not in cells]
                if missing:
                    raise DataError(
                        f"lacks the column {missing[0]!r}", where=where, hint=f"columns: {', '.join(columns)}"
                    )
                continue
            if len(cells) != len(header):
                raise DataError(
                    f"has {len(cells)} cells, not {len(header)}", where=where, hint="separate cells by one tab"
                )
            row = dict(zip(header, cells, strict=True))
            row["where"] = where
            yield row


def short(path: Path) -> str:
    """The path below the packaged data where it lies there, else as it is."""
    return str(path.relative_to(DATA)) if path.is_relative_to(DATA) else str(path)


def digest(paths: list[Path]) -> str:
    """First 12 hex digits of the SHA-256 over the files' names and bytes, in name order."""
    result = hashlib.sha256()
    for path in sorted(paths):
        result.update(short(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return result.hexdigest()[:12]
