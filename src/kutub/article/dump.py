"""The anatomy of a text, line by line: title, deck, body, and what is not the story, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kutub.article.bylines import labelled, read_byline
from kutub.article.dates import find_date, image_date, is_date_line
from kutub.article.lines import Line, is_final, is_headline, is_title_case, is_wrapped, normal, split_lines, words
from kutub.article.paragraphs import cut_paragraph, dateline_length, headline_end
from kutub.article.rules import Rules
from kutub.records import LeftOut, LeftOutReason, Part, Piece, PieceKind

_HEAD_LINES = 12  # lines among which the title is looked for
_RUN = 3  # headlines in a row that are no part of a story
_HEADING_WORDS = 4  # words a heading or a name may have
_FULL_LINE = 60  # characters from which a line that ends like a sentence is a paragraph


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


@dataclass(slots=True, kw_only=True)
class _Findings:
    """What is known of the lines so far: a kind or a reason for each that is decided."""

    text: str
    lines: list[Line]
    kinds: dict[int, PieceKind] = field(default_factory=dict)
    reasons: dict[int, LeftOutReason] = field(default_factory=dict)
    byline: str | None = None
    editor: str | None = None

    def open(self) -> list[int]:
        """Lines that are not decided yet."""
        return [index for index in range(len(self.lines)) if index not in self.kinds and index not in self.reasons]


def dissect(
    text: str,
    rules: Rules,
    *,
    heads: Sequence[PieceKind] | None = None,
    title: str | None = None,
    known: Mapping[str, LeftOutReason] | None = None,
) -> Anatomy:
    """The anatomy of a text by its lines.

    heads: kinds of the first lines where they are known (web pages); empty where the text has no title line (rows with
    a title column); None: title and deck are looked for. title: the title column, whose repetition in the text is left
    out. known: lines that are known not to be the story, by their normal form.
    """
    found = _Findings(text=text, lines=split_lines(text))
    found.kinds.update(enumerate(heads or ()))
    _mark_known(found, known or {}, title)
    _mark_by_rules(found, rules)
    if heads is None:
        _mark_title(found, rules)
    wrapped = is_wrapped([found.lines[index] for index in found.open()])
    if not wrapped:
        _mark_runs(found)
        _mark_signature(found)
    _mark_end(found, rules)
    return _anatomy(found, rules, is_wrapped=wrapped)


def _mark_known(found: _Findings, known: Mapping[str, LeftOutReason], title: str | None) -> None:
    repeated = normal(title) if title else None
    for index in found.open():
        line = normal(found.lines[index].text)
        if line == repeated:
            found.reasons[index] = LeftOutReason.NAVIGATION
        elif line in known:
            found.reasons[index] = known[line]


def _mark_by_rules(found: _Findings, rules: Rules) -> None:
    for index in found.open():
        line = found.lines[index].text
        if byline := read_byline(line, rules):
            found.reasons[index] = LeftOutReason.BYLINE
            found.byline = found.byline or byline.author
            found.editor = found.editor or byline.editor
        elif reason := _reason(line, rules):
            found.reasons[index] = reason


def _reason(line: str, rules: Rules) -> LeftOutReason | None:
    if any(pattern.fullmatch(line) for pattern in rules.datelines):
        return LeftOutReason.DATE_LINE
    line = line[dateline_length(line, rules) :]
    reason = rules.reason(line)
    if reason is LeftOutReason.TABLE and words(line):
        cell = line.strip("| ")
        return LeftOutReason.RECOMMENDED if "|" not in cell and is_headline(cell) else reason
    if reason is LeftOutReason.READ_ALSO and _runs_into_story(line, rules):
        return None
    if reason is None and is_date_line(line, rules):
        return LeftOutReason.DATE_LINE
    if reason is None and len(words(line)) == 1 and not is_final(line):
        return LeftOutReason.NAVIGATION
    return reason


def _runs_into_story(line: str, rules: Rules) -> bool:
    """Whether a line that begins with a read-also marker goes on as a paragraph after the headline."""
    marker = rules.glued.match(line)
    end = headline_end(line, marker.end(), len(line)) if marker else None
    rest = line[end:].strip() if end else ""
    return len(rest) > _FULL_LINE and is_final(rest) and not is_title_case(rest)


def _mark_title(found: _Findings, rules: Rules) -> None:
    head = [index for index in found.open() if index < _HEAD_LINES]
    for index in range(min(_HEAD_LINES, len(found.lines))):
        if "title" in labelled(found.lines[index].text, rules):
            found.reasons.pop(index, None)
            found.kinds[index] = PieceKind.TITLE
            return
    if len(head) >= 2 and _is_section_label(found.lines[head[0]].text) and _is_title(found, head[1], rules):
        found.reasons[head[0]] = LeftOutReason.NAVIGATION
        head = head[1:]
    if not head or not _is_title(found, head[0], rules):
        return
    found.kinds[head[0]] = PieceKind.TITLE
    if len(head) > 1 and _is_deck(found, head[1]):
        found.kinds[head[1]] = PieceKind.DECK


def _is_section_label(text: str) -> bool:
    return 1 <= len(words(text)) <= 2 and len(text) <= 30 and not is_final(text)


def _is_title(found: _Findings, index: int, rules: Rules) -> bool:
    """A headline with nothing but left-out lines above it, and a longer paragraph below it."""
    line = found.lines[index].text
    is_asking = line.rstrip("\"'”’").endswith(("?", "!"))
    if not is_headline(line) or dateline_length(line, rules) or (is_asking and not is_title_case(line)):
        return False
    later = [found.lines[other].text for other in found.open() if other > index]
    return any(is_final(text) and len(text) > min(len(line), _FULL_LINE) for text in later)


def _is_deck(found: _Findings, index: int) -> bool:
    """The line below the title, when a byline or date line follows it and the body comes after that."""
    after = found.reasons.get(index + 1)
    return after in (LeftOutReason.BYLINE, LeftOutReason.DATE_LINE) and any(other > index + 1 for other in found.open())


def _mark_runs(found: _Findings) -> None:
    """Headlines of other stories: after a heading that announces them, in runs, and below the last paragraph."""
    paragraphs = [index for index in found.open() if _is_paragraph(found.lines[index].text)]
    last = max(paragraphs, default=-1)
    candidates = {index for index in found.open() if _is_candidate(found.lines[index].text)}
    run: list[int] = []
    announced = False
    for index in range(len(found.lines) + 1):
        if index in candidates:
            run.append(index)
            continue
        if announced or _is_foreign_run(found, run, is_last=bool(run) and run[0] > last):
            found.reasons.update(dict.fromkeys(run, LeftOutReason.RECOMMENDED))
        if run or index not in found.reasons:
            announced = False
        announced = announced or _announces(found, index)
        run = []


def _announces(found: _Findings, index: int) -> bool:
    """Whether the line is a heading over headlines of other stories."""
    is_heading = found.reasons.get(index) in (LeftOutReason.RECOMMENDED, LeftOutReason.READ_ALSO)
    return is_heading and len(words(found.lines[index].text)) <= _HEADING_WORDS


def _mark_signature(found: _Findings) -> None:
    """Names alone on the lines below the last paragraph sign the story."""
    for index in reversed(found.open()):
        text = found.lines[index].text
        parts = text.replace(",", " ").split()
        if not 2 <= len(parts) <= _HEADING_WORDS or not all(
            part[0].isupper() and part.replace(".", "").isalpha() for part in parts
        ):
            return
        found.reasons[index] = LeftOutReason.BYLINE
        found.byline = found.byline or text


def _is_candidate(text: str) -> bool:
    return is_headline(text) and not _is_paragraph(text)


def _is_paragraph(text: str) -> bool:
    return is_final(text) and len(text) >= _FULL_LINE and not is_title_case(text)


def _is_foreign_run(found: _Findings, run: Sequence[int], *, is_last: bool) -> bool:
    titled = sum(is_title_case(found.lines[index].text) for index in run)
    if is_last:
        return len(run) >= _RUN or (len(run) == 2 and titled == 2)
    return len(run) >= _RUN and titled >= 0.6 * len(run)


def _mark_end(found: _Findings, rules: Rules) -> None:
    """What follows a comment rule, a copyright line or the end of the story, if more of the story is before it."""
    sizes = {index: len(found.lines[index].text) for index in found.open()}
    before, after = 0, sum(sizes.values())
    for index in range(len(found.lines)):
        after -= sizes.get(index, 0)
        reason = _ending(found, index, rules)
        if reason and before and before >= after:
            found.reasons |= {other: reason for other in sizes if other >= index}
            return
        before += sizes.get(index, 0)


def _ending(found: _Findings, index: int, rules: Rules) -> LeftOutReason | None:
    reason = found.reasons.get(index)
    if reason in (LeftOutReason.COMMENT, LeftOutReason.COPYRIGHT):
        return reason
    if index in found.reasons or index in found.kinds:
        return None
    return next((why for why, pattern in rules.ends_story if pattern.match(found.lines[index].text)), None)


def _anatomy(found: _Findings, rules: Rules, *, is_wrapped: bool) -> Anatomy:
    pieces: list[Piece] = []
    left_out: list[LeftOut] = []
    for index, reason in found.reasons.items():
        left_out.append(_left_out(found, found.lines[index].start, found.lines[index].end, reason))
    for index, kind in found.kinds.items():
        pieces.append(_headed(found, index, kind, rules))
    for number, (start, end) in enumerate(_paragraphs(found, is_wrapped=is_wrapped)):
        cut = cut_paragraph(found.text, start, end, rules, is_first=number == 0)
        pieces += [Piece(kind=PieceKind.BODY, part=Part.TEXT, start=begin, end=stop) for begin, stop in cut.kept]
        left_out += [_left_out(found, begin, stop, reason) for begin, stop, reason in cut.cut]
    pieces.sort(key=lambda piece: piece.start)
    left_out.sort(key=lambda span: span.start)
    heads = {piece.kind: found.text[piece.start : piece.end] for piece in pieces if piece.kind is not PieceKind.BODY}
    return Anatomy(
        pieces=tuple(pieces),
        left_out=tuple(left_out),
        title=heads.get(PieceKind.TITLE),
        deck=heads.get(PieceKind.DECK),
        byline=found.byline,
        editor=found.editor,
        dated=_dated(left_out, rules),
        image_dated=next((day for span in left_out if (day := _image_dated(span))), None),
    )


def _headed(found: _Findings, index: int, kind: PieceKind, rules: Rules) -> Piece:
    """The piece of a title or deck line, without its label."""
    line = found.lines[index]
    value = labelled(line.text, rules).get("title") if kind is PieceKind.TITLE else None
    start = line.start + line.text.index(value) if value else line.start
    return Piece(kind=kind, part=Part.TEXT, start=start, end=line.end)


def _paragraphs(found: _Findings, *, is_wrapped: bool) -> list[tuple[int, int]]:
    """Spans of the lines that are left: one a line, or one a block of lines where paragraphs are broken into lines."""
    result: list[tuple[int, int]] = []
    previous = -2
    for index in found.open():
        line = found.lines[index]
        if is_wrapped and result and index == previous + 1 and not line.gap:
            result[-1] = (result[-1][0], line.end)
        else:
            result.append((line.start, line.end))
        previous = index
    return result


def _left_out(found: _Findings, start: int, end: int, reason: LeftOutReason) -> LeftOut:
    return LeftOut(text=found.text[start:end], reason=reason, part=Part.TEXT, start=start, end=end)


def _dated(left_out: Sequence[LeftOut], rules: Rules) -> date | None:
    lines = [span for span in left_out if span.reason in (LeftOutReason.DATE_LINE, LeftOutReason.BYLINE)]
    return next((day for span in lines if (day := find_date(span.text, rules.dates))), None)


def _image_dated(span: LeftOut) -> date | None:
    return image_date(span.text) if span.reason is LeftOutReason.IMAGE else None
