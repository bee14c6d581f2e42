"""Whom mentions of the press stand for on the day: 400 of them, written for this test (data/actors_*.yaml)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from kutub import who

DATA = Path(__file__).parent / "data"
LEAST = {"en": 0.95, "id": 0.95}  # share of the mentions that must be right
MENTIONS = 200  # in each language, at least


def cases(language: str) -> list[dict[str, object]]:
    return yaml.safe_load((DATA / f"actors_{language}.yaml").read_text(encoding="utf-8"))


def meant(text: str, day: date, mention: str, *, language: str, context: str) -> str | None:
    """The party of the mention that shares most with the stretch: name, country, sectors."""
    start = text.index(mention)
    end = start + len(mention)
    found = who(text, published=day, language=language, context=context)
    shares = [(min(one.end, end) - max(one.start, start), one) for one in found]
    named = [(share, one) for share, one in shares if share > 0 and one.parties]
    if not named:
        return None
    party = max(named, key=lambda pair: pair[0])[1].parties[0]
    return ", ".join((party.name, party.country or "-", "|".join(party.sectors) or "-"))


@pytest.mark.parametrize("language", LEAST)
def test_mentions_stand_for_whom_a_reader_means(language):
    wrong, count = [], 0
    for case in cases(language):
        for mention, expected in case["who"].items():
            count += 1
            told = {"language": language, "context": case.get("context", "")}
            found = meant(case["text"], case["date"], mention, **told)
            if found != expected:
                wrong.append(f"{case['date']} {case['text']!r} {mention!r}: {found}, not {expected}")
    rate = 1 - len(wrong) / count
    assert count >= MENTIONS
    assert rate >= LEAST[language], f"{rate:.3f} of {count}\n" + "\n".join(wrong)
