"""Words before anyone has written them: the policy's templates, filled from what is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from tierline.domain import durations
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket

NOT_JUDGED = "not judged"
NOBODY_YET = "whoever is free first"
_PLACE = re.compile(r"\{(\w+)\}")
_NEXT = re.compile(r"\s+[A-Z]")  # a new sentence follows, whatever the value ends with
_STOPS = ".!?…:;"
_LONE = re.compile(r"\s+([,.;:!?])")


def filled(template: str, known: Mapping[str, str]) -> str:
    """The template with its placeholders filled; one that is not known leaves no hole behind."""

    def put(found: re.Match[str]) -> str:
        value, before = known.get(found[1], ""), template[: found.start()].rstrip()
        begins = not before or before[-1] in ".!?"
        value = value[:1].upper() + value[1:] if begins else value
        ended = not value or value.rstrip()[-1:] in _STOPS
        return value if ended or not _NEXT.match(template, found.end()) else f"{value.rstrip()}."

    text = _PLACE.sub(put, template)
    return _LONE.sub(r"\1", " ".join(text.split())).strip()


def known_of(ticket: Ticket, policy: Policy, **more: str) -> dict[str, str]:
    """Everything the ticket itself can say to a template; `more` adds to it or replaces it."""
    within = durations.parse(policy.file.reopen.within)
    facts = {
        "number": ticket.number,
        "subject": ticket.subject,
        "client": ticket.client,
        "contact": first_name(ticket.contact),
        "priority": priority_name(ticket.priority),
        "tier": policy.tier_word(ticket.tier),
        "status": policy.status(ticket.status).word.lower(),
        "days": str(within) if within else "",
        "us": policy.file.title,
        "steps": ticket.steps,
        "reason": ticket.status_why,
        "link": policy.file.link.replace("{number}", ticket.number),
    }
    return facts | more


def priority_name(priority: int) -> str:
    """A priority as it is said: "P2", or "not judged" for what came without one."""
    return f"P{priority}" if priority else NOT_JUDGED


def first_name(name: str) -> str:
    """How a message greets a person."""
    return next(iter(name.split()), "there")


def message_for(kind: str, ticket: Ticket, policy: Policy, **more: str) -> str:
    """The message for an occasion, "" when neither the policy nor we have words for it."""
    return filled(template_of(kind, policy), known_of(ticket, policy, **more))


def template_of(kind: str, policy: Policy) -> str:
    """The words for an occasion with their placeholders still open; "" when there are none."""
    return policy.file.templates.get(kind) or _OWN.get(kind, "")


def told_time(at: datetime, policy: Policy) -> str:
    """An instant as a message says it, in the policy's zone: "Fri 6 Nov 11:52"."""
    local = at.astimezone(ZoneInfo(policy.file.zone))
    return f"{local:%a} {local.day} {local:%b} {local:%H:%M}"


_OWN = {
    "escalated": "Hello {contact}, {number} now goes to our {tier}. {assignee} takes it on.",
    "merged": "Hello {contact}, {number} is about the same as {other}. We go on with it there, "
    "and {other} is the number to ask for.",
    "resolved": "Hello {contact}, {number} is resolved. What we did: {steps}",
    "survey": "Hello {contact}, about {number}, {subject}: {question} Please answer {answers}.",
    "waiting-client": "Hello {contact}, to go on with {number} we need from you: {reason}",
}
