"""What is known of a text's lines so far: each is a kind of story, left out for a reason, or still open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from re import Pattern

from kutub.article.lines import Line, capitals, has_closing_credit, is_prose, is_prose_length, plain, stems
from kutub.records import LeftOutReason, PieceKind


@dataclass(kw_only=True)
class Findings:
    """The lines of a text and what is decided of them, by index."""

    text: str
    lines: list[Line]
    tail: Pattern[str]  # initials and credits at the end of a paragraph
    kinds: dict[int, PieceKind] = field(default_factory=dict)
    reasons: dict[int, LeftOutReason] = field(default_factory=dict)
    byline: str | None = None
    editor: str | None = None

    @cached_property
    def plain(self) -> list[str]:
        """The lines without marks of Markdown, bars of tables, and the initials and credits at their ends."""
        return [self.tail.sub("", text) if is_prose_length(text := plain(line.text)) else text for line in self.lines]

    @cached_property
    def prose(self) -> list[bool]:
        """Whether each line reads like a paragraph."""
        return [is_prose(text) for text in self.plain]

    @cached_property
    def stems(self) -> list[frozenset[str]]:
        """Beginnings of the longer words of each line."""
        return [stems(text) for text in self.plain]

    @cached_property
    def spread(self) -> Counter[str]:
        """In how many paragraphs each stem stands."""
        return Counter(stem for index, found in enumerate(self.stems) if self.prose[index] for stem in found)

    def has_credit(self, index: int) -> bool:
        """Whether initials or a credit stand at the line's end."""
        text = plain(self.lines[index].text)
        return text != self.plain[index] or has_closing_credit(text)

    def open(self) -> list[int]:
        """Lines that are not decided yet."""
        return [index for index in range(len(self.lines)) if self.is_open(index)]

    def is_open(self, index: int) -> bool:
        """Whether a line is not decided yet."""
        return index not in self.kinds and index not in self.reasons

    def is_between_paragraphs(self, index: int) -> bool:
        """Whether the lines right above and below are paragraphs that are not decided yet."""
        around = (index - 1, index + 1)
        return 0 < index < len(self.lines) - 1 and all(self.is_open(other) and self.prose[other] for other in around)

    def cohesion(self, index: int) -> float:
        """The share of a line's longer words that stand in other paragraphs of the text, 0 to 1."""
        own = self.stems[index]
        return sum(self.is_elsewhere(stem, index) for stem in own) / len(own) if own else 0.0

    def is_elsewhere(self, stem: str, index: int) -> bool:
        """Whether a stem stands in a paragraph other than this line."""
        return self.spread[stem] > (self.prose[index] and stem in self.stems[index])

    def shared_names(self, index: int) -> tuple[int, int]:
        """How many of a line's capitalised words stand in other paragraphs, and how many do not."""
        names = capitals(self.plain[index])
        shared = sum(self.is_elsewhere(name, index) for name in names)
        return shared, len(names) - shared
