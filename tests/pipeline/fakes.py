"""Pages whose text says what to do with their worker, and the work that does it; it imports little, for workers do."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from kutub.errors import ModelError
from kutub.pipeline import Settings
from kutub.pipeline.frames import frame
from kutub.pipeline.pool import work_through
from kutub.pipeline.worker import Reply, Said
from kutub.records import Dropped, DropReason, Page

SETTINGS = Settings()
FOR_EVER = 600


class Called:
    """Its pickle makes a folder where it is read."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (self.path,)


def fake_work(page, settings, on_read):
    """Reads no text: what to do stands in the page's text, and a path may in its address."""
    doing = {
        "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
        "kill once": lambda: once(page.url, lambda: os.kill(os.getpid(), signal.SIGKILL)),
        "stop": lambda: os.kill(os.getpid(), signal.SIGSTOP),
        "exit": lambda: os._exit(3),
        "hang": lambda: time.sleep(FOR_EVER),
        "nap": lambda: [Path(page.url).touch(), time.sleep(1)],
        "burn": lambda: burn(FOR_EVER),
        "burn while coding": lambda: [on_read(), burn(1.5)],
        "fill": lambda: bytearray(8 * 1024**3),
        "print": lambda: [print("what a library says"), os.system("echo what a program says")],
        "half": lambda: [say((100).to_bytes(8, "little") + b"half a frame"), time.sleep(FOR_EVER)],
        "huge": lambda: [say((2**60).to_bytes(8, "little")), time.sleep(FOR_EVER)],
        "ready": lambda: [say(frame(Reply(Said.READY))), time.sleep(FOR_EVER)],
        "read twice": lambda: [on_read(), on_read(), time.sleep(FOR_EVER)],
        "no reply": lambda: [say(frame("RESULT")), time.sleep(FOR_EVER)],
        "no error": lambda: [say(frame(Reply(Said.ERROR, "error"))), time.sleep(FOR_EVER)],
    }
    if page.text == "no model":
        raise ModelError("the model is missing", where="en", hint="install it")
    if page.text == "call":
        return Called(page.url)
    if page.text in doing:
        doing[page.text]()
    detail = f"{page.text} {settings.language}" if len(page.text) < 1000 else page.text
    return Dropped(path=page.path, reason=DropReason.NO_TEXT, detail=detail)


def once(mark, action):
    if not Path(mark).exists():
        Path(mark).touch()
        action()


def burn(seconds):
    while time.process_time() < seconds:
        pass


def say(content):
    """Write to the parent, past the worker's own frames."""
    for number in range(3, 10):
        with suppress(OSError):
            os.write(number, content)


def pages_of(*texts, **more):
    return [Page(path=f"p{number}", text=text, **more) for number, text in enumerate(texts)]


def worked(pages, settings=SETTINGS, work=fake_work, **more):
    return work_through(pages, work=work, settings=settings, **more)
