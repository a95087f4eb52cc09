"""Who has to see to what: open tasks of tickets by role, for leads and those asked through them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from tierline.domain.policy import Policy
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import Task, Ticket
from tierline.domain.tongue import tr
from tierline.storage.replica import Replica


class RoleTask(NamedTuple):
    """A task and its ticket; `key` is by what it is finished, `role_word` what the policy says."""

    ticket_id: str
    number: str
    priority: int
    subject: str
    client: str
    role: str
    role_word: str
    text: str
    key: str
    at: datetime
    ended: str


def role_tasks(replica: Replica, book: PolicyBook, role: str = "") -> tuple[RoleTask, ...]:
    """Open tasks of a role (by key or word, "" for every one), the oldest first."""
    wanted = role.strip().casefold()
    found = (
        _role_task(ticket, task, book.get(ticket.policy))
        for ticket in replica.owed.tasks()
        for task in ticket.tasks
    )
    fitting = (t for t in found if wanted in ("", t.role.casefold(), t.role_word.casefold()))
    return tuple(sorted(fitting, key=lambda each: (each.at, each.number)))


def roles(book: PolicyBook) -> dict[str, tuple[str, ...]]:
    """Every role of the desk's policies, with what each of them calls it."""
    found: dict[str, dict[str, None]] = {}
    for name in book.names():
        for key, word in book.get(name).file.roles.items():
            found.setdefault(key, {})[word] = None
    return {key: tuple(words) for key, words in found.items()}


def role_word(policy: Policy, role: str) -> str:
    """What a policy calls a role; "Desk" when nobody in particular is meant."""
    return policy.file.roles.get(role, role.replace("-", " ").capitalize()) or tr("Desk")


def _role_task(ticket: Ticket, task: Task, policy: Policy) -> RoleTask:
    return RoleTask(
        ticket_id=ticket.id,
        number=ticket.number,
        priority=ticket.priority,
        subject=ticket.subject,
        client=ticket.client,
        role=task.role,
        role_word=role_word(policy, task.role),
        text=task.text,
        key=task.key,
        at=task.at,
        ended=ticket.ended,
    )
