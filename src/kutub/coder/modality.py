"""Modality: whether the words say that it happened, will happen, might happen, or did not."""

from __future__ import annotations

from kutub.records import Modality, Token, Voice
from kutub.text.grammar import Grammar, Scope
from kutub.text.tree import Tree, is_relation

_MAX_CLIMB = 4
PURPOSE = "purpose"  # the word given for what is only the purpose of something else


def modality_of(tree: Tree, index: int, *, voice: Voice, grammar: Grammar) -> tuple[Modality, str]:
    """The modality of a predicate and the word that says so ("" for actual). The nearest scope wins."""
    found = _beside(tree, index, grammar)
    if (
        found is not None
        and found[1].lower() in grammar.words["reported_future"]
        and tree.token(index).deprel == "ccomp"
    ):
        return Modality.FUTURE, found[1]
    if found is not None:
        return found
    current = index
    for step in range(_MAX_CLIMB):
        token = tree.token(current)
        if token.head < 0:
            break
        above = _from_above(tree, token, grammar, nominal=voice is Voice.NOMINAL and step == 0)
        if above is not None:
            return above
        if not _goes_on(tree, token, grammar, nominal=voice is Voice.NOMINAL and step == 0):
            break
        current = token.head
        found = (
            _beside(tree, current, grammar) if _shares_aux(tree, token, grammar) else _marked(tree, current, grammar)
        )
        if found is not None:
            return found
    return Modality.ACTUAL, ""


def _goes_on(tree: Tree, token: Token, grammar: Grammar, *, nominal: bool) -> bool:
    """Whether what is said of the head holds for the event: of a noun's light or happening verb, not of any other."""
    relation = token.deprel
    if nominal and is_relation(relation, "obj", "nsubj", "obl"):
        verb = tree.token(token.head)
        return grammar.is_word(verb, "light_verbs") or grammar.is_word(verb, "happening_verbs")
    if nominal and is_relation(relation, "nmod", "conj", "compound"):
        return True
    return is_relation(relation, "conj", "xcomp", "acl", "advcl", "ccomp", "parataxis", "dep")


def _shares_aux(tree: Tree, token: Token, grammar: Grammar) -> bool:
    """Whether what stands beside the head holds for this token too; a contrast ("not …, but …") ends it."""
    links = {tree.token(c).text.lower() for c in tree.children(token.index, "cc", "mark")}
    contrast = bool(links & grammar.words["contrasts"])
    own = token.deprel == "conj" and bool(tree.children(token.index, "nsubj"))
    return is_relation(token.deprel, "conj", "xcomp", "obj", "nsubj", "obl") and not contrast and not own


def _beside(tree: Tree, index: int, grammar: Grammar) -> tuple[Modality, str] | None:
    """Words that hang on the predicate itself."""
    near = [tree.token(c) for c in tree.children(index, "aux", "advmod", "det", "mark", "cc", "amod", "case")]
    if grammar.by_form and index > 0:
        near.append(tree.token(index - 1))
    for token in near:
        if _word(token, grammar) in grammar.negation.words or token.text.lower() in grammar.negation.words:
            return Modality.NEGATION, token.text
    found = _marked(tree, index, grammar)
    if found is not None:
        return found
    for token in near:
        word = token.text.lower()
        lemma = _word(token, grammar)
        if {word, lemma} & grammar.hypothetical.aux or (
            lemma in grammar.hypothetical.adjectives and token.deprel == "amod"
        ):
            return Modality.HYPOTHETICAL, token.text
        if {word, lemma} & grammar.future.aux or (lemma in grammar.future.adjectives and token.deprel == "amod"):
            return Modality.FUTURE, token.text
    return None


def _marked(tree: Tree, index: int, grammar: Grammar) -> tuple[Modality, str] | None:
    for child in tree.children(index, "mark", "advmod", "cc"):
        token = tree.token(child)
        if token.text.lower() in grammar.hypothetical.marks:
            return Modality.HYPOTHETICAL, token.text
    return None


def _word(token: Token, grammar: Grammar) -> str:
    return grammar.key(token)


def _from_above(tree: Tree, token: Token, grammar: Grammar, *, nominal: bool) -> tuple[Modality, str] | None:
    """What a governing verb, noun or adjective says of its complement."""
    head = tree.token(token.head)
    relation = token.deprel
    complement = is_relation(relation, "xcomp", "acl") or (relation == "ccomp" and not _is_report(head, grammar))
    purpose = (is_relation(relation, "advcl") or (grammar.by_form and relation == "xcomp")) and any(
        tree.token(m).text.lower() in grammar.words["purpose_markers"]
        for m in tree.children(token.index, "mark", "case")
    )
    governed = nominal and is_relation(relation, "obj", "nsubj:pass", "obl", "nmod", "compound")
    if not (complement or purpose or governed) or relation == "acl:relcl":
        return None
    word = _word(head, grammar)
    for scope, modality in (
        (grammar.negation, Modality.NEGATION),
        (grammar.future, Modality.FUTURE),
        (grammar.hypothetical, Modality.HYPOTHETICAL),
    ):
        if word in _words_for(scope, head):
            if governed and is_relation(relation, "obl", "nmod") and modality is Modality.NEGATION:
                continue
            return modality, head.text
    if purpose:
        return Modality.HYPOTHETICAL, PURPOSE
    return None


def _is_report(head: Token, grammar: Grammar) -> bool:
    return head.upos == "VERB" and _word(head, grammar) not in (
        grammar.negation.verbs | grammar.future.verbs | grammar.hypothetical.verbs
    )


def _words_for(scope: Scope, head: Token) -> frozenset[str]:
    if head.upos in ("NOUN", "PROPN"):
        return scope.nouns
    if head.upos == "ADJ":
        return scope.adjectives | scope.verbs
    return scope.verbs | scope.adjectives
