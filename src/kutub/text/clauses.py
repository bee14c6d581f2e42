"""Clauses: a predicate with who, whom and obliques; the passive undone, missing subjects inherited.

Universal Dependencies relations are the same in every language; words come from the language's grammar.
"""

from __future__ import annotations

from dataclasses import replace

from kutub.records import Clause, Voice
from kutub.text.adjacency import adjacent, with_phrases
from kutub.text.grammar import Grammar
from kutub.text.tree import Tree, is_relation

_CONTENT_VERBS = ("VERB", "AUX")
_MAX_CLIMB = 4


def clauses(tree: Tree, *, grammar: Grammar) -> tuple[Clause, ...]:
    """All verbal clauses of a sentence, and its nouns that have arguments, in order."""
    found = []
    for token in tree.tokens:
        if token.upos == "VERB":
            found.append(verbal_clause(tree, token.index, grammar=grammar))
        elif token.upos == "NOUN":
            clause = nominal_clause(tree, token.index, grammar=grammar)
            if clause.possessor or clause.subject or any(tree.marker(i) for _, i in clause.obliques):
                found.append(clause)
        elif token.upos == "ADJ" and tree.children(token.index, "nsubj"):
            found.append(verbal_clause(tree, token.index, grammar=grammar))
    return tuple(found)


def verbal_clause(tree: Tree, index: int, *, grammar: Grammar, passive: bool | None = None) -> Clause:
    """The clause of a verb or predicate adjective. passive: what the verb's form says, if it says anything."""
    return _verbal(tree, index, grammar, passive=passive, depth=0)


def _verbal(tree: Tree, index: int, grammar: Grammar, *, passive: bool | None, depth: int) -> Clause:
    token = tree.token(index)
    is_passive = _is_passive(tree, index, grammar) if passive is None else passive
    subjects = _subjects(tree, index)
    agents = _agents(tree, index, grammar, passive=is_passive)
    objects = _bare(tree, tree.children(index, "obj"))
    if not objects and subjects and token.deprel == "amod" and token.head > index:
        objects = [token.head]  # "China banned seafood imports" taken for one noun phrase
    indirect = tree.children(index, "iobj")
    if indirect and not objects:  # "urged Greece to stop": whom it is done to
        objects, indirect = indirect, []
    particle = _particle(tree, index)
    obliques = _obliques(tree, index, skip=agents)
    if is_passive:
        subject, objects = agents, [*subjects, *[o for o in objects if o not in agents]]
    else:
        subject = subjects
    clause = Clause(
        predicate=index,
        lemma=token.lemma,
        particle=particle,
        voice=Voice.PASSIVE if is_passive else Voice.ACTIVE,
        subject=tuple(subject),
        object=tuple(objects),
        indirect=tuple(indirect),
        obliques=tuple(obliques),
        complement=tuple(_complements(tree, index, grammar)),
    )
    if grammar.flags["adjacent_arguments"]:
        clause = adjacent(tree, clause)
    return _inherit(tree, clause, grammar, depth=depth)


def _is_passive(tree: Tree, index: int, grammar: Grammar) -> bool:
    token = tree.token(index)
    relations = {tree.token(c).deprel for c in tree.children(index)}
    if relations & {"aux:pass", "obl:agent"}:
        return True
    if relations & {"nsubj:pass", "csubj:pass"} and grammar.by_form:  # elsewhere a passive shows its auxiliary
        return True
    if grammar.is_passive_form(token):
        return True
    if token.deprel == "acl" and not grammar.by_form:
        text = token.text.lower()
        return not grammar.active_participle.search(text) and not tree.children(index, "obj", "mark")
    return False


def _subjects(tree: Tree, index: int) -> list[int]:
    return [c for c in tree.children(index, "nsubj") if tree.token(c).deprel != "nsubj:outer"]


def _agents(tree: Tree, index: int, grammar: Grammar, *, passive: bool) -> list[int]:
    """Agent of a passive: marked by a preposition, or a bare noun or pronoun right behind the verb (by-form
    languages)."""
    if not passive:
        return []
    found = []
    resultative = [
        c for state in tree.children(index, "xcomp", "advmod") for c in tree.children(state)
    ]  # "shot dead by"
    for child in (*tree.children(index), *resultative):
        relation = tree.token(child).deprel
        marker = tree.marker(child)
        marked = is_relation(relation, "obl", "nmod", "advmod") and marker in grammar.words["agent_markers"]
        if relation == "obl:agent" or marked:
            found.append(child)
    if not found and grammar.by_form:
        nearby = [c for c in tree.children(index, "obj", "obl", "nmod") if not tree.marker(c) and c == index + 1]
        found = [c for c in nearby if tree.token(c).upos in ("PROPN", "NOUN", "PRON")]
    return found


def _bare(tree: Tree, indexes: list[int]) -> list[int]:
    return [i for i in indexes if not tree.marker(i)] or indexes


def _particle(tree: Tree, index: int) -> str | None:
    found = tree.children(index, "compound")
    words = [
        tree.token(i).text.lower() for i in found if tree.token(i).deprel in ("compound:prt", "compound:a", "compound")
    ]
    return words[0] if words else None


def _obliques(tree: Tree, index: int, *, skip: list[int]) -> list[tuple[str, int]]:
    """Prepositional phrases of a predicate; one that the parser hung on the object's noun is offered as well."""
    found = []
    for child in tree.children(index):
        relation = tree.token(child).deprel
        if child in skip or not is_relation(relation, "obl", "nmod", "advmod", "advcl"):
            continue
        marker = tree.marker(child)
        if relation == "advcl" and not marker:  # "barred from running": the preposition marks a clause
            marker = next((tree.token(m).text.lower() for m in tree.children(child, "mark")), "")
        if is_relation(relation, "advmod", "advcl") and not marker:
            continue
        found.append((marker, child))
    return found


def _complements(tree: Tree, index: int, grammar: Grammar) -> list[int]:
    found = tree.children(index, "xcomp", "ccomp")
    for child in tree.children(index, "advcl"):
        marks = {tree.token(m).text.lower() for m in tree.children(child, "mark", "case")}
        if marks & (grammar.words["purpose_markers"] | grammar.words["complement_markers"]):
            found = [*found, child]
    for thing in tree.children(index, "obj"):
        found = [
            *found,
            *(c for c in tree.children(thing, "acl") if tree.token(c).deprel == "acl" and tree.children(c, "mark")),
        ]
    return found


def _inherit(tree: Tree, clause: Clause, grammar: Grammar, *, depth: int) -> Clause:
    """Fills a missing subject (or object of a passive) from the clause above."""
    clause = _relative(tree, clause, grammar)
    if depth >= _MAX_CLIMB:
        return clause
    token = tree.token(clause.predicate)
    passive = clause.voice is Voice.PASSIVE
    missing = not clause.object if passive else not clause.subject
    if not missing or token.head < 0:
        return clause
    relation, head = token.deprel, token.head
    if relation == "conj":
        return _from_conjunct(tree, clause, head, grammar, depth=depth)
    if is_relation(relation, "xcomp", "advcl", "parataxis", "dep") or (
        relation == "ccomp" and _marked(tree, clause.predicate, grammar)
    ):
        return _from_matrix(tree, clause, head, grammar, depth=depth)
    if is_relation(relation, "acl") and relation != "acl:relcl":
        return _from_noun(tree, clause, head, grammar, depth=depth)
    return clause


def _marked(tree: Tree, index: int, grammar: Grammar) -> bool:
    marks = {tree.token(m).text.lower() for m in tree.children(index, "mark")}
    return bool(marks & (grammar.words["purpose_markers"] | grammar.words["complement_markers"]))


def _relative(tree: Tree, clause: Clause, grammar: Grammar) -> Clause:
    """A relative clause: the noun it hangs on stands for its relative pronoun, or for its missing subject."""
    token = tree.token(clause.predicate)
    pronouns = grammar.words["relative_pronouns"]
    noun = token.head if token.deprel in ("acl:relcl", "acl") else _noun_before_pronoun(tree, clause, pronouns)
    if noun is None or noun < 0:
        return clause

    def fill(indexes: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(noun if tree.token(i).text.lower() in pronouns else i for i in indexes)

    clause = replace(
        clause,
        subject=fill(clause.subject),
        object=fill(clause.object),
        obliques=tuple((m, noun if tree.token(i).text.lower() in pronouns else i) for m, i in clause.obliques),
    )
    used = {*clause.subject, *clause.object, *(i for _, i in clause.obliques)}
    if noun in used:
        return clause
    if clause.voice is Voice.PASSIVE:
        return replace(clause, object=(noun,)) if not clause.object else clause
    if token.deprel == "acl:relcl" and clause.subject and not clause.object:
        return replace(clause, object=(noun,))
    if not clause.subject and (token.deprel == "acl:relcl" or grammar.active_participle.search(token.text.lower())):
        return replace(clause, subject=(noun,))
    return clause


def _noun_before_pronoun(tree: Tree, clause: Clause, pronouns: frozenset[str]) -> int | None:
    """What a relative pronoun stands for when its clause hangs on no noun: the noun right before it."""
    for index in (*clause.subject, *clause.object):
        if tree.token(index).text.lower() not in pronouns:
            continue
        for before in range(index - 1, max(index - 3, -1), -1):
            if tree.token(before).upos in ("NOUN", "PROPN"):
                return before
            if tree.token(before).upos != "PUNCT":
                break
    return None


def _from_conjunct(tree: Tree, clause: Clause, head: int, grammar: Grammar, *, depth: int) -> Clause:
    if tree.token(head).upos not in ("VERB", "AUX", "ADJ"):
        return clause
    other = _verbal(tree, head, grammar, passive=None, depth=depth + 1)
    surface = other.object if other.voice is Voice.PASSIVE else other.subject
    if clause.voice is Voice.PASSIVE:
        return replace(clause, object=surface, inherited=True)
    return replace(clause, subject=surface, inherited=True)


def _from_matrix(tree: Tree, clause: Clause, head: int, grammar: Grammar, *, depth: int) -> Clause:
    """Control: the matrix clause's object governs an open complement, else its subject."""
    if tree.token(head).upos not in ("VERB", "AUX", "ADJ", "NOUN"):
        return clause
    matrix = _verbal(tree, head, grammar, passive=None, depth=depth + 1)
    controller = _controller(tree, clause.predicate, matrix, grammar)
    if clause.voice is Voice.PASSIVE:
        return replace(clause, object=controller, inherited=True)
    return replace(clause, subject=controller, inherited=True)


def _controller(tree: Tree, predicate: int, matrix: Clause, grammar: Grammar) -> tuple[int, ...]:
    """Whoever a clause without a subject of its own is about: the matrix object in open complements ("urged Iran to
    stop"), who does the matrix in means and purposes, else its subject."""
    relation = tree.token(predicate).deprel
    marks = {tree.token(m).text.lower() for m in tree.children(predicate, "mark", "case")}
    purpose = bool(marks & grammar.words["purpose_markers"])
    surface = matrix.object if matrix.voice is Voice.PASSIVE else matrix.subject
    if purpose and matrix.voice is Voice.PASSIVE and matrix.subject and is_relation(relation, "advcl"):
        return matrix.subject
    people = [*matrix.indirect, *matrix.object]
    if is_relation(relation, "xcomp", "ccomp") and people and (purpose or not marks):
        return tuple(people[:1])
    if relation == "advcl" and marks & grammar.words["object_control_markers"] and people:
        return tuple(people[:1])
    if is_relation(relation, "parataxis") and matrix.object and not marks:
        thing = max(matrix.object)
        between = range(thing + 1, predicate)
        if thing < predicate and all(tree.token(i).upos != "PUNCT" for i in between):
            return (thing,)
    return surface


def _from_noun(tree: Tree, clause: Clause, head: int, grammar: Grammar, *, depth: int) -> Clause:
    """ "its decision to attack": the doer of the noun is the doer of its infinitive."""
    if clause.voice is Voice.PASSIVE or not _marked(tree, clause.predicate, grammar):
        return clause
    noun = nominal_clause(tree, head, grammar=grammar, depth=depth + 1)
    subject = noun.possessor or noun.subject
    return replace(clause, subject=subject[:1], inherited=True) if subject else clause


def nominal_clause(tree: Tree, index: int, *, grammar: Grammar, mutual: bool = False, depth: int = 0) -> Clause:
    """A noun as predicate ("kunjungan Modi ke Tokyo", "Russia's attack on Kyiv"): possessor, modifier, obliques.

    Subject and more obliques come from its light verb ("China made a visit to …"). mutual: a noun in which all take
    part, so that the subject of any verb that it accompanies takes part too ("Wang discussed it in talks with
    Sullivan").
    """
    token = tree.token(index)
    possessor, modifier, obliques = _noun_dependents(tree, index, grammar)
    clause = Clause(
        predicate=index,
        lemma=token.lemma,
        particle=None,
        voice=Voice.NOMINAL,
        obliques=tuple(obliques),
        possessor=tuple(possessor),
        modifier=tuple(modifier),
        complement=tuple(
            c
            for c in tree.children(index, "acl", "advcl", "ccomp")
            if tree.token(c).deprel != "acl:relcl" and _marked(tree, c, grammar)
        ),
    )
    if grammar.flags["adjacent_arguments"]:
        clause = replace(with_phrases(tree, clause), complement=clause.complement)
    agents = tuple(i for marker, i in clause.obliques if marker in grammar.words["agent_markers"])
    others = tuple((m, i) for m, i in clause.obliques if i not in agents)
    clause = replace(clause, subject=agents, obliques=others)
    return _with_light_verb(tree, clause, grammar, mutual=mutual, depth=depth) if depth < _MAX_CLIMB else clause


def _noun_dependents(tree: Tree, index: int, grammar: Grammar) -> tuple[list[int], list[int], list[tuple[str, int]]]:
    possessor, modifier, obliques = [], [], []
    for child in tree.children(index):
        relation = tree.token(child).deprel
        marker = tree.marker(child)
        bare_marker = "" if relation == "nmod:poss" else marker
        if relation == "nmod:poss" and not (marker and grammar.by_form):
            possessor.append(child)
        elif is_relation(relation, "nmod", "obl", "acl", "advcl") and bare_marker:
            obliques.append((marker, child))
        elif is_relation(relation, "nmod", "obl") and relation not in (
            "nmod:tmod",
            "obl:tmod",
            "nmod:unmarked",
            "obl:unmarked",
        ):
            possessor.append(child)
        elif is_relation(relation, "compound", "amod", "flat", "nmod"):
            modifier.append(child)
    if grammar.by_form:  # in these languages a bare noun behind the noun is its possessor, whatever the relation's name
        behind = [i for i in modifier if i > index]
        possessor, modifier = [*possessor, *behind], [i for i in modifier if i not in behind]
    return possessor, modifier, obliques


def _with_light_verb(tree: Tree, clause: Clause, grammar: Grammar, *, mutual: bool, depth: int) -> Clause:
    """Adds what the verb tells that the noun is the object of: "China made a visit to …", "the attack that Israel
    launched"."""
    first = _outermost(tree, clause.predicate, grammar)
    below = [
        c
        for c in tree.children(first, "acl")
        if grammar.is_word(tree.token(c), "light_verbs") and tree.token(c).upos in _CONTENT_VERBS
    ]
    if below:
        governing = _verbal(tree, below[0], grammar, passive=None, depth=depth + 1)
        if any(i != first for i in governing.subject):
            return _taken_from(clause, governing, first)
    link = tree.token(first)
    if link.head < 0 or tree.token(link.head).upos not in _CONTENT_VERBS:
        return clause
    verb = tree.token(link.head)
    is_object = is_relation(link.deprel, "obj", "xcomp")
    is_subject = is_relation(link.deprel, "nsubj")
    light = grammar.is_word(verb, "light_verbs")
    governing = _verbal(tree, verb.index, grammar, passive=None, depth=depth + 1)
    taken = light and (is_object or (is_subject and governing.voice is Voice.PASSIVE))
    marker = tree.marker(first) if is_relation(link.deprel, "obl", "advcl") else ""
    accompanied = marker in grammar.words["light_markers"] or (mutual and marker in grammar.words["adjunct_markers"])
    if taken or (accompanied and (mutual or (light and not governing.object))):
        found = _taken_from(clause, governing, first)
        beside = tuple(i for i in governing.object if i != first)  # "left Russia after a visit"
        return replace(found, object=beside) if accompanied and not taken else found
    if is_subject and governing.voice is Voice.ACTIVE and grammar.is_word(verb, "happening_verbs"):
        more = () if governing.object else _phrases_beside(clause, governing, first)
        things = () if mutual else governing.object  # "the attack killed", but not "the visit raised fears"
        return replace(clause, object=things, obliques=(*clause.obliques, *more))
    return clause


def _outermost(tree: Tree, index: int, grammar: Grammar) -> int:
    """The noun that stands for this one in its clause: its first conjunct, or "series" of "a series of attacks"."""
    current = index
    for _ in range(_MAX_CLIMB):
        token = tree.token(current)
        if token.head < 0:
            break
        inside = is_relation(token.deprel, "nmod", "compound") and grammar.is_word(
            tree.token(token.head), "transparent_nouns"
        )
        if token.deprel != "conj" and not inside:
            break
        current = token.head
    return current


def _taken_from(clause: Clause, governing: Clause, noun: int) -> Clause:
    subject = clause.subject or tuple(i for i in governing.subject if i != noun)
    phrases = _phrases_beside(clause, governing, noun)
    complement = clause.complement or governing.complement
    return replace(clause, subject=subject, obliques=(*clause.obliques, *phrases), complement=complement)


def _phrases_beside(clause: Clause, governing: Clause, noun: int) -> tuple[tuple[str, int], ...]:
    return tuple((m, i) for m, i in governing.obliques if i not in (noun, clause.predicate))
