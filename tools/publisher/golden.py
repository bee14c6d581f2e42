"""Makes a golden page from a real one: the same anatomy, every text ours; and what the profile reads from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import Any

import yaml

from kutub.article.decoding import decode
from kutub.article.html import _parsed
from kutub.article.metadata import read_metadata
from kutub.article.publishers import PageAnatomy, Publisher, publisher_of
from kutub.article.rules import load_rules, shared
from kutub.datafiles import DATA, read_yaml
from kutub.errors import InputError
from kutub.records import Article, PieceKind
from tools.publisher.markup import ADDRESSES, KEPT_VALUES, TEXTS, Markup, prune, strip
from tools.publisher.pages import SavedPage, find, load_page, read_saved
from tools.publisher.texts import KEPT_WORDS, Kind, Part, Writer, runs

WIDTH = 116
_CONTAINS = re.compile(r""":contains\(["']([^"']+)["']\)""")
_NOT_TEXT = frozenset(("script", "style"))
_COMPARED = ("title", "deck", "byline", "editor", "published", "publisher")


@dataclass(frozen=True, slots=True, kw_only=True)
class Golden:
    """A golden page with its expectation, and what its author has to look at."""

    html: str
    yaml: str
    notes: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class _Slot:
    """A text of the tree: an element's own (`tail` False) or the one after it."""

    element: Any
    tail: bool
    text: str

    def put(self, text: str) -> None:
        if self.tail:
            self.element.tail = text
        else:
            self.element.text = text


def golden(path: Path, *, id: str) -> Golden:
    """The golden page of a saved page for a profile (kompas) or its second or third form (kompas-2).

    Raises InputError where the page is not one of the profile's.
    """
    page = load_page(path)
    profile, anatomy = _profile(page, id)
    source = _tree(page.content)
    strip(source)
    prune(source, anatomy.found(source, "body"))
    before = read_saved(_saved(page, source))
    tree = deepcopy(source)
    _rewrite(tree, profile, anatomy, before)
    made = _saved(page, tree)
    after = read_saved(made)
    notes = [*_differences(before, after), *_lost_selectors(profile, anatomy, source, tree), *_copied(source, tree)]
    return Golden(html=made.content.decode("utf-8"), yaml=expectation(after), notes=tuple(notes))


def _profile(page: SavedPage, id: str) -> tuple[Publisher, PageAnatomy]:
    wanted = re.sub(r"-\d$", "", id)
    profile = publisher_of([page.url])
    where = str(page.path)
    if profile is None:
        hint = "put its profile into src/kutub/data/publishers first (draft makes one)"
        raise InputError(
            f"no profile has the host of {page.url or 'a page without an address'}", where=where, hint=hint
        )
    if profile.id != wanted:
        raise InputError(f"is a page of {profile.id}, not of {wanted}", where=where, hint=f"give --id {profile.id}")
    anatomy = profile.anatomy_of(page.tree, page.metadata.published)
    if anatomy is None:
        raise InputError(f"no form of {profile.id} has its body", where=where, hint="add its form to the profile")
    return profile, anatomy


def _tree(content: bytes) -> Any:
    return _parsed(decode(content).text)


def _saved(page: SavedPage, tree: Any) -> SavedPage:
    """The tree as a page again."""
    from lxml import html

    text = html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>", include_meta_content_type=True)
    content = (re.sub(r"\n\s*\n+", "\n", text) + "\n").encode("utf-8")
    again = _tree(content)
    metadata = read_metadata(again)
    return SavedPage(path=page.path, content=content, url=metadata.url, tree=again, metadata=metadata)


def _rewrite(tree: Any, profile: Publisher, anatomy: PageAnatomy, article: Article) -> None:
    """Put our texts, names, dates and addresses in the place of the page's."""
    selectors = _selectors(profile)
    phrases = [phrase for css in selectors for phrase in _CONTAINS.findall(css)]
    metadata = read_metadata(tree)
    sites = [profile.name, *profile.hosts, *filter(None, (metadata.publisher,))]
    rules = load_rules(article.language, profile.id)
    writer = Writer(rules, kept=sites, phrases=phrases, known={})
    for names in filter(None, (article.byline, article.editor, metadata.author, metadata.editor)):
        writer.name(names)
    for title in dict.fromkeys(filter(None, (article.title, metadata.title))):
        writer.known[title] = writer.title(title)
    for element in tree.iter("meta"):  # tidied first, so that what is said twice is replaced once
        if element.get("content"):
            element.set("content", " ".join(element.get("content").split()))
    reasons = {found for _, path in anatomy.left_out for body in anatomy.found(tree, "body") for found in path(body)}
    inside = {element for body in anatomy.found(tree, "body") for element in body.iter()}
    for block in list(_blocks(tree, reasons)):
        _write_block(block, writer, kind=_kind(block, inside))
    _know_descriptions(tree, writer)
    hosts = [host.split("/")[0] for host in profile.hosts]
    marks = {name for css in selectors for name in re.findall(r"\[([\w-]+)[~|^$*]?=", css)}
    markup = Markup(writer, hosts=hosts, marks=marks)
    for element in list(tree.iter()):
        if element.tag == "script":
            element.text = markup.json_ld(element.text or "") or "{}"
        markup.attributes(element)


def _kind(block: Sequence[_Slot], inside: set[Any]) -> Kind:
    captions = set(shared()["caption_classes"])
    for element in [block[0].element, *block[0].element.iterancestors()]:
        if element.tag == "figcaption" or captions & {*(element.get("class") or "").split()}:
            return Kind.CAPTION
    return Kind.STORY if any(slot.element in inside for slot in block) else Kind.OTHER


def _know_descriptions(tree: Any, writer: Writer) -> None:
    """A description that is the start of a line of the page becomes the start of what stands in that line's place."""
    for element in tree.iter("meta"):
        text = element.get("content") or ""
        core = text.rstrip(".… ")
        if len(core.split()) <= KEPT_WORDS or text in writer.lines or text in writer.known:
            continue
        whole = next((line for line in writer.lines if line.startswith(core)), None)
        if whole:
            made = writer.line(whole).split()[: len(core.split())]
            writer.known[text] = " ".join(made) + text[len(core) :]
        elif "description" in (element.get("name") or element.get("property") or ""):
            writer.known[text] = writer.stock.nearest("decks", len(core.split()))


def _blocks(tree: Any, reasons: set[Any]) -> Iterator[list[_Slot]]:
    """The texts of the tree that make a line each."""
    block: list[_Slot] = []

    def ended() -> Iterator[list[_Slot]]:
        if any(not slot.text.isspace() for slot in block):
            yield list(block)
        block.clear()

    def add(element: Any, text: str | None, *, tail: bool) -> None:
        if text:
            block.append(_Slot(element=element, tail=tail, text=text))

    markup = read_yaml(DATA / "markup.yaml")
    inline = {*markup["inline"]} - {*markup["silent"]}
    stack: list[tuple[Any, bool]] = [(tree, False)]
    while stack:
        element, is_left = stack.pop()
        if element.tag not in inline or element in reasons:
            yield from ended()
        if is_left:
            add(element, element.tail, tail=True)
            continue
        if element.tag not in _NOT_TEXT:
            add(element, element.text, tail=False)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    yield from ended()


def _write_block(block: Sequence[_Slot], writer: Writer, *, kind: Kind) -> None:
    """Write a line of ours into the texts of a block, to each as many words as it had."""
    source = re.sub(r"\s+", " ", "".join(slot.text for slot in block))
    lead = len(source) - len(source.lstrip())
    parts = writer.parts(source.strip(), kind=kind)
    position = -lead
    before = ""
    for slot in block:
        text = re.sub(r"\s+", " ", slot.text)
        if before.endswith(" "):
            text = text.removeprefix(" ")
        made = _cut(parts, position, position + len(text))
        space = "\n" if "\n" in slot.text else " "
        start = space if slot.text[:1].isspace() or made.startswith(" ") else ""
        end = space if slot.text[-1:].isspace() or made.endswith(" ") else ""
        slot.put(f"{start}{made.strip()}{end}" if made.strip() else start)
        position += len(text)
        before = text or before


def _cut(parts: Sequence[Part], start: int, end: int) -> str:
    """What stands in the place of a stretch of the line."""
    made: list[str] = []
    offset = 0
    for part in parts:
        low, high = max(start, offset) - offset, min(end, offset + len(part.source)) - offset
        if low < high:
            made.append(part.made[low:high] if part.made == part.source else _share(part, low, high))
        offset += len(part.source)
    return "".join(made)


def _share(part: Part, start: int, end: int) -> str:
    """The words of the new text that stand for source[start:end], as many in proportion."""
    starts = [word.start() for word in re.finditer(r"\S+", part.source)]
    words = part.made.split()
    first = sum(place < start for place in starts)
    last = sum(place < end for place in starts)
    total = max(len(starts), 1)
    text = " ".join(words[round(first * len(words) / total) : round(last * len(words) / total)])
    is_glued = start > 0 and start not in starts and not part.source[start].isspace()
    before = " " if text and (is_glued or part.source[start].isspace()) else ""
    return before + text + (" " if part.source[end - 1].isspace() else "")


def expectation(article: Article) -> str:
    """What a golden page must give, as its YAML file."""
    lines = ["# Made by tools.publisher golden from what the profile reads: look whether each value is right."]
    for name in _COMPARED:
        if value := getattr(article, name):
            lines.append(f"{name}: {value.isoformat() if name == 'published' else _quoted(value)}")
    lines.append("body:")
    body = [article.text[piece.start : piece.end] for piece in article.pieces if piece.kind is PieceKind.BODY]
    for text in body:
        lines += [
            "  - >-",
            *(f"    {line}" for line in wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)),
        ]
    if article.left_out:
        lines.append("left_out:")
        lines += [f"  - [{span.reason.value}, {_quoted(span.text)}]" for span in article.left_out]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("'", "''")
    return f"'{escaped}'"


def faults(path: Path) -> list[str]:
    """What of a golden page does not come out as its expectation says; path: of the page."""
    target = path.with_suffix(".yaml")
    if not target.exists():
        return [f"{target.name} is missing"]
    expected: Mapping[str, Any] = yaml.safe_load(target.read_text(encoding="utf-8"))
    article = read_saved(load_page(path))
    result = [
        f"{name} is {getattr(article, name)!r}, not {expected.get(name)!r}"
        for name in _COMPARED
        if getattr(article, name) != expected.get(name)
    ]
    body = [article.text[piece.start : piece.end] for piece in article.pieces if piece.kind is PieceKind.BODY]
    left_out = [f"{span.reason.value}: {span.text}" for span in article.left_out]
    wanted = [" ".join(text.split()) for text in expected["body"]]
    unwanted = [f"{reason}: {' '.join(text.split())}" for reason, text in expected.get("left_out") or []]
    for what, found, sought in (("body", body, wanted), ("left_out", left_out, unwanted)):
        result += [f"{what} lacks {line!r}" for line in sought if line not in found]
        result += [f"{what} has {line!r} too" for line in found if line not in sought]
        if not result and found != sought:
            result.append(f"{what} is in another order")
    return result


def _differences(before: Article, after: Article) -> Iterator[str]:
    """Where the golden page is read in another way than the page that it was made from."""
    for name in _COMPARED:
        old, new = getattr(before, name), getattr(after, name)
        if (old is None) != (new is None) or (name == "publisher" and old != new):
            yield f"{name} is {new!r} in the golden page and was {old!r}: put it right by hand"
    lines = [sum(piece.kind is PieceKind.BODY for piece in one.pieces) for one in (before, after)]
    if lines[0] != lines[1]:
        yield f"the body has {lines[1]} lines and had {lines[0]}: look which are missing or too many"
    reasons = [[span.reason.value for span in one.left_out] for one in (before, after)]
    if reasons[0] != reasons[1]:
        yield f"left out are {', '.join(reasons[1]) or 'none'}; of the page: {', '.join(reasons[0]) or 'none'}"


def _selectors(profile: Publisher) -> list[str]:
    """All selectors of a profile, as they are written."""
    from kutub.article import publishers

    given = read_yaml(publishers.FOLDER / f"{profile.id}.yaml")
    found: list[str] = []
    pending: list[Any] = [given["anatomies"]]
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            pending.extend(held for name, held in value.items() if name not in ("seen", "valid_until"))
        elif isinstance(value, list):
            pending.extend(value)
    return found


def _lost_selectors(profile: Publisher, anatomy: PageAnatomy, source: Any, made: Any) -> Iterator[str]:
    """Selectors of the profile that find more or less in the golden page than in the page."""
    del anatomy
    for css in dict.fromkeys(_selectors(profile)):
        old, new = len(find(source, css)), len(find(made, css))
        if old != new:
            yield f"selector {css} finds {new} in the golden page and found {old}"


def _copied(source: Any, made: Any) -> Iterator[str]:
    """Runs of words that both pages have in their texts, values and JSON-LD: there must be none."""
    ours = {run for text in texts(source) for run in runs(text)}
    for text in texts(made):
        for run in runs(text):
            if run in ours:
                yield f"COPIED: {' '.join(run)!r} is the page's own: replace it"
                break


def texts(tree: Any) -> Iterator[str]:
    """All texts of a page: its lines, the values of attributes that are none of addresses, the strings of JSON-LD."""
    for block in _blocks(tree, set()):
        yield "".join(slot.text for slot in block)
    for element in tree.iter():
        if element.tag == "script":
            for text in re.findall(r'"((?:[^"\\]|\\.)*)"', element.text or ""):
                yield from _bits(text.replace("\\/", "/"))
        for name, value in element.attrib.items():
            if name in ADDRESSES | TEXTS | {"content"} or (" " in value and name not in KEPT_VALUES | {"class", "id"}):
                yield from _bits(value)


def _bits(value: str) -> Sequence[str]:
    """A value, or the parts of it where it is an address or a mark."""
    return [value] if " " in value.strip() else re.split(r"[^\w-]+", value)
