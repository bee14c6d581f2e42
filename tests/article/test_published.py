"""Publication dates: forms, addresses, file names, what is no date, and how far a date can be trusted."""

from __future__ import annotations

from datetime import date

import pytest

from kutub.article import read_article
from kutub.article.dates import confidence_of, file_date, find_date, image_date, is_date_line, stated_date, url_date
from kutub.article.rules import load_rules
from kutub.records import Article, Page, PublishedBasis, PublishedConfidence

DAY = date(2023, 9, 20)
LINES = [
    "Rabu, 20/09/2023, 14:05 WIB",
    "20/09/2023 14:05",
    "20-9-2023",
    "20.09.2023",
    "Rabu (20/9/2023)",
    "20 Sep 2023",
    "20-Sep-2023",
    "20/Sep/2023",
    "20 September 2023 | 14.05 WIB",
    "20\xa0September\xa0\xa02023",
    "Sept. 20, 2023",
    "September 20th, 2023",
    "20th of September 2023",
    "Wed, 20 Sep 2023 07:05:00 GMT",
    "Wed Sep 20 07:05:00 GMT 2023",
    "2023-09-20T14:05:00+07:00",
    "2023-9-20",
    "2023.09.20 14:05",
    "20230920T140500Z",
    "3:05 PM EDT, Wed September 20, 2023",
    "20 Sept 2023 at 14:05",
]
NO_DATES = [
    "3 hours ago",
    "Published 2 days ago",
    "yesterday",
    "kemarin",
    "2 hari lalu",
    "Diperbarui 5 menit yang lalu",
    "20 September",
    "September 2023",
    "12 orang 2023",
    "31/02/2023",
    "31 September 2023",
    "2023-13-01",
    "120.20.9.2023",
    "1/20/09/2023",
]


@pytest.mark.parametrize("code", ["id", "en"])
@pytest.mark.parametrize("line", LINES)
def test_forms_of_date_lines(line, code):
    rules = load_rules(code)
    assert find_date(f"Dunia – {line} – Kabar", rules.dates) == DAY
    assert is_date_line(line, rules)
    assert stated_date(line) == DAY


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date(text):
    assert find_date(text, load_rules("id").dates) is None
    assert stated_date(text) is None


@pytest.mark.parametrize("text", ["3 hours ago", "2 hari lalu", "kemarin", "Rabu, 14:05 WIB"])
def test_relative_stamps_are_no_date_lines(text):
    assert not is_date_line(text, load_rules("id"))
    assert not is_date_line(text, load_rules("en"))


@pytest.mark.parametrize(
    ("text", "code", "day"),
    [
        ("02/11/2023", "id", date(2023, 11, 2)),
        ("02/11/2023", "en", None),
        ("09/20/2023", "id", DAY),
        ("09/20/2023", "en", DAY),
        ("11/11/2023", "en", date(2023, 11, 11)),
    ],
)
def test_day_and_month_in_either_order(text, code, day):
    assert find_date(text, load_rules(code).dates) == day


def test_the_first_date_that_can_be_one_counts():
    text = "17 Agustus 1945, 31 Juni 2021, 5 Juli 2021, 6 Juli 2021"
    assert find_date(text, load_rules("id").dates) == date(2021, 7, 5)


class TestBounds:
    def test_there_is_none_after_2100(self):
        assert stated_date("2101-01-01") is None
        assert url_date("https://x.example/2101/01/01/a") is None
        assert file_date("a-21010101.txt") is None

    def test_there_is_none_before_1990(self):
        assert stated_date("1989-12-31") is None
        assert stated_date("1990-01-01") == date(1990, 1, 1)
        assert url_date("https://x.example/1989/12/31/a") is None

    def test_a_line_with_such_a_date_is_a_date_line_all_the_same(self):
        assert is_date_line("Rabu, 20 September 2090 14:05 WIB", load_rules("id"))


class TestStated:
    @pytest.mark.parametrize("value", ["1695193500", "1695193500123", " 1695193500 ", "20230920", "20230920140500"])
    def test_digits(self, value):
        assert stated_date(value) == DAY

    @pytest.mark.parametrize(
        "value", ["9999999999", "0000000001", "169519350", "16951935001", "2023092", "1695193500 x"]
    )
    def test_other_digits(self, value):
        assert stated_date(value) is None

    def test_the_time_zone_does_not_count(self):
        assert stated_date("2023-09-20T23:59:00-07:00") == DAY
        assert stated_date("2023-09-20T00:01:00+07:00") == DAY


class TestNames:
    @pytest.mark.parametrize(
        ("url", "day"),
        [
            ("https://x.example/2023/09/20/a", DAY),
            ("https://x.example/a-2023-9-20.html", DAY),
            ("https://x.example/world/20230920140500-106/a", DAY),
            ("https://x.example/world/2023/sep/20/a", DAY),
            ("https://x.example/berita/2023/Agustus/5", date(2023, 8, 5)),
            ("https://x.example/world/2023/war/20/a", None),
            ("https://x.example/98/03/24/a", date(1998, 3, 24)),
            ("https://x.example/23/12/31/a", date(2023, 12, 31)),
            ("https://x.example/23/09/20/a", DAY),
            ("https://x.example/31/12/23/a", date(2031, 12, 23)),
            ("https://x.example/23/20/09/a", None),
            ("https://x.example/23/45/67/a", None),
            ("https://x.example/2023/13/20/a", None),
            ("https://x.example/a?id=120230920", None),
        ],
    )
    def test_addresses(self, url, day):
        assert url_date(url) == day

    @pytest.mark.parametrize("name", ["a-2023-09-20.txt", "20230920_b.html", "20-09-2023.txt", "d/a_20.09.2023.txt"])
    def test_files(self, name):
        assert file_date(name) == DAY

    def test_images(self):
        assert image_date("https://x.example/i/kapal.jpg kota-20230920-1.jpeg") == DAY
        assert image_date("kota-20230920.pdf") is None


STORY = (
    "The government of Northland closed the border with Southland on Friday night and withdrew its ambassador.",
    "The prime minister accused the neighbour of laying mines along the river that divides the two countries.",
)
TITLE = "Northland Closes Border After Mines Are Found"
HIGH, MEDIUM, LOW = PublishedConfidence.HIGH, PublishedConfidence.MEDIUM, PublishedConfidence.LOW


def read(page: Page, **options) -> Article:
    found = read_article(page, **options)
    assert isinstance(found, Article), found
    return found


def web(above: str, head: str = "") -> Article:
    """The article of a page: what stands above the story, and the story."""
    story = "".join(f"<p>{line}</p>" for line in STORY)
    content = f"<html><head>{head}</head><body>{above}<article>{story}</article></body></html>"
    return read(Page(path="a.html", content=content.encode()))


class TestConfidence:
    @pytest.mark.parametrize(
        ("basis", "confidence"),
        [
            (PublishedBasis.GIVEN, HIGH),
            (PublishedBasis.OPTION, HIGH),
            (PublishedBasis.METADATA, HIGH),
            (PublishedBasis.DATELINE, MEDIUM),
            (PublishedBasis.URL, MEDIUM),
            (PublishedBasis.FILE_NAME, LOW),
            (PublishedBasis.IMAGE_NAME, LOW),
        ],
    )
    def test_of_each_basis(self, basis, confidence):
        assert confidence_of(basis) is confidence

    def test_of_articles(self):
        text = "\n".join(STORY)
        given = read(Page(path="r:1", text=text, published=DAY))
        assert (given.published_basis, given.published_confidence) == (PublishedBasis.GIVEN, HIGH)
        dated = read(Page(path="a.txt", content=f"{text}\n20 September 2023, 14:05 GMT".encode()))
        assert (dated.published, dated.published_confidence) == (DAY, MEDIUM)
        named = read(Page(path="a-20230920.txt", content=text.encode()))
        assert (named.published, named.published_confidence) == (DAY, LOW)
        undated = read(Page(path="a.txt", content=text.encode()))
        assert (undated.published, undated.published_confidence) == (None, None)


class TestShownDates:
    def test_below_the_heading(self):
        article = web(f"<div>19 September 2023</div><h1>{TITLE}</h1><span>20 September 2023 | 14.05 GMT</span>")
        assert (article.published, article.published_basis) == (DAY, PublishedBasis.DATELINE)

    def test_above_the_heading_where_there_is_none_below(self):
        assert web(f"<div>Wed, 20 Sep 2023 14:05</div><h1>{TITLE}</h1>").published == DAY

    @pytest.mark.parametrize("element", ["h2", "div", "span"])
    def test_the_first_heading_may_be_a_logo(self, element):
        head = f'<meta property="og:title" content="{TITLE}">'
        menu = "".join(f"<li>Section number {number}</li>" for number in range(50))
        above = f"<h1>The Northern Herald</h1><p>21 September 2023</p><ul>{menu}</ul><{element}>{TITLE}</{element}>"
        assert web(f"{above}<i>20 September 2023 14:05</i>", head).published == DAY

    def test_an_exact_time_beside_a_relative_one(self):
        stamp = '<abbr title="2023-09-20T14:05:00Z">3 hours ago</abbr>'
        assert web(f"<h1>{TITLE}</h1>{stamp}").published == DAY

    def test_a_relative_one_alone_is_none(self):
        assert web(f"<h1>{TITLE}</h1><span>Published 3 hours ago</span>").published is None
