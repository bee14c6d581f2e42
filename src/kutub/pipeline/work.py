"""What a worker does with a page: read it, or read and code it. Nothing heavy is imported before the first page."""

from __future__ import annotations

import hashlib
import traceback
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kutub.errors import KutubError, ModelError
from kutub.records import Article, Dropped, DropReason, Event, Page, Repair
from kutub.schema import to_json

if TYPE_CHECKING:
    from kutub.coder import Coder


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What holds for every page of a run: the user's date and language, models by language code, a file of actors."""

    published: date | None = None
    language: str | None = None
    models: Mapping[str, str] = field(default_factory=dict)
    actors: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """An article's events, packed: `payload` holds their JSON lines, `types` their types; `digest` hashes the text.

    `repairs` counts what was mended in its characters; `unread_date` is its row's date, where it could not be read;
    `is_mixed` tells whether passages in another language were left out.
    """

    id: str
    path: str
    digest: str
    is_dated: bool
    types: tuple[str, ...]
    payload: bytes
    repairs: tuple[tuple[Repair, int], ...] = ()
    unread_date: str | None = None
    is_mixed: bool = False

    def lines(self) -> list[str]:
        """The events as JSON lines, in reading order."""
        return unpack(self.payload)


def pack(events: Sequence[Event]) -> bytes:
    """Events as compressed JSON lines. Raises ValueError where JSON or UTF-8 cannot hold a value."""
    return zlib.compress("\n".join(map(to_json, events)).encode("utf-8"), 1)


def unpack(payload: bytes) -> list[str]:
    """The JSON lines that were packed."""
    text = zlib.decompress(payload).decode("utf-8")
    return text.split("\n") if text else []


@cache
def coder_for(language: str, model: str | None, actors: str | None = None) -> Coder:
    """The coder of a language, loaded once a process."""
    from kutub.coder import Coder

    if model is not None:
        check_model(model)
    return Coder.load(language, model=model, actors=actors)


def check_actors(actors: str) -> None:
    """Raise DataErrors for what is wrong in a file of the user's own actors."""
    from kutub.coder.overlay import read_overlay

    read_overlay(Path(actors))


def check_model(model: str) -> None:
    """Raise ModelError if there is no folder and no installed package of this name, or no pipeline in the folder."""
    hint = "give the folder of a spaCy pipeline, or the name of an installed one"
    folder = Path(model)
    if folder.exists():
        if not (folder / "config.cfg").is_file():
            raise ModelError("is no spaCy pipeline: it has no config.cfg", where=model, hint=hint)
        return
    try:
        distribution(model)
    except (PackageNotFoundError, ValueError) as error:
        raise ModelError("no such folder or installed pipeline", where=model, hint=hint) from error


def read_page(page: Page, settings: Settings, on_read: Callable[[], None]) -> Article | Dropped:
    """Read a page. What goes wrong with the page itself is Dropped(FAILED); errors of data are raised."""
    from kutub.article import read_article

    del on_read  # nothing follows
    return _guarded(page, lambda: read_article(page, published=settings.published, language=settings.language))


def code_page(page: Page, settings: Settings, on_read: Callable[[], None]) -> Coded | Dropped:
    """Read and code a page; `on_read` is called between.

    What goes wrong with the page itself is Dropped(FAILED); errors of data and models are raised.
    """
    article = read_page(page, settings, on_read)
    if isinstance(article, Dropped):
        return article
    on_read()
    return _guarded(page, lambda: _coded(page, article, settings))


Result = TypeVar("Result")


def _guarded(page: Page, work: Callable[[], Result]) -> Result | Dropped:
    try:
        return work()
    except (KutubError, MemoryError):
        raise
    except Exception as error:
        return Dropped(path=page.path, reason=DropReason.FAILED, detail=describe(error))


def _coded(page: Page, article: Article, settings: Settings) -> Coded | Dropped:
    try:
        digest = text_digest(article)
    except UnicodeEncodeError as error:
        return Dropped(path=page.path, reason=DropReason.UNDECODABLE, detail=str(error))
    article = replace(article, id=article.id.encode("utf-8", "replace").decode("utf-8"))
    coder = coder_for(article.language, settings.models.get(article.language), settings.actors)
    events = sorted(coder.code(article), key=reading_order)
    return Coded(
        id=article.id,
        path=article.path,
        digest=digest,
        is_dated=article.published is not None,
        types=tuple(event.type for event in events),
        payload=pack(events),
        repairs=article.repairs,
        unread_date=article.unread_date,
        is_mixed=article.is_mixed,
    )


def reading_order(event: Event) -> tuple[Any, ...]:
    """The key by which the events of an article are sorted."""
    return event.sentence_index, event.part, event.trigger.start, event.event_id


def text_digest(article: Article) -> str:
    """SHA-256 (hex) of an article's two texts. Raises UnicodeEncodeError for lone surrogates."""
    parts = (article.title_text or "", article.text)
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()


def describe(error: BaseException) -> str:
    """An unexpected error in one line: its type, its message, and where in Kutub (or else anywhere) it was raised."""
    frames = list(_frames(error))
    ours = [(path, line) for path, line in frames if "kutub" in Path(path).parts] or frames[-1:]
    location = ""
    if ours:
        path, line = ours[-1]
        location = f" ({Path(path).name}:{line})"
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}{location}"


def _frames(error: BaseException) -> Iterator[tuple[str, int]]:
    for frame in traceback.extract_tb(error.__traceback__):
        yield frame.filename, frame.lineno or 0
