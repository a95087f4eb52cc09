"""`decide`: what a command causes, or why it may not be. Pure; the only door to new events.

A rule warns and asks for a reason, it does not keep anyone from helping; what is refused here is
what makes no sense (closing what is not resolved) or would lose something (an empty note).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tierline.domain import (
    attaching,
    contacting,
    gating,
    quotes,
    settling,
    site_work,
    surveys,
    teaming,
    timing,
    visiting,
)
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.alarm_answers import acknowledge, snooze
from tierline.domain.ending import cancel, close, reopen, resolve, work_around
from tierline.domain.errors import Refusal
from tierline.domain.escalation import consult, escalate
from tierline.domain.intake import log
from tierline.domain.judging import Act, Answer, blank, need, needs_proof
from tierline.domain.policy import Policy
from tierline.domain.rules.occasions import consequences
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr
from tierline.domain.wording import priority_name


def decide(
    ticket: Ticket | None, command: cmd.Command, policy: Policy, now: datetime, by: str
) -> tuple[ev.AnyEvent, ...] | Refusal:
    """The events a command causes at `now` (aware UTC) when `by` gives it, or a refusal.

    What the policy does at once when a person does that (it confirms, it tells) is among them.
    """
    if isinstance(command, cmd.Log):
        if ticket is not None:
            return Refusal(
                tr("{number} exists already.", number=ticket.number), tr("Log under a new number.")
            )
        answer: Answer = log(command, policy, now, by)
    elif ticket is None:
        return Refusal(tr("There is no such ticket."), tr("Check the number."))
    else:
        act = Act(ticket, policy, now, by)
        answer = _HANDLERS[type(command)](act, command)
        if ticket.conflicts and not isinstance(answer, Refusal):
            answer = [*answer, *settling.answered(act, answer)]
    if isinstance(answer, Refusal):
        return answer
    return (*answer, *consequences(ticket, answer, policy, now))


def _take(act: Act, command: cmd.Take) -> Answer:
    ticket = act.ticket
    if refusal := act.must_be_open("taken"):
        return refusal
    if ticket.assignee == act.by:
        return Refusal(
            tr("{number} is already yours.", number=ticket.number),
            tr("Work on it, or release it (T)."),
        )
    handed = act.stop_timer() if ticket.timer_by != act.by else []
    events = [*handed, ev.Assigned(at=act.now, by=act.by, assignee=act.by)]
    events += act.begin_work()
    counting = (ticket.timer_since is not None and not handed) or visiting.counting(act)
    if command.timer and not counting and not needs_proof(ticket, act.policy):
        events.append(ev.TimerStarted(at=act.now, by=act.by))
    return events


def _release(act: Act, _: cmd.Release) -> Answer:
    if refusal := act.must_be_open("released"):
        return refusal
    if not act.ticket.assignee:
        return Refusal(
            tr("Nobody holds {number}.", number=act.ticket.number),
            tr("Nothing to release; T takes it."),
        )
    return [*act.stop_timer(), ev.Assigned(at=act.now, by=act.by, assignee="")]


def _assign(act: Act, command: cmd.Assign) -> Answer:
    assignee = command.assignee.strip()
    if refusal := act.must_be_open("assigned") or need(assignee, "assignee", "Name a person."):
        return refusal
    if assignee == act.ticket.assignee:
        return Refusal(
            tr("{assignee} holds {number} already.", assignee=assignee, number=act.ticket.number),
            tr("Choose someone else."),
        )
    handed = act.stop_timer() if act.ticket.timer_by != assignee else []
    events = [*handed, ev.Assigned(at=act.now, by=act.by, assignee=assignee)]
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
        return Refusal(tr("No priority was given."), tr("Choose impact and urgency."), "priority")
    same = (priority, command.impact, command.urgency)
    if same == (ticket.priority, ticket.impact, ticket.urgency) and not ticket.disputed_at:
        return Refusal(
            tr("{number} is P{priority} already.", number=ticket.number, priority=priority),
            tr("Nothing was changed."),
        )
    if (priority != ticket.priority or ticket.disputed_at) and blank(command.reason):
        todo = "Say why in a few words; it stays in the history."
        return Refusal(
            tr(
                "Changing {priority_name} to P{priority} needs a reason.",
                priority_name=priority_name(ticket.priority),
                priority=priority,
            ),
            todo,
            "reason",
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
    told = tuple(dict.fromkeys(command.mentions))
    return [ev.Noted(at=act.now, by=act.by, text=command.text, plan=command.plan, mentions=told)]


def _change_status(act: Act, command: cmd.ChangeStatus) -> Answer:
    known = act.policy.file.statuses
    if command.status not in known:
        words = ", ".join(known)
        return Refusal(
            tr('"{status}" is not a status.', status=command.status),
            tr("One of: {words}.", words=words),
            "status",
        )
    table = known[command.status]
    if table.phase not in ("new", "active", "waiting"):
        todo = "Use resolve, close or cancel: they ask for what is needed."
        return Refusal(tr("{word} is not set as a status.", word=table.word), todo, "status")
    if refusal := act.must_be_open("changed") or gating.gated(act, command.status):
        return refusal
    if command.status == act.ticket.status and command.until == act.ticket.until:
        return Refusal(
            tr("{number} is {word} already.", number=act.ticket.number, word=table.word),
            tr("Nothing was changed."),
        )
    if blank(command.reason) and (refusal := _reason_owed(act, command.status)):
        return refusal
    if command.until is not None and command.until <= act.now:
        return Refusal(tr("The check time is in the past."), tr("Give one still to come."), "until")
    if (visit := _as_visit(act, command)) is not None:
        return visit
    event = ev.StatusChanged(
        at=act.now,
        by=act.by,
        status=command.status,
        reason=command.reason.strip(),
        until=command.until,
    )
    return [event]


def _reason_owed(act: Act, status: str) -> Refusal | None:
    """A refusal when that status is only had with a reason: a wait, a visit by the wrong line."""
    table = act.policy.file.statuses[status]
    if table.reason:
        return Refusal(
            tr("{word} needs its reason.", word=table.word), tr("Say what it waits for."), "reason"
        )
    return visiting.wrong_line(act) if status in visiting.away_statuses(act.policy) else None


def _as_visit(act: Act, command: cmd.ChangeStatus) -> Answer | None:
    """Who sets the status of a visit sets out or arrives: the visit is told with it."""
    rules = visiting.visit_rules(act.policy)
    if command.status == rules.travel:
        return visiting.set_out(act, cmd.SetOut(reason=command.reason))
    if command.status == rules.on_site:
        return visiting.arrive(act, cmd.Arrive(reason=command.reason))
    return None


def _fill(act: Act, command: cmd.FillDetails) -> Answer:
    told = {
        name: value.strip()
        for name in command.__struct_fields__
        if name != "details" and (value := getattr(command, name)) is not None
    }
    if not any(told.values()) and not any(command.details.values()):
        return Refusal(tr("Nothing was filled in."), tr("Give at least one detail."), "details")
    skills, certificate = act.policy.file.skills, command.details.get("certificate", "")
    if certificate and skills and certificate not in skills:
        todo = f"One of: {', '.join(skills)}."
        return Refusal(
            tr('"{certificate}" is no certificate of this policy.', certificate=certificate),
            todo,
            "certificate",
        )
    if told.get("subject") == "":
        return Refusal(tr("A ticket needs a subject."), tr("Write one line."), "subject")
    return [ev.Detailed(at=act.now, by=act.by, details=command.details, **_texts(told))]


def _texts(told: dict[str, str]) -> dict[str, Any]:
    return dict(told)


_HANDLERS: dict[type[cmd.Command], Callable[[Act, Any], Answer]] = {
    cmd.Take: _take,
    cmd.Release: _release,
    cmd.Assign: _assign,
    cmd.Prioritise: _prioritise,
    cmd.Note: _note,
    cmd.Message: contacting.message,
    cmd.Receive: contacting.receive,
    cmd.MarkDelivered: contacting.mark_delivered,
    cmd.LogTime: timing.log_time,
    cmd.StartTimer: timing.start_timer,
    cmd.StopTimer: timing.stop_timer,
    cmd.KeepTimer: timing.keep_timer,
    cmd.CorrectTime: timing.correct_time,
    cmd.ChangeStatus: _change_status,
    cmd.Escalate: escalate,
    cmd.Consult: consult,
    cmd.Resolve: resolve,
    cmd.Reopen: reopen,
    cmd.Close: close,
    cmd.Cancel: cancel,
    cmd.FillDetails: _fill,
    cmd.Verify: contacting.verify,
    cmd.FailPin: contacting.fail_pin,
    cmd.Consent: contacting.consent,
    cmd.Workaround: work_around,
    cmd.Dispute: contacting.dispute,
    cmd.Complain: contacting.complain,
    cmd.AlertLead: gating.alert_lead,
    cmd.AskGate: gating.ask_gate,
    cmd.PassGate: gating.pass_gate,
    cmd.Stay: gating.stay,
    cmd.Snooze: snooze,
    cmd.Acknowledge: acknowledge,
    cmd.FinishTask: gating.finish_task,
    cmd.Feedback: surveys.feedback,
    cmd.GiveQuote: quotes.quote,
    cmd.AnswerQuote: quotes.answer_quote,
    cmd.Settle: settling.settle,
    cmd.Restrict: settling.restrict,
    cmd.Attach: attaching.attach,
    cmd.PlanVisit: visiting.plan,
    cmd.CancelVisit: visiting.cancel_visit,
    cmd.SetOut: visiting.set_out,
    cmd.Arrive: visiting.arrive,
    cmd.LeaveSite: visiting.leave,
    cmd.UsePart: site_work.use_part,
    cmd.ReturnPart: site_work.return_part,
    cmd.Check: site_work.check,
    cmd.SignOff: site_work.sign_off,
    cmd.HandOver: teaming.hand_over,
    cmd.Merge: teaming.merge,
    cmd.Absorb: teaming.absorb,
    cmd.Link: teaming.link,
    cmd.Hear: teaming.hear,
}
