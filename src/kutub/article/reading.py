"""A page becomes an article, or is dropped with its reason: the one place where that is decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from kutub.article.aside import belonging
from kutub.article.blocks import BlockLine
from kutub.article.bylines import names_in, persons
from kutub.article.dates import confidence_of, date_by_language, file_date, find_date, unread_date, url_date
from kutub.article.decoding import Decoded, decode, in_order, mend, mend_markup
from kutub.article.drop import PageDroppedError
from kutub.article.dump import Anatomy, dissect
from kutub.article.headlines import is_dump_of_headlines
from kutub.article.html import WebPage, deck_of, read_web_page, stamped_date_line
from kutub.article.identity import article_id
from kutub.article.languages import recognise
from kutub.article.lines import FEW_WORDS, Line, key_of, normal, split_lines, words
from kutub.article.rules import LINE_LIMIT, Rules, load_rules
from kutub.records import (
    Article,
    Dropped,
    DropReason,
    LeftOut,
    LeftOutReason,
    Page,
    Part,
    Piece,
    PieceKind,
    PublishedBasis,
    Repair,
)
from kutub.sources.kinds import SAMPLE, Kind, kind_of

TEXT_LIMIT = 400_000  # characters of an article; coding as many takes about 25 s on one core, and no story is as long
ONE_LINE = 400  # characters up to which a row is a sentence or two, and read however few its words are


def read_article(page: Page, *, published: date | None = None, language: str | None = None) -> Article | Dropped:
    """The article of a page.

    published: the user's date, for pages whose corpus gives none. language: the user's choice; it wins over what the
    corpus says and over recognition. Raises InputError for a language that is not there.
    """
    if language is not None:
        load_rules(language)
    try:
        if page.text is not None:
            return _read_row(page, page.text, published=published, language=language)
        kind = kind_of(page.path, page.content[:SAMPLE])
        if kind in (Kind.BINARY, Kind.XML):
            raise PageDroppedError(DropReason.BINARY if kind is Kind.BINARY else DropReason.NO_TEXT, f"{kind.value}")
        content = decode(page.content)
        if kind is Kind.HTML:
            return _read_html(page, content, published=published, language=language)
        return _read_dump(page, content, published=published, language=language)
    except PageDroppedError as error:
        return Dropped(path=page.path, reason=error.reason, detail=error.detail)


def _read_row(page: Page, text: str, *, published: date | None, language: str | None) -> Article:
    _require_size(len(text) + len(page.title or ""))
    body, title = mend(text), mend(page.title or "")
    text, page = body.text, replace(page, title=title.text or None)
    code = language or recognise(f"{page.title or ''}\n{text}", given=page.language)
    rules = load_rules(code)
    lines = split_lines(text)
    if len(lines) == 1 and len(lines[0].text) < ONE_LINE:
        anatomy = _one_line(lines[0], rules)
    else:
        anatomy = dissect(text, rules, heads=() if page.title else None, title=page.title)
        if len(text.strip()) >= ONE_LINE:
            _require_story(text, anatomy)
        elif not any(piece.kind is PieceKind.BODY for piece in anatomy.pieces):
            anatomy = _all_body(lines)
    return _article(page, text, anatomy, rules, option=published, repairs=(body.repairs, title.repairs))


def plain_article(text: str, *, published: date | None, language: str) -> Article:
    """A text as an article, all of it body, with its characters mended."""
    mended = mend(text)
    body = Piece(kind=PieceKind.BODY, part=Part.TEXT, start=0, end=len(mended.text))
    page, anatomy = Page(path="text", id="text", text=text), Anatomy(pieces=(body,), left_out=())
    return _article(page, mended.text, anatomy, load_rules(language), option=published, repairs=(mended.repairs,))


def _one_line(line: Line, rules: Rules) -> Anatomy:
    """The line is body, whatever it says, but for a dateline of a place and a date at its start."""
    start, dated = line.start, None
    left_out: tuple[LeftOut, ...] = ()
    dateline = rules.dated.match(line.text[:LINE_LIMIT])
    if dateline and dateline.end() < len(line.text):
        start += dateline.end()
        stamp = dateline[0].rstrip()
        dated = find_date(stamp, rules.dates)
        end = line.start + len(stamp)
        left_out = (LeftOut(text=stamp, reason=LeftOutReason.DATE_LINE, part=Part.TEXT, start=line.start, end=end),)
    body = Piece(kind=PieceKind.BODY, part=Part.TEXT, start=start, end=line.end)
    return Anatomy(pieces=(body,), left_out=left_out, dated=dated)


def _all_body(lines: Iterable[Line]) -> Anatomy:
    """All lines are body, whatever they say: a short row of several lines is told no better than one of one line."""
    body = (Piece(kind=PieceKind.BODY, part=Part.TEXT, start=line.start, end=line.end) for line in lines)
    return Anatomy(pieces=tuple(body), left_out=())


def _read_dump(page: Page, content: Decoded, *, published: date | None, language: str | None) -> Article:
    _require_size(len(content.text))
    mended = mend(content.text)
    text = mended.text
    rules = load_rules(language or recognise(text, given=page.language))
    if is_dump_of_headlines(text, rules):
        raise PageDroppedError(DropReason.NO_TEXT, "headlines of other pages")
    anatomy = dissect(text, rules)
    _require_story(text, anatomy)
    return _article(page, text, anatomy, rules, option=published, repairs=(content.repairs, mended.repairs))


def _read_html(page: Page, content: Decoded, *, published: date | None, language: str | None) -> Article:
    markup = mend_markup(content.text)
    web = read_web_page(markup.text, url=page.url)
    web, title, deck, repairs = _mended(web, deck_of(web))
    head = [line for line in (title, deck) if line]
    _require_size(len(web.body_text))
    story = web.body_text if web.is_selected else web.story_text
    code = language or recognise(story or "\n".join(head), given=page.language, hint=web.metadata.language)
    rules = load_rules(code, web.publisher.id if web.publisher else None)
    known = {**web.known, **{normal(line): LeftOutReason.NAVIGATION for line in head}}
    above, repairs_above = _mended_lines(belonging(web.above, rules, known, is_above=True))
    below, repairs_below = _mended_lines(belonging(web.below, rules, known, is_above=False))
    web = replace(web, body=(*above, *web.body, *below))
    text = "\n".join([*head, *(line.text for line in web.body)])
    _require_size(len(text))
    heads = [kind for kind, line in ((PieceKind.TITLE, title), (PieceKind.DECK, deck)) if line]
    reasons = [*(None for _ in head), *(line.reason for line in web.body)]
    anatomy = dissect(text, rules, heads=heads, known=known, reasons=reasons, is_selected=web.is_selected)
    _require_story(text, anatomy)
    made = (content.repairs, markup.repairs, *repairs, *repairs_above, *repairs_below)
    return _article(page, text, anatomy, rules, option=published, web=web, repairs=made)


def _mended(web: WebPage, deck: str | None) -> tuple[WebPage, str | None, str | None, Iterable[Mapping[Repair, int]]]:
    """The page with its names and lines mended, its title and its deck, and what was repaired."""
    stated = web.metadata
    lines = [line.text for line in web.body]
    found = [mend(line or "") for line in (stated.title, deck, stated.author, stated.editor, *lines)]
    title, deck, author, editor, *made = (" ".join(line.text.split()) for line in found)
    body = [replace(line, text=new) for line, new in zip(web.body, made, strict=True) if new]
    known = {
        normal(new): web.known[normal(old)] for old, new in zip(lines, made, strict=True) if normal(old) in web.known
    }
    metadata = replace(stated, title=title or None, author=author or None, editor=editor or None)
    page = replace(web, metadata=metadata, body=tuple(body), known={**web.known, **known})
    return page, title or None, deck or None, [line.repairs for line in found]


def _mended_lines(lines: Iterable[BlockLine]) -> tuple[list[BlockLine], list[Mapping[Repair, int]]]:
    """The lines with their characters mended, and what was repaired."""
    made = [(line, mend(line.text)) for line in lines]
    mended = [replace(line, text=text) for line, new in made if (text := " ".join(new.text.split()))]
    return mended, [new.repairs for _, new in made]


def _require_size(characters: int) -> None:
    if characters > TEXT_LIMIT:
        detail = f"the text has {characters:,} characters, at most {TEXT_LIMIT:,}"
        raise PageDroppedError(DropReason.TOO_LARGE, detail)


def _require_story(text: str, anatomy: Anatomy) -> None:
    story = [text[piece.start : piece.end] for piece in anatomy.pieces if piece.kind is PieceKind.BODY]
    if sum(len(words(piece)) for piece in story) < FEW_WORDS:
        raise PageDroppedError(DropReason.NO_TEXT, f"fewer than {FEW_WORDS} words of story")


def _article(
    page: Page,
    text: str,
    anatomy: Anatomy,
    rules: Rules,
    *,
    option: date | None,
    web: WebPage | None = None,
    repairs: Iterable[Mapping[Repair, int]] = (),
) -> Article:
    url = page.url or (web.metadata.url if web else None)
    day, basis = _published(page, anatomy, rules, option=option, web=web, url=url)
    is_by_language = basis is PublishedBasis.GIVEN and page.stated is not None
    byline, editor = _names(anatomy, web, rules)
    titles = _title_pieces(page)
    return Article(
        id=article_id(page, url=url, text=text),
        path=page.path,
        text=text,
        pieces=titles + anatomy.pieces,
        title_text=page.title if titles else None,
        title=page.title.strip() if page.title and titles else anatomy.title or page.title,
        deck=page.deck or anatomy.deck,
        byline=page.byline or byline,
        editor=page.editor or editor,
        publisher=page.publisher or (web.metadata.publisher if web else None),
        url=url,
        published=day,
        published_basis=basis,
        published_confidence=confidence_of(basis, is_by_language=is_by_language) if basis else None,
        unread_date=unread_date(page, day, basis),
        language=rules.code,
        left_out=anatomy.left_out,
        repairs=in_order(repairs),
    )


def _names(anatomy: Anatomy, web: WebPage | None, rules: Rules) -> tuple[str | None, str | None]:
    """Byline and editor: what a page states, unless it names its publisher or editor as the author; else the text's.
    A publisher's own names are no byline.

    Where a profile knows the bylines of its texts, these are surer than what the page states.
    """
    if web is None:
        return anatomy.byline, anatomy.editor
    editor = names_in(web.metadata.editor, rules) or anatomy.editor
    byline = names_in(web.metadata.author, rules)
    companies = web.metadata.companies | {key_of(name) for name in web.company_names}
    byline, signed = persons(byline, companies), persons(anatomy.byline, companies)
    is_editor = bool(byline and editor) and key_of(byline or "") == key_of(editor or "")
    is_known = web.publisher is not None and web.publisher.bylines and not web.has_own_byline
    if signed and (is_known or not byline or is_editor):
        return signed, editor
    return byline, editor


def _title_pieces(page: Page) -> tuple[Piece, ...]:
    """The piece of a row's title column."""
    if page.text is None or not page.title or not page.title.strip():
        return ()
    start = len(page.title) - len(page.title.lstrip())
    return (Piece(kind=PieceKind.TITLE, part=Part.TITLE, start=start, end=len(page.title.rstrip())),)


def _published(
    page: Page, anatomy: Anatomy, rules: Rules, *, option: date | None, web: WebPage | None, url: str | None
) -> tuple[date | None, PublishedBasis | None]:
    """The publication date from the surest place that has one."""
    stamp = stamped_date_line(web, rules) if web and not web.metadata.published else None
    found = (
        (page.published or date_by_language(page.stated, rules), PublishedBasis.GIVEN),
        (option, PublishedBasis.OPTION),
        (web.metadata.published if web else None, PublishedBasis.METADATA),
        (find_date(stamp, rules.dates) if stamp else None, PublishedBasis.DATELINE),
        (anatomy.dated, PublishedBasis.DATELINE),
        (url_date(url) if url else None, PublishedBasis.URL),
        (file_date(page.path) if page.text is None and page.id is None else None, PublishedBasis.FILE_NAME),
        (anatomy.image_dated, PublishedBasis.IMAGE_NAME),
        (page.crawled or date_by_language(page.stated_crawled, rules), PublishedBasis.CRAWLED),
    )
    return next(((day, basis) for day, basis in found if day), (None, None))
