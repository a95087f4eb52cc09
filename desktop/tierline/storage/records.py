"""What goes into and comes out of the replica: frozen structs, no database types."""

from __future__ import annotations

from datetime import datetime

import msgspec

from tierline.domain.clocks import Deadline
from tierline.domain.events import Operation
from tierline.domain.macros import Macro
from tierline.domain.ticket import Ticket


class Words(msgspec.Struct, frozen=True):
    """What search finds a ticket by; `append` adds `text` to what is there, else it replaces it."""

    subject: str
    client: str
    contact: str
    text: str
    append: bool = True


class Projection(msgspec.Struct, frozen=True):
    """A ticket as the replica stores it beside its history. Instants are aware UTC.

    `act_at` is when someone must act next, `due_at` and `warn_at` the soonest of its clocks that
    still run or are over; `words` is None when an act left them as they were. `rule_at` is when
    some rule of the policy acts next.
    """

    ticket: Ticket
    deadlines: tuple[Deadline, ...]
    phase: str
    act_at: datetime | None = None
    due_at: datetime | None = None
    warn_at: datetime | None = None
    words: Words | None = None
    rule_at: datetime | None = None


class Stored(msgspec.Struct, frozen=True):
    """A ticket as it was last projected; `seq` is the journal row of its latest act.

    `hub_seq` is the last line of the hub's log that is in it.
    """

    seq: int
    ticket: Ticket
    deadlines: tuple[Deadline, ...]
    phase: str
    rule_at: datetime | None = None
    hub_seq: int = 0


class Recorded(msgspec.Struct, frozen=True):
    """An operation as the journal holds it, its events as the hub's log has them.

    `state` is "pending" until a hub has it, then "acked". `mine` tells whether it was made on this
    desk, `hub_seq` which line of the log it is (0: none yet), `seen_seq` the ticket's last line
    that its author was shown.
    """

    seq: int
    cseq: int
    base_seq: int
    state: str
    operation: Operation
    mine: bool = True
    hub_seq: int = 0
    seen_seq: int = 0


class Listed(msgspec.Struct, frozen=True):
    """What a queue row is made of: narrow columns, so that long descriptions are never read."""

    id: str
    number: str
    priority: int
    tier: int
    subject: str
    client: str
    contact: str
    channel: str
    policy: str
    status: str
    status_why: str
    phase: str
    ended: str
    assignee: str
    until: datetime | None
    logged_at: datetime
    act_at: datetime | None
    due_at: datetime | None
    replied: bool
    deadlines: tuple[Deadline, ...]


class Imported(msgspec.Struct, frozen=True):
    """A ticket of an import: its operations (ids made by uuid5) and where they lead.

    `mark` is whatever tells the source's state of this ticket (say its modification count), so
    that a later file knows whether it has news.
    """

    operations: tuple[Operation, ...]
    projection: Projection
    mark: str = ""


class Known(msgspec.Struct, frozen=True):
    """A ticket that an earlier import brought, and the mark it left."""

    ticket_id: str
    mark: str


class Draft(msgspec.Struct, frozen=True):
    """Unsent text of one kind on one ticket; `shown_seq` is what its writer was looking at."""

    ticket_id: str
    kind: str
    text: str
    shown_seq: int
    at: datetime


class SavedView(msgspec.Struct, frozen=True, omit_defaults=True, tag="view", tag_field="what"):
    """A queue someone made: a filter, an order and the columns shown, under a name.

    `hidden` are the columns that are not shown, by their names in the list's header. `owner` is the
    id of who made it ("" for everybody at this computer); one that is `shared` is everybody's at
    the desk, and travels. One that is `gone` was dropped: others must hear of it.
    """

    id: str
    name: str
    filter: str
    sort: str = ""
    position: float = 0.0
    hidden: tuple[str, ...] = ()
    owner: str = ""
    shared: bool = False
    gone: bool = False


Template = SavedView | Macro


class Person(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Someone who works tickets. `owner` is "us" or the co-managed client whose staff they are.

    On a shared desk `role` is the one that the hub gave. Who is `gone` is let in no more; their
    name stays with what they did.
    """

    id: str
    name: str
    tier: int = 1
    role: str = "technician"
    skills: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    owner: str = "us"
    team: str = ""
    present: bool = True
    phone: str = ""
    mail: str = ""
    gone: bool = False


class Client(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An organisation with a contract; its name is what tickets carry."""

    name: str
    policy: str = ""
    zone: str = ""
    city: str = ""
    phone: str = ""
    allowance_hours: float = 0.0
    allowance_word: str = ""
    co_managed: tuple[int, ...] = ()
    duties: tuple[str, ...] = ()
    notes: str = ""


class Contact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person at a client who calls us. `pin_hash` is all that is kept of a PIN.

    `pin_tries` are the wrong ones in a row; no more are taken until `pin_locked_until` (UTC).
    """

    client: str
    name: str
    title: str = ""
    phone: str = ""
    mail: str = ""
    computer: str = ""
    pin_hash: str = ""
    vip: bool = False
    pin_tries: int = 0
    pin_locked_until: datetime | None = None
    pin_set_at: datetime | None = None
    pin_set_by: str = ""


class PolicyText(msgspec.Struct, frozen=True, kw_only=True):
    """A policy of the desk as its file was written (TOML), in force from that date (ISO)."""

    name: str
    text: str
    effective: str = ""
