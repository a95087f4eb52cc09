"""What has happened to a ticket. Events are facts in the past tense and are never edited.

Instants are aware UTC datetimes. `by` is the person's id or name as it was known at the time,
`rule` the policy rule that acted by itself (empty when a person acted), and `facts` keeps what a
source told us that has no field here (an imported verdict, an original status), unchanged.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

_TAG = "kind"


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field=_TAG):
    """One fact about a ticket: when, by whom, and by which rule if no person did it."""

    at: datetime
    by: str = ""
    rule: str = ""
    facts: dict[str, str] = {}


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
    """An internal note: read by us, never sent; `plan` marks the written resolution plan."""

    text: str
    plan: bool = False


class Messaged(Event, frozen=True, kw_only=True, omit_defaults=True, tag="messaged"):
    """Words between us and the contact; `out` is from us. A phone call is a message too."""

    text: str
    channel: str = "mail"
    direction: Literal["out", "in"] = "out"
    to: str = ""


class TimeLogged(Event, frozen=True, kw_only=True, omit_defaults=True, tag="time"):
    """Seconds of work done on the ticket by `by`, ending at `at`."""

    seconds: int
    text: str = ""


class TimerStarted(Event, frozen=True, kw_only=True, omit_defaults=True, tag="timer"):
    """A work timer runs from `at` until the next `TimeLogged` of the same person."""


class Escalated(Event, frozen=True, kw_only=True, omit_defaults=True, tag="escalated"):
    """Functional escalation: another line holds the ticket now, and why."""

    tier: int
    reason: str
    handover: str = ""
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
    """Never was, or no longer is, our work: merged, withdrawn, not covered. No clock runs."""

    status: str
    reason: str
    merged_into: str = ""


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


class PolicyChanged(Event, frozen=True, kw_only=True, omit_defaults=True, tag="policy"):
    """The ticket runs under another policy from now; clocks are recomputed from creation."""

    policy: str
    reason: str = ""


class Undone(Event, frozen=True, kw_only=True, omit_defaults=True, tag="undone"):
    """An operation was taken back within its grace time; both stay in the history."""

    op_id: str


AnyEvent = (
    Logged
    | Assigned
    | Prioritised
    | StatusChanged
    | Noted
    | Messaged
    | TimeLogged
    | TimerStarted
    | Escalated
    | Consulted
    | Resolved
    | Reopened
    | Closed
    | Cancelled
    | Detailed
    | Verified
    | PolicyChanged
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
