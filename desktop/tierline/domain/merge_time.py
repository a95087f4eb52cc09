"""The part of the merge about work timers: one a ticket, no second lost, none counted twice."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from tierline.domain import events as ev
from tierline.domain.merge_case import Case, Events


def part(case: Case, events: Events) -> Events:
    """My timers and what they counted, beside those that ran unseen."""
    since, by = case.before.timer_since, case.before.timer_by
    made: Events = []
    for event in events:
        if isinstance(event, ev.TimeLogged):
            unseen = event.by == by and since not in (None, case.seen.timer_since)
            if unseen and event.by != case.mine.by:
                continue  # the timer that was seen is logged already: another one of theirs runs
            made += _counted_once(case, event)
            if unseen and since is not None:
                made.append(ev.TimerStarted(at=since, by=by))  # the one that was not seen runs on
            elif event.by == by:
                since = None
        elif isinstance(event, ev.TimerStarted) and since is not None:
            cut = _cut(since, by, event)
            made += cut
            if event in cut:
                since, by = event.at, event.by
        else:
            made.append(event)
    return made


def _cut(since: datetime, by: str, event: ev.TimerStarted) -> Events:
    """The timer that began first is logged until the other one began, which goes on."""
    if since <= event.at:
        worked = _seconds(since, event.at)
        return [ev.TimeLogged(at=event.at, by=by, seconds=worked), event]
    return [ev.TimeLogged(at=since, by=event.by, seconds=_seconds(event.at, since))]


def _counted_once(case: Case, event: ev.TimeLogged) -> Events:
    """What a timer counted, less what somebody has logged of the same timer before."""
    since = case.seen.timer_since
    if since is None or not _of_timer(event, event.by, since, case.seen.timer_by):
        return [event]
    logged = _logged_until(case, event.by, since)
    if logged is None:
        return [event]
    seconds = max(0, event.seconds - _seconds(since, logged))
    if event.by != case.mine.by and _stopped_it(case, event.by, since):
        seconds = 0
    kept = replace(event, seconds=seconds)
    return [kept] if kept.seconds or kept.text or kept.away else []


def _logged_until(case: Case, by: str, since: datetime) -> datetime | None:
    """Until when the log has the work of that timer, None when it has none of it."""
    logged = [
        made.event.at for made in case.theirs(ev.TimeLogged) if _of_timer(made.event, by, since, by)
    ]
    if logged or (case.before.timer_since, case.before.timer_by) == (since, by):
        return max(logged, default=None)
    # My timer began before one that was running: then it was logged until that one began.
    began = [m.event.at for m in case.theirs(ev.TimerStarted) if m.event.at > since]
    return max(began, default=None)


def _stopped_it(case: Case, by: str, since: datetime) -> bool:
    made = (m for m in case.theirs(ev.TimeLogged) if _of_timer(m.event, by, since, by))
    return any(each.operation.by == by for each in made)


def _of_timer(event: ev.TimeLogged, by: str, since: datetime, timer_by: str) -> bool:
    counted = event.seconds + event.away
    return event.by == by == timer_by and counted == _seconds(since, event.at)


def _seconds(start: datetime, end: datetime) -> int:
    return max(0, int((end - start).total_seconds()))
