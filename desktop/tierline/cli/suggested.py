"""Who fits a ticket best, and why: a list that nobody has to follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tierline.cli import safe
from tierline.cli.call import Call
from tierline.cli.moments import iso
from tierline.desk.suggesting import Suggestion, suggested


def print_suggested(call: Call, numbers: Sequence[str]) -> None:
    """The people of each ticket's line, the best first, with the reason."""
    for number in filter(None, numbers):
        _print(call, number)


def _print(call: Call, number: str) -> None:
    ticket = call.ticket(number).ticket
    found = suggested(call.desk, ticket)
    if call.out.json:
        call.out.data([_data(each) for each in found])
    elif found:
        rows = [(safe.line(e.person.name), e.person.id, safe.line(e.reason)) for e in found]
        call.out.table(("Name", "Login", "Why"), rows, flexible=(2,))
        call.out.hint(f"Give it: tierline assign {ticket.number} {found[0].person.id}")
    else:
        call.out.say("Nobody else on this line fits.")


def _data(each: Suggestion) -> dict[str, Any]:
    return {
        "login": each.person.id,
        "name": each.person.name,
        "skills": list(each.shared),
        "on_shift": each.on,
        "until": iso(each.until),
        "open": each.load,
        "reason": each.reason,
    }
