"""What kind of thing some bytes are: web page, text, corpus in one of its formats, or nothing that can be read."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum
from pathlib import PurePath

SAMPLE = 8192  # bytes that are looked at

_ROW_SUFFIXES = {".jsonl", ".ndjson"}
_CORPUS_SUFFIXES = {*_ROW_SUFFIXES, ".json"}
_TABLE_SUFFIXES = {".csv", ".tsv", ".tab", ".psv"}
_PARQUET_SUFFIXES = {".parquet", ".parq", ".pq"}
_HTML_SUFFIXES = {".html", ".htm", ".xhtml", ".php"}
_TEXT_SUFFIXES = {".txt", ".md"}
READABLE = "read are {}, each of them but Parquet also with .gz".format(  # what a message says of the kinds
    ", ".join(
        f"{name} ({' '.join(sorted(suffixes))})"
        for name, suffixes in {
            "web pages": _HTML_SUFFIXES,
            "texts": _TEXT_SUFFIXES,
            "tables": _TABLE_SUFFIXES,
            "JSON": _CORPUS_SUFFIXES,
            "Parquet": _PARQUET_SUFFIXES,
        }.items()
    )
)
_NOT_READ = {".warc": "WARC", ".xlsx": "Excel", ".xls": "Excel"}
_PARQUET = (b"PAR1", b"PARE")
_WARC = b"WARC/"
_GZIP = b"\x1f\x8b"
_MAGIC = (
    b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"RIFF", b"BM\x00",
    b"II*\x00", b"MM\x00*", b"\x7fELF", b"MZ\x90", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"7z\xbc\xaf", b"Rar!",
    b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"ARROW1", b"SQLite format 3", b"OggS", b"ID3", b"fLaC",
    b"wOFF", b"wOF2", b"\x00asm", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"%!PS", _GZIP,
)  # fmt: skip
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_XML_DECLARATION = re.compile(rb"<\?xml[^>]*>", re.IGNORECASE)
_COMMENT = b"<!--"
_HTML = re.compile(
    rb"<(?:!doctype\s+html|(?:html|head|body|title|meta|link|script|div|article|section|main|p|h1|table|span|center|a|b"
    rb"|font|img|br)\b)",
    re.IGNORECASE,
)
_ROW = re.compile(rb'\s*(?:\[\s*)?\{\s*(?:"|\})')
_ARRAY = re.compile(rb"\s*\[\s*(?:[{\]]|$)")
_XML = re.compile(rb"\s*<(?:\?xml|rss|feed|urlset|sitemapindex|rdf:RDF|opml)\b", re.IGNORECASE)


class Kind(StrEnum):
    """How some bytes are to be read."""

    HTML = "HTML"
    TEXT = "text"
    CORPUS = "corpus"  # JSON Lines, a JSON array
    TABLE = "table"  # CSV, TSV
    PARQUET = "Parquet"
    XML = "XML"
    BINARY = "binary"


def kind_of(path: str, sample: bytes) -> Kind:
    """The kind of a file by its first bytes and its suffix (a `.gz` is taken off); the bytes have the last word.

    sample: the first SAMPLE bytes, decompressed.
    """
    suffix = _suffix(path)
    if sample.startswith(_PARQUET) or suffix in _PARQUET_SUFFIXES:
        return Kind.PARQUET
    if _is_binary(sample):
        return Kind.BINARY
    head = squeezed(sample)
    if suffix in _CORPUS_SUFFIXES:
        return Kind.CORPUS
    if is_markup(head):
        return Kind.HTML
    if _XML.match(head):
        return Kind.XML
    if suffix in _HTML_SUFFIXES:
        return Kind.HTML
    if suffix not in _TEXT_SUFFIXES and _ROW.match(head):
        return Kind.CORPUS
    return Kind.TABLE if suffix in _TABLE_SUFFIXES else Kind.TEXT


def is_markup(sample: bytes) -> bool:
    """Whether the bytes begin as a web page does, or a piece of one."""
    rest = sample.lstrip()
    if declaration := _XML_DECLARATION.match(rest):
        rest = rest[declaration.end() :].lstrip()
    while rest.startswith(_COMMENT):
        rest = rest.removeprefix(_COMMENT).partition(b"-->")[2].lstrip()
    return bool(_HTML.match(rest))


def unread_format(path: str, sample: bytes) -> str | None:
    """The name of a table or archive format that may hold articles but is not read; None for everything else."""
    return "WARC" if sample.startswith(_WARC) else _NOT_READ.get(_suffix(path))


def is_row_by_row(path: str, sample: bytes) -> bool:
    """Whether a JSON corpus has an object on each line, as far as its name or its first line tells."""
    head = squeezed(sample)
    if _ARRAY.match(head):
        return False
    if _suffix(path) in _ROW_SUFFIXES:
        return True
    line, end, _ = head.lstrip().partition(b"\n")
    return line.startswith(b"{") and (not end or line.rstrip().endswith(b"}"))


def has_known_suffix(path: str) -> bool:
    """Whether the name says what the file is."""
    return bool(_suffix(path))


def is_gzip(sample: bytes) -> bool:
    """Whether the bytes are gzip-compressed."""
    return sample.startswith(_GZIP)


def utf16_order(sample: bytes) -> str | None:
    """The UTF-16 codec of bytes without a mark of order, by where their NUL bytes stand; None if they are none."""
    pairs = len(sample) // 2
    if pairs < 4:
        return None
    even, odd = sample[0 : pairs * 2 : 2].count(0), sample[1 : pairs * 2 : 2].count(0)
    if odd > 0.4 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.4 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def squeezed(sample: bytes) -> bytes:
    """The sample with marks of order and the NUL bytes of UTF-16 taken out, so that ASCII patterns can look at it."""
    for bom in _BOMS:
        sample = sample.removeprefix(bom)
    return sample.replace(b"\0", b"")


def _is_binary(sample: bytes) -> bool:
    if sample.startswith(_BOMS):
        return False
    if sample.startswith(_MAGIC) or sample[4:8] == b"ftyp" or sample[257:262] == b"ustar":
        return True
    if utf16_order(sample):
        return False
    return len(_CONTROL.findall(sample)) > 0.05 * len(sample)


def _suffix(path: str) -> str:
    name = PurePath(path).name.lower()
    return PurePath(name.removesuffix(".gz")).suffix
