"""How the contact found our work, as the ticket shows it: what they answered, or were asked."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from tierline.desk.when import when
from tierline.domain.policy import Policy
from tierline.domain.surveys import survey_of
from tierline.domain.ticket import Feedback, Ticket
from tierline.domain.tongue import tr


def feedback_word(ticket: Ticket, policy: Policy, now: datetime, zone: ZoneInfo) -> str:
    """Their latest answer, else since when they are asked and what they may say; "" for neither.

    An answer to an earlier resolution is none to a later question.
    """
    last, asked = _latest(ticket, policy), survey_of(ticket, policy)
    if last is not None:
        said = f": {last.text}" if last.text else ""
        return f"{last.word}, {when(last.at, now, zone)}{said}"
    since = asked.asked_at if asked else None
    if asked is None or since is None:
        return ""
    listed = "; ".join(f"{n} {each.word}" for n, each in enumerate(asked.table.answers, 1))
    return tr("asked {when}, no answer yet ({listed})", when=when(since, now, zone), listed=listed)


def feedback_owed(ticket: Ticket, policy: Policy) -> bool:
    """Whether the contact was asked and has not answered."""
    asked = survey_of(ticket, policy)
    return bool(asked and asked.asked_at) and _latest(ticket, policy) is None


def _latest(ticket: Ticket, policy: Policy) -> Feedback | None:
    """The answer to what was asked last, None while there is none."""
    asked = survey_of(ticket, policy)
    since = asked.asked_at if asked else None
    last = ticket.feedback[-1] if ticket.feedback else None
    return last if last is not None and (since is None or last.at >= since) else None
