"""Where the lines that an extractor kept stand among all lines of the page."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kutub.article.lines import key_of, words

_COVERED = 0.6  # share of a line's words that a kept line has, if it is that line or was made of it
_PAIRS = 5_000  # of page lines and kept lines without an equal that are compared; among more, all are covered


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """What stands where. `at`: for each kept line the index of the page's line that says the same, rising; None where
    there is none. `covered`: page lines that kept lines were made of, being joined, parted or shortened."""

    at: tuple[int | None, ...]
    covered: frozenset[int]


def aligned(page: Sequence[str], kept: Sequence[str]) -> Alignment:
    """Kept lines beside the page's, by their letters and digits, in the order of both; n log n in their number."""
    theirs, ours = [key_of(text) for text in page], [key_of(text) for text in kept]
    at: list[int | None] = [None] * len(kept)
    for mine, other in _anchors(theirs, ours):
        at[mine] = other
    places = defaultdict(list)
    for index, key in enumerate(theirs):
        places[key].append(index)
    for mines, others in list(_stretches(at, len(page))):
        cursor = others.start
        for mine in mines:
            found = places.get(ours[mine], []) if ours[mine] else []
            position = bisect_left(found, cursor)
            if position < len(found) and found[position] < others.stop:
                at[mine] = found[position]
                cursor = found[position] + 1
    covered: set[int] = set()
    for mines, others in list(_stretches(at, len(page))):
        if len(mines) * len(others) > _PAIRS:
            covered.update(others)
        elif mines:
            covered |= _pair(page, kept, mines, others, at)
    return Alignment(at=tuple(at), covered=frozenset(covered))


def _anchors(theirs: Sequence[str], ours: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs (kept, page) of lines that are in both once, the longest row of them that rises in both."""
    once = {key for key, count in Counter(theirs).items() if count == 1 and key}
    own = Counter(ours)
    where = {key: index for index, key in enumerate(theirs) if key in once}
    pairs = [(mine, where[key]) for mine, key in enumerate(ours) if key in once and own[key] == 1]
    tails: list[int] = []  # of the best row of each length, the page's index at its end
    ends: list[int] = []  # the pair there
    before: list[int] = []  # of each pair, the one that comes before it in its row; -1 for none
    for number, (_, other) in enumerate(pairs):
        length = bisect_left(tails, other)
        tails[length : length + 1] = [other]
        ends[length : length + 1] = [number]
        before.append(ends[length - 1] if length else -1)
    row: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]


def _stretches(at: Sequence[int | None], size: int) -> Iterator[tuple[range, range]]:
    """The kept lines without a place between two with one, and the page lines there."""
    edges = [(-1, -1), *((mine, other) for mine, other in enumerate(at) if other is not None), (len(at), size)]
    for (mine, other), (next_mine, next_other) in pairwise(edges):
        yield range(mine + 1, next_mine), range(other + 1, next_other)


def _pair(page: Sequence[str], kept: Sequence[str], mines: range, others: range, at: list[int | None]) -> set[int]:
    """Gives kept lines the place of the first page line that they share most words with; all such page lines."""
    bags = {mine: frozenset(map(str.casefold, words(kept[mine]))) for mine in mines}
    covered: set[int] = set()
    first = mines.start
    for other in others:
        bag = frozenset(map(str.casefold, words(page[other])))
        alike = [mine for mine in mines if _is_alike(bag, bags[mine])]
        covered.update([other] if alike else [])
        unplaced = [mine for mine in alike if mine >= first]
        if unplaced:
            at[unplaced[0]] = other
            first = unplaced[0] + 1
    return covered


def _is_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and len(one & other) >= _COVERED * min(len(one), len(other))
