"""The desk's time: this machine's, set right by what the hub's clock was found to be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

LEAST = 0.25
"""Seconds. A smaller change of the offset is the measure's own error: time shall not tremble."""


class HubClock:
    """Gives aware UTC of the hub; `offset` is hub time minus this machine's, in seconds."""

    def __init__(self, local: Callable[[], datetime], offset: float = 0.0) -> None:
        """`local` gives this machine's time, aware UTC; an instant that it is `fixed` at stays."""
        self._local = local
        self._offset = timedelta(seconds=offset)

    def __call__(self) -> datetime:
        """The hub's time."""
        fixed = getattr(self._local, "fixed", None) is not None
        return self._local() + (timedelta(0) if fixed else self._offset)

    @property
    def offset(self) -> float:
        """What is added, in seconds."""
        return self._offset.total_seconds()

    def set_right(self, offset: float) -> bool:
        """Take on a newly measured offset; whether it differs enough to matter."""
        if abs(offset - self.offset) < LEAST:
            return False
        self._offset = timedelta(seconds=offset)
        return True
