"""Conflicts by command: say what two people changed, answer it; and who may read a ticket."""

from __future__ import annotations

from typing import Annotated

import typer

from tierline.cli.acting import present, report, text_of
from tierline.cli.call import Call, RefusedError
from tierline.cli.groups import program
from tierline.cli.registry import command
from tierline.cli.words import Number, Reason, Text
from tierline.desk.restricting import may_restrict
from tierline.domain import commands as cmd
from tierline.domain.events import Choice


@command(
    program,
    "settle",
    "tierline settle 12376 --keep",
    'tierline settle 12376 --mine "Dana agrees"',
    "tierline settle 12376 --both --which 2",
)
def settle(
    call: Call,
    number: Number,
    text: Text = None,
    keep: Annotated[bool, typer.Option("--keep", help="What stands, stays.")] = False,
    mine: Annotated[
        bool, typer.Option("--mine", help="Take what was lost; of two holders, hand over.")
    ] = False,
    both: Annotated[
        bool, typer.Option("--both", help="Note both; of two holders, work together.")
    ] = False,
    which: Annotated[int, typer.Option("--which", metavar="N", help="Of several, by place.")] = 1,
) -> None:
    """Answer what two people changed, neither seeing the other."""
    if keep + mine + both != 1:
        raise typer.BadParameter("one of --keep, --mine and --both", param_hint="--keep")
    stored = present(call, number)
    view = call.desk.open_ticket(stored.ticket.id)
    conflicts = view.conflicts if view else ()
    if not conflicts:
        what = f"{stored.ticket.number} has no conflict."
        raise RefusedError(what, "There is nothing to settle.")
    if not 0 < which <= len(conflicts):
        listed = "; ".join(f"{n} {each.title}" for n, each in enumerate(conflicts, 1))
        raise RefusedError(f"There is no conflict {which}.", f"There are: {listed}.")
    choice: Choice = "keep" if keep else "mine" if mine else "both"
    key = conflicts[which - 1].key
    answer = cmd.Settle(conflict=key, choice=choice, text=text_of(text))
    report(call, call.desk.act(stored.ticket.id, answer, stored.seq))


@command(
    program,
    "restrict",
    'tierline restrict 12376 --reason "A personal matter"',
    "tierline restrict 12376 --off",
)
def restrict(
    call: Call,
    number: Number,
    reason: Reason = "",
    off: Annotated[bool, typer.Option("--off", help="Everybody may read it again.")] = False,
) -> None:
    """Let only leads and those on the ticket read it. For leads."""
    stored = present(call, number)
    if refusal := may_restrict(call.desk.people, call.desk.me):
        raise RefusedError(refusal)
    command = cmd.Restrict(on=not off, reason=reason)
    report(call, call.desk.act(stored.ticket.id, command, stored.seq))
