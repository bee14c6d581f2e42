"""`kutub relate`: the relation between two given parties of a sentence."""

from __future__ import annotations

import math
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

from kutub.views.cli.options import add_model_option

if TYPE_CHECKING:
    from kutub.records import Dropped


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


class _BadPairError(Exception):
    """A line that cannot be used: a drop reason's name and what is wrong."""

    def __init__(self, detail: str, *, reason: str = "BAD_JSON") -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(detail)


def run(options: Namespace) -> int:
    """Relate, write, report the lines that cannot be used."""
    from kutub.language import load_language
    from kutub.outputs import check_target, replacing
    from kutub.pipeline.work import check_model
    from kutub.sources.files import check_apart
    from kutub.views.console import emit, say
    from kutub.views.summary import drop_lines

    drops: list[Dropped] = []
    for code in {*dict(options.model), *([options.lang] if options.lang else [])}:
        load_language(code)
    for _, model in options.model:
        check_model(model)
    if options.output:
        check_apart([options.pairs], [options.output])
        check_target(options.output)
    with _opened(options.pairs) as file:
        lines = _answers(file, options, drops)
        if options.output:
            with replacing(options.output) as target:
                for line in lines:
                    target.write(line.encode("utf-8") + b"\n")
        else:
            emit(lines)
    if drops:
        say("\n".join(drop_lines(Counter(drop.reason for drop in drops), drops)))
    return 1 if options.strict and drops else 0


def _opened(path: Path) -> BinaryIO:
    from kutub.errors import InputError

    try:
        return path.open("rb")
    except OSError as error:
        hint = "give a JSON Lines file of pairs"
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), hint=hint) from error


def _answers(file: BinaryIO, options: Namespace, drops: list[Dropped]) -> Iterator[str]:
    """One JSON line for each pair; those that cannot be used are added to `drops`."""
    import json

    from kutub.records import Dropped
    from kutub.sources.corpus import numbered_lines

    for number, line in numbered_lines(file, str(options.pairs)):
        if isinstance(line, bytes) and not line.strip():
            continue
        where = f"{options.pairs}:{number}"
        answer = line if isinstance(line, Dropped) else _answer_or_drop(line, options, where)
        if isinstance(answer, Dropped):
            drops.append(answer)
        else:
            yield json.dumps(answer, ensure_ascii=False, allow_nan=False)


def _answer_or_drop(line: bytes, options: Namespace, where: str) -> dict[str, Any] | Dropped:
    """The relation of a line, or why there is none. Raises errors of data and models."""
    from kutub.errors import KutubError
    from kutub.pipeline.work import describe
    from kutub.records import Dropped, DropReason

    try:
        return _answer(line, options.lang, dict(options.model), abstain=options.abstain)
    except _BadPairError as error:
        return Dropped(path=where, reason=DropReason[error.reason], detail=error.detail)
    except KutubError:
        raise
    except Exception as error:
        return Dropped(path=where, reason=DropReason.FAILED, detail=describe(error))


def _answer(line: bytes, language: str | None, models: dict[str, str], *, abstain: bool) -> dict[str, Any]:
    """The relation of one line. Raises _BadPairError where the line cannot be used."""
    from kutub.api import relate

    pair = _pair(line)
    text = _text(pair)
    actor, recipient = (_span(pair, role, text) for role in ("actor", "recipient"))
    code = language or _language(pair)
    relation = relate(text, actor, recipient, language=code, abstain=abstain, models=models)
    return {
        "id": pair["id"],
        "type": relation.type,
        "mode": relation.mode,
        "confidence": round(relation.confidence, 4),
    }


def _pair(line: bytes) -> dict[str, Any]:
    import json

    try:
        pair = json.loads(line, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise _BadPairError(f"no JSON: {error.msg} at character {error.pos + 1:,}") from error
    except (ValueError, RecursionError) as error:
        raise _BadPairError(f"no JSON: {str(error)[:120]}") from error
    if not isinstance(pair, dict) or "id" not in pair or "text" not in pair:
        raise _BadPairError("lacks id or text")
    id = pair["id"]
    is_number = isinstance(id, int | float) and not isinstance(id, bool) and math.isfinite(id)
    if not is_number and not (isinstance(id, str) and _is_writable(id)):
        raise _BadPairError("the id is no text that can be written, and no number")
    return pair


def _refuse_constant(name: str) -> NoReturn:
    raise _BadPairError(f"no JSON: {name}")


def _is_writable(text: str) -> bool:
    """Whether UTF-8 can hold the text: it has no lone surrogate."""
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def _text(pair: dict[str, Any]) -> str:
    from kutub.article import TEXT_LIMIT

    text = pair["text"]
    if not isinstance(text, str) or not _is_writable(text):
        raise _BadPairError("the text is no text, or has half a surrogate pair")
    if len(text) > TEXT_LIMIT:
        detail = f"the text has {len(text):,} characters, at most {TEXT_LIMIT:,}"
        raise _BadPairError(detail, reason="TOO_LARGE")
    return text


def _language(pair: dict[str, Any]) -> str:
    """The code of the line's language, `en` where it gives none."""
    from kutub.language import available

    code = pair.get("language") or pair.get("lang") or "en"
    if not isinstance(code, str):
        raise _BadPairError("the language is no text")
    if code not in available():
        detail = f"no language {code[:40]!r}; use one of: {', '.join(available())}"
        raise _BadPairError(detail, reason="UNKNOWN_LANGUAGE")
    return code


def _span(pair: dict[str, Any], role: str, text: str) -> tuple[int, int]:
    """The character offsets of a party. Raises _BadPairError where they do not fit the text."""
    span = pair.get(role)
    if not isinstance(span, dict) or type(span.get("start")) is not int or type(span.get("end")) is not int:
        raise _BadPairError(f"lacks {role}: {{text, start, end}}")
    start, end = span["start"], span["end"]
    if not 0 <= start < end <= len(text):
        raise _BadPairError(f"the offsets of the {role} lie outside of the text")
    if "text" in span and text[start:end] != span["text"]:
        found, given = text[start:end], str(span["text"])
        raise _BadPairError(f"the offsets of the {role} give {found[:80]!r}, not {given[:80]!r}")
    return start, end
