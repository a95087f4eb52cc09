"""Carry out one act on one ticket and say what became of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from tierline.cli.call import Call, RefusedError
from tierline.cli.moments import iso
from tierline.cli.ticket_data import ticket_data
from tierline.desk.acting import Done
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket
from tierline.storage.records import Stored

Maker = Callable[[Ticket, Policy], cmd.Command]


def act(call: Call, number: str, make: cmd.Command | Maker) -> None:
    """Do it as the person of this call; `make` may look at the ticket and its policy first.

    Raises:
        RefusedError: it was not done.
    """
    stored = present(call, number)
    ticket = stored.ticket
    policy = call.desk.policy(ticket.policy)
    command = make if isinstance(make, cmd.Command) else make(ticket, policy)
    report(call, call.desk.act(ticket.id, command, stored.seq))


def work(call: Call, number: str, command: cmd.Command) -> None:
    """Do what is work, or begins or ends it, and warn when the client's package is used up.

    Raises:
        RefusedError: it was not done.
    """
    act(call, number, command)
    view = None if call.out.json else call.desk.open_ticket(call.ticket(number).ticket.id)
    for flag in view.allowance.flags() if view and view.allowance else ():
        call.out.hint(flag.text)


def present(call: Call, number: str) -> Stored:
    """The ticket of a typed number, to be acted on at the instant of this call.

    Raises:
        RefusedError: there is none, or it has changed since that instant.
    """
    stored = call.ticket(number)
    if call.now < stored.ticket.changed_at:
        raise RefusedError(
            f"{stored.ticket.number} has changed since that instant.",
            "A history is not written backwards: leave --now out, or give a later one.",
        )
    return stored


def report(call: Call, answer: Done | Refusal) -> None:
    """Say what was done.

    Raises:
        RefusedError: it was a refusal.
    """
    if isinstance(answer, Refusal):
        raise RefusedError(answer)
    if call.out.json:
        call.out.data(done_data(call, answer))
    else:
        call.out.say(answer.message)


def done_data(call: Call, done: Done) -> dict[str, Any]:
    """An act and the ticket it led to, for `--json`."""
    view = call.desk.open_ticket(done.ticket.id)
    return {
        "done": done.message,
        "op_id": done.op_id,
        "seq": done.seq,
        "undo_until": iso(done.undo_until),
        "ticket": ticket_data(view, call.now) if view else None,
    }


def text_of(words: list[str] | None) -> str:
    """What was typed as the last words of a command; "-" reads it from standard input."""
    typed = " ".join(words or ())
    return sys.stdin.read().strip("\n") if typed == "-" else typed
