"""What happens around the work: disputes, gates, what rules ask, tasks, surveys, quotes, files."""

from __future__ import annotations

from datetime import datetime

from tierline.domain.event import Event


class Disputed(Event, frozen=True, kw_only=True, omit_defaults=True, tag="disputed"):
    """The contact does not accept the priority: the assessment is open again."""

    priority: int
    reason: str


class Complained(Event, frozen=True, kw_only=True, omit_defaults=True, tag="complained"):
    """The contact's own escalation, under a reference of its own; the line stays as it is."""

    reason: str
    reference: str
    text: str = ""


class Alerted(Event, frozen=True, kw_only=True, omit_defaults=True, tag="alerted"):
    """Hierarchical escalation: someone in charge was told; the line stays as it is."""

    role: str
    reason: str


class GateAsked(Event, frozen=True, kw_only=True, omit_defaults=True, tag="gate_asked"):
    """Leave to enter a gated status was asked of a role, or that role asked another."""

    gate: str
    role: str
    text: str = ""


class GatePassed(Event, frozen=True, kw_only=True, omit_defaults=True, tag="gate_passed"):
    """A person of the gate's role said yes or no."""

    gate: str
    role: str
    person: str
    allowed: bool = True
    text: str = ""


class Prompted(Event, frozen=True, kw_only=True, omit_defaults=True, tag="prompted"):
    """A rule asks the holder: resolve, escalate, or stay with a reason. `run` is the clock's."""

    name: str
    text: str
    clock: str = ""
    run: str = ""


class Stayed(Event, frozen=True, kw_only=True, omit_defaults=True, tag="stayed"):
    """A person overruled a rule, and with it all of that clock's that may be, for this run."""

    name: str
    reason: str
    clock: str = ""
    run: str = ""


class Tasked(Event, frozen=True, kw_only=True, omit_defaults=True, tag="tasked"):
    """Someone of a role has something to do about this ticket."""

    role: str
    text: str
    key: str


class TaskDone(Event, frozen=True, kw_only=True, omit_defaults=True, tag="task_done"):
    """It was done, and what came of it."""

    key: str
    text: str = ""


class Surveyed(Event, frozen=True, kw_only=True, omit_defaults=True, tag="surveyed"):
    """The contact answered a survey: which answer of its list, counted from 1, and their words.

    `word`, `score` and `poor` are as the policy had that answer then; `asked_at` is when the
    contact had been asked, None for who answered without.
    """

    survey: str
    answer: int
    word: str
    score: int = 0
    poor: bool = False
    text: str = ""
    asked_at: datetime | None = None


class Quoted(Event, frozen=True, kw_only=True, omit_defaults=True, tag="quoted"):
    """The contact was quoted a sum for something; it holds until then (UTC), None for ever.

    `cents` are hundredths of the currency.
    """

    cents: int
    currency: str
    text: str
    until: datetime | None = None


class QuoteAnswered(Event, frozen=True, kw_only=True, omit_defaults=True, tag="quote_answered"):
    """Someone of the client's said yes (in one of the policy's ways) or no to the open quote."""

    person: str
    accepted: bool = True
    way: str = ""
    text: str = ""


class Attached(Event, frozen=True, kw_only=True, omit_defaults=True, tag="attached"):
    """A file came with the ticket: what it is called, the hash and number of its bytes.

    The bytes are kept apart, once for all tickets, under `sha256` (hex, small letters).
    """

    name: str
    sha256: str
    size: int
    media: str = ""
    text: str = ""


class QuoteExpired(Event, frozen=True, kw_only=True, omit_defaults=True, tag="quote_expired"):
    """Nobody answered the open quote in its time."""


class Numbered(Event, frozen=True, kw_only=True, omit_defaults=True, tag="numbered"):
    """The ticket, logged without a network, has its number now; it is found by the old one too."""

    number: str


class Snoozed(Event, frozen=True, kw_only=True, omit_defaults=True, tag="snoozed"):
    """Whoever it is does not want this clock's alarms before `until` (UTC), and why.

    Never beyond its breach. `run` is the clock's: another run warns anew.
    """

    clock: str
    run: str
    until: datetime
    reason: str = ""


class Acknowledged(Event, frozen=True, kw_only=True, omit_defaults=True, tag="acknowledged"):
    """Somebody has seen this clock's alarm and deals with it; the alarm stands all the same."""

    clock: str
    run: str
    text: str = ""


AnyProcessEvent = (
    Acknowledged
    | Alerted
    | Attached
    | Complained
    | Disputed
    | GateAsked
    | GatePassed
    | Numbered
    | Prompted
    | QuoteAnswered
    | QuoteExpired
    | Quoted
    | Snoozed
    | Stayed
    | Surveyed
    | TaskDone
    | Tasked
)
