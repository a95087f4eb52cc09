"""The same act on a selection: what it would do to each ticket, before anything is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tierline.desk.acting import Done, storable
from tierline.desk.desk import Desk
from tierline.desk.filling import filled_for
from tierline.domain import commands as cmd
from tierline.domain.decide import decide
from tierline.domain.errors import Refusal

_GONE = Refusal("There is no such ticket.", "It may have gone from this desk.")


class Judged(NamedTuple):
    """One ticket of the selection: what its contact would be told, or why it stays as it is."""

    ticket_id: str
    number: str
    subject: str
    priority: int
    told: str = ""
    reason: str = ""


class Preview(NamedTuple):
    """The act and every ticket of the selection, in its order."""

    command: cmd.Command
    judged: tuple[Judged, ...]

    @property
    def can(self) -> tuple[str, ...]:
        """Ids of the tickets on which it would be done."""
        return tuple(each.ticket_id for each in self.judged if not each.reason)

    @property
    def cannot(self) -> tuple[Judged, ...]:
        """The tickets that would stay as they are."""
        return tuple(each for each in self.judged if each.reason)

    @property
    def asks(self) -> bool:
        """Whether a person should look first: a ticket is left out, or many are written to."""
        return bool(self.cannot) or any(each.told for each in self.judged)


def weigh(desk: Desk, ids: Sequence[str], command: cmd.Command) -> Preview:
    """What `act_filled` would do to each; nothing is done. A millisecond a ticket at most."""
    return Preview(command, tuple(_judged(desk, each, command) for each in ids))


def act_filled(desk: Desk, ticket_id: str, command: cmd.Command) -> Done | Refusal:
    """Carry it out on one ticket of a selection, its message filled in for that one."""
    stored = desk.replica.tickets.get(ticket_id)
    if stored is None:
        return _GONE
    ticket = stored.ticket
    policy = desk.policy(ticket.policy)
    return desk.act(ticket_id, filled_for(command, ticket, policy, desk.people.name))


def _judged(desk: Desk, ticket_id: str, command: cmd.Command) -> Judged:
    stored = desk.replica.tickets.get(ticket_id)
    if stored is None:
        return Judged(ticket_id, "", "", 0, "", str(_GONE))
    ticket, policy = stored.ticket, desk.policy(stored.ticket.policy)
    fitted = filled_for(storable(command), ticket, policy, desk.people.name)
    answer = decide(ticket, fitted, policy, desk.clock(), desk.me)
    reason = str(answer).strip() if isinstance(answer, Refusal) else ""
    told = fitted.text if isinstance(fitted, cmd.Message) else getattr(fitted, "message", "")
    return Judged(ticket_id, ticket.number, ticket.subject, ticket.priority, told, reason)


def undo_all(desk: Desk, op_ids: Sequence[str]) -> list[Done | Refusal]:
    """Take back acts that were done as one, the last first; each is its own transaction.

    The ten seconds of all of them count from the last: a long run must not outlive its undo.
    """
    found = (desk.replica.tickets.operation(op_id) for op_id in op_ids)
    ended = max((each.operation.at for each in found if each), default=None)
    now = desk.clock()
    return [desk.acting.undo(op_id, now, desk.me, ended) for op_id in reversed(op_ids)]
