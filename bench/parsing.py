"""Speed of the language models: `python bench/parsing.py [--words N]`, one thread, in one run with a spaCy pipeline.

Prints for each language: seconds to import and load in a fresh process, megabytes on disk, words a second in batches,
the ratio to a spaCy pipeline of tagger, lemmatiser and parser (convolutions of width 96 and depth 4, as spaCy's small
models have; not trained, so that it has few labels to score), and whether batches or threads change a result. Each run
is with a fresh model, which has no word remembered.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kutub.language import available, load_language
from kutub.text.network import Network
from kutub.text.sentences import split_sentences
from kutub.text.tokens import Tokeniser

RUNS = 3
NEWS = Path(__file__).parents[1] / "examples" / "news"
LOAD = (
    "import time; t = time.perf_counter(); from pathlib import Path; from kutub.text.network import Network; "
    "Network.load(Path({folder!r})); print(time.perf_counter() - t)"
)
DIGEST = (
    "import sys, json, hashlib; from pathlib import Path; from kutub.text.network import Network; "
    "found = Network.load(Path({folder!r})).analyse(s := json.load(sys.stdin), styles=['text'] * len(s)); "
    "print(hashlib.sha256(repr(found).encode()).hexdigest())"
)


def main() -> int:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=20_000, help="words to parse")
    options = parser.parse_args()
    if os.environ.get("OPENBLAS_NUM_THREADS") != "1":  # numpy reads it when it is imported
        env = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        return subprocess.run([sys.executable, *sys.argv], env=env, check=False).returncode
    peer = spacy_pipeline()
    is_same = True
    for code in available():
        folder = load_language(code).path / "model"
        sentences = sentences_of(code, options.words)
        model = Network.load(folder)
        styles = ["text"] * len(sentences)
        whole = model.analyse(sentences, styles=styles)
        alone = [model.analyse([words], styles=["text"])[0] for words in sentences[:1000]]
        threads = {digest(folder, sentences, threads) for threads in ("1", "2", "4")}
        fresh = [Network.load(folder) for _ in range(RUNS)]
        own = best(lambda fresh=fresh, s=sentences, t=styles: fresh.pop().analyse(s, styles=t))
        other = best(lambda s=sentences: list(peer.pipe(docs(peer, s), batch_size=256)))
        count = sum(map(len, sentences))
        is_same = is_same and alone == whole[:1000] and len(threads) == 1
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
        print(
            f"{code}: loads in {loading(folder):.2f} s, {size:.1f} MB; {count / own:,.0f} words a second, "
            f"spaCy {count / other:,.0f}, ratio {other / own:.2f}; sentences alone give "
            f"{'the same' if alone == whole[:1000] else 'ANOTHER result'}, 1, 2 and 4 threads "
            f"{'the same' if len(threads) == 1 else 'ANOTHER result'}"
        )
    return 0 if is_same else 1


def sentences_of(code: str, words: int) -> list[list[str]]:
    """Sentences of the example news of a language, over and over up to so many words."""
    language = load_language(code)
    tokeniser = Tokeniser(language.settings)
    found: list[list[str]] = []
    for path in sorted(NEWS.rglob(f"{code}-*.txt")):
        text = path.read_text(encoding="utf-8")
        for start, end in split_sentences(text, 0, len(text), language=language):
            found.append([text[a:b] for a, b in tokeniser.words(text, start, end)])
    result: list[list[str]] = []
    count = 0
    while found and count < words:
        result += (row for row in found if row)
        count += sum(map(len, found))
    return result


def best(act: Any) -> float:
    """Seconds of the fastest of three runs."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return min(times)


def loading(folder: Path) -> float:
    """Seconds to import and load a model in a fresh process: the best of three."""
    return min(float(python(LOAD.format(folder=str(folder)))) for _ in range(3))


def digest(folder: Path, sentences: Sequence[Sequence[str]], threads: str) -> str:
    """What a process with so many threads makes of the sentences."""
    import json

    return python(DIGEST.format(folder=str(folder)), threads=threads, given=json.dumps(sentences))


def python(code: str, *, threads: str = "1", given: str = "") -> str:
    """What a fresh process prints."""
    env = {**os.environ, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, input=given, env=env, capture_output=True, text=True, check=True).stdout.strip()


def spacy_pipeline() -> Any:
    """A spaCy pipeline of about the size of its small models, not trained."""
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example

    nlp = spacy.blank("xx")
    embed = {"width": 96, "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"], "rows": [5000, 1500, 3000, 1500]}
    encode = {"width": 96, "depth": 4, "window_size": 1, "maxout_pieces": 3}
    listen = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}
    vectors = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {"@architectures": "spacy.MultiHashEmbed.v2", "include_static_vectors": False, **embed},
        "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", **encode},
    }
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": listen, "nO": None}
    transitions = {"state_type": "parser", "extra_state_tokens": False, "hidden_width": 64, "maxout_pieces": 2}
    parser = {"@architectures": "spacy.TransitionBasedParser.v2", "use_upper": True, "tok2vec": listen, "nO": None}
    nlp.add_pipe("tok2vec", config={"model": vectors})
    nlp.add_pipe("morphologizer", config={"model": tagger})
    nlp.add_pipe("trainable_lemmatizer", config={"model": tagger})
    nlp.add_pipe("parser", config={"model": {**parser, **transitions}, "min_action_freq": 1})
    words = ["a", "b", "c", "d"]
    doc = Doc(
        nlp.vocab,
        words=words,
        pos=["DET", "NOUN", "VERB", "NOUN"],
        morphs=[""] * 4,
        lemmas=words,
        heads=[1, 2, 2, 2],
        deps=["det", "nsubj", "ROOT", "obj"],
    )
    nlp.initialize(lambda: [Example(Doc(nlp.vocab, words=words), doc)] * 20)
    return nlp


def docs(nlp: Any, sentences: Sequence[Sequence[str]]) -> list[Any]:
    """The sentences as documents of the pipeline."""
    from spacy.tokens import Doc

    return [Doc(nlp.vocab, words=list(words)) for words in sentences]


if __name__ == "__main__":
    sys.exit(main())
