"""The Python interface: `kutub.code`, `kutub.read`, `kutub.explain`, `kutub.relate`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kutub.errors import InputError
from kutub.pipeline import Counts, Run, code_paths
from kutub.pipeline.work import coder_for
from kutub.records import Article, Dropped, Page

if TYPE_CHECKING:
    from kutub.coder import Relation
    from kutub.coder.trace import Explanation

Paths = str | Path | Iterable[str | Path]


def code(
    paths: Paths,
    *,
    published: date | str | None = None,
    language: str | None = None,
    jobs: int = 1,
    models: Mapping[str, str] | None = None,
    on_progress: Callable[[Counts], None] | None = None,
) -> Run:
    """Code files, folders and corpora; the Run yields Events and has `to_arrow`, `to_pandas`, `write`, `counts`.

    published: date (or ISO 8601 text) of articles that have none of their own; language: ISO 639-1 code, recognised for
    each article where it is not given; jobs: number of processes (a script that asks for more than one must guard its
    own start by `if __name__ == "__main__":`); models: folders of other models by language code; on_progress: called
    with the counts after every page. Raises InputError for a path, date or language that cannot be used.
    """
    return code_paths(
        _listed(paths),
        published=_day(published),
        language=language,
        jobs=jobs,
        models=models,
        on_progress=on_progress,
    )


def read(
    paths: Paths,
    *,
    published: date | str | None = None,
    language: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | Dropped]:
    """Read articles without coding them, in the order of the paths. Raises InputError as `code` does."""
    from kutub.article import read_article
    from kutub.language import load_language
    from kutub.sources import read_pages

    if language:
        load_language(language)
    day = _day(published)
    for page in read_pages(_listed(paths), stdin=stdin):
        yield page if isinstance(page, Dropped) else read_article(page, published=day, language=language)


def explain(
    text: str | Article,
    *,
    published: date | str | None = None,
    language: str | None = None,
    models: Mapping[str, str] | None = None,
) -> Explanation:
    """Why a sentence, a text or an article gives the events that it gives: its parse, clauses, rules and events.

    published and language are for texts; an article has its own. Raises InputError when the language is not given and
    cannot be recognised.
    """
    from kutub.coder.trace import Explanation
    from kutub.language import load_language

    if isinstance(text, Article):
        coder = coder_for(text.language, (models or {}).get(text.language))
        return Explanation(language=text.language, sentences=coder.trace(text, full=True))
    found = load_language(language).code if language else _recognised(text)
    return coder_for(found, (models or {}).get(found)).explain(text, published=_day(published))


def relate(
    text: str,
    actor: tuple[int, int],
    recipient: tuple[int, int],
    *,
    language: str = "en",
    abstain: bool = False,
    models: Mapping[str, str] | None = None,
) -> Relation:
    """The relation of two parties of a sentence, given as character offsets; always the best type unless `abstain`."""
    from kutub.language import load_language

    coder = coder_for(load_language(language).code, (models or {}).get(language))
    return coder.relate(text, actor, recipient, abstain=abstain)


def _recognised(text: str) -> str:
    """The language of a text. Raises InputError where it is not one that Kutub knows."""
    from kutub.article import read_article

    article = read_article(Page(path="text", id="text", text=text), published=None, language=None)
    if isinstance(article, Dropped):
        reason = f"{article.reason.value}{f' ({article.detail})' if article.detail else ''}"
        raise InputError(
            f"the text cannot be read: {reason}", hint="name its language, e.g. language='en' or --lang en"
        )
    return article.language


def _listed(paths: Paths) -> list[str]:
    return [str(paths)] if isinstance(paths, str | Path) else [str(path) for path in paths]


def _day(day: date | str | None) -> date | None:
    if not isinstance(day, str):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise InputError(f"{day!r} is no date", hint="write it as YYYY-MM-DD, e.g. 2024-03-05") from None
