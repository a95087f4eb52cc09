"""What I was told and have not said to have read: mentions in notes, and tickets handed over."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from tierline.desk.people import People
from tierline.desk.team_sayings import named
from tierline.storage.replica import Replica


class ForMe(NamedTuple):
    """A mention of me, or a ticket handed to me or to my team; `who` is by whom.

    `now_with` names who holds it by now, when that is somebody else.
    """

    kind: Literal["mention", "hand-over"]
    ticket_id: str
    number: str
    priority: int
    subject: str
    client: str
    who: str
    text: str
    at: datetime
    key: str
    now_with: str = ""


def for_me(replica: Replica, people: People, me: str) -> tuple[ForMe, ...]:
    """Hand-overs first, then mentions, each the oldest first; what is for my team is for me."""
    person = people.get(me)
    mine = {me.casefold(), person.team.casefold() if person and person.team else me.casefold()}
    known = people.ids()
    found = [
        ForMe(
            kind=told.kind,
            ticket_id=ticket.id,
            number=ticket.number,
            priority=ticket.priority,
            subject=ticket.subject,
            client=ticket.client,
            who=people.name(told.by),
            text=named(told.text, known, people.name),
            at=told.at,
            key=told.key,
            now_with=people.name(ticket.assignee) if ticket.assignee not in ("", me) else "",
        )
        for ticket in replica.told.unread()
        for told in ticket.told
        if told.to.casefold() in mine
    ]
    return tuple(sorted(found, key=lambda each: (each.kind == "mention", each.at, each.number)))
