"""What happens on a visit to the client: planned, travelled, on site, parts, sign-off, checks.

A visit is told apart from others of its ticket by its `key`. Where a time is told later than it
was (somebody forgot to say that they left), it stands in the event beside `at`, when it was told.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from tierline.domain.event import Event

Way = Literal["signature", "paper", "phone"]


class VisitPlanned(Event, frozen=True, kw_only=True, omit_defaults=True, tag="visit_planned"):
    """An engineer goes to the client at `start` (None: not agreed yet), for so many minutes.

    The same key again plans the same visit anew. `site` is what the place is called ("Server room,
    2nd floor"), `text` what the engineer should know.
    """

    key: str
    start: datetime | None = None
    minutes: int = 0
    engineer: str = ""
    site: str = ""
    address: str = ""
    text: str = ""


class VisitCancelled(Event, frozen=True, kw_only=True, omit_defaults=True, tag="visit_cancelled"):
    """Nobody goes, and why."""

    key: str
    reason: str


class SetOut(Event, frozen=True, kw_only=True, omit_defaults=True, tag="set_out"):
    """The engineer (`by`) is on the way."""

    visit: str


class Arrived(Event, frozen=True, kw_only=True, omit_defaults=True, tag="arrived"):
    """The engineer (`by`) is on site."""

    visit: str


class LeftSite(Event, frozen=True, kw_only=True, omit_defaults=True, tag="left_site"):
    """The engineer left the site at `left_at`, or (`turned`) turned back on the way there."""

    visit: str
    left_at: datetime
    turned: bool = False


class PartUsed(Event, frozen=True, kw_only=True, omit_defaults=True, tag="part_used"):
    """So many pieces of a part stay with the client; `serial` and `number` as printed on it."""

    key: str
    part: str
    quantity: int = 1
    serial: str = ""
    number: str = ""


class PartReturned(Event, frozen=True, kw_only=True, omit_defaults=True, tag="part_returned"):
    """A part that was noted as used was not, or came back; both stay in the history."""

    key: str
    reason: str = ""


class Checked(Event, frozen=True, kw_only=True, omit_defaults=True, tag="checked"):
    """A point of the check-list was done; with `done` false it is to be done again."""

    item: str
    done: bool = True


class SignedOff(Event, frozen=True, kw_only=True, omit_defaults=True, tag="signed_off"):
    """Someone of the client's confirmed the work: by a drawn signature, on paper or by phone.

    `sha256` is the attachment with the signature, where there is one; `words` what they confirmed.
    """

    name: str
    way: Way = "signature"
    sha256: str = ""
    words: str = ""


AnyVisitEvent = (
    VisitPlanned
    | VisitCancelled
    | SetOut
    | Arrived
    | LeftSite
    | PartUsed
    | PartReturned
    | Checked
    | SignedOff
)
