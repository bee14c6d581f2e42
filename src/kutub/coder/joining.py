"""Joining: mentions that stand beside each other become one party ("Menlu Rusia Sergey Lavrov").

Joining goes by neighbourhood, not by the tree, so that a parser's slip does not tear a party apart; word order comes
from the grammar.
"""

from __future__ import annotations

from dataclasses import replace

from kutub.coder.mention import Mention
from kutub.text.grammar import Grammar
from kutub.text.tree import Tree


def join(tree: Tree, found: list[Mention], grammar: Grammar) -> list[Mention]:
    """Joins neighbours, tightest first, until nothing changes."""
    for joiner in (_roles, _state_and_role, _organization_and_role, _person_and_organ, _title_and_name, _apposition):
        position = 0
        while position + 1 < len(found):
            one, two = found[position], found[position + 1]
            joined = joiner(tree, one, two, grammar)
            if joined is None:
                position += 1
            else:
                found[position : position + 2] = [joined]
    return found


def _gap(tree: Tree, one: Mention, two: Mention) -> list[str]:
    return [tree.token(i).text.lower() for i in range(one.last + 1, two.first)]


def _only(gap: list[str], allowed: frozenset[str], *, most: int = 2) -> bool:
    return len(gap) <= most and all(word in allowed for word in gap)


def _roles(tree: Tree, one: Mention, two: Mention, grammar: Grammar) -> Mention | None:
    """ "foreign ministry spokesman", "juru bicara Kementerian Luar Negeri": the title names, the organ places."""
    if not (one.is_role_only and two.is_role_only and one.role and two.role):
        return None
    if not _only(_gap(tree, one, two), grammar.words["possessor_joiners"]):
        return None
    kinds = (one.role.kind, two.role.kind)
    if kinds in (("title", "title"), ("group", "title")):
        return (
            None
            if _gap(tree, one, two)
            else _span(one, two, role=one.role if grammar.flags["state_after_role"] else two.role)
        )
    if "title" not in kinds:
        return None
    title = one.role if kinds[0] == "title" else two.role
    other = two.role if kinds[0] == "title" else one.role
    role = replace(title, sectors=other.sectors or title.sectors)
    return _span(one, two, role=role, state=one.state or two.state)


def _state_and_role(tree: Tree, one: Mention, two: Mention, grammar: Grammar) -> Mention | None:
    gap = _gap(tree, one, two)
    if one.state and not one.role and two.is_role_only and two.state is None and grammar.flags["state_before_role"]:
        close = _only(gap, grammar.words["role_adjectives"] | grammar.words["possessive_marks"], most=2)
        if close:
            return _span(one, two, role=two.role, state=one.state, state_form=one.state_form)
    if one.is_role_only and one.state is None and two.state and not two.role:
        bare = grammar.flags["state_after_role"] and not gap
        linked = bool(gap) and _only(gap, grammar.words["possessor_joiners"])
        if bare or linked:
            return _span(one, two, role=one.role, state=two.state, state_form=two.state_form)
    return None


def _organization_and_role(tree: Tree, one: Mention, two: Mention, grammar: Grammar) -> Mention | None:
    gap = _gap(tree, one, two)
    joiners = grammar.words["possessor_joiners"]
    before = grammar.flags["state_before_role"] and _only(gap, joiners | grammar.words["role_adjectives"])
    if one.organization and two.is_role_only and not two.state and two.role and before and not one.role:
        return _span(one, two, role=two.role, organization=one.organization)
    after = (grammar.flags["state_after_role"] and not gap) or (bool(gap) and _only(gap, joiners))
    if one.is_role_only and two.organization and not two.role and after and not one.state:
        return _span(one, two, role=one.role, organization=two.organization)
    return None


def _person_and_organ(tree: Tree, one: Mention, two: Mention, grammar: Grammar) -> Mention | None:
    """ "Netanyahu's government", "pemerintahan Kim Jong Un": the organ of the person's state."""
    gap = _gap(tree, one, two)
    owned = bool(gap) and _only(gap, grammar.words["possessor_joiners"] | grammar.words["role_adjectives"])
    if one.person and one.role is None and _is_organ(two) and owned and grammar.flags["state_before_role"]:
        return _span(one, two, role=two.role, ruler=one.person)
    behind = grammar.flags["state_after_role"] and not gap
    if _is_organ(one) and one.state is None and two.person and two.role is None and behind:
        return _span(one, two, role=one.role, ruler=two.person)
    return None


def _is_organ(mention: Mention) -> bool:
    return mention.is_role_only and mention.role is not None and mention.role.kind == "organ" and mention.state is None


def _title_and_name(tree: Tree, one: Mention, two: Mention, grammar: Grammar) -> Mention | None:
    """ "US President Donald Trump", "menteri keuangan AS, Janet Yellen"."""
    named = two.person is not None or two.unknown_name is not None
    if not (one.is_role_only and one.role and one.role.kind == "title" and named and two.role is None):
        return None
    gap = _gap(tree, one, two)
    if gap and not _only(gap, grammar.words["name_joiners"], most=1):
        return None
    if gap and two.unknown_name and two.unknown_name[1] == two.unknown_name[0]:
        return None
    return _span(one, two, **_who(one), person=two.person, unknown_name=two.unknown_name)


def _apposition(tree: Tree, one: Mention, two: Mention, grammar: Grammar) -> Mention | None:
    """ "Sergey Lavrov, Russia's foreign minister": the title stands behind."""
    named = (one.person is not None or one.unknown_name is not None) and one.role is None
    if not (named and two.is_role_only and two.role and two.role.kind == "title"):
        return None
    gap = [word for word in _gap(tree, one, two) if word not in grammar.words["articles"]]
    if gap != [","] or not (two.state or two.organization):
        return None
    after = two.last + 1
    closed = after >= len(tree.tokens) or tree.token(after).upos == "PUNCT"
    return _span(one, two, **_who(two), person=one.person, unknown_name=one.unknown_name) if closed else None


def _who(mention: Mention) -> dict[str, object]:
    return {"role": mention.role, "state": mention.state, "organization": mention.organization}


def _span(one: Mention, two: Mention, **known: object) -> Mention:
    fields: dict[str, object] = {"first": one.first, "last": two.last, "forms": (*one.forms, *two.forms)}
    return Mention(**{**fields, **known})  # type: ignore[arg-type]
