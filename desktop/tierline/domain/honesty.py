"""What on a ticket does not add up and should be seen: a wait that is over, a rule in circles.

Flags hold nothing up and change nothing; they say what a technician would want to know.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from tierline.domain.policy import Policy
from tierline.domain.rules.candidates import LOOP
from tierline.domain.rules.times import later
from tierline.domain.ticket import Ticket

Kind = Literal[
    "replied",
    "past date",
    "no date",
    "unknown status",
    "no reasons",
    "rule loop",
    "clock back",
    "message failed",
    "no plan",
    "disputed",
    "missing",
    "allowance",
]


class Flag(NamedTuple):
    """One thing to see, in a sentence; since when, where that has an instant (UTC)."""

    kind: Kind
    text: str
    since: datetime | None = None


def flags(ticket: Ticket, policy: Policy, now: datetime) -> tuple[Flag, ...]:
    """All that does not add up on a ticket at `now` (aware UTC), the gravest first."""
    found = [*_time(ticket, now), *_policy(ticket, policy), *_messages(ticket)]
    if ticket.open:
        found += [*_wait(ticket, policy, now), *_work(ticket, policy)]
    if ticket.ended == "resolved" and ticket.missing:
        words = ", ".join(_word(policy, name) for name in ticket.missing)
        found.append(Flag("missing", f"It cannot be closed while these are missing: {words}."))
    return tuple(found)


def wait_flag(phase: str, *, replied: bool, until: datetime | None, now: datetime) -> str:
    """The same for a row of the queue, from its narrow columns: "replied", "past date" or ""."""
    if phase != "waiting":
        return ""
    if replied:
        return "replied"
    return "past date" if until is not None and until < now else ""


def _time(ticket: Ticket, now: datetime) -> Iterator[Flag]:
    if now < ticket.changed_at:
        text = "It has changes later than this clock: rules rest until the time is right."
        yield Flag("clock back", text, ticket.changed_at)


def _policy(ticket: Ticket, policy: Policy) -> Iterator[Flag]:
    if ticket.status not in policy.file.statuses:
        text = f'{policy.label} has no status "{ticket.status}"; its clocks count. Set another one.'
        yield Flag("unknown status", text, ticket.statuses[-1].at if ticket.statuses else None)
    for path in policy.file.escalations:
        if ticket.open and path.from_tier == ticket.tier and not path.reasons:
            to = policy.tier_word(path.to_tier)
            text = f"{policy.label} lists no reasons for {to}: say the reason in your own words."
            yield Flag("no reasons", text)
    for act in ticket.acted:
        if act.occasion.endswith(f"/{LOOP}"):
            text = f'The rule "{act.rule}" went round in circles and rests on this ticket.'
            yield Flag("rule loop", text, act.at)


def _messages(ticket: Ticket) -> Iterator[Flag]:
    for letter in ticket.outbox:
        if letter.delivery == "failed":
            why = f": {letter.why}" if letter.why else ""
            yield Flag("message failed", f"A message did not reach the contact{why}.", letter.at)


def _wait(ticket: Ticket, policy: Policy, now: datetime) -> Iterator[Flag]:
    table = policy.status(ticket.status)
    if table.phase != "waiting":
        return
    entered = ticket.statuses[-1].at
    if ticket.last_in_at is not None and ticket.last_in_at > entered:
        yield Flag("replied", "It waits, and the contact has answered.", ticket.last_in_at)
    if ticket.until is not None:
        if ticket.until < now:
            yield Flag("past date", "It waits past its date.", ticket.until)
        return
    chased = any(each.status == ticket.status for each in policy.file.follow_ups.values())
    longest = later(policy, entered, table.undated)
    if not chased and longest is not None and longest < now:
        yield Flag("no date", f"It has waited since without a date ({table.word}).", entered)


def _work(ticket: Ticket, policy: Policy) -> Iterator[Flag]:
    tier = policy.file.tiers.get(str(ticket.tier))
    begun = ticket.assignee and policy.status(ticket.status).phase == "active"
    came = ticket.tiers[-1].at if ticket.tiers else ticket.logged_at
    planned = ticket.planned_at is not None and ticket.planned_at >= came
    if tier is not None and tier.plan and begun and not planned:
        yield Flag("no plan", f"{tier.word} begins with a written plan; there is none yet.")
    if ticket.disputed_at is not None:
        text = f"The contact disputes P{ticket.priority}: judge it again."
        yield Flag("disputed", text, ticket.disputed_at)


def _word(policy: Policy, name: str) -> str:
    field = policy.file.fields.get(name)
    return field.word if field else name.replace("_", " ")
