"""Reads that nobody waits for take a quarter of the time: the rest is for what people do.

All threads of a program share one interpreter, so a look that is always under way (tickets come
in, twenty times a second) makes every key slower, whichever thread it is on.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
REST, LONGEST = 3.0, 5.0
"""After work comes three times its length of rest, at most so many seconds."""


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
