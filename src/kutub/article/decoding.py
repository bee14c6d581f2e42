"""Bytes become text: by mark of order, declared charset, UTF-8, and windows-1252 at last."""

from __future__ import annotations

import codecs
import re

from kutub.article.drop import PageDroppedError
from kutub.records import DropReason
from kutub.sources.kinds import SAMPLE, utf16_order

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset\s*=|<\?xml[^>]{0,80}encoding\s*=)\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE)
_ALLOWED = re.compile(
    r"(?:iso-?8859|windows-?|cp-?125|latin|big5|gb|euc|shift|sjis|koi8|tis|mac)[\w-]*$", re.IGNORECASE
)
_MEANT_AS_1252 = ("iso-8859-1", "iso8859-1", "latin1", "latin-1")
_UNWANTED = re.compile("[\ud800-\udfff\0]")
_ENOUGH = 0.05  # share of replaced characters above which the bytes are no text


def decode(content: bytes) -> str:
    """The text of a page. Bytes that stand for nothing, lone surrogates and NUL become U+FFFD.

    Raises PageDroppedError (UNDECODABLE) when more than a twentieth of the characters would be U+FFFD.
    """
    text = _UNWANTED.sub("\ufffd", _decoded(content))
    if text.count("\ufffd") > _ENOUGH * len(text):
        raise PageDroppedError(DropReason.UNDECODABLE)
    return text


def _decoded(content: bytes) -> str:
    for bom, codec in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(codec, errors="replace")
    if order := utf16_order(content[:SAMPLE]):
        return content.decode(order, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged(content)


def _damaged(content: bytes) -> str:
    """Text of bytes that are not wholly UTF-8: UTF-8 with few faults, the declared charset, or windows-1252."""
    text = content.decode("utf-8", errors="replace")
    faults = text.count("\ufffd")
    is_cut = faults == 1 and text.endswith("\ufffd")
    if is_cut or faults * 10 < sum(character > "\x7f" for character in text):
        return text
    declared = _DECLARED.search(content[:4096])
    return content.decode(_codec(declared[1].decode("ascii") if declared else ""), errors="replace")


def _codec(name: str) -> str:
    """The codec of a declared charset; windows-1252 where it is none or is meant by it."""
    if not _ALLOWED.match(name) or name.lower() in _MEANT_AS_1252:
        return "cp1252"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
