"""A coder's explanation as plain text: parse, clauses, parties, rules tried, events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kutub.records import Clause, Event, Party, Sentence, printable

if TYPE_CHECKING:
    from kutub.coder.trace import Attempt, Explanation, SentenceTrace


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    """The whole explanation."""
    for number, trace in enumerate(explanation.sentences):
        if number:
            yield ""
        yield from sentence_lines(trace)


def sentence_lines(trace: SentenceTrace) -> Iterator[str]:
    """One sentence: what was seen in it, and what came of it."""
    yield printable(trace.sentence.text)
    yield from _section("parse", parse_lines(trace.sentence))
    yield from _section("clauses", (clause_line(trace.sentence, clause) for clause in trace.clauses))
    yield from _section("parties", (f"{text!r} = {names} ({why})" for text, names, why in trace.mentions))
    yield from _section("rules tried", (line for attempt in trace.attempts for line in attempt_lines(attempt)))
    yield from _section("events", (line for event in trace.events for line in event_lines(event)))
    if not trace.events:
        yield f"  no event: {nearest(trace)}"


def _section(name: str, lines: Iterator[str]) -> Iterator[str]:
    first = next(lines, None)
    if first is not None:
        yield f"  {name}"
        yield f"    {first}"
        yield from (f"    {line}" for line in lines)


def parse_lines(sentence: Sentence) -> Iterator[str]:
    """One line a token: number, word, part of speech, lemma, relation to its head."""
    widths = [
        max((len(value) for value in values), default=0)
        for values in zip(*map(_token_cells, sentence.tokens), strict=True)
    ]
    for token in sentence.tokens:
        head = "(root)" if token.head < 0 else f"of {token.head + 1} {sentence.tokens[token.head].text}"
        padded = " ".join(f"{cell:<{width}}" for cell, width in zip(_token_cells(token), widths, strict=True))
        yield f"{token.index + 1:>3} {padded} {head}"


def _token_cells(token: object) -> tuple[str, ...]:
    return tuple(str(getattr(token, name)) for name in ("text", "upos", "lemma", "deprel"))


def clause_line(sentence: Sentence, clause: Clause) -> str:
    """A predicate with what hangs on it."""
    predicate = f"{sentence.tokens[clause.predicate].text} ({clause.voice.value})"
    parts = []
    for role in ("subject", "object", "indirect", "possessor", "modifier", "complement"):
        indexes = getattr(clause, role)
        if indexes:
            inherited = " (inherited)" if role == "subject" and clause.inherited else ""
            parts.append(f"{role} {_words(sentence, indexes)}{inherited}")
    parts += [f"{marker or 'bare'} {_words(sentence, (index,))}" for marker, index in clause.obliques]
    return ": ".join([predicate, "; ".join(parts)]) if parts else predicate


def _words(sentence: Sentence, indexes: tuple[int, ...]) -> str:
    return ", ".join(sentence.tokens[index].text for index in indexes)


def attempt_lines(attempt: Attempt) -> Iterator[str]:
    """A rule that was tried, its steps, and what came of it."""
    sign = "-" if attempt.missing else "+"
    kind = f"{attempt.type} {attempt.mode}" if attempt.mode else attempt.type
    yield f"{sign} {attempt.rule} ({kind}) at {attempt.trigger!r}, {attempt.where}"
    yield from (f"    {step}" for step in attempt.steps)
    yield f"    missing: {attempt.missing}" if attempt.missing else "    fits"


def event_lines(event: Event) -> Iterator[str]:
    """An event: its kind and parties, then the rest."""
    kind = f"{event.type} {event.mode}" if event.mode else event.type
    recipients = f" → {_parties(event.recipients)}" if event.recipients else ""
    yield f"{kind}: {_parties(event.actors)}{recipients}"
    scores = f"intensity {event.intensity:g}, CAMEO {event.cameo}"
    yield f"  trigger {event.trigger.text!r}, {event.modality.value}, {scores}"
    if event.attributed_to:
        yield f"  according to {_parties(event.attributed_to)}"
    if event.date and event.date_precision and event.date_basis:
        yield f"  date {event.date} ({event.date_precision.value}, from {event.date_basis.value})"
    if event.place:
        yield f"  place {event.place.name} ({event.place.precision})"
    if event.contexts:
        yield f"  contexts {', '.join(event.contexts)}"
    yield f"  confidence {event.confidence:.2f}, rule {event.rule}"


def _parties(parties: tuple[Party, ...]) -> str:
    return ", ".join(_party(party) for party in parties) or "-"


def _party(party: Party) -> str:
    codes = " ".join(filter(None, [party.country, *party.sectors]))
    return f"{party.name} [{codes}]" if codes else party.name


def nearest(trace: SentenceTrace) -> str:
    """What came nearest to an event in a sentence that has none, and what it lacked."""
    missed = [attempt for attempt in trace.attempts if attempt.missing]
    if not missed:
        return "no word of the sentence is in the lexicon"
    best = max(missed, key=lambda attempt: len(attempt.steps))
    return f"the nearest rule is {best.rule} ({best.type}) at {best.trigger!r}; missing: {best.missing} ({best.where})"
