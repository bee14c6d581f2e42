"""Lines that are known not to be the story before a text is read: rules tell better what they are, and whose names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kutub.article.blocks import BlockLine
from kutub.article.findings import Findings
from kutub.article.lines import Line, split_lines
from kutub.article.linewise import mark_by_rules, mark_known
from kutub.article.rules import Rules
from kutub.article.within import mark_announced
from kutub.records import LeftOutReason

_BELONGING = frozenset(
    {LeftOutReason.BYLINE, LeftOutReason.DATE_LINE, LeftOutReason.CAPTION, LeftOutReason.READ_ALSO, LeftOutReason.TAGS}
)
_HEAD = frozenset({LeftOutReason.DATE_LINE, LeftOutReason.CAPTION})  # of the story above one line that is unknown
_UNKNOWN = 1  # lines above a story of which nothing is known, beyond which its own may stand
_PASSED = frozenset({LeftOutReason.SHARE, LeftOutReason.ADVERT, LeftOutReason.IMAGE})  # they may stand between


def judged_aside(
    text: str,
    lines: Sequence[Line],
    reasons: Sequence[LeftOutReason | None],
    rules: Rules,
    known: Mapping[str, LeftOutReason],
) -> Findings:
    """The lines of a text that have a reason, by themselves; it stays theirs where no rule names another.

    known: what lines are by their normal form, before any rule; links to other stories are told by the reasons alone,
    since rules know what kind of link a line is.
    """
    chosen = [(line, reason) for line, reason in zip(lines, reasons, strict=True) if reason]
    found = Findings(text=text, lines=[line for line, _ in chosen], tail=rules.tail)
    mark_known(found, {text: reason for text, reason in known.items() if reason is not LeftOutReason.RECOMMENDED})
    mark_by_rules(found, rules)
    mark_announced(found)
    found.reasons |= {index: chosen[index][1] for index in found.open()}
    return found


def without(lines: Sequence[Line], reasons: Sequence[LeftOutReason | None]) -> list[Line]:
    """The lines without a reason; where one with a reason stood between, the next is parted from the line before."""
    result: list[Line] = []
    is_parted = False
    for line, reason in zip(lines, reasons, strict=True):
        if reason is None:
            result.append(replace(line, gap=True) if is_parted else line)
        is_parted = reason is not None
    return result


def belonging(
    lines: Sequence[BlockLine], rules: Rules, known: Mapping[str, LeftOutReason], *, is_above: bool
) -> tuple[BlockLine, ...]:
    """Of the lines right above or below a story, those up to the last that is its own: bylines, date lines, captions,
    tags, links to other stories, and paragraphs like the story's. Above a line of which nothing is known only date
    lines and captions are, above two such lines and below one nothing is. A byline beyond a link to another story, or
    a line of which nothing is known, names who wrote that other story.
    """
    text = "\n".join(line.text for line in lines)
    asides = [line.reason or LeftOutReason.NAVIGATION for line in lines]
    found = judged_aside(text, split_lines(text), asides, rules, known)
    count = unknown = 0
    is_beyond_link = False
    order = list(range(len(lines)))[:: -1 if is_above else 1]
    for number, index in enumerate(order, start=1):
        reason = found.reasons[index]
        if unknown:
            is_own = is_above and reason in _HEAD
        else:
            is_own = reason in _BELONGING or lines[index].reason is None
            is_own = is_own and not (is_beyond_link and reason is LeftOutReason.BYLINE)
        is_beyond_link |= reason is LeftOutReason.READ_ALSO
        if is_own:
            count = number
        elif reason not in _PASSED:
            unknown += 1
        if unknown > _UNKNOWN:
            break
    return tuple(lines[index] for index in sorted(order[:count]))
