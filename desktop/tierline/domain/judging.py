"""What every judgement needs: who acts on which ticket when, and the refusals they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tierline.domain import events as ev
from tierline.domain.errors import Refusal
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket

Answer = Sequence[ev.AnyEvent] | Refusal


@dataclass(frozen=True, slots=True)
class Act:
    """One person acting on one ticket at one instant (aware UTC) under its policy."""

    ticket: Ticket
    policy: Policy
    now: datetime
    by: str

    @property
    def phase(self) -> str:
        """What the ticket's status means to the program."""
        return self.policy.status(self.ticket.status).phase

    def must_be_open(self, done: str) -> Refusal | None:
        """A refusal when the ticket has ended, naming the way back."""
        if self.ticket.open:
            return None
        number, ended = self.ticket.number, self.ticket.ended
        todo = "Log a new ticket." if ended == "cancelled" else "Re-open it first."
        return Refusal(f"{number} is {ended} and cannot be {done}.", todo)

    def begin_work(self) -> list[ev.AnyEvent]:
        """The change from a new or merely assigned ticket to one being worked on."""
        working = working_status(self.policy)
        if self.ticket.status == working or self.phase not in ("new", "active"):
            return []
        if self.phase == "active" and self.ticket.status != "assigned":
            return []
        return [ev.StatusChanged(at=self.now, by=self.by, status=working)]

    def message(self, text: str, channel: str, to: str = "") -> ev.Messaged:
        """Words to the contact; they restart the update clock and meet the response."""
        receiver = to or self.ticket.contact
        return ev.Messaged(at=self.now, by=self.by, text=text, channel=channel, to=receiver)


def working_status(policy: Policy) -> str:
    """The status of a ticket someone works on."""
    active = policy.statuses("active")
    return "in-progress" if "in-progress" in active else active[0]


def first_status(policy: Policy, phase: str) -> str:
    """The first status of a phase in the policy's order."""
    return policy.statuses(phase)[0]


def blank(text: str) -> bool:
    """Whether nothing readable was written (spaces and control characters are nothing)."""
    return not any(ch.isprintable() and not ch.isspace() for ch in text)


def need(text: str, field: str, todo: str) -> Refusal | None:
    """A refusal when the text is blank."""
    return Refusal(f"The {field} is empty.", todo, field) if blank(text) else None
