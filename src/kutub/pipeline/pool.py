"""Many pages through `code_page`, in this process or in several, always in the order of the pages.

Workers are fresh processes (never forks of a process with threads). A worker that dies or hangs costs no other page
its events: the pages it may have been at are coded again one by one, and the one that kills or hangs a second time is
dropped.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import connection, get_all_start_methods, get_context, parent_process

from kutub.pipeline.work import Coded, Settings, code_pages_here
from kutub.records import Dropped, DropReason, Page

CHUNK_PAGES = 16
CHUNK_BYTES = 1_000_000
LOOK_AHEAD = 3  # chunks a worker
PAGE_SECONDS = (
    600.0  # a page that takes longer, alone in a worker, hangs: an article of the largest size takes about 25
)
CHUNK_SECONDS = 900.0

Result = Coded | Dropped
Chunk = list[Page | Dropped]
Work = Callable[[Sequence[Page], Settings], list[Result]]


def code_pages(
    pages: Iterable[Page | Dropped], *, settings: Settings, jobs: int = 1, work: Work = code_pages_here
) -> Iterator[Result]:
    """Code pages with `jobs` processes. One result a page, in order; what was dropped before is handed through.

    work: what is done with some pages in a process; it gives one result for each.
    """
    if jobs == 1:
        for page in pages:
            yield page if isinstance(page, Dropped) else work([page], settings)[0]
        return
    workers = _Workers(settings, jobs, work)
    try:
        for chunk in _chunks(pages):
            workers.submit(chunk)
            while workers.is_full():
                yield from workers.next_results()
        while workers.pending:
            yield from workers.next_results()
    except BaseException:
        workers.kill()
        raise
    workers.close()


def _chunks(pages: Iterable[Page | Dropped]) -> Iterator[Chunk]:
    chunk: Chunk = []
    size = 0
    for page in pages:
        chunk.append(page)
        size += 0 if isinstance(page, Dropped) else len(page.content) + len(page.text or "")
        if len(chunk) >= CHUNK_PAGES or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


class _Workers:
    """A pool of worker processes that survives the death of a worker, and the chunks that it has not finished."""

    def __init__(self, settings: Settings, jobs: int, work: Work) -> None:
        self.work = work
        self.settings = settings
        self.jobs = jobs
        self.pending: deque[tuple[Chunk, Future[list[Result]]]] = deque()
        self.pool = self._start()

    def _start(self) -> ProcessPoolExecutor:
        method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
        return ProcessPoolExecutor(self.jobs, mp_context=get_context(method), initializer=_begin_worker)

    def is_full(self) -> bool:
        """Whether enough is submitted; reading on would only fill the memory."""
        return len(self.pending) > self.jobs * LOOK_AHEAD

    def submit(self, chunk: Chunk) -> None:
        """Queue a chunk."""
        self.pending.append((chunk, self._future([page for page in chunk if isinstance(page, Page)])))

    def _future(self, pages: Sequence[Page]) -> Future[list[Result]]:
        try:
            return self.pool.submit(self.work, pages, self.settings)
        except BrokenProcessPool as error:
            failed: Future[list[Result]] = Future()
            failed.set_exception(error)
            return failed

    def next_results(self) -> Iterator[Result]:
        """The results of the oldest chunk; waits for them."""
        chunk, future = self.pending.popleft()
        try:
            coded = iter(future.result(timeout=CHUNK_SECONDS))
        except (BrokenProcessPool, TimeoutError):
            coded = iter(self._one_by_one([page for page in chunk if isinstance(page, Page)]))
        for page in chunk:
            yield page if isinstance(page, Dropped) else next(coded)

    def _one_by_one(self, pages: Sequence[Page]) -> list[Result]:
        """Code pages each alone in the pool, so that a death is blamed on the right one; then queue the rest again."""
        self._restart()
        results = [self._alone(page) for page in pages]
        waiting = [chunk for chunk, _ in self.pending]
        self.pending.clear()
        for chunk in waiting:
            self.submit(chunk)
        return results

    def _alone(self, page: Page) -> Result:
        try:
            return self._future([page]).result(timeout=PAGE_SECONDS)[0]
        except BrokenProcessPool:
            detail = "a worker process died of it twice"
        except TimeoutError:
            detail = f"it took longer than {PAGE_SECONDS:.0f} s"
        self._restart()
        return Dropped(path=page.path, reason=DropReason.FAILED, detail=detail)

    def _restart(self) -> None:
        self.kill()
        self.pool = self._start()

    def kill(self) -> None:
        """End all workers now, whatever they are at."""
        processes = list((getattr(self.pool, "_processes", None) or {}).values())
        self.pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()
        for process in processes:
            process.join()

    def close(self) -> None:
        """End all workers when they have nothing left to do."""
        self.pool.shutdown()


def _begin_worker() -> None:
    """Leave Ctrl-C to the parent, use one core, and end when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        with suppress(OSError):
            connection.wait([parent.sentinel])
        os._exit(1)
