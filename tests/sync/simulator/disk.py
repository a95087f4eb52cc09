"""A replica's disk that fails when it is told to: at any statement of any transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event

from tierline.storage.replica import Replica


class PowerCutError(BaseException):
    """The machine is off. Nothing in the program may catch it."""


class Disk:
    """Counts the statements of write transactions; cuts the power at the one it was told."""

    def __init__(self, replica: Replica) -> None:
        """Watch the one writing connection. It is not synchronous: this power cut is simulated."""
        writer = replica._store._writer
        replica._store._bare().execute("PRAGMA synchronous = OFF")
        self.fuse = 0
        self.after = 0
        event.listen(writer, "before_cursor_execute", self._burn)
        event.listen(writer, "commit", self._burn)

    def dies_after(self) -> bool:
        """Whether the power goes just after this transaction, before anybody is told of it."""
        if not self.after:
            return False
        self.after -= 1
        return not self.after

    def _burn(self, *_: Any) -> None:
        if self.fuse:
            self.fuse -= 1
            if not self.fuse:
                raise PowerCutError
