"""Drafts a profile from saved pages of one publisher: what can be found is written, what cannot is said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from kutub.article.publishers import publisher_of
from kutub.article.rules import load_rules
from kutub.errors import InputError
from kutub.records import Article, LeftOutReason, PieceKind, printable
from kutub.views.console import shortened
from tools.publisher.fields import (
    Sample,
    body_selectors,
    deck_selectors,
    published_selectors,
    sample,
    title_selectors,
)
from tools.publisher.furniture import doubtful_lines, left_out_selectors, reading
from tools.publisher.names import Names, name_selectors
from tools.publisher.pages import SavedPage, find, key, load_page, profiles_in, read_saved

_SHOWN = 100  # characters of a text that is shown
LEAST_STORY = 300  # letters and digits of the story of a page that is of use
_DOUBTFUL = 5  # lines a page that are asked about
_MOST = 12  # stretches that are left out of a page, of those that are shown
_MUCH = 0.5  # share of a body that should be the story
_SECOND_LEVEL = frozenset(("ac", "co", "com", "edu", "go", "gov", "my", "net", "or", "org", "sch", "web"))
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PLAIN = re.compile(r"[.A-Za-z][\w.-]*(?: [.A-Za-z][\w.-]*)*$")  # what YAML needs no quotes for
_TOO_PLAIN = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))


@dataclass(slots=True, kw_only=True)
class Draft:
    """A profile in the making. notes: what a person has to look at."""

    id: str
    name: str
    host: str
    languages: list[str]
    years: list[int]
    fields: dict[str, list[str]] = field(default_factory=dict)
    left_out: Mapping[LeftOutReason, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def yaml(self) -> str:
        """The profile as its file."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield f"name: {_scalar(self.name)}"
        yield f"hosts: [{_scalar(self.host)}]"
        yield f"language: {_list(self.languages) if len(self.languages) > 1 else self.languages[0]}"
        yield "country:   # ISO 3166-1 alpha-3 of the publisher's seat"
        years = sorted({*self.years})
        yield f"source: {f'pages of {_listed(years)}' if years else 'pages'} looked at"
        yield "anatomies:"
        yield f"  - seen: {years[-1] if years else '  # the last year in which pages of this form are known'}"
        for name in ("title", "deck", "byline", "editor", "published", "body"):
            if selectors := self.fields.get(name):
                yield f"    {name}: {_list(selectors)}"
        if self.left_out:
            yield "    left_out:"
            for reason, selectors in self.left_out.items():
                yield f"      {reason.value}: {_list(selectors)}"


def draft(
    paths: Sequence[Path], *, id: str | None = None, host: str | None = None
) -> tuple[Draft, list[tuple[Path, Article]]]:
    """A draft and how each page is read with it. host: of pages that do not say their address.

    Raises InputError where pages cannot be used.
    """
    pages = [load_page(path, host=host) for path in paths]
    samples = [sample(page, load_rules(read_saved(page).language)) for page in pages]
    useful = [one for one in samples if sum(map(len, one.story)) >= LEAST_STORY]
    if not useful:
        hint = "give pages that hold an article as text, not as images or video"
        raise InputError("trafilatura finds hardly any story", where=", ".join(map(str, paths)), hint=hint)
    pages = [one.page for one in useful]
    articles = [read_saved(page) for page in pages]
    host = _host(pages)
    id = id or host.split(".")[0]
    if not _ID.fullmatch(id):
        raise InputError(f"{id!r} is no id", hint="use small letters, digits and hyphens: bbc-indonesia")
    result = Draft(
        id=id,
        name=_name(pages, host),
        host=host,
        languages=list(dict.fromkeys(article.language for article in articles)),
        years=[article.published.year for article in articles if article.published],
        notes=[f"{one.page.path.name}: hardly any story in it, not used" for one in samples if one not in useful],
    )
    _find_fields(result, useful)
    articles = _read(result, pages)
    result.left_out = left_out_selectors([reading(*both) for both in zip(useful, articles, strict=True)])
    articles = _read(result, pages)
    for one, article in zip(useful, articles, strict=True):
        for line in doubtful_lines(reading(one, article))[:_DOUBTFUL]:
            result.notes.append(f"{one.page.path.name}: trafilatura does not take this for the story: {_short(line)}")
    _note_pages(result, useful)
    return result, [(page.path, article) for page, article in zip(pages, articles, strict=True)]


def _find_fields(result: Draft, samples: Sequence[Sample]) -> None:
    result.fields["body"] = body_selectors(samples)
    if not result.fields["body"]:
        names = ", ".join(one.page.path.name for one in samples)
        hint = "give pages of one form that hold longer stories, or write the profile by hand"
        raise InputError("no element holds most of the story by a selector that lasts", where=names, hint=hint)
    for one in samples:
        one.body.extend(next((held for css in result.fields["body"] if (held := find(one.page.tree, css))), []))
    result.fields["title"] = title_selectors(samples)
    result.fields["deck"] = deck_selectors(samples)
    for name, kind in (("byline", "author"), ("editor", "editor")):
        found = name_selectors(samples, kind)
        result.fields[name] = found.selectors
        result.notes += _name_notes(samples, found, kind)
    result.fields["published"] = published_selectors(samples)


def _name_notes(samples: Sequence[Sample], found: Names, kind: str) -> Iterator[str]:
    for one, stated, labelled in zip(samples, found.stated, found.labelled, strict=True):
        names = [key(name) for name in (stated or "").split(", ")]
        if stated and labelled and not all(name in key(labelled) for name in names):
            yield (
                f"{one.page.path.name}: {kind} is {_short(stated)} in the metadata and {_short(labelled)} beside the"
                " label on the page: look who it is"
            )


def _note_pages(result: Draft, samples: Sequence[Sample]) -> None:
    result.notes.insert(0, "country: fill it in")
    if len(samples) == 1:
        result.notes.append(
            "one page alone: give several of different days and sections, so that selectors hold for all"
        )
    if profile := publisher_of([samples[0].page.url]):
        result.notes.append(f"{profile.id}.yaml has this host: put the new form at the top of its anatomies")
    for one in samples:
        name = one.page.path.name
        if not one.body:
            result.notes.append(f"{name}: no selector finds its body: it may be of another form")
        elif one.excess(one.body) > _MUCH:
            result.notes.append(f"{name}: most of its body is not the story: look for a smaller element")
    for name in ("title", "byline", "published"):
        if not result.fields[name]:
            result.notes.append(f"{name}: no selector was found; what the pages state in their head is used")


def _read(result: Draft, pages: Sequence[SavedPage]) -> list[Article]:
    """The pages as they are read with the draft so far."""
    with TemporaryDirectory() as folder:
        (Path(folder) / f"{result.id}.yaml").write_text(result.yaml(), encoding="utf-8")
        with profiles_in(Path(folder)):
            return [read_saved(page) for page in pages]


def _host(pages: Sequence[SavedPage]) -> str:
    """The domain that the addresses of all pages share. Raises InputError where there is none."""
    hosts: dict[str, Path] = {}
    for page in pages:
        host = (urlsplit(page.url or "").hostname or "").removeprefix("www.")
        if not host:
            hint = "it stands in link rel=canonical or og:url of the page as the server sent it; else give --host"
            raise InputError("does not say its address", where=str(page.path), hint=hint)
        labels = host.split(".")
        count = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
        hosts.setdefault(".".join(labels[-count:]), page.path)
    if len(hosts) > 1:
        found = ", ".join(f"{path} of {host}" for host, path in hosts.items())
        raise InputError(f"the pages are of several publishers: {found}", hint="draft one profile at a time")
    return next(iter(hosts))


def _name(pages: Sequence[SavedPage], host: str) -> str:
    names = Counter(page.metadata.publisher for page in pages if page.metadata.publisher)
    return printable(names.most_common(1)[0][0]) if names else host


def report(result: Draft, read: Sequence[tuple[Path, Article]]) -> Iterator[str]:
    """How each page is read with the draft, and what a person has to look at."""
    for path, article in read:
        body = [article.text[piece.start : piece.end] for piece in article.pieces if piece.kind is PieceKind.BODY]
        yield str(path)
        for name in ("title", "deck", "byline", "editor", "published"):
            value = getattr(article, name)
            yield f"  {name:<11}{_short(str(value)) if value else '-'}"
        yield f"  {'body':<11}{len(body)} lines, {sum(map(len, body)):,} characters"
        for text in (body[0], body[-1]):
            yield f"  {'':<11}{_short(text)}"
        for span in article.left_out[:_MOST]:
            yield f"  {'left out':<11}{span.reason.value}: {_short(span.text)}"
        if len(article.left_out) > _MOST:
            yield f"  {'':<11}and {len(article.left_out) - _MOST} more"
        yield ""
    yield "look at"
    yield from (f"  - {note}" for note in result.notes)
    yield "  - every line that is left out, and the first and last line of each body"


def _short(text: str) -> str:
    return shortened(printable(text), _SHOWN)


def _listed(years: Sequence[int]) -> str:
    texts = [str(year) for year in years]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_scalar, values))}]"


def _scalar(value: str) -> str:
    """A value as YAML, in single quotes where it could be taken for something else."""
    if _PLAIN.match(value) and value.casefold() not in _TOO_PLAIN:
        return value
    escaped = value.replace("'", "''")
    return f"'{escaped}'"
