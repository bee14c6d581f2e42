"""`kutub codebook`: types, rules and examples, and whether they hold together."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kutub.views.cli.options import add_model_option

if TYPE_CHECKING:
    from kutub.coder.lexicon import Entry
    from kutub.errors import DataError
    from kutub.examples import Example
    from kutub.language import Language


def add_to(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "codebook",
        help="show event types, rules and examples, or check them",
        description=(
            "types: definitions, scores, modes. rules: lexicon entries. examples: sentences and their events. check: "
            "read all data files, report every fault, and code the examples."
        ),
    )
    parser.add_argument("what", nargs="?", default="types", choices=("types", "rules", "examples", "check"))
    parser.add_argument("type", nargs="?", metavar="TYPE", help="only this event type, e.g. ACCUSE")
    parser.add_argument("--lang", metavar="CODE", help="only this language")
    add_model_option(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Print, or check."""
    from kutub.codebook import load_codebook
    from kutub.language import available, load_language
    from kutub.views.console import emit

    if options.type:
        options.type = options.type.upper()
        load_codebook().event_type(options.type)
    languages = [load_language(code) for code in ([options.lang] if options.lang else available())]
    if options.what == "check":
        return _check(options, languages)
    if options.what == "types":
        emit(type_lines(options.type))
        return 0
    printed = rule_lines if options.what == "rules" else example_lines
    emit(line for language in languages for line in printed(language, options.type))
    return 0


def type_lines(only: str | None) -> Iterator[str]:
    """Event types with their modes."""
    from kutub.codebook import load_codebook

    codebook = load_codebook()
    yield f"{codebook.version}: {codebook.source}"
    for name, kind in codebook.event_types.items():
        if only in (None, name):
            yield ""
            yield f"{name}  quad {kind.quad} ({codebook.quads[kind.quad]}), score {kind.score:g}, CAMEO {kind.cameo}"
            yield f"  {kind.definition}"
            for mode in kind.modes:
                yield f"  {mode.name:<16} score {mode.score:>5g}, CAMEO {mode.cameo:<4}  {mode.definition}"


def _rules(language: Language) -> tuple[Entry, ...]:
    from kutub.codebook import load_codebook
    from kutub.coder.lexicon import load_lexicon
    from kutub.text.grammar import load_grammar

    return load_lexicon(language, grammar=load_grammar(language), codebook=load_codebook()).entries


def rule_lines(language: Language, only: str | None) -> Iterator[str]:
    """Lexicon entries, one a line: where, id, kind, words."""
    for entry in _rules(language):
        if only in (None, entry.type):
            kind = f"{entry.type} {entry.mode}" if entry.mode else entry.type
            yield f"{entry.id}  {kind}  {', '.join(entry.words)}  ({entry.where}; example {entry.example or 'none'})"


def example_lines(language: Language, only: str | None) -> Iterator[str]:
    """Examples and near-misses with the events that they must give."""
    for example in _examples(language):
        if only in (None, example.type):
            yield f"{example.id}  {example.text}"
            if example.is_near_miss:
                yield f"    no {example.type}"
            yield from (f"    {'may be ' if event.is_optional else ''}{event}" for event in example.events)


@dataclass(slots=True)
class _Score:
    """How many examples were coded, and how many came out as they should."""

    all: int = 0
    passed: int = 0


def _check(options: Namespace, languages: list[Language]) -> int:
    """Report every fault of the data, then how many examples come out as they should.

    Status 1 for a fault and for an example that does not come out.
    """
    from kutub.views.console import emit
    from kutub.views.summary import numbered

    faults: list[DataError] = []
    lines: list[str] = []
    for language in languages:
        rules = _collected(faults, _rules, language)
        examples = _collected(faults, _examples, language)
        faults += _example_faults(rules, examples)
        lines.append(f"{language.code}: {len(rules):,} rules, {len(examples):,} examples")
    if faults:
        emit([*lines, *(str(fault) for fault in faults), numbered(len(faults), "fault")])
        return 1
    emit(lines)
    score = _Score()
    for language in languages:
        emit(_coding_lines(language, options, score))
    emit([f"{score.passed:,} of {score.all:,} examples come out as they should"])
    return 0 if score.passed == score.all else 1


def _examples(language: Language) -> tuple[Example, ...]:
    from kutub.examples import load_examples

    return load_examples(language)


def _collected(
    faults: list[DataError], load: Callable[[Language], tuple[Any, ...]], language: Language
) -> tuple[Any, ...]:
    """What `load` gives, or nothing; its data errors go to `faults`."""
    from kutub.errors import DataError, DataErrors

    try:
        return load(language)
    except DataErrors as errors:
        faults.extend(errors.errors)
    except DataError as error:
        faults.append(error)
    return ()


def _example_faults(rules: tuple[Entry, ...], examples: tuple[Example, ...]) -> Iterator[DataError]:
    """Rules without an example, or with one that is not there."""
    from kutub.errors import DataError

    known = {example.id for example in examples}
    for rule in rules:
        if rule.example is None:
            yield DataError(
                f"rule {rule.id} has no example", where=rule.where, hint="every rule names one that it gives"
            )
        elif rule.example not in known:
            yield DataError(f"there is no example {rule.example!r}", where=rule.where, hint="add it to the examples")


def _coding_lines(language: Language, options: Namespace, score: _Score) -> Iterator[str]:
    """Examples that do not come out with the language's model; all are added to the score."""
    from kutub.examples import compare
    from kutub.pipeline.work import coder_for

    coder = coder_for(language.code, dict(options.model).get(language.code))
    chosen = [example for example in _examples(language) if options.type in (None, example.type)]
    for example in chosen:
        faults = compare(example, coder.explain(example.text, published=example.date).events)
        score.all += 1
        score.passed += not faults
        if faults:
            yield f"{example.id} ({example.where}): {'; '.join(faults)}"
