"""From a parsed article to its events: which matches stand, and the record of each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kutub.codebook import Codebook
from kutub.coder.attribution import Speech, speakers_of
from kutub.coder.choice import Candidate, choose
from kutub.coder.dates import Calendar
from kutub.coder.following import Told, follow
from kutub.coder.frames import Scene, is_in_a_name
from kutub.coder.lexicon import Lexicon
from kutub.coder.match import Match, Miss, match_token
from kutub.coder.modality import modality_of
from kutub.coder.places import Gazetteer as Places
from kutub.coder.time_records import TimeExpression
from kutub.coder.timing import when_of, with_background
from kutub.coder.trace import Attempt
from kutub.records import (
    Article,
    Event,
    Modality,
    Party,
    Sentence,
    Trigger,
)
from kutub.text.tree import Tree

NOT_ACTUAL_FACTOR = 0.95
MATERIAL_CONFLICT = 4  # the quad class in which what is done to a thing is done where the thing is


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """What coding needs besides the parse."""

    lexicon: Lexicon
    codebook: Codebook
    speech: Speech
    calendar: Calendar
    places: Places
    contexts: Mapping[str, tuple[str, ...]]
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """The events of a sentence and every attempt behind them."""

    events: tuple[Event, ...]
    attempts: tuple[Attempt, ...]


def code_sentence(article: Article, scene: Scene, equipment: Equipment, told: Told) -> Coded:
    """The events of one sentence, in the order of their triggers; told: what the article has told before it."""
    attempts: list[Attempt] = []
    candidates: list[Candidate] = []
    previous = told.previous(scene.tree.sentence)
    for token in scene.tree.tokens:
        if is_in_a_name(scene, token.index):
            continue
        chosen: Match | None = None
        for result in match_token(scene, token.index, equipment.lexicon):
            if isinstance(result, Miss):
                attempts.append(_attempt(scene.tree, result, result.missing))
            elif chosen is None:
                chosen = result
            else:
                attempts.append(_attempt(scene.tree, result, f"{chosen.entry.id} goes first"))
        if chosen is not None:
            candidates.append(_candidate(article, scene, chosen, equipment, previous))
    candidates = follow(scene.tree, candidates, told, equipment.lexicon)
    kept, dropped = choose(scene.tree, candidates, equipment.codebook)
    attempts += [_attempt(scene.tree, match, why) for match, why in dropped]
    events = []
    for candidate in kept:
        event = _event(article, scene, candidate, equipment)
        events.append(event)
        told_by = _attempt(scene.tree, candidate.match, None, event=event, word=candidate.word, date=candidate.when.why)
        attempts.append(told_by)
    return Coded(events=tuple(events), attempts=tuple(sorted(attempts, key=lambda a: (a.token, a.missing is not None))))


def _candidate(
    article: Article, scene: Scene, match: Match, equipment: Equipment, previous: TimeExpression | None
) -> Candidate:
    modality, word = modality_of(scene.tree, match.token, voice=match.clause.voice, grammar=scene.grammar)
    if match.entry.modality:
        modality, word = Modality(match.entry.modality), "lexicon"
    elif modality is Modality.ACTUAL and _is_question(scene):
        modality, word = Modality.HYPOTHETICAL, "question"
    trigger = _trigger(scene.tree.sentence, match)
    when = when_of(article, scene.tree, trigger, modality, equipment.calendar, previous=previous)
    return Candidate(match=match, modality=modality, word=word, when=when)


def _is_question(scene: Scene) -> bool:
    """A sentence that ends as a question; one in quotation marks is somebody's."""
    return scene.tree.tokens[-1].text in scene.grammar.words["questions"]


def _event(article: Article, scene: Scene, candidate: Candidate, equipment: Equipment) -> Event:
    match, sentence, codebook = candidate.match, scene.tree.sentence, equipment.codebook
    speakers, _ = speakers_of(scene, match.token, speech=equipment.speech, actors=match.actors)
    trigger, when = _trigger(sentence, match), candidate.when
    modality = with_background(candidate.modality, article.published, when)
    event_type, mode = match.entry.type, match.entry.mode
    if modality is Modality.FUTURE:
        event_type, mode = codebook.as_future(event_type, mode)
    contexts = _contexts(sentence, match, equipment)
    score = match.score * (1.0 if modality is Modality.ACTUAL else NOT_ACTUAL_FACTOR)
    return Event(
        article_id=article.id,
        event_id=_event_id(article.id, sentence, trigger, event_type, (*match.actors, *match.recipients)),
        part=sentence.part,
        sentence_index=sentence.index,
        sentence=sentence.text,
        trigger=trigger,
        type=event_type,
        mode=mode,
        contexts=contexts,
        quad=codebook.quad(event_type),
        intensity=codebook.intensity(event_type, mode),
        cameo=codebook.cameo(event_type, mode, contexts),
        actors=match.actors,
        recipients=match.recipients,
        modality=modality,
        attributed_to=speakers,
        date=when.day.isoformat() if when.day else None,
        date_precision=when.precision,
        date_basis=when.basis,
        place=equipment.places.find_place(
            sentence,
            match.token,
            mode=match.entry.mode,
            event_type=match.entry.type,
            context=tuple(scene.countries),
            text=article.text,
            through_object=codebook.quad(event_type) == MATERIAL_CONFLICT,
        ),
        confidence=round(score, 3),
        rule=match.entry.id,
        publisher=article.publisher,
        url=article.url,
        title=article.title,
        published=article.published.isoformat() if article.published else None,
        language=article.language,
        story_id=None,
        happening_id=None,
        kutub=equipment.versions["kutub"],
        codebook=equipment.versions["codebook"],
        model=equipment.versions["model"],
    )


def _trigger(sentence: Sentence, match: Match) -> Trigger:
    start, end = sentence.tokens[match.first].start, sentence.tokens[match.last].end
    return Trigger(text=sentence.text[start - sentence.start : end - sentence.start], start=start, end=end)


def _event_id(article_id: str, sentence: Sentence, trigger: Trigger, event_type: str, parties: Sequence[Party]) -> str:
    """16 hex digits of the SHA-256 over article, part, trigger span, type and party spans: the same on any machine."""
    spans = ",".join(f"{p.start}-{p.end}" for p in parties)
    text = f"{article_id}\0{sentence.part}\0{trigger.start}-{trigger.end}\0{event_type}\0{spans}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _contexts(sentence: Sentence, match: Match, equipment: Equipment) -> tuple[str, ...]:
    """The entry's contexts and those whose words stand in the sentence, in the codebook's order."""
    lemmas = " " + " ".join(token.lemma.lower() for token in sentence.tokens) + " "
    printed = " " + " ".join(token.text.lower() for token in sentence.tokens) + " "
    found = set(match.entry.contexts)
    for context, words in equipment.contexts.items():
        if any(f" {word} " in lemmas or f" {word} " in printed for word in words):
            found.add(context)
    return tuple(context for context in equipment.codebook.contexts if context in found)


def _attempt(
    tree: Tree, result: Match | Miss, missing: str | None, *, event: Event | None = None, word: str = "", date: str = ""
) -> Attempt:
    steps = (*result.steps, f"modality: {event.modality} ({word})") if event and word else result.steps
    steps = (*steps, f"date: {date}") if date else steps
    return Attempt(
        rule=result.entry.id,
        where=result.entry.where,
        type=result.entry.type,
        mode=result.entry.mode,
        trigger=tree.token(result.token).text,
        token=result.token,
        steps=steps,
        missing=missing,
        event_id=event.event_id if event else None,
    )
