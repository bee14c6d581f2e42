"""Whom a later mention stands for: surnames, titles, pronouns, pairs, groups, abbreviations, speakers, events."""

from __future__ import annotations

import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from kutub.coder import Coder
from kutub.records import Article, Part, Piece, PieceKind

DATA = Path(__file__).parent / "data"
LEAST_RIGHT = 0.92  # of all chains, abstaining where a reader could not tell included
LEAST_PRECISE = 0.96  # of the answers given
LEAST_CHAINS = 75


@cache
def _coder(code):
    return Coder.load(code)


@cache
def chains(code):
    """The chains of a language."""
    return yaml.safe_load((DATA / f"coreference_{code}.yaml").read_text(encoding="utf-8"))


def answer(code, chain):
    """(name, country, sectors) of each party that the mention is given; None where it names nobody."""
    text = chain["text"]
    piece = Piece(kind=PieceKind.BODY, part=Part.TEXT, start=0, end=len(text))
    article = Article(id="t", path="t", text=text, pieces=(piece,), published=chain["date"], language=code)
    traces = _coder(code).trace(article, full=True)
    assert len(traces) >= chain["sentence"], f"sentence {chain['sentence']} is not there: {text}"
    trace = traces[chain["sentence"] - 1]
    start = trace.sentence.start + trace.sentence.text.index(chain["mention"])
    end = start + len(chain["mention"])
    found = [who for who in trace.identities if who.start < end and who.end > start and who.parties]
    best = max(found, key=lambda who: min(who.end, end) - max(who.start, start), default=None)
    why = [who.why for who in trace.identities if who.start < end and who.end > start]
    return sorted((p.name, p.country, list(p.sectors)) for p in best.parties) if best else None, why


def outcomes(code):
    """(chain, wanted, given, why) of every chain."""
    for chain in chains(code):
        wanted = sorted(map(tuple, chain["is"])) if chain["is"] else None
        yield chain, wanted, *answer(code, chain)


@pytest.mark.parametrize("code", ["en", "id"])
def test_chains_are_followed_precisely(code):
    found = list(outcomes(code))
    right = [wanted == given for _, wanted, given, _ in found]
    answered = [wanted == given for _, wanted, given, _ in found if given]
    wrong = "\n".join(
        f"{c['text']} {c['mention']!r}: {given} {why}, not {wanted}"
        for c, wanted, given, why in found
        if given != wanted
    )
    assert len(found) >= LEAST_CHAINS
    assert sum(right) / len(right) >= LEAST_RIGHT, wrong
    assert sum(answered) / len(answered) >= LEAST_PRECISE, wrong


def test_the_trace_says_who_was_chosen_and_why_nobody_was():
    text = (
        "Ghanaian Foreign Minister Kofi Adjei and Togolese Foreign Minister Yao Mensah met in Lome. "
        "He condemned the coup. Chad closed its border with Sudan. It sent soldiers."
    )
    explained = str(_coder("en").explain(text, published=date(2023, 5, 3)))
    assert "'He' = nobody (pronoun of a person: Kofi Adjei, Yao Mensah fit equally)" in explained
    assert "'It' = Chad (pronoun: Chad, subject 1 back, before Sudan)" in explained


if __name__ == "__main__":
    for language in sys.argv[1:] or ("en", "id"):
        results = list(outcomes(language))
        for chain, wanted, given, why in results:
            if wanted != given:
                print(f"{chain['kind']}: {chain['text']} {chain['mention']!r}\n    {given} {why}\n    not {wanted}")
        given_right = [w == g for _, w, g, _ in results if g]
        print(language, sum(w == g for _, w, g, _ in results), "of", len(results))
        print("  of the answers", sum(given_right), "of", len(given_right))
