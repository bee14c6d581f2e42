"""A language is a folder of data and a model: `data/lang/<code>/` (docs/languages.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kutub.datafiles import DATA, read_yaml
from kutub.errors import InputError

LANGUAGES = DATA / "lang"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Language:
    """One language: its ISO 639-1 code, its English name, its folder, and `language.yaml` as a mapping."""

    code: str
    name: str
    path: Path
    settings: Mapping[str, Any]

    def data(self, name: str) -> Any:
        """The content of one YAML file of the folder, e.g. `grammar` for `grammar.yaml`."""
        return read_yaml(self.path / f"{name}.yaml")


@cache
def available() -> tuple[str, ...]:
    """Codes of the languages that are there, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in LANGUAGES.glob("*/language.yaml")))


def meant_by(name: str) -> str | None:
    """The code of the language that has this name or another code, in any case of letters; None if there is none."""
    name = name.strip().casefold()
    names: Mapping[str, str] = read_yaml(DATA / "corpora.yaml")["languages"]
    code = names.get(name, name)
    return code if code in available() else None


@cache
def load_language(code: str) -> Language:
    """The language of this code. Raises InputError if there is none."""
    if code not in available():
        meant = meant_by(code)
        hint = f"{f'did you mean {meant!r}? ' if meant else ''}use one of: {', '.join(available())}"
        raise InputError(f"no language {code!r}", hint=hint)
    path = LANGUAGES / code
    settings = read_yaml(path / "language.yaml")
    return Language(code=code, name=settings["name"], path=path, settings=settings)
