"""The records that the stages hand on: Page, Article, Sentence, Clause, Event.

All are frozen and hold plain values. Offsets are half-open character offsets ([start, end)) into the text of a part:
`text` is `Article.text`, `title` is the separate title column of a corpus row. A text is as given, unless something was
wrong with its characters (`Article.repairs`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Part(StrEnum):
    """Which of an article's two texts a span belongs to."""

    TITLE = "title"
    TEXT = "text"


class PieceKind(StrEnum):
    """What a codable piece of an article is."""

    TITLE = "title"
    DECK = "deck"
    BODY = "body"


class PublishedBasis(StrEnum):
    """Where the publication date was found, from the surest to the weakest."""

    GIVEN = "given"  # the corpus row's own column
    OPTION = "option"  # the user's --date
    METADATA = "metadata"  # JSON-LD, OpenGraph, meta or time elements
    DATELINE = "dateline"  # a date line in the text
    URL = "url"
    FILE_NAME = "file name"
    IMAGE_NAME = "image name"
    CRAWLED = "crawl date"  # when the page was fetched, as a corpus says


class PublishedConfidence(StrEnum):
    """How far the publication date can be trusted; told by its basis, and by how day and month were told apart."""

    HIGH = "high"  # given (unless day and month were told apart by the language), option, metadata
    MEDIUM = "medium"  # date line, address; given, with day and month in the language's order
    LOW = "low"  # names of files and images, and anything weaker


class DropReason(StrEnum):
    """Why a page gave no article."""

    EMPTY = "empty"
    BINARY = "binary"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too large"
    TOO_DEEP = "too deep"
    UNDECODABLE = "undecodable"
    BAD_JSON = "bad JSON"
    BAD_ROW = "bad row"
    NO_TEXT = "no article text"
    UNKNOWN_LANGUAGE = "unknown language"
    DUPLICATE_ID = "duplicate id"
    QUARANTINED = "quarantined"
    FAILED = "failed"


class LeftOutReason(StrEnum):
    """Why a stretch of a page is not the story."""

    READ_ALSO = "read also"
    RECOMMENDED = "recommended headline"
    TABLE = "table residue"
    IMAGE = "image residue"
    CAPTION = "caption or credit"
    COMMENT = "comment rule"
    BYLINE = "byline"
    DATE_LINE = "date line"
    NAVIGATION = "navigation"
    SHARE = "share notice"
    ADVERT = "advert"
    TAGS = "tags"
    COPYRIGHT = "copyright"
    TRUNCATED = "truncated ending"
    OTHER_LANGUAGE = "other language"


class Repair(StrEnum):
    """What was wrong with a text and was repaired, so that it differs from what was given."""

    REPLACED_BYTES = "replaced bytes"  # that stand for nothing in their encoding; now U+FFFD
    NUL = "NUL"  # now U+FFFD
    LONE_SURROGATE = "lone surrogate"  # now U+FFFD
    MOJIBAKE = "mojibake"  # UTF-8 that was read as another encoding
    ENTITY = "entity"  # a reference that stood in plain text
    ZERO_WIDTH = "zero width"
    BIDI_CONTROL = "bidi control"
    CONTROL = "control character"


class Modality(StrEnum):
    """PLOVER's auxiliary modes, and `actual` for their absence."""

    ACTUAL = "actual"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    NEGATION = "negation"
    HISTORICAL = "historical"


class DatePrecision(StrEnum):
    """How exactly an event's date is known; a week, month or year is written as its first day."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class DateBasis(StrEnum):
    """What an event's date rests on."""

    TEXT = "text"
    EVENT = "event"
    DATELINE = "dateline"
    PUBLISHED = "published"


class Voice(StrEnum):
    """How a predicate shows its parties."""

    ACTIVE = "active"
    PASSIVE = "passive"
    NOMINAL = "nominal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Something that may hold an article: bytes of a file or of standard input, or a corpus row already in fields."""

    path: str
    content: bytes = b""
    id: str | None = None  # always there for a corpus row that is a web page
    text: str | None = None  # a corpus row's text; then `content` is empty
    title: str | None = None
    deck: str | None = None
    byline: str | None = None
    editor: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: date | None = None
    stated: str | None = None  # the row's date as it is written, where it could not be read
    crawled: date | None = None  # when the page was fetched
    stated_crawled: str | None = None  # the same for that date
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A page that gave no article, with its reason."""

    path: str
    reason: DropReason
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A span of an article's text that is part of the story, in reading order: a title, a deck, a body paragraph."""

    kind: PieceKind
    part: Part
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A span of an article's text that is not the story."""

    text: str
    reason: LeftOutReason
    part: Part
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One story. `text` is as given (for HTML: title, deck and body joined by newlines), but for its `repairs`: the
    number of places that were mended, by kind.

    `title_text` is the separate title column of a corpus row (part `title`); None for pages and dumps, whose title is a
    span of `text`. `pieces` are what is coded; `left_out` is what is not, each with its reason. `unread_date` is the
    row's date as it is written, where it could not be read.
    """

    id: str
    path: str
    text: str
    pieces: tuple[Piece, ...]
    title_text: str | None = None
    title: str | None = None
    deck: str | None = None
    byline: str | None = None
    editor: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: date | None = None
    published_basis: PublishedBasis | None = None
    published_confidence: PublishedConfidence | None = None
    unread_date: str | None = None
    language: str
    left_out: tuple[LeftOut, ...] = ()
    repairs: tuple[tuple[Repair, int], ...] = ()

    @property
    def is_mixed(self) -> bool:
        """Whether passages in another language are left out."""
        return any(span.reason is LeftOutReason.OTHER_LANGUAGE for span in self.left_out)

    def part_text(self, part: Part) -> str:
        """The whole text of a part."""
        return (self.title_text or "") if part is Part.TITLE else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A Universal Dependencies word. `head` is the index of its head in the sentence, -1 for the root.

    feats: its features as UD writes them, `_` for none; entity: its BIO tag (PER, ORG, LOC), O for none.
    """

    index: int
    text: str
    start: int
    end: int
    upos: str
    lemma: str
    head: int
    deprel: str
    feats: str = "_"
    entity: str = "O"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A parsed sentence; offsets of it and of its tokens are into the article's part. `index` counts over the
    article."""

    part: Part
    kind: PieceKind
    index: int
    start: int
    end: int
    text: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A predicate with its arguments, as token indexes of the sentence; the passive is already undone.

    subject: who does it; object: whom or what it is done to; indirect: to or for whom; obliques: (marker, index)
    pairs, the
    marker being the preposition as the language's lexicon writes it ("" when bare); possessor and modifier only for
    nouns;
    complement: heads of complement and purpose clauses; inherited: True when the subject comes from another clause.
    """

    predicate: int
    lemma: str
    particle: str | None
    voice: Voice
    subject: tuple[int, ...] = ()
    object: tuple[int, ...] = ()
    indirect: tuple[int, ...] = ()
    obliques: tuple[tuple[str, int], ...] = ()
    possessor: tuple[int, ...] = ()
    modifier: tuple[int, ...] = ()
    complement: tuple[int, ...] = ()
    inherited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """The words that denote the event."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who takes part in an event.

    `name` is the canonical English name; `country` ISO 3166-1 alpha-3, PLOVER's UNO EUR IGO NGO ISM IMG MNC, or null;
    `sectors` PLOVER's, primary first; `title` the office held at the date.
    """

    text: str
    start: int
    end: int
    name: str
    country: str | None
    sectors: tuple[str, ...]
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it happened. Coordinates in degrees; never 0,0: null where unknown. precision: country, admin1, city,
    feature."""

    text: str
    name: str
    country: str | None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonameid: int | None = None
    precision: str = "country"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One coded event: the public contract, a line of JSON Lines, a row of Parquet (docs/events.md)."""

    article_id: str
    event_id: str
    part: Part
    sentence_index: int
    sentence: str
    trigger: Trigger
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad: int
    intensity: float
    cameo: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    modality: Modality
    attributed_to: tuple[Party, ...]
    date: str | None
    date_precision: DatePrecision | None
    date_basis: DateBasis | None
    place: Place | None
    confidence: float
    rule: str
    publisher: str | None
    url: str | None
    title: str | None
    published: str | None
    language: str
    story_id: str | None
    happening_id: str | None
    kutub: str
    codebook: str
    model: str


def printable(text: str) -> str:
    """Text on one line, without control characters (a terminal would obey them)."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
