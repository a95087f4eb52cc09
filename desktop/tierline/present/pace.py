"""Reads that nobody waits for take a sixth of the time: the rest is for what people do.

All threads of a program share one interpreter, so a look that is always under way (tickets come
in, twenty times a second) makes every key slower, whichever thread it is on. What a look asks the
database runs beside the interpreter, on a processor that a key may want: it stands back there.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")
REST, LONGEST = 5.0, 5.0
"""After work comes five times its length of rest, at most so many seconds."""
NICE = 5
"""A third of the processor where somebody else wants it as well (the weights of Linux)."""


def stand_back() -> None:
    """Let others have the processor before this thread; where a thread cannot, it does not."""
    if sys.platform == "linux":  # elsewhere it would be the whole program
        with suppress(OSError):  # a sandbox may forbid it
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


class Pace:
    """Rests between two pieces of work; for one thread."""

    def __init__(self) -> None:
        """Nothing was done yet: the first begins at once."""
        self._over = threading.Event()
        self._rested_at = 0.0

    def after_rest(self, work: Callable[[], T]) -> T:
        """Do it when the rest after the work before it is over."""
        self._over.wait(max(0.0, self._rested_at - time.monotonic()))
        began = time.monotonic()
        try:
            return work()
        finally:
            ended = time.monotonic()
            self._rested_at = ended + min((ended - began) * REST, LONGEST)

    def end(self) -> None:
        """Nobody rests any more: the program ends."""
        self._over.set()
