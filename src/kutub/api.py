"""The Python interface: `kutub.code`, `kutub.read`, `kutub.explain`, `kutub.relate`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kutub.errors import InputError
from kutub.pipeline import Counts, Run, code_paths
from kutub.pipeline.pool import work_through
from kutub.pipeline.work import Settings, coder_for, read_page
from kutub.records import Article, Dropped, DropReason, Page

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
    columns: Mapping[str, str] | None = None,
    on_progress: Callable[[Counts], None] | None = None,
    on_notice: Callable[[str], None] | None = None,
) -> Run:
    """Code files, folders and corpora; the Run yields Events and has `to_arrow`, `to_pandas`, `write`, `counts`.

    published: date (or ISO 8601 text) of articles that have none of their own; language: ISO 639-1 code, recognised for
    each article where it is not given; jobs: number of worker processes; models: folders of other models by language
    code; columns: the columns of corpora by field, e.g. {"text": "body", "date": "posted"} (docs/corpora.md);
    on_progress: called with the counts after every page; on_notice: called with lines that say how a corpus is read.
    Raises InputError for a path, date, language or column that cannot be used.
    """
    return code_paths(
        _listed(paths),
        published=_day(published),
        language=language,
        jobs=jobs,
        models=models,
        columns=columns,
        on_progress=on_progress,
        on_notice=on_notice,
    )


def read(
    paths: Paths,
    *,
    published: date | str | None = None,
    language: str | None = None,
    jobs: int = 1,
    stdin: BinaryIO | None = None,
    outputs: Iterable[str | Path] = (),
    columns: Mapping[str, str] | None = None,
    on_bad_date: Callable[[str, object], None] | None = None,
    on_notice: Callable[[str], None] | None = None,
) -> Iterator[Article | Dropped]:
    """Read articles without coding them, in the order of the paths.

    jobs: number of worker processes; outputs: files that will be written: skipped in folders; columns and on_notice: as
    for `code`; on_bad_date: called with the place (`file:row`) and the value of a row's date that cannot be read.
    Raises InputError as `code` does, and for a path that is an output.
    """
    from kutub.article import row_date
    from kutub.language import load_language
    from kutub.sources import Dates, read_pages

    if language:
        load_language(language)
    day = _day(published)
    dates = Dates(read=lambda value, code: row_date(value, language or code), on_bad=on_bad_date)
    pages = read_pages(
        _listed(paths), stdin=stdin, outputs=list(outputs), dates=dates, columns=columns, on_notice=on_notice
    )
    yield from work_through(pages, work=read_page, settings=Settings(published=day, language=language), jobs=jobs)


def explain(
    text: str | Article,
    *,
    published: date | str | None = None,
    language: str | None = None,
    models: Mapping[str, str] | None = None,
) -> Explanation:
    """Why a sentence, a text or an article gives the events that it gives: its parse, clauses, rules and events.

    A text is read as the text of a corpus row is: mended, without its dateline. published and language are for texts;
    an article has its own. Raises InputError when the text is empty, or the language is not given and cannot be
    recognised.
    """
    from kutub.coder.trace import Explanation

    article = text if isinstance(text, Article) else _article_of(text, _day(published), language)
    coder = coder_for(article.language, (models or {}).get(article.language))
    return Explanation(language=article.language, sentences=coder.trace(article, full=True))


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


def _article_of(text: str, published: date | None, language: str | None) -> Article:
    """The article that a text is; all of it is body where it has too few words for one and its language is given.

    Raises InputError where the text is empty, or its language is not one that Kutub knows.
    """
    from kutub.article import plain_article, read_article
    from kutub.language import available

    if not text.strip():
        raise InputError("the text is empty", hint="give a sentence or a text")
    found = read_article(Page(path="text", id="text", text=text), published=published, language=language)
    if isinstance(found, Article):
        return found
    if found.reason is DropReason.NO_TEXT and language:
        return plain_article(text, published=published, language=language)
    reason = f"{found.reason.value}{f' ({found.detail})' if found.detail else ''}"
    is_guess = found.reason is DropReason.UNKNOWN_LANGUAGE
    hint = f"name its language with --lang {'|'.join(available())} if the guess is wrong" if is_guess else ""
    raise InputError(f"the text cannot be read: {reason}", hint=hint)


def _listed(paths: Paths) -> list[str]:
    return [str(paths)] if isinstance(paths, str | Path) else [str(path) for path in paths]


def _day(day: date | str | None) -> date | None:
    if not isinstance(day, str):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise InputError(f"{day!r} is no date", hint="write it as YYYY-MM-DD, e.g. 2024-03-05") from None
