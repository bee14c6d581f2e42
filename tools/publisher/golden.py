"""Makes a golden page from a real one: the same anatomy, every text ours; and what the profile reads from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kutub.article.decoding import decode
from kutub.article.metadata import read_metadata
from kutub.article.parsing import parsed
from kutub.article.publishers import PageAnatomy, Publisher, publisher_of
from kutub.article.rules import load_rules
from kutub.article.selection import is_caption
from kutub.datafiles import read_yaml
from kutub.errors import InputError
from kutub.records import Article, PieceKind
from tools.publisher.expected import COMPARED, expectation
from tools.publisher.markup import Markup, prune, strip
from tools.publisher.pages import SavedPage, find, load_page, read_saved
from tools.publisher.slots import Slot, blocks, texts, write_block
from tools.publisher.stock import Kind
from tools.publisher.texts import KEPT_WORDS, Writer, runs

_CONTAINS = re.compile(r""":contains\(["']([^"']+)["']\)""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Golden:
    """A golden page with its expectation, and what its author has to look at."""

    html: str
    yaml: str
    notes: tuple[str, ...]


def golden(path: Path, *, id: str) -> Golden:
    """The golden page of a saved page for a profile (kompas) or its second or third form (kompas-2).

    Raises InputError where the page is not one of the profile's.
    """
    page = load_page(path)
    profile, anatomy = _profile(page, id)
    source = _tree(page.content)
    strip(source)
    prune(source, anatomy.found(source, "body"), {found for css in _selectors(profile) for found in find(source, css)})
    before = read_saved(_saved(page, source))
    tree = deepcopy(source)
    _rewrite(tree, profile, anatomy, before)
    made = _saved(page, tree)
    after = read_saved(made)
    notes = [*_differences(before, after), *_lost_selectors(profile, source, tree), *_copied(source, tree)]
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
    return parsed(decode(content).text)


def _saved(page: SavedPage, tree: Any) -> SavedPage:
    """The tree as a page again."""
    from lxml import html

    text = html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>", include_meta_content_type=True)
    content = (re.sub(r"[ \t]*\n\s*", "\n", text) + "\n").encode("utf-8")
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
        writer.known[title] = writer.stock.title(title)
    if article.deck:
        writer.known[article.deck] = writer.stock.nearest("decks", len(article.deck.split()))
    for element in tree.iter("meta"):  # tidied first, so that what is said twice is replaced once
        if element.get("content"):
            element.set("content", " ".join(element.get("content").split()))
    reasons = {found for _, path in anatomy.left_out for body in anatomy.found(tree, "body") for found in path(body)}
    inside = {element for body in anatomy.found(tree, "body") for element in body.iter()}
    for block in list(blocks(tree, reasons)):
        write_block(block, writer, kind=_kind(block, inside))
    _know_descriptions(tree, writer)
    hosts = [host.split("/")[0] for host in profile.hosts]
    marks = {name for css in selectors for name in re.findall(r"\[([\w-]+)[~|^$*]?=", css)}
    markup = Markup(writer, hosts=hosts, marks=marks)
    for element in list(tree.iter()):
        if element.tag == "script":
            element.text = markup.json_ld(element.text or "") or "{}"
        markup.attributes(element)


def _kind(block: Sequence[Slot], inside: set[Any]) -> Kind:
    holders = [slot.element.getparent() if slot.tail else slot.element for slot in block]
    for element in [holders[0], *holders[0].iterancestors()]:
        if is_caption(element):
            return Kind.CAPTION
    return Kind.STORY if any(holder in inside for holder in holders) else Kind.OTHER


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


def _differences(before: Article, after: Article) -> Iterator[str]:
    """Where the golden page is read in another way than the page that it was made from."""
    for name in COMPARED:
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


def _lost_selectors(profile: Publisher, source: Any, made: Any) -> Iterator[str]:
    """Selectors of the profile that find more or less in the golden page than in the page."""
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
