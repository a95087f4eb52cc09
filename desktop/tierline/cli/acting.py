"""Carry out one act on one ticket and say what became of it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from tierline.cli.call import Call, RefusedError
from tierline.cli.moments import iso
from tierline.cli.ticket_data import ticket_data
from tierline.desk.acting import Done
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket

Maker = Callable[[Ticket, Policy], cmd.Command]


def act(call: Call, number: str, make: cmd.Command | Maker) -> None:
    """Do it as the person of this call; `make` may look at the ticket and its policy first.

    Raises:
        RefusedError: it was not done.
    """
    stored = call.ticket(number)
    ticket = stored.ticket
    if call.now < ticket.changed_at:
        raise RefusedError(
            f"{ticket.number} has changed since that instant.",
            "A history is not written backwards: leave --now out, or give a later one.",
        )
    policy = call.desk.policy(ticket.policy)
    command = make if isinstance(make, cmd.Command) else make(ticket, policy)
    report(call, call.desk.act(ticket.id, command, stored.seq))


def report(call: Call, answer: Done | Refusal) -> None:
    """Say what was done.

    Raises:
        RefusedError: it was a refusal.
    """
    if isinstance(answer, Refusal):
        raise RefusedError(answer)
    if not call.out.json:
        call.out.say(answer.message)
        return
    view = call.desk.open_ticket(answer.ticket.id)
    call.out.data(
        {
            "done": answer.message,
            "op_id": answer.op_id,
            "seq": answer.seq,
            "undo_until": iso(answer.undo_until),
            "ticket": ticket_data(view, call.now) if view else None,
        }
    )


def text_of(words: list[str] | None) -> str:
    """What was typed as the last words of a command; "-" reads it from standard input."""
    typed = " ".join(words or ())
    return sys.stdin.read().strip("\n") if typed == "-" else typed
