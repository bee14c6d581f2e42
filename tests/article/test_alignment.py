"""Kept lines beside the lines of their page."""

from __future__ import annotations

import time

from kutub.article.alignment import aligned

ONE, TWO, THREE = "The port opened at dawn.", "Ships from two countries came in.", "The harbour master was pleased."


def test_lines_stand_where_they_are():
    found = aligned(["Menu", ONE, "Related", TWO, THREE, "Footer"], [ONE, TWO, THREE])
    assert found.at == (1, 3, 4)
    assert not found.covered


def test_signs_and_case_do_not_matter():
    assert aligned(["  THE PORT opened, at dawn "], [f"- {ONE}"]).at == (0,)


def test_a_line_that_stands_twice_is_taken_between_its_neighbours():
    assert aligned([TWO, ONE, TWO, THREE, TWO], [ONE, TWO, THREE]).at == (1, 2, 3)


def test_a_line_that_is_not_there_has_no_place():
    assert aligned([ONE, THREE], [ONE, "Nobody wrote this sentence on that page.", THREE]).at == (0, None, 1)


def test_lines_out_of_order_keep_the_longest_row():
    assert aligned([ONE, TWO, THREE], [THREE, ONE, TWO]).at == (None, 0, 1)


def test_joined_lines_are_covered():
    found = aligned([ONE, TWO, "Share", THREE], [f"{ONE} {TWO}", THREE])
    assert found.at == (0, 3)
    assert found.covered == {0, 1}


def test_a_shortened_line_is_covered():
    found = aligned([ONE, f"{TWO}, opens new tab", THREE], [ONE, TWO, THREE])
    assert (found.at, found.covered) == ((0, 1, 2), {1})


def test_nothing():
    assert aligned([], [ONE]).at == (None,)
    assert aligned([ONE], []).at == ()
    assert aligned(["***"], ["***"]).at == (None,)


def test_many_lines_take_time_by_their_number():
    page = [f"Line {number} of the page {number * 7}." for number in range(20_000)]
    begun = time.process_time()
    aligned(page, page[::3])
    aligned(["Always the same line."] * 20_000, ["Always the same line."] * 10_000)
    aligned([f"One {number}" for number in range(20_000)], [f"Other {number}" for number in range(10_000)])
    assert time.process_time() - begun < 4.0
