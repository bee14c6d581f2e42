"""How well the body of web pages is found: 4-grams of words against gold texts (`python bench/reading.py bodies`).

Kutub is counted beside trafilatura alone, as Scrapinghub's article-extraction-benchmark counts (means over pages).
"""

from __future__ import annotations

import argparse
import hashlib
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from tests.article.mutate import body_of
from trafilatura import extract

from kutub.article import read_article
from kutub.article.decoding import decode
from kutub.article.html import read_web_page
from kutub.records import Article, Dropped, DropReason, Page

GOLD = Path(__file__).resolve().parent / "gold"

Shares = tuple[float, float, float]  # of a page's 4-grams: in both texts, only in ours, only in the gold text


def measure_bodies(options: argparse.Namespace) -> bool:
    gold = list(_gold(options))
    if not gold:
        print("   no gold texts; give --pages")
        return False
    extractors: dict[str, Callable[[str], str]] = {
        "Kutub": _our_body,
        "trafilatura": lambda text: extract(text, include_comments=False) or "",
        "  favor_precision": lambda text: extract(text, include_comments=False, favor_precision=True) or "",
    }
    results = {name: read_article(Page(path=name, content=content)) for name, content, _ in gold}
    foreign = {
        name
        for name, result in results.items()
        if isinstance(result, Dropped) and result.reason is DropReason.UNKNOWN_LANGUAGE
    }
    _print_bodies("pages; what Kutub drops has no body", [item for item in gold if item[0] not in foreign], extractors)
    label = "pages in languages that Kutub does not read; its lines before the language is looked at"
    _print_bodies(label, [item for item in gold if item[0] in foreign], extractors)
    return False


def _print_bodies(
    label: str, gold: Sequence[tuple[str, bytes, Counter[str]]], extractors: Mapping[str, Callable[[str], str]]
) -> None:
    print(f"   {len(gold)} {label}")
    if not gold:
        return
    shares = [
        [shared(true, extractor(decode(content).text)) for extractor in extractors.values()]
        for _, content, true in gold
    ]
    print(f"   {'':44} {'precision':>9}  recall      F1")
    for number, name in enumerate(extractors):
        print(f"   {name:44}  " + "  ".join(f"{value:6.3f}" for value in averages([row[number] for row in shares])))
    print(f"      F1 of each page: {', '.join(name.strip() for name in extractors)}")
    for (name, _, _), row in zip(gold, shares, strict=True):
        print(f"      {name[:41]:41}   " + "  ".join(f"{averages([share])[2]:6.3f}" for share in row))


def _gold(options: argparse.Namespace) -> Iterator[tuple[str, bytes, Counter[str]]]:
    """Name, page and the 4-grams of the gold body."""
    folder = options.shared / "data" / "html"
    pages = {path.name.rpartition(".")[0]: path for path in folder.rglob("*") if path.is_file()}
    if not pages:
        print(f"   no pages at {folder} (they are not part of the repository)")
    for path in sorted(GOLD.glob("*.grams")):
        if found := pages.get(path.stem):
            yield found.name, found.read_bytes(), Counter(path.read_text(encoding="ascii").split())
    if options.pages is None:
        return
    for path in sorted((options.pages / "html").glob("*.html")):
        text = options.pages / "txt" / f"{path.stem}.txt"
        if text.exists():
            yield path.name, path.read_bytes(), _grams(text.read_text(encoding="utf-8"))


def _our_body(text: str) -> str:
    """The body's paragraphs; the body's lines of a page whose language is not read; nothing of a page dropped else."""
    result = read_article(Page(path="page.html", content=text.encode()))
    if isinstance(result, Article):
        return "\n".join(body_of(result))
    return read_web_page(text).story_text if result.reason is DropReason.UNKNOWN_LANGUAGE else ""


def shared(true_grams: Counter[str], found: str) -> Shares:
    """The 4-grams of words that two texts share and do not share, as parts of all; (0, 0, 0) where both are empty."""
    found_grams = _grams(found)
    counts = (
        (true_grams & found_grams).total(),
        (found_grams - true_grams).total(),
        (true_grams - found_grams).total(),
    )
    total = sum(counts) or 1
    return counts[0] / total, counts[1] / total, counts[2] / total


def averages(pages: Sequence[Shares]) -> tuple[float, float, float]:
    """Precision and recall, each the mean over the pages that have one, and the F1 of the two means."""
    precisions = [both / (both + ours) for both, ours, _ in pages if both + ours > 0]
    recalls = [both / (both + theirs) for both, _, theirs in pages if both + theirs > 0]
    precision = statistics.mean(precisions) if precisions else 0.0
    recall = statistics.mean(recalls) if recalls else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _grams(text: str) -> Counter[str]:
    """Hashes of the runs of four words."""
    words = re.findall(r"\w+", text)
    runs = (" ".join(words[start : start + 4]) for start in range(max(1, len(words) - 3)) if words)
    return Counter(hashlib.blake2b(run.encode(), digest_size=4).hexdigest() for run in runs)
