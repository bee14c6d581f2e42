"""The Python interface: `kutub.code`, `kutub.read`, `kutub.explain`, `kutub.relate`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
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
    from kutub.coder.who import Identity

BREAK = "\n\n"  # between a context and the text
Paths = str | Path | Iterable[str | Path]


def code(
    paths: Paths,
    *,
    published: date | str | None = None,
    language: str | None = None,
    jobs: int = 1,
    models: Mapping[str, str] | None = None,
    actors: str | Path | None = None,
    columns: Mapping[str, str] | None = None,
    date_order: str | None = None,
    on_progress: Callable[[Counts], None] | None = None,
    on_notice: Callable[[str], None] | None = None,
) -> Run:
    """Code files, folders and corpora; the Run yields Events and has `to_arrow`, `to_pandas`, `write`, `counts`.

    published: date (or ISO 8601 text) of articles that have none of their own; language: ISO 639-1 code, recognised for
    each article where it is not given; jobs: number of worker processes; models: folders of other models by language
    code; actors: a CSV file of your own actors (docs/data/actors.md);
    columns: the columns of corpora by field, e.g. {"text": "body", "date": "posted"} (docs/corpora.md);
    date_order: "day-month" or "month-day": which comes first in the dates of corpora such as 02/03/2024, where neither
    another value of the column nor the language tells it rightly;
    on_progress: called with the counts after every page; on_notice: called with lines that say how a corpus is read.
    Raises InputError for a path, date, language or column that cannot be used.
    """
    return code_paths(
        _listed(paths),
        published=_day(published),
        language=language,
        jobs=jobs,
        models=models,
        actors=_path(actors),
        columns=columns,
        date_order=date_order,
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
    date_order: str | None = None,
    on_bad_date: Callable[[str, str], None] | None = None,
    on_notice: Callable[[str], None] | None = None,
) -> Iterator[Article | Dropped]:
    """Read articles without coding them, in the order of the paths.

    jobs: number of worker processes; outputs: files that will be written: skipped in folders; columns, date_order and
    on_notice: as for `code`; on_bad_date: called with the place (`file:row`) and the value of the date of an article
    that cannot be read (`Article.unread_date`).
    Raises InputError as `code` does, and for a path that is an output.
    """
    from kutub.article import order_of, row_date
    from kutub.language import load_language
    from kutub.sources import Dates, read_pages

    if language:
        load_language(language)
    day = _day(published)
    dates = Dates(read=row_date, order=order_of(date_order))
    pages = read_pages(
        _listed(paths), stdin=stdin, outputs=list(outputs), dates=dates, columns=columns, on_notice=on_notice
    )
    for found in work_through(pages, work=read_page, settings=Settings(published=day, language=language), jobs=jobs):
        if on_bad_date and isinstance(found, Article) and found.unread_date is not None:
            on_bad_date(found.path, found.unread_date)
        yield found


def explain(
    text: str | Article,
    *,
    published: date | str | None = None,
    language: str | None = None,
    models: Mapping[str, str] | None = None,
    actors: str | Path | None = None,
) -> Explanation:
    """Why a sentence, a text or an article gives the events that it gives: its parse, clauses, rules and events.

    A text is read as the text of a corpus row is: mended, without its dateline. published and language are for texts;
    an article has its own; actors: a CSV file of your own actors. Raises InputError when the text is empty, or the
    language is not given and cannot be recognised.
    """
    from kutub.coder.trace import Explanation

    article = text if isinstance(text, Article) else _article_of(text, _day(published), language)
    coder = coder_for(article.language, (models or {}).get(article.language), _path(actors))
    return Explanation(language=article.language, sentences=coder.trace(article, full=True))


def who(
    text: str,
    *,
    published: date | str | None = None,
    language: str | None = None,
    context: str = "",
    models: Mapping[str, str] | None = None,
    actors: str | Path | None = None,
) -> tuple[Identity, ...]:
    """Whom the mentions of a text stand for on a day, in the order of the text; mentions that name nobody among them.

    published: the day; without one, offices that are still held count. context: what the article said before the text.
    actors: a CSV file of your own actors. Raises InputError as `explain` does, DataErrors for faults in the file.
    """
    from kutub.article import plain_article
    from kutub.language import load_language

    if not text.strip():
        raise InputError("the text is empty", hint="give a sentence or a name")
    code = load_language(language).code if language else _article_of(f"{context}\n\n{text}", None, None).language
    articles = [
        plain_article(part, published=_day(published), language=code) for part in (context, text) if part.strip()
    ]
    joint, start = articles[-1], 0
    if len(articles) > 1:
        start = len(articles[0].text) + len(BREAK)
        shifted = (replace(piece, start=piece.start + start, end=piece.end + start) for piece in joint.pieces)
        whole = articles[0].text + BREAK + joint.text
        joint = replace(joint, text=whole, pieces=(*articles[0].pieces, *shifted))
    coder = coder_for(code, (models or {}).get(code), _path(actors))
    found = (identity for trace in coder.trace(joint, full=True) for identity in trace.identities)
    return tuple(replace(one, start=one.start - start, end=one.end - start) for one in found if one.start >= start)


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


def _path(path: str | Path | None) -> str | None:
    return None if path is None else str(path)


def _day(day: date | str | None) -> date | None:
    if not isinstance(day, str):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise InputError(f"{day!r} is no date", hint="write it as YYYY-MM-DD, e.g. 2024-03-05") from None
