"""The part of the merge about who holds the ticket: nobody is pushed off it, one of two assists."""

from __future__ import annotations

from tierline.domain import events as ev
from tierline.domain.merge_case import Case, Events, Unseen


def part(case: Case, events: Events) -> Events:
    """My assignments as they stand beside the others'."""
    changes = case.theirs(ev.Assigned, ev.Escalated)
    taken_back = case.taken_back and case.seen.assignee != case.before.assignee
    changes = changes or (case.theirs(ev.Undone) if taken_back else [])
    if not changes:
        return events
    made: Events = []
    for event in events:
        if isinstance(event, ev.Assigned):
            made += _assigned(case, event, changes)
        elif isinstance(event, ev.Escalated):
            made += [event, *_moved(case, event, changes[-1])]
        else:
            made.append(event)
    return made


def _assigned(case: Case, event: ev.Assigned, changes: list[Unseen]) -> Events:
    before, last = case.before, changes[-1]
    if event.assignee == before.assignee:
        return [] if event.group in (None, before.group) else [event]
    if not event.assignee and before.assignee != case.seen.assignee:
        return _let_go(case)
    if _leads(case, case.mine.by, event) and not any(_led(case, each) for each in changes):
        return [event, *_beaten(case, event.assignee, last)]
    stands = (before.assignee, last)
    was = case.seen.assignee
    conflict = case.mine_lost("owner", stands, event.assignee, (event,), was=was, grave=True)
    return [*_assists(case, event.assignee), conflict]


def _let_go(case: Case) -> Events:
    """Whom I released holds it no more anyway; my earlier wish for it is answered by that."""
    earlier = case.earlier("owner")
    if earlier is None:
        return []
    at, by = case.mine.at, case.mine.by
    return [
        ev.Assisted(at=at, by=by, person=earlier.lost, on=False),
        ev.Settled(at=at, by=by, key=earlier.key, choice="keep"),
    ]


def _moved(case: Case, event: ev.Escalated, last: Unseen) -> Events:
    """Who was given it on the line it left is told that it is on another."""
    return [] if isinstance(last.event, ev.Escalated) else _beaten(case, event.assignee, last)


def _beaten(case: Case, kept: str, last: Unseen) -> Events:
    """Mine stands over theirs, unless an earlier act of mine has done that already."""
    theirs = str(getattr(last.event, "assignee", ""))
    if theirs in ("", kept) or theirs != case.before.assignee:
        return []
    conflict = case.theirs_lost("owner", kept, theirs, last, case.seen.assignee)
    return [*_assists(case, theirs), conflict]


def _assists(case: Case, person: str) -> Events:
    return [ev.Assisted(at=case.mine.at, by=case.mine.by, person=person)] if person else []


def _led(case: Case, made: Unseen) -> bool:
    """Whether it is not for a lead's assignment to undo: another lead's, or a move of the line."""
    event = made.event
    return not isinstance(event, ev.Assigned) or _leads(case, made.by, event)


def _leads(case: Case, by: str, event: ev.Assigned) -> bool:
    return by in case.leads and event.assignee not in ("", by)
