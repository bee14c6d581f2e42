"""Mutated pages through the workers that read pages: nothing crashes, hangs, or loses a story without a word."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest
from tests.article.mutate import MUTATIONS, Mutated, Source, Story, fault_of, mutate, plain, shown, sources

from kutub.pipeline import pool
from kutub.pipeline.work import Settings, read_page
from kutub.records import Article, Dropped, DropReason, Page

ROOT = Path(__file__).parent.parent.parent
PATHS = sorted([*(ROOT / "tests" / "publishers").glob("*.html"), *(ROOT / "examples" / "news" / "html").glob("*.html")])
PAGES = 500
SIZE = 50_000  # bytes that a mutation may add; `bench/reading.py fuzz` goes to 2 MB
SECONDS = 10.0  # half of what a page is given else, and the first time is the last


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    seed: int
    source: Source
    mutated: Mutated
    result: Article | Dropped

    def __str__(self) -> str:
        return f"mutate({self.source.name}, {self.seed}, size={SIZE}): {', '.join(self.mutated.mutations)}"


@pytest.fixture(scope="module")
def stories() -> list[Source]:
    return [source for source in sources(PATHS) if source.story.words >= 60]


@pytest.fixture(scope="module")
def outcomes(stories: list[Source]) -> list[Outcome]:
    given = [(seed, stories[seed % len(stories)]) for seed in range(PAGES)]
    mutated = [mutate(source.content, seed, size=SIZE) for seed, source in given]
    pages = [Page(path=f"{seed}.html", content=page.content) for seed, page in enumerate(mutated)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "READ_SECONDS", SECONDS)
        patch.setattr(pool, "TRIES", 1)
        results = list(pool.work_through(pages, work=read_page, settings=Settings(), jobs=2))
    assert [result.path for result in results] == [page.path for page in pages]
    return [
        Outcome(seed=seed, source=source, mutated=page, result=result)
        for (seed, source), page, result in zip(given, mutated, results, strict=True)
    ]


def test_no_page_hangs_or_kills_its_worker(outcomes):
    lost = [
        (str(outcome), outcome.result.detail) for outcome in outcomes if reason_of(outcome) is DropReason.QUARANTINED
    ]
    assert not lost


def test_no_page_fails_unexpectedly(outcomes):
    lost = [(str(outcome), outcome.result.detail) for outcome in outcomes if reason_of(outcome) is DropReason.FAILED]
    assert not lost


def test_no_story_is_lost_without_a_word(outcomes):
    faults = [(str(outcome), fault_of(outcome.source, outcome.mutated.content, outcome.result)) for outcome in outcomes]
    assert not [(name, fault) for name, fault in faults if fault]


def test_the_pages_are_of_all_kinds(outcomes):
    """The tests above say something: all mutations are there, much is dropped, and many stories are asked for."""
    assert {name for outcome in outcomes for name in outcome.mutated.mutations} == set(MUTATIONS)
    reasons = Counter(reason_of(outcome) for outcome in outcomes)
    assert reasons[None] > PAGES / 2
    assert {DropReason.TOO_DEEP, DropReason.TOO_LARGE, DropReason.UNDECODABLE, DropReason.NO_TEXT} <= set(reasons)
    asked = sum(outcome.source.is_shown_by(outcome.mutated.content) for outcome in outcomes)
    assert asked > PAGES / 4


def reason_of(outcome: Outcome) -> DropReason | None:
    return outcome.result.reason if isinstance(outcome.result, Dropped) else None


def test_a_lost_story_is_a_fault(stories):
    source = stories[0]
    article = next(
        iter(pool.work_through([Page(path="a.html", content=source.content)], work=read_page, settings=Settings()))
    )
    assert fault_of(source, source.content, article) is None
    without = replace(article, pieces=article.pieces[:1])
    assert fault_of(source, source.content, without) == "an article with 0 words of body"
    other = replace(article, text="kata " * 20, pieces=(replace(article.pieces[-1], start=0, end=99),))
    assert fault_of(source, source.content, other) == "the story is shown, and the article has 0% of it"
    drop = Dropped(path="a.html", reason=DropReason.NO_TEXT)
    assert fault_of(source, source.content, drop).startswith("the story is shown, and the page is dropped")
    assert fault_of(source, b"<p>nothing of it", drop) is None
    assert fault_of(source, source.content, replace(drop, reason=DropReason.TOO_DEEP)) is None


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>Satu <b>d</b>ua</p>tiga", "satu dua tiga"),
        ("<P TITLE='a>b'>satu<br>dua &amp; tiga&nbsp;empat", "satu dua tiga empat"),
        ("<ul><li>satu</ul>dua", ""),
        ("<ul><li>satu</li></ul>dua", "dua"),
        ("satu<!-- dua -->tiga<!-- empat", "satu tiga"),
        ("satu<script>dua</script>tiga<script><!--<script></script>empat", "satu tiga"),
        ("satu <a>dua</a> <a><p>tiga</a> empat", "satu dua empat"),
        ("satu<nav>dua</nav>tiga<nav>empat", "satu tiga"),
        ("sa\u200btu", "satu"),
        ("satu<textarea>dua", "satu"),
        ('satu<p class="dua>tiga', "satu"),
    ],
)
def test_what_is_surely_shown(markup, words):
    assert shown(markup).split() == words.split()


def test_a_share_counts_whole_paragraphs():
    story = Story.of(["Satu dua tiga.", "Empat!"])
    assert story.words == 4
    assert story.share(plain("nol SATU, dua tiga; lima")) == 0.75
    assert story.share(plain("satu dua")) == 0.0


def test_a_seed_gives_the_same_bytes_in_any_process(stories):
    seeds = range(0, 3 * len(MUTATIONS), 3)
    content = stories[0].content
    code = (
        "import sys; from hashlib import sha256; from tests.article.mutate import mutate; "
        "content = sys.stdin.buffer.read(); "
        f"[print(sha256(mutate(content, seed, size={SIZE}).content).hexdigest()) for seed in {seeds!r}]"
    )
    done = subprocess.run([sys.executable, "-c", code], input=content, capture_output=True, check=True, cwd=ROOT)
    hashes = [sha256(mutate(content, seed, size=SIZE).content).hexdigest() for seed in seeds]
    assert done.stdout.decode().split() == hashes
    assert len(set(hashes)) > 0.9 * len(hashes)
