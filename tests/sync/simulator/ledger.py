"""What people saw happen, written down apart from the program: the judge of the invariants."""

from __future__ import annotations

from typing import NamedTuple

from tierline.domain.events import AnyEvent


class Seen(NamedTuple):
    """An act that somebody saw succeed, as it was written; `saw` are the acts they had seen."""

    op_id: str
    console: str
    ticket_id: str
    kind: str
    events: tuple[AnyEvent, ...]
    saw: frozenset[str]


class Ledger:
    """Every act that was confirmed on a screen; those `excused` went with a disk that died."""

    def __init__(self) -> None:
        """Begin an empty book."""
        self.acts: dict[str, Seen] = {}
        self.excused: set[str] = set()

    def confirmed(self, act: Seen) -> None:
        """The screen said so."""
        self.acts[act.op_id] = act
