"""Many pages through `code_page` or `read_page`, in worker processes that can be killed, in the order of the pages.

Nothing that a page does to its worker reaches this process or another page: a worker has a bound on its memory
(worker.py), and this process keeps a bound on the time that each page takes. A page whose worker died or hung is tried
once more in a fresh one; the second time it goes into quarantine with the reason.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from kutub.pipeline.work import Settings
from kutub.pipeline.worker import OUT_OF_MEMORY, Reply, Said, read_frame, write_frame
from kutub.records import Dropped, DropReason, Page

READ_SECONDS = 20.0  # a page takes some 0.03 s to read, the largest that is allowed a few seconds
CODE_SECONDS = 600.0  # an article of the largest size takes about 25 s to code
START_SECONDS = 60.0  # a fresh worker imports first
MEMORY_BYTES = 3 * 1024**3  # address space of a worker; it needs about 0.5 GB
MODEL_MEMORY_BYTES = 32 * 1024**3  # the same where the user brings models of unknown size
LOOK_AHEAD = 32  # pages a worker that may be finished before an earlier one is
TRIES = 2

Work = Callable[[Page, Settings, Callable[[], None]], Any]
_START = "import sys; sys.path[:] = {path!r}; from kutub.pipeline.worker import main; main()"


def work_through(pages: Iterable[Page | Dropped], *, work: Work, settings: Settings, jobs: int = 1) -> Iterator[Any]:
    """Apply `work` to pages with `jobs` processes: one result a page, in order; what was dropped is handed through.

    work: an importable function of a page, the settings and a function to call when the page is read and what may take
    longer begins. A page that kills or hangs its worker twice gives Dropped(QUARANTINED). Raises the KutubError that
    `work` raises.
    """
    pool = _Pool(work=work, settings=settings, jobs=jobs)
    try:
        yield from pool.results(iter(pages))
    finally:
        pool.close()


@dataclass(slots=True, kw_only=True)
class _Task:
    """A page on its way; `faults` says how its workers ended."""

    index: int
    page: Page
    faults: list[str] = field(default_factory=list)


class _Worker:
    """A process that works on one page at a time, and until when it may."""

    def __init__(self, work: Work, settings: Settings) -> None:
        memory = MODEL_MEMORY_BYTES if settings.models else MEMORY_BYTES
        self.process = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,  # a frame that is held in a buffer would not be seen by the selector
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
        self.input, self.output = cast(BinaryIO, self.process.stdin), cast(BinaryIO, self.process.stdout)
        self.task: _Task | None = None
        self.grace = START_SECONDS
        self.bound = self.deadline = 0.0
        self._send((work, settings, memory, READ_SECONDS + CODE_SECONDS + START_SECONDS))

    def give(self, task: _Task) -> None:
        """Have it work on a page."""
        self.task = task
        self.allow(READ_SECONDS)
        self._send(task.page)

    def allow(self, seconds: float) -> None:
        """Give it so much time from now (and more if it has just been started)."""
        self.bound = seconds
        self.deadline = time.monotonic() + seconds + self.grace

    def _send(self, value: object) -> None:
        with suppress(OSError):  # it is dead; that is seen at its output
            write_frame(self.input, value)

    def kill(self) -> str:
        """End it, whatever it is at; tells how it had ended by itself before."""
        code = self.process.poll()
        self.process.kill()
        self.process.wait()
        self._close_pipes()
        if code == OUT_OF_MEMORY:
            return "needed too much memory"
        if code is None or code >= 0:
            return "ended without a word"
        return f"was ended by {signal.Signals(-code).name}"

    def close(self) -> None:
        """Let it end by itself."""
        with suppress(OSError):
            self.input.close()
        self.process.wait()
        self._close_pipes()

    def _close_pipes(self) -> None:
        for pipe in (self.input, self.output):
            with suppress(OSError):
                pipe.close()


class _Pool:
    """Up to `jobs` workers, the pages that wait for a second try, and the results that wait for their turn."""

    def __init__(self, *, work: Work, settings: Settings, jobs: int) -> None:
        self.start: Callable[[], _Worker] = lambda: _Worker(work, settings)
        self.jobs = jobs
        self.idle: list[_Worker] = []
        self.busy: set[_Worker] = set()
        self.again: list[_Task] = []
        self.done: dict[int, Any] = {}
        self.selector = selectors.DefaultSelector()

    def results(self, pages: Iterator[Page | Dropped]) -> Iterator[Any]:
        """The results in the order of the pages."""
        begun = given_out = 0
        is_more = True
        while is_more or self.busy or self.again or self.done:
            while self.again and len(self.busy) < self.jobs:
                self._give(self.again.pop())
            while is_more and len(self.busy) < self.jobs and begun - given_out < self.jobs * LOOK_AHEAD:
                page = next(pages, None)
                if page is None:
                    is_more = False
                    break
                if isinstance(page, Dropped):
                    self.done[begun] = page
                else:
                    self._give(_Task(index=begun, page=page))
                begun += 1
            if self.busy and given_out not in self.done:
                self._wait()
            while given_out in self.done:
                yield self.done.pop(given_out)
                given_out += 1

    def _give(self, task: _Task) -> None:
        worker = self.idle.pop() if self.idle else self.start()
        self.busy.add(worker)
        self.selector.register(worker.output, selectors.EVENT_READ, worker)
        worker.give(task)

    def _wait(self) -> None:
        """Wait for the next thing that a worker says, or for its time to be up."""
        until = min(worker.deadline for worker in self.busy)
        for key, _ in self.selector.select(max(0.0, until - time.monotonic())):
            self._hear(key.data)
        now = time.monotonic()
        for worker in [worker for worker in self.busy if worker.deadline <= now]:
            worker.kill()
            self._blame(worker, f"took longer than {worker.bound:.0f} s")

    def _hear(self, worker: _Worker) -> None:
        try:
            reply: Reply = read_frame(worker.output)
        except (EOFError, OSError):
            with suppress(subprocess.TimeoutExpired):
                worker.process.wait(timeout=1.0)
            self._blame(worker, worker.kill())
            return
        if reply.said is Said.ERROR:
            raise reply.value
        worker.grace = 0.0
        if reply.said is Said.READ:
            worker.allow(CODE_SECONDS)
            return
        task = self._release(worker)
        self.done[task.index] = reply.value
        if reply.is_worn:
            worker.close()
        else:
            self.idle.append(worker)

    def _blame(self, worker: _Worker, fault: str) -> None:
        """A worker was lost: its page gets another try, or goes into quarantine."""
        task = self._release(worker)
        task.faults.append(fault)
        if len(task.faults) < TRIES:
            self.again.append(task)
            return
        detail = f"its worker {' and then '.join(dict.fromkeys(task.faults))}, {len(task.faults)} times"
        self.done[task.index] = Dropped(path=task.page.path, reason=DropReason.QUARANTINED, detail=detail)

    def _release(self, worker: _Worker) -> _Task:
        self.selector.unregister(worker.output)
        self.busy.discard(worker)
        task, worker.task = worker.task, None
        assert task is not None
        return task

    def close(self) -> None:
        """End all workers: at once those that are at something."""
        for worker in self.busy:
            worker.kill()
        for worker in self.idle:
            worker.close()
        self.selector.close()
