"""The ticket's history in words: one line per event, who did what, with what they wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from tierline.desk.conflict_words import CONFLICT_SAYINGS
from tierline.desk.lost_acts import LostActs
from tierline.desk.process_sayings import PROCESS_SAYINGS
from tierline.desk.sayings import Said, Words, spoken
from tierline.desk.team_sayings import TEAM_SAYINGS
from tierline.desk.visit_sayings import VISIT_SAYINGS
from tierline.desk.when import status_phrase
from tierline.desk.wording import priority_name
from tierline.domain import events as ev
from tierline.domain.clocks import Clock, State
from tierline.domain.policy import Policy
from tierline.domain.ticket import undone_operations
from tierline.domain.tongue import tr
from tierline.storage.records import Recorded

__all__ = ["Entry", "spoken", "timeline"]


class Entry(NamedTuple):
    """One line of the timeline. `by` is an id, "" for the contact, a rule and what is derived.

    `who` is what the person behind `by` is called.
    `kind`: note, out, in, change, time, clock, file. `text` is what someone wrote, unchanged.
    `delivery` is where a message to the contact is by now, `message` the key it is marked by.
    `mark` is "unsent", "conflict", or "lost" for what did not stand and was settled so.
    `file` is one that was attached, `away` while its bytes are not on this machine.
    """

    at: datetime
    icon: str
    by: str
    verb: str
    text: str
    kind: str
    op_id: str = ""
    rule: str = ""
    undone: bool = False
    who: str = ""
    delivery: str = ""
    message: str = ""
    mark: str = ""
    file: ev.Attached | None = None
    away: bool = False


def timeline(
    history: Iterable[Recorded],
    clocks: Iterable[Clock],
    policy: Policy,
    name: Callable[[str], str] = str,
    first: Callable[[str], str] | None = None,
) -> tuple[Entry, ...]:
    """Every event in order, undone ones marked, and the moments at which a clock was stopped.

    `name` turns a person's id into the name that is shown, `first` into what who acted is called.
    """
    words = Words(policy, name, first or name)
    recorded = tuple(history)
    undone = undone_operations(each.operation for each in recorded)
    where = _deliveries(recorded, undone)
    lost = LostActs([each.operation for each in recorded])
    entries = [
        _with_delivery(_entry(event, each.operation, undone, words), event, where, mark)
        for each in recorded
        for event, mark in lost.shown(each.operation)
        if not isinstance(event, ev.Undone) and not _echo(event, each.operation)
    ]
    entries += [_stopped(clock) for clock in clocks if clock.stopped is not None]
    return tuple(sorted(entries, key=lambda entry: entry.at))


def _echo(event: ev.Event, operation: ev.Operation) -> bool:
    """Whether it only says that a message of the same act was sent: the message itself says so."""
    if not isinstance(event, ev.Delivered) or event.state == "failed":
        return False
    return any(isinstance(e, ev.Messaged) and e.key == event.message for e in operation.events)


def _deliveries(history: Iterable[Recorded], undone: set[str]) -> dict[str, str]:
    """Where each message that had to be sent is by now, by its key."""
    kept = (each.operation for each in history if each.operation.op_id not in undone)
    events = (event for operation in kept for event in operation.events)
    return {e.message: e.state for e in events if isinstance(e, ev.Delivered)}


def _with_delivery(entry: Entry, event: ev.Event, where: dict[str, str], mark: str) -> Entry:
    if not isinstance(event, ev.Messaged) or not event.key or mark:
        return entry._replace(mark=mark)
    return entry._replace(delivery=where.get(event.key, event.delivery), message=event.key)


def _entry(event: ev.Event, op: ev.Operation, undone: set[str], words: Words) -> Entry:
    said = _SAYINGS[type(event)](event, words)
    by = event.by or ("" if event.rule else op.by)
    if said.kind == "in" or isinstance(event, ev.Numbered):
        by = ""
    who, gone = words.first(by) if by else "", op.op_id in undone
    entry = Entry(event.at, *said[:1], by, *said[1:], op.op_id, event.rule, gone, who)
    return entry._replace(file=event) if isinstance(event, ev.Attached) else entry


def _stopped(clock: Clock) -> Entry:
    assert clock.stopped is not None
    word = clock.rule.table.word
    took = spoken(int(clock.worked.total_seconds()))
    if clock.state == State.MET:
        return Entry(
            clock.stopped,
            "check",
            "",
            tr("{word} met after {took}", word=word, took=took),
            "",
            "clock",
        )
    over = spoken(-int(clock.left.total_seconds()))
    text = tr("{word} missed by {over}, it took {took}", word=word, over=over, took=took)
    return Entry(clock.stopped, "octagon-alert", "", text, "", "clock")


def _logged(event: ev.Logged, words: Words) -> Said:
    table = words.policy.file.channels.get(event.channel)
    way = tr(" by {word}", word=table.word.lower()) if table else ""
    text = event.description or event.subject
    old = event.details.get("old_number", "")
    verb = (
        tr("logged it{way}, going on from {old}", way=way, old=old)
        if old
        else tr("logged it{way}", way=way)
    )
    return Said(words.policy.channel_icon(event.channel), verb, text)


def _assigned(event: ev.Assigned, words: Words) -> Said:
    if not event.assignee and event.group:
        return Said("users-round", tr("gave it to {group}", group=event.group))
    if not event.assignee:
        return Said("user-round-x", tr("put it back for whoever is free"))
    if event.assignee == event.by:
        return Said("user-round", tr("took it"))
    return Said("user-round", tr("assigned it to {name}", name=words.name(event.assignee)))


def _prioritised(event: ev.Prioritised, _: Words) -> Said:
    return Said(
        "scale",
        tr("set the priority to {priority_name}", priority_name=priority_name(event.priority)),
        event.reason,
    )


def _status(event: ev.StatusChanged, words: Words) -> Said:
    table = words.policy.status(event.status)
    return Said(
        table.icon,
        tr("set it to {status_phrase}", status_phrase=status_phrase(words.policy, event.status)),
        event.reason,
    )


def _messaged(event: ev.Messaged, words: Words) -> Said:
    icon = words.policy.channel_icon(event.channel)
    if event.direction == "in":
        verb = "called" if event.channel == "phone" else "wrote"
        return Said(icon, verb, event.text, "in")
    table = words.policy.file.channels.get(event.channel)
    way = table.word.lower() if table else event.channel
    way = tr("on the phone") if event.channel == "phone" else way
    return Said(
        icon, tr("to {to}, {way}", to=event.to or "the contact", way=way), event.text, "out"
    )


def _time(event: ev.TimeLogged, _: Words) -> Said:
    if not (event.seconds or event.away or event.text):
        return Said("timer", tr("began work and left it at once"), "", "time")
    away = tr(", was away {spoken}", spoken=spoken(event.away)) if event.away else ""
    return Said(
        "timer",
        tr("worked {spoken}{away}", spoken=spoken(event.seconds), away=away),
        event.text,
        "time",
    )


def _escalated(event: ev.Escalated, words: Words) -> Said:
    to = words.policy.tier_word(event.tier)
    to += f", {words.name(event.assignee)}" if event.assignee else ""
    held = tr("{name} held it.", name=words.name(event.held)) if event.held else ""
    left = " ".join(part for part in (event.handover, held) if part)
    text = "\n".join(part for part in (event.reason, left) if part)
    return Said("arrow-up-right", tr("escalated it to {to}", to=to), text)


def _consulted(event: ev.Consulted, words: Words) -> Said:
    whom = f"{event.whom}, {words.policy.tier_word(event.tier)}"
    return Said("users-round", tr("consulted {whom}", whom=whom), event.text, "note")


def _resolved(event: ev.Resolved, _: Words) -> Said:
    verb = tr("resolved it with a workaround") if event.workaround else tr("resolved it")
    return Said("check", verb, event.steps)


def _closed(event: ev.Closed, _: Words) -> Said:
    who = (
        tr(", {confirmed_by} confirmed", confirmed_by=event.confirmed_by)
        if event.confirmed_by
        else ""
    )
    return Said("check-check", tr("closed it{who}", who=who), event.reason)


def _cancelled(event: ev.Cancelled, _: Words) -> Said:
    if event.merged_into:
        return Said(
            "git-merge",
            tr("merged it into {merged_into}", merged_into=event.merged_into),
            event.reason,
        )
    return Said("x", tr("cancelled it"), event.reason)


def _detailed(event: ev.Detailed, _: Words) -> Said:
    names = ("subject", "description", "client", "contact", "contact_reach", "category", "type")
    told = {name: getattr(event, name) for name in names if getattr(event, name) is not None}
    lines = [
        f"{name.replace('_', ' ')}: {value}" for name, value in {**told, **event.details}.items()
    ]
    if not lines and event.facts:
        return Said("file-text", tr("changed it where it came from"), _facts(event.facts))
    return Said("file-text", tr("filled in details"), "\n".join(lines))


def _facts(facts: dict[str, str]) -> str:
    """What an import was told that has no field here; when and by whom stands on the entry."""
    told = (item for item in facts.items() if item[0] not in ("updated_at", "updated_by"))
    return "\n".join(f"{name.replace('_', ' ')}: {value or 'nothing'}" for name, value in told)


_SAYINGS: dict[type[ev.Event], Callable[[Any, Words], Said]] = {
    **PROCESS_SAYINGS,
    **CONFLICT_SAYINGS,
    **VISIT_SAYINGS,
    **TEAM_SAYINGS,
    ev.Logged: _logged,
    ev.Assigned: _assigned,
    ev.Prioritised: _prioritised,
    ev.StatusChanged: _status,
    ev.Messaged: _messaged,
    ev.TimeLogged: _time,
    ev.TimerStarted: lambda _, __: Said("timer", tr("started the work timer"), "", "time"),
    ev.Escalated: _escalated,
    ev.Consulted: _consulted,
    ev.Resolved: _resolved,
    ev.Reopened: lambda event, _: Said("history", tr("re-opened it"), event.reason),
    ev.Closed: _closed,
    ev.Cancelled: _cancelled,
    ev.Detailed: _detailed,
    ev.Verified: lambda event, _: Said(
        "shield-check", tr("verified the caller by {how}", how=event.how)
    ),
    ev.PolicyChanged: lambda event, _: Said(
        "scale", tr("policy {policy}", policy=event.policy), event.reason
    ),
}
