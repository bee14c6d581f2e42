"""Anaphors that are no pronouns of the third person: "the alliance", "kelompok itu"; the first person in quotations.

Each is a mention whose `pronoun` names its sort; the words are lists of the language's grammar.yaml.
"""

from __future__ import annotations

from collections.abc import Sequence

from kutub.coder.mention import Mention
from kutub.coder.resolved import Resolved
from kutub.records import Party
from kutub.text.grammar import Grammar
from kutub.text.tree import Tree, is_relation

NOUNS = {  # list of the grammar to sort
    "alliance_nouns": "alliance",
    "group_nouns": "group",
    "body_nouns": "body",
    "country_nouns": "country",
    "company_nouns": "company",
}
FIRST_PERSON = ("speaker", "speakers")
STATE_BODIES = frozenset(("GOV", "LEG", "JUD", "SPY", "MIL", "COP"))
BUSINESS = frozenset(("BUS",))
OPENING, CLOSING, EITHER = "“«„", "”»", '"'
APART = 3  # tokens between a noun and what makes it definite


def with_anaphors(
    tree: Tree, mentions: Sequence[Mention], grammar: Grammar, parts: frozenset[str] = frozenset()
) -> list[Mention]:
    """The mentions of a sentence with the anaphors among its other words; parts: words, in lower case, of the names of
    organisations that the article introduces ("the front")."""
    quoted = quoted_tokens(tree)
    found = []
    for token in tree.tokens:
        covering = next((m for m in mentions if m.covers(token.index)), None)
        if covering is not None and not _is_bare_role(covering):
            continue
        word = token.text.lower()
        person = next((g for g in FIRST_PERSON if word in grammar.pronouns.get(g, frozenset())), None)
        sort = next((name for key, name in NOUNS.items() if word in grammar.words.get(key, frozenset())), None)
        sort = sort or ("group" if word in parts and token.text.islower() else None)
        if person and token.index in quoted:
            found.append(Mention(first=token.index, last=token.index, pronoun=person))
        elif sort == "country" and tree.children(token.index, "amod"):
            continue  # "the neighbouring country" is another one
        elif sort and _is_whole(tree, token.index) and is_definite(tree, token.index, token.index, grammar):
            found.append(Mention(first=token.index, last=token.index, pronoun=sort))
    kept = [m for m in mentions if not any(m.covers(new.first) for new in found)]
    return sorted([*kept, *found], key=lambda mention: mention.first)


def _is_bare_role(mention: Mention) -> bool:
    return mention.is_role_only and mention.first == mention.last and mention.state is None


def _is_whole(tree: Tree, index: int) -> bool:
    """Whether a noun heads its phrase and nothing behind it says which one: not "the group of seven"."""
    token = tree.token(index)
    below = [c for c in tree.children(index, "nmod", "acl", "appos", "flat") if c > index]
    named = [c for c in below if tree.token(c).text[:1].isupper() or tree.marker(c) or tree.children(c, "nsubj")]
    joined = is_relation(token.deprel, "compound", "flat", "conj") or tree.children(index, "conj")
    return token.upos in ("NOUN", "PROPN", "X") and not joined and not named


def is_definite(tree: Tree, first: int, last: int, grammar: Grammar) -> bool:
    """Whether an article or a demonstrative says that it was named before: "the", "sang" before it, "itu" behind it,
    with nothing but its own lower-case words between."""
    for index in range(first - 1, max(first - 2 - APART, -1), -1):
        if grammar.is_word(tree.token(index), "definite_before"):
            return True
        if not _is_modifier(tree, index, ("ADJ", "NOUN", "NUM")):
            break
    for index in range(last + 1, min(last + 2 + APART, len(tree.tokens))):
        if grammar.is_word(tree.token(index), "definite_after"):
            return True
        if not _is_modifier(tree, index, ("ADJ", "NOUN", "VERB")):
            break
    return False


def _is_modifier(tree: Tree, index: int, parts: Sequence[str]) -> bool:
    token = tree.token(index)
    return token.upos in parts and token.text.islower()


def quoted_tokens(tree: Tree) -> frozenset[int]:
    """The tokens inside quotation marks; a mark that only closes quotes what is before it."""
    found: set[int] = set()
    start: int | None = None
    for token in tree.tokens:
        if token.text in OPENING or (token.text in EITHER and start is None):
            start = token.index
        elif token.text in CLOSING or token.text in EITHER:
            found.update(range(0 if start is None else start, token.index))
            start = None
    if start is not None:
        found.update(range(start, len(tree.tokens)))
    return frozenset(found)


def fits_noun(item: Resolved, sort: str, word: str) -> bool:
    """Whether a noun of this sort may take up a mention: by what it is, or as a word of its printed name."""
    if len(item.parties) != 1 or item.mention.place is not None:
        return False
    party = item.parties[0]
    if sort == "country":
        return (item.mention.state is not None and item.mention.role is None) or item.mention.pronoun == sort
    if item.mention.organization is None and item.mention.pronoun not in NOUNS.values():
        return False
    if item.mention.role is not None:
        return False
    return word in party.text.lower().split() or _is_sort(item, party, sort)


def _is_sort(item: Resolved, party: Party, sort: str) -> bool:
    first = set(party.sectors[:1])
    organization = item.mention.organization
    if sort == "alliance":
        return party.country is not None and not first
    if sort == "company":
        return bool(first & BUSINESS)
    if sort == "body":
        return not first & (BUSINESS | STATE_BODIES)
    changing = organization is not None and bool(organization.offices)  # a movement that came to power
    return changing or not first & (BUSINESS | STATE_BODIES)
