"""The work timer and what is logged by hand: no second is lost, and a correction says why."""

from __future__ import annotations

from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain import visiting
from tierline.domain.errors import Refusal
from tierline.domain.judging import Act, Answer, need
from tierline.domain.tongue import tr


def log_time(act: Act, command: cmd.LogTime) -> Answer:
    """Work done beside the timer; a timer of one's own is logged with it and goes on."""
    if command.seconds <= 0:
        return Refusal(tr("No time was given."), tr("Give the time worked, like 15m."), "time")
    if refusal := act.must_be_proven("worked on"):
        return refusal
    logged = ev.TimeLogged(at=act.now, by=act.by, seconds=command.seconds, text=command.text)
    if act.ticket.timer_since is None or act.ticket.timer_by != act.by:
        return [logged]
    return [*act.stop_timer(), logged, ev.TimerStarted(at=act.now, by=act.by)]


def start_timer(act: Act, _: cmd.StartTimer) -> Answer:
    """Begin to count; one timer a ticket."""
    ticket = act.ticket
    if refusal := act.must_be_open("worked on") or act.must_be_proven("worked on"):
        return refusal
    if ticket.timer_since is not None:
        todo = "Stop that timer first (B)."
        return Refusal(
            tr(
                "{timer_by}'s work timer runs on {number}.",
                timer_by=ticket.timer_by,
                number=ticket.number,
            ),
            todo,
        )
    if visiting.counting(act):
        what = f"Your visit for {ticket.number} is counted as work already."
        return Refusal(what, tr("It is logged when you say that you left."))
    return [ev.TimerStarted(at=act.now, by=act.by)]


def stop_timer(act: Act, command: cmd.StopTimer) -> Answer:
    """Log what the timer counted, or the part of it that was work."""
    ran = _ran(act)
    if isinstance(ran, Refusal):
        return ran
    worked = ran if command.seconds is None else command.seconds
    if not 0 <= worked <= ran:
        return Refusal(
            tr("That is more than the timer counted."), tr("It ran {ran} seconds.", ran=ran), "time"
        )
    by = act.ticket.timer_by
    logged = ev.TimeLogged(
        at=act.now, by=by, seconds=worked, text=command.text, away=max(0, ran - worked)
    )
    return [logged]


def keep_timer(act: Act, command: cmd.KeepTimer) -> Answer:
    """The answer to "are you still at it?": all of it was work, or not the last part."""
    ran = _ran(act)
    if isinstance(ran, Refusal):
        return ran
    if not 0 <= command.away <= ran:
        return Refusal(
            tr("That is longer than the timer ran."), tr("It ran {ran} seconds.", ran=ran), "away"
        )
    by = act.ticket.timer_by
    if not command.away:
        return [ev.TimerKept(at=act.now, by=by)]
    worked = ran - command.away
    logged = ev.TimeLogged(at=act.now, by=by, seconds=worked, away=command.away)
    return [logged, ev.TimerStarted(at=act.now, by=by)]


def correct_time(act: Act, command: cmd.CorrectTime) -> Answer:
    """Set right what was logged on this line; both stay in the history."""
    if not command.seconds:
        return Refusal(
            tr("No time was given."), tr("Give what to add or take away, like -15m."), "time"
        )
    todo = "Say why in a few words; it stays in the history."
    if refusal := need(command.reason, "reason", todo):
        return refusal
    worked = act.ticket.line_work
    if worked + command.seconds < 0:
        todo = f"Only {worked} seconds are logged since it came to this line."
        return Refusal(tr("More would be taken away than was worked."), todo, "time")
    reason = command.reason.strip()
    return [ev.TimeCorrected(at=act.now, by=act.by, seconds=command.seconds, reason=reason)]


def _ran(act: Act) -> int | Refusal:
    since = act.ticket.timer_since
    if since is None:
        return Refusal(
            tr("No work timer runs on {number}.", number=act.ticket.number), tr("B starts one.")
        )
    return max(0, int((act.now - since).total_seconds()))
