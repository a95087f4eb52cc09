"""`decide`: what a command causes, or why it may not be. Pure; the only door to new events.

A rule warns and asks for a reason, it does not keep anyone from helping; what is refused here is
what makes no sense (closing what is not resolved) or would lose something (an empty note).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.ending import cancel, close, reopen, resolve
from tierline.domain.errors import Refusal
from tierline.domain.escalation import consult, escalate
from tierline.domain.intake import log
from tierline.domain.judging import Act, Answer, blank, need
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket


def decide(
    ticket: Ticket | None, command: cmd.Command, policy: Policy, now: datetime, by: str
) -> tuple[ev.AnyEvent, ...] | Refusal:
    """The events a command causes at `now` (aware UTC) when `by` gives it, or a refusal."""
    if isinstance(command, cmd.Log):
        if ticket is not None:
            return Refusal(f"{ticket.number} exists already.", "Log under a new number.")
        return log(command, policy, now, by)
    if ticket is None:
        return Refusal("There is no such ticket.", "Check the number.")
    answer = _HANDLERS[type(command)](Act(ticket, policy, now, by), command)
    return answer if isinstance(answer, Refusal) else tuple(answer)


def _take(act: Act, _: cmd.Take) -> Answer:
    ticket = act.ticket
    if refusal := act.must_be_open("taken"):
        return refusal
    if ticket.assignee == act.by:
        return Refusal(f"{ticket.number} is already yours.", "Work on it, or release it (T).")
    return [ev.Assigned(at=act.now, by=act.by, assignee=act.by), *act.begin_work()]


def _release(act: Act, _: cmd.Release) -> Answer:
    if refusal := act.must_be_open("released"):
        return refusal
    if not act.ticket.assignee:
        return Refusal(f"Nobody holds {act.ticket.number}.", "Nothing to release; T takes it.")
    return [ev.Assigned(at=act.now, by=act.by, assignee="")]


def _assign(act: Act, command: cmd.Assign) -> Answer:
    assignee = command.assignee.strip()
    if refusal := act.must_be_open("assigned") or need(assignee, "assignee", "Name a person."):
        return refusal
    if assignee == act.ticket.assignee:
        return Refusal(f"{assignee} holds {act.ticket.number} already.", "Choose someone else.")
    events: list[ev.AnyEvent] = [ev.Assigned(at=act.now, by=act.by, assignee=assignee)]
    if act.phase == "new" and "assigned" in act.policy.file.statuses:
        events.append(ev.StatusChanged(at=act.now, by=act.by, status="assigned"))
    return events


def _prioritise(act: Act, command: cmd.Prioritise) -> Answer:
    ticket = act.ticket
    if refusal := act.must_be_open("prioritised"):
        return refusal
    priority = command.priority
    if not priority and command.impact and command.urgency:
        priority = act.policy.priority_of(command.impact, command.urgency)
    if priority not in (1, 2, 3, 4):
        return Refusal("No priority was given.", "Choose impact and urgency.", "priority")
    same = (priority, command.impact, command.urgency)
    if same == (ticket.priority, ticket.impact, ticket.urgency):
        return Refusal(f"{ticket.number} is P{priority} already.", "Nothing was changed.")
    if priority != ticket.priority and blank(command.reason):
        todo = "Say why in a few words; it stays in the history."
        return Refusal(
            f"Changing P{ticket.priority} to P{priority} needs a reason.", todo, "reason"
        )
    event = ev.Prioritised(
        at=act.now,
        by=act.by,
        priority=priority,
        impact=command.impact,
        urgency=command.urgency,
        reason=command.reason.strip(),
    )
    return [event]


def _note(act: Act, command: cmd.Note) -> Answer:
    if refusal := need(command.text, "text", "Write something first."):
        return refusal
    return [ev.Noted(at=act.now, by=act.by, text=command.text, plan=command.plan)]


def _message(act: Act, command: cmd.Message) -> Answer:
    if refusal := need(command.text, "text", "Write what the contact should know."):
        return refusal
    return [act.message(command.text, command.channel, command.to)]


def _receive(act: Act, command: cmd.Receive) -> Answer:
    if refusal := need(command.text, "text", "Write what the contact said."):
        return refusal
    event = ev.Messaged(
        at=act.now, by=act.by, text=command.text, channel=command.channel, direction="in"
    )
    return [event]


def _log_time(act: Act, command: cmd.LogTime) -> Answer:
    if command.seconds <= 0:
        return Refusal("No time was given.", "Give the time worked, like 15m.", "time")
    return [ev.TimeLogged(at=act.now, by=act.by, seconds=command.seconds, text=command.text)]


def _start_timer(act: Act, _: cmd.StartTimer) -> Answer:
    ticket = act.ticket
    if refusal := act.must_be_open("worked on"):
        return refusal
    if ticket.timer_since is not None:
        todo = "Stop that timer first (B)."
        return Refusal(f"{ticket.timer_by}'s work timer runs on {ticket.number}.", todo)
    return [ev.TimerStarted(at=act.now, by=act.by)]


def _stop_timer(act: Act, command: cmd.StopTimer) -> Answer:
    since = act.ticket.timer_since
    if since is None:
        return Refusal(f"No work timer runs on {act.ticket.number}.", "B starts one.")
    seconds = max(1, int((act.now - since).total_seconds()))
    by = act.ticket.timer_by
    return [ev.TimeLogged(at=act.now, by=by, seconds=seconds, text=command.text)]


def _change_status(act: Act, command: cmd.ChangeStatus) -> Answer:
    known = act.policy.file.statuses
    if command.status not in known:
        words = ", ".join(known)
        return Refusal(f'"{command.status}" is not a status.', f"One of: {words}.", "status")
    table = known[command.status]
    if table.phase not in ("new", "active", "waiting"):
        todo = "Use resolve, close or cancel: they ask for what is needed."
        return Refusal(f"{table.word} is not set as a status.", todo, "status")
    if refusal := act.must_be_open("changed"):
        return refusal
    if command.status == act.ticket.status and command.until == act.ticket.until:
        return Refusal(f"{act.ticket.number} is {table.word} already.", "Nothing was changed.")
    if table.reason and blank(command.reason):
        return Refusal(f"{table.word} needs its reason.", "Say what it waits for.", "reason")
    if command.until is not None and command.until <= act.now:
        return Refusal("The check time is in the past.", "Give one still to come.", "until")
    event = ev.StatusChanged(
        at=act.now,
        by=act.by,
        status=command.status,
        reason=command.reason.strip(),
        until=command.until,
    )
    return [event]


def _fill(act: Act, command: cmd.FillDetails) -> Answer:
    told = {
        name: value.strip()
        for name in command.__struct_fields__
        if name != "details" and (value := getattr(command, name)) is not None
    }
    if not any(told.values()) and not any(command.details.values()):
        return Refusal("Nothing was filled in.", "Give at least one detail.", "details")
    if told.get("subject") == "":
        return Refusal("A ticket needs a subject.", "Write one line.", "subject")
    return [ev.Detailed(at=act.now, by=act.by, details=command.details, **_texts(told))]


def _texts(told: dict[str, str]) -> dict[str, Any]:
    return dict(told)


def _verify(act: Act, command: cmd.Verify) -> Answer:
    if refusal := need(command.how, "how", "Say how the caller was verified."):
        return refusal
    return [ev.Verified(at=act.now, by=act.by, how=command.how.strip())]


_HANDLERS: dict[type[cmd.Command], Callable[[Act, Any], Answer]] = {
    cmd.Take: _take,
    cmd.Release: _release,
    cmd.Assign: _assign,
    cmd.Prioritise: _prioritise,
    cmd.Note: _note,
    cmd.Message: _message,
    cmd.Receive: _receive,
    cmd.LogTime: _log_time,
    cmd.StartTimer: _start_timer,
    cmd.StopTimer: _stop_timer,
    cmd.ChangeStatus: _change_status,
    cmd.Escalate: escalate,
    cmd.Consult: consult,
    cmd.Resolve: resolve,
    cmd.Reopen: reopen,
    cmd.Close: close,
    cmd.Cancel: cancel,
    cmd.FillDetails: _fill,
    cmd.Verify: _verify,
}
