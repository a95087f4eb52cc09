"""What a sheet or a command offers for the acts of the process: reasons, roles, gates."""

from __future__ import annotations

from typing import NamedTuple

from tierline.desk.tasks_for_roles import role_word
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket


class Gate(NamedTuple):
    """A status with a gate: its keeper, whom the keeper may ask, who was asked by now."""

    gate: str
    word: str
    role: str
    role_word: str
    may_ask: tuple[tuple[str, str], ...]
    asked: tuple[str, ...]


def complaint_reasons(policy: Policy) -> tuple[str, ...]:
    """The contact's own reasons to escalate, in the policy's order; none where it has none."""
    table = policy.file.complaints
    return table.reasons if table else ()


def leads(policy: Policy) -> dict[str, str]:
    """Roles that can be alerted, by key with their words; the desk's lead is the first."""
    roles = dict(policy.file.roles)
    first = {policy.lead: roles[policy.lead]} if policy.lead in roles else {}
    return first | roles


def gates(ticket: Ticket, policy: Policy) -> tuple[Gate, ...]:
    """The gates of the policy, and how far this ticket has come at each."""
    asked = {ask.gate: ask.asked for ask in ticket.gates}
    return tuple(
        Gate(
            name,
            table.word,
            table.role,
            role_word(policy, table.role),
            tuple((role, role_word(policy, role)) for role in table.may_ask),
            asked.get(name, ()),
        )
        for name, table in policy.file.gates.items()
    )


def consent_words(policy: Policy) -> str:
    """How consent to remote control is asked for; "" where the policy has no words."""
    return policy.file.remote.words if policy.file.remote else ""


def may_dispute(policy: Policy) -> bool:
    """Whether a contact's word against the priority opens the assessment again."""
    return policy.file.classification.dispute
