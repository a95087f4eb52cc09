"""A desk's first minute: who sits at it, and under which hours and promises it works."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from tierline.desk.desk import Desk
from tierline.domain.policy import Policy
from tierline.storage.records import Person

POLICY_KEY = "policy"  # as `app.opening` reads it


class Start(NamedTuple):
    """What a person said about themselves and their desk; `policy` is a name of the book."""

    name: str
    tier: int
    policy: str


def is_new(desk: Desk) -> bool:
    """Whether nothing was ever logged or imported here."""
    return desk.replica.tickets.count() == 0


def begin(desk: Desk, start: Start) -> Desk:
    """Write it down; the desk to go on with, which has the policy's zone.

    Raises:
        WorldError: the disk refused; nothing was changed.
    """
    known = desk.people.get(desk.me)
    name = start.name.strip() or desk.me
    me = replace(known, name=name, tier=start.tier) if known else Person(id=desk.me, name=name)
    desk.replica.directory.put_people([replace(me, tier=start.tier)], desk.clock())
    if desk.book.knows(start.policy):
        desk.replica.set_meta(POLICY_KEY, start.policy)
        desk.book.default = start.policy
    return Desk(desk.replica, desk.book, desk.me, desk.clock)


def hours_words(policy: Policy) -> str:
    """The hours of a policy in a few words, for choosing one."""
    table = policy.file.calendars.get("desk")
    return (table.word or table.zone) if table else "24×7"
