"""Texts of our own in the place of a page's: as long, of the same kind, with the marks by which a reader knows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kutub.article.bylines import labelled, read_byline
from kutub.article.dates import is_date_line
from kutub.article.lines import is_final, words
from kutub.article.paragraphs import dateline_length
from kutub.article.rules import Rules
from kutub.records import LeftOutReason
from tools.publisher.days import other_time, renumbered, shifted
from tools.publisher.pages import key
from tools.publisher.stock import SHORT_WORDS, Kind, Stock

KEPT_WORDS = 4  # words in a row of a page that may stay: marks and labels are no longer
_AROUND_NAMES = " |:;,()•–—-"
_BREAKS = re.compile(r"(,| & | and | dan |/)")  # between names


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a line and what stands in its place; the stretches of a line follow one another."""

    source: str
    made: str


class Writer:
    """Writes lines of our own in the place of a page's. The same line is always replaced by the same.

    kept: texts that stay (the publisher's name). phrases: what stays wherever it stands (words by which a profile tells
    elements apart). known: texts with what stands in their place (title, names).
    """

    def __init__(
        self, rules: Rules, *, kept: Iterable[str], phrases: Iterable[str] = (), known: Mapping[str, str]
    ) -> None:
        self.rules = rules
        self.stock = Stock(rules.code)
        self.kept = {key(text) for text in kept if len(text.split()) <= KEPT_WORDS}
        self.phrases = [text for text in phrases if len(text.split()) <= KEPT_WORDS]
        self.labels = {key(label) for label in rules.bylines.kinds}
        self.known = dict(known)
        self.lines: dict[str, list[Part]] = {}

    def line(self, text: str, *, kind: Kind = Kind.OTHER) -> str:
        """What stands in the place of a line."""
        return "".join(part.made for part in self.parts(text, kind=kind))

    def parts(self, text: str, *, kind: Kind = Kind.OTHER) -> list[Part]:
        """The same, with what stands for what. The line must have single spaces and none at its ends."""
        if text not in self.lines:
            made = [part for part in self._parts(text, kind=kind) if part.source or part.made]
            if runs(text) & runs("".join(part.made for part in made)):  # what stays is too long together
                made = [Part(source=text, made=self.ours(text, kind=kind))]
            self.lines[text] = made
        return self.lines[text]

    def name(self, text: str) -> str:
        """Names of our own for names ("A. Doe, B. Roe"), the same for the same."""
        return "".join(bit if _BREAKS.fullmatch(bit) else self._one_name(bit) for bit in _BREAKS.split(text))

    def _one_name(self, text: str) -> str:
        bare = text.strip(_AROUND_NAMES)
        if not words(bare) or key(bare) in self.kept:
            return text
        if bare not in self.known:
            self.known[bare] = self.stock.nearest("names", 2)
        return text.replace(bare, self.known[bare])

    def _parts(self, text: str, *, kind: Kind) -> Iterator[Part]:
        if text in self.known:
            yield Part(source=text, made=self.known[text])
        elif key(text) in self.kept | self.labels or len(text) == 1:
            yield Part(source=text, made=text)
        elif not words(text):
            yield Part(source=text, made=renumbered(other_time(shifted(text, self.rules.dates))))
        elif is_date_line(text, self.rules):
            yield self._stay(text)
        elif length := dateline_length(text, self.rules):
            yield Part(source=text[:length], made=self._dateline(text[:length]))
            yield from self.parts(text[length:], kind=kind) if text[length:] else ()
        elif labels := [*self._labels(text)]:
            yield from labels
        elif byline := [*self._byline(text)]:
            yield from byline
        elif known := self._held(text):
            at = text.index(known)
            yield from self._beside(text[:at])
            yield Part(source=known, made=self.known[known])
            yield from self._beside(text[at + len(known) :])
        elif phrase := next((phrase for phrase in self.phrases if phrase in text), ""):
            at = text.index(phrase)
            for bit in (text[:at], phrase, text[at + len(phrase) :]):
                yield self._stay(bit) if bit == phrase else self._around(bit)
        elif reason := self.rules.reason(text):
            yield from self._furniture(text, reason)
        elif marker := next(iter(self.rules.glued.finditer(text)), None):
            yield from self._before(text[: marker.start()], kind=kind)
            yield from self._furniture(text[marker.start() :].strip(), LeftOutReason.READ_ALSO)
        elif tail := self.rules.tail.search(text):
            yield from self._before(text[: tail.start()], kind=kind)
            yield Part(source=tail[0], made=self._tail(tail[0]))
        else:
            yield Part(source=text, made=self.ours(text, kind=kind))

    def _before(self, text: str, *, kind: Kind) -> Iterator[Part]:
        if bare := text.rstrip():
            yield from self.parts(bare, kind=kind)
        yield Part(source=text[len(bare) :], made=text[len(bare) :])

    def _held(self, text: str) -> str:
        """The longest known text that is most of this one."""
        held = (known for known in self.known if known in text and len(text) - len(known) <= 60)
        return max(held, key=len, default="")

    def _beside(self, text: str) -> Iterator[Part]:
        """What stands beside a known text: a label or the name of the site stays."""
        bare = text.strip()
        is_known = any(name in key(bare) for name in self.kept) or {*map(key, words(bare))} & self.labels
        stays = not words(bare) or (is_known and len(bare.split()) <= KEPT_WORDS)
        yield self._stay(text) if stays else self._around(text)

    def _stay(self, text: str) -> Part:
        """A text that stays, but for the days and times in it."""
        return Part(source=text, made=other_time(shifted(text, self.rules.dates)))

    def _around(self, text: str) -> Part:
        """A text of ours with the spaces of the given."""
        bare = text.strip()
        return Part(source=text, made=text.replace(bare, self.ours(bare)) if words(bare) else text)

    def _dateline(self, text: str) -> str:
        """A dateline with another place and date."""
        for place in re.finditer(r"[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*", text):
            if any(name in key(place[0]) or key(place[0]) in name for name in self.kept):
                continue
            name = self.stock.texts["places"][0]
            made = text[: place.start()] + (name.upper() if place[0].isupper() else name) + text[place.end() :]
            made = shifted(made, self.rules.dates)
            if dateline_length(made + "Ab cd ef.", self.rules) == len(made):
                return made
        return shifted(text, self.rules.dates)

    def _labels(self, text: str) -> Iterator[Part]:
        """A line of labelled values ("Writer: Jane Doe | Editor: Richard Roe"): labels stay."""
        if not labelled(text, self.rules):
            return
        end, what = 0, ""
        for label in self.rules.bylines.label.finditer(text):
            yield self._labelled(text[end : label.start()], what)
            yield Part(source=label[0], made=label[0])
            end, what = label.end(), self.rules.bylines.kinds[label["label"].casefold()]
        yield self._labelled(text[end:], what)

    def _labelled(self, text: str, what: str) -> Part:
        if what in ("author", "editor") or not text.strip():
            return Part(source=text, made=self.name(text))
        made = (
            shifted(text, self.rules.dates) if what == "date" else text.replace(text.strip(), self.ours(text.strip()))
        )
        return Part(source=text, made=made)

    def _byline(self, text: str) -> Iterator[Part]:
        """A line that a pattern of bylines knows: the names in it are replaced."""
        for pattern in self.rules.bylines.names:
            if match := pattern.match(text):
                spans = sorted(match.span(name) for name, value in match.groupdict().items() if value)
                end = 0
                for start, stop in spans:
                    yield self._short(text[end:start])
                    yield Part(source=text[start:stop], made=self.name(text[start:stop]))
                    end = stop
                yield self._short(text[end:])
                return
        if read_byline(text, self.rules):
            yield Part(source=text, made=self._in_stock(LeftOutReason.BYLINE) or self.ours(text))

    def _short(self, text: str) -> Part:
        """Words between names: few stay, among many the names are replaced."""
        if len(text.split()) <= KEPT_WORDS:
            return self._stay(text)
        made = re.sub(r"[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+)+", lambda run: self.name(run[0]), text)
        return Part(source=text, made=made)

    def _furniture(self, text: str, reason: LeftOutReason) -> Iterator[Part]:
        """A line that is left out for a reason: its mark stays, what follows is ours, and the reason too."""
        for start, stop in self._marks(text, reason):
            head, mark, rest = text[:start], text[start:stop], text[stop:]
            made = [self.ours(head.strip()) + " " if head.strip() else head, self._stay(mark).made]
            space = " " if rest[:1] == " " else ""
            made.append(space + self.ours(rest.strip()) if words(rest) else rest)
            line = "".join(made)
            if self.rules.reason(line) is reason or (
                reason is LeftOutReason.READ_ALSO and self.rules.glued.match(line)
            ):
                yield from (Part(source=old, made=new) for old, new in zip((head, mark, rest), made, strict=True))
                return
        yield Part(source=text, made=self._in_stock(reason, len(text.split())) or self.ours(text))

    def _marks(self, text: str, reason: LeftOutReason) -> Iterator[tuple[int, int]]:
        """Where the mark of a reason may stand: what a pattern matches, cut to few words."""
        found = [pattern.match(text) for why, pattern in self.rules.lines if why is reason]
        found += [pattern.search(text) for why, pattern in self.rules.within if why is reason]
        found += [self.rules.glued.match(text)] if reason is LeftOutReason.READ_ALSO else []
        for match in filter(None, found):
            ends = [word.end() for word in re.finditer(r"\S+", match[0])][:KEPT_WORDS]
            whole = [match.end()] if len(match[0].split()) <= KEPT_WORDS else []
            yield from ((match.start(), stop) for stop in (*whole, *(match.start() + end for end in reversed(ends))))

    def _in_stock(self, reason: LeftOutReason, count: int = 0) -> str:
        """A line of ours that is left out for a reason, with a sentence after it where many words are wanted."""
        line = str(self.stock.texts["furniture"].get(reason.value, ""))
        if line and count > 2 * len(line.split()):
            longer = f"{line}. {self.stock.sentences(count - len(line.split()), kind=Kind.OTHER)}"
            return longer if self.rules.reason(longer) is reason else line
        return line

    def _tail(self, text: str) -> str:
        """Initials are moved on by a letter, names of agencies stay."""
        made = re.sub("[a-z]", lambda sign: chr((ord(sign[0]) - 96) % 26 + 97), text) if text.islower() else text
        made = renumbered(made, least=1)
        return made if self.rules.tail.search(f"x.{made}") else text

    def ours(self, text: str, *, kind: Kind = Kind.OTHER) -> str:
        """A text of ours like the given: topics, a heading, or sentences; in capitals where it is."""
        if self._is_list(text):
            return ", ".join(self.line(item) for item in text.split(", "))
        return self.stock.like(text, kind=kind)

    def _is_list(self, text: str) -> bool:
        items = text.split(", ")
        return len(items) > 1 and all(0 < len(item.split()) <= SHORT_WORDS for item in items) and not is_final(text)


def runs(text: str) -> set[tuple[str, ...]]:
    """The runs of words that a golden page must not share with its source."""
    found = re.findall(r"[^\W_]+", text.casefold())
    return {tuple(found[start : start + KEPT_WORDS + 1]) for start in range(len(found) - KEPT_WORDS)}
