"""Dumps of front and section pages: headlines of stories, bare or with a sentence of each, and no story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from kutub.article.bylines import read_byline
from kutub.article.dates import is_date_line
from kutub.article.lines import is_final, is_headline, is_items, is_list_item, is_prose, plain, split_lines, words
from kutub.article.listing import HEADLINE_WORDS, LEAST, MOST, SHARE, are_of_many_stories, are_short
from kutub.article.paragraphs import dateline_length
from kutub.article.rules import Rules

_BARE = 5  # headlines that a dump without a sentence has at least
_MOST_WORDS, _MEAN_WORDS = 20, 12  # of a headline, and of all where no sentence parts them from a story without stops
_OPEN, _OPEN_WORDS = ("?", "!", "...", "…"), 12  # how a headline may end, and words up to which it does
_QUESTIONS = 0.5  # up to which share of the headlines may be questions


@dataclass(slots=True)
class _Item:
    """A headline and the sentences that stand below it, up to the next."""

    headline: str
    sentences: list[str] = field(default_factory=list)
    is_signed: bool = False  # a byline, a date or a dateline stands below the headline, or above the first


def is_dump_of_headlines(text: str, rules: Rules) -> bool:
    """Whether a text is headlines of many stories, each alone on its line or with one line of a sentence below it.

    Labels of sections, dates and what the rules know as no part of a story may stand between them. A byline, date or
    dateline at one headline only, or at the first two, marks the title of a story.
    """
    items, others = _items(text, rules)
    count = len(items) + others + sum(len(item.sentences) for item in items)
    signed = [index for index, item in enumerate(items) if item.is_signed]
    if others > (1 - SHARE) * count or _is_dialogue(items) or len(signed) == 1 or signed == [0, 1]:
        return False
    sentences = [sentence for item in items for sentence in item.sentences]
    if sentences:
        teasers = [item.sentences[0] for item in items if len(item.sentences) == 1]
        are_teasers = len(teasers) >= max(LEAST, SHARE * len(sentences)) and are_short(teasers)
        if not are_teasers or not are_of_many_stories(teasers):
            return False
    elif len(items) < _BARE or others or _mean_words(items) > _MEAN_WORDS:
        return False
    return are_of_many_stories([" ".join([item.headline, *item.sentences]) for item in items])


def _items(text: str, rules: Rules) -> tuple[list[_Item], int]:
    """The headlines of the first lines, and how many lines are neither headline nor the sentence of one."""
    items: list[_Item] = []
    others = 0
    is_signed_above = False
    for line in islice(_lines(text), MOST):
        is_signature = is_date_line(line, rules) or read_byline(line, rules) is not None
        if is_signature and items:
            items[-1].is_signed = True
        is_signed_above |= is_signature and not items
        if is_signature or len(words(line)) < HEADLINE_WORDS or rules.reason(line) is not None:
            continue
        if _is_sentence(line) and items:
            items[-1].sentences.append(line)
            items[-1].is_signed |= dateline_length(line, rules) > 0
        elif _is_headline(line):
            items.append(_Item(line, is_signed=is_signed_above and not items))
        else:
            others += 1
    return items, others


def _lines(text: str) -> Iterator[str]:
    """The lines but for menus; of list items, those with a number keep it."""
    for line in split_lines(text):
        shown = plain(line.text)
        if not is_items(shown.replace(", ", " ")):
            yield line.text if is_list_item(shown) else shown


def _is_sentence(line: str) -> bool:
    may_be_headline = line.rstrip("\"'”’").endswith(_OPEN) and len(words(line)) <= _OPEN_WORDS
    return not line[0].islower() and not may_be_headline and (is_prose(line) or is_final(line))


def _is_headline(line: str) -> bool:
    return is_headline(line) and not line[0].islower() and len(words(line)) <= _MOST_WORDS


def _is_question(line: str) -> bool:
    return line.rstrip("\"'”’").endswith("?")


def _is_dialogue(items: Sequence[_Item]) -> bool:
    """Whether so many headlines are questions that they and their answers are one story."""
    return sum(_is_question(item.headline) for item in items) > _QUESTIONS * len(items)


def _mean_words(items: Sequence[_Item]) -> float:
    return sum(len(words(item.headline)) for item in items) / len(items)
