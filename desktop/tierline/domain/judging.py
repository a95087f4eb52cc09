"""What every judgement needs: who acts on which ticket when, and the refusals they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tierline.domain import events as ev
from tierline.domain.errors import Refusal
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr

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
        return Refusal(
            tr("{number} is {ended} and cannot be {done}.", number=number, ended=ended, done=done),
            todo,
        )

    def begin_work(self) -> list[ev.AnyEvent]:
        """The change from a new or merely assigned ticket to one being worked on."""
        working = working_status(self.policy)
        if self.ticket.status == working or self.phase not in ("new", "active"):
            return []
        if self.phase == "active" and self.ticket.status != "assigned":
            return []
        return [ev.StatusChanged(at=self.now, by=self.by, status=working)]

    def message(self, text: str, channel: str, to: str = "") -> ev.Messaged:
        """Words to the contact; they restart the update clock and meet the response.

        What was not spoken is still to be sent, by hand or by whatever sends mail.
        """
        receiver = to or self.ticket.contact
        written = not self.policy.spoken(channel)
        return ev.Messaged(
            at=self.now,
            by=self.by,
            text=text,
            channel=channel,
            to=receiver,
            delivery="to send" if written else "",
            key=message_key(self.ticket.sent, self.now) if written else "",
        )

    def stop_timer(self) -> list[ev.AnyEvent]:
        """The work timer's time, logged for whoever's it is; nothing when none runs."""
        since, by = self.ticket.timer_since, self.ticket.timer_by
        if since is None:
            return []
        seconds = max(0, int((self.now - since).total_seconds()))
        return [ev.TimeLogged(at=self.now, by=by, seconds=seconds)]

    def must_be_proven(self, done: str) -> Refusal | None:
        """A refusal while the policy wants the caller's PIN first; it names the other way."""
        table = self.policy.file.verification
        if table is None or not needs_proof(self.ticket, self.policy):
            return None
        what = f"{self.ticket.number} is not {done} before the caller's PIN is right."
        otherwise = f"Or the other way: {table.otherwise}." if table.otherwise else ""
        return Refusal(what, tr("Check the PIN (I). {otherwise}", otherwise=otherwise).strip())


def needs_proof(ticket: Ticket, policy: Policy) -> bool:
    """Whether this ticket may not be worked on before its caller's PIN was right."""
    table = policy.file.verification
    if table is None or ticket.proven:
        return False
    return ticket.type in table.types and ticket.channel in table.channels


def message_key(sent: int, now: datetime) -> str:
    """What a message is called on its ticket: which one it is of ours, and when."""
    return f"{sent + 1}@{now.astimezone(UTC):%Y%m%dT%H%M%S.%f}"


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
    return Refusal(tr("The {field} is empty.", field=field), todo, field) if blank(text) else None
