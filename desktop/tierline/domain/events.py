"""What has happened to a ticket. Events are facts in the past tense and are never edited.

Instants are aware UTC datetimes. `by` is the person's id or name as it was known at the time,
`rule` the policy rule that acted by itself (empty when a person acted), and `facts` keeps what a
source told us that has no field here (an imported verdict, an original status), unchanged.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from tierline.domain import event, process_events, team_events, visit_events

Delivery = Literal["", "to send", "sent by hand", "sent", "failed"]
Choice = Literal["keep", "mine", "both"]
Event = event.Event


class Logged(Event, frozen=True, kw_only=True, omit_defaults=True, tag="logged"):
    """The ticket came to exist; every clock that counts from creation starts here."""

    number: str
    subject: str
    policy: str
    channel: str
    status: str
    priority: int
    tier: int = 1
    description: str = ""
    type: str = "incident"
    client: str = ""
    contact: str = ""
    contact_reach: str = ""
    impact: int = 0
    urgency: int = 0
    category: str = ""
    group: str = ""
    details: dict[str, str] = {}
    missing: tuple[str, ...] = ()
    call_back: bool = False
    source: str = ""
    external_id: str = ""


class Assigned(Event, frozen=True, kw_only=True, omit_defaults=True, tag="assigned"):
    """A person (or nobody, "") holds the ticket from now; `group` when a team was named."""

    assignee: str
    group: str | None = None


class Prioritised(Event, frozen=True, kw_only=True, omit_defaults=True, tag="prioritised"):
    """The priority was set or confirmed, with impact and urgency (1 high .. 3 low, 0 not given)."""

    priority: int
    impact: int = 0
    urgency: int = 0
    reason: str = ""


class StatusChanged(Event, frozen=True, kw_only=True, omit_defaults=True, tag="status"):
    """The ticket moved to another status of its policy; `until` is the follow-up or check time."""

    status: str
    reason: str = ""
    until: datetime | None = None


class Noted(Event, frozen=True, kw_only=True, omit_defaults=True, tag="noted"):
    """An internal note: read by us, never sent; `plan` marks the written resolution plan.

    `mentions` are the ids of the people whom "@id" in the text tells about it.
    """

    text: str
    plan: bool = False
    mentions: tuple[str, ...] = ()


class Messaged(Event, frozen=True, kw_only=True, omit_defaults=True, tag="messaged"):
    """Words between us and the contact; `out` is from us. A phone call is a message too.

    `key` names the message on its ticket, so that its delivery can be told later; `delivery` is
    how it stood when it was written ("" for what was spoken, and for messages of old).
    """

    text: str
    channel: str = "mail"
    direction: Literal["out", "in"] = "out"
    to: str = ""
    delivery: Delivery = ""
    key: str = ""


class Delivered(Event, frozen=True, kw_only=True, omit_defaults=True, tag="delivered"):
    """What became of a message to the contact; `message` is its key."""

    message: str
    state: Delivery
    why: str = ""


class TimeLogged(Event, frozen=True, kw_only=True, omit_defaults=True, tag="time"):
    """Seconds of work done on the ticket by `by`, ending at `at`.

    `away` are further seconds for which a work timer ran and nobody worked.
    """

    seconds: int
    text: str = ""
    away: int = 0


class TimerStarted(Event, frozen=True, kw_only=True, omit_defaults=True, tag="timer"):
    """A work timer runs from `at` until the next `TimeLogged` of the same person."""


class TimerKept(Event, frozen=True, kw_only=True, omit_defaults=True, tag="timer_kept"):
    """Asked whether they were still at it, whoever works said yes: all of it was work."""


class TimeCorrected(Event, frozen=True, kw_only=True, omit_defaults=True, tag="time_corrected"):
    """Seconds added to (or, negative, taken from) the work on the line, and why."""

    seconds: int
    reason: str


class Escalated(Event, frozen=True, kw_only=True, omit_defaults=True, tag="escalated"):
    """Functional escalation: another line holds the ticket now, and why.

    `held` is who had it when a rule handed it on; a person's own escalation says so by `by`.
    """

    tier: int
    reason: str
    handover: str = ""
    held: str = ""
    tried: tuple[str, ...] = ()
    assignee: str = ""
    group: str | None = None


class Consulted(Event, frozen=True, kw_only=True, omit_defaults=True, tag="consulted"):
    """Another line was asked without handing the ticket over."""

    tier: int
    whom: str
    text: str


class Resolved(Event, frozen=True, kw_only=True, omit_defaults=True, tag="resolved"):
    """We say that it works again, with the steps taken."""

    status: str
    steps: str
    workaround: bool = False
    first_contact: bool = False


class Reopened(Event, frozen=True, kw_only=True, omit_defaults=True, tag="reopened"):
    """It did not work after all: the resolution clock is armed again, the response stays met."""

    status: str
    reason: str
    channel: str = ""


class Closed(Event, frozen=True, kw_only=True, omit_defaults=True, tag="closed"):
    """The end: the contact confirmed, or the policy's time for saying no has passed."""

    status: str
    confirmed_by: str = ""
    reason: str = ""


class Cancelled(Event, frozen=True, kw_only=True, omit_defaults=True, tag="cancelled"):
    """Never was, or no longer is, our work: merged, withdrawn, not covered. No clock runs.

    `into` is the id of the ticket that goes on with it, `merged_into` what that was called then.
    """

    status: str
    reason: str
    merged_into: str = ""
    into: str = ""


class WorkedAround(Event, frozen=True, kw_only=True, omit_defaults=True, tag="workaround"):
    """The contact can work again by a detour; the ticket stays open for the cause."""

    text: str


class Detailed(Event, frozen=True, kw_only=True, omit_defaults=True, tag="detailed"):
    """Details were filled in or corrected after logging; each change keeps the old in history."""

    subject: str | None = None
    description: str | None = None
    client: str | None = None
    contact: str | None = None
    contact_reach: str | None = None
    category: str | None = None
    type: str | None = None
    details: dict[str, str] = {}


class Verified(Event, frozen=True, kw_only=True, omit_defaults=True, tag="verified"):
    """The caller proved who they are, and how; the proof itself is never stored."""

    how: str
    pin: bool = False


class PinFailed(Event, frozen=True, kw_only=True, omit_defaults=True, tag="pin_failed"):
    """A wrong PIN was said; `tries` in a row by now, no more until `locked_until`."""

    tries: int
    locked_until: datetime | None = None


class Consented(Event, frozen=True, kw_only=True, omit_defaults=True, tag="consented"):
    """The contact agreed to something (remote control, say), asked in these words."""

    what: str
    words: str = ""


class PolicyChanged(Event, frozen=True, kw_only=True, omit_defaults=True, tag="policy"):
    """The ticket runs under another policy from now; clocks are recomputed from creation."""

    policy: str
    reason: str = ""


class Undone(Event, frozen=True, kw_only=True, omit_defaults=True, tag="undone"):
    """An operation was taken back within its grace time; both stay in the history."""

    op_id: str


class Assisted(Event, frozen=True, kw_only=True, omit_defaults=True, tag="assisted"):
    """Someone works on the ticket beside its holder; with `on` false, no longer."""

    person: str
    on: bool = True


class Conflicted(Event, frozen=True, kw_only=True, omit_defaults=True, tag="conflicted"):
    """Two changed the same thing, neither having seen the other: one value stands, both are kept.

    `key` is the losing act's id and `what`: status, owner, until, undo, or the name of a field
    ("detail:certificate" for one of the policy's). Values are texts as the ticket has them; a line
    is "tier:2". `events` are what was lost, to be done anew; `grave` asks for an answer. `instead`
    is the key of an earlier conflict of the same two that this one goes on from.
    """

    key: str
    what: str
    kept: str
    kept_by: str
    kept_at: datetime
    lost: str
    lost_by: str
    lost_at: datetime
    was: str = ""
    events: tuple[AnyEvent, ...] = ()
    grave: bool = False
    instead: str = ""


class Settled(Event, frozen=True, kw_only=True, omit_defaults=True, tag="settled"):
    """A person answered a conflict: the kept value stays, the lost one comes back, or both."""

    key: str
    choice: Choice
    text: str = ""


class Restricted(Event, frozen=True, kw_only=True, omit_defaults=True, tag="restricted"):
    """From now only those whom the hub lets may read the ticket; with `on` false, everybody."""

    on: bool
    reason: str = ""


# Told beside the work, in a room of their own; one name for all of them is `events`.
Acknowledged = process_events.Acknowledged
Alerted = process_events.Alerted
Attached = process_events.Attached
Complained = process_events.Complained
Disputed = process_events.Disputed
GateAsked = process_events.GateAsked
GatePassed = process_events.GatePassed
Numbered = process_events.Numbered
Prompted = process_events.Prompted
QuoteAnswered = process_events.QuoteAnswered
QuoteExpired = process_events.QuoteExpired
Quoted = process_events.Quoted
Snoozed = process_events.Snoozed
Stayed = process_events.Stayed
Surveyed = process_events.Surveyed
TaskDone = process_events.TaskDone
Tasked = process_events.Tasked
Arrived = visit_events.Arrived
Checked = visit_events.Checked
LeftSite = visit_events.LeftSite
PartReturned = visit_events.PartReturned
PartUsed = visit_events.PartUsed
SetOut = visit_events.SetOut
SignedOff = visit_events.SignedOff
VisitCancelled = visit_events.VisitCancelled
VisitPlanned = visit_events.VisitPlanned
Carried = team_events.Carried
HandedOver = team_events.HandedOver
Heard = team_events.Heard
Linked = team_events.Linked

AnyEvent = (
    Logged
    | Assigned
    | Prioritised
    | StatusChanged
    | Noted
    | Messaged
    | Delivered
    | TimeLogged
    | TimerStarted
    | TimerKept
    | TimeCorrected
    | Escalated
    | Consulted
    | Resolved
    | Reopened
    | Closed
    | Cancelled
    | WorkedAround
    | Detailed
    | Verified
    | PinFailed
    | Consented
    | PolicyChanged
    | Assisted
    | Conflicted
    | Settled
    | Restricted
    | process_events.AnyProcessEvent
    | visit_events.AnyVisitEvent
    | team_events.AnyTeam
    | Undone
)


class Operation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One act of one person on one ticket: all of its events happen, or none.

    `op_id` is a UUIDv7 made on the console (uuid5 for imports and rules, so that doing it twice
    is doing it once). `kind` is the command's name, `at` the instant of the act.
    """

    op_id: str
    ticket_id: str
    kind: str
    at: datetime
    events: tuple[AnyEvent, ...]
    by: str = ""
    v: int = 1


_events_encoder = msgspec.json.Encoder()
_events_decoder = msgspec.json.Decoder(tuple[AnyEvent, ...])


def encode_events(events: tuple[AnyEvent, ...]) -> bytes:
    """JSON as the journal stores it."""
    return _events_encoder.encode(events)


def decode_events(raw: bytes | str) -> tuple[AnyEvent, ...]:
    """The events of a journal row.

    Raises:
        msgspec.ValidationError: the bytes are not events this version knows.
    """
    return _events_decoder.decode(raw)
