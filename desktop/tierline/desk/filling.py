"""One text for many tickets: what stands in braces is filled in for each of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

import msgspec

from tierline.domain import commands as cmd
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr
from tierline.domain.wording import known_of

_Command = TypeVar("_Command", bound=cmd.Command)
_PLACE = re.compile(r"\{(\w+)\}")
_TEXTS = ("text", "steps", "reason")


def filled() -> str:
    """What people are told that they may write; every other fact of a ticket is understood too."""
    names = "{contact}, {number}, {subject}, {client}, {steps}, {us}"
    return tr("Filled in for each ticket: {names}.", names=names)


def filled_for(
    command: _Command,
    ticket: Ticket,
    policy: Policy,
    name: Callable[[str], str] = str,
    *,
    every: bool = False,
) -> _Command:
    """The command with the braces of its message to the contact filled; the rest is as typed.

    With `every` its other texts are filled too. A word in braces that is no fact of the ticket
    stays as it is. `name` turns a person's id into a name.
    """
    message = "text" if isinstance(command, cmd.Message) else "message"
    facts = _facts(ticket, policy, name)
    told: dict[str, str] = {}
    for field in _TEXTS if every else ():
        told[field] = _filled(getattr(command, field, ""), facts)
    own = {key: told.get(key) or getattr(command, key, "") for key in ("steps", "reason")}
    facts |= {key: value for key, value in own.items() if value}
    told[message] = _filled(getattr(command, message, ""), facts)
    changed = {key: text for key, text in told.items() if text != getattr(command, key, "")}
    return msgspec.structs.replace(command, **changed) if changed else command


def _facts(ticket: Ticket, policy: Policy, name: Callable[[str], str]) -> dict[str, str]:
    return known_of(ticket, policy, assignee=name(ticket.assignee) if ticket.assignee else "")


def _filled(text: object, facts: dict[str, str]) -> str:
    if not isinstance(text, str):
        return ""
    return _PLACE.sub(lambda place: facts.get(place[1]) or place[0], text)
