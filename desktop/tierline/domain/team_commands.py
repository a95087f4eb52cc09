"""What people do for each other: hand over, merge, link, and say that they have read it."""

from __future__ import annotations

from typing import Literal

from tierline.domain.command import Command

Side = Literal["related", "parent", "child", "cause", "effect"]
OPPOSITE: dict[Side, Side] = {
    "related": "related",
    "parent": "child",
    "child": "parent",
    "cause": "effect",
    "effect": "cause",
}


class HandOver(Command, frozen=True, kw_only=True):
    """Give what I hold to whoever comes on shift, with a note; "" for `to` is their `group`."""

    note: str
    to: str = ""
    group: str = ""


class Merge(Command, frozen=True, kw_only=True):
    """End a duplicate in favour of another ticket, and tell its contact.

    It is one half of the act; `Absorb` on the other ticket is the second.
    """

    into: str
    number: str
    reason: str
    message: str = ""
    message_channel: str = "mail"


class Absorb(Command, frozen=True, kw_only=True):
    """Be the ticket that another one, of that id and number, is merged into."""

    other: str
    number: str


class Link(Command, frozen=True, kw_only=True):
    """Say what another ticket is to this one, or (`on` false) that it is not."""

    other: str
    number: str
    how: Side
    on: bool = True


class Hear(Command, frozen=True, kw_only=True):
    """Say that I have read what I was told here; () are all the mentions and hand-overs to me."""

    keys: tuple[str, ...] = ()
