"""Whole names: a surname of the tables behind a first name that the tables do not have is somebody else's surname."""

from __future__ import annotations

from collections.abc import Sequence

from kutub.coder.actors import Actor
from kutub.coder.mention import Mention
from kutub.records import PieceKind
from kutub.text.tree import Tree


def with_whole_names(tree: Tree, mentions: Sequence[Mention]) -> list[Mention]:
    """ "Colombian Defence Minister Camila" and "Ortega" are one person beside one title, who is in no table; not where
    the title is one that the person of that surname has held: then it is a spelling of the name."""
    if tree.sentence.kind is PieceKind.TITLE:  # where every word may have a capital, and names stand side by side
        return list(mentions)
    found: list[Mention] = []
    for mention in mentions:
        joined = _joined(tree, found[-1], mention) if found else None
        if joined is None:
            found.append(mention)
        else:
            found[-1] = joined
    return found


def _joined(tree: Tree, one: Mention, two: Mention) -> Mention | None:
    start = _short_name(one)
    beside = two.first == one.last + 1 and tree.token(two.first).start == tree.token(one.last).end + 1
    if start is None or not beside or one.role is None or two.role is not None or _short_name(two) is None:
        return None
    if any(person is not None and _has_held(person, one) for person in (one.person, two.person)):
        return None
    return Mention(
        first=one.first,
        last=two.last,
        forms=one.forms,
        state=one.state,
        state_form=one.state_form,
        organization=one.organization,
        role=one.role,
        unknown_name=(start, two.last),
    )


def _short_name(mention: Mention) -> int | None:
    """Where a name that is unknown, or one word of a person's, begins; None for any other mention."""
    if mention.unknown_name is not None:
        return mention.unknown_name[0]
    if mention.person is not None and mention.forms and " " not in mention.forms[-1].text:
        return mention.last
    return None


def _has_held(person: Actor, mention: Mention) -> bool:
    return mention.role is not None and any(office.title == mention.role.title for office in person.offices)
