"""A worker process as its parent sees it: pipes that never make the parent wait, and what it may say next."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, cast

from kutub.errors import KutubError, WorkerError
from kutub.pipeline.frames import FrameError, Incoming, frame
from kutub.pipeline.worker import OUT_OF_MEMORY, Reply, Said

_START = "import sys; sys.path[:] = {path!r}; from kutub.pipeline.worker import main; main()"
_CHUNK = 64 * 1024  # bytes that are read at once: as many as a pipe holds
_DYING_SECONDS = 1.0  # from the end of its output to its own
_NOTHING = memoryview(b"")


class Worker:
    """A process that works on one page at a time, its pipes, what it may say next, and until when it should."""

    def __init__(self, selector: selectors.BaseSelector, incoming: Incoming) -> None:
        self.process = _started()
        self.input, self.output = cast(BinaryIO, self.process.stdin), cast(BinaryIO, self.process.stdout)
        self.selector = selector
        self.incoming = incoming
        self.outgoing = _NOTHING
        self.due: tuple[Said, ...] = ()
        self.is_ready = False
        self.is_watched = False  # for room in its input
        self.cpu_seconds = self.clock_seconds = self.deadline = 0.0
        for pipe in (self.input, self.output):
            os.set_blocking(pipe.fileno(), False)
        selector.register(self.output, selectors.EVENT_READ, self)

    def expect(self, *due: Said, now: float, clock_seconds: float, cpu_seconds: float = 0.0) -> None:
        """It is to say one of these within so many seconds by the clock, which shows `now`, and of CPU time."""
        self.due = due
        self.cpu_seconds, self.clock_seconds = cpu_seconds, clock_seconds
        self.deadline = now + clock_seconds

    def send(self, value: object) -> None:
        """Send a value, as much of it as the pipe takes now; `flush` sends the rest when there is room."""
        self.outgoing = memoryview(frame(value))
        self.flush()

    def flush(self) -> None:
        """Send more of what is to be sent; the selector watches for room while there is a rest."""
        try:
            while self.outgoing:
                self.outgoing = self.outgoing[os.write(self.input.fileno(), self.outgoing) :]
        except BlockingIOError:
            pass
        except BrokenPipeError:  # it is dead; that is seen at its output
            self.outgoing = _NOTHING
        if bool(self.outgoing) is not self.is_watched:
            self.is_watched = not self.is_watched
            if self.is_watched:
                self.selector.register(self.input, selectors.EVENT_WRITE, self)
            else:
                self.selector.unregister(self.input)

    def replies(self) -> Iterator[Reply]:
        """What has come from it. Raises FrameError for what it should not say, EOFError when it has ended."""
        try:
            data = os.read(self.output.fileno(), _CHUNK)
        except BlockingIOError:
            return
        if not data:
            raise EOFError
        for reply in self.incoming.values(data):
            if not isinstance(reply, Reply) or reply.said not in self.due:
                raise FrameError("spoke out of turn")
            if reply.said is Said.ERROR and not isinstance(reply.value, KutubError):
                raise FrameError("gave an error that is none")
            yield reply

    @property
    def overdue(self) -> str:
        """What is wrong with it after its deadline."""
        return f"took longer than {self.clock_seconds:g} s"

    def last_words(self) -> str:
        """How it has ended; it gets a moment for that."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=_DYING_SECONDS)
        code = self.process.poll()
        if code is None:
            return "closed its output"
        if code == OUT_OF_MEMORY:
            return "needed too much memory"
        if code == -signal.SIGPROF:
            return f"took longer than {self.cpu_seconds:g} s of CPU time"
        return f"ended with status {code}" if code >= 0 else f"was ended by {signal.Signals(-code).name}"

    def end(self) -> None:
        """End it, whatever it is at."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.input, self.output):
            if not pipe.closed:
                with suppress(KeyError):
                    self.selector.unregister(pipe)
                pipe.close()


def _started() -> subprocess.Popen[bytes]:
    """A worker process. Raises WorkerError."""
    try:
        return subprocess.Popen(
            [sys.executable, "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
    except OSError as error:
        hint = "try fewer jobs, or free some memory"
        raise WorkerError(f"cannot be started: {error.strerror}", where="worker process", hint=hint) from error


@contextmanager
def interrupts_held(*more: signal.Signals) -> Iterator[None]:
    """Ctrl-C has to wait, as have `more` signals. A process that is started within never gets them, not even while it
    imports."""
    earlier = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, *more})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, earlier)
