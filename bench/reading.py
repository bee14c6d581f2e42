"""How well, how fast and how safely web pages are read: `make bench-reading`.

fuzz    mutated pages through the killable workers: results by reason, stories lost, deaths, the slowest pages
speed   CPU time from HTML to article against trafilatura alone, page by page; and wall time through a worker
memory  resident memory of the worker and of this process while many mutated pages are read (Linux)
bodies  4-grams of words of the body against gold texts, of Kutub and of trafilatura alone, counted as Scrapinghub's
        article-extraction-benchmark does (means over pages)

Pages are those of the tests and examples, and those in ../shared/data/html, which are not part of this repository (the
texts are not ours to publish). What the bodies of those should be was picked out by eye, paragraph by paragraph;
bench/gold holds the hashes of their 4-grams of words. More gold texts may stand in the folder given with --pages:
html/NAME.html and txt/NAME.txt, as in tests/data of the source distribution of newspaper4k
(pip download --no-deps --no-binary :all: newspaper4k==0.9.6). What is not there is said and left out.

usage: python bench/reading.py [fuzz|speed|memory|bodies|all] [--count N] [--size BYTES] [--seed N] [--rounds N]
                               [--jobs N] [--pages DIR] [--shared DIR]
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from trafilatura import extract

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.article.mutate import SIZE, Source, fault_of, mutate, read_timed, sources  # noqa: E402

from bench.bodies import measure_bodies  # noqa: E402
from kutub.article import read_article  # noqa: E402
from kutub.article.decoding import decode  # noqa: E402
from kutub.article.html import read_web_page  # noqa: E402
from kutub.pipeline.pool import READ_SECONDS, work_through  # noqa: E402
from kutub.pipeline.work import Settings, read_page  # noqa: E402
from kutub.records import Article, Dropped, DropReason, Page  # noqa: E402

KINDS = ("fuzz", "speed", "memory", "bodies")
MEGABYTE = 1024**2
_STEP = 1000  # pages between two looks at memory
_SHOWN = 12  # faults and slow pages that are shown
_STORY_WORDS = 60  # words a story must have for its loss to be told from a page that never had one
_FLAT = 1.05  # growth of memory from the first half of a run to the second that counts as none


def main() -> int:
    """Runs what is asked for; exit status 1 when a page hung, failed, killed its worker or lost its story."""
    options = _options()
    failed = False
    for kind in KINDS if options.kind == "all" else (options.kind,):
        print(f"\n== {kind}", flush=True)
        failed |= {"fuzz": _fuzz, "speed": _speed, "memory": _memory, "bodies": measure_bodies}[kind](options)
    return int(failed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", nargs="?", choices=(*KINDS, "all"), default="all")
    parser.add_argument("--count", type=int, default=20_000, help="pages of fuzz and memory")
    parser.add_argument("--size", type=int, default=SIZE, help="bytes that a mutation of fuzz may add")
    parser.add_argument("--seed", type=int, default=0, help="the first seed of fuzz and memory")
    parser.add_argument("--rounds", type=int, default=5, help="how often speed reads each page")
    parser.add_argument("--jobs", type=int, default=2, help="workers of fuzz")
    parser.add_argument("--pages", type=Path, help="folder with html/NAME.html and txt/NAME.txt")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    return parser.parse_args()


def _paths(shared: Path) -> list[Path]:
    """All pages that are there."""
    own = [*(ROOT / "tests" / "publishers").glob("*.html"), *(ROOT / "examples" / "news" / "html").glob("*.html")]
    folder = shared / "data" / "html"
    if not folder.is_dir():
        print(f"   no pages at {folder} (they are not part of the repository); golden pages and examples alone")
        return sorted(own)
    return sorted(own) + sorted(path for path in folder.rglob("*") if path.suffix in (".html", ".php"))


# fuzz


def _fuzz(options: argparse.Namespace) -> bool:
    given = [source for source in sources(_paths(options.shared)) if source.story.words >= _STORY_WORDS]
    counts: Counter[str] = Counter()
    asked = 0
    worst: list[tuple[float, str]] = []
    faults: list[str] = []
    waiting: dict[int, tuple[Source, tuple[str, ...], bytes]] = {}

    def pages() -> Iterator[Page]:
        for seed in range(options.seed, options.seed + options.count):
            source = given[seed % len(given)]
            mutated = mutate(source.content, seed, size=options.size)
            waiting[seed] = source, mutated.mutations, mutated.content
            yield Page(path=f"{seed}.html", content=mutated.content)

    begun = last = time.monotonic()
    results = work_through(pages(), work=read_timed, settings=Settings(), jobs=options.jobs)
    for seed, result in enumerate(results, start=options.seed):
        source, mutations, content = waiting.pop(seed)
        seconds, found = (READ_SECONDS, result) if isinstance(result, Dropped) else (result.seconds, result.result)
        name = f"seed {seed}, {source.name}, {len(content):,} bytes: {', '.join(mutations)}"
        assert found.path == f"{seed}.html", f"{found.path} came in place of {seed}.html"
        counts[found.reason.value if isinstance(found, Dropped) else "article"] += 1
        worst = sorted([*worst, (seconds, name)], reverse=True)[:_SHOWN]
        fault = fault_of(source, content, found)
        if isinstance(found, Dropped) and found.reason in (DropReason.FAILED, DropReason.QUARANTINED):
            fault = f"{found.reason}: {found.detail}"
        if fault:
            faults.append(f"{name}\n      {fault}")
        asked += source.is_shown_by(content)
        if time.monotonic() - last > 60:
            last = time.monotonic()
            print(f"   … {seed - options.seed + 1} pages, {len(faults)} faults", flush=True)
    print(f"   {options.count:,} mutations of {len(given)} pages in {time.monotonic() - begun:.0f} s")
    for reason, count in counts.most_common():
        print(f"   {count:7,}  {reason}")
    print(f"   {asked:7,}  surely show their story; {len(faults)} faults in all pages")
    for line in faults[:_SHOWN]:
        print(f"   fault: {line}")
    print("   slowest:")
    for seconds, name in worst:
        print(f"   {seconds:7.2f} s  {name}")
    return bool(faults)


# speed


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """CPU seconds of a page, by round: of Kutub, and of trafilatura alone."""

    has_profile: bool
    ours: tuple[float, ...]
    theirs: tuple[float, ...]


def _speed(options: argparse.Namespace) -> bool:
    pages = []
    for path in _paths(options.shared):
        page = Page(path=path.name, content=path.read_bytes())
        if isinstance(read_article(page), Article):
            text = decode(page.content).text
            pages.append((page, text, read_web_page(text).publisher is not None))
    timed = [_page_times(page, text, options.rounds, has_profile) for page, text, has_profile in pages]
    print(f"   {len(timed)} pages that give an article, {options.rounds} rounds; CPU time a page, Kutub : trafilatura")
    for label, chosen in (
        ("all", timed),
        ("with a profile", [item for item in timed if item.has_profile]),
        ("without one", [item for item in timed if not item.has_profile]),
    ):
        _print_ratio(label, chosen)
    contents = [page for page, _, _ in pages] * options.rounds
    through = work_through([contents[0], *contents], work=read_page, settings=Settings())
    next(through)  # the worker is up and has imported
    begun = time.perf_counter()
    for _ in through:
        pass
    ours = time.perf_counter() - begun
    begun = time.perf_counter()
    for _ in range(options.rounds):
        for _, text, _ in pages:
            extract(text, include_comments=False)
    theirs = time.perf_counter() - begun
    each = 1000 / len(contents)
    print(f"   wall time in a worker: {ours * each:.1f} ms a page : {theirs * each:.1f} ms, ratio {ours / theirs:.2f}")
    return False


def _page_times(page: Page, text: str, rounds: int, has_profile: bool) -> Times:
    """Each round reads the page with both, in alternating order: the second may find what the first has cached."""
    ours: list[float] = []
    theirs: list[float] = []
    for turn in range(rounds):
        tasks: list[tuple[list[float], Callable[[], object]]] = [
            (ours, lambda: read_article(page)),
            (theirs, lambda: extract(text, include_comments=False)),
        ]
        for times, task in tasks if turn % 2 else tasks[::-1]:
            begun = time.process_time()
            task()
            times.append(time.process_time() - begun)
    return Times(has_profile=has_profile, ours=tuple(ours), theirs=tuple(theirs))


def _print_ratio(label: str, timed: Sequence[Times]) -> None:
    if not timed:
        print(f"   {label:15} none")
        return
    ours = sum(statistics.median(item.ours) for item in timed)
    theirs = sum(statistics.median(item.theirs) for item in timed)
    rounds = [
        sum(item.ours[turn] for item in timed) / sum(item.theirs[turn] for item in timed)
        for turn in range(len(timed[0].ours))
    ]
    each = 1000 / len(timed)
    print(
        f"   {label:15} {len(timed):4} pages {ours * each:6.1f} ms : {theirs * each:6.1f} ms, ratio {ours / theirs:.2f}"
        f" (rounds {min(rounds):.2f} to {max(rounds):.2f})"
    )


# memory


def _memory(options: argparse.Namespace) -> bool:
    """Pages are lightly mutated, so that no two are the same; memory that grows with them is a leak."""
    if not Path("/proc/self/statm").exists():
        print("   needs /proc; left out")
        return False
    given = sources(_paths(options.shared))

    def pages() -> Iterator[Page]:
        for seed in range(options.seed, options.seed + options.count):
            source = given[seed % len(given)]
            yield Page(path=f"{seed}.html", content=mutate(source.content, seed, size=20_000).content)

    samples: list[tuple[float, float]] = []
    workers: set[int] = set()
    step = min(_STEP, max(options.count // 10, 1))
    print("     pages    parent    worker")
    for number, _ in enumerate(work_through(pages(), work=read_page, settings=Settings()), start=1):
        if number % step == 0 and (children := _children()):
            workers |= set(children)
            parent, worker = _resident(os.getpid()), max(map(_resident, children))
            samples.append((parent, worker))
            print(f"   {number:7,}  {parent:5.0f} MB  {worker:5.0f} MB", flush=True)
    print(f"   {len(workers)} workers were seen (one is replaced when it has needed much, or was lost)")
    half = len(samples) // 2
    if half:
        for label, values in zip(("parent", "worker"), zip(*samples, strict=True), strict=True):
            early, late = statistics.mean(values[:half]), statistics.mean(values[half:])
            word = "flat" if late <= _FLAT * early else "grows"
            print(f"   {label}: {early:.0f} MB in the first half, {late:.0f} MB in the second: {word}")
    return False


def _children() -> list[int]:
    text = "".join(path.read_text() for path in Path("/proc/self/task").glob("*/children"))
    return [int(number) for number in text.split()]


def _resident(process: int) -> float:
    """Megabytes of a process that are in memory; 0 if it is gone."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


if __name__ == "__main__":
    sys.exit(main())
