"""The mention: a stretch of a sentence that names or describes an actor."""

from __future__ import annotations

from dataclasses import dataclass

from kutub.coder.actors import Actor, Form, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of tokens (first to last, both inside) and what is known of it. `pronoun`: group of the grammar it is
    in."""

    first: int
    last: int
    forms: tuple[Form, ...] = ()
    state: Actor | None = None
    state_form: str | None = None
    organization: Actor | None = None
    person: Actor | None = None
    role: Role | None = None
    ruler: Actor | None = None  # the person whose government or other organ it is
    place: Form | None = None
    unknown_name: tuple[int, int] | None = None
    pronoun: str | None = None
    weak: bool = False

    @property
    def is_role_only(self) -> bool:
        """A title or role noun without a name."""
        return self.role is not None and self.person is None and self.unknown_name is None

    def covers(self, index: int) -> bool:
        """Whether a token lies inside."""
        return self.first <= index <= self.last
