"""Headlines in title case and capitals, rewritten for the parser."""

from __future__ import annotations

import pytest

from kutub.text.casing import running_case

COMMON = frozenset({"imposes", "new", "sanctions", "on", "talks", "after", "the", "army", "may", "close", "border"})


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Russia Imposes New Sanctions on Kenya", "Russia imposes new sanctions on Kenya"),
        ("Sanctions Imposes Kenya After Talks", "Sanctions imposes Kenya after talks"),
        ("ARMY MAY CLOSE KENYA BORDER ON US", "Army may close Kenya border on US"),
        ("Russia imposes new sanctions on Kenya", "Russia imposes new sanctions on Kenya"),
        ("NATO Imposes Sanctions", "NATO imposes sanctions"),
        ("5 New Sanctions Imposes", "5 New sanctions imposes"),
        ("Kenya", "Kenya"),
        ("", ""),
    ],
)
def test_running_case(headline: str, expected: str):
    assert running_case(headline.split(), common=COMMON) == expected.split()


def test_lengths_never_change():
    words = ["İSTANBUL", "SANCTIONS", "ARMY", "ẞTRASSE"]
    assert [len(word) for word in running_case(words, common=COMMON)] == [len(word) for word in words]
