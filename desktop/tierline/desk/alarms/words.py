"""What a pop-up says: the ticket, the time left, and the one key of its act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from tierline.desk.alarms.alarm import Alarm
from tierline.desk.alarms.engine import Pop, level_of
from tierline.desk.alarms.notice import Notice
from tierline.desk.rows import clock_sentence
from tierline.domain.tongue import tr

_KEYS = {
    "take": "T takes it.",
    "message": "M writes to the contact.",
    "escalate": "E escalates it.",
    "open": "Enter opens it.",
    "answer": "Enter answers the rule.",
}
_NAMED = 3  # tickets of a digest beside the first


def notice_of(pop: Pop, now: datetime, first: Callable[[str], str]) -> Notice:
    """The pop-up in words; `first` turns a person's id into their first name."""
    lead = pop.alarms[0]
    one = pop.why == "one"
    return Notice(
        key=pop.key,
        level=level_of(pop),
        title=_title(lead, now) if one else _many(pop, now),
        body=_body(lead, first) if one else _named(pop.alarms, now, first),
        ticket_id=lead.ticket.id,
        act=lead.action,
        sound=not pop.counts or any(each.level == "over" for each in pop.alarms),
    )


def act_words(alarm: Alarm, first: Callable[[str], str]) -> str:
    """The act with its key: "T takes it."."""
    if alarm.action == "ask":
        return tr("Enter asks {first}.", first=first(alarm.ticket.assignee))
    return _KEYS.get(alarm.action, _KEYS["open"])


def _title(alarm: Alarm, now: datetime) -> str:
    return f"P{alarm.ticket.priority} {alarm.ticket.number}: {_time(alarm, now)}"


def _time(alarm: Alarm, now: datetime) -> str:
    return clock_sentence(alarm.countdown, now.timestamp())


def _body(alarm: Alarm, first: Callable[[str], str]) -> str:
    about = ": ".join(part for part in (alarm.ticket.client, alarm.ticket.subject) if part)
    return f"{about}. {act_words(alarm, first)}"


def _many(pop: Pop, now: datetime) -> str:
    """How many tickets, and by when the last of them is over."""
    tickets = len({each.ticket.id for each in pop.alarms})
    many = "1 ticket" if tickets == 1 else tr("{tickets} tickets", tickets=tickets)
    away = tr("While nobody was here: ") if pop.why == "missed" else ""
    over = sum(each.level == "over" for each in pop.alarms)
    if over == len(pop.alarms):
        return tr("{away}{many} over time", away=away, many=many)
    if over:
        return tr("{away}{many} over time or soon", away=away, many=many)
    verb = tr("reaches its") if tickets == 1 else "reach"
    return tr(
        "{away}{many} {verb} breach within {within}",
        away=away,
        many=many,
        verb=verb,
        within=_within(pop.alarms, now),
    )


def _within(alarms: Sequence[Alarm], now: datetime) -> str:
    """The span in which all of them are over, in whole minutes or hours of the wall clock."""
    span = max(each.due for each in alarms) - now
    minutes = max(1, -(-span // timedelta(minutes=1)))
    return tr("{minutes} min", minutes=minutes) if minutes < 120 else f"{-(-minutes // 60)} h"


def _named(alarms: Sequence[Alarm], now: datetime, first: Callable[[str], str]) -> str:
    """The first act, then the other tickets by number."""
    lead = alarms[0]
    said = tr(
        "First {number}, {time}. {act}",
        number=lead.ticket.number,
        time=_time(lead, now),
        act=act_words(lead, first),
    )
    numbers = dict.fromkeys(each.ticket.number for each in alarms[1:])
    others = [number for number in numbers if number != lead.ticket.number]
    if not others:
        return said
    more = tr(" and {what} more", what=len(others) - _NAMED) if len(others) > _NAMED else ""
    return tr("{said} Then {names}{more}.", said=said, names=", ".join(others[:_NAMED]), more=more)
