"""A row of a corpus, whatever its format, becomes a page."""

from __future__ import annotations

import ast
import codecs
import hashlib
import html
import io
import json
import re
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from kutub.records import Dropped, DropReason, Page
from kutub.sources.decoded import Decoded
from kutub.sources.kinds import SAMPLE, is_markup
from kutub.sources.orders import Orders
from kutub.sources.schemas import Layout, known
from kutub.sources.times import DateOrder, is_either, machine_date, numeric_date

ROW_LIMIT = 10 * 1024 * 1024  # bytes or characters of one row
_LOST = re.compile("[\ud800-\udfff\0]")  # lone surrogates and NUL
_ENOUGH = 0.05  # share of replaced characters above which a text is none
_LITERAL_LIMIT = 2000  # characters of a list or mapping that is written into a cell
_TEXT_TAG = re.compile(r"</?[a-z][a-z\d]{0,9}(?:\s[^<>]{0,300})?/?>", re.IGNORECASE)
_TAGS_WITHIN = 4 * SAMPLE  # characters in which they are counted
_TAGS = 4
_TAG = re.compile(r"</?[A-Za-z]")
_WHOLE_PAGE = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)
_OWN_HEADING = re.compile(r"<h1\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+$", re.IGNORECASE)
_BEFORE_MARK = re.compile(r" (?=[.,;:!?)\]%…”’])")
_AFTER_MARK = re.compile(r"(?<=[(\[“‘]) ")
_ID_DIGITS = 16
_DATE_LIMIT = 64  # characters that are kept of a date that cannot be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """How the dates of rows are read beyond those that machines write.

    read: the date that a text in any language states, or None. order: which of day and month comes first in dates such
    as 02/03/2024, where the user says so.
    """

    read: Callable[[str], date | None] | None = None
    order: DateOrder | None = None


class RowError(Exception):
    """A row that cannot be read, with what is wrong about it."""


class NoTextError(RowError):
    """A row that has none of the columns that hold the text."""

    def __init__(self, layout: Layout) -> None:
        columns = (*layout.columns.get("text", ()), *layout.columns.get("html", ()), "text")
        super().__init__(f"lacks the field {columns[0]!r}")


def page_of(row: Mapping[str, object], layout: Layout, where: str, dates: Dates, orders: Orders) -> Page | Dropped:
    """The page of a row, or why it is empty, too large or undecodable. Raises RowError and RecursionError.

    orders: those of the dates of the row's file.
    """
    text, is_web = _text(row, layout)
    if text is None:
        return Dropped(path=where, reason=DropReason.EMPTY)
    if len(text) > ROW_LIMIT:
        return Dropped(path=where, reason=DropReason.TOO_LARGE, detail=f"text over {ROW_LIMIT // 1024**2} M characters")
    if text.count("\ufffd") > _ENOUGH * len(text):
        return Dropped(path=where, reason=DropReason.UNDECODABLE)
    language = _language(_string(row, layout, "lang"))
    title = _string(row, layout, "title") if is_web else _given(row, layout, "title")
    url = _string(row, layout, "url")
    publisher = _named(row, layout, "publisher")
    if publisher and _ADDRESS.match(publisher):
        url, publisher = url or _deep(publisher), _host(publisher)
    published, stated = _date(row, layout, "date", dates, orders)
    crawled, stated_crawled = _date(row, layout, "crawled", dates, orders)
    return Page(
        path=where,
        id=_identifier(row, layout) or (_hashed(url or _writable(text)) if is_web else None),
        text=None if is_web else text,
        content=_encoded(_web_page(text, title)) if is_web else b"",
        title=title,
        deck=_named(row, layout, "deck"),
        byline=_named(row, layout, "byline"),
        editor=_named(row, layout, "editor"),
        url=url,
        publisher=publisher,
        published=published,
        stated=stated,
        crawled=crawled,
        stated_crawled=stated_crawled,
        language=language,
    )


def _values(row: Mapping[str, object], layout: Layout, field: str) -> Iterable[tuple[str, object]]:
    """The columns of a field with what they hold, but for those that hold nothing."""
    for column in layout.columns.get(field, ()):
        value = row.get(column)
        if isinstance(value, dict) and len(value) == 1 and next(iter(value)).startswith("$"):
            value = next(iter(value.values()))  # extended JSON of databases: {"$oid": "5f…"}
        missing = known().missing if field != "id" else ("",)
        if value is not None and not (isinstance(value, str) and value.strip().casefold() in missing):
            yield column, value


def _text(row: Mapping[str, object], layout: Layout) -> tuple[str | None, bool]:
    """The text of a row (None where it is blank), and whether it is a web page. Raises RowError where there is none."""
    columns = (*layout.columns.get("text", ()), *layout.columns.get("html", ()))
    if not any(column in row for column in columns):
        raise NoTextError(layout)
    for column, value in _values(row, layout, "text"):
        text = _prose(value, column)
        if text.strip():
            return text, _is_web(text)
    for column, value in _values(row, layout, "html"):
        markup = _prose(value, column)
        if markup.strip():
            return markup, bool(_TAG.search(markup))
    return None, False


def _is_web(text: str) -> bool:
    """Whether a text is markup: it begins so, or has several tags."""
    return is_markup(text[:SAMPLE].encode("utf-8", "replace")) or len(_TEXT_TAG.findall(text[:_TAGS_WITHIN])) >= _TAGS


def _prose(value: object, column: str) -> str:
    """A text; lists are paragraphs, and lists in them sentences of words or of a text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return "".join(Decoded(io.BytesIO(value)))
    if isinstance(value, list):
        return _joined(value, column, "\n")
    raise RowError(f"the field {column!r} is not a string")


def _joined(value: list[Any], column: str, between: str) -> str:
    parts = [_joined(part, column, " ") if isinstance(part, list) else part for part in value if part is not None]
    if not all(isinstance(part, str) for part in parts):
        raise RowError(f"the field {column!r} is not a string")
    is_words = len(value) > 1 and not any(" " in part for part in parts)
    if is_words and not any(isinstance(part, list) for part in value):
        return _AFTER_MARK.sub("", _BEFORE_MARK.sub("", " ".join(parts)))
    return between.join(parts)


def _web_page(markup: str, title: str | None) -> str:
    """A piece of markup as a whole page, with the row's title where it has none of its own."""
    if _WHOLE_PAGE.search(markup[:SAMPLE]):
        return markup
    heading = html.escape(title) if title else ""
    shown = "" if _OWN_HEADING.search(markup) or not heading else f"<h1>{heading}</h1>\n"
    head = f"<head><title>{heading}</title></head>" if heading else ""
    return f"<!DOCTYPE html>\n<html>{head}<body><article>\n{shown}{markup}\n</article></body></html>"


def _encoded(markup: str) -> bytes:
    """A web page as UTF-8; as UTF-16 where it has lone surrogates, which are counted when it is decoded."""
    try:
        return markup.encode()
    except UnicodeEncodeError:
        return codecs.BOM_UTF16_LE + markup.encode("utf-16-le", "surrogatepass")


def _writable(text: str) -> str:
    """The text with U+FFFD for lone surrogates and NUL. In texts that are mended later, they are replaced there."""
    return _LOST.sub("\ufffd", text)


def _string(row: Mapping[str, object], layout: Layout, field: str) -> str | None:
    """The first text of a field's columns, such that it can be written. Raises RowError for what is no text."""
    text = _given(row, layout, field)
    return None if text is None else _writable(text)


def _given(row: Mapping[str, object], layout: Layout, field: str) -> str | None:
    for column, value in _values(row, layout, field):
        if not isinstance(value, str):
            raise RowError(f"the field {column!r} is not a string")
        return value
    return None


def _identifier(row: Mapping[str, object], layout: Layout) -> str | None:
    for _, value in _values(row, layout, "id"):
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        break
    return _string(row, layout, "id")


def _named(row: Mapping[str, object], layout: Layout, field: str) -> str | None:
    """The first name in a field's columns: a text, the name that a mapping gives, or a list of such; else None."""
    found = (_name(value) for _, value in _values(row, layout, field))
    return next((_writable(name.strip()) for name in found if name.strip()), None)


def _name(value: object) -> str:
    if isinstance(value, str):
        literal = _literal(value)
        return value if literal is None else _name(literal)
    if isinstance(value, dict):
        return next((name for key in known().name_keys if (name := _name(value.get(key)))), "")
    if isinstance(value, list):
        return ", ".join(name for item in value if (name := _name(item)))
    return ""


def _literal(text: str) -> dict[Any, Any] | list[Any] | None:
    """The list or mapping that a cell holds, as JSON or as Python writes it."""
    text = text.strip()
    if len(text) > _LITERAL_LIMIT or (text[:1], text[-1:]) not in (("[", "]"), ("{", "}")):
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            with warnings.catch_warnings(action="ignore"):
                value = read(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        return value if isinstance(value, dict | list) else None
    return None


def _language(value: str | None) -> str | None:
    return known().languages.get(value.strip().casefold(), value) if value else None


def _deep(address: str) -> str | None:
    """The address, if it is that of a page and not only of a site."""
    try:
        return address if urlsplit(address).path.strip("/") else None
    except ValueError:
        return None


def _host(address: str) -> str | None:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return None
    return host.removeprefix("www.") or None


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_ID_DIGITS]


def _date(
    row: Mapping[str, object], layout: Layout, field: str, dates: Dates, orders: Orders
) -> tuple[date | None, str | None]:
    """The first date in a field's columns; where none of them can be read, None and the first as it is written."""
    bad: list[object] = []
    for column, value in _values(row, layout, field):
        day = machine_date(value)
        if day is None and isinstance(value, str):
            day = _written_date(value, column, dates, orders)
        if day is not None:
            return day, None
        bad.append(value)
    return None, _writable(str(bad[0]).strip()[:_DATE_LIMIT]) if bad else None


def _written_date(value: str, column: str, dates: Dates, orders: Orders) -> date | None:
    value = value.strip()
    order = orders.of(column)
    day = numeric_date(value, order) if order else None
    if day and is_either(value):
        orders.tell_used(column, value[:_DATE_LIMIT])
    return day or (dates.read(value) if dates.read else numeric_date(value, None))
