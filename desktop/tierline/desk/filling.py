"""One text for many tickets: what stands in braces is filled in for each of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

import msgspec

from tierline.domain import commands as cmd
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket
from tierline.domain.wording import known_of

_Command = TypeVar("_Command", bound=cmd.Command)
FILLED = "Filled in for each ticket: {contact}, {number}, {subject}, {client}, {steps}, {us}."
"""What people are told that they may write; every other fact of a ticket is understood too."""
_PLACE = re.compile(r"\{(\w+)\}")


def filled_for(
    command: _Command, ticket: Ticket, policy: Policy, name: Callable[[str], str] = str
) -> _Command:
    """The command with the braces of its message to the contact filled; the rest is as typed.

    A word in braces that is no fact of the ticket stays as it is. `name` turns a person's id into
    a name.
    """
    field = "text" if isinstance(command, cmd.Message) else "message"
    text = getattr(command, field, "")
    if not isinstance(text, str) or "{" not in text:
        return command
    own = {"steps": getattr(command, "steps", ""), "reason": getattr(command, "reason", "")}
    holder = name(ticket.assignee) if ticket.assignee else ""
    said = {"assignee": holder, **{key: value for key, value in own.items() if value}}
    known = known_of(ticket, policy, **said)
    words = _PLACE.sub(lambda place: known.get(place[1]) or place[0], text)
    return msgspec.structs.replace(command, **{field: words})
