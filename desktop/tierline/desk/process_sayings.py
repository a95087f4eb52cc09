"""What the process adds to the timeline in words: prompts, gates, complaints, deliveries, tasks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tierline.desk.quoting import money
from tierline.desk.sayings import Said, Words, spoken
from tierline.domain import events as ev
from tierline.domain.attaching import size_word
from tierline.domain.tongue import tr
from tierline.domain.wording import told_time


def _delivered(event: ev.Delivered, _: Words) -> Said:
    if event.state == "failed":
        return Said("octagon-alert", tr("could not send the message"), event.why)
    return Said("check", tr("message {state}", state=event.state), event.why)


def _corrected(event: ev.TimeCorrected, _: Words) -> Said:
    done = "added" if event.seconds > 0 else tr("took away")
    return Said(
        "timer",
        tr("{done} {spoken} of work", done=done, spoken=spoken(abs(event.seconds))),
        event.reason,
        "time",
    )


def _pin_failed(event: ev.PinFailed, _: Words) -> Said:
    locked = tr(", the PIN is locked") if event.locked_until else ""
    return Said(
        "shield-check",
        tr("heard a wrong PIN, {tries} in a row{locked}", tries=event.tries, locked=locked),
    )


def _consented(event: ev.Consented, _: Words) -> Said:
    return Said("check", tr("has the contact's consent: {what}", what=event.what), event.words)


def _disputed(event: ev.Disputed, _: Words) -> Said:
    return Said(
        "scale", tr("P{priority} is disputed by the contact", priority=event.priority), event.reason
    )


def _complained(event: ev.Complained, _: Words) -> Said:
    text = "\n".join(part for part in (event.reason, event.text) if part)
    return Said(
        "megaphone",
        tr("the contact's own escalation, {reference}", reference=event.reference),
        text,
    )


def _alerted(event: ev.Alerted, words: Words) -> Said:
    return Said("bell", tr("alerted the {role}", role=words.role(event.role)), event.reason)


def _gate_asked(event: ev.GateAsked, words: Words) -> Said:
    gate = words.policy.status(event.gate).word.lower()
    return Said(
        "users-round",
        tr("asked the {role} about {gate}", role=words.role(event.role), gate=gate),
        event.text,
    )


def _gate_passed(event: ev.GatePassed, words: Words) -> Said:
    gate = words.policy.status(event.gate).word.lower()
    answer = "yes" if event.allowed else "no"
    who = f"{event.person}, {words.role(event.role)}"
    return Said(
        "shield-check",
        tr("{who}, said {answer} to {gate}", who=who, answer=answer, gate=gate),
        event.text,
    )


def _stayed(event: ev.Stayed, _: Words) -> Said:
    return Said("clock", tr("keeps it here"), event.reason)


def _snoozed(event: ev.Snoozed, words: Words) -> Said:
    until = told_time(event.until, words.policy)
    return Said(
        "alarm-clock",
        tr("snoozed {clock} until {until}", clock=_clock(event, words), until=until),
        event.reason,
    )


def _clock(event: ev.Snoozed | ev.Acknowledged, words: Words) -> str:
    table = words.policy.file.clocks.get(event.clock)
    return tr("the alarm “{what}”", what=table.word if table else event.clock)


def _tasked(event: ev.Tasked, words: Words) -> Said:
    whom = words.role(event.role) or "desk"
    return Said("bell", tr("made a task for the {whom}", whom=whom), event.text)


def _surveyed(event: ev.Surveyed, words: Words) -> Said:
    survey = words.policy.file.surveys.get(event.survey)
    question = survey.word if survey else event.survey
    return Said("star", f'answered "{event.word}": {question}', event.text, "in")


def _quoted(event: ev.Quoted, words: Words) -> Said:
    until = (
        tr(", valid until {told_time}", told_time=told_time(event.until, words.policy))
        if event.until
        else ""
    )
    return Said(
        "file-text",
        tr("quoted {money}{until}", money=money(event.cents, event.currency), until=until),
        event.text,
    )


def _quote_answered(event: ev.QuoteAnswered, _: Words) -> Said:
    way = f" ({event.way})" if event.way else ""
    if event.accepted:
        return Said(
            "check",
            tr("has {person}'s yes to the quote{way}", person=event.person, way=way),
            event.text,
        )
    return Said(
        "x", tr("has {person}'s no to the quote{way}", person=event.person, way=way), event.text
    )


def _attached(event: ev.Attached, _: Words) -> Said:
    verb = tr("attached {name}, {size}", name=event.name, size=size_word(event.size))
    return Said("paperclip", verb, event.text, "file")


PROCESS_SAYINGS: dict[type[ev.Event], Callable[[Any, Words], Said]] = {
    ev.Delivered: _delivered,
    ev.TimerKept: lambda _, __: Said("timer", tr("was still at it"), "", "time"),
    ev.TimeCorrected: _corrected,
    ev.WorkedAround: lambda event, _: Said("check", tr("found a workaround"), event.text),
    ev.PinFailed: _pin_failed,
    ev.Consented: _consented,
    ev.Disputed: _disputed,
    ev.Complained: _complained,
    ev.Alerted: _alerted,
    ev.GateAsked: _gate_asked,
    ev.GatePassed: _gate_passed,
    ev.Prompted: lambda event, _: Said("bell", tr("asks whether it stays"), event.text),
    ev.Stayed: _stayed,
    ev.Snoozed: _snoozed,
    ev.Acknowledged: lambda event, words: Said(
        "check", tr("acknowledged {clock}", clock=_clock(event, words)), event.text
    ),
    ev.Tasked: _tasked,
    ev.Surveyed: _surveyed,
    ev.Numbered: lambda event, _: Said(
        "file-text", tr("its number is {number} now", number=event.number)
    ),
    ev.Quoted: _quoted,
    ev.QuoteAnswered: _quote_answered,
    ev.QuoteExpired: lambda _, __: Said("hourglass", tr("the quote ran out unanswered")),
    ev.Attached: _attached,
    ev.TaskDone: lambda event, _: Said("check", tr("finished a task"), event.text),
}
