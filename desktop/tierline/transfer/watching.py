"""How far a long job is, and whether it is still wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tierline.domain.errors import WorldError


class Progress(NamedTuple):
    """So much of so much is done in a phase: "read", then "write"; `unit` is bytes or rows.

    `total` is 0 while it is not known.
    """

    done: int
    total: int
    phase: str
    unit: str = "bytes"


class CancelledError(Exception):
    """Whoever asked for the job does not want it any more."""


class Watch:
    """Tells progress and asks about cancelling; both are the caller's own functions."""

    def __init__(
        self,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        """Either may be missing."""
        self._progress = progress
        self._cancelled = cancelled

    def tell(self, done: int, total: int, phase: str, unit: str = "bytes") -> None:
        """Say how far it is.

        Raises:
            CancelledError: the caller wants it to stop here.
        """
        if self._progress is not None:
            self._progress(Progress(done, total, phase, unit))
        self.check()

    def check(self) -> None:
        """Stop here when the caller wants that.

        Raises:
            CancelledError: the caller wants it to stop here.
        """
        if self._cancelled is not None and self._cancelled():
            raise CancelledError


def unreadable(what: str, todo: str) -> WorldError:
    """A file that cannot be taken: what is wrong with it, and what to do about it."""
    return WorldError(what, safe="Nothing was imported from it.", todo=todo)
