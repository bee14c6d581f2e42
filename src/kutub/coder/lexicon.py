"""The lexicon: which words denote which event type, with which frame (docs/languages.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kutub.codebook import NEEDS, Codebook, suggestion
from kutub.datafiles import Located, read_yaml
from kutub.errors import DataError, DataErrors
from kutub.language import Language
from kutub.records import Token
from kutub.text.grammar import Grammar

KEYS = frozenset(
    (
        "verb",
        "noun",
        "adjective",
        "particle",
        "type",
        "mode",
        "actor",
        "recipient",
        "requires",
        "unless",
        "symmetric",
        "needs",
        "contexts",
        "weight",
        "modality",
        "forms",
        "example",
    )
)
BARE_TAGS = ("ADJ", "ADV", "AUX", "PROPN", "X")  # what taggers take a bare stem in a headline for
SPECIAL = frozenset(("any", "party", "clause"))
DEFAULT_WEIGHT = 0.7
WORD_CLASSES = {"verb": ("VERB", "AUX"), "noun": ("NOUN", "PROPN"), "adjective": ("ADJ", "VERB", "NOUN")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Something a source must (or must not) hold: words, or one of `any`, `party`, `clause`."""

    source: str
    words: frozenset[str]
    forms: frozenset[str]  # the words and, in by-form languages, the printed forms of stems among them


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One lexicon rule. `id` is stable: language, type, word class, first word, and a number where these repeat."""

    id: str
    where: str
    order: int
    word_class: str
    words: tuple[str, ...]
    particle: tuple[str, ...]
    type: str
    mode: str | None
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    requires: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    symmetric: bool
    mutual: bool  # all take part, the subject of a verb that a noun accompanies too
    needs: str
    contexts: tuple[str, ...]
    weight: float
    modality: str | None
    example: str | None

    @property
    def rank(self) -> tuple[int, float, int]:
        """Entries are preferred by more conditions, then by weight, then by their place in the file."""
        return (len(self.requires) + bool(self.particle), self.weight, -self.order)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An entry that a token may stand for; passive when the printed form alone says the voice."""

    entry: Entry
    passive: bool | None = None
    bare: bool = False  # a verb without its affix, as headlines have it
    before: tuple[str, ...] = ()  # the other words of a multiword term, as printed or lemmas
    after: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[int, tuple[int, float, int]]:
        """Longer terms are preferred, and among equals the higher entry."""
        return len(self.before) + len(self.after), self.entry.rank


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All entries of a language; `index` maps (word class, key) to readings."""

    entries: tuple[Entry, ...]
    index: Mapping[tuple[str, str], tuple[Reading, ...]]
    by_form: bool

    def readings(self, token: Token) -> list[Reading]:
        """Readings of a token, best first; the tagger's word class decides, but a form only verbs have is a verb."""
        keys = [token.text.lower()]
        if not self.by_form and token.lemma.lower() not in keys:
            keys.append(token.lemma.lower())
        found: list[Reading] = []
        for word_class, tags in WORD_CLASSES.items():
            for key in keys:
                for reading in self.index.get((word_class, key), ()):
                    if token.upos in tags or self._shows_class(reading, token):
                        found.append(reading)
        return sorted(found, key=lambda reading: reading.rank, reverse=True)

    def _shows_class(self, reading: Reading, token: Token) -> bool:
        """By-form languages: affixes show the word class better than a tagger does in headlines."""
        if not self.by_form or token.upos in ("PUNCT", "ADP", "DET", "SCONJ", "CCONJ", "NUM"):
            return False
        if reading.entry.word_class != "verb":
            return token.upos in ("VERB", "ADJ", "PROPN", "NOUN", "X", "ADV")
        return token.upos in BARE_TAGS if reading.bare else True


@dataclass(slots=True)
class _Builder:
    language: Language
    grammar: Grammar
    codebook: Codebook
    noun_actor: tuple[str, ...]
    noun_recipient: tuple[str, ...]
    shared: dict[str, list[str]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    index: dict[tuple[str, str], list[Reading]] = field(default_factory=dict)
    errors: list[DataError] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)


def load_lexicon(language: Language, *, grammar: Grammar, codebook: Codebook) -> Lexicon:
    """The lexicon of a language. Raises DataErrors with all faults at once, each with file:line."""
    nouns = ("subject", *grammar.lists["agent_markers"], "possessor", "modifier")
    builder = _Builder(language, grammar, codebook, nouns, grammar.lists["noun_recipient"])
    folder = language.path / "lexicon"
    shared = folder / "lists.yaml"
    if shared.exists():
        raw = read_yaml(shared) or {}
        builder.shared = dict(raw.get("lists", raw))
    for path in sorted(folder.glob("*.yaml")):
        if path.name != "lists.yaml":
            _read_file(builder, path.stem, read_yaml(path) or {})
    if builder.errors:
        raise DataErrors(builder.errors)
    index = {key: tuple(readings) for key, readings in builder.index.items()}
    return Lexicon(entries=tuple(builder.entries), index=index, by_form=grammar.by_form)


def _read_file(builder: _Builder, event_type: str, raw: Mapping[str, Any]) -> None:
    lists = builder.shared | dict(raw.get("lists") or {})
    for item in raw.get("predicates") or ():
        entry = _entry(builder, event_type, item, lists)
        if entry is not None:
            builder.entries.append(entry)
            _add_readings(builder, entry, item.get("forms") or {})


def _entry(builder: _Builder, file_type: str, raw: Located, lists: Mapping[str, list[str]]) -> Entry | None:
    problems = list(_problems(builder, file_type, raw, lists))
    if problems:
        builder.errors.extend(DataError(problem, where=raw.where) for problem in problems)
        return None
    word_class = next(name for name in WORD_CLASSES if name in raw)
    words = tuple(word.lower() for word in _words(raw[word_class], lists))
    event_type = raw.get("type", file_type)
    is_noun = word_class == "noun"
    default_actor = builder.noun_actor if is_noun else ("subject",)
    default_recipient = builder.noun_recipient if is_noun else ("object",)
    base = f"{builder.language.code}.{event_type}.{word_class}.{words[0].replace(' ', '_')}"
    number = builder.ids[base] = builder.ids.get(base, 0) + 1
    return Entry(
        id=base if number == 1 else f"{base}.{number}",
        where=raw.where,
        order=len(builder.entries),
        word_class=word_class,
        words=words,
        particle=tuple(_words(raw.get("particle"), lists)),
        type=event_type,
        mode=raw.get("mode"),
        actor=tuple(_words(raw["actor"], lists)) if "actor" in raw else default_actor,
        recipient=tuple(_words(raw["recipient"], lists)) if "recipient" in raw else default_recipient,
        requires=_conditions(builder, raw.get("requires"), lists),
        unless=_conditions(builder, raw.get("unless"), lists),
        symmetric=bool(raw.get("symmetric", False)),
        mutual=bool(raw.get("symmetric")) or builder.codebook.event_type(event_type).symmetric_default,
        needs=raw.get("needs") or builder.codebook.needs(event_type),
        contexts=tuple(_words(raw.get("contexts"), lists)),
        weight=float(raw.get("weight", DEFAULT_WEIGHT)),
        modality=raw.get("modality"),
        example=raw.get("example"),
    )


def _problems(builder: _Builder, file_type: str, raw: Any, lists: Mapping[str, list[str]]) -> Iterable[str]:
    if not isinstance(raw, Located):
        yield f"an entry is a mapping, not {raw!r}"
        return
    for key in sorted(set(raw) - KEYS):
        yield f"unknown key {key!r}; {suggestion(key, sorted(KEYS))}"
    if sum(name in raw for name in WORD_CLASSES) != 1:
        yield "an entry has exactly one of verb, noun, adjective"
    event_type = raw.get("type", file_type)
    if event_type not in builder.codebook.types:
        yield f"event type {event_type!r} is not in the codebook; {suggestion(event_type, builder.codebook.types)}"
    elif raw.get("mode") is not None and raw["mode"] not in builder.codebook.modes(event_type):
        modes = builder.codebook.modes(event_type)
        yield f"mode {raw['mode']!r} is not a mode of {event_type}; {suggestion(str(raw['mode']), modes)}"
    for context in raw.get("contexts") or ():
        if context not in builder.codebook.contexts:
            yield f"context {context!r} is not in the codebook; {suggestion(context, builder.codebook.contexts)}"
    if raw.get("needs") is not None and raw["needs"] not in NEEDS:
        yield f"needs {raw['needs']!r} is none of {', '.join(NEEDS)}"
    for name in _list_names(raw):
        if name not in lists:
            yield f"list @{name} is not defined; {suggestion(name, lists)}"


def _list_names(raw: Mapping[str, Any]) -> Iterable[str]:
    for value in raw.values():
        parts = value.values() if isinstance(value, Mapping) else [value]
        for part in parts:
            for word in part if isinstance(part, list) else [part]:
                if isinstance(word, str) and word.startswith("@"):
                    yield word[1:]


def _words(value: Any, lists: Mapping[str, list[str]]) -> list[str]:
    if value is None:
        return []
    found: list[str] = []
    for word in value if isinstance(value, list) else [value]:
        text = str(word)
        found.extend(_words(lists.get(text[1:], []), lists) if text.startswith("@") else [text])
    return found


def _conditions(builder: _Builder, raw: Any, lists: Mapping[str, list[str]]) -> tuple[Condition, ...]:
    """Conditions with their words and the printed forms of these."""
    found = []
    for source, value in raw.items() if isinstance(raw, Mapping) else ():
        words = {word.lower() for word in _words(value, lists)}
        forms = {form for word in words - SPECIAL for form in builder.grammar.forms_of(word)}
        found.append(Condition(source=str(source), words=frozenset(words), forms=frozenset(words | forms)))
    return tuple(found)


def _add_readings(builder: _Builder, entry: Entry, forms: Mapping[str, Any]) -> None:
    """Files an entry under its words and their printed forms: a lemmatiser errs on verbs that its treebank lacks."""
    grammar = builder.grammar
    for word in entry.words:
        if not grammar.by_form:
            _add(builder, word, Reading(entry=entry))
            made = grammar.verb_forms if entry.word_class == "verb" else grammar.noun_forms
            shapes = [form.of(word) for form in made if entry.word_class != "adjective"]
            irregular = grammar.irregular.get(word, ()) if entry.word_class == "verb" else ()
            for shape in (*shapes, *irregular):
                if shape:
                    _add(builder, shape, Reading(entry=entry))
        elif entry.word_class != "verb":
            _add(builder, word, Reading(entry=entry))
        else:
            _add_voices(builder, entry, word, forms)


def _add_voices(builder: _Builder, entry: Entry, word: str, forms: Mapping[str, Any]) -> None:
    for verb_form in builder.grammar.verb_forms:
        given = forms.get(verb_form.voice)
        shapes = [str(x) for x in given] if given else [verb_form.of(word)]
        passive = {"active": False, "passive": True, "accidental": True}.get(verb_form.voice)
        for shape in shapes:
            if shape:
                bare = verb_form.voice == "bare" and not builder.grammar.active_participle.search(shape)
                _add(builder, shape, Reading(entry=entry, passive=passive, bare=bare))


def _add(builder: _Builder, key: str, reading: Reading) -> None:
    """Files a reading under its head word: the first of a term in by-form languages and for verbs, else the last."""
    words = key.lower().split()
    head = 0 if builder.grammar.by_form or reading.entry.word_class == "verb" else len(words) - 1
    reading = replace(reading, before=tuple(words[:head]), after=tuple(words[head + 1 :]))
    readings = builder.index.setdefault((reading.entry.word_class, words[head]), [])
    if reading not in readings:
        readings.append(reading)
