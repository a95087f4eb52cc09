"""Alarms from the command line: put one off, acknowledge one, and which come most often."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from tierline.cli.acting import act, text_of
from tierline.cli.call import Call, RefusedError
from tierline.cli.groups import alarms as group
from tierline.cli.moments import upcoming
from tierline.cli.registry import command
from tierline.cli.words import Number, Text
from tierline.desk.alarms.noisy import noisiest
from tierline.domain import commands as cmd
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket

Clock = Annotated[
    str, typer.Option("--clock", metavar="NAME", help="Which clock; the next to be over.")
]
Until = Annotated[str, typer.Option("--until", metavar="WHEN", help='"15m", "16:00" or "2h".')]


@command(group, "snooze", 'tierline alarms snooze 12376 "They call back at 11" --until 15m')
def snooze(
    call: Call, number: Number, reason: Text = None, until: Until = "15m", clock: Clock = ""
) -> None:
    """Hear no alarm of a clock for a while, never beyond its breach; your lead sees the reason."""

    def made(_: Ticket, policy: Policy) -> cmd.Snooze:
        try:
            then = upcoming(until, call.desk.zone, call.now, policy.hours)
        except ValueError as wrong:
            raise RefusedError(str(wrong), "Write it like 15m or 16:00.", "until") from wrong
        return cmd.Snooze(until=then, reason=text_of(reason), clock=clock)

    act(call, number, made)


@command(group, "acknowledge", "tierline alarms acknowledge 12376 --clock response")
def acknowledge(call: Call, number: Number, text: Text = None, clock: Clock = "") -> None:
    """Say that you have seen a clock's alarm and deal with it; a P1 is not snoozed."""
    act(call, number, cmd.Acknowledge(clock=clock, text=text_of(text) if text else ""))


@command(group, "noisy", "tierline alarms noisy", "tierline alarms noisy --days 30")
def noisy(
    call: Call,
    days: Annotated[int, typer.Option("--days", metavar="N", min=1, max=366)] = 7,
) -> None:
    """List which alarms came most often, and how many were acted on before the breach."""
    found = noisiest(call.desk.replica, call.desk.book, call.now, timedelta(days=days))
    if call.out.json:
        call.out.data([each._asdict() for each in found])
        return
    if not found:
        call.out.say(f"No clock reached a threshold in the last {days} days.")
        return
    heads = ("Alarm", "Policy", "How many", "In time", "Not over yet")
    rows = [
        (each.words, each.policy, str(each.times), str(each.in_time), str(each.waiting))
        for each in found
    ]
    call.out.table(heads, rows)
    call.out.hint("In time: the clock was stopped before its breach.")
