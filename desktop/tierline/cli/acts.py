"""Acts on an open ticket: take, release, assign, note, message, time, status, wait and the like."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from tierline.cli.acting import act, each_of, present, report, report_all, text_of, work
from tierline.cli.call import Call, refusal_of
from tierline.cli.choosing import choose, person
from tierline.cli.groups import program
from tierline.cli.moments import seconds, upcoming
from tierline.cli.registry import command
from tierline.cli.replying import in_words, receive
from tierline.cli.suggested import print_suggested
from tierline.cli.words import Channel, Number, Numbers, Reason, Text
from tierline.desk.bulk import undo_all
from tierline.desk.when import status_phrase
from tierline.domain import commands as cmd
from tierline.domain.policy import ALWAYS, Policy
from tierline.domain.ticket import Ticket

Until = Annotated[
    str, typer.Option("--until", metavar="WHEN", help='Check again then: "16:00", "2h", a date.')
]
_SETTABLE = ("new", "active", "waiting")


@command(program, "take", "tierline take 12376 --timer", "tierline take 12376 12377 12380")
def take(
    call: Call,
    numbers: Numbers,
    timer: Annotated[bool, typer.Option("--timer", help="Start to count your work.")] = False,
) -> None:
    """Hold a ticket yourself and begin."""
    act(call, numbers, cmd.Take(timer=timer))


@command(program, "release", "tierline release 12376", "tierline release 12376 12377")
def release(call: Call, numbers: Numbers) -> None:
    """Put a ticket back for whoever is free."""
    act(call, numbers, cmd.Release())


@command(
    program,
    "assign",
    "tierline assign 12376 tobias",
    'tierline assign 12376 12377 "Tobias Lund"',
    "tierline assign 12376 --suggest",
)
def assign(
    call: Call,
    numbers: Annotated[
        list[str] | None, typer.Argument(metavar="NUMBER...", help="Of the tickets.")
    ] = None,
    whom: Annotated[str, typer.Argument(metavar="[PERSON]", help="By id or name.")] = "",
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Only say who fits best, and why.")
    ] = False,
) -> None:
    """Give a ticket to someone of its line."""
    if suggest:
        print_suggested(call, [*(numbers or ()), whom])
    elif not numbers or not whom:
        raise typer.BadParameter("Name tickets and a person, or say --suggest.")
    else:
        act(call, numbers, lambda *_: cmd.Assign(assignee=person(call, whom)))


@command(
    program,
    "note",
    "tierline note 12376 Cleared the queue, prints again",
    "dmesg | tierline note 12376 -",
)
def note(
    call: Call,
    number: Number,
    text: Text = None,
    plan: Annotated[bool, typer.Option("--plan", help="It is the resolution plan.")] = False,
) -> None:
    """Write an internal note."""
    act(call, number, cmd.Note(text=text_of(text), plan=plan))


@command(
    program,
    "message",
    "tierline message 12376 The driver is on its way",
    'tierline message 12376 --channel phone "Told them it prints again"',
    "tierline message 12376 --template escalated",
    'tierline message 12376 --received "It still prints blank pages"',
)
def message(
    call: Call,
    number: Number,
    text: Text = None,
    channel: Channel = "mail",
    to: Annotated[str, typer.Option("--to", metavar="NAME", help="Someone but the contact.")] = "",
    template: Annotated[
        str, typer.Option("--template", metavar="NAME", help="In the policy's words.")
    ] = "",
    received: Annotated[
        bool, typer.Option("--received", help="They told us: see receive.")
    ] = False,
) -> None:
    """Tell the contact something, or record what they said."""
    if received:
        reply = cmd.Receive(text=text_of(text), channel=channel)
        report(call, receive(call, present(call, number), reply).said)
    elif template:
        said = in_words(call, number, template, text_of(text))
        act(call, number, cmd.Message(text=said, channel=channel, to=to))
    else:
        act(call, number, cmd.Message(text=text_of(text), channel=channel, to=to))


@command(
    program,
    "time",
    "tierline time 12376 15m Checked the cabling",
    "tierline time 12376 --start",
    "tierline time 12376 --stop",
)
def time(
    call: Call,
    number: Number,
    length: Annotated[
        str, typer.Argument(metavar="[LENGTH]", help='"15m", "1h 30m", "1:30".')
    ] = "",
    text: Text = None,
    start: Annotated[bool, typer.Option("--start", help="Begin to count work.")] = False,
    stop: Annotated[bool, typer.Option("--stop", help="Stop counting and log it.")] = False,
) -> None:
    """Log work done on a ticket, or count it with a timer."""
    if start and stop:
        raise typer.BadParameter("a timer is started or stopped, not both", param_hint="--stop")
    if start:
        work(call, number, cmd.StartTimer())
    elif stop:
        work(call, number, cmd.StopTimer(text=text_of([length, *(text or ())]).strip()))
    else:
        try:
            worked = seconds(length)
        except ValueError as wrong:
            raise refusal_of(wrong, "time") from None
        work(call, number, cmd.LogTime(seconds=worked, text=text_of(text)))


@command(
    program,
    "status",
    "tierline status 12376 in-progress",
    'tierline status 12376 travelling --until "2h"',
)
def status(
    call: Call,
    number: Number,
    status: Annotated[str, typer.Argument(metavar="[STATUS]", help="By key or word.")] = "",
    reason: Reason = "",
    until: Until = "",
) -> None:
    """Move a ticket to another status."""
    act(call, number, lambda t, p: _change(call, t, p, (status, reason, until), _SETTABLE))


@command(
    program,
    "wait",
    'tierline wait 12376 waiting-client --reason "Needs the serial number" --until 16:00',
    'tierline wait 12376 vendor --reason "Part ordered" --until 2026-11-09',
)
def wait(
    call: Call,
    number: Number,
    status: Annotated[str, typer.Argument(metavar="[STATUS]", help="Whom or what for.")] = "",
    reason: Reason = "",
    until: Until = "",
) -> None:
    """Let a ticket wait; the policy says which clocks pause."""
    act(call, number, lambda t, p: _change(call, t, p, (status, reason, until), ("waiting",)))


@command(
    program,
    "prioritise",
    'tierline prioritise 12376 --impact 1 --urgency 2 --reason "All of the site is down"',
    'tierline prioritise 12376 --priority 4 --reason "Works by hand meanwhile"',
)
def prioritise(
    call: Call,
    number: Number,
    impact: Annotated[int, typer.Option(min=0, max=3, help="1 widest … 3.")] = 0,
    urgency: Annotated[int, typer.Option(min=0, max=3, help="1 most urgent … 3.")] = 0,
    priority: Annotated[int, typer.Option(min=0, max=4, help="Set it directly: 1 … 4.")] = 0,
    reason: Reason = "",
) -> None:
    """Set a ticket's priority from impact and urgency."""
    given = cmd.Prioritise(impact=impact, urgency=urgency, priority=priority, reason=reason)
    act(call, number, given)


@command(program, "verify", 'tierline verify 12376 "call-back to the number we have"')
def verify(call: Call, number: Number, how: Text = None) -> None:
    """Record how the caller was identified, never the proof."""
    act(call, number, cmd.Verify(how=text_of(how)))


@command(program, "undo", "tierline undo 12376", "tierline undo 12376 12377")
def undo(call: Call, numbers: Numbers) -> None:
    """Take back your latest act on a ticket, for ten seconds."""
    typed = each_of(numbers)
    tickets = (call.ticket(number).ticket.id for number in typed)
    histories = [call.desk.replica.tickets.operations(each) for each in tickets]
    answers = undo_all(call.desk, [history[-1].operation.op_id for history in histories])
    if len(typed) == 1:
        report(call, answers[0])
    else:
        report_all(call, typed, answers[::-1])


def _change(
    call: Call, ticket: Ticket, policy: Policy, told: tuple[str, str, str], phases: tuple[str, ...]
) -> cmd.ChangeStatus:
    """The change to the status that was meant, among those of these phases."""
    asked, reason, until = told
    here = (ticket.status, status_phrase(policy, ticket.status).casefold())
    again = asked.strip().casefold() in here  # named outright: a new check time, or refused as such
    keys = [key for phase in phases for key in policy.statuses(phase)]
    choices = {k: status_phrase(policy, k) for k in keys if again or k != ticket.status}
    keys = list(choices)
    only = keys[0] if len(keys) == 1 and not asked.strip() else ""
    chosen = only or choose(asked, choices, "status", "status")
    return cmd.ChangeStatus(status=chosen, reason=reason, until=_check_time(call, policy, until))


def _check_time(call: Call, policy: Policy, typed: str) -> datetime | None:
    if not typed.strip():
        return None
    hours = policy.calendar("desk" if "desk" in policy.file.calendars else ALWAYS)
    try:
        return upcoming(typed, call.desk.zone, call.now, hours)
    except ValueError as wrong:
        raise refusal_of(wrong, "until") from None
