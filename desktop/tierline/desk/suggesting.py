"""Whom a ticket could go to, the best first, and in words why: suggested, never done by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from tierline.desk.desk import Desk
from tierline.desk.escalating import certificate
from tierline.desk.when import when
from tierline.domain import commands as cmd
from tierline.domain.decide import decide
from tierline.domain.errors import Refusal
from tierline.domain.shifts import on_until
from tierline.domain.ticket import Ticket, fold
from tierline.domain.tongue import tr
from tierline.storage.records import Person


class Suggestion(NamedTuple):
    """Someone a ticket could go to, and the reason in words.

    `shared` are their skills that the ticket is about, `load` the open tickets they hold; `on`
    says that they are in, `until` (UTC) when their shift ends, None for all that is known.
    """

    person: Person
    shared: tuple[str, ...]
    load: int
    on: bool
    until: datetime | None
    reason: str

    @property
    def presence(self) -> str:
        """Whether they are in: "on shift", "off shift", or "away" in their own shift."""
        if self.on:
            return tr("on shift")
        return tr("off shift") if self.person.present else "away"


def suggested(desk: Desk, ticket: Ticket, tier: int = 0) -> list[Suggestion]:
    """The people of a line (of the ticket's for 0): by skill match, shift, then what they hold.

    Never whoever holds it. Where a certificate is asked for, its holders only; on a line that is
    the client's own, their people.
    """
    line = tier or ticket.tier
    theirs = line in desk.policy(ticket.policy).theirs
    fitting = desk.people.candidates(ticket, line, theirs=theirs)
    return of_people(desk, ticket, [c.person for c in fitting if c.person.id != ticket.assignee])


def of_people(desk: Desk, ticket: Ticket, people: Sequence[Person]) -> list[Suggestion]:
    """The same of these very people, whoever holds it and whatever is asked for."""
    policy, now = desk.policy(desk.book.default), desk.clock()
    asked = certificate(ticket, desk.policy(ticket.policy))
    found = []
    for person, _, load, shared in desk.people.among(ticket, people):
        on, until = on_until(policy, person.team, now)
        on = on and person.present
        known = Suggestion(person, shared, load, on, until if on else None, "")
        found.append(known._replace(reason=_reason(desk, known, asked)))
    return sorted(found, key=lambda s: (-len(s.shared), not s.on, s.load, s.person.name))


def best(found: Sequence[Suggestion]) -> Suggestion | None:
    """The first of them who is in; None when nobody is."""
    return next((each for each in found if each.on), None)


def for_new(desk: Desk, command: cmd.Log) -> Suggestion | None:
    """Whom a ticket that is being logged could go to; None while nothing is known of it."""
    if not command.subject.strip():
        return None
    policy = desk.policy(desk.policy_for(command.client))
    draft = replace(
        command,
        number="-",
        client=command.client or "-",
        priority=command.priority or 3,
        later=True,
    )
    events = decide(None, draft, policy, desk.clock(), desk.me)
    return None if isinstance(events, Refusal) else best(suggested(desk, fold(events, "draft")))


def _reason(desk: Desk, each: Suggestion, asked: str) -> str:
    shared = each.shared
    skills = " and ".join(shared[:2]) + (
        tr(" and {what} more", what=len(shared) - 2) if len(shared) > 2 else ""
    )
    until = (
        tr(" until {when}", when=when(each.until, desk.clock(), desk.zone)) if each.until else ""
    )
    parts = (
        tr("certified in {asked}", asked=asked) if asked else "",
        tr("has {skills}", skills=skills) if skills else "",
        f"{each.presence}{until}",
        tr("{load} open", load=each.load),
    )
    return ", ".join(part for part in parts if part)
