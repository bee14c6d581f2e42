"""Bytes become text, and texts are mended: broken encodings, entities, signs that nobody sees; all of it is counted."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from html.entities import html5

from kutub.article.drop import PageDroppedError
from kutub.records import DropReason, Repair
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
_ENOUGH = 0.05  # share of replaced characters above which the bytes are no text
_REPLACED = "\ufffd"

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NESTED = 3  # how often a reference may have been escaped

# Where UTF-8 was read as windows-1252 or Latin-1, the first of its bytes is a letter, the others are one of these.
_AFTER = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\x80-\xbf"
_SUSPICIOUS = re.compile(f"[Â-ô][{_AFTER}]")
_TORN = re.compile("(?<=â€) (?=[™˜œ”“¦¢])")  # a tokeniser has put a blank into a quotation mark
_CUT = re.compile(r"â€(?=[ \t.,;:!?)\]]|$)")  # the last byte of ” stands for nothing and was lost

_LOST = "\0\ud800-\udfff"
_INVISIBLE = "\xad\u200b\u2060\ufeff"
_JOINERS = "\u200c\u200d"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROL = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029"
_LATIN = "A-Za-zÀ-ÖØ-öø-\u024f\u1e00-\u1eff"
_UNREADABLE = re.compile(f"[{_LOST}]")
_MARKED = re.compile(f"[{_LOST}{_INVISIBLE}{_JOINERS}{_BIDI}{_CONTROL}]")
_MARKS = re.compile(
    f"(?P<lost>[{_LOST}])|(?P<invisible>[{_INVISIBLE}]|(?<=[{_LATIN}])[{_JOINERS}]+(?=[{_LATIN}]))|(?P<bidi>[{_BIDI}])"
    f"|(?P<control>[{_CONTROL}])"
)
_MEANT = re.compile("[\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f]")  # controls that are signs in windows-1252
_BREAKS = "\x0b\x0c\u2028\u2029"  # controls that end a line or a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text, and how many places of it were repaired, by kind (no kind with 0)."""

    text: str
    repairs: Mapping[Repair, int] = field(default_factory=dict)


def decode(content: bytes) -> Decoded:
    """The text of a page. Bytes that stand for nothing, lone surrogates and NUL become U+FFFD, one for one.

    Raises PageDroppedError (UNDECODABLE) when more than a twentieth of the characters would be U+FFFD.
    """
    text = _decoded(content)
    counts = Counter({Repair.REPLACED_BYTES: text.count(_REPLACED) - content.count(_REPLACED.encode())})
    text = _UNREADABLE.sub(lambda match: _replaced(match[0], counts), text)
    if text.count(_REPLACED) > _ENOUGH * len(text):
        raise PageDroppedError(DropReason.UNDECODABLE)
    return Decoded(text=text, repairs=+counts)


def mend(text: str) -> Decoded:
    """The text as it was meant; the same object where nothing is wrong with it.

    References (`&amp;`, `&#8217;`) are replaced by what they stand for, white space by a blank. UTF-8 that was read as
    windows-1252 or Latin-1, once or more often, is read as UTF-8, line by line. Zero-width characters and marks of
    writing direction are taken out (joiners only between Latin letters: other scripts need them). Control characters
    become the windows-1252 sign that they were meant for, a line break, or a blank; NUL and lone surrogates U+FFFD.
    Line breaks (\\n, \\r\\n, \\r) and tabs stay.
    """
    counts: Counter[Repair] = Counter()
    if "&" in text:
        text = _unescaped(text, counts)
    if not text.isascii() and _SUSPICIOUS.search(text):
        text = "\n".join(_reread(line, counts) for line in text.split("\n"))
    if _MARKED.search(text):
        text = _MARKS.sub(lambda match: _sign(match, counts), text)
    return Decoded(text=text, repairs=+counts)


def mend_markup(text: str) -> Decoded:
    """The source of a web page, with windows-1252 signs in the place of the controls that they came as.

    Libraries that read pages drop controls; all else is mended in the lines that they give.
    """
    counts: Counter[Repair] = Counter()
    return Decoded(text=_MEANT.sub(lambda match: _sign_of_1252(match[0], counts), text), repairs=counts)


def in_order(counts: Iterable[Mapping[Repair, int]]) -> tuple[tuple[Repair, int], ...]:
    """The sum of counts, as pairs in the order of the kinds, without those that are 0."""
    total: Counter[Repair] = Counter()
    for count in counts:
        total.update(count)
    return tuple((kind, total[kind]) for kind in Repair if total[kind])


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
    faults = text.count(_REPLACED)
    is_cut = faults == 1 and text.endswith(_REPLACED)
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


def _unescaped(text: str, counts: Counter[Repair]) -> str:
    for _ in range(_NESTED):
        before = text
        text = _ENTITY.sub(lambda match: _meant(match[0], counts), text)
        if text == before:
            break
    return text


def _meant(reference: str, counts: Counter[Repair]) -> str:
    """What a reference stands for; the reference itself where it is none."""
    if reference[1] != "#" and reference[1:] not in html5:
        return reference
    counts[Repair.ENTITY] += 1
    sign = unescape(reference)
    return " " if sign in ("\n", "\r", "\t") else sign


def _reread(line: str, counts: Counter[Repair]) -> str:
    """The line as UTF-8 where it is UTF-8 read as something else; ftfy decides that by what stands side by side."""
    places = len(_SUSPICIOUS.findall(line))
    if not places:
        return line
    from ftfy import fix_encoding

    whole = _CUT.sub("â€\x9d", _TORN.sub("", line))
    found = fix_encoding(whole)
    if found == whole:
        return line
    counts[Repair.MOJIBAKE] += places
    return found


def _sign(match: re.Match[str], counts: Counter[Repair]) -> str:
    """What stands for a character that is no sign."""
    found = match[0]
    if match.lastgroup == "lost":
        return _replaced(found, counts)
    if match.lastgroup != "control":
        counts[Repair.ZERO_WIDTH if match.lastgroup == "invisible" else Repair.BIDI_CONTROL] += len(found)
        return ""
    if _MEANT.match(found):
        return _sign_of_1252(found, counts)
    counts[Repair.CONTROL] += 1
    return "\n" if found in _BREAKS else " "


def _sign_of_1252(control: str, counts: Counter[Repair]) -> str:
    counts[Repair.MOJIBAKE] += 1
    return control.encode("latin-1").decode("cp1252")


def _replaced(sign: str, counts: Counter[Repair]) -> str:
    counts[Repair.NUL if sign == "\0" else Repair.LONE_SURROGATE] += 1
    return _REPLACED
