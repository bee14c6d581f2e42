"""Kutub codes political events: who did what to whom, when, where and according to whom.

    import kutub

    run = kutub.code("news/", jobs=4)        # files, folders, corpora; a Run yields Events
    for event in run: ...
    run.to_arrow(); run.to_pandas(); run.write("events.parquet")

    print(kutub.explain("Ukraine accused Russia of shelling a hospital."))

Nothing heavy is imported before it is used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kutub.api import code, explain, read, relate, who
    from kutub.errors import KutubError
    from kutub.records import Article, Dropped, Event, Party, Place, Trigger

__all__ = [
    "Article",
    "Dropped",
    "Event",
    "KutubError",
    "Party",
    "Place",
    "Trigger",
    "code",
    "explain",
    "read",
    "relate",
    "who",
]

_HOMES = {
    "kutub.api": ("code", "explain", "read", "relate", "who"),
    "kutub.errors": ("KutubError",),
    "kutub.records": ("Article", "Dropped", "Event", "Party", "Place", "Trigger"),
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("kutub")
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'kutub' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})
