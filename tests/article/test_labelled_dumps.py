"""The line classifier on dumps of our own words with a label for every line (docs/reading.md)."""

import re
from collections import Counter

import pytest
from tests.article.labelled import DUMPS, STORY, load, read, score

from kutub.records import LeftOutReason


@pytest.fixture(scope="module")
def dumps():
    return [load(path) for path in DUMPS]


def test_the_set_is_what_it_should_be(dumps):
    assert len(dumps) >= 150
    assert {line.label for dump in dumps for line in dump.lines} == STORY | {reason.value for reason in LeftOutReason}
    assert Counter(dump.header["language"] for dump in dumps).keys() == {"en", "id"}
    assert all(sum(line.label == "title" for line in dump.lines) <= 1 for dump in dumps)


def test_lines_of_the_story_are_told_from_the_others(dumps):
    found = score(dumps)
    assert found.story_f1 >= 0.975
    assert found.label_f1 >= 0.915
    assert found.mark_f1 >= 0.85


@pytest.mark.parametrize("language", ["en", "id"])
def test_no_language_is_left_behind(dumps, language):
    assert score([dump for dump in dumps if dump.header["language"] == language]).story_f1 >= 0.965


@pytest.mark.parametrize("field", ["published", "editor", "byline"])
def test_what_the_header_says_is_found(dumps, field):
    right = given_in_all = 0
    for dump in dumps:
        if given := dump.header.get(field):
            found = getattr(read(dump), field)
            right += re.sub(r"\W+", "", str(found or "")).casefold() == re.sub(r"\W+", "", given).casefold()
            given_in_all += 1
    assert right / given_in_all >= {"published": 0.92, "editor": 0.95, "byline": 0.90}[field]
