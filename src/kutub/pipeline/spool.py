"""Coded articles on disk, put in order and freed of duplicates, so that memory does not grow with the run.

The store is a private, nameless SQLite database in the folder for temporary files (TMPDIR); it goes with the process.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter

from kutub.errors import OutputError
from kutub.pipeline.work import Coded

COLUMNS = "id, path, digest, is_dated, unread_date, is_mixed, types, payload"


class Spool:
    """A store of coded articles: `add` them all, `resolve` once, then read `payloads` as often as needed."""

    def __init__(self) -> None:
        with _disk_errors():
            self.database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
            self.database.execute("PRAGMA journal_mode = OFF")
            self.database.execute("PRAGMA temp_store = FILE")
            self.database.execute(
                "CREATE TABLE article (id TEXT, path TEXT, digest TEXT, is_dated INTEGER, unread_date TEXT,"
                " is_mixed INTEGER, types TEXT, payload BLOB)"
            )

    def add(self, coded: Coded) -> None:
        """Store an article. Raises OutputError when the disk is full."""
        told = (coded.is_dated, coded.unread_date, coded.is_mixed)
        row = (coded.id, _clean(coded.path), coded.digest, *told, " ".join(coded.types), coded.payload)
        with _disk_errors():
            self.database.execute(f"INSERT INTO article ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def resolve(self, rename: Callable[[Coded, str], bytes]) -> Iterator[tuple[Coded, Coded]]:
        """Make ids unique, whatever the order of the articles; gives each dropped article with the one that is kept.

        Of articles with the same id and text the one with the smallest path is kept. Of different texts the one with
        the smallest hash keeps the id, the others get `-` and the first eight digits of their hash; `rename` gives the
        events of an article under its new id, packed. May be taken up again where it was broken off.
        """
        with _disk_errors():
            self.database.execute("CREATE INDEX IF NOT EXISTS by_id ON article (id)")
            doubled = self.database.execute(
                f"SELECT rowid, {COLUMNS} FROM article WHERE id IN"
                " (SELECT id FROM article GROUP BY id HAVING count(*) > 1) ORDER BY id, digest, path, payload"
            ).fetchall()
        for _, same_id in groupby(doubled, key=itemgetter(1)):
            for position, (digest, same_text) in enumerate(groupby(same_id, key=itemgetter(3))):
                (number, kept), *others = [(row[0], _coded(row[1:])) for row in same_text]
                for other_number, other in others:
                    self._execute("DELETE FROM article WHERE rowid = ?", other_number)
                    yield other, kept
                if position:
                    name = f"{kept.id}-{digest[:8]}"
                    self._execute(
                        "UPDATE article SET id = ?, payload = ? WHERE rowid = ?", name, rename(kept, name), number
                    )

    def payloads(self) -> Iterator[bytes]:
        """The packed events of all articles, by article id."""
        with _disk_errors():
            for (payload,) in self.database.execute("SELECT payload FROM article ORDER BY id, digest"):
                yield payload

    def close(self) -> None:
        """Give the disk space back."""
        self.database.close()

    def _execute(self, statement: str, *values: object) -> None:
        with _disk_errors():
            self.database.execute(statement, values)


def _coded(row: tuple[str, str, str, int, str | None, int, str, bytes]) -> Coded:
    id, path, digest, is_dated, unread_date, is_mixed, types, payload = row
    return Coded(
        id=id,
        path=path,
        digest=digest,
        is_dated=bool(is_dated),
        unread_date=unread_date,
        is_mixed=bool(is_mixed),
        types=tuple(types.split()),
        payload=payload,
    )


def _clean(path: str) -> str:
    return path.encode("utf-8", "replace").decode("utf-8")


@contextmanager
def _disk_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        hint = "make room there, or let TMPDIR name a folder on a larger disk"
        raise OutputError(
            f"intermediate results cannot be kept: {error}", where="folder for temporary files", hint=hint
        ) from error
