"""The source of a web page becomes a tree: limits kept before and after parsing, and what is mended in the tree."""

from __future__ import annotations

import re
from typing import Any

from kutub.article.blocks import tags_of
from kutub.article.drop import PageDroppedError
from kutub.article.lines import is_prose
from kutub.records import DropReason

TEXT_LIMIT = 5 * 1024 * 1024  # characters of a page
DEPTH_LIMIT = 256
PATH_LIMIT = 2_000_000  # tags times levels: selectors visit as many elements
TAG_LIMIT = 30_000  # opening tags of a page; a long news page has some 5,000
ATTRIBUTE_LIMIT = 1000  # attributes of a tag

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


def parsed(text: str, tags: int = 0) -> Any:
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


def drop_scripts(tree: Any) -> Any:
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


def without_tables(tree: Any) -> Any:
    """The tree with its tables made divisions: old pages hold the story in one."""
    for element in tree.iter("table", "thead", "tbody", "tr", "td", "th"):
        element.tag = "div"
    return tree
