"""Progress, summary and table as text."""

from __future__ import annotations

import io
from collections import Counter

from kutub.pipeline import Counts
from kutub.records import Dropped, DropReason, printable
from kutub.views.console import shortened
from kutub.views.summary import Progress, progress_line, summary_lines
from kutub.views.table import dated, table_lines

COUNTS = Counts(
    pages=1200,
    articles=1197,
    undated=2,
    dropped=Counter({DropReason.EMPTY: 2, DropReason.BINARY: 1}),
    events=Counter({"AID": 3, "ACCUSE": 2100, "AGREE": 3}),
    seconds=10.0,
)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


def party(name):
    return {"name": name, "country": None, "sectors": []}


def row(**fields):
    base = {
        "date": "2024-03-01",
        "date_precision": "month",
        "type": "AID",
        "mode": None,
        "actors": [party("France"), party("Spain")],
        "recipients": [party("Mali")],
        "modality": "actual",
        "attributed_to": [party("United Nations")],
        "place": {"name": "Bamako"},
        "sentence": "France and Spain\nsent help\x1b[31m.",
    }
    return {**base, **fields}


def test_summary_tells_everything():
    drops = [Dropped(path=f"p{n}", reason=DropReason.EMPTY, detail="0\nbytes") for n in range(3)]
    assert summary_lines(COUNTS, drops) == [
        "read 1,197 articles in 10.0 s (120.0 pages a second)",
        "dropped 3: empty 2, binary 1",
        "  p0: empty (0 bytes)",
        "  p1: empty (0 bytes)",
        "  p2: empty (0 bytes)",
        "undated 2 of 1,197 articles: 2 without any; their events have no date unless the text gives one; see --date",
        "events 2,106: ACCUSE 2,100, AGREE 3, AID 3",
    ]


def test_summary_of_many_drops_is_short():
    drops = [Dropped(path="p", reason=DropReason.EMPTY)] * 1000
    lines = summary_lines(Counts(pages=2000, dropped=Counter({DropReason.EMPTY: 2000})), drops)
    assert len(lines) == 14
    assert lines[-2] == "  and 1,990 more"


def test_summary_of_nothing_has_no_rate():
    assert summary_lines(Counts(pages=1, seconds=2.0), []) == ["read 0 articles", "events 0"]


def test_progress_is_drawn_on_a_terminal_only():
    silent, terminal = io.StringIO(), Terminal()
    for stream in (silent, terminal):
        progress = Progress(stream)
        progress(COUNTS)
        progress.clear()
    assert silent.getvalue() == ""
    assert "1,200 pages  3 dropped  2,106 events  120.0 a second" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r")


def test_progress_has_a_bar_where_the_total_is_known():
    assert progress_line(COUNTS, 2400).startswith("[############............]  50%  1,200 pages")
    assert progress_line(COUNTS, 100).startswith("[########################] 100%")
    assert "events" not in progress_line(COUNTS, 2400, has_events=False)


def test_table_is_aligned_and_safe():
    rows = [row(), row(recipients=[], attributed_to=[], place=None, date=None)]
    header, first, second = table_lines(lambda: rows, width=None)
    assert first.startswith("2024-03  AID ")
    assert first.endswith("actual, says United Nations  Bamako  France and Spain sent help [31m.")
    assert header.index("sentence") == first.index("France and Spain sent") == second.index("France and Spain sent")


def test_table_fits_the_terminal():
    wide = list(table_lines(lambda: [row()], width=120))
    narrow = list(table_lines(lambda: [row()], width=60))
    assert (len(wide), len(narrow)) == (2, 4)
    assert narrow[3] == "  France and Spain sent help [31m."
    assert max(map(len, wide)) <= 120
    assert max(map(len, narrow)) <= 60


def test_date_is_written_as_exactly_as_it_is_known():
    assert [dated(row(date_precision=kind)) for kind in ("year", "month", "week", "day")] == [
        "2024",
        "2024-03",
        "2024-03-01",
        "2024-03-01",
    ]


def test_text_is_made_fit_for_a_terminal():
    assert printable("a\x1b[2J\r\nb\u202ec") == "a [2J b c"
    assert shortened("abcdef", 4) == "abc…"
    assert shortened("abcd", 4) == "abcd"
