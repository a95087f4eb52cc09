"""A ticket from its journal as it grows act by act, whatever the log's order does to it.

What a line cannot do to the ticket (it was logged twice, say, until the act that takes one of them
back arrives) has no effect and stops nothing: every console leaves out the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from tierline.domain.events import AnyEvent, Logged, Numbered, Undone, decode_events
from tierline.domain.ticket import Ticket, grown

Events = Sequence[AnyEvent]


class Folding:
    """Acts in their order and the ticket they have led to so far; None before it was logged."""

    def __init__(self, ticket_id: str) -> None:
        """Begin with nothing."""
        self.ticket: Ticket | None = None
        self.undone: set[str] = set()
        self._ticket_id = ticket_id
        self._acts: list[tuple[str, Events]] = []

    def add_all(self, acts: Iterable[tuple[str, Events]]) -> None:
        """The next acts at once: (op_id, events) each."""
        told = list(acts)
        self._acts += told
        self.undone |= {op_id for _, events in told for op_id in taken_back(events)}
        self._anew()

    def add(self, op_id: str, events: Events) -> None:
        """The next act."""
        self._acts.append((op_id, events))
        undone = taken_back(events)
        if undone or self.ticket is None:
            self.undone |= set(undone)
            self._anew()
        elif op_id not in self.undone:
            self.ticket = grown(self.ticket, events, self._ticket_id)

    def hear(self, op_id: str, events: Events) -> None:
        """Note an act without folding it: the ticket is known from elsewhere."""
        self._acts.append((op_id, events))
        self.undone |= set(taken_back(events))

    def kept(self) -> list[AnyEvent]:
        """What happened, without what was taken back."""
        return [e for op_id, events in self._acts if op_id not in self.undone for e in events]

    def told_numbers(self) -> tuple[str, ...]:
        """Every number the ticket was ever told under."""
        return numbers_in(event for _, events in self._acts for event in events)

    def _anew(self) -> None:
        kept = [events for op_id, events in self._acts if op_id not in self.undone]
        # A failover may bring the act that logged it behind others: it comes first all the same.
        kept.sort(key=lambda events: not _logs(events))
        ticket: Ticket | None = None
        for events in kept:
            ticket = grown(ticket, events, self._ticket_id)
        self.ticket = ticket


def read_events(payload: str) -> tuple[AnyEvent, ...] | None:
    """The events of a payload; None when they are not of this version."""
    try:
        return decode_events(payload)
    except (msgspec.ValidationError, msgspec.DecodeError, RecursionError):
        return None


def numbers_in(events: Iterable[AnyEvent]) -> tuple[str, ...]:
    """The numbers that these events tell."""
    return tuple(event.number for event in events if isinstance(event, Logged | Numbered))


def taken_back(events: Events) -> list[str]:
    """Ids of the earlier acts that these events take back."""
    return [event.op_id for event in events if isinstance(event, Undone)]


def _logs(events: Events) -> bool:
    return any(isinstance(event, Logged) for event in events)
