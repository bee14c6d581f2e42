"""Web pages: checks before and after parsing, the body's lines by profile or trafilatura, the page's own metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kutub.article.blocks import block_lines, tags_of, text_of
from kutub.article.drop import PageDroppedError, library_failures
from kutub.article.lines import FEW_WORDS, is_prose, normal, words
from kutub.article.publishers import PageAnatomy, Publisher, publisher_of
from kutub.article.rules import Rules, all_dates, load_rules, shared
from kutub.language import available
from kutub.records import DropReason, LeftOutReason

if TYPE_CHECKING:
    from kutub.article.metadata import Metadata

TEXT_LIMIT = 5 * 1024 * 1024  # characters of a page
DEPTH_LIMIT = 256
PATH_LIMIT = 2_000_000  # tags times levels: selectors visit as many elements
TAG_LIMIT = 30_000  # opening tags of a page; a long news page has some 5,000
ATTRIBUTE_LIMIT = 1000  # attributes of a tag
_LINK_LENGTH = (15, 250)  # characters of a link's text that may be a headline
_ELSEWHERE, _ELSEWHERE_WORDS = 1.5, 120  # how much more than the body may stand in other paragraphs of a page
_STORY_PARAGRAPHS = 3  # that an element which is not the story cannot hold
_HEADINGS = ("h1", "h2", "h3")
_HEADING_LIMIT = 400  # characters of a heading
_STAMP = (8, 80)  # characters of a text that may be a date line
_NEAR, _ABOVE = 10, 3  # such texts below and above a heading that are near it
_STAMPS = 40  # such texts that are looked at
_EXACT = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?=T\d)")

# One attribute of a tag; atomic, so that nothing is tried twice and the scan is linear in time.
_ATTRIBUTE = r"""(?>[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?>"[^"]*+"|'[^']*+'|[^\s>]*+))?+)"""
_MANY = rf"(?:{_ATTRIBUTE}){{{ATTRIBUTE_LIMIT + 1}}}+"
_TAGS = re.compile(
    rf"""
    <!--(?:(?>.*?-->)|.*+)
    | <(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes)(?=[\s/>])
      (?:(?P<many_raw>{_MANY})|(?:{_ATTRIBUTE})*+)[\s/]*+>?
      (?:(?>.*?(?=</(?P=raw)))|.*+)
    | </?[a-z][^\s/>]*+(?:(?P<many>{_MANY})|(?:{_ATTRIBUTE})*+)
    | <[!?/][^>]*+>?
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


# Characters that XML does not have, as such and as references: libraries raise an error over them.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+")
_UNFIT_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[1245-9]|2\d|3[01]|6553[45])|[xX]0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]|[fF]{3}[efEF]))(?:;|(?![0-9a-fA-F]))"
)
_EARLY_END = re.compile(r"</(?:body|html|BODY|HTML|Body|Html)\s{0,20}>")  # what follows is the page's all the same
_BREAKS = ("\n", "\r", "\x85", "\u2028", "\u2029")  # lines of the source are no lines of the text


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPage:
    """A parsed page: what it states, the lines of its body, lines known not to be the story, and dates it shows.

    `publisher` is its profile, where there is one. The body of such a page holds the lines that are not the story too.
    """

    metadata: Metadata
    body: tuple[str, ...]
    known: Mapping[str, LeftOutReason]  # normal() of a line -> reason
    shown: str  # normal() of the text that the page shows, for asking whether something is shown
    stamps: tuple[str, ...]  # short texts around the heading, the likeliest first: one may be a date line
    publisher: Publisher | None = None
    is_selected: bool = False  # whether the body was selected by the profile
    has_own_byline: bool = False  # whether the profile found the byline
    has_own_deck: bool = False  # whether the profile says where a deck stands; then there is none elsewhere


def read_web_page(text: str, *, url: str | None = None) -> WebPage:
    """Takes a page apart. url: its address, where it is known. Raises PageDroppedError: TOO_LARGE, TOO_DEEP, NO_TEXT,
    FAILED."""
    tags = check(text)
    from kutub.article.metadata import read_metadata

    with library_failures():
        tree = _parsed(text, tags)
        metadata = read_metadata(tree)
        _drop_scripts(tree)
        if metadata.is_front_page:
            raise PageDroppedError(DropReason.NO_TEXT, "front page")
        publisher = publisher_of([url, metadata.url])
        if publisher:
            metadata = replace(metadata, publisher=publisher.name)
            selected = publisher.selected(tree, metadata.published)
            page = _by_profile(tree, publisher, *selected, metadata) if selected else None
            if page and not _is_fragment(page, tree):
                return page
        known = dict(_known(tree))
        shown, stamps = _shown(tree, metadata.title)
        body = tuple(_body_lines(tree))
        if _is_short(body) and metadata.body:
            body = tuple(line.strip() for line in metadata.body.splitlines() if line.strip())
        elif _is_short(body):
            body = tuple(_body_lines(_without_tables(_drop_scripts(_parsed(text)))))
    return WebPage(metadata=metadata, body=body, known=known, shown=shown, stamps=stamps, publisher=publisher)


def _is_fragment(page: WebPage, tree: Any) -> bool:
    """Whether most of the page's paragraphs stand outside the body that a profile found: its markup is broken."""
    story = len(words(" ".join(page.body)))
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

    reasons = {
        element: reason
        for reason, path in anatomy.left_out
        for body in elements
        for element in path(body)
        if not _holds_story(element)
    }
    lines = [line for body in elements for line in block_lines(body, reasons)]
    story = [line.text for line in lines if line.reason is None]
    if _is_short(story):
        return None
    known = {text: reason for body in elements for text, reason in _known(body)}
    known |= {normal(line.text): line.reason for line in lines if line.reason}
    shown, stamps = _shown(tree, metadata.title)
    dates = load_rules(publisher.languages[0]).dates if publisher.languages[0] in available() else all_dates()
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
        body=tuple(line.text for line in lines),
        known=known,
        shown=shown,
        stamps=stamps,
        publisher=publisher,
        is_selected=True,
        has_own_byline=bool(byline),
        has_own_deck=bool(anatomy.fields["deck"]),
    )


def _holds_story(element: Any) -> bool:
    """Whether an element holds several paragraphs: one that lacks its end tag seems to hold all that follows."""
    paragraphs = (child for child in element.iter("p", "div") if not child.xpath("boolean(p | div)"))
    return sum(is_prose(text_of(child)) for child in paragraphs) >= _STORY_PARAGRAPHS


def check(text: str) -> int:
    """How many tags a page opens. Refuses pages that parsers choke on. Linear in time.

    Raises PageDroppedError (TOO_LARGE): over 5 M characters, 30,000 tags, 1,000 attributes in a tag.
    """
    if len(text) > TEXT_LIMIT:
        raise PageDroppedError(DropReason.TOO_LARGE, f"over {TEXT_LIMIT // 1024**2} M characters")
    tags = 0
    for match in _TAGS.finditer(text):
        if match["many"] or match["many_raw"]:
            raise PageDroppedError(DropReason.TOO_LARGE, f"a tag with over {ATTRIBUTE_LIMIT} attributes")
        tags += text[match.start() + 1] not in "/!?"
        if tags > TAG_LIMIT:
            raise PageDroppedError(DropReason.TOO_LARGE, f"over {TAG_LIMIT:,} tags")
    return tags


def _parsed(text: str, tags: int = 0) -> Any:
    """The tree of a page that opens so many tags.

    The parser would cut a deep page without a word: its limits are lifted, depth is checked here.
    """
    from lxml import html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        source = _EARLY_END.sub("", _UNFIT_REFERENCE.sub(" ", _UNFIT.sub(" ", text)))
        for sign in _BREAKS:
            source = source.replace(sign, " ")
        tree = html.document_fromstring(source.encode("utf-8"), parser=parser)
    except html.etree.ParserError as error:  # nothing but white space or comments
        raise PageDroppedError(DropReason.NO_TEXT, str(error)[:80]) from error
    limit = min(DEPTH_LIMIT, PATH_LIMIT // max(tags, 1))
    if tree.xpath("boolean(/" + "*/" * limit + "*)"):
        raise PageDroppedError(DropReason.TOO_DEEP, f"over {limit} levels, with {tags:,} tags")
    return tree


def _drop_scripts(tree: Any) -> Any:
    """The tree without scripts and empty marks, over which trafilatura loses text; bare texts are made paragraphs."""
    for element in list(tree.iter("script", "style", "noscript", "template")):
        element.drop_tree()
    for element in list(tree.iter("span", "b", "strong", "i", "em", "a")):
        if not len(element) and not (element.text and element.text.strip()):
            element.drop_tag()
    for element in list(tree.iter("div", "article", "section", "td", "main")):
        is_apart = len(element) > 0 and element[0].tag in tags_of("parting")
        if is_apart and element.text and is_prose(text := " ".join(element.text.split())):
            paragraph = element.makeelement("p")
            paragraph.text, element.text = text, None
            element.insert(0, paragraph)
    return tree


def _without_tables(tree: Any) -> Any:
    """The tree with its tables made divisions: old pages hold the story in one."""
    for element in tree.iter("table", "thead", "tbody", "tr", "td", "th"):
        element.tag = "div"
    return tree


def _body_lines(tree: Any) -> Iterator[str]:
    """The lines of the story as trafilatura sees it; scripts are taken out of the tree before."""
    from trafilatura import bare_extraction

    document = bare_extraction(
        tree, favor_precision=True, include_comments=False, include_tables=False, with_metadata=False
    )
    for line in (document.text or "").splitlines() if document else ():
        if squeezed := " ".join(line.split()):
            yield squeezed


def _known(tree: Any) -> Iterator[tuple[str, LeftOutReason]]:
    """Texts that are not the story wherever they stand: captions, and whole links (headlines of other stories)."""
    low, high = _LINK_LENGTH
    for link in tree.iter("a"):
        text = link.text_content() if len(link) else link.text or ""
        if len(text) >= low and low <= len(text := normal(text[: 2 * high])) <= high:
            yield text, LeftOutReason.RECOMMENDED
    classes = [f"contains(concat(' ', @class, ' '), ' {name} ')" for name in shared()["caption_classes"]]
    for caption in tree.xpath("descendant::figcaption | descendant::*[" + " or ".join(classes) + "]"):
        for text in (normal(caption.text_content()[:1000]), *map(normal, caption.itertext())):
            if len(text) >= low:
                yield text, LeftOutReason.CAPTION


def _shown(tree: Any, title: str | None) -> tuple[str, tuple[str, ...]]:
    """What the page shows as text, and the short texts around its heading, the likeliest to be a date line first.

    The exact time that an element keeps beside what it shows ("1 hour ago") stands before that.
    """
    before: list[str] = []
    after: list[str] = []
    heading = _heading(tree, title)
    stamps = before if heading is not None else after
    for element in tree.iter():
        if len(after) >= _STAMPS:
            break
        if not isinstance(element.tag, str) or element.tag == "title":
            own = ""
        else:
            own = element.text or ""
            stamps = after if element is heading else stamps
            if exact := _EXACT.match(element.get("title") or ""):
                stamps.append(exact[0])
        for text in (own, element.tail or ""):
            if text and _STAMP[0] <= len(text.strip()) <= _STAMP[1]:
                stamps.append(" ".join(text.split()))
    return normal(tree.text_content()), (*after[:_NEAR], *reversed(before[-_ABOVE:]), *after[_NEAR:])


def _heading(tree: Any, title: str | None) -> Any:
    """The element that shows the title: a heading with most of its words (a logo may be one too) or an element of just
    that text; else the first heading of the first level, if there is one."""
    headings = [element for level in _HEADINGS for element in tree.iter(level)]
    if title:
        wanted = set(words(normal(title)))
        for element in headings:
            if len(wanted.intersection(words(normal(element.text_content()[:_HEADING_LIMIT])))) > len(wanted) / 2:
                return element
        for element in tree.iter():
            if element.tag != "title" and element.text and normal(element.text) == normal(title):
                return element
    return next((element for element in headings if element.tag == "h1"), None)


def deck_of(page: WebPage) -> str | None:
    """The page's description, if it is shown and neither the body nor the title says it already."""
    deck = page.metadata.description
    if not deck or page.has_own_deck:
        return deck
    core = normal(deck).rstrip(".… ")
    body = normal(" ".join(page.body))
    if len(words(core)) < 4 or core[:60] in body or core[-60:] in body or core in normal(page.metadata.title or ""):
        return None
    return deck if core in page.shown else None


def stamped_date_line(page: WebPage, rules: Rules) -> str | None:
    """The likeliest of the short texts around the heading that is a date line; None if there is none."""
    from kutub.article.dates import is_date_line

    return next((stamp for stamp in page.stamps if is_date_line(stamp, rules)), None)
