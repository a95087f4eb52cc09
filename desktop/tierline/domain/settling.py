"""Answering a conflict: what stands stays, or what was lost is done anew, now, by who answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from tierline.domain import commands as cmd
from tierline.domain import conflicts
from tierline.domain import events as ev
from tierline.domain.errors import Refusal
from tierline.domain.judging import Act, Answer, message_key, need
from tierline.domain.ticket import evolve
from tierline.domain.tongue import tr

_CLOSES = "Keep what stands, or do it as a new act."


def settle(act: Act, command: cmd.Settle) -> Answer:
    """Keep, take the lost side, or note both; the lost side must be possible as things stand."""
    found = conflicts.find(act.ticket, command.conflict)
    if found is None:
        return Refusal(
            tr("That is no open conflict of this ticket."), tr("It was settled already.")
        )
    text, noting = command.text.strip(), found.what != "owner" and command.choice == "both"
    said = "" if noting else text
    settled = ev.Settled(at=act.now, by=act.by, key=found.key, choice=command.choice, text=said)
    if command.choice == "mine":
        again = _again(act, found)
        return again if isinstance(again, Refusal) else [*again, settled]
    if found.what == "owner" and command.choice == "keep" and found.lost:
        return [ev.Assisted(at=act.now, by=act.by, person=found.lost, on=False), settled]
    if noting and text:
        return [ev.Noted(at=act.now, by=act.by, text=text), settled]
    return [settled]


def restrict(act: Act, command: cmd.Restrict) -> Answer:
    """Close the ticket to most, with a reason, or open it again. Who may is the hub's to say."""
    ticket, reason = act.ticket, command.reason.strip()
    if ticket.restricted == command.on:
        state = "restricted" if command.on else "not restricted"
        return Refusal(
            tr("{number} is {state} already.", number=ticket.number, state=state),
            tr("Nothing was changed."),
        )
    if command.on and (refusal := need(reason, "reason", "Say why only a few may read it.")):
        return refusal
    return [ev.Restricted(at=act.now, by=act.by, on=command.on, reason=reason)]


def answered(act: Act, events: Sequence[ev.AnyEvent]) -> list[ev.AnyEvent]:
    """Conflicts that an act answers by itself: who sees one and changes the same, has decided."""
    told = {each.key for each in events if isinstance(each, ev.Settled)}
    after = act.ticket
    for event in events:
        after = evolve(after, event)
    made: list[ev.AnyEvent] = []
    for each in act.ticket.conflicts:
        if each.key not in told and any(_decides(event, each) for event in events):
            choice: ev.Choice = (
                "mine" if conflicts.value_of(after, each.what) == each.lost else "keep"
            )
            made.append(ev.Settled(at=act.now, by=act.by, key=each.key, choice=choice))
    return made


def _decides(event: ev.Event, conflict: ev.Conflicted) -> bool:
    match conflict.what:
        case "owner":
            return isinstance(event, ev.Assigned)
        case "until":
            return isinstance(event, ev.StatusChanged)
        case "status" if conflict.grave:
            return isinstance(event, ev.Resolved | ev.Closed | ev.Cancelled)
        case "status":
            return isinstance(event, ev.StatusChanged)
        case what:
            return conflicts.sets(event, what)


def _again(act: Act, found: ev.Conflicted) -> Answer:
    """The lost events as of now; what a rule added to them follows anew by itself."""
    ticket, made = act.ticket, list[ev.AnyEvent]()
    lost = [each for each in found.events if not each.rule]
    if not lost:
        return Refusal(tr("There is nothing to bring back."), _CLOSES)
    for event in lost:
        redo = _REDO.get(type(event), _as_it_was)
        answer = redo(replace(act, ticket=ticket), event)
        if isinstance(answer, Refusal):
            return answer
        for each in answer:
            ticket = evolve(ticket, each)
        made += answer
    return made


def _as_it_was(act: Act, event: ev.AnyEvent) -> list[ev.AnyEvent]:
    return [msgspec.structs.replace(event, at=act.now, by=act.by, occasion="")]


def _while_open(done: str) -> Callable[[Act, Any], Answer]:
    return lambda act, event: act.must_be_open(done) or _as_it_was(act, event)


def _ends(done: str) -> Callable[[Act, Any], Answer]:
    def redo(act: Act, event: ev.AnyEvent) -> Answer:
        refusal = act.must_be_open(done) or act.must_be_proven(done)
        return refusal or [*act.stop_timer(), *_as_it_was(act, event)]

    return redo


def _status(act: Act, event: ev.StatusChanged) -> Answer:
    known = act.policy.file.statuses
    if event.status not in known:
        return Refusal(tr('"{status}" is not a status any more.', status=event.status), _CLOSES)
    if refusal := act.must_be_open("changed"):
        return refusal
    until = event.until if event.until and event.until > act.now else None
    return _as_it_was(act, msgspec.structs.replace(event, until=until))


def _cancelled(act: Act, event: ev.Cancelled) -> Answer:
    if any(tie.how == "from" and tie.other == event.into for tie in act.ticket.links):
        return Refusal(
            tr("{merged_into} was merged into this one.", merged_into=event.merged_into), _CLOSES
        )
    return _ends("cancelled")(act, event)


def _escalated(act: Act, event: ev.Escalated) -> Answer:
    ticket, policy = act.ticket, act.policy
    if refusal := act.must_be_open("escalated") or act.must_be_proven("escalated"):
        return refusal
    line = policy.tier_word(event.tier)
    if event.tier == ticket.tier:
        return Refusal(
            tr("{number} is on {line} already.", number=ticket.number, line=line), _CLOSES
        )
    if policy.escalation(ticket.tier, event.tier) is None:
        here = policy.tier_word(ticket.tier)
        return Refusal(tr("{line} takes no tickets from {here}.", line=line, here=here), _CLOSES)
    return [*act.stop_timer(), *_as_it_was(act, event)]


def _reopened(act: Act, event: ev.Reopened) -> Answer:
    if act.ticket.open:
        return Refusal(tr("{number} is open.", number=act.ticket.number), _CLOSES)
    if act.ticket.ended == "cancelled":
        return Refusal(
            tr("{number} was cancelled.", number=act.ticket.number), tr("Log a new ticket.")
        )
    return _as_it_was(act, event)


def _closed(act: Act, event: ev.Closed) -> Answer:
    if act.ticket.ended != "resolved":
        state = act.ticket.ended or "not resolved"
        return Refusal(
            tr("{number} is {state}.", number=act.ticket.number, state=state),
            tr("Only a resolved ticket is closed."),
        )
    return _as_it_was(act, event)


def _undone(_: Act, __: ev.Undone) -> Answer:
    return Refusal(tr("Others have gone on from it."), tr("Change it with a new act."))


def _messaged(act: Act, event: ev.Messaged) -> Answer:
    key = message_key(act.ticket.sent, act.now) if event.key else ""
    return _as_it_was(act, msgspec.structs.replace(event, key=key))


def _restricted(_: Act, __: ev.Restricted) -> Answer:
    return Refusal(
        tr("Who may read it is not settled so."), tr("A lead restricts it, or opens it.")
    )


_REDO: dict[type[ev.Event], Callable[[Act, Any], Answer]] = {
    ev.Assigned: _while_open("assigned"),
    ev.Prioritised: _while_open("prioritised"),
    ev.StatusChanged: _status,
    ev.Escalated: _escalated,
    ev.Resolved: _ends("resolved"),
    ev.Cancelled: _cancelled,
    ev.Reopened: _reopened,
    ev.Closed: _closed,
    ev.Messaged: _messaged,
    ev.Restricted: _restricted,
    ev.Undone: _undone,
}
