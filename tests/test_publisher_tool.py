"""The tool for publisher profiles: drafts, golden pages, the state and the table of profiles."""

from __future__ import annotations

import re
import shutil
from datetime import date
from html import unescape
from pathlib import Path

import pytest
import yaml
from lxml import html
from tools.publisher.__main__ import main
from tools.publisher.days import other_time, renumbered, shifted
from tools.publisher.draft import draft
from tools.publisher.expected import faults
from tools.publisher.golden import golden
from tools.publisher.hooks import is_lasting, is_layout, lasting_stem
from tools.publisher.overview import HEADER, put_table, state, state_lines, table
from tools.publisher.pages import profiles_in
from tools.publisher.stock import Kind, stock
from tools.publisher.texts import Writer

from kutub.article import publishers
from kutub.article.bylines import read_byline
from kutub.article.lines import is_final, is_headline, words
from kutub.article.publishers import read_publisher
from kutub.article.rules import all_dates, load_rules
from kutub.errors import InputError
from kutub.records import LeftOutReason, PieceKind

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "publishers"
NAMES = ("kompas", "kompas-2", "detik", "antara-2", "bbc", "cnn", "guardian", "reuters", "viva", "voa")


def expected(name):
    return yaml.safe_load((GOLDEN / f"{name}.yaml").read_text(encoding="utf-8"))


def body(article):
    return [article.text[piece.start : piece.end] for piece in article.pieces if piece.kind is PieceKind.BODY]


# drafts


@pytest.fixture(scope="module")
def kompas():
    return draft([GOLDEN / "kompas.html"])


def test_a_draft_finds_where_things_stand(kompas):
    made, _ = kompas
    assert made.fields["body"] == [".read__content"]
    assert made.fields["title"] == ["h1.read__title"]
    assert made.fields["byline"] == ['.credit-author-title:contains("Penulis") .credit-author-name']
    assert made.fields["editor"] == ['.credit-author-title:contains("Editor") .credit-author-name']
    assert made.fields["published"] == [".read__time"]
    assert made.left_out[LeftOutReason.READ_ALSO] == ["p:has(.inner-link-baca-juga)"]
    assert ".ads-on-body" in made.left_out[LeftOutReason.ADVERT]


def test_pages_are_read_with_the_draft(kompas):
    _, [(path, article)] = kompas
    wanted = expected("kompas")
    assert path == GOLDEN / "kompas.html"
    for field in ("title", "byline", "editor", "published"):
        assert getattr(article, field) == wanted[field]
    assert set(wanted["body"]) - set(body(article)) == set()
    assert "Baca juga" not in "".join(body(article))


def test_a_draft_says_what_a_person_has_to_look_at(kompas):
    made, _ = kompas
    notes = "\n".join(made.notes)
    assert "country: fill it in" in notes
    assert "one page alone" in notes
    assert "kompas.yaml has this host" in notes
    assert "author is Bagas Wirawan in the metadata and Dian Paramita beside the label" in notes
    assert "Peta sengketa wilayah" in notes  # a caption without a mark


def test_the_draft_is_a_profile(kompas, tmp_path):
    made, _ = kompas
    path = tmp_path / "kompas.yaml"
    path.write_text(made.yaml(), encoding="utf-8")
    profile = read_publisher(path)
    assert (profile.name, profile.hosts, profile.languages) == ("KOMPAS.com", ("kompas.com",), ("id",))
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert given["country"] is None
    assert given["source"] == "pages of 2023 looked at"
    assert given["anatomies"][0]["seen"] == 2023


def test_pages_of_two_forms_give_selectors_of_both():
    made, read = draft([GOLDEN / "kompas.html", GOLDEN / "kompas-2.html"])
    assert set(made.fields["body"]) == {".read__content", ".kcm-read-text"}
    assert [article.title for _, article in read] == [expected(name)["title"] for name in ("kompas", "kompas-2")]
    assert "one page alone" not in "\n".join(made.notes)


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_finds_body_title_and_date(name):
    made, [(_, article)] = draft([GOLDEN / f"{name}.html"])
    wanted = expected(name)
    lost = {" ".join(text.split()) for text in wanted["body"]} - set(body(article))
    assert len(lost) <= 3
    assert len(lost) < len(wanted["body"]) / 2
    assert article.title == wanted["title"]
    assert article.published == wanted["published"]
    assert not any(re.search(r"css-|sc-|dcr-", css) for selectors in made.fields.values() for css in selectors)


def test_drafting_leaves_the_packaged_profiles_as_they_are(kompas, tmp_path):
    assert kompas
    assert "kompas" in publishers.publishers()
    with profiles_in(tmp_path):
        assert publishers.publishers() == ()
    assert "kompas" in publishers.publishers()


def page(text, *, host="news.example.com", name="Example"):
    paragraphs = "".join(f"<p>{line}</p>" for line in text)
    return (
        f'<html><head><title>Ministers meet</title><link rel="canonical" href="https://{host}/a/b">'
        f'<meta property="og:site_name" content="{name}"></head>'
        f'<body><h1>Ministers meet</h1><div class="story-text">{paragraphs}</div></body></html>'
    )


STORY = stock("en")["sentences"]


@pytest.mark.parametrize(
    ("pages", "message"),
    [
        ({"a.html": page(STORY, host="a.com"), "b.html": page(STORY, host="b.com")}, "several publishers"),
        ({"a.html": page(STORY).replace("canonical", "other")}, "does not say its address"),
        ({"a.html": page(STORY[:2])}, "hardly any story"),
        ({"a.html": page([])}, "gives no article: no article text"),
        ({"a.html": ""}, "a.html: is no page: no article text"),
        ({}, "cannot be read: No such file"),
    ],
)
def test_a_draft_says_which_page_cannot_be_used(tmp_path, pages, message):
    for name, text in pages.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(message)):
        draft([tmp_path / name for name in pages or ("a.html",)])


def test_a_host_may_be_given_for_pages_without_address(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(page(STORY).replace("canonical", "other"), encoding="utf-8")
    made, [(_, article)] = draft([path], host="example.co.id")
    assert (made.host, made.id, made.fields["body"]) == ("example.co.id", "example", [".story-text"])
    assert len(body(article)) == len(STORY)


def test_the_draft_command_writes_and_reports(tmp_path, capsys):
    assert main(["draft", str(GOLDEN / "kompas.html"), "--id", "kompas-new", "-o", str(tmp_path)]) == 0
    assert read_publisher(tmp_path / "kompas-new.yaml").id == "kompas-new"
    shown = capsys.readouterr().out
    for text in (
        "title      Filipina dan Vietnam",
        "byline     Dian Paramita",
        "left out   read also: Baca juga",
        "look at",
    ):
        assert text in shown
    assert main(["draft", str(GOLDEN / "kompas.html"), "--id", "../x", "-o", str(tmp_path)]) == 2
    assert "'../x' is no id" in capsys.readouterr().err


# hooks


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("text__heading_3__1kDhc", "text__heading"),
        ("ArticleBody-NlAqj", "ArticleBody"),
        ("Component-heading-0-2-107", "Component-heading"),
        ("css-1x2y3z", ""),
        ("sc-beb22127-0", ""),
        ("dcr-1cfpnlw", "dcr"),
        ("hZoVUM", ""),
        ("post-1234567", "post"),
    ],
)
def test_names_that_programs_make_do_not_last(name, stem):
    assert not is_lasting(name)
    assert lasting_stem(name) == stem


@pytest.mark.parametrize(
    "name",
    ["read__content", "detail__body-text", "kcmread1114", "RichTextStoryBody", "articleBody", "h1", "image-16x9"],
)
def test_names_that_persons_give_last(name):
    assert is_lasting(name)
    assert lasting_stem(name)


def test_classes_of_layout_are_told_from_others():
    layout = ("col-bs9-7", "row", "clearfix", "mt2", "text-lg", "js-read-article", "container", "span6", "flex")
    assert all(is_layout(name) for name in layout)
    assert not any(
        is_layout(name) for name in ("read__content", "text-detail", "content", "story", "wrap__article-title")
    )


# golden pages


def runs(text):
    """Runs of five words, told without the tool."""
    found = re.findall(r"\w+", text.casefold())
    return {tuple(found[start : start + 5]) for start in range(len(found) - 4)}


def all_texts(path):
    """Lines, texts of attributes and JSON-LD of a page, told without the tool."""
    tree = html.fromstring(path.read_bytes())
    inline = ("a", "b", "i", "em", "span", "strong", "time")
    for element in tree.iter("script", "style"):
        yield from re.findall(r'"((?:[^"\\]|\\.)*)"', unescape(element.text or ""))
    html.etree.strip_elements(tree, "script", "style", with_tail=False)
    html.etree.strip_elements(tree, html.etree.Comment, with_tail=False)
    for element in tree.iter():
        if element.tag not in inline:
            yield element.text_content() if all(child.tag in inline for child in element) else element.text or ""
        yield element.tail or ""
        if element.get("http-equiv"):
            continue
        for name in ("content", "alt", "title", "href", "aria-label", "placeholder"):
            yield element.get(name) or ""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Golden pages made of golden pages, with what their author has to look at."""
    folder = tmp_path_factory.mktemp("golden")
    notes = {}
    for name in NAMES:
        result = golden(GOLDEN / f"{name}.html", id=name)
        (folder / f"{name}.html").write_text(result.html, encoding="utf-8")
        (folder / f"{name}.yaml").write_text(result.yaml, encoding="utf-8")
        notes[name] = result.notes
    return folder, notes


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_page_is_read_as_its_source(made, name):
    folder, notes = made
    assert notes[name] == ()
    assert faults(folder / f"{name}.html") == []
    wanted, given = expected(name), yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))
    assert [field for field in given if field != "left_out"] == [field for field in wanted if field != "left_out"]
    assert {reason for reason, _ in given.get("left_out", [])} <= {reason for reason, _ in wanted.get("left_out", [])}


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_page_holds_no_run_of_five_words_of_its_source(made, name):
    folder, _ = made
    theirs = {run for text in all_texts(GOLDEN / f"{name}.html") if "://" not in text for run in runs(text)}
    ours = {run for text in all_texts(folder / f"{name}.html") if "://" not in text for run in runs(text)}
    assert len(theirs) > 50
    assert theirs & ours == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_page_keeps_the_anatomy(made, name):
    folder, _ = made

    def marks(path):
        tree = html.fromstring(path.read_bytes())
        return [
            {value for element in tree.iter() for value in (element.get(attribute) or "").split()}
            for attribute in ("itemprop", "property", "name")
        ], {element.tag for element in tree.iter() if isinstance(element.tag, str)}

    (kept, tags), (given, given_tags) = marks(folder / f"{name}.html"), marks(GOLDEN / f"{name}.html")
    assert kept[0] == given[0]
    assert all(mine <= theirs for mine, theirs in zip(kept, given, strict=True))
    assert tags <= given_tags
    assert "style" not in tags
    text = (folder / f"{name}.html").read_text(encoding="utf-8")
    assert "<!--" not in text
    assert re.findall(r"<script(?! type=\"application/ld\+json\")", text) == []
    assert " style=" not in text


def test_names_days_addresses_and_images_are_others_and_marks_stay(made):
    folder, _ = made
    text = (folder / "kompas.html").read_text(encoding="utf-8")
    for theirs in (
        "Dian",
        "Paramita",
        "Bagas",
        "Wirawan",
        "15/11/2023",
        "2023-11-15",
        "183000970",
        "kapal.jpg",
        "filipina-dan",
    ):
        assert theirs not in text
    for stays in (
        "Baca juga: ",
        "Penulis<",
        "KOMPAS.com -</strong>",
        "22/11/2023",
        '"datePublished":"2023-11-22',
        "/read/2023/11/22/",
    ):
        assert stays in text


def test_what_is_said_twice_is_replaced_once(made):
    folder, _ = made
    wanted = yaml.safe_load((folder / "kompas.yaml").read_text(encoding="utf-8"))
    assert (folder / "kompas.html").read_text(encoding="utf-8").count(wanted["title"]) == 4  # title, og, JSON-LD, h1


def test_long_pages_are_shortened(tmp_path):
    text = (GOLDEN / "kompas.html").read_text(encoding="utf-8")
    item = '<div class="most__list clearfix"><a class="most__link" href="#"><h4 class="most__title">A</h4></a></div>'
    assert item.replace(">A<", ">Israel Gempur") != item
    path = tmp_path / "long.html"
    path.write_text(text.replace('<div class="most__list', item * 200 + '<div class="most__list', 1), encoding="utf-8")
    made = golden(path, id="kompas")
    assert made.html.count("most__list clearfix") == 2
    assert len(made.html) < len(text)


def test_a_golden_page_needs_a_profile_that_fits(tmp_path):
    with pytest.raises(InputError, match="is a page of kompas, not of detik; give --id kompas"):
        golden(GOLDEN / "kompas.html", id="detik")
    path = tmp_path / "a.html"
    path.write_text(page(STORY), encoding="utf-8")
    with pytest.raises(InputError, match=re.escape("no profile has the host of https://news.example.com/a/b")):
        golden(path, id="example")


def test_the_golden_command_replaces_nothing_unasked(tmp_path, capsys):
    arguments = ["golden", str(GOLDEN / "kompas.html"), "--id", "kompas", "-o", str(tmp_path)]
    assert main(arguments) == 0
    assert "look at" in capsys.readouterr().out
    before = (tmp_path / "kompas.html").read_bytes()
    assert main(arguments) == 2
    assert "is there already" in capsys.readouterr().err
    assert main([*arguments, "--force"]) == 0
    assert (tmp_path / "kompas.html").read_bytes() == before  # the same page, the same golden page


# texts


def writer(language="id", **known):
    return Writer(load_rules(language), kept=["Example.com"], known=known)


@pytest.mark.parametrize(
    ("language", "line", "pattern"),
    [
        ("id", "Baca juga: Rusia Serang Pelabuhan Odesa dengan Dua Puluh Drone", "Baca juga: [A-Z]"),
        ("en", "Read more: Uganda closes border crossing with Rwanda", "Read more: [A-Z]"),
        ("id", "Penulis: Dian Paramita | Editor: Bagas Wirawan", r"Penulis: \w+ \w+ \| Editor: \w+ \w+$"),
        ("en", "By Jane Doe", r"By \w+ \w+$"),
        ("id", "Rabu, 15 November 2023 18:30 WIB", "Rabu, 22 November 2023 18:47 WIB$"),
        ("id", "MANILA, Example.com - Dua kapal perang tiba di pelabuhan itu kemarin.", "LIMA, Example.com - [A-Z]"),
        ("id", "Polisi menahan dua orang di bandara itu. (abc/def)", r"[A-Z].*\. \(bcd/efg\)$"),
        ("en", "RELATED STORIES FROM THE WHOLE WORLD", "[A-Z ]+$"),
        ("id", "Terpopuler", "Terpopuler$"),
    ],
)
def test_marks_stay_and_texts_are_ours(language, line, pattern):
    made = writer(language).line(line)
    assert re.match(pattern, made), made
    assert runs(made) & runs(line) == set()
    assert made != line or len(line.split()) == 1


@pytest.mark.parametrize("language", ["id", "en"])
def test_ours_are_as_long_and_of_the_same_kind(language):
    write = writer(language)
    line = "Sixteen words of a paragraph stand here in a row and end with a full stop."
    assert 0.5 < len(write.line(line, kind=Kind.STORY).split()) / len(line.split()) < 1.6
    assert is_final(write.line(line))
    assert not is_final(write.line("A heading of six words here"))
    assert write.line(line) == write.line(line)


@pytest.mark.parametrize("language", ["id", "en"])
def test_texts_of_the_stock_are_what_they_are_given_for(language):
    rules, texts = load_rules(language), stock(language)
    for kind in ("sentences", "decks", "captions"):
        assert all(is_final(text.rstrip('"')) for text in texts[kind])
    for kind in ("sentences", "decks", "titles", "headlines", "captions", "subheadings"):
        assert [text for text in texts[kind] if rules.reason(text) or read_byline(text, rules)] == []
        assert len(set(texts[kind])) == len(texts[kind])
    assert [text for text in (*texts["headlines"], *texts["titles"]) if not is_headline(text)] == []
    for reason, text in texts["furniture"].items():
        is_byline = reason == LeftOutReason.BYLINE and read_byline(text, rules)
        assert is_byline or rules.reason(text) == LeftOutReason(reason), reason


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("2023-11-15T11:30:00+00:00", "2023-11-22T11:30:00+00:00"),
        ("15/11/2023, 18:30 WIB", "22/11/2023, 18:30 WIB"),
        ("30 November 2023", "9 November 2023"),
        ("5 March 2024", "12 March 2024"),
        ("March 1st, 2024", "March 8th, 2024"),
        ("March 22nd, 2024", "March 1st, 2024"),
        ("/2023/09/03/", "/2023/09/10/"),
        ("02/11/2023", "03/11/2023"),
        ("no date", "no date"),
    ],
)
def test_days_move_by_weeks_within_their_month(given, made):
    assert shifted(given, all_dates()) == made


def test_times_and_long_numbers_are_others():
    assert other_time("18:30 WIB, 07.45") == "18:47 WIB, 07.02"
    assert renumbered("id-6912345, 2023, p. 12") == "id-9245678, 2023, p. 12"


# state and table


def test_all_profiles_are_good(capsys):
    assert main(["check"]) == 0
    shown = capsys.readouterr().out
    assert "FAULT" not in shown
    assert all(re.search(rf"^{id} +golden [1-9]", shown, re.MULTILINE) for id in publishers.publishers())


def test_check_tells_faults(tmp_path, capsys):
    for path in GOLDEN.glob("kompas*"):
        shutil.copy(path, tmp_path)
    given = (tmp_path / "kompas.yaml").read_text(encoding="utf-8")
    (tmp_path / "kompas.yaml").write_text(given.replace("Dian Paramita", "Jane Doe"), encoding="utf-8")
    (tmp_path / "kompas-2.yaml").unlink()
    assert main(["check", "kompas", "--golden", str(tmp_path)]) == 1
    shown = capsys.readouterr().out
    assert "FAULT kompas.html: byline is 'Dian Paramita', not 'Jane Doe'" in shown
    assert "FAULT kompas-2.html: kompas-2.yaml is missing" in shown


def test_faults_name_lines_that_lack_or_are_too_many(tmp_path):
    for path in GOLDEN.glob("kompas.*"):
        shutil.copy(path, tmp_path)
    given = yaml.safe_load((tmp_path / "kompas.yaml").read_text(encoding="utf-8"))
    first = given["body"][0]
    given["body"] = ["Another line.", *given["body"][1:]]
    (tmp_path / "kompas.yaml").write_text(yaml.safe_dump(given, allow_unicode=True), encoding="utf-8")
    assert faults(tmp_path / "kompas.html") == ["body lacks 'Another line.'", f"body has {first!r} too"]
    given["body"] = [*given["body"][2:], given["body"][1], first]
    (tmp_path / "kompas.yaml").write_text(yaml.safe_dump(given, allow_unicode=True), encoding="utf-8")
    assert faults(tmp_path / "kompas.html") == ["body is in another order"]


def test_check_warns_of_forms_not_seen_for_over_three_years():
    latest = max(
        form["seen"] for form in yaml.safe_load(Path(publishers.FOLDER / "kompas.yaml").read_text())["anatomies"]
    )
    good = state("kompas", golden=GOLDEN, today=date(latest + 3, 12, 31))
    assert good.warnings == ()
    old = state("kompas", golden=GOLDEN, today=date(latest + 4, 1, 1))
    assert old.warnings == (f"last seen in {latest}: look at a page of today",)
    assert f"  warning: last seen in {latest}: look at a page of today" in list(state_lines(old))


def test_check_warns_of_missing_pages_and_country(tmp_path):
    shutil.copy(GOLDEN / "kompas.html", tmp_path)
    shutil.copy(GOLDEN / "kompas.yaml", tmp_path)
    found = state("kompas", golden=tmp_path, today=date(2024, 1, 1))
    assert found.warnings == ("has 2 forms and 1 golden pages",)
    profile = (publishers.FOLDER / "kompas.yaml").read_text(encoding="utf-8").replace("country: IDN\n", "")
    (tmp_path / "kompas.yaml").write_text(profile, encoding="utf-8")
    with profiles_in(tmp_path):
        found = state("kompas", golden=GOLDEN, today=date(2024, 1, 1))
    assert found.warnings == ("has no country (ISO 3166-1 alpha-3)",)


def test_check_of_an_unknown_profile(capsys):
    assert main(["check", "nobody"]) == 2
    assert "no profile 'nobody'; there are " in capsys.readouterr().err


def test_the_table_of_the_docs_is_up_to_date():
    text = (ROOT / "docs" / "publishers.md").read_text(encoding="utf-8")
    assert f"\n\n{table()}" in text, "run: python -m tools.publisher table --write"
    assert text.count(HEADER) == 1


def test_the_table_has_a_row_for_each_profile(capsys):
    assert main(["table"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert [row.split("]")[0] for row in rows[2:]] == [f"| [{id}" for id in publishers.publishers()]
    assert {row.count("|") for row in rows} == {8}


def test_the_table_is_put_in_the_place_of_the_old_one(tmp_path):
    path = tmp_path / "page.md"
    path.write_text(f"# A\n\n{HEADER}\n| --- |\n| old |\n\nafter\n", encoding="utf-8")
    put_table(path)
    assert path.read_text(encoding="utf-8") == f"# A\n\n{table()}\nafter\n"
    path.write_text("# A\n", encoding="utf-8")
    with pytest.raises(InputError, match="has no table of profiles"):
        put_table(path)


def test_words_of_names_are_ours():
    assert words(writer().name("Dian Paramita, Bagas Wirawan")) != ["Dian", "Paramita", "Bagas", "Wirawan"]
    made = writer()
    assert made.name("A. Doe, B. Roe") == f"{made.name('A. Doe')}, {made.name('B. Roe')}"
