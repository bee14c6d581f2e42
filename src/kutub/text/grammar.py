"""A language's function words and verb morphology, from `grammar.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kutub.errors import DataError
from kutub.language import Language
from kutub.records import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbForm:
    """How a stem gives one printed form: the first rule whose pattern matches; a rule without form gives none."""

    voice: str
    rules: tuple[tuple[re.Pattern[str], str | None], ...]

    def of(self, stem: str) -> str | None:
        """The printed form of the stem in this voice, or None. {rest} lacks its first letter, {body} its
        last, {last} is its last."""
        for pattern, form in self.rules:
            if pattern.search(stem):
                return form and form.format(stem=stem, rest=stem[1:], body=stem[:-1], last=stem[-1:])
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Words that put an event into a modality: auxiliaries, marks, governing verbs, nouns and adjectives."""

    words: frozenset[str]
    aux: frozenset[str]
    marks: frozenset[str]
    verbs: frozenset[str]
    nouns: frozenset[str]
    adjectives: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """`grammar.yaml` of a language; words in lower case, as lemmas or as printed (`by_form`)."""

    by_form: bool
    words: Mapping[str, frozenset[str]]
    lists: Mapping[str, tuple[str, ...]]
    flags: Mapping[str, bool]
    pronouns: Mapping[str, frozenset[str]]
    active_participle: re.Pattern[str]
    passive_forms: tuple[re.Pattern[str], ...]
    verb_forms: tuple[VerbForm, ...]
    noun_forms: tuple[VerbForm, ...]
    irregular: Mapping[str, tuple[str, ...]]
    negation: Scope
    future: Scope
    hypothetical: Scope

    def key(self, token: Token) -> str:
        """The word by which data files name this token."""
        return token.text.lower() if self.by_form else token.lemma.lower()

    def is_word(self, token: Token, group: str) -> bool:
        """Whether the token, by key or as printed, stands in a word group of the grammar."""
        words = self.words.get(group, frozenset())
        return self.key(token) in words or token.text.lower() in words

    def forms_of(self, word: str) -> set[str]:
        """The printed forms of a word, as verb and as noun, itself among them."""
        made = {form.of(word) for form in (*self.verb_forms, *self.noun_forms)}
        return {word, *self.irregular.get(word, ()), *(form for form in made if form)}

    def is_passive_form(self, token: Token) -> bool:
        """Whether the printed form alone shows the passive."""
        return any(pattern.search(token.text.lower()) for pattern in self.passive_forms)


@cache
def load_grammar(language: Language) -> Grammar:
    """The grammar of a language. Raises DataError with the file's name when a pattern is wrong."""
    raw = language.data("grammar")
    where = f"lang/{language.code}/grammar.yaml"
    try:
        return Grammar(
            by_form=language.settings["match_on"] == "form",
            words={k: frozenset(map(str, v)) for k, v in raw.items() if _is_word_list(v)},
            lists={k: tuple(map(str, v)) for k, v in raw.items() if _is_word_list(v)},
            flags={k: v for k, v in raw.items() if isinstance(v, bool)},
            pronouns={k: frozenset(v) for k, v in raw["pronouns"].items()},
            active_participle=re.compile(raw["active_participle"]),
            passive_forms=tuple(re.compile(p) for p in raw["passive_forms"]),
            verb_forms=tuple(_verb_form(form) for form in raw["verb_forms"]),
            noun_forms=tuple(_verb_form(form) for form in raw["noun_forms"]),
            irregular={word: tuple(forms.split()) for word, forms in raw["irregular"].items()},
            negation=_scope(raw, "negation"),
            future=_scope(raw, "future"),
            hypothetical=_scope(raw, "hypothetical"),
        )
    except re.error as error:
        raise DataError(f"pattern {error.pattern!r}: {error}", where=where) from error
    except KeyError as error:
        raise DataError(f"lacks {error}", where=where, hint="see docs/languages.md") from error


def _is_word_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str | int | bool) for item in value)


def _verb_form(raw: Mapping[str, Any]) -> VerbForm:
    rules = tuple((re.compile(rule["when"]), rule["form"]) for rule in raw["rules"])
    return VerbForm(voice=raw["voice"], rules=rules)


def _scope(raw: Mapping[str, Any], name: str) -> Scope:
    part = raw.get(name) or {}
    names = ("words", "aux", "marks", "verbs", "nouns", "adjectives")
    return Scope(**{key: frozenset(map(str, part.get(key) or ())) for key in names})
