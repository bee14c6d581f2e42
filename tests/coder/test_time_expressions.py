"""The sets of expressions of time in data/times_*.yaml: interval, precision and anchor of each."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kutub.coder.dates import Calendar
from kutub.language import load_language

CALENDARS = {code: Calendar.load(load_language(code)) for code in ("en", "id")}
SETS = {
    code: yaml.safe_load((Path(__file__).parent / "data" / f"times_{code}.yaml").read_text(encoding="utf-8"))
    for code in CALENDARS
}
RATE = 0.97  # what the sets must reach, rows marked `fails` counted as failures


def params():
    for code, rows in SETS.items():
        for row in rows:
            marks = [pytest.mark.xfail(strict=True, reason=row["fails"])] if "fails" in row else []
            yield pytest.param(code, row, id=f"{code}:{row['text']}", marks=marks)


@pytest.mark.parametrize(("code", "row"), list(params()))
def test_time(code, row):
    before, words, after = row["text"].replace("»", "«").split("«")
    text, start, end = before + words + after, len(before), len(before) + len(words)
    calendar = CALENDARS[code]
    found = list(calendar.find(text, anchor=row["published"], future=row.get("tense") == "future"))
    counted = [one.counted_from(row["event"]) for one in calendar.find_anchored(text)] if "event" in row else []
    overlapping = [one for one in (*found, *counted) if one is not None and one.start < end and start < one.end]
    seen = [
        {"start": one.first, "end": one.last, "precision": one.precision.value, "anchor": one.anchor.value}
        for one in overlapping
    ]
    wanted = {key: row[key] for key in ("start", "end", "precision", "anchor") if key in row}
    assert seen == ([] if row["anchor"] == "none" else [wanted])


@pytest.mark.parametrize("code", CALENDARS)
def test_the_set_is_large_and_its_rate_high(code):
    timed = [row for row in SETS[code] if row["anchor"] != "none"]
    assert len(timed) >= 150
    assert len({row["text"] for row in SETS[code]}) == len(SETS[code])
    assert sum("fails" not in row for row in timed) / len(timed) >= RATE
