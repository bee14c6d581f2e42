"""Introductions: organisations that an article names with their abbreviation in brackets, known or not.

"the Chadian rebel group Southern Union Front (SUF)" makes both forms names of that organisation in the whole article,
before any other meaning that the tables have for them. One that is in no table must be introduced with what it is
(a group of people, a state's), or nobody knows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kutub.coder.actors import Actor
from kutub.coder.mention import Mention
from kutub.coder.trie import Trie
from kutub.text.grammar import Grammar
from kutub.text.tree import Tree

LONGEST = 9  # tokens of a name before its abbreviation
LINK = 3  # tokens between a name and what says whose it is
APPOSITION = 4  # tokens between the bracket and the noun that says what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduced:
    """An organisation and the forms, as token texts, by which the article names it; first, last: where it is
    introduced, what says whose it is included."""

    actor: Actor
    forms: tuple[tuple[str, ...], ...]
    first: int
    last: int


def introductions(tree: Tree, mentions: Sequence[Mention], grammar: Grammar) -> Iterator[Introduced]:
    """The organisations that a sentence introduces."""
    for index in range(1, len(tree.tokens) - 2):
        short = tree.token(index + 1).text
        if tree.token(index).text == "(" and tree.token(index + 2).text == ")" and _is_short(short):
            found = _known(tree, mentions, index) or _unknown(tree, mentions, index, grammar)
            if found is not None:
                yield found


def recognised(
    tree: Tree, mentions: Sequence[Mention], known: Trie[Actor], here: Sequence[Introduced]
) -> list[Mention]:
    """The mentions of a sentence with those of introduced organisations in the place of what they cover."""
    found = [Mention(first=item.first, last=item.last, organization=item.actor) for item in here]
    words = [token.text for token in tree.tokens]
    position = 0
    while position < len(words):
        length, actors = known.longest(words, position)
        if length and not any(mention.covers(position) for mention in found):
            found.append(_widened(position, position + length - 1, mentions, actors[-1]))
        position += length or 1
    kept = [m for m in mentions if not any(m.first <= new.last and new.first <= m.last for new in found)]
    return sorted([*kept, *found], key=lambda mention: mention.first)


def _widened(first: int, last: int, mentions: Sequence[Mention], actor: Actor) -> Mention:
    """With the role that is joined to it: "the SUF leader"."""
    for mention in mentions:
        whole = mention.first <= first and last <= mention.last
        if whole and mention.role is not None and (mention.unknown_name is None or mention.unknown_name[0] > last):
            return Mention(
                first=mention.first,
                last=mention.last,
                organization=actor,
                role=mention.role,
                unknown_name=mention.unknown_name,
            )
    return Mention(first=first, last=last, organization=actor)


def _is_short(text: str) -> bool:
    return 2 <= len(text) <= 8 and text[:1].isalpha() and sum(sign.isupper() for sign in text) >= max(2, len(text) // 2)


def _known(tree: Tree, mentions: Sequence[Mention], bracket: int) -> Introduced | None:
    """A name of the tables before the bracket whose abbreviation the tables do not have, or have for another."""
    for mention in mentions:
        bare = mention.role is None and mention.person is None
        if mention.last == bracket - 1 and mention.organization is not None and bare:
            short = tree.token(bracket + 1).text
            forms = ((short,),)
            return Introduced(actor=mention.organization, forms=forms, first=mention.first, last=bracket + 2)
    return None


def _unknown(tree: Tree, mentions: Sequence[Mention], bracket: int, grammar: Grammar) -> Introduced | None:
    first = _start(tree, mentions, bracket)
    if first is None or any(m.organization is not None and m.last == bracket - 1 for m in mentions):
        return None
    own = _owner_before(tree, mentions, first, grammar) or _owner_behind(tree, mentions, bracket + 3, grammar)
    if own is None or own.person is not None or (own.unknown_name is not None and own.first < first):
        return None
    table = next((m.organization for m in mentions if m.covers(bracket + 1) and m.organization is not None), None)
    if table is not None and (own.state is None or own.state.country == table.country):
        return None  # the tables know it by its abbreviation
    tokens = tree.tokens[first:bracket]
    offset = tree.sentence.start
    name = tree.sentence.text[tokens[0].start - offset : tokens[-1].end - offset]
    short = tree.token(bracket + 1).text
    actor = Actor(
        key=f"introduced:{name}",
        kind="organization",
        name=name,
        country=own.state.country if own.state else None,
        sectors=own.role.sectors if own.role else (),
        adjective=name,
    )
    forms = ((short,), tuple(token.text for token in tokens))
    return Introduced(actor=actor, forms=forms, first=min(own.first, first), last=max(bracket + 2, own.last))


def _start(tree: Tree, mentions: Sequence[Mention], bracket: int) -> int | None:
    """Where the name before a bracket begins: its capitals are the letters of the abbreviation, in order; else it is
    the run of proper nouns."""
    letters = [sign.lower() for sign in tree.token(bracket + 1).text if sign.isalpha()]
    index = bracket - 1
    while letters and index >= max(0, bracket - LONGEST):
        text = tree.token(index).text
        if text[:1].isupper():
            if text[:1].lower() != letters[-1]:
                break
            letters.pop()
            if not letters:
                return index
        elif not text[:1].isalpha() and text[:1] not in "'’-":
            break
        index -= 1
    ending = [m for m in mentions if m.unknown_name is not None and m.last == bracket - 1 and m.role is None]
    return ending[0].first if ending and ending[0].first < ending[0].last else None


def _says_what(mention: Mention) -> bool:
    """Whether a mention tells what an organisation is: a group or body of a state, no single person."""
    if mention.role is not None:
        return mention.role.kind in ("group", "organ")
    return False


def _owner_before(tree: Tree, mentions: Sequence[Mention], first: int, grammar: Grammar) -> Mention | None:
    for mention in reversed(mentions):
        if mention.first >= first or not _says_what(mention):
            continue
        gap = [tree.token(i) for i in range(mention.last + 1, first)]
        loose = grammar.words["articles"] | grammar.words["possessor_joiners"] | grammar.words["group_nouns"]
        if len(gap) <= LINK and all(token.text.lower() in loose for token in gap):
            return mention
        return None
    return None


def _owner_behind(tree: Tree, mentions: Sequence[Mention], start: int, grammar: Grammar) -> Mention | None:
    """The apposition behind the bracket: ", a Congolese rebel group,"."""
    if start >= len(tree.tokens) or tree.token(start).text != ",":
        return None
    for mention in mentions:
        if start < mention.first <= start + APPOSITION and _says_what(mention):
            gap = {tree.token(i).text.lower() for i in range(start + 1, mention.first)}
            loose = grammar.words["articles"] | grammar.words["group_nouns"] | grammar.words["indefinite"]
            return mention if gap <= loose else None
    return None
