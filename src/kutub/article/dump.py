"""The anatomy of a text, line by line: title, deck, body, and what is not the story, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kutub.article.aside import judged_aside, without
from kutub.article.bylines import labelled, names_in
from kutub.article.dates import find_date, image_date
from kutub.article.findings import Findings
from kutub.article.labels import mark_labelled_heads, mark_summary
from kutub.article.lines import (
    is_final,
    is_headline,
    is_list_item,
    is_one_name,
    joined_lines,
    split_lines,
    words,
)
from kutub.article.linewise import mark_by_rules, mark_known
from kutub.article.paragraphs import cut_paragraph
from kutub.article.passages import mark_passages
from kutub.article.regions import mark_regions, mark_signature
from kutub.article.rules import Rules
from kutub.records import LeftOut, LeftOutReason, Part, Piece, PieceKind

_RULE = "---"
_SUMMARISED = 0.6  # how long a story is at least, against the summary that follows it
_FULL_LINE = 60  # characters from which the rest of a line that ends like a sentence is a paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Anatomy:
    """What a text is made of; spans are into that text."""

    pieces: tuple[Piece, ...]
    left_out: tuple[LeftOut, ...]
    title: str | None = None
    deck: str | None = None
    byline: str | None = None
    editor: str | None = None
    dated: date | None = None  # from a date line or a dateline
    image_dated: date | None = None


def dissect(
    text: str,
    rules: Rules,
    *,
    heads: Sequence[PieceKind] | None = None,
    title: str | None = None,
    known: Mapping[str, LeftOutReason] | None = None,
    reasons: Sequence[LeftOutReason | None] = (),
    is_selected: bool = False,
) -> Anatomy:
    """The anatomy of a text by its lines.

    heads: kinds of the first lines where they are known (web pages); empty where the text has no title line (rows with
    a title column); None: title and deck are looked for. title: the title column, whose repetition in the text is left
    out. known: lines that are known not to be the story, by their normal form. reasons: of each line that is not blank,
    why it is not the story, None where that is to be found out; empty: none is known. is_selected: a publisher's
    profile gave the reasons, which are final, and what no rule leaves out is the story. Else a line with a reason
    stands aside: rules may give a better reason, and the others are read as if it was not there.
    """
    lines = split_lines(text)
    known_heads = len(heads or ())
    aside: Findings | None = None
    if not is_selected:
        if any(reasons):
            aside = judged_aside(text, lines, reasons, rules, known or {})
            lines = without(lines, reasons)
        lines = lines[:known_heads] + joined_lines(lines[known_heads:])
    found = Findings(text=text, lines=lines, tail=rules.tail)
    found.kinds.update(enumerate(heads or ()))
    if is_selected:
        found.reasons.update((index, reason) for index, reason in enumerate(reasons) if reason)
    mark_known(found, known or {}, title)
    mark_by_rules(found, rules)
    if aside:
        found.byline, found.editor = found.byline or aside.byline, found.editor or aside.editor
    mark_summary(found, rules)
    _mark_single_words(found)
    mark_labelled_heads(found, rules)
    _mark_end(found, rules)
    mark_passages(found, rules.code)
    if is_selected:
        mark_signature(found)
    else:
        has_title = heads is not None or PieceKind.TITLE in found.kinds.values()
        mark_regions(found, rules, has_title=has_title, has_links=known is not None)
    return _anatomy(found, rules, aside)


def _mark_single_words(found: Findings) -> None:
    """A word alone on its line is a subheading where paragraphs stand above and below, else the name of a section."""
    alone = [
        index
        for index in found.open()
        if len(words(found.plain[index])) == 1
        and not is_final(found.plain[index])
        and not is_list_item(found.lines[index].text)
    ]
    for index in alone:
        if not (is_one_name(found.plain[index]) and found.is_between_paragraphs(index)):
            found.reasons[index] = LeftOutReason.NAVIGATION


def _mark_end(found: Findings, rules: Rules) -> None:
    """What follows a comment rule, a copyright line or the end of the story, if more of the story is before it."""
    sizes = {index: len(found.lines[index].text) for index in found.open()}
    before, after = 0, sum(sizes.values())
    for index in range(len(found.lines)):
        after -= sizes.get(index, 0)
        reason = _ending(found, index, rules)
        is_rule = _is_summary_rule(found, index)
        if before and ((reason and before >= after) or (is_rule and before >= _SUMMARISED * after)):
            reason = reason or LeftOutReason.NAVIGATION
            found.reasons |= {other: _reason_after(found, other, reason) for other in sizes if other >= index}
            return
        before += sizes.get(index, 0)


def _is_summary_rule(found: Findings, index: int) -> bool:
    """Whether a line is a rule of three dashes with text right below it and none right above: a summary follows."""
    below = found.lines[index + 1 : index + 2]
    return found.lines[index].text == _RULE and found.lines[index].gap and bool(below) and not below[0].gap


def _reason_after(found: Findings, index: int, reason: LeftOutReason) -> LeftOutReason:
    """Why a line after the end of the story is left out: headlines of other stories are told apart."""
    text = found.plain[index]
    is_other = not found.prose[index] and is_headline(text) and len(words(text)) >= 4
    return LeftOutReason.RECOMMENDED if is_other else reason


def _ending(found: Findings, index: int, rules: Rules) -> LeftOutReason | None:
    reason = found.reasons.get(index)
    if reason in (LeftOutReason.COMMENT, LeftOutReason.COPYRIGHT) and not found.prose[index]:
        return reason
    if index in found.reasons or index in found.kinds:
        return None
    return next((why for why, pattern in rules.ends_story if pattern.match(found.lines[index].text)), None)


def _anatomy(found: Findings, rules: Rules, aside: Findings | None) -> Anatomy:
    pieces: list[Piece] = []
    left_out: list[LeftOut] = []
    for source in (found, aside) if aside else (found,):
        for index, reason in source.reasons.items():
            left_out.append(_left_out(source, source.lines[index].start, source.lines[index].end, reason))
    for index, kind in found.kinds.items():
        pieces.append(_headed(found, index, kind, rules))
    for number, (start, end) in enumerate((found.lines[index].start, found.lines[index].end) for index in found.open()):
        cut = cut_paragraph(found.text, start, end, rules, is_first=number == 0)
        pieces += [Piece(kind=PieceKind.BODY, part=Part.TEXT, start=begin, end=stop) for begin, stop in cut.kept]
        left_out += [_left_out(found, begin, stop, reason) for begin, stop, reason in cut.cut]
    pieces.sort(key=lambda piece: piece.start)
    left_out.sort(key=lambda span: span.start)
    story = next((piece.start for piece in pieces if piece.kind is PieceKind.BODY), 0)
    heads = {piece.kind: found.text[piece.start : piece.end] for piece in pieces if piece.kind is not PieceKind.BODY}
    return Anatomy(
        pieces=tuple(pieces),
        left_out=tuple(left_out),
        title=heads.get(PieceKind.TITLE),
        deck=heads.get(PieceKind.DECK),
        byline=names_in(found.byline, rules),
        editor=names_in(found.editor, rules),
        dated=_dated(_own(left_out, aside, story), rules),
        image_dated=next((day for span in left_out if (day := _image_dated(span))), None),
    )


def _headed(found: Findings, index: int, kind: PieceKind, rules: Rules) -> Piece:
    """The piece of a title or deck line, without its label."""
    line = found.lines[index]
    value = labelled(line.text, rules).get(kind.value)
    start = line.start + line.text.index(value) if value else line.start
    return Piece(kind=kind, part=Part.TEXT, start=start, end=line.end)


def _left_out(found: Findings, start: int, end: int, reason: LeftOutReason) -> LeftOut:
    return LeftOut(text=found.text[start:end], reason=reason, part=Part.TEXT, start=start, end=end)


def _own(left_out: Sequence[LeftOut], aside: Findings | None, story: int) -> list[LeftOut]:
    """Without the lines that stand aside below the start of the story: their dates may be other stories'."""
    foreign = {line.start for line in aside.lines if line.start > story} if aside else set()
    return [span for span in left_out if span.start not in foreign]


def _dated(left_out: Sequence[LeftOut], rules: Rules) -> date | None:
    lines = [span for span in left_out if span.reason in (LeftOutReason.DATE_LINE, LeftOutReason.BYLINE)]
    return next((day for span in lines if (day := find_date(span.text, rules.dates))), None)


def _image_dated(span: LeftOut) -> date | None:
    return image_date(span.text) if span.reason is LeftOutReason.IMAGE else None
