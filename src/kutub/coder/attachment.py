"""Mends what hangs in the wrong place, by rules that hold whatever the words: what the tree's own neighbours show.

Each rule is for one slip of a parser that word order, a comma or a missing preposition gives away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kutub.coder.lexicon import Lexicon
from kutub.coder.mention import Mention
from kutub.records import Token
from kutub.text.tree import is_relation

_LENGTHS = ("nmod:tmod", "nmod:unmarked", "obl:tmod", "obl:unmarked")
_NAMES = ("PROPN", "NOUN")


def attach(
    tokens: list[Token], mentions: Sequence[Mention], lexicon: Lexicon, *, markers: Mapping[str, frozenset[str]]
) -> None:
    """Mend the tokens of a sentence in place. markers: the words of the language's grammar.yaml."""
    for index in range(len(tokens)):
        _marker_of_a_noun(tokens, index)
        _marker_of_the_next(tokens, index)
        _marker_of_a_rule(tokens, index, lexicon)
        _verb_as_marker(tokens, index, lexicon)
        _phrase_after_a_name(tokens, index)
        _clause_on_a_length(tokens, index)
        _clause_before_its_verb(tokens, index)
        _agent_in_a_phrase(tokens, index, markers)
        _phrase_as_subject(tokens, index)
    for mention in mentions:
        _subject_of_the_next_verb(tokens, mention)
        _name_of_a_noun(tokens, mention)


def _hangs_on(tokens: Sequence[Token], index: int, above: int) -> bool:
    """Whether a token is another one or hangs on it, at whatever distance."""
    for _ in tokens:
        if index == above:
            return True
        index = tokens[index].head
        if index < 0:
            return False
    return False


def head_of(tokens: Sequence[Token], mention: Mention) -> int:
    """The first word of a mention that hangs on none of it."""
    for index in range(mention.first, mention.last + 1):
        if not mention.covers(tokens[index].head):
            return index
    return mention.first


def below(tokens: Sequence[Token], head: int, *relations: str) -> list[Token]:
    """The words that hang on another one, of any relation or of these."""
    return [t for t in tokens if t.head == head and (not relations or is_relation(t.deprel, *relations))]


def _marker_of_a_noun(tokens: list[Token], index: int) -> None:
    """ "left after talks": a conjunction behind its verb and right before a noun of that verb marks the noun."""
    token = tokens[index]
    if token.deprel != "mark" or not 0 <= token.head < index or index + 1 >= len(tokens):
        return
    noun = tokens[index + 1]
    if noun.upos in _NAMES and noun.head == token.head and is_relation(noun.deprel, "obl"):
        tokens[index] = replace(token, head=noun.index, deprel="case")


def _marker_of_the_next(tokens: list[Token], index: int) -> None:
    """ "by China against the BBC": a preposition hung on the noun of another one marks the noun that follows it."""
    token = tokens[index]
    if token.deprel != "case" or token.head <= index + 1:
        return
    following = tokens[index + 1]
    others = [t for t in below(tokens, token.head, "case") if index + 1 < t.index < token.head]
    if others and following.upos in _NAMES and not below(tokens, following.index, "case"):
        tokens[index] = replace(token, head=following.index)


def _marker_of_a_rule(tokens: list[Token], index: int, lexicon: Lexicon) -> None:
    """ "works together with Japan to build": "with Japan" is asked for by a rule of the verb before, and no clause."""
    token = tokens[index]
    if token.deprel != "mark" or token.head <= index + 1 or tokens[token.head].head < 0:
        return
    name, verb = tokens[index + 1], tokens[tokens[token.head].head]
    if name.upos != "PROPN" or name.deprel != "nsubj" or name.head != token.head or verb.index > index:
        return
    if any(token.text.lower() in reading.entry.recipient for reading in lexicon.readings(verb)):
        tokens[index] = replace(token, upos="ADP", head=name.index, deprel="case")
        tokens[name.index] = replace(name, head=verb.index, deprel="obl")


def _verb_as_marker(tokens: list[Token], index: int, lexicon: Lexicon) -> None:
    """ "berdemonstrasi melawan Israel": what a rule of the verb before takes for a preposition is no verb here."""
    token = tokens[index]
    if token.upos != "VERB" or token.deprel != "xcomp" or token.head != index - 1:
        return
    verb = tokens[token.head]
    if not any(token.text.lower() in reading.entry.recipient for reading in lexicon.readings(verb)):
        return
    names = [t for t in tokens[index + 1 :] if t.head in (index, verb.index) and t.deprel in ("obj", "obl")]
    if names:
        tokens[names[0].index] = replace(names[0], head=verb.index, deprel="obl")
        tokens[index] = replace(token, upos="ADP", head=names[0].index, deprel="case")


def _phrase_after_a_name(tokens: list[Token], index: int) -> None:
    """ "gave Sri Lanka some boats": a determiner is no part of the name before it; its noun is the object."""
    token = tokens[index]
    if token.upos != "DET" or token.deprel != "nmod" or not 0 <= token.head < index:
        return
    name, nouns = tokens[token.head], below(tokens, index, "nmod")
    if name.upos != "PROPN" or name.deprel != "obj" or not nouns:
        return
    tokens[name.index] = replace(name, deprel="iobj")
    tokens[nouns[0].index] = replace(nouns[0], head=name.head, deprel="obj")
    tokens[index] = replace(token, head=nouns[0].index, deprel="det")


def _clause_on_a_length(tokens: list[Token], index: int) -> None:
    """ "a visit of six days that included talks": the clause tells of the visit, not of the days."""
    token = tokens[index]
    if not is_relation(token.deprel, "acl") or token.head < 0:
        return
    length = tokens[token.head]
    if length.deprel not in _LENGTHS or not below(tokens, length.index, "nummod"):
        return
    if token.upos != "VERB" or not below(tokens, index, "nsubj"):
        return
    above = tokens[length.head]
    if above.upos == "NOUN":
        tokens[index] = replace(token, head=above.index)
        return
    start = min([length.index, *(t.index for t in below(tokens, length.index, "case", "nummod"))])
    if start > 0 and tokens[start - 1].upos == "NOUN" and tokens[start - 1].head == above.index:
        tokens[index] = replace(token, head=start - 1)


def _clause_before_its_verb(tokens: list[Token], index: int) -> None:
    """ "X, urged by Y to show restraint, ignored Z": without a comma between, a clause belongs to the relative clause
    that it follows, not to the main verb behind it."""
    token = tokens[index]
    if token.deprel != "advcl" or token.head < index or below(tokens, index, "nsubj"):
        return
    for before in reversed(tokens[:index]):
        if before.upos == "PUNCT":
            return
        if is_relation(before.deprel, "acl") and before.upos == "VERB":
            if not _hangs_on(tokens, before.index, index):
                tokens[index] = replace(token, head=before.index)
            return


def _is_marked(tokens: Sequence[Token], index: int, words: frozenset[str]) -> bool:
    return any(t.text.lower() in words for t in below(tokens, index, "case"))


def _agent_in_a_phrase(tokens: list[Token], index: int, markers: Mapping[str, frozenset[str]]) -> None:
    """ "threatened with arrest by Cambodia": the passive verb lacks an agent, which its phrase seems to have."""
    token = tokens[index]
    if token.deprel != "nmod" or not 0 <= token.head < index:
        return
    phrase = tokens[token.head]
    if phrase.deprel != "obl" or phrase.head > phrase.index or not _is_marked(tokens, index, markers["agent_markers"]):
        return
    if not _is_marked(tokens, phrase.index, markers["means_markers"]):
        return
    relations = {t.deprel for t in below(tokens, phrase.head)}
    if {"nsubj:pass", "aux:pass"} <= relations and "obl:agent" not in relations:
        tokens[index] = replace(token, head=phrase.head, deprel="obl:agent")


def _phrase_as_subject(tokens: list[Token], index: int) -> None:
    """ "the appeal to Russia for a truce went": a second subject with a preposition is a phrase of the first one."""
    token = tokens[index]
    if token.deprel != "nsubj" or token.head < index or not any(t.upos == "ADP" for t in below(tokens, index, "case")):
        return
    first = [t for t in below(tokens, token.head, "nsubj") if t.index < index and t.upos == "NOUN"]
    if first and not any(t.upos == "PUNCT" for t in tokens[first[0].index : index]):
        tokens[index] = replace(token, head=first[0].index, deprel="nmod")


def _subject_of_the_next_verb(tokens: list[Token], mention: Mention) -> None:
    """ "Russia poisoned him, Angela Merkel said", "Iran condemned Israel and Syria praised it": a name right before a
    verb that has no subject, as a second subject or a conjunct of the object of the verb before it."""
    name, behind = tokens[head_of(tokens, mention)], mention.last + 1
    if behind >= len(tokens) or not 0 <= name.head < name.index:
        return
    verb = tokens[behind]
    if verb.upos != "VERB" or below(tokens, verb.index, "nsubj") or _hangs_on(tokens, verb.index, name.index):
        return
    others = [t for t in below(tokens, name.head, "nsubj") if t.index < name.head]
    is_second = name.deprel == "nsubj" and bool(others)
    is_joined = name.deprel == "conj" and verb.deprel == "conj" and tokens[name.head].head == verb.head
    is_apposed = name.deprel == "appos" and verb.deprel == "parataxis"
    if is_second or is_joined or is_apposed:
        tokens[name.index] = replace(name, head=verb.index, deprel="nsubj")
        for joint in below(tokens, name.index, "cc"):
            tokens[joint.index] = replace(joint, head=verb.index)


def _name_of_a_noun(tokens: list[Token], mention: Mention) -> None:
    """ "withdrew from the alliance ECOWAS", "shut down the broadcaster Al Jazeera": a name without a preposition right
    behind a noun that has one, or a determiner, is its name."""
    name = tokens[head_of(tokens, mention)]
    if mention.first == 0 or name.upos != "PROPN":
        return
    noun = tokens[mention.first - 1]
    if noun.upos != "NOUN" or name.head != noun.head or below(tokens, name.index, "case"):
        return
    in_phrases = is_relation(name.deprel, "obl") and is_relation(noun.deprel, "obl")
    are_objects = name.deprel == noun.deprel == "obj"
    if (in_phrases and below(tokens, noun.index, "case")) or (are_objects and below(tokens, noun.index, "det")):
        tokens[name.index] = replace(name, head=noun.index, deprel="appos")
