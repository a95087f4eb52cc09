"""Tickets and each other: merge a duplicate, link what belongs together."""

from __future__ import annotations

from typing import Annotated

import typer

from tierline.cli import safe
from tierline.cli.acting import act
from tierline.cli.call import Call, RefusedError
from tierline.cli.choosing import choose
from tierline.cli.groups import program
from tierline.cli.registry import command
from tierline.cli.words import Channel, Number, Reason, ToContact
from tierline.desk.team_sayings import HOW
from tierline.desk.wording import message_for
from tierline.domain import commands as cmd
from tierline.domain.policy import Policy
from tierline.domain.team_commands import Side
from tierline.domain.ticket import Ticket

_SIDES: tuple[Side, ...] = ("related", "parent", "child", "cause", "effect")


@command(
    program,
    "merge",
    'tierline merge 12376 --into 12375 --reason "Sent twice" --template --yes',
)
def merge(  # noqa: PLR0913  (one parameter an option)
    call: Call,
    number: Number,
    into: Annotated[str, typer.Option("--into", metavar="NUMBER", help="The one that goes on.")],
    reason: Reason = "",
    message: ToContact = "",
    template: Annotated[
        bool, typer.Option("--template", help="Tell the contact in the usual words.")
    ] = False,
    channel: Channel = "mail",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask: it cannot be undone.")] = False,
) -> None:
    """End a duplicate: another ticket goes on."""
    other = call.ticket(into).ticket

    def made(ticket: Ticket, policy: Policy) -> cmd.Merge:
        _ask(call, ticket, other, yes=yes)
        usual = message_for("merged", ticket, policy, other=other.number)
        said = usual if template and not message else message
        return cmd.Merge(
            into=other.id,
            number=other.number,
            reason=reason,
            message=said,
            message_channel=channel,
        )

    act(call, number, made)


@command(
    program,
    "link",
    "tierline link 12376 12375",
    "tierline link 12376 12375 --as cause",
    "tierline link 12376 12375 --as cause --remove",
)
def link(
    call: Call,
    number: Number,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The other ticket.")],
    how: Annotated[
        str,
        typer.Option("--as", metavar="WHAT", help="It is: related, parent, child, cause, effect."),
    ] = "related",
    remove: Annotated[bool, typer.Option("--remove", help="Take the link away.")] = False,
) -> None:
    """Link two tickets; both show it."""
    there = call.ticket(other).ticket
    chosen = choose(how, {key: HOW[key] for key in _SIDES}, "kind of link", "how")
    side = next(each for each in _SIDES if each == chosen)
    act(call, number, cmd.Link(other=there.id, number=there.number, how=side, on=not remove))


def _ask(call: Call, ticket: Ticket, other: Ticket, *, yes: bool) -> None:
    if yes:
        return
    what = f"Merge {ticket.number} into {other.number} ({safe.line(other.subject)})?"
    if not call.out.asks:
        raise RefusedError("A merge cannot be undone.", "Say --yes to go on without being asked.")
    if not typer.confirm(f"{what} It cannot be undone.", err=True):
        raise RefusedError("Nothing was merged.", "Both tickets are as they were.")
