"""Finding mentions: names, roles, pronouns and unknown names among the words of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kutub.coder.actors import Form, Gazetteer
from kutub.coder.joining import join
from kutub.coder.mention import Mention
from kutub.coder.trie import atoms
from kutub.records import PieceKind
from kutub.text.grammar import Grammar
from kutub.text.tree import Tree

_MAX_UNKNOWN_NAME = 4
SEATS = ("capital", "metonym")  # kinds of forms that are places too
_ARGUMENTS = ("nsubj", "obj", "nsubj:pass")


def find_mentions(tree: Tree, *, gazetteer: Gazetteer, grammar: Grammar) -> list[Mention]:
    """All mentions of a sentence in order, without overlaps."""
    joined = [_qualified(tree, found, gazetteer) for found in join(tree, _basic(tree, gazetteer, grammar), grammar)]
    return [mention for mention in joined if not _is_adjective(tree, mention)]


def _qualified(tree: Tree, mention: Mention, gazetteer: Gazetteer) -> Mention:
    """ "former Iranian president": a word before the state that makes another role of it."""
    if mention.role is None or mention.role.kind != "title" or mention.state is None or mention.first == 0:
        return mention
    words = [tree.token(mention.first - 1).text.lower(), *atoms(mention.role.form)]
    length, roles = gazetteer.roles.longest(words, 0)
    if length < len(words):
        return mention
    return replace(mention, first=mention.first - 1, role=roles[0])


def _is_adjective(tree: Tree, mention: Mention) -> bool:
    """ "latihan militer", "military exercise": a role word that only says of what kind a thing is."""
    bare = mention.is_role_only and mention.state is None and mention.organization is None
    return bare and mention.first == mention.last and tree.token(mention.first).deprel == "amod"


def _basic(tree: Tree, gazetteer: Gazetteer, grammar: Grammar) -> list[Mention]:
    words, owners = _atoms_of(tree)
    lower = [word.lower() for word in words]
    capitals = tree.sentence.text.isupper()
    names = gazetteer.capital_names if capitals else gazetteer.names
    not_names = grammar.lists["not_names"]
    found: list[Mention] = []
    position = 0
    while position < len(words):
        length, forms = names.longest(lower if capitals else words, position)
        role_length, roles = gazetteer.roles.longest(lower, position)
        pair_length = _pair_length(lower, position, grammar)
        if pair_length and pair_length >= max(length, role_length):
            found.append(Mention(first=owners[position], last=owners[position + pair_length - 1], pronoun="pairs"))
            position += pair_length
        elif length == 1 and _is_no_actor(tree, forms, owners[position], words[position] in not_names):
            position += 1
        elif length and _is_currency(tree, owners[position], owners[position + length - 1], grammar):
            position += length
        elif length == role_length and length and _is_of_another(forms, words, position + length, gazetteer, grammar):
            first, last = owners[position], owners[position + role_length - 1]
            found.append(Mention(first=first, last=last, role=roles[0]))
            position += role_length
        elif length and (length > role_length or (length == role_length and not _is_plain_word(words[position]))):
            named = _named(forms, owners[position], owners[position + length - 1])
            found.append(_placed(tree, named, gazetteer, grammar))
            position += length
        elif role_length and _may_be_noun(tree, owners[position + role_length - 1], owners[position]):
            first, last = owners[position], owners[position + role_length - 1]
            if roles[0].kind == "title" and first > 0 and grammar.is_word(tree.token(first - 1), "pair_words"):
                found.append(Mention(first=first - 1, last=last, pronoun="pairs"))  # "the two foreign ministers"
            else:
                found.append(Mention(first=first, last=last, role=roles[0]))
            position += role_length
        else:
            unknown = _unknown_name(tree, owners[position], gazetteer)
            if unknown and unknown[0] == unknown[1] and words[position] in grammar.lists["not_names"]:
                unknown = None
            group = _pronoun_group(tree, owners[position], grammar)
            if group:
                found.append(Mention(first=owners[position], last=owners[position], pronoun=group))
                position += 1
            elif unknown is not None:
                last = _until_known(unknown, words, owners, position, gazetteer, capitals)
                if last == unknown[1] - 1 and _is_titled(found, unknown[0]) and grammar.flags["state_before_role"]:
                    last = unknown[1]  # "Congressman Jim Jordan": a surname that is a state's name too
                found.append(Mention(first=unknown[0], last=last, unknown_name=(unknown[0], last)))
                while position < len(words) and owners[position] <= last:
                    position += 1
            else:
                position += 1
    return found


def _atoms_of(tree: Tree) -> tuple[list[str], list[int]]:
    """The parts of all tokens between hyphens, and the token each belongs to."""
    words: list[str] = []
    owners: list[int] = []
    for token in tree.tokens:
        for atom in atoms(token.text):
            words.append(atom)
            owners.append(token.index)
    return words, owners


def _pair_length(lower: list[str], position: int, grammar: Grammar) -> int:
    best = 0
    for phrase in grammar.lists["pairs"]:
        parts = phrase.split()
        if len(parts) > best and lower[position : position + len(parts)] == parts:
            best = len(parts)
    return best


def _is_person(forms: Sequence[Form]) -> bool:
    return all(form.actor.kind == "person" for form in forms)


def _is_no_actor(tree: Tree, forms: Sequence[Form], index: int, is_plain: bool) -> bool:
    return _is_person(forms) and (is_plain or _is_part_of_a_name(tree, index))


def _is_part_of_a_name(tree: Tree, index: int) -> bool:
    """A person's short name with another capitalised name behind it is somebody or something else."""
    if index + 1 >= len(tree.tokens):
        return False
    token, behind = tree.token(index), tree.token(index + 1)
    running = tree.sentence.kind is not PieceKind.TITLE  # in a headline every word may have a capital
    beside = behind.start == token.end + 1
    return running and beside and behind.upos == "PROPN" and behind.text[:1].isupper()


def _is_currency(tree: Tree, first: int, last: int, grammar: Grammar) -> bool:
    """ "US dollars", "dolar AS": a state's name that tells a currency."""
    beside = [tree.token(i) for i in (first - 1, last + 1) if 0 <= i < len(tree.tokens)]
    return any(grammar.is_word(token, "currencies") for token in beside)


def _is_plain_word(word: str) -> bool:
    return word.islower()


def _may_be_noun(tree: Tree, last: int, first: int) -> bool:
    if first != last:
        return True
    token = tree.token(last)
    return token.upos not in ("VERB", "ADP", "AUX", "SCONJ", "CCONJ", "PUNCT") or token.deprel in _ARGUMENTS


def _named(forms: list[Form], first: int, last: int) -> Mention:
    form = next((f for f in forms if not f.weak), forms[0])
    mention = Mention(first=first, last=last, forms=tuple(forms), weak=form.weak)
    kind = form.actor.kind
    if kind == "person":
        return replace(mention, person=form.actor)
    if kind == "organization":
        return replace(mention, organization=form.actor)
    if form.kind == "city":
        return replace(mention, place=form, state=form.actor, state_form=form.kind)
    return replace(mention, state=form.actor, state_form=form.kind)


def _is_of_another(
    forms: Sequence[Form], words: list[str], behind: int, gazetteer: Gazetteer, grammar: Grammar
) -> bool:
    """ "Mahkamah Agung Brasil": an ambiguous name of one state's organ, with another state's name behind it."""
    if not grammar.flags["state_after_role"] or not all(form.weak for form in forms):
        return False
    _, after = gazetteer.names.longest(words, behind)
    own = {form.actor.country for form in forms}
    return any(form.actor.kind == "state" and form.actor.country not in own for form in after)


def _placed(tree: Tree, mention: Mention, gazetteer: Gazetteer, grammar: Grammar) -> Mention:
    """ "in Washington", "di Senayan": a capital or a seat as a place, not who sits in it."""
    seat = next((form for form in mention.forms if form.kind in SEATS), None)
    before = mention.first - 1
    if before > 0 and tree.token(before).text.lower() in grammar.words["articles"]:
        before -= 1
    if seat is None or before < 0 or tree.token(before).text.lower() not in grammar.words["locatives"]:
        return mention
    state = mention.state or gazetteer.state(seat.actor.country or "")
    return replace(mention, place=seat, state=state, organization=None) if state else mention


def _is_titled(found: Sequence[Mention], first: int) -> bool:
    """Whether a title stands right before this token."""
    if not found or found[-1].last != first - 1:
        return False
    role = found[-1].role
    return role is not None and role.kind == "title"


def _pronoun_group(tree: Tree, index: int, grammar: Grammar) -> str | None:
    token = tree.token(index)
    if token.upos not in ("PRON", "DET") or token.deprel == "det" or token.deprel.startswith("expl"):
        return None
    word = token.text.lower()
    for group in ("person", "thing", "plural", "any"):
        if word in grammar.pronouns.get(group, frozenset()):
            return group
    return None


def _unknown_name(tree: Tree, index: int, gazetteer: Gazetteer) -> tuple[int, int] | None:
    """A run of proper nouns that no table knows: perhaps a person named beside a title, or by surname."""
    token = tree.token(index)
    if not token.text[:1].isupper():
        return None
    if token.upos != "PROPN":
        return (
            (index, index) if index > 0 and token.upos in ("NOUN", "X") and token.text in gazetteer.surnames else None
        )
    last = index
    while last + 1 < len(tree.tokens) and last - index < _MAX_UNKNOWN_NAME:
        following = tree.token(last + 1)
        capital = following.text[:1].isupper() and following.upos == "PROPN"
        hyphen = following.text == "-" and last + 2 < len(tree.tokens) and tree.token(last + 2).upos == "PROPN"
        if not (capital or hyphen):
            break
        last += 1
    return index, last


def _until_known(
    unknown: tuple[int, int], words: list[str], owners: list[int], position: int, gazetteer: Gazetteer, capitals: bool
) -> int:
    """A run of proper nouns ends where a known name or role begins."""
    names = gazetteer.capital_names if capitals else gazetteer.names
    step = position + 1
    while step < len(words) and owners[step] <= unknown[1]:
        length, _ = names.longest([w.lower() for w in words] if capitals else words, step)
        if length:
            return max(unknown[0], owners[step] - 1)
        step += 1
    return unknown[1]
