"""An article as text for a terminal: its story, and what is left out of it, each stretch with its reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import category, east_asian_width

from kutub.article.lines import split_lines
from kutub.records import Article, LeftOut, LeftOutReason, Part, Piece, PieceKind, printable

HANGING = 2  # columns that the next lines of a line are moved in
LABEL_WIDTH = 11  # columns of a label of the header
LEAST_WIDTH = 20  # a narrower terminal is written to as if it had so many columns
BACK_TO_STORY = "[--]"  # ends a stretch within a line where no colour does

# Select Graphic Rendition: attributes and colours of a terminal, in its own palette.
_DIM, _REVERSED = "2", "7"
_STYLES = {PieceKind.TITLE: "1", PieceKind.DECK: "3"}  # bold, italic
_COLOURS = {
    LeftOutReason.READ_ALSO: "36",
    LeftOutReason.RECOMMENDED: "96",
    LeftOutReason.TABLE: "37",
    LeftOutReason.IMAGE: "95",
    LeftOutReason.CAPTION: "35",
    LeftOutReason.COMMENT: "91",
    LeftOutReason.BYLINE: "94",
    LeftOutReason.DATE_LINE: "32",
    LeftOutReason.NAVIGATION: "90",
    LeftOutReason.SHARE: "33",
    LeftOutReason.ADVERT: "93",
    LeftOutReason.TAGS: "34",
    LeftOutReason.COPYRIGHT: "31",
    LeftOutReason.TRUNCATED: "92",
    LeftOutReason.OTHER_LANGUAGE: "93;2",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """Part of a line that is all story (`kind`), all left out (`reason`), or neither (marks of lists)."""

    text: str
    kind: PieceKind | None = None
    reason: LeftOutReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fragment:
    """Printable text with its style (codes of Select Graphic Rendition; none: plain)."""

    text: str
    style: str = ""


_Word = Sequence[_Fragment]  # what is not torn apart at the end of a line, unless it is longer than one


def left_out_lines(article: Article, *, width: int | None, colour: bool) -> Iterator[str]:
    """The article: what is known of it, its text line by line, and how much was left out, by reason.

    width: columns of the terminal; None: lines are not wrapped. colour: whether stretches that are left out are
    coloured; else their reason stands in brackets. No line holds a control character, but for those of colours.
    """
    for label, value in _known(article):
        words = [[_Fragment(text=f"{label:<{LABEL_WIDTH - 1}}", style=_DIM if colour else "")], *_words([(value, "")])]
        yield from _wrapped(words, width, hanging=LABEL_WIDTH)
    for part in (Part.TITLE, Part.TEXT):
        for number, stretches in enumerate(_lines(article, part)):
            if number == 0:
                yield ""
            yield from _wrapped(_styled(stretches, colour=colour), width, hanging=HANGING)
    yield ""
    yield from _wrapped(_words([(summary(article), "")]), width, hanging=HANGING)


def summary(article: Article) -> str:
    """How many stretches were left out for each reason, and which share of the text's characters they are."""
    counts = Counter(span.reason for span in article.left_out)
    if not counts:
        return "nothing left out"
    reasons = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    left_out = sum(span.end - span.start for span in article.left_out)
    total = left_out + sum(piece.end - piece.start for piece in article.pieces)
    listed = ", ".join(f"{reason.value} {count:,}" for reason, count in reasons)
    return f"left out: {listed} ({100 * left_out / total:.0f} % of the text)"


def _known(article: Article) -> Iterator[tuple[str, str]]:
    """Label and value of what is known of the article; what is unknown is passed over, but for the date."""
    basis = f" ({article.published_basis.value})" if article.published_basis else ""
    fields = {
        "path": article.path,
        "title": article.title,
        "deck": article.deck,
        "byline": article.byline,
        "editor": article.editor,
        "publisher": article.publisher,
        "published": f"{article.published.isoformat()}{basis}" if article.published else "no date found",
        "language": article.language,
        "address": article.url,
    }
    yield from ((label, value) for label, value in fields.items() if value)


def _lines(article: Article, part: Part) -> Iterator[list[_Stretch]]:
    """The lines of a part that are not blank, each as the stretches that it consists of."""
    text = article.part_text(part)
    spans: list[Piece | LeftOut] = [*article.pieces, *article.left_out]
    spans = sorted((span for span in spans if span.part is part), key=lambda span: span.start)
    for line in split_lines(text):
        stretches: list[_Stretch] = []
        position = line.start
        for span in spans:
            start, end = max(span.start, position), min(span.end, line.end)
            if start >= end:
                continue
            if position < start:
                stretches.append(_Stretch(text=text[position:start]))
            if isinstance(span, LeftOut):
                stretches.append(_Stretch(text=text[start:end], reason=span.reason))
            else:
                stretches.append(_Stretch(text=text[start:end], kind=span.kind))
            position = end
        if position < line.end:
            stretches.append(_Stretch(text=text[position : line.end]))
        yield stretches


def _styled(stretches: Iterable[_Stretch], *, colour: bool) -> list[_Word]:
    """The words of a line, with the reason before each stretch that is left out."""
    words: list[_Word] = []
    pending: list[tuple[str, str]] = []  # texts in a row that a word may run through
    is_left_out = False
    for stretch in stretches:
        if stretch.reason or (is_left_out and stretch.text.strip()):
            words += _words(pending)
            pending = []
        if stretch.reason:
            words.append([_label(stretch.reason, colour=colour)])
        elif is_left_out and not colour and stretch.text.strip():
            words.append([_Fragment(text=BACK_TO_STORY)])
        if stretch.text.strip():
            is_left_out = stretch.reason is not None
        pending.append((stretch.text, _style(stretch) if colour else ""))
    return words + _words(pending)


def _label(reason: LeftOutReason, *, colour: bool) -> _Fragment:
    if colour:
        return _Fragment(text=f" {reason.value} ", style=f"{_REVERSED};{_COLOURS[reason]}")
    return _Fragment(text=f"[-- {reason.value}]")


def _style(stretch: _Stretch) -> str:
    if stretch.reason:
        return _COLOURS[stretch.reason]
    return _STYLES.get(stretch.kind, "") if stretch.kind else ""


def _words(texts: Iterable[tuple[str, str]]) -> list[_Word]:
    """Texts with their styles as words; white space ends a word, the border of two texts alone does not."""
    words: list[list[_Fragment]] = []
    is_open = False
    for text, style in texts:
        for bit in re.findall(r"\s+|\S+", text):
            clean = printable(bit)
            if not clean:
                is_open = False
            elif is_open:
                words[-1].append(_Fragment(text=clean, style=style))
            else:
                words.append([_Fragment(text=clean, style=style)])
                is_open = True
    return list(words)


def _wrapped(words: Sequence[_Word], width: int | None, *, hanging: int) -> Iterator[str]:
    """Words as lines of at most `width` columns; the second and later lines are moved in by `hanging` columns."""
    if width is None:
        yield _joined(words, indent=0)
        return
    width = max(width, LEAST_WIDTH)
    line: list[_Word] = []
    used, indent = 0, 0
    for word in words:
        for part in _parts(word, width - hanging):
            wide = _columns(part)
            if line and used + 1 + wide > width:
                yield _joined(line, indent=indent)
                line, used, indent = [], hanging - 1, hanging
            line.append(part)
            used += wide + (1 if used else 0)
    if line:
        yield _joined(line, indent=indent)


def _parts(word: _Word, width: int) -> list[_Word]:
    """The word, or where it is wider than a line, its parts."""
    if _columns(word) <= width:
        return [word]
    parts: list[list[_Fragment]] = [[]]
    for fragment in word:
        for sign in fragment.text:
            piece = _Fragment(text=sign, style=fragment.style)
            if _columns([*parts[-1], piece]) > width:
                parts.append([])
            parts[-1].append(piece)
    return list(parts)


def _columns(word: _Word) -> int:
    """How many columns of a terminal a word takes: two for a wide sign of East Asia, none for a combining one."""
    signs = "".join(fragment.text for fragment in word)
    if signs.isascii():
        return len(signs)
    return sum(0 if category(sign) == "Mn" else 2 if east_asian_width(sign) in "WF" else 1 for sign in signs)


def _joined(words: Sequence[_Word], *, indent: int) -> str:
    """A line of words; stretches of one style are painted in one go, with the spaces between their words."""
    runs: list[tuple[str, str]] = []
    for number, word in enumerate(words):
        for place, fragment in enumerate(word):
            gap = " " if number and not place else ""
            if runs and runs[-1][0] == fragment.style:
                runs[-1] = (fragment.style, runs[-1][1] + gap + fragment.text)
            else:
                runs += [("", gap), (fragment.style, fragment.text)]
    return (" " * indent + "".join(_painted(text, style) for style, text in runs)).rstrip(" ")


def _painted(text: str, style: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if style and text else text
