"""Carry out one act on one ticket and say what became of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

import typer

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


def act(call: Call, number: str | Sequence[str], make: cmd.Command | Maker) -> None:
    """Do it as the person of this call; `make` may look at the ticket and its policy first.

    Of several tickets ("12376,12377") those that allow it are acted on, and the others told.

    Raises:
        RefusedError: it was not done, or not on all of them.
    """
    numbers = each_of(number)
    if len(numbers) == 1:
        report(call, _acted(call, numbers[0], make))
    else:
        report_all(call, numbers, [_tried(call, each, make) for each in numbers])


def each_of(told: str | Sequence[str]) -> list[str]:
    """The numbers that were typed, each once; at least one, be it blank."""
    texts = [told] if isinstance(told, str) else told
    numbers = [number for text in texts for part in text.split(",") if (number := part.strip())]
    return list(dict.fromkeys(numbers)) or [""]


def report_all(call: Call, numbers: Sequence[str], answers: Sequence[Done | Refusal]) -> None:
    """Say what was done on which ticket, and why not on the others.

    Raises:
        RefusedError: one of them at least was left as it is.
    """
    done = [answer for answer in answers if isinstance(answer, Done)]
    left = [(n, a) for n, a in zip(numbers, answers, strict=True) if isinstance(a, Refusal)]
    if call.out.json:
        refused = [{"number": n, "why": a.what, "todo": a.todo} for n, a in left]
        call.out.data({"done": [done_data(call, each) for each in done], "refused": refused})
        if left:
            raise typer.Exit(1)
        return
    for each in done:
        call.out.say(each.message)
    for number, why in left:
        call.out.hint(f"{number}: {why}")
    if left:
        raise RefusedError(
            f"{len(left)} of {len(answers)} tickets were left as they are.",
            "The lines above say why.",
        )


def _acted(call: Call, number: str, make: cmd.Command | Maker) -> Done | Refusal:
    stored = present(call, number)
    ticket = stored.ticket
    policy = call.desk.policy(ticket.policy)
    command = make if isinstance(make, cmd.Command) else make(ticket, policy)
    return call.desk.act(ticket.id, command, stored.seq)


def _tried(call: Call, number: str, make: cmd.Command | Maker) -> Done | Refusal:
    """One of several: what is wrong with it must not keep the others waiting."""
    try:
        return _acted(call, number, make)
    except RefusedError as refused:
        return refused.refusal


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
