"""The markup of a golden page: what of a real page's elements, attributes and addresses stays, and in which form."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from kutub.article.rules import all_dates
from tools.publisher.days import other_time, renumbered, shifted
from tools.publisher.pages import known
from tools.publisher.stock import Kind
from tools.publisher.texts import KEPT_WORDS, Writer

DROPPED = ("style", "noscript", "template", "iframe", "svg", "object", "embed", "video", "audio", "canvas", "base")
LINKS = ("canonical", "amphtml", "author")  # relations of link elements that stay
KEPT_VALUES = frozenset(
    (
        "rel", "role", "type", "dir", "lang", "name", "property", "http-equiv", "charset", "itemtype", "itemscope",
        "colspan", "rowspan", "for", "target", "method", "width", "height", "loading", "prefix", "xmlns", "xml:lang",
    )
)  # fmt: skip
ADDRESSES = frozenset(("href", "src", "action", "cite", "itemid", "data-src", "data-url", "poster"))
TEXTS = frozenset(("alt", "title", "placeholder", "aria-label", "summary", "label", "value"))
LEVELS = 3  # of descendants that make elements alike
MOST_OUTSIDE, MOST_PARAGRAPHS = 2, 7  # elements that are alike, outside and inside a body
MOST_ASIDE = 15  # elements of a part of the page where no selector of the profile finds anything
_NAME_PARTS = 8  # parts of a class or id
_NAME_LENGTH = 80
_OF_ARTICLE = re.compile(
    r"(?:tag|category|author|post|term|topic)-(?:\w+-){2,}", re.IGNORECASE
)  # classes that name topics
_CODE = re.compile(r"(?=\w*\d)(?=\w*[A-Za-z])[\w-]{14,}")  # of a service that counts visitors
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)", re.IGNORECASE)


def strip(tree: Any) -> None:
    """Take out scripts (but JSON-LD), styles, frames, and what of the head says nothing of the article."""
    from lxml import etree

    for element in list(tree.iter(*DROPPED)):
        element.drop_tree()
    for element in list(tree.iter("script")):
        if element.get("type") != "application/ld+json":
            element.drop_tree()
    for element in list(tree.iter("link")):
        if element.get("rel") not in LINKS:
            element.drop_tree()
    dropped = re.compile("|".join(f"(?:{pattern})" for pattern in known()["meta_dropped"]), re.IGNORECASE)
    for element in list(tree.iter("meta")):
        name = element.get("name") or element.get("property") or element.get("http-equiv") or ""
        value = element.get("content") or element.get("charset") or ""
        if dropped.match(name) or not value or _CODE.fullmatch(value):
            element.drop_tree()
    for element in tree.iter(etree.Element):
        for name in list(element.attrib):
            if name in ("style", "srcset", "sizes", "integrity", "nonce", "crossorigin", "ping") or name.startswith(
                "on"
            ):
                del element.attrib[name]


def prune(tree: Any, bodies: Collection[Any], selected: Collection[Any]) -> None:
    """Keep a few of the elements that are alike and have one parent (the first and the last), and the first elements of
    each part of the page where the profile selects nothing."""
    inside = {element for body in bodies for element in body.iter()}
    for parent in list(tree.iter()):
        if parent.tag == "head":
            continue
        alike: dict[Any, list[Any]] = {}
        for child in parent:
            if isinstance(child.tag, str) and child.tag not in ("br", "td", "tr", "h1"):
                alike.setdefault(_form(child), []).append(child)
        for children in alike.values():
            most = MOST_PARAGRAPHS if parent in inside else MOST_OUTSIDE
            for child in children[most - 1 : -1]:
                child.drop_tree()
    needed = {ancestor for element in selected for ancestor in (element, *element.iterancestors())} | inside
    for element in list(tree.iter()):
        if element not in needed and element.getparent() in needed and element.getparent().tag != "head":
            for extra in list(element.iterdescendants())[MOST_ASIDE:]:
                if extra.getparent() is not None:
                    extra.drop_tree()


def _form(element: Any, depth: int = LEVELS) -> tuple[Any, ...]:
    """What makes elements alike: tag, classes, and what is in them but for inline text."""
    inner = {_form(child, depth - 1) for child in element if depth and isinstance(child.tag, str)}
    names = tuple(sorted(renumbered(name, least=1) for name in (element.get("class") or "").split()))
    plain = ("a", "b", "i", "em", "strong", "span", "br", "img")
    return (element.tag, names, frozenset(form for form in inner if form[0] not in plain or form[1] or form[2]))


class Markup:
    """Rewrites attributes, addresses and JSON-LD. marks: attributes whose values tell elements apart in the profile."""

    def __init__(self, writer: Writer, *, hosts: Collection[str], marks: Collection[str]) -> None:
        self.writer = writer
        self.hosts = hosts
        self.marks = {*marks} - {"content", "datetime"} - ADDRESSES
        self.pictures = 0
        self.addresses: dict[str, str] = {}

    def attributes(self, element: Any) -> None:
        """Put harmless values in the place of an element's."""
        if element.get("http-equiv"):
            return
        for name, value in list(element.attrib.items()):
            made = self._attribute(name, value)
            if made is None:
                del element.attrib[name]
            else:
                element.set(name, made)

    def _attribute(self, name: str, value: str) -> str | None:
        if not value or (name in KEPT_VALUES and len(value.split()) <= KEPT_WORDS and "//" not in value):
            return value
        if name == "class":
            return (
                " ".join(bit for token in value.split() if (bit := _named(token)) and not _OF_ARTICLE.match(bit))
                or None
            )
        if name in ("id", "itemprop") or name in self.marks or (name.startswith("aria-") and name != "aria-label"):
            return _named(value)
        if name == "content" or name == "datetime":
            return self.value(value)
        if name in ADDRESSES or value.startswith(("http://", "https://", "//", "/")):
            return self.address(value)
        if name in TEXTS:
            is_short = name == "aria-label" and len(value.split()) < KEPT_WORDS
            kind = Kind.CAPTION if name == "alt" else Kind.OTHER
            return value if is_short else self.writer.line(" ".join(value.split()), kind=kind)
        return _named(shifted(value, all_dates()), parts=KEPT_WORDS)

    def value(self, value: str) -> str:
        """A value of a meta element or of JSON-LD: an address, a date, a mark, or a text."""
        squeezed = " ".join(value.split())
        if squeezed.startswith(("http://", "https://", "//")):
            return self.address(squeezed)
        if all_dates().pattern.match(squeezed) and len(squeezed) <= 40:
            made = shifted(squeezed, all_dates())
            return made if re.search(r"\dT\d", made) else other_time(made)
        if " " not in squeezed and (named := _named(squeezed, parts=KEPT_WORDS)) and squeezed not in self.writer.known:
            return named
        return self.writer.line(squeezed)

    def address(self, address: str) -> str:
        """An address of the same form: host and short words of its path stay, the same is replaced by the same."""
        whole, hash, mark = address.strip().partition("#")
        if whole not in self.addresses:
            self.addresses[whole] = self._address(whole) if whole else ""
        stays = re.fullmatch(r"[A-Za-z]\w*(?:-\w+){0,4}|", mark)
        return self.addresses[whole] + (hash + mark if stays else "") or "#"

    def _address(self, address: str) -> str:
        try:
            parts = urlsplit(shifted(address, all_dates()))
        except ValueError:
            return "#"
        if parts.scheme not in ("", "http", "https"):
            return "mailto:redaksi@example.org" if parts.scheme == "mailto" else "#"
        host = parts.netloc.casefold()
        stays = [*self.hosts, *known()["platforms"]]
        if host and not any(host == name or host.endswith(f".{name}") for name in stays):
            host = "www.example.org"
        start = f"{parts.scheme}:" * bool(parts.scheme) + f"//{host}" * bool(host)
        if _IMAGE.search(parts.path):
            self.pictures += 1
            return f"{start}/images/{self.pictures}.jpg"
        segments = unquote(parts.path).split("/")
        if any(host == name or host.endswith(f".{name}") for name in known()["platforms"]):
            made = [part if not part or part in known()["platform_paths"] else "contoh" for part in segments]
        else:
            made = [self._segment(segment, place) for place, segment in enumerate(segments)]
        path = quote("/".join(made))
        return start + path or "/"

    def _segment(self, segment: str, place: int) -> str:
        """A part of a path: a word of a section or a number stays in form, a headline becomes another's."""
        stem, dot, ending = segment.rpartition(".")
        if not re.fullmatch(r"(?:s?html?|php|aspx?|jsp|xml|json)", ending):
            stem, dot, ending = segment, "", ""
        bits = re.split(r"[-_. +]", stem)
        spoken = [bit for bit in bits if re.fullmatch(r"[^\W\d_]{2,}", bit)]
        if len(spoken) > 1 or (spoken and place > 3):
            slug = re.findall(r"[a-z]+", self.writer.stock.nearest("headlines", len(spoken)).casefold())
            first, last = re.match(r"(?:\d+[-_])?", stem), re.search(r"(?:[-_][a-z]?\d+)?$", stem)
            ends = [renumbered(found[0], least=3) if found else "" for found in (first, last)]
            stem = "-".join(slug).join(ends)
        elif len(stem) > 14 or not spoken:
            stem = renumbered(stem, least=3) if len(segment) > 4 else stem
        return stem + dot + ending

    def json_ld(self, text: str) -> str | None:
        """A JSON-LD block with values of ours; None where it is none."""
        try:
            given = json.loads(text.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            return None
        made = json.dumps(self._json(given), ensure_ascii=False, indent=None, separators=(",", ":"))
        return made.replace("</", "<\\/")

    def _json(self, value: Any, name: str = "", kind: object = None) -> Any:
        if isinstance(value, dict):
            return {inner: self._json(held, inner, value.get("@type")) for inner, held in value.items()}
        if isinstance(value, list):
            return [self._json(held, name, kind) for held in value[:MOST_OUTSIDE]]
        if isinstance(value, str):
            if name.startswith("@") and not value.startswith("http"):
                return value
            is_person = kind == "Person" or name in ("author", "creator", "editor")
            is_name = is_person and name in ("name", "author", "creator", "editor") and not value.startswith("http")
            return self.writer.name(value) if is_name else self.value(value)
        if isinstance(value, int) and not isinstance(value, bool) and value > 99_999:
            return int(renumbered(str(value)))
        return value


def _named(name: str, *, parts: int = _NAME_PARTS) -> str | None:
    """A class, id or mark with other long numbers; None where it is no such thing but a text or a code."""
    made = renumbered(name)
    if len(made) > _NAME_LENGTH or len(re.split(r"[-_\s]+", made)) > parts + made.count("__"):
        return None
    return made if re.fullmatch(r"[\w:/.@#-]+(?: [\w:/.@#-]+){0,2}", made) else None
