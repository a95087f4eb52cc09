"""What we write to a contact, prepared in the policy's words and in the contact's name.

Sheets, commands and whoever answers by hand use this; rules fill the same templates by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from tierline.domain.clocks import deadlines
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket
from tierline.domain.wording import NOBODY_YET, filled, known_of, message_for, told_time

_PLACE = re.compile(r"\{(\w+)\}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_INTERNAL = frozenset({"handover"})  # templates that colleagues read, not contacts
_SUBJECT_LONGEST = 120


class Prepared(NamedTuple):
    """A message nobody has sent yet; `lacks` are the placeholders for which nothing was known."""

    kind: str
    text: str
    lacks: tuple[str, ...] = ()


class Offer(NamedTuple):
    """A template that can be had for a ticket: its key, and what people call it."""

    kind: str
    word: str


def prepared(
    kind: str,
    ticket: Ticket,
    policy: Policy,
    now: datetime,
    name: Callable[[str], str] = str,
    **more: str,
) -> Prepared:
    """The message of a template ("resolved", "waiting-client" …) as of `now` (aware).

    `name` turns a person's id into a name; `more` says what the ticket does not know by itself. A
    sentence for which something is missing is left out, unless nothing else would remain. The text
    is "" where there are no words for the occasion.
    """
    known = _known(ticket, policy, now, name) | more
    template = policy.file.templates.get(kind, "")
    if not template:
        return Prepared(kind, message_for(kind, ticket, policy, **known))
    known = known_of(ticket, policy, **known)
    lacks = tuple(dict.fromkeys(_unknown(template, known)))
    sentences = _SENTENCE.split(template.strip())
    whole = [each for each in sentences if not _unknown(each, known)]
    return Prepared(kind, filled(" ".join(whole or sentences), known), lacks)


def offers(policy: Policy) -> tuple[Offer, ...]:
    """The templates of a policy that go to contacts, in the file's order."""
    kinds = (kind for kind in policy.file.templates if kind not in _INTERNAL)
    return tuple(Offer(kind, kind.replace("-", " ").capitalize()) for kind in kinds)


def heading(number: str, subject: str) -> str:
    """The subject line of a message: the number first, so that an answer finds its ticket."""
    line = " ".join(subject.split())
    short = line if len(line) <= _SUBJECT_LONGEST else f"{line[: _SUBJECT_LONGEST - 1].rstrip()}…"
    return f"[{number}] {short}".rstrip()


def _known(
    ticket: Ticket, policy: Policy, now: datetime, name: Callable[[str], str]
) -> dict[str, str]:
    """What only the desk knows: who holds it by name, and when something is due next."""
    owed = [d.due for d in deadlines(ticket, policy) if d.due and not d.stopped and d.due > now]
    return {
        "assignee": name(ticket.assignee) if ticket.assignee else NOBODY_YET,
        "due": told_time(min(owed), policy) if owed else "",
    }


def _unknown(text: str, known: dict[str, str]) -> list[str]:
    return [place for place in _PLACE.findall(text) if not known.get(place, "").strip()]
