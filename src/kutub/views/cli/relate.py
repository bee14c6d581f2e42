"""`kutub relate`: the relation between two given parties of a sentence."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from kutub.views.cli.options import add_model_option

MAX_LINE = 10_000_000  # bytes


def add_to(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "relate",
        help="type the relation of two given parties",
        description=(
            "Read lines {id, text, actor: {text, start, end}, recipient: {text, start, end}} and write lines "
            "{id, type, mode, confidence}. There is always a best type, unless --abstain is given."
        ),
    )
    parser.add_argument("pairs", type=Path, metavar="PAIRS.jsonl")
    parser.add_argument("-o", "--output", type=Path, metavar="OUT.jsonl", help="default: standard output")
    parser.add_argument("--lang", metavar="CODE", help="language; default: each line's `language` or `lang`, else en")
    add_model_option(parser)
    parser.add_argument("--abstain", action="store_true", help="give type null where no rule fits")
    parser.add_argument("--strict", action="store_true", help="exit with status 1 when a line was dropped")
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Relate, write, report the lines that cannot be used."""
    from kutub.language import load_language
    from kutub.outputs import check_target, replacing
    from kutub.views.console import emit, say

    faults: list[str] = []
    for code in {*dict(options.model), *([options.lang] if options.lang else [])}:
        load_language(code)
    if options.output:
        check_target(options.output)
    with _opened(options.pairs) as file:
        lines = _answers(file, options, faults)
        if options.output:
            with replacing(options.output) as target:
                for line in lines:
                    target.write(line.encode("utf-8", "backslashreplace") + b"\n")
        else:
            emit(lines)
    if faults:
        shown = [*faults[:10], f"and {len(faults) - 10:,} more"] if len(faults) > 10 else faults
        say("\n".join([f"dropped {len(faults):,} lines:", *(f"  {fault}" for fault in shown)]))
    return 1 if options.strict and faults else 0


def _opened(path: Path) -> BinaryIO:
    from kutub.errors import InputError

    try:
        return path.open("rb")
    except OSError as error:
        hint = "give a JSON Lines file of pairs"
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), hint=hint) from error


def _answers(file: BinaryIO, options: Namespace, faults: list[str]) -> Iterator[str]:
    """One JSON line for each pair; what is wrong with the others is added to `faults`."""
    import json

    from kutub.errors import InputError

    models = dict(options.model)
    for number, line in enumerate(iter(lambda: file.readline(MAX_LINE + 1), b""), 1):
        if not line.strip():
            continue
        try:
            answer = _answer(line, options.lang, models, abstain=options.abstain)
        except InputError as error:
            faults.append(f"{options.pairs}:{number}: {error}")
        else:
            yield json.dumps(answer, ensure_ascii=False)


def _answer(line: bytes, language: str | None, models: dict[str, str], *, abstain: bool) -> dict[str, Any]:
    """The relation of one line. Raises InputError where the line cannot be used."""
    from kutub.api import relate

    pair = _pair(line)
    text = pair["text"]
    code = language or pair.get("language") or pair.get("lang") or "en"
    actor, recipient = (_span(pair, role, text) for role in ("actor", "recipient"))
    relation = relate(text, actor, recipient, language=code, abstain=abstain, models=models)
    return {
        "id": pair["id"],
        "type": relation.type,
        "mode": relation.mode,
        "confidence": round(relation.confidence, 4),
    }


def _pair(line: bytes) -> dict[str, Any]:
    import json

    from kutub.errors import InputError

    if len(line) > MAX_LINE:
        raise InputError(f"line is longer than {MAX_LINE:,} bytes")
    try:
        pair = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"no JSON: {error}") from error
    if not isinstance(pair, dict) or "id" not in pair or not isinstance(pair.get("text"), str):
        raise InputError("lacks id or text")
    return pair


def _span(pair: dict[str, Any], role: str, text: str) -> tuple[int, int]:
    """The character offsets of a party. Raises InputError where they do not fit the text."""
    from kutub.errors import InputError

    span = pair.get(role)
    if not isinstance(span, dict) or type(span.get("start")) is not int or type(span.get("end")) is not int:
        raise InputError(f"lacks {role}: {{text, start, end}}")
    start, end = span["start"], span["end"]
    if not 0 <= start < end <= len(text):
        raise InputError(f"the offsets of the {role} lie outside of the text")
    if "text" in span and text[start:end] != span["text"]:
        raise InputError(f"the offsets of the {role} give {text[start:end]!r}, not {span['text']!r}")
    return start, end
