"""Lines of a text with exact offsets, and what can be said of a line without knowing its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_STOP = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_FINAL = re.compile(r"[.!?…][\"'”’»)\]]*(?:\s*[(\[][^()\[\]]{0,60}[)\]])?$")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_BREAK = re.compile(r"(?:[a-z)]{2}|\s)\.\s+[\"“‘']?[A-Z]")
_LIST = re.compile(r"""(?:[^\w\s"'“”‘’«»()\[\]<#|]{1,3}|\d{1,3}[.)])\s""")
_MARKS = re.compile(
    r"""(?:\s+|[#>]+\s|[^\w\s"'“”‘’«»()\[\]<|$@©/.,-]+\s+|[-–—•·]\s+|\*\*|<[a-z][^<>]{0,200}>|<!\[CDATA\[)+""",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"""^(?:[^\w\s"'“”‘’«»()\[\]<|$@©/.,-]+\s+|[-–—•·]\s+|[#>*]+)+ | \*+$ | \*\*+ | __ | </?[a-z!][^<>]{0,300}>
    | <!\[CDATA\[ | \]\]> | (?<!!)\[(?P<link>[^\[\]]{1,300})\]\([^()\s]{0,500}(?:\s+"[^"]{0,200}")?\)""",
    re.VERBOSE | re.IGNORECASE,
)
_LINKS = re.compile(r"(?:[-*•>\s]|!?\[[^\[\]]{0,300}\]\([^()]{0,600}\))+")
_BEGUN = re.compile(r"[^\W\d_A-Z][^\W\d_]*[,;]?\s+\S+\s+\S")  # three words, the first of them small
_CREDIT = re.compile(r"[(\[]([^()\[\]]{3,90})[)\]]\.?$")
_ADDRESS = re.compile(r"\w@\w|://|\bwww\.|\+?\d[\d ()-]{7,}\d")
_SEPARATED = re.compile(r"[\s,&/|*]+")
_NAME_PART = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’-])*")
_ITEMS = re.compile(r"\s{2,}|\s*[|/•·,;]\s+|\s[-–]\s|#")
FEW_WORDS = 15  # words that a story must have
_LONG_WORD = 4  # letters from which a word is looked for elsewhere in the text
_STEM = 6  # letters of a word that are compared, so that its endings do not matter
_PROSE_WORDS, _PROSE_LENGTH = 7, 40  # from which a line that ends like a sentence is a paragraph
_FULL_SHARE = 0.8  # of a text's width that a full line has
_BROKEN_LENGTH = 40  # characters that a line must have for the next to go on with it
_TWO_SENTENCES, _TWO_SENTENCES_WORDS = 90, 14  # characters and words from which a line with a stop within is one
_LONG_LINE = 160  # characters from which a line is a paragraph without a final stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line without its outer white space, and where it stands; `gap` is True when a blank line comes before it."""

    text: str
    start: int
    end: int
    gap: bool = False


def split_lines(text: str) -> list[Line]:
    """All lines that are not blank, in order, with offsets into the text."""
    result: list[Line] = []
    position, gap = 0, False
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            start = position + len(raw) - len(raw.lstrip())
            result.append(Line(text=stripped, start=start, end=start + len(stripped), gap=gap))
        gap = not stripped
        position += len(raw)
    return result


def words(text: str) -> list[str]:
    """The words of a text (numbers are none)."""
    return _WORD.findall(text)


def normal(text: str) -> str:
    """The text with its white space squeezed, in lower case: for comparing lines."""
    return " ".join(text.split()).casefold()


def key_of(name: str) -> str:
    """The letters and digits of a name, in lower case: for comparing names however they are written."""
    return "".join(sign for sign in normal(name) if sign.isalnum())


def is_final(text: str) -> bool:
    """Whether the line ends like a sentence (a credit in brackets may follow)."""
    return bool(_FINAL.search(text))


def is_headline(text: str) -> bool:
    """Whether the line could be a headline: 3 to 30 words, up to 200 characters, no list item, no final stop.

    A question or exclamation mark or three dots may end a headline.
    """
    if len(text) > 200 or _LIST.match(text) or text.startswith("#") or _BREAK.search(text):
        return False
    stop = _STOP.search(text)
    if stop and stop[0][0] in ".;,:" and not text.rstrip("\"'”’").endswith("..."):
        return False
    return 3 <= len(words(text)) <= 30


def is_title_case(text: str) -> bool:
    """Whether at least seven in ten of its words of four letters or more begin with a capital."""
    longer = [word for word in words(text) if len(word) >= 4]
    return len(longer) >= 2 and sum(word[0].isupper() for word in longer) >= 0.7 * len(longer)


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether paragraphs are broken into lines of about equal length."""
    inner = [line for line, after in pairwise(lines) if not after.gap]
    if len(inner) < 4:
        return False
    broken = [line for line in inner if 45 <= len(line.text) <= 110 and not is_final(line.text)]
    return len(broken) >= 0.6 * len(inner)


def plain(text: str) -> str:
    """The line without the marks of headings, lists, emphasis, links and tables of one cell."""
    if text.startswith("|"):
        cells = [cell.strip() for cell in text.strip("|").split("|")]
        filled = [cell for cell in cells if any(map(str.isalnum, cell))]
        text = filled[0] if len(filled) == 1 else text
    return _PLAIN.sub(lambda match: match["link"] or "", text).strip(" \t\\")


def stems(text: str) -> frozenset[str]:
    """The first letters of the longer words of a text, in lower case."""
    return frozenset(word.casefold()[:_STEM] for word in words(text) if len(word) >= _LONG_WORD)


def is_prose(text: str) -> bool:
    """Whether a line reads like a paragraph: it ends like a sentence and is long enough, or it is very long."""
    if text.startswith("|") or not is_prose_length(text):
        return False
    count = len(words(text))
    if is_final(text) or text.endswith((":", ";")):
        is_question = text.rstrip("\"'”’").endswith(("?", "!"))
        return count >= _PROSE_WORDS and not (is_question and is_title_case(text))
    has_two = len(text) >= _TWO_SENTENCES and bool(_BREAK.search(text))
    return count >= _TWO_SENTENCES_WORDS and (has_two or (len(text) >= _LONG_LINE and not is_title_case(text)))


def has_closing_credit(text: str) -> bool:
    """Whether brackets with names (or signs that stand between names) close the line: a photographer, an agency."""
    found = _CREDIT.search(text)
    if not found:
        return False
    parts = [part for part in re.split(r"[\s/:,]+", found[1]) if part]
    named = sum(part[0].isupper() for part in parts)
    return len(parts) >= 2 and named >= 0.6 * len(parts) and not any(part[0].isdigit() for part in parts)


def capitals(text: str) -> frozenset[str]:
    """The stems of a text's capitalised words but the first: names, for the most part."""
    return frozenset(word.casefold()[:_STEM] for word in words(text)[1:] if len(word) >= 3 and word[0].isupper())


def is_prose_length(text: str) -> bool:
    """Whether a line is long enough to be a paragraph."""
    return len(text) >= _PROSE_LENGTH


def is_name(text: str) -> bool:
    """Whether a line could be a person's name (or several): two to eight capitalised words, no digits, no stop."""
    parts = [part for part in _SEPARATED.split(text) if part]
    named = sum(part[0].isupper() for part in parts)
    return (
        len(text) <= 60
        and 2 <= named <= 8
        and named >= len(parts) - 1
        and all(_NAME_PART.fullmatch(part) for part in parts)
    )


def is_one_name(text: str) -> bool:
    """Whether a line is one capitalised word of three letters or more, without a digit or a stop."""
    return len(text) >= 3 and text[0].isupper() and text[-1].isalpha() and bool(_NAME_PART.fullmatch(text))


def is_list_item(text: str) -> bool:
    """Whether a line begins with the mark or number of a list."""
    return bool(_LIST.match(text))


def is_link(text: str) -> bool:
    """Whether a line is a Markdown link, or several, and nothing else."""
    return bool(_LINKS.fullmatch(text))


def is_address(text: str) -> bool:
    """Whether a web or mail address, or a telephone number, stands in a line."""
    return bool(_ADDRESS.search(text))


def is_items(text: str) -> bool:
    """Whether a line is a row of short things with separators between: menus, tags."""
    parts = [part for part in _ITEMS.split(text.strip("|[]() ")) if part.strip()]
    return len(parts) >= 3 and all(len(part.split()) <= 4 for part in parts) and not is_final(text)


def joined_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines, with those that go on where the one before breaks off made one with it.

    A line goes on if it begins with a small letter, and everywhere if the text's paragraphs are broken into lines of
    equal length; never after a blank line or a final stop of a line that is not full, and never at a list's mark.
    """
    wrapped = is_wrapped(lines)
    width = sorted(len(line.text) for line in lines)[len(lines) * 9 // 10] if wrapped else 0
    result: list[Line] = []
    before = ""
    for line in lines:
        is_full = wrapped and len(before) + len(line.text.split()[0]) + 1 >= _FULL_SHARE * width
        is_cut = len(before) >= _BROKEN_LENGTH and not _STOP.search(before)
        is_begun = (
            is_cut and bool(_BEGUN.match(line.text)) and (is_final(line.text) or len(line.text) >= _BROKEN_LENGTH)
        )
        if result and not line.gap and (is_full or is_begun) and not is_list_item(line.text):
            last = result[-1]
            result[-1] = Line(text=f"{last.text} {line.text}", start=last.start, end=line.end, gap=last.gap)
        else:
            result.append(line)
        before = line.text
    return result


def marks_length(text: str) -> int:
    """How many characters of list or heading marks the line begins with."""
    match = _MARKS.match(text)
    return match.end() if match else 0
