"""A resolved mention, and how parties are made from mentions."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kutub.coder.actors import Actor
from kutub.coder.mention import Mention
from kutub.records import Party
from kutub.text.tree import Tree, is_relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A mention with what it stands for (no parties: somebody who is in no table). The rest serves the search for
    antecedents.
    """

    mention: Mention
    parties: tuple[Party, ...]
    is_person: bool
    is_subject: bool
    why: str
    conjunct_of: int | None = None  # the token it is coordinated with
    is_speaker: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical names of its parties."""
        return tuple(party.name for party in self.parties)


def resolved_at(tree: Tree, mention: Mention, parties: tuple[Party, ...], why: str) -> Resolved:
    """A mention of a sentence with what it stands for."""
    inside = [tree.token(i) for i in range(mention.first, mention.last + 1)]
    named = mention.person is not None or mention.unknown_name is not None
    titled = (
        len(parties) == 1 and parties[0].title is not None and (mention.is_role_only or mention.pronoun is not None)
    )
    return Resolved(
        mention=mention,
        parties=parties,
        is_person=named or titled or mention.pronoun in ("person", "speaker"),
        is_subject=any(is_relation(token.deprel, "nsubj") for token in inside),
        why=why,
        conjunct_of=next((token.head for token in inside if token.deprel == "conj"), None),
    )


def mention_text(tree: Tree, mention: Mention) -> str:
    """The words of a mention as they are printed."""
    start, end = tree.token(mention.first).start, tree.token(mention.last).end
    offset = tree.sentence.start
    return tree.sentence.text[start - offset : end - offset]


def make_party(
    tree: Tree,
    mention: Mention,
    *,
    name: str,
    country: str | None,
    sectors: tuple[str, ...],
    title: str | None = None,
) -> Party:
    """A party at the place of a mention."""
    start, end = tree.token(mention.first).start, tree.token(mention.last).end
    text = mention_text(tree, mention)
    return Party(text=text, start=start, end=end, name=name, country=country, sectors=sectors, title=title)


def actor_party(tree: Tree, mention: Mention, actor: Actor) -> Party:
    """An actor of the tables as a party at the place of a mention."""
    return make_party(tree, mention, name=actor.name, country=actor.country, sectors=actor.sectors)


def moved(tree: Tree, mention: Mention, party: Party) -> Party:
    """A party that was named elsewhere, at the place of a mention."""
    start, end = tree.token(mention.first).start, tree.token(mention.last).end
    return replace(party, text=mention_text(tree, mention), start=start, end=end)
