"""Check that no word of a natural language is matched in code: words are data (docs/languages.md).

Strings that code compares, collects or uses as patterns must not hold a word of a language's data files, unless that
word is also a name of the program itself (an identifier, a key of a data file, a name of the codebook, or one of
TECHNICAL). Messages are English and are not looked at. Prints file:line and the word; exit status 1 if there is one.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

PACKAGE = Path(__file__).parents[1] / "src" / "kutub"
WORD = re.compile(r"[^\W\d_]{3,}")
# Names of formats, relations, kinds and settings that are also words.
TECHNICAL = frozenset(
    (
        "accidental",
        "adv",
        "agency",
        "city",
        "det",
        "div",
        "false",
        "graph",
        "mac",
        "maximum",
        "metonym",
        "minimum",
        "organisation",
        "pass",
        "per",
        "period",
        "population",
        "shift",
        "threads",
        "true",
    )
)
NAMED = ("id", "attr", "arg", "name", "module")
MESSAGE_WORDS = 3  # a string of so many words is a message, unless a pattern is made of it
COLLECTIONS = (ast.Compare, ast.Set, ast.List, ast.Tuple, ast.match_case)
METHODS = frozenset(("compile", "match", "search", "fullmatch", "findall", "finditer", "sub", "split", "startswith"))
CATCHING = METHODS | {"endswith", "find", "index", "replace", "removeprefix", "removesuffix", "frozenset", "set"}


def main() -> int:
    """Print every word of a language that code matches; 1 if there is one, else 0."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
    forbidden = language_words() - program_names(trees.values()) - TECHNICAL
    found = [line for path, tree in trees.items() for line in hits(path, tree, forbidden)]
    print("\n".join(found) or f"{len(trees)} modules match no word of a language")
    return 1 if found else 0


def hits(path: Path, tree: ast.AST, forbidden: set[str]) -> Iterator[str]:
    """Places where a module matches a forbidden word."""
    seen: set[tuple[int, str]] = set()
    for node in ast.walk(tree):
        for constant in matched_strings(node):
            for word in WORD.findall(constant.value):
                if word.lower() in forbidden and (constant.lineno, word) not in seen:
                    seen.add((constant.lineno, word))
                    yield f"{path.relative_to(PACKAGE.parent)}:{constant.lineno}: {word!r} is a word of a language"


def matched_strings(node: ast.AST) -> Iterator[Any]:
    """The string constants that a node compares, collects, or gives to a matching function."""
    is_call = isinstance(node, ast.Call) and name_of(node.func) in CATCHING
    children: list[Any] = []
    if isinstance(node, ast.Call) and is_call:
        children = node.args
    elif isinstance(node, ast.Dict):
        children = node.keys
    elif isinstance(node, COLLECTIONS):
        children = list(ast.iter_child_nodes(node))
    for child in children:
        is_text = isinstance(child, ast.Constant) and isinstance(child.value, str)
        if is_text and (is_call or len(child.value.split()) < MESSAGE_WORDS):
            yield child


def name_of(function: ast.AST) -> str:
    """The last name of what is called."""
    return str(getattr(function, "attr", None) or getattr(function, "id", ""))


def language_words() -> set[str]:
    """All words of the languages' YAML files but the examples' texts, keys too, in lower case."""
    paths = [path for path in PACKAGE.glob("data/lang/*/**/*.yaml") if path.parent.name != "examples"]
    texts = {text for path in paths for content in [load(path)] for text in (*values(content), *keys(content))}
    return {word.lower() for text in texts for word in WORD.findall(text)}


def program_names(trees: Any) -> set[str]:
    """Identifiers, keys of data files, and names of the codebook, each cut into its words, in lower case."""
    names: set[str] = set()
    for tree in trees:
        for node in ast.walk(tree):
            names |= {str(getattr(node, kind)) for kind in NAMED if hasattr(node, kind)}
    names |= common_keys() | {key for path in PACKAGE.glob("data/*/*.yaml") for key in keys(load(path))}
    for path in PACKAGE.glob("data/codebook/**/*.yaml"):
        names |= {text for text in values(load(path)) if " " not in text}
    return {word.lower() for name in names for word in WORD.findall(name.replace("_", " "))}


def common_keys() -> set[str]:
    """Keys that the files of every language have: names of the format, not words of a language."""
    folders = [path.parent for path in PACKAGE.glob("data/lang/*/language.yaml")]
    found = [{key for path in folder.rglob("*.yaml") for key in keys(load(path))} for folder in folders]
    return set.intersection(*found)


def load(path: Path) -> Any:
    """The content of a YAML file."""
    return yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def values(content: Any) -> Iterator[str]:
    """All strings of a file's content but keys."""
    if isinstance(content, dict):
        for value in content.values():
            yield from values(value)
    elif isinstance(content, list):
        for value in content:
            yield from values(value)
    elif isinstance(content, str):
        yield content


def keys(content: Any) -> Iterator[str]:
    """All keys of a file's content."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield str(key)
            yield from keys(value)
    elif isinstance(content, list):
        for value in content:
            yield from keys(value)


if __name__ == "__main__":
    sys.exit(main())
