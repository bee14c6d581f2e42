"""The matcher: a lexicon entry against a clause gives a match with its parties, or says what was missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kutub.coder.lexicon import Condition, Entry, Lexicon, Reading
from kutub.coder.mentions import Mention
from kutub.coder.parties import Found, Inner, Resolved, parties_at
from kutub.records import Clause, Party
from kutub.text.clauses import nominal_clause, verbal_clause
from kutub.text.grammar import Grammar
from kutub.text.tree import Tree, is_relation

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A sentence made ready for matching.

    `resolved`: its mentions that stand for parties; `mentions`: all; `countries`: those the article speaks of.
    """

    tree: Tree
    grammar: Grammar
    resolved: Sequence[Resolved]
    mentions: Sequence[Mention] = ()
    countries: Sequence[str] = ()


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
    used = {index, *particles}
    steps: list[str] = []
    for condition in entry.requires:
        held = _holds(scene, clause, condition)
        if held is None:
            return Miss(entry=entry, token=index, missing=f"{condition.source}: {_some(condition)}", steps=tuple(steps))
        used |= held
        steps.append(f"requires {condition.source}: holds")
    for condition in entry.unless:
        if _holds(scene, clause, condition) is not None:
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
    mutual = _mutual(scene, clause) if clause.voice == "nominal" or entry.symmetric else []
    symmetric = entry.symmetric or bool(mutual)
    if mutual:
        actors, recipients = mutual, []
        steps.append(f"both sides: {_names(mutual)}")
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


# sources


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
        found = [item for item in _parties_of(scene, clause, source, side) if item.party.name not in besides]
        if found:
            steps.append(f"{side}: {source} = {_names(found)} ({found[0].why})")
            return found
    if sources:
        steps.append(f"{side}: none in {', '.join(sources)}")
    return []


def _names(found: Sequence[Found]) -> str:
    return ", ".join(item.party.name for item in found)


def _parties_of(scene: Scene, clause: Clause, source: str, side: str = "recipient") -> list[Found]:
    inner = Inner.OWNER if side == "actor" else Inner.ANY
    if source == "subject" and clause.voice == "nominal":
        inner = Inner.NONE
    if source == "complement":
        return _everybody_below(scene, clause)
    found: list[Found] = []
    for index in tokens_of(scene, clause, source):
        for item in parties_at(scene.tree, index, scene.resolved, grammar=scene.grammar, inner=inner):
            if all(item.party.name != other.party.name for other in found):
                found.append(item)
    return found


def tokens_of(scene: Scene, clause: Clause, source: str) -> tuple[int, ...]:
    """The heads of the phrases that a source of the lexicon names, in this clause."""
    if source in ("subject", "object", "indirect", "possessor", "modifier", "complement"):
        return tuple(getattr(clause, source))
    if source == "object.party":
        return clause.object
    if source.startswith("complement."):
        below = [verbal_clause(scene.tree, c, grammar=scene.grammar) for c in clause.complement]
        part = source.partition(".")[2]
        own = set(clause.subject)
        return tuple(i for inner in below for i in getattr(inner, part, ()) if i not in own)
    direct = [i for marker, i in clause.obliques if marker == source]
    return tuple(direct or _hung_below(scene.tree, clause, source))


def _hung_below(tree: Tree, clause: Clause, marker: str) -> list[int]:
    """Phrases that the parser hung on a noun further down ("delivery of vaccines to Nepal"): the first in the text."""
    heads = [*clause.object, *(i for _, i in clause.obliques)]
    if clause.voice == "nominal":
        heads = [clause.predicate, *heads]
    below = {i for head in heads for i in tree.subtree(head, clauses=False, conjuncts=False)}
    found = [i for i in sorted(below - {clause.predicate}) if tree.marker(i) == marker]
    return found[:1]


def _everybody_below(scene: Scene, clause: Clause) -> list[Found]:
    own = set(clause.subject)
    found: list[Found] = []
    for head in clause.complement:
        below = scene.tree.subtree(head, clauses=False)
        for item in scene.resolved:
            inside = item.mention.first in below and not any(item.mention.covers(i) for i in own)
            if inside and item.mention.place is None:
                new = [Found(party=p, inner=True, why=item.why) for p in item.parties]
                found.extend(n for n in new if all(n.party.name != f.party.name for f in found))
        if found:
            return found[:2]
    return found


def _mutual(scene: Scene, clause: Clause) -> list[Found]:
    """Both sides of "talks between A and B"."""
    markers = scene.grammar.words["mutual_markers"]
    below = scene.tree.subtree(clause.predicate, clauses=False, conjuncts=False)
    phrases = [index for _, index in clause.obliques] + sorted(below)
    for index in phrases:
        if scene.tree.marker(index) in markers:
            found = parties_at(scene.tree, index, scene.resolved, grammar=scene.grammar)
            if len(found) >= 2:
                return found
    return []


def _holds(scene: Scene, clause: Clause, condition: Condition) -> set[int] | None:
    """The tokens that fulfil a condition, or None."""
    if condition.source == "complement":
        heads = list(clause.complement)
    else:
        heads = [c for i in tokens_of(scene, clause, condition.source) for c in scene.tree.conjuncts(i)]
        inner = [head for head in heads if scene.grammar.is_word(scene.tree.token(head), "transparent_nouns")]
        heads += [child for head in inner for child in scene.tree.children(head, "nmod")]
    if not heads:
        return None
    if condition.words & {"any", "clause"}:
        return set()
    if "party" in condition.words and _parties_of(scene, clause, condition.source):
        return set()
    for head in heads:
        words = [head]
        for child in scene.tree.children(head):
            if is_relation(scene.tree.token(child).deprel, "compound", "amod", "nmod", "flat", "obj", "advmod", "case"):
                words.append(child)
        for word in words:
            token = scene.tree.token(word)
            known = condition.words if _is_in_a_name(scene, word) else condition.forms
            if {token.text.lower(), token.lemma.lower()} & known:
                return {word}
        text = " ".join(scene.tree.token(i).text.lower() for i in sorted(words))
        if any(" " in word and word in text for word in condition.words):
            return {head}
    return None


def _is_in_a_name(scene: Scene, index: int) -> bool:
    """Whether a token is part of a proper name, which is not inflected: "United Kingdom" has no unit."""
    return any(item.mention.forms and not item.mention.role and item.mention.covers(index) for item in scene.resolved)
