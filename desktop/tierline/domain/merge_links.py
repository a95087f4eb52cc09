"""The part of the merge about links, and about duplicates that two people merged at once.

Adding a link wins over taking it away. A ticket that something was merged into goes on: when its
own merge was not told of that, it stays open. Of two that were merged into each other the older
one (by its id, which is time-ordered) goes on, whoever was first, so that both histories agree
without looking at each other; since nobody merges into what they see merged, no ring is made.
"""

from __future__ import annotations

from tierline.domain import events as ev
from tierline.domain.judging import working_status
from tierline.domain.merge_case import Case, Events, Unseen


def part(case: Case, events: Events) -> Events:
    """My links and my merge as they stand beside the others'."""
    made: Events = []
    for event in events:
        if isinstance(event, ev.Linked) and not event.on and _added(case, event):
            continue
        if isinstance(event, ev.Linked) and event.how == "from":
            made += _absorbed(case, event)
        else:
            made.append(event)
    return _merged(case, made)


def _added(case: Case, event: ev.Linked) -> bool:
    same = (event.other, event.how)
    return any(m.event.on and (m.event.other, m.event.how) == same for m in case.theirs(ev.Linked))


def _absorbed(case: Case, event: ev.Linked) -> Events:
    """What was merged into this one while this one was merged away: this one is opened again."""
    theirs = [made for made in case.theirs(ev.Cancelled) if made.event.into]
    if not theirs or case.before.ended != "cancelled":
        return [event]
    if theirs[-1].event.into == event.other and not _older(case, event.other):
        return []
    seen = case.seen
    status = working_status(case.policy) if seen.ended else seen.status
    reason = f"{event.number} was merged into it at the same time."
    at, by = case.mine.at, case.mine.by
    return [ev.Reopened(at=at, by=by, status=status, reason=reason), event]


def _merged(case: Case, events: Events) -> Events:
    """My merge of this ticket, when another was merged into it: that one would have nobody."""
    away = next((e for e in events if isinstance(e, ev.Cancelled) and e.into), None)
    theirs = [made for made in case.theirs(ev.Linked) if made.event.on and _into_this(made)]
    if away is None or not theirs or case.before.ended:
        return events
    each_other = [made for made in theirs if made.event.other == away.into]
    if len(each_other) == len(theirs) and not _older(case, away.into):
        return events
    gone = [e for e in events if e is away or isinstance(e, ev.Messaged)]
    stay = [e for e in events if e not in gone]
    stands = (case.before.status, theirs[-1])
    was = case.seen.status
    lost = case.mine_lost("status", stands, away.status, gone, was=was, grave=True)
    return [*stay, lost]


def _into_this(made: Unseen) -> bool:
    return bool(made.event.how == "from")


def _older(case: Case, other: str) -> bool:
    return case.before.id < other
