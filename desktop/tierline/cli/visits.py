"""`tierline visit …`: plan a visit, go there, note what was done on site, have it signed off."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import typer

from tierline.cli.acting import act, text_of
from tierline.cli.call import Call, RefusedError
from tierline.cli.choosing import person
from tierline.cli.groups import visit
from tierline.cli.moments import seconds, upcoming
from tierline.cli.registry import command
from tierline.cli.visit_data import row_data
from tierline.cli.words import Number, Text
from tierline.desk.field_day import FieldVisit, last_place, read_day
from tierline.desk.visits import understand_past, visit_note
from tierline.domain import commands as cmd
from tierline.domain.policy import ALWAYS, Policy
from tierline.domain.ticket import Ticket
from tierline.domain.visiting import visit_rules

_HEADS = ("When", "Ticket", "Client", "Where", "Contact", "Subject")
Which = Annotated[
    str, typer.Option("--visit", metavar="KEY", help="Which of several: its key in --json.")
]
Why = Annotated[
    str, typer.Option("--why", metavar="TEXT", help="Why this line goes, where the policy asks.")
]


@command(
    visit,
    "plan",
    'tierline visit plan 12376 "Ask for the key" --at "tomorrow 9:00" --for 1h30m',
    'tierline visit plan 12376 --engineer ravi --at "fri 14:00" --site "Comms room"',
    "tierline visit plan 12376 --engineer ravi",
)
def plan(  # noqa: PLR0913  (one parameter an option)
    call: Call,
    number: Number,
    text: Text = None,
    at: Annotated[
        str, typer.Option("--at", metavar="WHEN", help="When; to be agreed unless said.")
    ] = "",
    length: Annotated[
        str, typer.Option("--for", metavar="LENGTH", help="How long it will take: 45m, 2h.")
    ] = "",
    engineer: Annotated[
        str, typer.Option("--engineer", metavar="PERSON", help="Who goes; you unless said.")
    ] = "",
    site: Annotated[str, typer.Option("--site", metavar="TEXT", help="Room or building.")] = "",
    address: Annotated[
        str, typer.Option("--address", metavar="TEXT", help="Of the last visit unless said.")
    ] = "",
    visit: Which = "",
) -> None:
    """Plan a visit, or with --visit plan one anew."""
    who = person(call, engineer) or call.desk.me

    def made(ticket: Ticket, policy: Policy) -> cmd.PlanVisit:
        told_site, told_address = last_place(call.desk, ticket.client)
        return cmd.PlanVisit(
            key=visit,
            start=_start(call, policy, at),
            minutes=_length(length) // 60,
            engineer=who,
            site=site or ("" if address else told_site),
            address=address or told_address,
            text=text_of(text),
        )

    act(call, number, made)


@command(visit, "cancel", 'tierline visit cancel 12376 "They are closed on Friday"')
def cancel(call: Call, number: Number, reason: Text = None, visit: Which = "") -> None:
    """Take a planned visit back."""
    act(call, number, cmd.CancelVisit(reason=text_of(reason), visit=visit))


@command(visit, "travel", "tierline visit travel 12376")
def travel(call: Call, number: Number, visit: Which = "", why: Why = "") -> None:
    """Say that you are on the way."""
    act(call, number, cmd.SetOut(visit=visit, reason=why))


@command(visit, "arrive", "tierline visit arrive 12376")
def arrive(call: Call, number: Number, visit: Which = "", why: Why = "") -> None:
    """Say that you are on site."""
    act(call, number, cmd.Arrive(visit=visit, reason=why))


@command(
    visit,
    "leave",
    "tierline visit leave 12376",
    "tierline visit leave 12376 --at 16:40",
    'tierline visit leave 12376 --at "yesterday 17:30"',
)
def leave(
    call: Call,
    number: Number,
    at: Annotated[
        str, typer.Option("--at", metavar="WHEN", help="When it was; now unless said.")
    ] = "",
    visit: Which = "",
) -> None:
    """Say that you left the site; what the policy counts is logged as work."""
    left_at = None
    if at:
        left_at = understand_past(at, call.now, call.desk.zone)
        if left_at is None:
            raise RefusedError(
                f'"{at}" is no time that has passed.', 'Write it like 16:40 or "yesterday 17:30".'
            )
    act(call, number, cmd.LeaveSite(visit=visit, left_at=left_at))


@command(
    visit,
    "part",
    'tierline visit part 12376 "SFP+ module" --quantity 2 --serial 1188',
    "tierline visit part 12376 --off 1188",
)
def part(
    call: Call,
    number: Number,
    name: Text = None,
    quantity: Annotated[int, typer.Option("--quantity", metavar="N", help="How many.")] = 1,
    serial: Annotated[str, typer.Option("--serial", metavar="TEXT", help="Its serial.")] = "",
    part_number: Annotated[
        str, typer.Option("--part-number", metavar="TEXT", help="The maker's number.")
    ] = "",
    off: Annotated[
        str, typer.Option("--off", metavar="WHICH", help="Take one off: its serial or key.")
    ] = "",
) -> None:
    """Note a part that stays with the client, or take one off again."""
    if off:
        act(call, number, cmd.ReturnPart(key=off, reason=text_of(name)))
        return
    made = cmd.UsePart(part=text_of(name), quantity=quantity, serial=serial, number=part_number)
    act(call, number, made)


@command(
    visit,
    "check",
    "tierline visit check 12376",
    "tierline visit check 12376 1",
    "tierline visit check 12376 1 --again",
)
def check(
    call: Call,
    number: Number,
    item: Annotated[
        str, typer.Argument(metavar="[ITEM]", help="Its place in the list, or its words.")
    ] = "",
    again: Annotated[bool, typer.Option("--again", help="It is to be done again.")] = False,
) -> None:
    """Tick a point of the check-list off; without one, show the list."""
    if not item:
        _show_checks(call, number)
        return

    def made(_: Ticket, policy: Policy) -> cmd.Check:
        listed = {each: each for each in visit_rules(policy).checks}
        place = int(item) if item.isdecimal() else 0
        known = list(listed)[place - 1] if 0 < place <= len(listed) else item
        return cmd.Check(item=known, done=not again)

    act(call, number, made)


@command(
    visit,
    "sign",
    'tierline visit sign 12376 "Ada Prior" --way paper',
    'tierline visit sign 12376 "Ada Prior" --way phone',
)
def sign(
    call: Call,
    number: Number,
    name: Text = None,
    way: Annotated[
        Literal["paper", "phone"], typer.Option("--way", help="How it was confirmed.")
    ] = "phone",
) -> None:
    """Record who of the client's confirmed the work (a drawn signature is the window's)."""
    act(call, number, cmd.SignOff(name=text_of(name), way=way))


@command(visit, "list", "tierline visit list", "tierline visit list --engineer ravi --json")
def list_(
    call: Call,
    engineer: Annotated[
        str, typer.Option("--engineer", metavar="PERSON", help="Whose; yours unless said.")
    ] = "",
) -> None:
    """The visits of a day and those to come, in their order."""
    day = read_day(call.desk, person(call, engineer))
    found = (*day.today, *day.later)
    if call.out.json:
        call.out.data([row_data(each) for each in found])
    elif not found:
        call.out.say("No visits are planned.")
    else:
        rows = [_row(call, each) for each in found]
        call.out.table(_HEADS, rows, flexible=(3, 5))


def _row(call: Call, each: FieldVisit) -> tuple[str, ...]:
    told = visit_note(each.visit, call.now, call.desk.zone)
    who = ", ".join(part for part in (each.contact.name, each.contact.phone) if part)
    return told, each.number, each.client, each.place, who, each.subject


def _show_checks(call: Call, number: str) -> None:
    ticket = call.ticket(number).ticket
    listed = visit_rules(call.desk.policy(ticket.policy)).checks
    items = [*listed, *(each for each in ticket.checks if each not in listed)]
    if call.out.json:
        call.out.data([{"item": each, "done": each in ticket.checks} for each in items])
        return
    lines = [
        f"{place} [{'x' if each in ticket.checks else ' '}] {each}"
        for place, each in enumerate(items, 1)
    ]
    call.out.say("\n".join(lines) or "The policy has no check-list for visits.")


def _start(call: Call, policy: Policy, typed: str) -> datetime | None:
    if not typed.strip():
        return None
    hours = policy.calendar("desk" if "desk" in policy.file.calendars else ALWAYS)
    try:
        return upcoming(typed, call.desk.zone, call.now, hours)
    except ValueError as error:
        raise RefusedError(str(error), "Or leave --at out: the time is agreed later.") from None


def _length(typed: str) -> int:
    try:
        return seconds(typed) if typed else 0
    except ValueError as error:
        raise RefusedError(str(error), "Write it like 45m or 2h.") from None
