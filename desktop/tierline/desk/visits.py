"""A field visit as the acts it goes through: on the way, on site, and away again."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tierline.desk.moments import understand
from tierline.desk.when import when
from tierline.domain import commands as cmd
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket, Visit
from tierline.domain.tongue import tr
from tierline.domain.visiting import away_statuses, visit_rules

_YESTERDAY = "yesterday"
# What is only said of what is to come: "in 2h", "tomorrow".
_FORWARD = re.compile(r"in |\+|next |tomorrow|.*\d ?(?:d|h|m|min|days?|hours?|minutes?)$")
_BACK = (timedelta(days=1), timedelta(days=7))


class Step(NamedTuple):
    """What can come next of a visit: the status it brings, what it is called, and the act."""

    status: str
    word: str
    command: cmd.SetOut | cmd.Arrive | cmd.LeaveSite


def visit_steps(ticket: Ticket, policy: Policy, me: str = "") -> tuple[Step, ...]:
    """What can come next of a visit of mine, the likeliest first; of anybody's for no name."""
    rules, statuses = visit_rules(policy), policy.file.statuses
    travel = statuses[rules.travel].word if rules.travel else tr("Travelling")
    on_site = statuses[rules.on_site].word if rules.on_site else tr("On site")
    out = Step(rules.travel or rules.done, travel, cmd.SetOut())
    there = Step(rules.on_site or rules.done, on_site, cmd.Arrive())
    state = _state(ticket, policy, me)
    if state == "travelling":
        return there, Step(rules.done, tr("Turn back"), cmd.LeaveSite())
    if state == "on site":
        away = Step(rules.done, tr("Leave site"), cmd.LeaveSite())
        return (away, out) if rules.travel else (away,)
    return (out, there) if rules.travel else (there,)


def on_visit(ticket: Ticket, policy: Policy) -> bool:
    """Whether somebody is on the way to the client, or there."""
    away = ticket.open and ticket.status in away_statuses(policy)
    return away or any(visit.under_way for visit in ticket.visits)


def mine(ticket: Ticket, me: str) -> Visit | None:
    """My visit that is under way here, else my next one, else what nobody is named for."""
    found = [each for each in ticket.visits if each.engineer in (me, "")]
    order = {"on site": 0, "travelling": 1}
    found.sort(key=lambda v: (order.get(v.state, 2), v.engineer == "", v.start is None, v.key))
    return found[0] if found else None


def visit_note(visit: Visit, now: datetime, zone: ZoneInfo) -> str:
    """A visit in a few words: "Fri 09:00", "on site since 10:05", "left 11:20"."""
    if visit.under_way and visit.since is not None:
        state = tr("on site") if visit.state == "on site" else tr("travelling")
        return tr("{state} since {when}", state=state, when=when(visit.since, now, zone))
    if visit.left_at is not None:
        word = tr("turned back") if visit.state == "turned back" else tr("left")
        return f"{word} {when(visit.left_at, now, zone)}"
    if visit.state == "cancelled":
        return tr("cancelled")
    return when(visit.start, now, zone) if visit.start else tr("time to be agreed")


def understand_past(typed: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The latest instant up to `now` that is meant by "10:40", "yesterday 17:30" or "thu 16:00"."""
    text = " ".join(typed.strip().casefold().split())
    if text == "now":
        return now
    if not text or _FORWARD.match(text):
        return None
    if text.startswith(_YESTERDAY):
        day_before = now - timedelta(days=1)
        found = understand(text.replace(_YESTERDAY, "today", 1), day_before, zone)
        return found if found is not None and found <= now else None
    for back in _BACK:
        found = understand(text, now - back, zone)
        if found is not None and found <= now:
            return found
    return None


def _state(ticket: Ticket, policy: Policy, me: str) -> str:
    """How far a visit here has come, "" for none; an old ticket may only have the status."""
    under_way = [v.state for v in ticket.visits if v.under_way and me in (v.engineer, "")]
    if under_way:
        return "on site" if "on site" in under_way else "travelling"
    if any(visit.under_way for visit in ticket.visits):
        return ""
    rules = visit_rules(policy)
    states = {rules.travel: "travelling", rules.on_site: "on site"}
    return states.get(ticket.status, "") if ticket.open and ticket.status else ""
