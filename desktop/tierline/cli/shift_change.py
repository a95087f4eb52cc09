"""The change of shift and what one was told: hand over, read, and who could take a ticket."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tierline.cli import safe
from tierline.cli.call import Call, RefusedError
from tierline.cli.choosing import person
from tierline.cli.groups import program
from tierline.cli.moments import iso
from tierline.cli.registry import command
from tierline.desk.acting import Done
from tierline.desk.for_me import ForMe
from tierline.desk.shift_change import Handed, held, next_change
from tierline.desk.teaming import Handing
from tierline.desk.when import when
from tierline.desk.wording import priority_name
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal

_LONGEST = 60


@command(
    program,
    "handover",
    "tierline handover",
    "tierline handover --to hana",
    'tierline handover 12376 --to hana --note "Driver swapped; test print tomorrow at 9"',
    "tierline handover --team",
)
def handover(
    call: Call,
    number: Annotated[str, typer.Argument(metavar="[NUMBER]", help="One; else all I hold.")] = "",
    to: Annotated[str, typer.Option("--to", metavar="PERSON", help="Who takes it over.")] = "",
    team: Annotated[bool, typer.Option("--team", help="To the coming team's queue.")] = False,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="What they must know.")] = "",
) -> None:
    """Hand over what you hold, or list it."""
    wanted = call.ticket(number).ticket.id if number else ""
    mine = [each for each in held(call.desk) if wanted in ("", each.ticket_id)]
    if wanted and not mine:
        raise RefusedError("You do not hold that ticket.", "Only what one holds is handed over.")
    if not to and not team:
        _list(call, mine)
        return
    change = next_change(call.desk)
    group = change.duty.group if team and change else ""
    if team and not group:
        raise RefusedError("No team comes after yours.", "Name a person: --to.", "to")
    whom = person(call, to)
    handings = [Handing(each.ticket_id, note or each.note) for each in mine]
    answers = call.desk.teams.hand_over(handings, whom, group, call.now, call.desk.me)
    _report(call, answers)


@command(program, "told", "tierline told", "tierline told --read", "tierline told --read 12376")
def told(
    call: Call,
    number: Annotated[str, typer.Argument(metavar="[NUMBER]", help="Of one ticket.")] = "",
    read: Annotated[bool, typer.Option("--read", help="Say that you have read it.")] = False,
) -> None:
    """List mentions of you and hand-overs."""
    wanted = call.ticket(number).ticket.id if number else ""
    found = [each for each in call.desk.for_me() if wanted in ("", each.ticket_id)]
    if read:
        ids = dict.fromkeys(each.ticket_id for each in found)
        _report(call, [call.desk.act(each, cmd.Hear()) for each in ids])
    elif call.out.json:
        call.out.data([{**each._asdict(), "at": iso(each.at)} for each in found])
    elif found:
        heads = ("Since", "What", "P", "Number", "By", "Text")
        call.out.table(heads, [_told_row(call, each) for each in found], flexible=(5,))
        call.out.hint("Once read: tierline told --read.")
    else:
        call.out.say("Nobody has told you anything that you have not read.")


def _list(call: Call, mine: list[Handed]) -> None:
    change = next_change(call.desk)
    if call.out.json:
        call.out.data({
            "at": iso(change.at) if change else None,
            "to": change.duty.group if change else "",
            "people": [p.id for p in change.people] if change else [],
            "tickets": [each._asdict() for each in mine],
        })  # fmt: skip
        return
    if change is not None:
        names = ", ".join(p.name for p in change.people[:8]) or "nobody of it is known here"
        at = when(change.at, call.now, call.desk.zone)
        call.out.say(f"{change.duty.word} comes at {at}: {names}.", bold=True)
    if not mine:
        call.out.say("You hold nothing: there is nothing to hand over.")
        return
    rows = [
        (priority_name(m.priority), m.number, _cut(m.subject), m.status, _cut(m.note)) for m in mine
    ]
    call.out.table(("P", "Number", "Subject", "Status", "Note"), rows, flexible=(2, 4))
    call.out.hint("Hand it over: tierline handover --to PERSON, or --team.")


def _report(call: Call, answers: list[Done | Refusal]) -> None:
    done = [each for each in answers if isinstance(each, Done)]
    refused = [each for each in answers if isinstance(each, Refusal)]
    if not done and refused:
        raise RefusedError(refused[0])
    if call.out.json:
        told: list[dict[str, Any]] = [
            {"number": each.ticket.number, "done": each.message, "op_id": each.op_id}
            for each in done
        ]
        call.out.data({"done": told, "refused": [str(each) for each in refused]})
        return
    for each in done:
        call.out.say(each.message)
    for refusal in refused:
        call.out.hint(str(refusal))
    if not answers:
        call.out.say("There was nothing to do.")


def _told_row(call: Call, each: ForMe) -> tuple[str, ...]:
    return (
        when(each.at, call.now, call.desk.zone),
        each.kind,
        priority_name(each.priority),
        each.number,
        safe.line(each.who),
        _cut(each.text + (f" (now with {each.now_with})" if each.now_with else "")),
    )


def _cut(text: str) -> str:
    return safe.cut(safe.line(text), _LONGEST)
