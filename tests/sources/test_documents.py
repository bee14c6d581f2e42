"""docs/corpora.md is true: its examples run and print what they say, its table has every schema and option."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import kutub
from kutub.datafiles import DATA, read_yaml
from kutub.views.cli import main

DOCUMENT = (Path(__file__).parents[2] / "docs" / "corpora.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT, re.DOTALL)


COMMANDS = [line[2:] for block in blocks("console") for line in block.splitlines() if line.startswith("$ ")]


@pytest.fixture
def _news(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news.csv").write_text(blocks("csv")[0])


@pytest.mark.usefixtures("_news")
@pytest.mark.parametrize("command", COMMANDS)
def test_commands_run(command, capfd):
    program, *arguments = shlex.split(command)
    assert (program, main(arguments)) == ("kutub", 0)
    out, _ = capfd.readouterr()
    assert out.count('"id"') == 2 or Path(arguments[-1]).stat().st_size


@pytest.mark.usefixtures("_news")
def test_what_is_shown_is_printed(capfd):
    command, *shown = blocks("console")[0].splitlines()
    main(shlex.split(command)[2:])
    assert [timeless(line) for line in capfd.readouterr().err.splitlines()] == list(map(timeless, shown))


def timeless(line):
    return re.sub(r" in [\d.]+ s \([\d.]+ pages a second\)", "", line)


@pytest.mark.usefixtures("_news")
def test_python_runs():
    names = {"kutub": kutub}
    exec(blocks("python")[0], names)
    assert names["run"].finish().articles == 2
    assert [article.title for article in names["articles"] if isinstance(article, kutub.Article)] == [
        "France punishes Iran",
        "Kyiv accuses Moscow",
    ]


def test_every_schema_and_option_is_described():
    table = DOCUMENT[DOCUMENT.index("| schema |") : DOCUMENT.index("**Other corpora**")]
    described = {
        name.strip() for row in table.splitlines() for name in row.split("|")[1:2][0:1] for name in name.split(",")
    }
    assert {schema["name"] for schema in read_yaml(DATA / "corpora.yaml")["schemas"]} <= described
    for field in ("text", "title", "deck", "byline", "editor", "id", "url", "publisher", "date", "crawled", "lang"):
        assert f"`--{field} COLUMN`" in DOCUMENT
