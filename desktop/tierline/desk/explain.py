"""Why a clock is due when it is: its own timeline, and the sum that adds up to the second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tierline.domain.clocks import Clock, clocks
from tierline.domain.errors import Refusal
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Explanation:
    """One clock explained. Instants UTC."""

    ticket: Ticket
    clock: Clock


def why(
    ticket: Ticket, wanted: str, policy: Policy, now: datetime, *, entries: int = 0
) -> Explanation | Refusal:
    """Explain the clock of that name, word or letter ("" is the first)."""
    for clock in clocks(ticket, policy, now):
        names = (clock.name, clock.rule.table.word, clock.rule.table.letter)
        if not wanted or wanted.casefold() in (name.casefold() for name in names):
            return Explanation(ticket, clock)
    return Refusal(f"{ticket.number} has no such clock.", "Leave the name out for the next one.")
