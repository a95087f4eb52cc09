"""What a person (or a rule) wants done to a ticket. Imperative; `decide` answers each.

Commands carry words as typed; `decide` trims and judges them. Instants are aware UTC.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from tierline.domain import command, team_commands, visit_commands

Command = command.Command

# About visits to the client, in a room of their own; one name for all of them is `commands`.
Arrive = visit_commands.Arrive
CancelVisit = visit_commands.CancelVisit
Check = visit_commands.Check
LeaveSite = visit_commands.LeaveSite
PlanVisit = visit_commands.PlanVisit
ReturnPart = visit_commands.ReturnPart
SetOut = visit_commands.SetOut
SignOff = visit_commands.SignOff
UsePart = visit_commands.UsePart
# And what people do for each other.
Absorb = team_commands.Absorb
HandOver = team_commands.HandOver
Hear = team_commands.Hear
Link = team_commands.Link
Merge = team_commands.Merge


class Log(Command, frozen=True, kw_only=True):
    """Make a ticket. `later` accepts missing details and lists them on the ticket (SEV 1).

    `carries` is the number of the closed ticket that this one goes on from.
    """

    number: str
    subject: str
    channel: str
    client: str
    contact: str = ""
    contact_reach: str = ""
    description: str = ""
    type: str = "incident"
    impact: int = 0
    urgency: int = 0
    priority: int = 0
    category: str = ""
    details: dict[str, str] = {}
    assignee: str = ""
    tier: int = 1
    later: bool = False
    start_timer: bool = False
    carries: str = ""


class Take(Command, frozen=True, kw_only=True):
    """Hold the ticket myself and begin; with `timer` the work timer starts."""

    timer: bool = False


class Release(Command, frozen=True, kw_only=True):
    """Put the ticket back for whoever is free."""


class Assign(Command, frozen=True, kw_only=True):
    """Give the ticket to a person of the same line."""

    assignee: str


class Prioritise(Command, frozen=True, kw_only=True):
    """Set the priority from impact × urgency, or directly; a change needs its reason."""

    impact: int = 0
    urgency: int = 0
    priority: int = 0
    reason: str = ""


class Note(Command, frozen=True, kw_only=True):
    """Write an internal note; `plan` marks the resolution plan, `mentions` are people's ids."""

    text: str
    plan: bool = False
    mentions: tuple[str, ...] = ()


class Message(Command, frozen=True, kw_only=True):
    """Tell the contact something, by mail or by phone."""

    text: str
    channel: str = "mail"
    to: str = ""


class Receive(Command, frozen=True, kw_only=True):
    """Record what the contact told us."""

    text: str
    channel: str = "mail"


class LogTime(Command, frozen=True, kw_only=True):
    """Record work done, in seconds."""

    seconds: int
    text: str = ""


class StartTimer(Command, frozen=True, kw_only=True):
    """Begin to count my work on this ticket."""


class StopTimer(Command, frozen=True, kw_only=True):
    """Stop counting and log what was worked: all of it, or only so many `seconds` of it."""

    text: str = ""
    seconds: int | None = None


class KeepTimer(Command, frozen=True, kw_only=True):
    """Answer that I am still at it; the last `away` seconds of the timer were no work."""

    away: int = 0


class CorrectTime(Command, frozen=True, kw_only=True):
    """Add seconds to the work on this line, or take some away (negative), with a reason."""

    seconds: int
    reason: str


class ChangeStatus(Command, frozen=True, kw_only=True):
    """Move the ticket to another status that is neither resolved nor closed."""

    status: str
    reason: str = ""
    until: datetime | None = None


class Escalate(Command, frozen=True, kw_only=True):
    """Hand the ticket to another line: a reason of the policy's list, a hand-over, a message."""

    tier: int
    reason: str
    handover: str
    tried: tuple[str, ...] = ()
    assignee: str = ""
    message: str = ""
    message_channel: str = "mail"


class Consult(Command, frozen=True, kw_only=True):
    """Ask another line; the ticket stays here."""

    tier: int
    whom: str
    text: str


class Resolve(Command, frozen=True, kw_only=True):
    """Say that it works again, with the steps taken and the message to the contact."""

    steps: str
    message: str = ""
    message_channel: str = "mail"
    workaround: bool = False
    first_contact: bool = False


class Reopen(Command, frozen=True, kw_only=True):
    """Bring a resolved ticket back."""

    reason: str
    channel: str = ""


class Close(Command, frozen=True, kw_only=True):
    """End the ticket; `confirmed_by` is who said that it works."""

    confirmed_by: str = ""
    reason: str = ""


class Cancel(Command, frozen=True, kw_only=True):
    """End a ticket that is not, or is no longer, our work."""

    reason: str


class FillDetails(Command, frozen=True, kw_only=True):
    """Fill in or correct what was said when logging."""

    subject: str | None = None
    description: str | None = None
    client: str | None = None
    contact: str | None = None
    contact_reach: str | None = None
    category: str | None = None
    type: str | None = None
    details: dict[str, str] = {}


class Verify(Command, frozen=True, kw_only=True):
    """Record how the caller's identity was checked (never the proof itself).

    `pin` says that their PIN was right: some tickets are not worked on without.
    """

    how: str
    pin: bool = False


class FailPin(Command, frozen=True, kw_only=True):
    """Record that the PIN said was wrong, for the `tries`-th time in a row."""

    tries: int
    locked_until: datetime | None = None


class Consent(Command, frozen=True, kw_only=True):
    """Record that the contact agreed; blank `words` are those of the policy."""

    what: str = "remote control"
    words: str = ""


class Workaround(Command, frozen=True, kw_only=True):
    """Say that the contact can work by a detour; the ticket stays open."""

    text: str
    message: str = ""
    message_channel: str = "mail"


class Dispute(Command, frozen=True, kw_only=True):
    """Record that the contact does not accept the priority."""

    reason: str


class Complain(Command, frozen=True, kw_only=True):
    """Record the contact's own escalation: a reason of the policy's list, by text or position."""

    reason: str
    text: str = ""
    reference: str = ""


class AlertLead(Command, frozen=True, kw_only=True):
    """Tell someone in charge (a role of the policy); the ticket stays where it is."""

    reason: str
    role: str = ""


class AskGate(Command, frozen=True, kw_only=True):
    """Ask leave to enter a gated status; with `role` its keeper asks that role in turn."""

    gate: str
    text: str
    role: str = ""


class PassGate(Command, frozen=True, kw_only=True):
    """Record what the person of the gate's role decided; a yes enters the status."""

    gate: str
    person: str
    allowed: bool = True
    text: str = ""


class Stay(Command, frozen=True, kw_only=True):
    """Answer a rule's prompt: the ticket stays here, and why. Blank `rule` is the one asked."""

    reason: str
    rule: str = ""


class FinishTask(Command, frozen=True, kw_only=True):
    """Say that a task of this ticket is done; blank `key` is the only one."""

    key: str = ""
    text: str = ""


class Feedback(Command, frozen=True, kw_only=True):
    """Record what the contact answered to the survey: by position from 1, or by word."""

    answer: str
    text: str = ""


class GiveQuote(Command, frozen=True, kw_only=True):
    """Quote the contact a sum: in hundredths of the currency, which is the policy's."""

    cents: int
    text: str
    message: str = ""
    message_channel: str = "mail"


class AnswerQuote(Command, frozen=True, kw_only=True):
    """Record who approved the open quote, in a way of the policy's list, or who declined it."""

    person: str
    accepted: bool = True
    way: str = ""
    text: str = ""


class MarkDelivered(Command, frozen=True, kw_only=True):
    """Say what became of a message that was to be sent; blank `message` is the latest of them."""

    state: Literal["sent by hand", "sent", "failed"] = "sent by hand"
    message: str = ""
    why: str = ""


class Settle(Command, frozen=True, kw_only=True):
    """Answer a conflict (its key): keep what stands, take what was lost, or keep both.

    Of two owners: keep the one, hand over to the other, or both work together. Of two values both
    are kept by what stands and the `text`, which becomes a note; a desk says them in it.
    """

    conflict: str
    choice: Literal["keep", "mine", "both"]
    text: str = ""


class Restrict(Command, frozen=True, kw_only=True):
    """Let only a few read the ticket, or everybody again; a lead's act, with its reason."""

    on: bool
    reason: str = ""


class Attach(Command, frozen=True, kw_only=True):
    """Put a file on the ticket; its bytes are on this machine's disk already."""

    name: str
    sha256: str
    size: int
    media: str = ""
    text: str = ""


class Snooze(Command, frozen=True, kw_only=True):
    """Hear no alarm of a clock until then, with the reason; never beyond the clock's breach.

    `clock` is its name, word or letter; blank is the next one to be over.
    """

    until: datetime
    reason: str
    clock: str = ""


class Acknowledge(Command, frozen=True, kw_only=True):
    """Say that I have seen a clock's alarm and deal with it; `clock` as for `Snooze`."""

    clock: str = ""
    text: str = ""
