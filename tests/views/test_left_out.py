"""An article as text for a terminal: its story, what is left out, why and how much."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kutub.article import read_article
from kutub.records import Article, LeftOut, LeftOutReason, Page, Part, Piece, PieceKind
from kutub.views.left_out import BACK_TO_STORY, left_out_lines, summary

GOLDEN = Path(__file__).parents[1] / "publishers"
PAGES = sorted(GOLDEN.glob("*.html"))[::9]
STYLE = re.compile(r"\x1b\[[\d;]+m")

TEXT = """Chad Closes Border Posts

NDJAMENA (AFP) - Chad closed two border posts. Read also: Kenya Opens Port
- Two soldiers were hurt.
Share this"""


def span(text, words):
    start = text.index(words)
    return {"part": Part.TEXT, "start": start, "end": start + len(words)}


def piece(words, kind=PieceKind.BODY, text=TEXT):
    return Piece(kind=kind, **span(text, words))


def left(words, reason, text=TEXT):
    return LeftOut(text=words, reason=reason, **span(text, words))


@pytest.fixture
def article():
    return Article(
        id="a",
        path="a.txt",
        text=TEXT,
        title="Chad Closes Border Posts",
        language="en",
        pieces=(
            piece("Chad Closes Border Posts", PieceKind.TITLE),
            piece("Chad closed two border posts."),
            piece("Two soldiers were hurt."),
        ),
        left_out=(
            left("NDJAMENA (AFP) -", LeftOutReason.DATE_LINE),
            left("Read also: Kenya Opens Port", LeftOutReason.READ_ALSO),
            left("Share this", LeftOutReason.SHARE),
        ),
    )


def shown(article, *, width=None, colour=False):
    return list(left_out_lines(article, width=width, colour=colour))


def test_without_colour_the_reasons_stand_in_brackets(article):
    assert shown(article) == [
        "path       a.txt",
        "title      Chad Closes Border Posts",
        "published  no date found",
        "language   en",
        "",
        "Chad Closes Border Posts",
        "[-- date line] NDJAMENA (AFP) - [--] Chad closed two border posts. [-- read also] Read also: Kenya Opens Port",
        "- Two soldiers were hurt.",
        "[-- share notice] Share this",
        "",
        "left out: date line 1, read also 1, share notice 1 (41 % of the text)",
    ]


def test_lines_are_wrapped_with_a_hanging_indent(article):
    assert shown(article, width=30)[7:11] == [
        "[-- date line] NDJAMENA (AFP)",
        "  - [--] Chad closed two",
        "  border posts. [-- read also]",
        "  Read also: Kenya Opens Port",
    ]


def test_colour_marks_the_title_and_each_stretch_that_is_left_out(article):
    lines = shown(article, colour=True)
    assert lines[5] == "\x1b[1mChad Closes Border Posts\x1b[0m"
    assert lines[6] == (
        "\x1b[7;32m date line \x1b[0m \x1b[32mNDJAMENA (AFP) -\x1b[0m Chad closed two border posts."
        " \x1b[7;36m read also \x1b[0m \x1b[36mRead also: Kenya Opens Port\x1b[0m"
    )
    assert lines[7] == "- Two soldiers were hurt."


def test_every_reason_has_a_colour_of_its_own(article):
    looks = set()
    for reason in LeftOutReason:
        line = shown(replace(article, left_out=(left("Share this", reason),)), colour=True)[-3]
        assert f" {reason.value} " in line
        looks.add(tuple(STYLE.findall(line)))
    assert len(looks) == len(LeftOutReason)


def read(path):
    article = read_article(Page(path=path.name, content=path.read_bytes()))
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_nothing_of_the_text_is_lost_and_no_line_is_too_wide(path):
    article = read(path)
    plain = " ".join(shown(article)).split()
    for width in (20, 40, 80):
        for colour in (False, True):
            lines = [STYLE.sub("", line) for line in shown(article, width=width, colour=colour)]
            assert max(map(len, lines)) <= width
            if not colour:
                assert "".join("".join(lines).split()) == "".join(plain)
    labels = "|".join(re.escape(f"[-- {reason.value}]") for reason in LeftOutReason)
    text = re.sub(rf"{labels}|{re.escape(BACK_TO_STORY)}", " ", "\n".join(shown(article)))
    assert "".join(article.text.split()) in "".join(text.split())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_head_says_what_is_known(path):
    article = read(path)
    head = "\n".join(shown(article)).split("\n\n")[0]
    for value in (article.path, article.title, article.deck, article.byline, article.editor, article.language):
        assert value is None or value in head
    assert f"{article.published} ({article.published_basis.value})" in head


@pytest.mark.parametrize("colour", [False, True])
def test_control_characters_do_nothing(article, colour):
    bad = "\x1b]0;owned\x07Share\x9b31m \u202ethis\u2028now"
    text = TEXT + bad
    article = replace(
        article,
        path="a\x1b[2J.txt",
        text=text,
        left_out=(*article.left_out, left(bad, LeftOutReason.COMMENT, text)),
    )
    for width in (None, 25):
        lines = [STYLE.sub("", line) for line in shown(article, width=width, colour=colour)]
        assert all(line.isprintable() for line in lines)
        assert "owned" in "".join(lines)


def test_a_title_column_is_shown_before_the_text(article):
    title = Piece(kind=PieceKind.TITLE, part=Part.TITLE, start=0, end=9)
    lines = shown(replace(article, title_text="A Heading", pieces=(title, *article.pieces)))
    assert lines[lines.index("") + 1] == "A Heading"


def test_words_longer_than_a_line_are_broken_and_wide_signs_take_two_columns(article):
    text = "x" * 50 + " " + "東" * 30
    article = replace(article, text=text, pieces=(piece(text, text=text),), left_out=())
    lines = shown(article, width=24)
    body = lines[lines.index("") + 1 : -2]
    assert "".join(line.strip() for line in body) == text.replace(" ", "")
    assert all(len(line) + line.count("東") <= 24 for line in body)


def test_summary_counts_by_reason_the_most_frequent_first(article):
    text = "a b c d e f g h i j"
    spans = [left(word, LeftOutReason.READ_ALSO, text) for word in "abc"] + [left("d", LeftOutReason.COMMENT, text)]
    kept = tuple(piece(word, text=text) for word in "efghij")
    found = replace(article, text=text, pieces=kept, left_out=tuple(spans))
    assert summary(found) == "left out: read also 3, comment rule 1 (40 % of the text)"
    assert summary(replace(article, left_out=())) == "nothing left out"


def command(*arguments, **options):
    program = [sys.executable, "-m", "kutub", "read", "--left-out", *map(str, arguments)]
    return subprocess.run(program, check=True, timeout=60, **options)


def on_terminal(*arguments, **environment):
    """What the command writes to a terminal of 40 columns."""
    ours, theirs = pty.openpty()
    names = {**os.environ, "TERM": "xterm", "COLUMNS": "40", "NO_COLOR": "", **environment}
    command(*arguments, stdout=theirs, env=names)
    os.close(theirs)
    written = b""
    while True:
        try:
            bit = os.read(ours, 65536)
        except OSError:  # the other end is closed and all is read
            break
        if not bit:
            break
        written += bit
    os.close(ours)
    return written.decode().replace("\r\n", "\n")


def test_command_on_a_terminal_wraps_and_colours():
    article = read(GOLDEN / "kompas.html")
    path = GOLDEN / "kompas.html"
    named = replace(article, path=str(path))
    assert on_terminal(path) == "\n".join([*shown(named, width=40, colour=True), "", ""])


@pytest.mark.parametrize("setting", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_command_leaves_colours_out_where_they_are_not_wanted(setting):
    path = GOLDEN / "kompas.html"
    named = replace(read(path), path=str(path))
    assert on_terminal(path, **setting) == "\n".join([*shown(named, width=40), "", ""])


def test_command_writes_plain_lines_to_pipes_and_files(tmp_path):
    path, target = GOLDEN / "kompas.html", tmp_path / "shown.txt"
    expected = "\n".join([*shown(replace(read(path), path=str(path))), "", ""])
    assert command(path, stdout=subprocess.PIPE).stdout.decode() == expected
    command(path, "-o", target)
    assert target.read_text(encoding="utf-8") == expected
