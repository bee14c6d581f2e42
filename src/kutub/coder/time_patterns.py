"""The small pattern language of `calendar.yaml`, compiled to regular expressions (docs/dates-places.md).

    late <on|this> {weekday} [night|@daytime]

A word stands for itself in either case, `{slot}` for a part of the date, `<a|b>` for one of several, `[a|b]` for one of
several or nothing, `@list` for an entry of the calendar's `lists`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kutub.errors import DataError

DIGIT = "0"  # the key of patterns that no word, but a digit, announces
_BEFORE = r"(?<!\w)(?<!\d[./,:-])(?<![$€£/-])"
_AFTER = r"(?!\w)(?![-–/]\w)(?![.,:]\d)"
_APOSTROPHE = "['’ʼ]"
_WORD = re.compile(r"[^\W\d_]+")
_SPECIAL = frozenset("[]<>|{}@ ")


@dataclass(frozen=True, slots=True)
class Slot:
    """What a `{slot}` stands for: its regular expression, and the words (lower case) of which one is in any match."""

    regex: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern; `keys` are words (lower case, or DIGIT) of which every match holds one; `slots` its slots."""

    source: str
    regex: re.Pattern[str]
    keys: frozenset[str]
    slots: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Piece:
    regex: str
    keys: frozenset[str]  # empty: nothing that must be there
    slots: tuple[str, ...] = ()
    is_space: bool = False
    is_optional: bool = False
    weight: int = 0  # how rare the keys are: the pattern is looked up by those of the heaviest piece


class PatternCompiler:
    """Compiles patterns of one calendar. `slots` by name; `lists` of plain words by name."""

    def __init__(self, slots: Mapping[str, Slot], lists: Mapping[str, Sequence[str]]) -> None:
        self._slots = slots
        self._lists = lists

    def compile(self, source: str, *, where: str) -> Pattern:
        """The pattern, matched at word borders. Raises DataError where it is malformed."""
        pieces = _Reader(source, where, self._slots, self._lists).read()
        names = [name for piece in pieces for name in piece.slots]
        if len(set(names)) != len(names):
            raise DataError(f"pattern {source!r} has a slot twice", where=where)
        heaviest = max((piece for piece in pieces if piece.keys), key=lambda piece: piece.weight, default=None)
        if heaviest is None:
            raise DataError(f"pattern {source!r} has no word that must be there", where=where)
        regex = re.compile(f"{_BEFORE}{_join(pieces)}{_AFTER}")
        return Pattern(source=source, regex=regex, keys=heaviest.keys, slots=frozenset(names))

    def compile_before(self, sources: Sequence[str], *, where: str) -> re.Pattern[str] | None:
        """A regular expression for any of the patterns at the end of a text; None if there are no patterns."""
        joined = "|".join(_join(_Reader(source, where, self._slots, self._lists).read()) for source in sources)
        return re.compile(rf"(?<!\w)(?:{joined})\s+\Z") if sources else None


def words_of(text: str) -> set[str]:
    """The keys a text offers: its words in lower case, and DIGIT if it holds a digit."""
    found = {match.lower() for match in _WORD.findall(text)}
    if any(character.isdigit() for character in text):
        found.add(DIGIT)
    return found


def key_of(form: str) -> str:
    """The first word of a form in lower case, DIGIT if it has none."""
    match = _WORD.search(form)
    return match.group().lower() if match else DIGIT


def as_printed(forms: Sequence[str]) -> str:
    """A regular expression for names as written or in capitals, longest first."""
    wanted = set(forms) | {form.upper() for form in forms if len(form.rstrip(".")) > 3}
    return "|".join(_escape(form) for form in sorted(wanted, key=lambda form: (-len(form), form)))


def in_any_case(forms: Sequence[str]) -> str:
    """A regular expression for words in either case, longest first."""
    return f"(?i:{'|'.join(_escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))})"


def _escape(form: str) -> str:
    return r"\s+".join(re.escape(word).replace("'", _APOSTROPHE) for word in form.split())


def _join(pieces: Sequence[_Piece]) -> str:
    """Pieces as one regular expression; an optional piece takes the space beside it along."""
    result = ""
    position = 0
    is_begun = False  # whether something that must be there has been read
    while position < len(pieces):
        piece = pieces[position]
        following = pieces[position + 1] if position + 1 < len(pieces) else None
        after_following = pieces[position + 2] if position + 2 < len(pieces) else None
        if piece.is_optional and not is_begun and following is not None and following.is_space:
            result += rf"(?:{piece.regex}\s+)?"
            position += 2
        elif piece.is_space and following is not None and following.is_optional and _ends(after_following):
            result += rf"(?:\s+{following.regex})?"
            position += 2
        else:
            result += f"(?:{piece.regex})?" if piece.is_optional else piece.regex
            is_begun = is_begun or not piece.is_optional
            position += 1
    return result


def _ends(piece: _Piece | None) -> bool:
    return piece is None or piece.is_space


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, source: str, where: str, slots: Mapping[str, Slot], lists: Mapping[str, Sequence[str]]) -> None:
        self._source = source
        self._where = where
        self._slots = slots
        self._lists = lists
        self._position = 0

    def read(self) -> list[_Piece]:
        pieces = self._sequence("")
        if self._position < len(self._source):
            raise self._error(f"an unexpected {self._source[self._position]!r}")
        return pieces

    def _error(self, problem: str) -> DataError:
        return DataError(f"pattern {self._source!r} has {problem}", where=self._where, hint="see docs/dates-places.md")

    def _sequence(self, closing: str) -> list[_Piece]:
        pieces: list[_Piece] = []
        while self._position < len(self._source) and self._source[self._position] not in f"|{closing}":
            pieces.append(self._piece())
        return pieces

    def _piece(self) -> _Piece:
        character = self._source[self._position]
        if character == "{":
            return self._slot()
        if character == "@":
            return self._list()
        if character in "<[":
            return self._choice(">" if character == "<" else "]")
        if character == " ":
            self._position += len(self._source[self._position :]) - len(self._source[self._position :].lstrip())
            return _Piece(r"\s+", frozenset(), is_space=True)
        return self._text()

    def _text(self) -> _Piece:
        start = self._position
        while self._position < len(self._source) and self._source[self._position] not in _SPECIAL:
            self._position += 1
        if start == self._position:
            raise self._error(f"an unexpected {self._source[start]!r}")
        text = self._source[start : self._position]
        keys = frozenset({key_of(text)}) if any(character.isalnum() for character in text) else frozenset()
        return _Piece(f"(?i:{_escape(text)})", keys, weight=len(text))

    def _slot(self) -> _Piece:
        name = self._until("}")
        if name not in self._slots:
            raise self._error(f"an unknown slot {name!r} (slots: {', '.join(sorted(self._slots))})")
        slot = self._slots[name]
        weight = 10 if DIGIT in slot.keys else 100  # digits are commoner than names of months
        return _Piece(slot.regex, slot.keys, slots=(name,), weight=weight)

    def _list(self) -> _Piece:
        match = re.compile(r"@(\w+)").match(self._source, self._position)
        if match is None or match[1] not in self._lists:
            raise self._error("an @ without the name of a list")
        self._position = match.end()
        words = self._lists[match[1]]
        return _Piece(in_any_case(words), frozenset(key_of(word) for word in words), weight=min(map(len, words)))

    def _until(self, closing: str) -> str:
        end = self._source.find(closing, self._position)
        if end < 0:
            raise self._error(f"no closing {closing!r}")
        text = self._source[self._position + 1 : end]
        self._position = end + 1
        return text

    def _choice(self, closing: str) -> _Piece:
        choices: list[list[_Piece]] = []
        while True:
            self._position += 1  # over the opening bracket or the bar
            choices.append(self._sequence(closing))
            if self._position >= len(self._source):
                raise self._error(f"no closing {closing!r}")
            if self._source[self._position] == closing:
                break
        self._position += 1
        regex = f"(?:{'|'.join(_join(choice) for choice in choices)})"
        slots = tuple(name for choice in choices for piece in choice for name in piece.slots)
        if closing == "]":
            return _Piece(regex, frozenset(), slots=slots, is_optional=True)
        first = [next((piece.keys for piece in choice if piece.keys), frozenset()) for choice in choices]
        keys: frozenset[str] = frozenset().union(*first) if all(first) else frozenset()
        return _Piece(regex, keys, slots=slots, weight=2)
