"""What came of replaying a desk under another policy, for people and for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec


class Group(msgspec.Struct, frozen=True):
    """Tickets of one kind, and how many of them breached: as they are run, and under the other."""

    key: str
    word: str
    tickets: int
    before: int
    after: int


class Broken(msgspec.Struct, frozen=True):
    """A clock that ran over: since when, on which line, by how many seconds of its own hours."""

    clock: str
    word: str
    at: datetime
    line: int
    over: int
    said: str


class Change(msgspec.Struct, frozen=True):
    """A ticket whose verdict differs, and what of it was broken under either policy."""

    number: str
    subject: str
    priority: int
    month: str
    line: int
    before: tuple[Broken, ...]
    after: tuple[Broken, ...]

    @property
    def worse(self) -> bool:
        """Whether it breached only under the other policy."""
        return bool(self.after)


class Simulation(msgspec.Struct, frozen=True, kw_only=True):
    """What a desk's history breached under its own policies and would have under another one.

    `policies` are those the tickets run under, with how many do. `before` and `after` count
    tickets with a breach; `bare_before` and `bare_after` those that had no clock to breach.
    `explained` says what was compared, `warnings` what the other policy does not know.
    """

    policies: dict[str, int]
    other: str
    now: datetime
    tickets: int
    before: int
    after: int
    bare_before: int
    bare_after: int
    priorities: tuple[Group, ...]
    months: tuple[Group, ...]
    lines: tuple[Group, ...]
    clocks: tuple[Group, ...]
    changes: tuple[Change, ...]
    warnings: tuple[str, ...]
    explained: tuple[str, ...]
    seconds: float = 0.0

    @property
    def worse(self) -> int:
        """How many tickets breached only under the other policy."""
        return sum(change.worse for change in self.changes)

    @property
    def better(self) -> int:
        """How many breached only under their own."""
        return len(self.changes) - self.worse

    def as_data(self) -> dict[str, Any]:
        """All of it for `--json`."""
        data: dict[str, Any] = msgspec.to_builtins(self)
        return data | {"worse": self.worse, "better": self.better}
