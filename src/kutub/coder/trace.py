"""What the matcher tried and why: the records behind `kutub explain`."""

from __future__ import annotations

from dataclasses import dataclass

from kutub.coder.who import Identity
from kutub.records import Clause, Event, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One lexicon entry tried at one token. `missing` says what kept it from an event; None when it gave one."""

    rule: str
    where: str
    type: str
    mode: str | None
    trigger: str
    token: int
    steps: tuple[str, ...]
    missing: str | None
    event_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceTrace:
    """A sentence with its clauses, what every mention stood for, the attempts, and the events."""

    sentence: Sentence
    clauses: tuple[Clause, ...]
    mentions: tuple[tuple[str, str, str], ...]  # (text, names, why)
    attempts: tuple[Attempt, ...]
    events: tuple[Event, ...]
    identities: tuple[Identity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a text was coded as it was."""

    language: str
    sentences: tuple[SentenceTrace, ...]

    def __str__(self) -> str:
        """The explanation as text: parse, clauses, parties, rules tried, events."""
        from kutub.coder.rendering import explanation_lines

        return "\n".join(explanation_lines(self))

    @property
    def events(self) -> tuple[Event, ...]:
        """All events of the text."""
        return tuple(event for sentence in self.sentences for event in sentence.events)
