"""What a golden page must give: written from a reading, and held against one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import wrap
from typing import Any

import yaml

from kutub.records import Article, PieceKind
from tools.publisher.pages import load_page, read_saved

WIDTH = 116
COMPARED = ("title", "deck", "byline", "editor", "published", "publisher")


def expectation(article: Article) -> str:
    """What a golden page must give, as its YAML file."""
    lines = ["# Made by tools.publisher golden from what the profile reads: look whether each value is right."]
    for name in COMPARED:
        if value := getattr(article, name):
            lines.append(f"{name}: {value.isoformat() if name == 'published' else _quoted(value)}")
    lines.append("body:")
    body = [article.text[piece.start : piece.end] for piece in article.pieces if piece.kind is PieceKind.BODY]
    for text in body:
        lines += [
            "  - >-",
            *(f"    {line}" for line in wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)),
        ]
    if article.left_out:
        lines.append("left_out:")
        lines += [f"  - [{span.reason.value}, {_quoted(span.text)}]" for span in article.left_out]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("'", "''")
    return f"'{escaped}'"


def faults(path: Path) -> list[str]:
    """What of a golden page does not come out as its expectation says; path: of the page."""
    target = path.with_suffix(".yaml")
    if not target.exists():
        return [f"{target.name} is missing"]
    expected: Mapping[str, Any] = yaml.safe_load(target.read_text(encoding="utf-8"))
    article = read_saved(load_page(path))
    result = [
        f"{name} is {getattr(article, name)!r}, not {expected.get(name)!r}"
        for name in COMPARED
        if getattr(article, name) != expected.get(name)
    ]
    body = [article.text[piece.start : piece.end] for piece in article.pieces if piece.kind is PieceKind.BODY]
    left_out = [f"{span.reason.value}: {span.text}" for span in article.left_out]
    wanted = [" ".join(text.split()) for text in expected["body"]]
    unwanted = [f"{reason}: {' '.join(text.split())}" for reason, text in expected.get("left_out") or []]
    for what, found, sought in (("body", body, wanted), ("left_out", left_out, unwanted)):
        result += [f"{what} lacks {line!r}" for line in sought if line not in found]
        result += [f"{what} has {line!r} too" for line in found if line not in sought]
        if not result and found != sought:
            result.append(f"{what} is in another order")
    return result
