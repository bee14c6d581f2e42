"""The relation between two given parties of a text: always the best type, or none when asked to abstain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kutub.codebook import Codebook
from kutub.coder.frames import Scene
from kutub.coder.lexicon import SPECIAL, Entry, Lexicon, Reading
from kutub.coder.match import Match, match_token
from kutub.coder.mention import Mention
from kutub.coder.modality import modality_of
from kutub.coder.parties import Resolved
from kutub.records import Modality, Party, Sentence
from kutub.text.grammar import Grammar
from kutub.text.tree import Tree

BOTH_SIDES = 1.0  # the rule found both given parties, each on its side
TURNED = 0.55  # both, but the other way round
ONE_SIDE = 0.5  # only one of them
WORDS_ONLY = 0.25  # the words of a rule stand in the sentence
WORD_BONUS = 0.04  # for every condition of the rule whose words are there
DISTANCE = 0.01  # taken off for every token between the trigger and the parties
PRIOR = 0.1  # confidence of the most frequent type where nothing at all fits
FUTURE_DISCOUNT = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What the actor does to the recipient. type None: abstained."""

    type: str | None
    mode: str | None
    confidence: float
    rule: str | None


def relate_spans(
    sentences: Sequence[Sentence],
    actor: tuple[int, int],
    recipient: tuple[int, int],
    *,
    lexicon: Lexicon,
    grammar: Grammar,
    codebook: Codebook,
    abstain: bool,
) -> Relation:
    """The best relation over all sentences that hold one of the spans, the ones with both first."""
    options: list[tuple[float, Relation]] = []
    for sentence in sentences:
        given = [_given(sentence, "actor", actor), _given(sentence, "recipient", recipient)]
        known = [item for item in given if item is not None]
        if known:
            scene = Scene(tree=Tree(sentence), grammar=grammar, resolved=known)
            options.extend(_options(scene, lexicon, codebook, abstain=abstain))
    if options:
        best = max(options, key=lambda option: option[0])
        return best[1]
    if abstain:
        return Relation(type=None, mode=None, confidence=0.0, rule=None)
    return Relation(type=codebook.default_type, mode=None, confidence=PRIOR, rule=None)


def _given(sentence: Sentence, name: str, span: tuple[int, int]) -> Resolved | None:
    inside = [t.index for t in sentence.tokens if t.start < span[1] and t.end > span[0]]
    if not inside:
        return None
    party = Party(text=name, start=span[0], end=span[1], name=name, country=name, sectors=())
    mention = Mention(first=min(inside), last=max(inside))
    return Resolved(mention=mention, parties=(party,), is_person=False, is_subject=False, why="given")


def _options(scene: Scene, lexicon: Lexicon, codebook: Codebook, *, abstain: bool) -> list[tuple[float, Relation]]:
    found = []
    for token in scene.tree.tokens:
        for result in match_token(scene, token.index, lexicon):
            if isinstance(result, Match):
                found.append(_scored(scene, result, codebook))
    if found or abstain:
        return found
    words = {word for token in scene.tree.tokens for word in (token.text.lower(), token.lemma.lower())}
    for token in scene.tree.tokens:
        for reading in lexicon.readings(token):
            if _is_spelt_out(reading.entry, words):
                found.append(_by_words(scene, token.index, reading))
    return found


def _is_spelt_out(entry: Entry, words: set[str]) -> bool:
    """Whether all words that an entry asks for stand somewhere in the sentence, and none that forbid it."""
    if entry.particle and not words & set(entry.particle):
        return False
    if any(condition.forms & words for condition in entry.unless):
        return False
    return all(condition.words & SPECIAL or condition.forms & words for condition in entry.requires)


def _scored(scene: Scene, match: Match, codebook: Codebook) -> tuple[float, Relation]:
    actors = {party.name for party in match.actors}
    recipients = {party.name for party in match.recipients}
    if "actor" in actors and "recipient" in recipients | (actors if not recipients else set()):
        fit = BOTH_SIDES
    elif {"actor", "recipient"} <= actors | recipients:
        fit = TURNED
    else:
        fit = ONE_SIDE
    event_type, mode = match.entry.type, match.entry.mode
    modality, _ = modality_of(scene.tree, match.token, voice=match.clause.voice, grammar=scene.grammar)
    if modality is Modality.FUTURE:
        event_type, mode = codebook.as_future(event_type, mode)
    elif modality is Modality.NEGATION:
        event_type, mode = codebook.as_negated(event_type, mode)
    score = fit * match.score - DISTANCE * _distance(scene, match.token)
    if modality is not Modality.ACTUAL:
        score *= FUTURE_DISCOUNT
    return score, _relation(event_type, mode, score, match.entry)


def _by_words(scene: Scene, token: int, reading: Reading) -> tuple[float, Relation]:
    entry = reading.entry
    asked = len(entry.requires) + bool(entry.particle)
    score = WORDS_ONLY * entry.weight + WORD_BONUS * asked - DISTANCE * _distance(scene, token)
    return score, _relation(entry.type, entry.mode, score, entry)


def _relation(event_type: str, mode: str | None, score: float, entry: Entry) -> Relation:
    return Relation(type=event_type, mode=mode, confidence=round(min(max(score, 0.01), 0.99), 3), rule=entry.id)


def _distance(scene: Scene, token: int) -> int:
    """Tokens from the trigger to the nearer end of each given party, summed."""
    total = 0
    for item in scene.resolved:
        near = min(abs(token - item.mention.first), abs(token - item.mention.last))
        total += min(near, 15)
    return total
