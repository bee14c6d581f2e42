"""The matcher: a lexicon entry against a clause gives a match with its parties, or says what was missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kutub.coder.frames import Scene, holds, mutual, parties_of
from kutub.coder.lexicon import Condition, Entry, Lexicon, Reading
from kutub.coder.phrases import Found
from kutub.records import Clause, Party
from kutub.text.clauses import nominal_clause, verbal_clause
from kutub.text.tree import Tree

INNER_FACTOR = 0.85  # a party inside the phrase is right less often than its head
INHERITED_FACTOR = 0.93  # so is a subject taken from another clause
CONDITION_BONUS = 0.04  # and an entry with more conditions more often


HOSTED = ("visit",)  # modes in which one goes to another: nobody visits the own state


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entry that fits at a token, with its parties and the tokens that its conditions used."""

    entry: Entry
    token: int
    first: int  # first and last token of the trigger
    last: int
    clause: Clause
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    used: frozenset[int]
    score: float
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """An entry that did not fit, with what was missing."""

    entry: Entry
    token: int
    missing: str
    steps: tuple[str, ...] = ()


def match_token(scene: Scene, index: int, lexicon: Lexicon) -> Iterator[Match | Miss]:
    """Every entry that a token may stand for, tried in the stated order of preference."""
    tried: set[str] = set()
    for reading in lexicon.readings(scene.tree.token(index)):
        if reading.entry.id not in tried and _has_other_words(scene, index, reading):
            tried.add(reading.entry.id)
            yield _try(scene, index, reading)


def _has_other_words(scene: Scene, index: int, reading: Reading) -> bool:
    """Whether the other words of a multiword term stand around its head."""
    before, after = reading.before, reading.after
    tokens = scene.tree.tokens
    if index < len(before) or index + len(after) >= len(tokens) + (not after):
        return False
    around = [*tokens[index - len(before) : index], *tokens[index + 1 : index + 1 + len(after)]]
    return all(w in (t.text.lower(), t.lemma.lower()) for w, t in zip((*before, *after), around, strict=False))


def clause_at(scene: Scene, index: int, reading: Reading) -> Clause:
    """The clause of a token as the reading's word class sees it."""
    if reading.entry.word_class == "noun":
        return nominal_clause(scene.tree, index, grammar=scene.grammar, mutual=reading.entry.mutual)
    passive = reading.passive if scene.grammar.by_form else None
    if passive is None and scene.grammar.by_form:
        passive = _bare_form_is_passive(scene, index)
    return verbal_clause(scene.tree, index, grammar=scene.grammar, passive=passive)


def _bare_form_is_passive(scene: Scene, index: int) -> bool:
    """A bare stem with its agent pronoun right before it is a passive ("usulan itu kami tolak")."""
    if index == 0:
        return False
    before = scene.tree.token(index - 1)
    subjects = [c for c in scene.tree.children(index, "nsubj") if c != index - 1]
    return before.text.lower() in scene.grammar.words.get("pronoun_agents", frozenset()) and bool(subjects)


def _try(scene: Scene, index: int, reading: Reading) -> Match | Miss:
    entry = reading.entry
    particles = _particle(scene.tree, index, entry)
    if particles is None:
        return Miss(entry=entry, token=index, missing=f"the word {' or '.join(entry.particle)!r}")
    clause = clause_at(scene, index, reading)
    if particles and not clause.object:  # "handed over the hostages": the particle taken for a preposition
        words = {scene.tree.token(i).text.lower() for i in particles}
        clause = replace(clause, object=tuple(i for marker, i in clause.obliques if marker in words))
    used = {*range(index - len(reading.before), index + len(reading.after) + 1), *particles}
    steps: list[str] = []
    for condition in entry.requires:
        held = holds(scene, clause, condition)
        if held is None:
            return Miss(entry=entry, token=index, missing=f"{condition.source}: {_some(condition)}", steps=tuple(steps))
        used |= held
        steps.append(f"requires {condition.source}: holds")
    for condition in entry.unless:
        if holds(scene, clause, condition) is not None:
            missing = f"blocked by {condition.source}: {_some(condition)}"
            return Miss(entry=entry, token=index, missing=missing, steps=tuple(steps))
    return _with_parties(scene, clause, entry, used=used, steps=steps, span=(index, particles, reading))


def _particle(tree: Tree, index: int, entry: Entry) -> list[int] | None:
    if not entry.particle:
        return []
    below = [i for child in tree.children(index, "nmod", "compound", "amod", "flat") for i in tree.children(child)]
    nearby = [*range(index + 1, min(index + 3, len(tree.tokens))), *tree.children(index), *below]
    found = [
        i
        for i in nearby
        if tree.token(i).text.lower() in entry.particle
        and (tree.token(i).deprel != "case" or i == index + 1 or entry.word_class != "verb")
    ]
    return found[:1] or None


def _some(condition: Condition) -> str:
    words = sorted(condition.words)
    return ", ".join(words[:5]) + (", …" if len(words) > 5 else "")


def _with_parties(
    scene: Scene,
    clause: Clause,
    entry: Entry,
    *,
    used: set[int],
    steps: list[str],
    span: tuple[int, list[int], Reading],
) -> Match | Miss:
    index, particles, reading = span
    actors = _first_source(scene, clause, entry.actor, steps, "actor")
    taken = frozenset(found.party.name for found in actors)
    recipients = _first_source(scene, clause, entry.recipient, steps, "recipient", besides=taken)
    both = mutual(scene, clause) if clause.voice == "nominal" or entry.symmetric else []
    symmetric = entry.symmetric or bool(both)
    if both:
        actors, recipients = both, []
        steps.append(f"both sides: {_names(both)}")
    names = {found.party.name for found in actors}
    homes = {found.party.country for found in actors}
    recipients = [
        found
        for found in recipients
        if found.party.name not in names and not (found.shared and found.party.country in homes)
    ]
    if symmetric:
        actors, recipients = [*actors, *recipients], []
    missing = _lacking(entry, actors, recipients, symmetric=symmetric)
    if not missing and all(found.party.country is None for found in (*actors, *recipients)):
        missing = "a party that is known"
    if not missing and not actors and _is_done_by_somebody_unknown(scene, clause, entry):
        missing = "an actor that is known"
    if not missing and entry.mode in HOSTED and _at_home(actors, recipients):
        missing = "a host abroad"
    if reading.bare and scene.tree.token(index).upos == "PROPN" and len(actors) + len(recipients) < 2:
        missing = "an actor and a recipient on either side of a bare verb"
    if missing:
        return Miss(entry=entry, token=index, missing=missing, steps=tuple(steps))
    return Match(
        entry=entry,
        token=index,
        first=min(index - len(reading.before), *(particles or [index])),
        last=max(index + len(reading.after), *(particles or [index])),
        clause=clause,
        actors=tuple(found.party for found in actors),
        recipients=tuple(found.party for found in recipients),
        used=frozenset(used),
        score=_score(entry, clause, actors, recipients),
        steps=tuple(steps),
    )


def _lacking(entry: Entry, actors: list[Found], recipients: list[Found], *, symmetric: bool) -> str | None:
    if symmetric:
        least = 1 if entry.needs in ("actor", "either") else 2
        return None if len(actors) >= least else "two sides"
    if entry.needs == "either":
        return None if actors or recipients else "an actor or a recipient"
    if entry.needs in ("actor", "both") and not actors:
        return "an actor"
    if entry.needs in ("recipient", "both") and not recipients:
        return "a recipient"
    return None


def _is_done_by_somebody_unknown(scene: Scene, clause: Clause, entry: Entry) -> bool:
    """Whether an active verb has a subject that is no known party: then it is not done by nobody.

    A mere word for people ("thousands of people protested") may stay unknown.
    """
    if clause.voice != "active" or "subject" not in entry.actor:
        return False
    roles = [mention for mention in scene.mentions if mention.role]
    return any(
        not any(role.covers(i) for role in roles for i in (head, *scene.tree.children(head, "nmod")))
        for head in clause.subject
    )


def _at_home(actors: list[Found], recipients: list[Found]) -> bool:
    homes = {found.party.country for found in actors}
    return bool(recipients) and all(found.party.country in homes for found in recipients)


def _score(entry: Entry, clause: Clause, actors: list[Found], recipients: list[Found]) -> float:
    score = entry.weight + CONDITION_BONUS * len(entry.requires)
    if clause.inherited:
        score *= INHERITED_FACTOR
    if actors and all(found.inner for found in actors):
        score *= INNER_FACTOR
    if recipients and all(found.inner for found in recipients):
        score *= INNER_FACTOR
    if not recipients and not entry.symmetric:
        score *= INHERITED_FACTOR
    return min(score, 0.97)


def _first_source(
    scene: Scene,
    clause: Clause,
    sources: Sequence[str],
    steps: list[str],
    side: str,
    *,
    besides: frozenset[str] = frozenset(),
) -> list[Found]:
    """The parties of the first source that holds one that is not on the other side already."""
    for source in sources:
        found = [item for item in parties_of(scene, clause, source, side) if item.party.name not in besides]
        if found:
            steps.append(f"{side}: {source} = {_names(found)} ({found[0].why})")
            return found
    if sources:
        steps.append(f"{side}: none in {', '.join(sources)}")
    return []


def _names(found: Sequence[Found]) -> str:
    return ", ".join(item.party.name for item in found)
