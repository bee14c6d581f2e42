"""Look-up of word sequences by longest match."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_BREAKS = re.compile(r"[\s\-‐‑–—]+")


def atoms(text: str) -> list[str]:
    """The parts of a form or token between blanks and hyphens."""
    if text.isalpha():
        return [text]
    return [atom for atom in _BREAKS.split(text) if atom]


class Trie(Generic[T]):
    """Longest-match look-up of word sequences."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def add(self, words: Sequence[str], value: T) -> None:
        """Files a value under a word sequence; several values may share it."""
        self._node(words).setdefault("", []).append(value)

    def put(self, words: Sequence[str], values: Sequence[T]) -> None:
        """Files values under a word sequence in place of those that were there."""
        self._node(words)[""] = list(values)

    def _node(self, words: Sequence[str]) -> dict[str, Any]:
        node = self._root
        for word in words:
            node = node.setdefault(word, {})
        return node

    def longest(self, words: Sequence[str], start: int) -> tuple[int, list[T]]:
        """(number of words, values) of the longest match at `start`; (0, []) if there is none."""
        node: dict[str, Any] = self._root
        best: tuple[int, list[T]] = (0, [])
        for offset in range(start, len(words)):
            if words[offset] not in node or not words[offset]:
                break
            node = node[words[offset]]
            if "" in node:
                best = (offset - start + 1, list(node[""]))
        return best
