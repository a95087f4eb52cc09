"""A field visit as the statuses it goes through: on the way, on site, and away again."""

from __future__ import annotations

from typing import NamedTuple

from tierline.domain.judging import working_status
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket

# A policy without rules for visits still marks such statuses by their signs.
_SIGNS = ("truck", "map-pin")


class Step(NamedTuple):
    """A status of a visit, and what setting it is called."""

    status: str
    word: str


def visit_steps(ticket: Ticket, policy: Policy) -> tuple[Step, ...]:
    """What can come next of a visit, the likeliest first; none where the policy knows no visits."""
    away, visits = _away(policy), policy.file.visits
    steps = tuple(Step(key, policy.status(key).word) for key in away)
    if ticket.status not in away:
        return steps
    at = away.index(ticket.status)
    last = at == len(away) - 1
    done = visits.done if visits else working_status(policy)
    return (*steps[at + 1 :], Step(done, "Leave site" if last else "Turn back"), *steps[:at])


def on_visit(ticket: Ticket, policy: Policy) -> bool:
    """Whether somebody is on the way to the client, or there."""
    return ticket.status in _away(policy)


def _away(policy: Policy) -> tuple[str, ...]:
    """The statuses of being on the way and on site, in this order."""
    if (visits := policy.file.visits) is not None:
        return (visits.travel, visits.on_site)
    found = {table.icon: key for key, table in policy.file.statuses.items()}
    return tuple(found[sign] for sign in _SIGNS if sign in found)
