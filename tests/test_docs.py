"""The documents are true: every command, field and data file appears, every link leads somewhere."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from kutub.codebook import load_codebook
from kutub.language import LANGUAGES, available
from kutub.records import DropReason, Event, LeftOutReason
from kutub.views.cli import build_parser

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands():
    actions = [action for action in build_parser()._actions if action.choices]
    return sorted(actions[0].choices)


@pytest.mark.parametrize("command", commands())
def test_every_command_stands_in_the_readme(command):
    assert f"`kutub {command} " in README


@pytest.mark.parametrize("field", [field.name for field in fields(Event)])
def test_every_field_of_an_event_is_described(field):
    assert f"`{field}`" in (ROOT / "docs" / "events.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("reason", [*DropReason, *LeftOutReason])
def test_every_reason_is_described(reason):
    assert str(reason) in (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_every_link_to_a_file_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("code", available())
def test_every_file_of_a_language_is_described(code):
    described = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
    for path in (LANGUAGES / code).iterdir():
        assert f"`{path.name}" in described or f"`{path.name}/" in described, path.name


def test_the_reference_of_the_codebook_is_up_to_date():
    from tools.reference import reference

    assert (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8") == reference(load_codebook())
