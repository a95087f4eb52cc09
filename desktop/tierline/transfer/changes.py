"""What became different between two rows of a source, as events in our words."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from tierline.domain import events as ev
from tierline.domain.ticket import Ticket
from tierline.transfer.meanings import Meanings
from tierline.transfer.rows import Values

_STATE = {"state", "state_detail", "resolved_at", "closed_at"}
_PLAIN = ("description", "client", "contact", "contact_reach", "category")


class Change(NamedTuple):
    """A row that came to a ticket: what was said before, what is now, and what of it is new.

    `status` is the row's state in our words, "" when it tells none.
    """

    ticket: Ticket
    before: Values
    values: Values
    news: Values
    status: str
    at: datetime
    by: str

    def told(self, name: str) -> str:
        """What the source says now, of columns of earlier files too."""
        value = self.values.get(name)
        return self.before.get(name, "") if value is None else value


def changed_events(change: Change, meanings: Meanings) -> list[ev.AnyEvent]:
    """The events of a row, in the order in which a person would have done it."""
    events = [
        _detailed(change, meanings),
        _prioritised(change, meanings),
        _assigned(change, meanings),
        _ended_or_moved(change, meanings),
    ]
    return [event for event in events if event is not None]


def _detailed(change: Change, meanings: Meanings) -> ev.Detailed | None:
    ticket, told = change.ticket, {}
    for name in _PLAIN:
        if name in change.news and change.news[name] != getattr(ticket, name):
            told[name] = change.news[name]
    if "type" in change.news and (type_ := meanings.type(change.news["type"])) != ticket.type:
        told["type"] = type_
    if change.before:
        subject = _subject(change, meanings)
        if subject and subject != ticket.subject:
            told["subject"] = subject
    wanted = meanings.details(change.news)
    details = {n: text for n, text in wanted.items() if text != ticket.details.get(n, "")}
    if not told and not details:
        return None
    return ev.Detailed(at=change.at, by=change.by, details=details, **told)  # type: ignore[arg-type]


def _subject(change: Change, meanings: Meanings) -> str:
    """The subject anew, only where something it is made of is new."""
    if not any(name in change.news for name in ("subject", *meanings.subject_names)):
        return ""
    return meanings.subject(change.before | change.values)


def _prioritised(change: Change, meanings: Meanings) -> ev.Prioritised | None:
    if not any(name in change.news for name in ("priority", "impact", "urgency")):
        return None
    ticket = change.ticket
    impact = meanings.level("impact", change.told("impact"))
    urgency = meanings.level("urgency", change.told("urgency"))
    priority = meanings.priority(change.told("priority"), impact, urgency)
    if (priority, impact, urgency) == (ticket.priority, ticket.impact, ticket.urgency):
        return None
    return ev.Prioritised(
        at=change.at, by=change.by, priority=priority, impact=impact, urgency=urgency
    )


def _assigned(change: Change, meanings: Meanings) -> ev.Assigned | ev.Escalated | None:
    if not any(name in change.news for name in ("group", "assignee", "tier")):
        return None
    ticket, at, by = change.ticket, change.at, change.by
    group, assignee = change.told("group"), change.told("assignee")
    tier = meanings.line(group, change.told("tier"))
    named = group if group != ticket.group else None
    if tier != ticket.tier:
        return ev.Escalated(at=at, by=by, tier=tier, reason="", assignee=assignee, group=named)
    if named is None and assignee == ticket.assignee:
        return None
    return ev.Assigned(at=at, by=by, assignee=assignee, group=named)


def _ended_or_moved(change: Change, meanings: Meanings) -> ev.AnyEvent | None:
    if not change.status or not (_STATE & change.news.keys()):
        return None
    ticket, at, by, status = change.ticket, change.at, change.by, change.status
    word = change.told("state")
    why = change.told("reason") or meanings.why(status, word)
    match meanings.phase(status):
        case "resolved":
            return _resolved(change, meanings, word)
        case "closed":
            if ticket.ended == "closed" and ticket.status == status:
                return None
            return ev.Closed(at=at, by=by, status=status, reason=why)
        case "cancelled":
            return ev.Cancelled(at=at, by=by, status=status, reason=why)
        case _ if ticket.ended:
            return ev.Reopened(at=at, by=by, status=status, reason=why)
        case _ if (ticket.status, ticket.status_why) == (status, why):
            return None
        case _ if ticket.status == status and not why:
            return None
        case _:
            return ev.StatusChanged(at=at, by=by, status=status, reason=why)


def _resolved(change: Change, meanings: Meanings, word: str) -> ev.Resolved | None:
    ticket, status = change.ticket, change.status
    first = meanings.first_contact(word)
    if ticket.ended == "resolved" and (ticket.status, ticket.first_contact) == (status, first):
        return None
    return ev.Resolved(
        at=change.at,
        by=change.by,
        status=status,
        steps=change.told("steps"),
        first_contact=first,
    )
