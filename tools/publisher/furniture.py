"""What stands within a story and is none of it: selectors for the elements whose lines Kutub leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kutub.article.blocks import block_lines
from kutub.records import Article, LeftOutReason, Part
from tools.publisher.fields import Sample
from tools.publisher.hooks import Hook, hooks
from tools.publisher.pages import find, key, known

MOST = 12  # selectors that are found by what Kutub's rules leave out
_LASTING = (".", "[class", "[itemprop", "[id", "#")  # how a selector begins that others than one element may share
_TAGS = (
    "p",
    "div",
    "li",
    "ul",
    "table",
    "strong",
    "aside",
    "section",
    "figure",
    "blockquote",
    "h2",
    "h3",
    "h4",
    "em",
    "i",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """A page as it is read with the draft so far. reasons: of the whole lines that are left out, by their text."""

    sample: Sample
    reasons: dict[str, LeftOutReason]


def reading(sample: Sample, article: Article) -> Reading:
    """What the article leaves out as whole lines."""
    text = article.text
    reasons = {
        span.text: span.reason
        for span in article.left_out
        if span.part is Part.TEXT and text[: span.start][-1:] in ("", "\n") and text[span.end :][:1] in ("", "\n")
    }
    return Reading(sample=sample, reasons=reasons)


def left_out_selectors(readings: Sequence[Reading]) -> dict[LeftOutReason, list[str]]:
    """Selectors by reason: of elements known from other publishers, then of what Kutub's rules leave out."""
    result: dict[LeftOutReason, list[str]] = {}
    done: set[tuple[int, str]] = set()
    for name, selectors in known()["left_out"].items():
        for css in selectors:
            if _found(readings, css) and _holds_whole_lines(readings, css) and not _holds_story(readings, css):
                result.setdefault(LeftOutReason(name), []).append(css)
                done |= _lines_of(readings, css)
    covers: dict[tuple[LeftOutReason, Hook], set[tuple[int, str]]] = {}
    for reason, hook in sorted(set(_candidates(readings))):
        lines = _lines_of(readings, hook.css)
        if lines and all(readings[number].reasons.get(line) is reason for number, line in lines):
            covers[reason, hook] = lines
    for _ in range(MOST):
        best = min(covers, key=lambda item: (-len(covers[item] - done), item[1]), default=None)
        if best is None or not covers[best] - done:
            break
        result.setdefault(best[0], []).append(best[1].css)
        done |= covers.pop(best)
    return result


def doubtful_lines(one: Reading) -> list[str]:
    """Lines of the body that Kutub keeps and trafilatura does not: the story, or not?"""
    story = "".join(one.sample.story)
    lines = [line.text for element in one.sample.body for line in block_lines(element, {})]
    return [line for line in lines if line not in one.reasons and key(line) and key(line) not in story]


def _found(readings: Sequence[Reading], css: str) -> bool:
    return any(find(body, css) for one in readings for body in one.sample.body)


def _holds_whole_lines(readings: Sequence[Reading], css: str) -> bool:
    """Whether what the selector finds are lines by themselves, and no stretches of lines."""
    whole = {
        (number, line.text)
        for number, one in enumerate(readings)
        for body in one.sample.body
        for line in block_lines(body, {})
    }
    return _lines_of(readings, css) <= whole


def _holds_story(readings: Sequence[Reading], css: str) -> bool:
    """Whether an element that the selector finds holds a line that trafilatura takes for the story."""
    lines = _lines_of(readings, css)
    return any(line in key(text) for number, text in lines for line in readings[number].sample.story)


def _lines_of(readings: Sequence[Reading], css: str) -> set[tuple[int, str]]:
    """The lines (number of the page, text) of what the selector finds within the bodies."""
    return {
        (number, line.text)
        for number, one in enumerate(readings)
        for body in one.sample.body
        for element in find(body, css)
        for line in block_lines(element, {})
    }


def _candidates(readings: Sequence[Reading]) -> Iterator[tuple[LeftOutReason, Hook]]:
    """Selectors of elements all of whose lines are left out for one reason: by their own markup, or what is in them."""
    for one in readings:
        for element in (found for body in one.sample.body for found in body.iterdescendants()):
            lines = [line.text for line in block_lines(element, {})]
            reasons = {one.reasons.get(line) for line in lines}
            reason = reasons.pop() if len(reasons) == 1 else None
            if reason is None:
                continue
            yield from ((reason, hook) for hook in hooks(element) if hook.css.startswith(_LASTING))
            if element.tag in _TAGS:
                for inner in element.iterdescendants():
                    for hook in hooks(inner):
                        if hook.css.startswith(_LASTING):
                            yield reason, Hook(cost=hook.cost + 1, css=f"{element.tag}:has({hook.css})")
