"""Measure a parser on our own news sentences (tests/text/news): predicates and their parties, agents, sentence ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from kutub.language import Language
from kutub.records import Article, Part, PieceKind, Sentence, Token
from kutub.text.parser import Parser
from kutub.text.sentences import split_sentences

FOLDER = Path(__file__).parents[2] / "tests" / "text" / "news"
SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass", "nsubj:outer")
OBJECTS = ("obj", "iobj")  # treebanks differ on who is told or urged to do something
AGENT = "obl:agent"


def news_figures(parser: Parser, language: Language) -> dict[str, float]:
    """Per cent: sentences whose predicate, subject and object are right; F1 of agents; F1 of sentence ends.

    `news_unseen` counts as `news_clauses` does, on sentences that nobody looks at (`wrong` does not show them).
    """
    return {
        "news_clauses": _clauses(load(language.code, "sentences"), parser, language),
        "news_unseen": _clauses(load(language.code, "unseen"), parser, language),
        "news_agents": _agents(load(language.code, "passives"), parser, language),
        "news_sentences": sentence_ends(load(language.code, "paragraphs"), language),
    }


def _clauses(entries: Sequence[Mapping[str, Any]], parser: Parser, language: Language) -> float:
    right = [_is_right(entry, parsed(entry, parser, language)) for entry in entries]
    return round(100 * sum(right) / len(right), 1)


def load(code: str, name: str) -> list[Any]:
    """One of the test sets of a language."""
    entries: list[Any] = yaml.safe_load((FOLDER / f"{code}_{name}.yaml").read_text(encoding="utf-8"))
    return entries


def parsed(entry: Mapping[str, Any], parser: Parser, language: Language) -> list[Sentence]:
    """The sentences that an entry's text is cut into, parsed."""
    text = entry["text"]
    kind = PieceKind.TITLE if entry["kind"] == "headline" else PieceKind.BODY
    article = Article(id="", path="", text=text, pieces=(), language=language.code)
    spans = split_sentences(text, 0, len(text), language=language, datelines=kind is not PieceKind.TITLE)
    return list(parser.parse([(Part.TEXT, kind, start, end) for start, end in spans], article=article))


def places(entry: Mapping[str, Any], wanted: Any) -> list[int | None]:
    """Where the admissible answers begin in the text; None stands for no word."""
    words, at, starts = entry["words"].split(), 0, []
    for word in words:
        at = entry["text"].index(word, at)
        starts.append(at)
        at += len(word)
    found: list[int | None] = []
    for answer in wanted if isinstance(wanted, list) else [wanted]:
        if answer is None:
            found.append(None)
            continue
        word, _, number = str(answer).partition("#")
        found.append([start for start, form in zip(starts, words, strict=True) if form == word][int(number or 1) - 1])
    return found


def _is_right(entry: Mapping[str, Any], sentences: Sequence[Sentence]) -> bool:
    readings = entry.get("readings") or [entry]
    return any(_has_reading(entry, reading, sentences) for reading in readings)


def _has_reading(entry: Mapping[str, Any], reading: Mapping[str, Any], sentences: Sequence[Sentence]) -> bool:
    roots = set(places(entry, reading["predicate"]))
    for sentence in sentences:
        for root in (token for token in sentence.tokens if token.head < 0 and token.start in roots):
            below = [token for token in sentence.tokens if token.head == root.index]
            return _fits(entry, reading["subject"], below, SUBJECTS) and _fits(entry, reading["object"], below, OBJECTS)
    return False


def _fits(entry: Mapping[str, Any], wanted: Any, below: Sequence[Token], relations: Sequence[str]) -> bool:
    answers = places(entry, wanted)
    found = [token.start for token in below if token.deprel in relations]
    return (None in answers) if not found else any(start in answers for start in found)


def _agents(entries: Sequence[Mapping[str, Any]], parser: Parser, language: Language) -> float:
    right = gold = mine = 0
    for entry in entries:
        verbs = set(places(entry, entry["verb"]))
        found = {
            token.start
            for sentence in parsed(entry, parser, language)
            for token in sentence.tokens
            if token.deprel == AGENT and token.head >= 0 and sentence.tokens[token.head].start in verbs
        }
        admissible = {place for place in places(entry, entry["agent"]) if place is not None}
        gold += bool(admissible)
        mine += len(found)
        right += bool(found & admissible)
    return round(200 * right / (gold + mine), 1) if gold + mine else 0.0


def sentence_ends(paragraphs: Sequence[Any], language: Language) -> float:
    """F1 of the sentences of paragraphs, in per cent."""
    right = gold = mine = 0
    for paragraph in paragraphs:
        text = " ".join(_sentences_of(paragraph))
        wanted, at = set(), 0
        for sentence in _sentences_of(paragraph):
            wanted.add((at, at + len(sentence)))
            at += len(sentence) + 1
        found = set(split_sentences(text, 0, len(text), language=language))
        right, gold, mine = right + len(wanted & found), gold + len(wanted), mine + len(found)
    return round(200 * right / (gold + mine), 1)


def _sentences_of(paragraph: Any) -> list[str]:
    sentences: list[str] = paragraph["sentences"] if isinstance(paragraph, dict) else paragraph
    return [re.sub(r"\s+", " ", sentence).strip() for sentence in sentences]


def wrong(parser: Parser, language: Language) -> Iterator[str]:
    """The sentences whose predicate, subject or object is wrong, a line each with what was found."""
    for entry in load(language.code, "sentences"):
        sentences = parsed(entry, parser, language)
        if not _is_right(entry, sentences):
            shown = [t for s in sentences for t in s.tokens if t.head < 0 or t.deprel in SUBJECTS + OBJECTS]
            found = " ".join(f"{token.text}/{token.deprel}>{token.head}" for token in shown)
            wanted = f"{entry['predicate']}, {entry['subject']}, {entry['object']}"
            yield f"{entry['kind']}: {entry['text']} [{wanted}] {found}"
