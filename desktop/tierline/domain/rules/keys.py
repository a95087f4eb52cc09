"""What a rule acts on, named so that every console names it the same, whatever its `now` is.

A key counts (the second time on a line, the third message) instead of telling a time: two consoles
that act at different moments then still make one act.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from tierline.domain.policy_file import ClockTable
from tierline.domain.ticket import Ticket

KIND = "rule"  # of the operations that rules make
NAMESPACE = UUID("6f2b8f0e-5d0a-5c39-9a57-2f6f1a3f9d41")


def run_key(ticket: Ticket, clock: ClockTable | None) -> str:
    """Which run of a clock this is; a clock that starts anew has another key."""
    if clock is None:
        return status_key(ticket)
    if clock.origin == "change":
        return f"priority-{len(ticket.priorities)}"
    match clock.starts:
        case "logged":
            return "logged"
        case "tier":
            return f"line-{len(ticket.tiers)}"
        case "message_out":
            return f"out-{ticket.sent}"
        case "message_in":
            return f"in-{ticket.waits}"
        case "resolved":
            return resolution_key(ticket)


def status_key(ticket: Ticket) -> str:
    """Which stay in a status this is."""
    return f"status-{len(ticket.statuses)}"


def resolution_key(ticket: Ticket) -> str:
    """Which resolution this is."""
    return f"resolved-{ticket.reopens + 1}"


def operation_id(ticket_id: str, occasion: str) -> str:
    """The id of the one operation a rule makes on an occasion ("line-limit/line-1")."""
    return str(uuid5(NAMESPACE, f"{ticket_id}/{occasion}"))
