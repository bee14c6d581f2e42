"""Web pages: the body's lines by profile or trafilatura, the page's own metadata, and the dates that it shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kutub.article.blocks import BlockLine, block_lines, text_of
from kutub.article.drop import PageDroppedError, library_failures
from kutub.article.lines import FEW_WORDS, is_prose, normal, words
from kutub.article.listing import is_listing
from kutub.article.parsing import check, drop_scripts, parsed, without_tables
from kutub.article.publishers import PageAnatomy, Publisher, publisher_of
from kutub.article.rules import Rules, all_dates, load_rules
from kutub.article.selection import known_texts, selected_lines
from kutub.article.shown import shown_by
from kutub.article.surroundings import surrounded
from kutub.language import available
from kutub.records import DropReason, LeftOutReason

if TYPE_CHECKING:
    from kutub.article.metadata import Metadata

_ELSEWHERE, _ELSEWHERE_WORDS = 1.5, 120  # how much more than the body may stand in other paragraphs of a page


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPage:
    """A parsed page: what it states, the lines of its body, texts known not to be the story, and dates it shows.

    `publisher` is its profile, where there is one. The body holds the lines among the story that are not the story too,
    with their reasons. Where the profile has selected it, these are all that is known; on any other page lines without
    a reason are told by `known` and by rules, and `above` and `below` are lines beside the body that may belong to it.
    """

    metadata: Metadata
    body: tuple[BlockLine, ...]
    above: tuple[BlockLine, ...] = ()
    below: tuple[BlockLine, ...] = ()
    shown: str  # normal() of the text that the page shows, for asking whether something is shown
    stamps: tuple[str, ...]  # short texts around the heading, the likeliest first: one may be a date line
    known: Mapping[str, LeftOutReason] = field(default_factory=dict)  # normal() of a line -> reason
    publisher: Publisher | None = None
    is_selected: bool = False  # whether the body was selected by the profile
    has_own_byline: bool = False  # whether the profile found the byline
    has_own_deck: bool = False  # whether the profile says where a deck stands; then there is none elsewhere

    @property
    def company_names(self) -> tuple[str, ...]:
        """The names of the publisher that its profile knows."""
        return (self.publisher.name, *self.publisher.companies) if self.publisher else ()

    @property
    def body_text(self) -> str:
        """All lines of the body."""
        return "\n".join(line.text for line in self.body)

    @property
    def story_text(self) -> str:
        """The lines of the body that are not known to be something else."""
        return "\n".join(line.text for line in self.body if line.reason is None)


def read_web_page(text: str, *, url: str | None = None) -> WebPage:
    """Takes a page apart. url: its address, where it is known. Raises PageDroppedError: TOO_LARGE, TOO_DEEP, NO_TEXT,
    FAILED."""
    tags = check(text)
    from kutub.article.metadata import read_metadata

    with library_failures():
        tree = parsed(text, tags)
        metadata = read_metadata(tree)
        drop_scripts(tree)
        if metadata.is_front_page:
            raise PageDroppedError(DropReason.NO_TEXT, "front page")
        publisher = publisher_of([url, metadata.url])
        if publisher:
            metadata = replace(metadata, publisher=publisher.name)
            selected = publisher.selected(tree, metadata.published)
            page = _by_profile(tree, publisher, *selected, metadata) if selected else None
            if page and not _is_fragment(page, tree):
                return page
        page = _in_general(tree, text, metadata)
    return replace(page, publisher=publisher)


def _in_general(tree: Any, source: str, metadata: Metadata) -> WebPage:
    """The page as trafilatura sees it. Raises PageDroppedError (NO_TEXT) where it holds headlines of other pages."""
    everything = block_lines(tree, {})
    known = known_texts(tree, everything)
    shown, stamps = shown_by(tree, metadata.title)
    lines = list(_body_lines(tree))
    if not metadata.is_article and is_listing(everything, lines, metadata.title):
        raise PageDroppedError(DropReason.NO_TEXT, "headlines of other pages")
    if _is_short(lines) and metadata.body:
        lines = [line.strip() for line in metadata.body.splitlines() if line.strip()]
    elif _is_short(lines):
        lines = list(_body_lines(without_tables(drop_scripts(parsed(source)))))
    story = surrounded(everything, lines, known)
    return WebPage(
        metadata=metadata,
        body=story.lines,
        above=story.above,
        below=story.below,
        known=known,
        shown=shown,
        stamps=stamps,
    )


def _is_fragment(page: WebPage, tree: Any) -> bool:
    """Whether most of the page's paragraphs stand outside the body that a profile found: its markup is broken."""
    story = len(words(page.body_text))
    paragraphs = map(text_of, tree.iter("p"))
    shown = sum(len(words(text)) for text in paragraphs if is_prose(text))
    return shown - story > max(_ELSEWHERE * story, _ELSEWHERE_WORDS)


def _is_short(body: Sequence[str]) -> bool:
    return len(words(" ".join(body))) < FEW_WORDS


def _by_profile(
    tree: Any, publisher: Publisher, anatomy: PageAnatomy, elements: Sequence[Any], metadata: Metadata
) -> WebPage | None:
    """The page as its publisher's profile says, with the elements of its body; None where that gives no story."""
    from kutub.article.metadata import joined, named, stamped

    rules = load_rules(publisher.languages[0]) if publisher.languages[0] in available() else None
    lines = selected_lines(elements, anatomy.left_out, rules.summary if rules else None)
    story = [line.text for line in lines if line.reason is None]
    if _is_short(story):
        return None
    shown, stamps = shown_by(tree, metadata.title)
    dates = rules.dates if rules else all_dates()
    texts = {field: [joined(element) for element in anatomy.found(tree, field)] for field in ("title", "deck")}
    byline = named(anatomy.found(tree, "byline"))
    return WebPage(
        metadata=replace(
            metadata,
            title=next(filter(None, texts["title"]), metadata.title),
            description=next(filter(None, texts["deck"]), None if anatomy.fields["deck"] else metadata.description),
            author=byline or metadata.author,
            editor=named(anatomy.found(tree, "editor")) or metadata.editor,
            published=stamped(anatomy.found(tree, "published"), dates) or metadata.published,
        ),
        body=tuple(lines),
        shown=shown,
        stamps=stamps,
        publisher=publisher,
        is_selected=True,
        has_own_byline=bool(byline),
        has_own_deck=bool(anatomy.fields["deck"]),
    )


def _body_lines(tree: Any) -> Iterator[str]:
    """The lines of the story as trafilatura sees it; scripts are taken out of the tree before."""
    from trafilatura import bare_extraction

    document = bare_extraction(
        tree, favor_precision=True, include_comments=False, include_tables=False, with_metadata=False
    )
    for line in (document.text or "").splitlines() if document else ():
        if squeezed := " ".join(line.split()):
            yield squeezed


def deck_of(page: WebPage) -> str | None:
    """The page's description, if it is shown and neither the body nor the title says it already."""
    deck = page.metadata.description
    if not deck or page.has_own_deck:
        return deck
    core = normal(deck).rstrip(".… ")
    body = normal(page.body_text if page.is_selected else page.story_text)
    if len(words(core)) < 4 or core[:60] in body or core[-60:] in body or core in normal(page.metadata.title or ""):
        return None
    return deck if core in page.shown else None


def stamped_date_line(page: WebPage, rules: Rules) -> str | None:
    """The likeliest of the short texts around the heading that is a date line; None if there is none."""
    from kutub.article.dates import is_date_line

    return next((stamp for stamp in page.stamps if is_date_line(stamp, rules)), None)
