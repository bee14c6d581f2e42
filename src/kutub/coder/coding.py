"""From a parsed article to its events: which matches stand, and the record of each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kutub.codebook import Codebook
from kutub.coder.attribution import Speech, speakers_of
from kutub.coder.dates import Calendar, nearest
from kutub.coder.lexicon import Lexicon
from kutub.coder.match import Match, Miss, Scene, match_token
from kutub.coder.modality import PURPOSE, modality_of
from kutub.coder.places import Gazetteer as Places
from kutub.coder.trace import Attempt
from kutub.records import (
    Article,
    DateBasis,
    DatePrecision,
    Event,
    Modality,
    Party,
    PublishedBasis,
    Sentence,
    Trigger,
)
from kutub.text.tree import Tree

BACKGROUND = timedelta(days=365)  # an event over a year before publication is historical background
SPANS = {
    DatePrecision.WEEK: timedelta(days=6),
    DatePrecision.MONTH: timedelta(days=30),
    DatePrecision.YEAR: timedelta(days=365),
}
NOT_ACTUAL_FACTOR = 0.95
COOPERATION = (1, 2)  # the quad classes of cooperation
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
class When:
    """An event's date: first day of the interval, its precision, and what it rests on; all None when unknown."""

    day: date | None = None
    precision: DatePrecision | None = None
    basis: DateBasis | None = None
    long_ago: bool = False  # the words tell a time that is no date of the record


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A match with its modality and its date, before the choice."""

    match: Match
    modality: Modality
    word: str
    when: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """The events of a sentence and every attempt behind them."""

    events: tuple[Event, ...]
    attempts: tuple[Attempt, ...]


def code_sentence(article: Article, scene: Scene, equipment: Equipment) -> Coded:
    """The events of one sentence, in the order of their triggers."""
    attempts: list[Attempt] = []
    candidates: list[Candidate] = []
    names = {
        i
        for item in scene.resolved
        if item.mention.forms and not item.mention.role
        for i in range(item.mention.first, item.mention.last + 1)
    }
    for token in scene.tree.tokens:
        if token.index in names:
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
            candidates.append(_candidate(article, scene, chosen, equipment))
    kept, dropped = _choose(scene.tree, candidates, equipment.codebook)
    attempts += [_attempt(scene.tree, match, why) for match, why in dropped]
    events = []
    for candidate in kept:
        event = _event(article, scene, candidate, equipment)
        events.append(event)
        attempts.append(_attempt(scene.tree, candidate.match, None, event=event, word=candidate.word))
    return Coded(events=tuple(events), attempts=tuple(sorted(attempts, key=lambda a: (a.token, a.missing is not None))))


def _candidate(article: Article, scene: Scene, match: Match, equipment: Equipment) -> Candidate:
    modality, word = modality_of(scene.tree, match.token, voice=match.clause.voice, grammar=scene.grammar)
    if match.entry.modality:
        modality, word = Modality(match.entry.modality), "lexicon"
    elif modality is Modality.ACTUAL and _is_question(scene):
        modality, word = Modality.HYPOTHETICAL, "question"
    when = _when(article, scene.tree, _trigger(scene.tree.sentence, match), modality, equipment.calendar)
    return Candidate(match=match, modality=modality, word=word, when=when)


def _is_question(scene: Scene) -> bool:
    """A sentence that ends as a question; one in quotation marks is somebody's."""
    return scene.tree.tokens[-1].text in scene.grammar.words["questions"]


# the choice among matches


def _choose(
    tree: Tree, candidates: Sequence[Candidate], codebook: Codebook
) -> tuple[list[Candidate], list[tuple[Match, str]]]:
    """Drops what another match says already: words it used, what is only asked for, the same event again."""
    dropped: dict[int, str] = {}
    for one in candidates:
        for two in candidates:
            if one is two or one.match.token in dropped or two.match.token in dropped:
                continue
            if two.match.token in one.match.used and one.match.token not in two.match.used:
                dropped[two.match.token] = f"its word belongs to {one.match.entry.id}"
            elif _is_content(tree, one, two, codebook):
                dropped[two.match.token] = f"content of {one.match.entry.id}, not an event of its own"
    kept: list[Candidate] = []
    for candidate in candidates:
        if candidate.match.token in dropped:
            continue
        same = next((other for other in kept if _says_the_same(other, candidate)), None)
        if same is None:
            kept.append(candidate)
        elif _weight_of(candidate) > _weight_of(same):
            kept[kept.index(same)] = candidate
            dropped[same.match.token] = f"told again by {candidate.match.entry.id}"
        else:
            dropped[candidate.match.token] = f"told already by {same.match.entry.id}"
    return kept, [(c.match, dropped[c.match.token]) for c in candidates if c.match.token in dropped]


def _weight_of(candidate: Candidate) -> tuple[int, float]:
    match = candidate.match
    return (len(match.actors) + len(match.recipients), match.score)


def _says_the_same(one: Candidate, two: Candidate) -> bool:
    """The same type, way and time, and nobody on a side of the one who is not on that side of the other."""
    if one.match.entry.type != two.match.entry.type or one.modality != two.modality:
        return False
    modes = {candidate.match.entry.mode for candidate in (one, two)} - {None}
    days = {candidate.when.day for candidate in (one, two) if candidate.when.basis is DateBasis.TEXT}
    if len(modes) > 1 or len(days) > 1:
        return False
    sides = [(_names(candidate.match.actors), _names(candidate.match.recipients)) for candidate in (one, two)]
    if not (sides[0][1] and sides[1][1]):  # a meeting may be told with a host or without
        sides = [(actors | recipients, frozenset()) for actors, recipients in sides]
    return all(first <= second or second <= first for first, second in zip(*sides, strict=True))


def _names(parties: Sequence[Party]) -> frozenset[str]:
    return frozenset(party.name for party in parties)


def _is_content(tree: Tree, outer: Candidate, inner: Candidate, codebook: Codebook) -> bool:
    """Whether `inner` is what `outer` asks for, promises, threatens, or refuses, or the cooperation it speaks of."""
    clause = outer.match.clause
    token = inner.match.token
    if _is_spoken_of(tree, outer, inner, codebook):
        return True
    if inner.word == PURPOSE and any(token in tree.subtree(head) for head in clause.complement):
        return True
    if outer.match.entry.type not in codebook.content_types:
        return False
    direct = {*clause.complement, *clause.object, *(i for _, i in clause.obliques)}
    if token in direct:
        return True
    if inner.modality is Modality.ACTUAL:
        return False
    return any(token in tree.subtree(head) for head in (*clause.complement, *clause.object))


def _is_spoken_of(tree: Tree, outer: Candidate, inner: Candidate, codebook: Codebook) -> bool:
    """ "welcomed the cooperation": a noun of cooperation below a word of cooperation is its topic."""
    if inner.match.clause.voice != "nominal" or codebook.quad(inner.match.entry.type) not in COOPERATION:
        return False
    if codebook.quad(outer.match.entry.type) not in COOPERATION or outer.match.token == inner.match.token:
        return False
    clause = outer.match.clause
    heads = [head for head in (*clause.object, *(i for _, i in clause.obliques)) if head not in outer.match.used]
    return any(inner.match.token in tree.subtree(head, clauses=False) for head in heads)


# the record


def _event(article: Article, scene: Scene, candidate: Candidate, equipment: Equipment) -> Event:
    match, sentence, codebook = candidate.match, scene.tree.sentence, equipment.codebook
    speakers, _ = speakers_of(scene, match.token, speech=equipment.speech, actors=match.actors)
    trigger, when = _trigger(sentence, match), candidate.when
    modality = _with_background(candidate.modality, article.published, when)
    event_type, mode = match.entry.type, match.entry.mode
    if modality is Modality.FUTURE and codebook.future_type(event_type) != event_type:
        event_type, mode = codebook.future_type(event_type), None
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
            context=tuple(scene.countries),
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


def _when(article: Article, tree: Tree, trigger: Trigger, modality: Modality, calendar: Calendar) -> When:
    """The event's date: the nearest time expression that can speak of it, else the publication's."""
    text, position = tree.sentence.text, trigger.start - tree.sentence.start
    future = modality is Modality.FUTURE
    found = calendar.find(text, anchor=article.published, future=future)
    near = [e for e in found if not _belongs_elsewhere(tree, e.start, position)]
    if future and article.published:
        near = [e for e in near if _end_of(e.date, e.precision) >= article.published] or near
    chosen = nearest(near, position, boundaries=_boundaries(tree))
    if chosen is not None:
        return When(day=chosen.date, precision=chosen.precision, basis=chosen.basis)
    if any(not _belongs_elsewhere(tree, start, position) for start, _ in calendar.find_undated(text)):
        return When(long_ago=True)
    if article.published is None:
        return When()
    dateline = article.published_basis is PublishedBasis.DATELINE
    basis = DateBasis.DATELINE if dateline else DateBasis.PUBLISHED
    return When(day=article.published, precision=DatePrecision.DAY, basis=basis)


def _end_of(day: date, precision: DatePrecision) -> date:
    return day + SPANS.get(precision, timedelta())


def _belongs_elsewhere(tree: Tree, start: int, position: int) -> bool:
    """Whether a time stands in a relative clause that does not hold the trigger, or within a name ("G20 2024")."""
    offset = tree.sentence.start
    at = next((t.index for t in tree.tokens if t.end - offset > start), None)
    trigger = next((t.index for t in tree.tokens if t.end - offset > position), None)
    if at is None or trigger is None:
        return False
    if tree.token(at).deprel.startswith("flat") and tree.token(at).upos in ("NUM", "PROPN"):
        return True
    above = set(tree.ancestors(trigger)) | {trigger}
    return any(i not in above and tree.token(i).deprel == "acl:relcl" for i in (at, *tree.ancestors(at)))


def _boundaries(tree: Tree) -> list[int]:
    """Offsets at which clauses begin: the first token below each clause, coordinated ones too."""
    found = []
    for token in tree.tokens:
        clausal = token.deprel.partition(":")[0] in ("ccomp", "advcl", "parataxis", "acl")
        if clausal or (token.deprel == "conj" and token.upos == "VERB"):
            found.append(tree.token(min(tree.subtree(token.index))).start - tree.sentence.start)
    return sorted(found)


def _with_background(modality: Modality, published: date | None, when: When) -> Modality:
    """Historical is what lies over a year before the publication, or at a time too long ago to be dated."""
    if modality is not Modality.ACTUAL:
        return modality
    if when.long_ago:
        return Modality.HISTORICAL
    if published is None or when.day is None or when.precision is None or when.basis is not DateBasis.TEXT:
        return modality
    return Modality.HISTORICAL if published - _end_of(when.day, when.precision) > BACKGROUND else modality


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
    tree: Tree, result: Match | Miss, missing: str | None, *, event: Event | None = None, word: str = ""
) -> Attempt:
    steps = (*result.steps, f"modality: {event.modality} ({word})") if event and word else result.steps
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
