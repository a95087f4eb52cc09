"""What the less common events leave on a ticket: deliveries, questions, gates, tasks, work kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from tierline.domain import conflicts, team_folds, visit_folds
from tierline.domain import events as ev
from tierline.domain.ticket_parts import (
    AlarmAnswer,
    Feedback,
    GateAsk,
    Letter,
    Overruled,
    Prompt,
    Quote,
    Task,
)

if TYPE_CHECKING:
    from tierline.domain.ticket import Ticket

_OWED = ("to send", "failed")
Changes = dict[str, Any]


def messaged(ticket: Ticket, event: ev.Messaged) -> Changes:
    """A rule's message tells the contact something, but it is no response and answers nothing."""
    if event.direction == "in":
        return contact_said(ticket, event)
    changes: Changes = {"last_out_at": event.at, "sent": ticket.sent + 1}
    if event.delivery in _OWED:
        letter = Letter(event.key, event.at, event.channel, event.to, event.delivery)
        changes["outbox"] = (*ticket.outbox, letter)
    if event.rule:
        return changes
    changes["waiting_since"] = None
    if ticket.responded_at is None:
        changes["responded_at"] = event.at
    if ticket.called_at is None and event.channel == "phone":
        changes["called_at"] = event.at
    return changes


def time_logged(ticket: Ticket, event: ev.TimeLogged) -> Changes:
    """Work counts for the line the ticket is on; the person's timer ends."""
    changes = _worked(ticket, event.seconds)
    if ticket.timer_by == event.by:
        changes |= {"timer_since": None, "timer_by": ""}
    return changes


def contact_said(ticket: Ticket, event: ev.Event) -> Changes:
    """What the contact says, by message, dispute or complaint, waits for our answer."""
    begins = ticket.waiting_since is None
    return {
        "waiting_since": ticket.waiting_since or event.at,
        "waits": ticket.waits + begins,
        "last_in_at": event.at,
    }


def _worked(ticket: Ticket, seconds: int) -> Changes:
    total = max(0, ticket.work.get(ticket.tier, 0) + seconds)
    here = max(0, ticket.line_work + seconds)
    return {"work": {**ticket.work, ticket.tier: total}, "line_work": here}


def _delivered(ticket: Ticket, event: ev.Delivered) -> Changes:
    kept = []
    for letter in ticket.outbox:
        if letter.key != event.message:
            kept.append(letter)
        elif event.state in _OWED:
            told = (letter.key, letter.at, letter.channel, letter.to, event.state, event.why)
            kept.append(Letter(*told))
    return {"outbox": tuple(kept)}


def _disputed(ticket: Ticket, event: ev.Disputed) -> Changes:
    told = {"disputed_at": event.at, "disputes": ticket.disputes + 1}
    return contact_said(ticket, event) | told


def _complained(ticket: Ticket, event: ev.Complained) -> Changes:
    return contact_said(ticket, event) | {"complaints": ticket.complaints + 1}


def _gate_asked(ticket: Ticket, event: ev.GateAsked) -> Changes:
    before = next((ask for ask in ticket.gates if ask.gate == event.gate), None)
    asked = (*(before.asked if before else ()), event.role)
    ask = GateAsk(event.gate, before.at if before else event.at, asked)
    return {"gates": (*_other_gates(ticket, event.gate), ask)}


def _gate_passed(ticket: Ticket, event: ev.GatePassed) -> Changes:
    return {"gates": _other_gates(ticket, event.gate)}


def _other_gates(ticket: Ticket, gate: str) -> tuple[GateAsk, ...]:
    return tuple(ask for ask in ticket.gates if ask.gate != gate)


def _prompted(ticket: Ticket, event: ev.Prompted) -> Changes:
    prompt = Prompt(event.name, event.at, event.text, event.clock, event.run)
    others = (each for each in ticket.prompts if each.name != event.name)
    return {"prompts": (*others, prompt)}


def _stayed(ticket: Ticket, event: ev.Stayed) -> Changes:
    stay = Overruled(event.name, event.clock, event.run, event.at, event.by, event.reason)
    answered = (event.clock, event.run)
    left = (p for p in ticket.prompts if p.name != event.name and (p.clock, p.run) != answered)
    return {"stays": (*ticket.stays, stay), "prompts": tuple(left)}


def _tasked(ticket: Ticket, event: ev.Tasked) -> Changes:
    return {"tasks": (*ticket.tasks, Task(event.key, event.role, event.text, event.at))}


def _task_done(ticket: Ticket, event: ev.TaskDone) -> Changes:
    return {"tasks": tuple(task for task in ticket.tasks if task.key != event.key)}


def _surveyed(ticket: Ticket, event: ev.Surveyed) -> Changes:
    told = (event.survey, event.answer, event.word, event.score, event.poor, event.text)
    return {"feedback": (*ticket.feedback, Feedback(*told, event.at, event.asked_at))}


def _quoted(ticket: Ticket, event: ev.Quoted) -> Changes:
    quote = Quote(event.cents, event.currency, event.text, event.at, event.until)
    return {"quotes": ticket.quotes + 1, "quote": quote}


def _quote_answered(ticket: Ticket, event: ev.QuoteAnswered) -> Changes:
    if ticket.quote is None:
        return {}
    told = {"person": event.person, "way": event.way, "ended_at": event.at}
    state = "approved" if event.accepted else "declined"
    return {"quote": replace(ticket.quote, state=state, **told)}


def _quote_expired(ticket: Ticket, event: ev.QuoteExpired) -> Changes:
    if ticket.quote is None or not ticket.quote.open:
        return {}
    return {"quote": replace(ticket.quote, state="expired", ended_at=event.at)}


def _snoozed(ticket: Ticket, event: ev.Snoozed) -> Changes:
    told = (event.clock, event.run, event.by, event.at, event.until, event.reason)
    return _answer(ticket, AlarmAnswer(*told))


def _acknowledged(ticket: Ticket, event: ev.Acknowledged) -> Changes:
    told = (event.clock, event.run, event.by, event.at, None, event.text)
    return _answer(ticket, AlarmAnswer(*told))


def _answer(ticket: Ticket, answer: AlarmAnswer) -> Changes:
    """A person's answer takes the place of their earlier one of its kind, other people's stay."""
    kept = (
        each
        for each in ticket.alarm_answers
        if (each.by, each.clock, each.until is None)
        != (answer.by, answer.clock, answer.until is None)
    )
    return {"alarm_answers": (*kept, answer)}


def _consented(ticket: Ticket, event: ev.Consented) -> Changes:
    return {"consents": tuple(dict.fromkeys((*ticket.consents, event.what)))}


def _verified(ticket: Ticket, event: ev.Verified) -> Changes:
    return {"verified": event.how, "proven": ticket.proven or event.pin, "pin_tries": 0}


FOLDS: dict[type[ev.Event], Callable[[Ticket, Any], Changes]] = {
    **conflicts.FOLDS,
    **visit_folds.FOLDS,
    **team_folds.FOLDS,
    ev.Messaged: messaged,
    ev.Delivered: _delivered,
    ev.TimeLogged: time_logged,
    ev.TimerKept: lambda _, __: {},
    ev.TimeCorrected: lambda ticket, event: _worked(ticket, event.seconds),
    ev.WorkedAround: lambda ticket, event: {"workaround_at": ticket.workaround_at or event.at},
    ev.Verified: _verified,
    ev.PinFailed: lambda _, event: {"pin_tries": event.tries},
    ev.Consented: _consented,
    ev.Disputed: _disputed,
    ev.Complained: _complained,
    ev.Alerted: lambda _, __: {},
    ev.Numbered: lambda _, event: {"number": event.number},
    ev.GateAsked: _gate_asked,
    ev.GatePassed: _gate_passed,
    ev.Snoozed: _snoozed,
    ev.Acknowledged: _acknowledged,
    ev.Prompted: _prompted,
    ev.Stayed: _stayed,
    ev.Tasked: _tasked,
    ev.TaskDone: _task_done,
    ev.Surveyed: _surveyed,
    ev.Quoted: _quoted,
    ev.QuoteAnswered: _quote_answered,
    ev.QuoteExpired: _quote_expired,
}
