"""What people have done for each other: handed over, linked, merged, read what they were told."""

from __future__ import annotations

from typing import Literal

from tierline.domain.event import Event

How = Literal["related", "parent", "child", "cause", "effect", "into", "from"]


class HandedOver(Event, frozen=True, kw_only=True, omit_defaults=True, tag="handed_over"):
    """Who came on shift was given the ticket with a note; `to` is a person's id, or a `group`.

    `key` names it, so that they can say that they have read it.
    """

    note: str
    key: str
    to: str = ""
    group: str = ""


class Linked(Event, frozen=True, kw_only=True, omit_defaults=True, tag="linked"):
    """What another ticket is to this one, or (`on` false) is no more; the other says the opposite.

    `other` is its id, `number` what it was called then. "cause": this one is caused by it; "from":
    that one, a duplicate, was merged into this, which its own `Cancelled` says too.
    """

    other: str
    number: str
    how: How
    on: bool = True


class Heard(Event, frozen=True, kw_only=True, omit_defaults=True, tag="heard"):
    """A person has read what they were told here: the keys of mentions and hand-overs."""

    keys: tuple[str, ...] = ()


class Carried(Event, frozen=True, kw_only=True, omit_defaults=True, tag="carried"):
    """What the contact said on a merged ticket was put on the one that goes on; nobody waits here.

    `other` is that ticket's id, `number` what it was called then.
    """

    other: str
    number: str


AnyTeam = HandedOver | Linked | Heard | Carried
