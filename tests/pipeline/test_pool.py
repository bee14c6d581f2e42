"""One result a page, in order, whatever happens to the workers; and this process waits for none of them."""

from __future__ import annotations

import importlib
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from tests.pipeline.fakes import pages_of, worked

from kutub.errors import ModelError, WorkerError
from kutub.pipeline import Settings, pool
from kutub.pipeline.pool import LOOK_AHEAD
from kutub.records import Dropped, DropReason

LONG = int(os.environ.get("POOL_TEST_LONG", "300"))  # seconds; far more than any of these tests takes
LARGE = "x" * 5_000_000  # many times what a pipe holds


@contextmanager
def within(seconds):
    """Have what blocks for ever fail; far more than what is tested takes."""

    def ring(*_):
        pytest.fail(f"not done after {seconds} s")

    earlier = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, earlier)


@pytest.fixture(autouse=True)
def nothing_blocks():
    with within(LONG):
        yield


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_keep_the_order_of_the_pages(jobs):
    pages = pages_of(*map(str, range(50)))
    pages.insert(20, Dropped(path="before", reason=DropReason.EMPTY))
    results = list(worked(pages, Settings(language="en"), jobs=jobs))
    assert [result.path for result in results] == [page.path for page in pages]
    assert results[0].detail == "0 en"


@pytest.mark.parametrize("jobs", [1, 2])
def test_large_pages_and_results_go_through_whole(jobs):
    texts = [LARGE, "a", LARGE[:-1] + "é"]
    assert [result.detail[-3:] for result in worked(pages_of(*texts), jobs=jobs)] == ["xxx", "one", "xxé"]


def test_pages_are_read_only_so_far_ahead():
    read = 0

    def pages():
        nonlocal read
        for page in pages_of(*["fine"] * 500):
            read += 1
            yield page

    results = worked(pages(), jobs=2)
    next(results)
    assert read <= LOOK_AHEAD * 2
    results.close()


def test_what_a_library_prints_does_no_harm(monkeypatch, capfd):
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    assert [result.detail for result in worked(pages_of("print", "b"))] == ["print None", "b None"]
    out, err = capfd.readouterr()
    assert (out, sorted(err.splitlines())) == ("", ["what a library says", "what a program says"])


@pytest.mark.parametrize("jobs", [1, 2])
def test_missing_model_ends_the_run(jobs):
    with pytest.raises(ModelError, match="en: the model is missing; install it"):
        list(worked(pages_of("a", "no model"), jobs=jobs))


# what a page does to its worker


@pytest.mark.parametrize("jobs", [1, 2])
def test_worker_that_dies_costs_only_the_page_that_kills_it(jobs):
    texts = ["fine"] * 40
    texts[5] = texts[30] = "kill"
    results = list(worked(pages_of(*texts), jobs=jobs))
    assert [result.path for result in results] == [f"p{number}" for number in range(len(texts))]
    killers = [result for result in results if result.reason is DropReason.QUARANTINED]
    assert [(killer.path, killer.detail) for killer in killers] == [
        ("p5", "its worker was ended by SIGKILL, 2 times"),
        ("p30", "its worker was ended by SIGKILL, 2 times"),
    ]


def test_a_page_gets_a_second_try(tmp_path):
    (result,) = worked(pages_of("kill once", url=str(tmp_path / "mark")))
    assert result.reason is DropReason.NO_TEXT


MISUSES = {
    "fill": "needed too much memory",
    "exit": "ended with status 3",
    "huge": "gave a reply of 1,152,921,504,606,846,976 bytes, over 67,108,864",
    "ready": "spoke out of turn",
    "read twice": "spoke out of turn",
    "no reply": "spoke out of turn",
    "no error": "gave an error that is none",
    "call": "gave a reply that is not admitted (UnpicklingError: posix.mkdir)",
}


def test_page_that_misuses_its_worker_is_dropped(tmp_path):
    results = list(worked(pages_of(*MISUSES, "fine", url=str(tmp_path / "made")), jobs=2))
    assert [result.detail for result in results] == [
        *(f"its worker {fault}, 2 times" for fault in MISUSES.values()),
        "fine None",
    ]
    assert {result.reason for result in results[:-1]} == {DropReason.QUARANTINED}
    assert list(tmp_path.iterdir()) == []


def test_result_that_is_too_long_is_dropped(monkeypatch):
    monkeypatch.setattr(pool, "MAX_REPLY", 2000)
    first, second = worked(pages_of("x" * 1500, "x" * 2000))
    assert first.reason is DropReason.NO_TEXT
    assert second.reason is DropReason.QUARANTINED
    assert re.fullmatch(r"its worker gave a reply of 2,\d+ bytes, over 2,000, 2 times", second.detail)


# time


def test_page_that_hangs_is_dropped(monkeypatch):
    """A fresh worker has no more time for it than another: START_SECONDS is for the start alone."""
    monkeypatch.setattr(pool, "READ_SECONDS", 1.0)
    monkeypatch.setattr(pool, "PATIENCE", 2.5)
    monkeypatch.setattr(pool, "_TICK", 0.005)
    results = list(worked(pages_of("hang", "stop", "half", "fine"), jobs=3))
    assert [result.reason for result in results] == [*[DropReason.QUARANTINED] * 3, DropReason.NO_TEXT]
    assert {result.detail for result in results[:3]} == {"its worker took longer than 2.5 s, 2 times"}


def test_page_that_computes_too_long_is_dropped(monkeypatch):
    monkeypatch.setattr(pool, "READ_SECONDS", 0.5)
    monkeypatch.setattr(pool, "PATIENCE", 1000.0)
    results = list(worked(pages_of("burn", "burn while coding"), jobs=2))
    assert [result.reason for result in results] == [DropReason.QUARANTINED, DropReason.NO_TEXT]
    assert results[0].detail == "its worker took longer than 0.5 s of CPU time, 2 times"


def test_reader_of_results_that_pauses_costs_no_page(monkeypatch):
    """The worker of the second page cannot end its reply, which is more than a pipe holds, before the pause is over."""
    monkeypatch.setattr(pool, "READ_SECONDS", 3.0)
    monkeypatch.setattr(pool, "PATIENCE", 1.0)
    monkeypatch.setattr(pool, "TRIES", 1)
    results = worked(pages_of("a", LARGE), jobs=2)
    next(results)
    time.sleep(3.5)
    assert next(results).reason is DropReason.NO_TEXT


def test_stopped_run_goes_on(tmp_path):
    """As after Ctrl-Z and fg: the time that passed between is no page's time."""
    mark = tmp_path / "mark"
    lines = (
        "from kutub.pipeline import pool",
        "from tests.pipeline.fakes import pages_of, worked",
        "pool.READ_SECONDS, pool.PATIENCE, pool.TRIES = 3.0, 1.0, 1",
        f"print(*[result.detail for result in worked(pages_of('nap', url={str(mark)!r}))])",
    )
    with running("\n".join(lines), tmp_path) as process:
        await_that(mark.exists)
        os.killpg(process.pid, signal.SIGSTOP)
        time.sleep(4.0)
        os.killpg(process.pid, signal.SIGCONT)
        assert process.communicate() == ("nap None\n", "")


# workers that do not start


def starting(tmp_path, monkeypatch, code, name):
    """A work function whose module runs some code when a worker imports it."""
    (tmp_path / f"{name}.py").write_text(
        "import os, time\n"
        "import kutub.pipeline.worker as worker\n"
        "from pathlib import Path\n"
        "from tests.pipeline.fakes import fake_work, once\n"
        f"MARK = {str(tmp_path / 'mark')!r}\n"
        f"if os.getpid() != {os.getpid()}:\n"
        f"    {code}\n"
        "def work(*given):\n"
        "    return fake_work(*given)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    return importlib.import_module(name).work


def test_worker_that_never_reads_its_page_does_not_stop_this_process(tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "READ_SECONDS", 1.0)
    monkeypatch.setattr(pool, "PATIENCE", 1.0)
    work = starting(tmp_path, monkeypatch, "worker.read_frame = lambda source: time.sleep(600)", "deaf_start")
    (result,) = worked(pages_of(LARGE), work=work)
    assert (result.reason, result.detail) == (DropReason.QUARANTINED, "its worker took longer than 1 s, 2 times")


def test_worker_that_hangs_before_it_is_ready_ends_the_run(tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "START_SECONDS", 0.5)
    work = starting(tmp_path, monkeypatch, "time.sleep(600)", "hanging_start")
    with pytest.raises(WorkerError, match=r"^worker process: cannot be started: it took longer than 0.5 s, 3 times; "):
        list(worked(pages_of(LARGE), work=work))


def test_worker_that_dies_before_it_is_ready_ends_the_run(tmp_path, monkeypatch, capfd):
    work = starting(tmp_path, monkeypatch, "raise ImportError('no such library')", "dying_start")
    with pytest.raises(WorkerError, match="cannot be started: it ended with status 1, 3 times; what it printed stands"):
        list(worked(pages_of("a"), work=work))
    assert "ImportError: no such library" in capfd.readouterr().err


def test_worker_that_fails_to_start_once_costs_no_page(tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "TRIES", 1)
    work = starting(tmp_path, monkeypatch, "once(MARK, lambda: os._exit(1))", "second_start")
    assert [result.detail for result in worked(pages_of("a", "b"), work=work)] == ["a None", "b None"]
    assert (tmp_path / "mark").exists()


def test_start_takes_none_of_a_page_s_time(tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "READ_SECONDS", 2.0)
    monkeypatch.setattr(pool, "PATIENCE", 1.0)
    work = starting(tmp_path, monkeypatch, "time.sleep(3)", "slow_start")
    assert [result.detail for result in worked(pages_of("a"), work=work)] == ["a None"]


def test_system_that_starts_no_process_is_told(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(WorkerError, match="cannot be started: No such file or directory; try fewer jobs"):
        list(worked(pages_of("a")))


# no worker is left


@contextmanager
def running(script, folder):
    """A script as the leader of a group of processes, as a shell starts it."""
    (folder / "script.py").write_text(f"import sys\nsys.path[:] = {sys.path}\n{script}\n")
    with started([sys.executable, folder / "script.py"]) as process:
        yield process


@contextmanager
def started(command, **more):
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "process_group": 0}
    with subprocess.Popen(command, **options, **more) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def children(process):
    return list(map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()))


def state(process):
    """The letter of a process's state; Z when it has ended and nobody has asked."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return ""


def await_that(condition):
    while not condition():
        time.sleep(0.01)


def test_worker_that_dies_between_pages_costs_none(monkeypatch):
    monkeypatch.setattr(pool, "TRIES", 1)
    before = set(children(os.getpid()))
    results = worked(pages_of("a", "b"))
    next(results)
    (idle,) = set(children(os.getpid())) - before
    os.kill(idle, signal.SIGKILL)
    await_that(lambda: state(idle) == "Z")
    assert next(results).reason is DropReason.NO_TEXT


@pytest.mark.parametrize("text", ["fine", "hang", "stop"])
def test_no_worker_is_left_when_the_results_are_given_up(text):
    before = children(os.getpid())
    results = worked(pages_of("fine", *[text] * 100), jobs=2)
    next(results)
    assert len(children(os.getpid())) == len(before) + 2
    results.close()
    assert children(os.getpid()) == before


def test_no_worker_is_left_when_the_parent_is_killed(tmp_path):
    """No script needs a guard, and a worker sees that nobody speaks to it any more."""
    lines = (
        "import time",
        "from tests.pipeline.fakes import pages_of, worked",
        "results = worked(pages_of(*['fine'] * 400), jobs=2)",
        "next(results)",
        "print('begun', flush=True)",
        "time.sleep(600)",
    )
    with running("\n".join(lines), tmp_path) as process:
        assert process.stdout.readline() == "begun\n"
        workers = children(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        assert len(workers) == 2
        await_that(lambda: all(state(worker) in ("", "Z") for worker in workers))


NEWS = '{"text": "France imposed sanctions on Iran. The ministry gave no details of them.", "lang": "en"}\n'


@pytest.mark.parametrize("command", ["read", "code"])
@pytest.mark.parametrize("is_begun", [False, True])
def test_ctrl_c_ends_a_command_at_once(tmp_path, command, is_begun):
    """While its workers start, and while they work: no worker stays, and no file but what was done."""
    (tmp_path / "news.jsonl").write_text(NEWS * 50_000)
    output = tmp_path / "out" / "out.jsonl"
    output.parent.mkdir()
    kutub = [sys.executable, "-m", "kutub", command, tmp_path / "news.jsonl", "--jobs", "2", "-o", output]
    with started(kutub) as process:
        await_that(lambda: len(children(process.pid)) == 2)
        workers = children(process.pid)
        if is_begun:
            await_that(lambda: all(map(has_computed, workers)))
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    kept = [path.name for path in output.parent.iterdir()]
    if is_begun and kept:
        assert kept == ["out.partial.jsonl"]
        assert f"written to {output.with_name(kept[0])}\nto go on, " in err
    else:
        assert (kept, err) == ([], "kutub: interrupted; no output file was written\n")
    assert not any(map(state, workers))


def has_computed(process):
    """A process has used more CPU time than a start needs."""
    user, system = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return int(user) + int(system) > os.sysconf("SC_CLK_TCK")
