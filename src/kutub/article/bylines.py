"""Bylines and other labelled lines: who wrote it, who edited it, its title, its deck, its date."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kutub.article.lines import key_of, words
from kutub.article.rules import LINE_LIMIT, Rules, shared, shown_to_patterns

_NAME_WORDS = 12  # words a name may have
_NAME_LIMIT = 120
_NAMED = ("author", "editor")  # labels of names
_EDGES = " |/;,•·–—-()[]\t"
_PARTED = re.compile(r"\s[|/;•·–—-]\s")  # what ends a name and begins another thing beside it


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """What a byline says; None where it says nothing."""

    author: str | None = None
    editor: str | None = None


def labelled(text: str, rules: Rules) -> Mapping[str, str]:
    """The labelled values of a line (author, editor, title, deck, date); empty if it does not begin with a label.

    Names end at a mark with spaces around it; a date before the first label or right behind such a mark is the date.
    """
    if len(text) > LINE_LIMIT:
        return {}
    labels = list(rules.bylines.label.finditer(text))
    before = text[: labels[0].start("label")].strip(_EDGES) if labels else ""
    if not labels or not (before == "" or _is_date(before, rules)):
        return {}
    result: dict[str, str] = {"date": before} if before else {}
    for label, after in zip(labels, [*labels[1:], None], strict=True):
        kind = rules.bylines.kinds[label["label"].casefold()]
        value = text[label.end() : after.start() if after else len(text)].strip(_EDGES)
        if kind in _NAMED:
            value, *others = (part.strip(_EDGES) for part in _PARTED.split(value))
            for other in others:
                if _is_date(other, rules):
                    result.setdefault("date", other)
        result.setdefault(kind, value)
    return result


def _is_date(text: str, rules: Rules) -> bool:
    """Whether a part of a line is a date, with nothing but what may stand beside one."""
    found = rules.dates.pattern.search(text)
    return found is not None and not words(rules.dates.residue.sub(" ", rules.dates.pattern.sub(" ", text)))


def lone_label(text: str, rules: Rules) -> str | None:
    """What a line that is a label and nothing else announces (author or editor); None if it is none."""
    kind = rules.bylines.kinds.get(text.strip(_EDGES + ":").casefold())
    return kind if kind in _NAMED else None


def read_byline(text: str, rules: Rules) -> Byline | None:
    """The byline that the line is; None if it is none. Names have at most a dozen words and no full stop at the end."""
    found = labelled(text, rules)
    names = [found.get("author", ""), found.get("editor", "")]
    if ("author" in found or "editor" in found) and all(_is_name(name) for name in names if name):
        return Byline(author=names[0] or None, editor=names[1] or None)
    line = shown_to_patterns(text)
    for pattern in rules.bylines.names:
        if match := pattern.match(line):
            groups = {name: value.strip(_EDGES) for name, value in match.groupdict().items() if value}
            return Byline(author=groups.get("author"), editor=groups.get("editor"))
    return None


def names_in(text: str | None, rules: Rules) -> str | None:
    """The names that a byline field states, without a label or the word that opens it, and without the places and
    offices beside them; None where it states none."""
    if not text:
        return None
    found = read_byline(text, rules)
    names = (found.author or found.editor) if found else None
    if not names:
        first, _, rest = text.partition(" ")
        names = rest if first.casefold() in rules.bylines.kinds and rest[:1].isupper() else text
    return rules.bylines.beside.sub("", names[:LINE_LIMIT]).strip(_EDGES) or names


def persons(names: str | None, companies: Collection[str]) -> str | None:
    """The names of a byline but those of the publisher and of companies; None where no other is there.

    companies: `key_of` the names of the publisher.
    """
    parts = (names or "").split(", ")
    kept = [part for part in parts if part and not _is_company(part, companies)]
    return names if len(kept) == len(parts) else ", ".join(kept) or None


def _is_company(name: str, companies: Collection[str]) -> bool:
    forms = {key_of(form) for form in shared()["company_forms"]}
    found = [key_of(word) for word in name.split()]
    return "".join(found) in companies or (len(found) > 1 and not forms.isdisjoint((found[0], found[-1])))


def _is_name(text: str) -> bool:
    return (
        len(text) <= _NAME_LIMIT
        and len(words(text)) <= _NAME_WORDS
        and not (text.endswith(".") and len(words(text)) > 5)
    )
