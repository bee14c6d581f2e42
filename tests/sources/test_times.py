"""Dates that machines write."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kutub.sources.times import machine_date


@pytest.mark.parametrize(
    "value",
    [
        "2024-03-05",
        " 2024-03-05T23:59:59.123+07:00",
        "2024-03-05T00:10Z",
        "2024-3-5",
        "2024/03/05 10:00",
        "2024.03.05",
        "20240305",
        20240305,
        "20240305.0",
        "202403051030",
        "20240305103000",
        20240305103000,
        "20240305T103000Z",
        1709596800,
        "1709596800",
        "1709596800.25",
        1709683199.9,
        1709596800000,
        "1709596800000000",
        1709596800000000000,
        "Tue, 05 Mar 2024 23:00:00 +0700",
        "5 Mar 2024 10:00 GMT",
        "Tue Mar  5 10:00:00 2024",
        "Tue Mar 05 10:00:00 +0000 2024",
        "Tue Mar 05 10:00:00 UTC 2024",
        date(2024, 3, 5),
        datetime(2024, 3, 5, 23, tzinfo=UTC),
    ],
)
def test_dates(value):
    assert machine_date(value) == date(2024, 3, 5)


@pytest.mark.parametrize(
    "value",
    [
        "2024", 2024, "2024-03", "2024-13-01", "2024-02-30", "05/03/2024", "5 March 2024", "20241301", "12345678", 0,
        -1709596800, 17095968, 5_000_000_000, 99999999999, "1e9", float("nan"), float("inf"), True, None,
        [], {}, b"2024-03-05", "Tue, 35 Mar 2024 10:00:00", "Tue, 05 Mei 2024 10:00:00", "2024-03-055", "2024-03/05",
    ],
)  # fmt: skip
def test_what_is_no_date_of_a_machine(value):
    assert machine_date(value) is None
