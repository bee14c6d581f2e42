"""What the parent takes from a worker: whole frames of known values, and nothing that a pickle may call."""

from __future__ import annotations

import io
import os
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import pytest

from kutub.article import TEXT_LIMIT
from kutub.errors import DataError, DataErrors, KutubError, ModelError
from kutub.pipeline.frames import FrameError, Incoming, frame, read_frame, write_frame
from kutub.pipeline.pool import MAX_REPLY
from kutub.pipeline.work import Coded, Settings, read_page
from kutub.pipeline.worker import Reply, Said
from kutub.records import Article, Dropped, DropReason, LeftOut, LeftOutReason, Page, Part, Repair

STORY = "Ukraine accused Russia of shelling a hospital in Kharkiv on Tuesday, officials said in a statement. " * 3


@dataclass(frozen=True)
class Own:
    """What a work function of this module could give."""

    seconds: float
    result: object


def article() -> Article:
    page = Page(path="a.txt", id="a", text=f"By Jane Doe\n{STORY}", published=date(2024, 3, 5), language="en")
    found = read_page(page, Settings(), lambda: None)
    assert isinstance(found, Article)
    assert found.left_out
    return found


def coded() -> Coded:
    return Coded(id="a", path="p", digest="d", is_dated=True, types=("AID",), payload=b"\0", repairs=((Repair.NUL, 2),))


def taken(data: bytes, *, limit: int = MAX_REPLY, home: str = __name__) -> object:
    (value,) = Incoming(limit=limit, home=home).values(data)
    return value


def test_values_come_out_as_they_went_in():
    plain = (
        None,
        True,
        1.5,
        "ü\ud800",
        b"b",
        [1],
        {"k": 2},
        {3},
        frozenset({4}),
        date(2024, 3, 5),
        datetime(2024, 3, 5),
    )
    drop = Dropped(path="p", reason=DropReason.EMPTY)
    for value in (plain, article(), coded(), drop, Own(1.0, drop), Reply(Said.READY), Reply(Said.RESULT, drop)):
        assert taken(frame(value)) == value


def test_errors_come_out_as_they_went_in():
    first = DataError("is wrong", where="a.yaml:1", hint="mend it")
    for error in (first, ModelError("is missing", where="en"), DataErrors([first, first])):
        found = taken(frame(error))
        assert type(found) is type(error)
        assert isinstance(found, KutubError)
        assert str(found) == str(error)


def test_frames_may_come_in_any_pieces():
    values = ["a", article(), "b" * 100_000]
    data = b"".join(map(frame, values))
    for size in (1, 7, 8, 65_536, len(data)):
        incoming = Incoming(limit=MAX_REPLY, home=__name__)
        pieces = [data[start : start + size] for start in range(0, len(data), size)]
        assert [value for piece in pieces for value in incoming.values(piece)] == values


def test_a_frame_over_the_limit_is_refused_before_it_comes():
    assert taken(frame("x" * 900), limit=1000) == "x" * 900
    with pytest.raises(FrameError, match="gave a reply of 1,001 bytes, over 1,000"):
        taken((1001).to_bytes(8, "little"), limit=1000)


def test_the_largest_article_is_far_below_the_limit():
    lines = "\U0001f5de\n" * (TEXT_LIMIT // 2)
    spans = tuple(
        LeftOut(text=lines[start], reason=LeftOutReason.NAVIGATION, part=Part.TEXT, start=start, end=start + 1)
        for start in range(0, TEXT_LIMIT, 2)
    )
    whole = Article(id="a", path="p", text=lines, pieces=(), language="en", left_out=spans)
    assert len(frame(Reply(Said.RESULT, whole))) < MAX_REPLY / 3


class Calls:
    """Its pickle has the reader call something."""

    def __init__(self, called: Callable[..., object], *arguments: object) -> None:
        self.reduced = called, arguments

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self.reduced


@pytest.mark.parametrize(
    ("pickled", "named"),
    [
        (pickle.dumps(Calls(os.mkdir, "made")), "posix.mkdir"),
        (pickle.dumps(Calls(eval, "1 + 1")), "builtins.eval"),
        (b"cos\nmkdir\n.", "os.mkdir"),
        (b"ckutub.pipeline.process\nos\n.", "kutub.pipeline.process.os"),
        (b"\x80\x04\x8c\x16kutub.pipeline.process\x8c\x08os.mkdir\x93.", "kutub.pipeline.process.os.mkdir"),
        (b"ckutub.pipeline.frames\nEnum\n.", "kutub.pipeline.frames.Enum"),
        (b"ckutub.pipeline.pool\nwork_through\n.", "kutub.pipeline.pool.work_through"),
        (b"ckutub.pipeline.run\nRun\n.", "kutub.pipeline.run.Run"),
        (b"ckutub.nowhere\nRun\n.", "ModuleNotFoundError"),
        (f"c{__name__}\nCalls\n.".encode(), "Calls"),
        (b"cdatetime\ntimezone\n.", "datetime.timezone"),
        (b"cbuiltins\ngetattr\n(ckutub.records\nArticle\nS'__init__'\ntR.", "builtins.getattr"),
        (b"cbuiltins\ngetattr\n(ckutub.records\nDropReason\nS'__init__'\ntR.", "KeyError"),
        (b"no pickle", "UnpicklingError"),
        (b"", "EOFError"),
    ],
)
def test_a_pickle_calls_nothing(pickled, named, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FrameError, match="gave a reply that is not admitted") as caught:
        taken(len(pickled).to_bytes(8, "little") + pickled)
    assert named in str(caught.value)
    assert len(str(caught.value)) < 300
    assert list(tmp_path.iterdir()) == []


def test_classes_of_another_module_are_refused():
    assert taken(frame(Own(1.0, None))) == Own(1.0, None)
    with pytest.raises(FrameError, match=r"Own"):
        taken(frame(Own(1.0, None)), home="elsewhere")


def test_members_of_enums_may_come_by_name():
    """As CPython 3.11.2 writes them."""
    pickled = b"cbuiltins\ngetattr\n(ckutub.records\nDropReason\nS'EMPTY'\ntR."
    assert taken(len(pickled).to_bytes(8, "little") + pickled) is DropReason.EMPTY


def test_a_worker_reads_frames_to_the_end_of_its_input():
    stream = io.BytesIO()
    write_frame(stream, os.mkdir)
    write_frame(stream, "b")
    content = stream.getvalue()
    stream.seek(0)
    assert [read_frame(stream), read_frame(stream)] == [os.mkdir, "b"]
    for cut in (0, 3, 8, len(frame(os.mkdir)) - 1):
        with pytest.raises(EOFError):
            read_frame(io.BytesIO(content[:cut]))
