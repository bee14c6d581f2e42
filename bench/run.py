"""Figures of accuracy and speed: `make bench`.

Codes the development sets that lie in ../shared/bench (not part of this repository: the texts are not ours to
publish) and
the seed page with the command line as a user would, then runs the scorers that lie there. Without them it says so and
stops.
Recorded figures: docs/accuracy.md.

usage: python bench/run.py [--shared DIR] [--out DIR] [--errors N] [--jobs N]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KUTUB = [sys.executable, "-m", "kutub"]


def main() -> int:
    """Runs every set that is there; exit status 1 when coding or scoring one of them failed."""
    options = _options()
    bench, seed = options.shared / "bench", options.shared / "seed"
    if not bench.is_dir():
        print(f"bench: no development sets at {bench}; nothing measured (they are not part of the repository)")
        return 0
    options.out.mkdir(parents=True, exist_ok=True)
    failed = False
    for name, gold, scorer in (
        ("seed (Indonesian page)", seed / "multipolar-id.gold.jsonl", "score_events.py"),
        ("Indonesian articles", bench / "articles_id_dev.jsonl", "score_events.py"),
        ("English articles", bench / "articles_en_dev.jsonl", "score_events.py"),
        ("English triples", bench / "triples_dev.jsonl", "score_triples.py"),
    ):
        failed |= not _measure(name, gold, bench / scorer, options, command="code")
    failed |= not _measure("PLV pairs", bench / "pairs_dev.jsonl", bench / "score_pairs.py", options, command="relate")
    failed |= not _left_out(seed / "multipolar-id.txt", options.out)
    return int(failed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "bench")
    parser.add_argument("--errors", type=int, default=0, help="show N errors of each kind")
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args()


def _measure(name: str, gold: Path, scorer: Path, options: argparse.Namespace, *, command: str) -> bool:
    print(f"\n== {name}: {gold.name}", flush=True)
    if not gold.exists():
        print("   not there; left out")
        return True
    result = options.out / f"{gold.name.split('.')[0]}.{command}.jsonl"
    call = [*KUTUB, command, str(gold), "-o", str(result)]
    if command == "code":
        call += ["--jobs", str(options.jobs)]
    started = time.monotonic()
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - started
    if done.returncode != 0:
        print(f"   kutub {command} failed with status {done.returncode}:\n{done.stderr}")
        return False
    with gold.open(encoding="utf-8") as lines:
        rows = sum(1 for _ in lines)
    print(f"   {rows} rows in {seconds:.1f} s, start of the program included", flush=True)
    scoring = [sys.executable, str(scorer), str(gold), str(result), "--errors", str(options.errors)]
    return subprocess.run(scoring, check=False).returncode == 0


def _left_out(page: Path, out: Path) -> bool:
    """Events coded from lines of the seed page that are left out: must be none."""
    print("\n== seed page as a dump: events from left-out lines")
    if not page.exists():
        print("   not there; left out")
        return True
    events, articles = out / "seed.events.jsonl", out / "seed.read.jsonl"
    for command, target in (("code", events), ("read", articles)):
        done = subprocess.run(
            [*KUTUB, command, str(page), "-o", str(target)], capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            print(f"   kutub {command} failed: {done.stderr}")
            return False
    article = json.loads(articles.read_text(encoding="utf-8").splitlines()[0])
    left_out = [item["text"] for item in article["left_out"]]
    coded = [json.loads(line) for line in events.read_text(encoding="utf-8").splitlines()]
    wrong = [event for event in coded if any(event["sentence"] in text for text in left_out)]
    print(f"   {len(coded)} events, {len(left_out)} stretches left out, {len(wrong)} events from them")
    return not wrong


if __name__ == "__main__":
    sys.exit(main())
