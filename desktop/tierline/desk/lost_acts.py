"""What lost against another's act, as the timeline shows it: where it was done, with a mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tierline.domain import events as ev
from tierline.domain.ticket import undone_operations

CONFLICT, LOST = "conflict", "lost"


class LostActs:
    """The conflicts of a history; each is open until it, or the one it goes on in, is settled."""

    def __init__(self, operations: Sequence[ev.Operation]) -> None:
        """Look through these operations, in their order."""
        undone = undone_operations(operations)
        events = [e for op in operations if op.op_id not in undone for e in op.events]
        self._all = [e for e in events if isinstance(e, ev.Conflicted)]
        self._settled = {e.key for e in events if isinstance(e, ev.Settled)}
        self._next = {each.instead: each.key for each in self._all if each.instead}

    def shown(self, operation: ev.Operation) -> Iterator[tuple[ev.AnyEvent, str]]:
        """The events of an act with their marks; in place of a conflict what was lost in it."""
        for event in operation.events:
            if not isinstance(event, ev.Conflicted):
                yield event, self._mark_of(operation.op_id, event)
            elif lost := _of_this_act(operation, event):
                yield from ((each, self._mark(event)) for each in lost)
            else:
                yield event, ""

    def _mark_of(self, op_id: str, event: ev.AnyEvent) -> str:
        """The mark of an event that lost after it was in the log."""
        own = (each for each in self._all if each.key.partition("/")[0] == op_id)
        return next((self._mark(each) for each in own if event in each.events), "")

    def _mark(self, conflict: ev.Conflicted) -> str:
        key = conflict.key
        while key in self._next:
            key = self._next[key]
        return LOST if key in self._settled else CONFLICT


def _of_this_act(operation: ev.Operation, event: ev.Conflicted) -> list[ev.AnyEvent]:
    if event.key.partition("/")[0] != operation.op_id:
        return []
    return [e for e in event.events if e.at == event.lost_at and not isinstance(e, ev.Undone)]
