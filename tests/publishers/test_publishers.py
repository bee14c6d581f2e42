"""Each profile reads its golden page: a page of our own words in that publisher's anatomy."""

from pathlib import Path

import pytest
import yaml

from kutub.article import read_article
from kutub.article.publishers import load_publisher, publisher_of, publishers
from kutub.records import Article, Page, PieceKind

HERE = Path(__file__).parent
GOLDEN = sorted(HERE.glob("*.html"))


def read_golden(path: Path) -> tuple[Article, dict]:
    article = read_article(Page(path=path.name, content=path.read_bytes()))
    assert isinstance(article, Article), article
    return article, yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_the_golden_page_is_read_as_expected(path):
    article, expected = read_golden(path)
    for field in ("title", "deck", "byline", "editor", "published", "publisher"):
        assert getattr(article, field) == expected.get(field), field
    body = [article.text[piece.start : piece.end] for piece in article.pieces if piece.kind is PieceKind.BODY]
    assert body == [" ".join(paragraph.split()) for paragraph in expected["body"]]
    left_out = [[span.reason.value, span.text] for span in article.left_out]
    assert left_out == [[reason, " ".join(text.split())] for reason, text in expected.get("left_out") or []]


@pytest.mark.parametrize("id", publishers())
def test_each_anatomy_of_a_profile_is_used_by_a_golden_page(id):
    from kutub.article.metadata import read_metadata
    from kutub.article.parsing import parsed

    profile = load_publisher(id)
    used = set()
    for path in [HERE / f"{id}.html", *HERE.glob(f"{id}-[0-9].html")]:
        tree = parsed(path.read_text(encoding="utf-8"))
        metadata = read_metadata(tree)
        assert publisher_of([metadata.url]) is profile
        used.add(profile.anatomies.index(profile.anatomy_of(tree, metadata.published)))
    assert used == set(range(len(profile.anatomies)))


def test_there_are_enough_profiles():
    assert len(publishers()) >= 25
    assert sum("id" in load_publisher(id).languages for id in publishers()) >= 12
