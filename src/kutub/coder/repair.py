"""Mends trees with what the tables know: a name is no verb, and a verb of the lexicon is no part of a name.

A parser trained on small treebanks takes unseen verbs for names ("Iran memperkaya uranium": one name) and names for
verbs
("meminta Peru untuk …": an open complement). Gazetteer and lexicon know better; only such nodes are moved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kutub.coder.attachment import attach, below, head_of
from kutub.coder.lexicon import Lexicon
from kutub.coder.mention import Mention
from kutub.records import Token
from kutub.text.tree import Tree, is_relation

_CLAUSAL = ("xcomp", "ccomp", "advcl", "acl", "csubj")
_ARGUMENT = ("nsubj", "obj", "iobj", "obl", "nmod")
_SWALLOWED = (
    "flat",
    "nmod",
    "obj",
    "amod",
    "appos",
    "compound",
    "acl",
    "xcomp",
    "dep",
    "obl",
    "fixed",
    "advmod",
    "conj",
)


def mend(tree: Tree, mentions: Sequence[Mention], lexicon: Lexicon, *, markers: Mapping[str, frozenset[str]]) -> Tree:
    """The tree with names as arguments and lexicon verbs as predicates; the same tree when nothing is amiss.

    markers: the words of the language's grammar.yaml.
    """
    tokens = list(tree.tokens)
    for mention in mentions:
        if mention.person or mention.organization or mention.state or mention.unknown_name:
            _name_is_no_verb(tokens, mention)
    attach(tokens, mentions, lexicon, markers=markers)
    if lexicon.by_form:
        for token in tree.tokens:
            _term_is_no_verb(tokens, token, lexicon)
            _verb_is_no_noun(tokens, token, lexicon)
        for mention in mentions:
            if mention.pronoun is None:
                _verb_is_no_name(tokens, mention, lexicon)
    else:
        for mention in mentions:
            if mention.pronoun is None:
                _participle_is_the_verb(tokens, mention, lexicon)
                _adjective_is_the_verb(tokens, mention, lexicon)
    if tokens == list(tree.tokens):
        return tree
    return Tree(replace(tree.sentence, tokens=tuple(tokens)))


def _name_is_no_verb(tokens: list[Token], mention: Mention) -> None:
    head = head_of(tokens, mention)
    token = tokens[head]
    if token.upos in ("VERB", "AUX", "ADJ"):
        tokens[head] = token = replace(token, upos="PROPN")
    if is_relation(token.deprel, *_CLAUSAL) and token.head >= 0:
        verb = tokens[token.head].upos == "VERB"
        relation = ("obj" if head > token.head else "nsubj") if verb else "nmod"
        tokens[head] = replace(token, deprel=relation)


def _term_is_no_verb(tokens: list[Token], token: Token, lexicon: Lexicon) -> None:
    """ "menyambut kerja sama": a noun of the lexicon, often of two words, that the parser took for a verb."""
    if token.upos != "VERB" or not is_relation(token.deprel, "xcomp", "ccomp", "parataxis"):
        return
    behind = [t.text.lower() for t in tokens[token.index + 1 : token.index + 4]]
    readings = lexicon.index.get(("noun", token.text.lower()), ())
    terms = [r.after for r in readings if r.after] + [(word,) for r in readings for word in r.entry.particle]
    is_noun = bool(readings) and not terms and _verb_reading(token, lexicon) is None
    if not is_noun and not any(tuple(behind[: len(term)]) == term for term in terms):
        return
    tokens[token.index] = replace(token, upos="NOUN", deprel="obj")
    for child in list(tokens):
        if child.head == token.index and child.deprel == "obj":
            tokens[child.index] = replace(child, deprel="nmod")


def _verb_is_no_noun(tokens: list[Token], token: Token, lexicon: Lexicon) -> None:
    """ "India bentrok dengan Tiongkok": a word with a subject that the lexicon knows as a verb alone."""
    if token.upos != "NOUN" or lexicon.index.get(("noun", token.text.lower())):
        return
    hung = below(tokens, token.index)
    relations = {t.deprel for t in hung}
    if "nsubj" not in relations or "cop" in relations or any(t.upos == "VERB" for t in tokens):
        return
    if _verb_reading(token, lexicon, alone=True) is None:
        return
    tokens[token.index] = replace(token, upos="VERB")
    for child in hung:
        if child.deprel == "nmod":
            tokens[child.index] = replace(child, deprel="obl")


def _verb_is_no_name(tokens: list[Token], mention: Mention, lexicon: Lexicon) -> None:
    for token in list(tokens[mention.last + 1 : mention.last + 4]):
        if not (mention.covers(token.head) and is_relation(token.deprel, *_SWALLOWED)):
            continue
        passive = _verb_reading(token, lexicon, alone=tokens[head_of(tokens, mention)].head < 0)
        if passive is None or any(t.head == token.index and t.deprel == "case" for t in tokens):
            continue
        if any(t.upos == "PUNCT" for t in tokens[mention.last + 1 : token.index]):
            continue
        _lift(tokens, mention, token, passive=passive)
        return


def _participle_is_the_verb(tokens: list[Token], mention: Mention, lexicon: Lexicon) -> None:
    """ "Kenyan teachers protested against …" read as one noun phrase: a party that is the root, with a participle right
    behind it, is the subject of its verb."""
    name, behind = tokens[head_of(tokens, mention)], mention.last + 1
    if name.head >= 0 or behind >= len(tokens):
        return
    verb = tokens[behind]
    agent = any(t.head == verb.index and t.deprel == "obl:agent" for t in tokens)
    if verb.deprel == "acl" and mention.covers(verb.head) and not agent and _verb_reading(verb, lexicon) is not None:
        _lift(tokens, mention, verb, passive=False)


def _adjective_is_the_verb(tokens: list[Token], mention: Mention, lexicon: Lexicon) -> None:
    """ "The Somali minister accused Kenya" read as one noun phrase under "Kenya": the word between two parties of one
    phrase is the verb, the first party its subject and the second its object."""
    behind = mention.last + 1
    if behind >= len(tokens):
        return
    verb, name = tokens[behind], tokens[head_of(tokens, mention)]
    above = tokens[verb.head] if verb.head > behind else None
    if verb.deprel != "amod" or above is None or name.head != above.index:
        return
    if not is_relation(name.deprel, "compound", "nmod", "amod", "nsubj") or _verb_reading(verb, lexicon) is None:
        return
    tokens[behind] = replace(verb, upos="VERB", head=above.head, deprel=above.deprel)
    tokens[above.index] = replace(above, head=behind, deprel="obj")
    tokens[name.index] = replace(name, head=behind, deprel="nsubj")


def _verb_reading(token: Token, lexicon: Lexicon, *, alone: bool = False) -> bool | None:
    """Whether the verb that the form shows is passive; None when the form is no verb of the lexicon.

    alone: the sentence has no other verb, so that a bare form may be one though it is tagged as a noun.
    """
    readings = [r for r in lexicon.readings(replace(token, upos="VERB")) if r.entry.word_class == "verb"]
    if not readings or (token.upos == "NOUN" and all(r.bare for r in readings) and not alone):
        return None
    return any(reading.passive for reading in readings)


def _lift(tokens: list[Token], mention: Mention, verb: Token, *, passive: bool) -> None:
    """Makes the verb the predicate over its mention."""
    name = tokens[head_of(tokens, mention)]
    above = tokens[name.head] if name.head >= 0 else None
    if above is not None and is_relation(name.deprel, *_ARGUMENT):
        if above.upos == "VERB" and above.index < name.index and is_relation(name.deprel, "obj", "obl"):
            tokens[verb.index] = replace(verb, upos="VERB", head=above.index, deprel="xcomp")
        return
    tokens[verb.index] = replace(verb, upos="VERB", head=name.head, deprel=name.deprel)
    relation = "nsubj:pass" if passive else "nsubj"
    tokens[name.index] = replace(name, head=verb.index, deprel=relation)
    for token in list(tokens):
        moved = token.head == name.index and token.index > mention.last and token.index != verb.index
        if moved:
            kind = "obl" if token.deprel.startswith("nmod") else token.deprel
            tokens[token.index] = replace(token, head=verb.index, deprel=kind)
