"""Many pages through `code_page` or `read_page`, in worker processes that can be killed, in the order of the pages.

Nothing that a page does to its worker reaches this process or another page, and this process never waits for one
worker (but a second for one that is dying): pipes do not block, and what a worker says is looked at with suspicion
(frames.py). A page whose worker died or took too long is tried once more in a fresh one; the second time it goes into
quarantine with the reason. A worker that fails before it has said that it is ready has seen no page: it is started
again, and at last the run ends with an error.

A page has a bound on CPU time, which the kernel keeps (worker.py), so that a busy machine costs no page. This
process keeps a bound by the clock, PATIENCE times as long, for what hangs and computes nothing. That clock runs only
while this process listens, a second at a time at most: neither a reader of results that pauses nor a stopped machine
makes a page late.
"""

from __future__ import annotations

import selectors
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kutub.errors import WorkerError
from kutub.pipeline.frames import FrameError, Incoming
from kutub.pipeline.process import Worker, interrupts_held
from kutub.pipeline.work import Settings
from kutub.pipeline.worker import Bounds, Reply, Said
from kutub.records import Dropped, DropReason, Page

READ_SECONDS = 20.0  # of CPU time; a page takes some 0.03 s to read, the largest that is allowed a few seconds
CODE_SECONDS = 600.0  # of CPU time; an article of the largest size takes about 25 s to code
PATIENCE = 10.0  # times as long by the clock
START_SECONDS = 120.0  # by the clock, until a worker has imported; it takes about 0.3 s
MEMORY_BYTES = 3 * 1024**3  # address space of a worker; it needs about 0.5 GB
MODEL_MEMORY_BYTES = 32 * 1024**3  # the same where the user brings models of unknown size
MAX_REPLY = 64 * 1024**2  # bytes; an article as long as any, half of it lines of one sign that are left out, has 7 MB
LOOK_AHEAD = 32  # pages a worker that may be finished before an earlier one is
TRIES = 2
START_TRIES = 3

Work = Callable[[Page, Settings, Callable[[], None]], Any]
_TICK = 1.0  # seconds that the clock runs on at most when it is looked at


def work_through(
    pages: Iterable[Page | Dropped], *, work: Work, settings: Settings, jobs: int = 1
) -> Generator[Any, None, None]:
    """Apply `work` to pages with `jobs` processes: one result a page, in order; what was dropped is handed through.

    work: an importable function of a page, the settings and a function to call when the page is read and what may take
    longer begins; its results are made of plain values, dates, and dataclasses and enums of Kutub or its own module. A
    page that kills or hangs its worker twice gives Dropped(QUARANTINED). Raises the KutubError that `work` raises, and
    WorkerError when no worker can be started.
    """
    pool = _Pool(work=work, settings=settings, jobs=jobs)
    try:
        yield from pool.results(iter(pages))
    finally:
        pool.close()


@dataclass(slots=True, kw_only=True)
class _Task:
    """A page on its way; `faults` says how its workers ended, `false_starts` how many never got to see it."""

    index: int
    page: Page
    faults: list[str] = field(default_factory=list)
    false_starts: int = 0


class _Pool:
    """Up to `jobs` workers, the pages that wait for a second try, and the results that wait for their turn."""

    def __init__(self, *, work: Work, settings: Settings, jobs: int) -> None:
        memory = MODEL_MEMORY_BYTES if settings.models else MEMORY_BYTES
        life = PATIENCE * (READ_SECONDS + CODE_SECONDS)
        self.first = work, settings, Bounds(memory=memory, read=READ_SECONDS, code=CODE_SECONDS, clock=life)
        self.home = work.__module__
        self.jobs = jobs
        self.workers: set[Worker] = set()
        self.idle: list[Worker] = []
        self.busy: dict[Worker, _Task] = {}
        self.again: list[_Task] = []
        self.done: dict[int, Any] = {}
        self.selector = selectors.DefaultSelector()
        self.clock = 0.0  # seconds that were spent listening

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
                self._listen()
            while given_out in self.done:
                yield self.done.pop(given_out)
                given_out += 1

    def _give(self, task: _Task) -> None:
        """Have a worker work on a page, as soon as it is ready."""
        while self.idle and self.idle[-1].process.poll() is not None:
            self._end(self.idle[-1])
        worker = self.idle.pop() if self.idle else self._start()
        self.busy[worker] = task
        if worker.is_ready:
            self._hand_over(worker)

    def _start(self) -> Worker:
        with interrupts_held():  # Ctrl-C is for this process alone, and finds the worker among those to end
            worker = Worker(self.selector, Incoming(limit=MAX_REPLY, home=self.home))
            self.workers.add(worker)
        worker.expect(Said.READY, now=self.clock, clock_seconds=START_SECONDS)
        worker.send(self.first)
        return worker

    def _hand_over(self, worker: Worker) -> None:
        self._expect(worker, Said.READ, Said.RESULT, Said.ERROR, seconds=READ_SECONDS)
        worker.send(self.busy[worker].page)

    def _expect(self, worker: Worker, *due: Said, seconds: float) -> None:
        worker.expect(*due, now=self.clock, clock_seconds=PATIENCE * seconds, cpu_seconds=seconds)

    def _listen(self) -> None:
        """Wait for the next thing that a worker says, or for its time to be up."""
        until = min(worker.deadline for worker in self.busy)
        begun = time.monotonic()
        events = self.selector.select(min(max(0.0, until - self.clock), _TICK))
        self.clock += min(time.monotonic() - begun, _TICK)
        for key, mask in events:
            if key.data not in self.workers:
                continue  # it was lost just now
            if mask & selectors.EVENT_WRITE:
                key.data.flush()
            else:
                self._hear(key.data)
        for worker in [worker for worker in self.busy if worker.deadline <= self.clock]:
            self._lose(worker, worker.overdue)

    def _hear(self, worker: Worker) -> None:
        try:
            for reply in worker.replies():
                self._take(worker, reply)
        except EOFError:
            self._lose(worker, worker.last_words())
        except FrameError as error:
            self._lose(worker, str(error))

    def _take(self, worker: Worker, reply: Reply) -> None:
        if reply.said is Said.ERROR:
            raise reply.value
        if reply.said is Said.READY:
            worker.is_ready = True
            self._hand_over(worker)
        elif reply.said is Said.READ:
            self._expect(worker, Said.RESULT, Said.ERROR, seconds=CODE_SECONDS)
        else:
            worker.due = ()
            self.done[self.busy.pop(worker).index] = reply.value
            if reply.is_worn:
                self._end(worker)
            else:
                self.idle.append(worker)

    def _lose(self, worker: Worker, fault: str) -> None:
        """A worker is lost: its page, if it had one, gets another try or goes into quarantine."""
        self._end(worker)
        task = self.busy.pop(worker, None)
        if task is None:
            return
        if worker.is_ready:
            task.faults.append(fault)
        else:
            self._count_start(task, fault)
        if len(task.faults) < TRIES:
            self.again.append(task)
            return
        detail = f"its worker {' and then '.join(dict.fromkeys(task.faults))}, {len(task.faults)} times"
        self.done[task.index] = Dropped(path=task.page.path, reason=DropReason.QUARANTINED, detail=detail)

    def _count_start(self, task: _Task, fault: str) -> None:
        """A worker did not get as far as its page. Raises WorkerError at the last try."""
        task.false_starts += 1
        if task.false_starts >= START_TRIES:
            hint = "what it printed stands above; free some memory or try fewer jobs, or install Kutub again"
            message = f"cannot be started: it {fault}, {task.false_starts} times"
            raise WorkerError(message, where="worker process", hint=hint)

    def _end(self, worker: Worker) -> None:
        worker.end()
        self.workers.discard(worker)
        if worker in self.idle:
            self.idle.remove(worker)

    def close(self) -> None:
        """End all workers."""
        for worker in self.workers:
            worker.end()
        self.selector.close()
