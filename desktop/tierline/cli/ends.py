"""How a ticket ends, and how it comes back: resolve, re-open, close, cancel."""

from __future__ import annotations

from typing import Annotated

import typer

from tierline.cli.acting import act, text_of
from tierline.cli.call import Call
from tierline.cli.groups import program
from tierline.cli.registry import command
from tierline.cli.words import Channel, Number, Reason, Text, ToContact
from tierline.domain import commands as cmd


@command(
    program,
    "resolve",
    "tierline resolve 12376 Replaced the driver, printed a test page",
    'tierline resolve 12376 "Prints by USB for now" --workaround --message "Please try again"',
)
def resolve(
    call: Call,
    number: Number,
    steps: Text = None,
    message: ToContact = "",
    channel: Channel = "mail",
    workaround: Annotated[bool, typer.Option("--workaround", help="It works by a detour.")] = False,
    first_contact: Annotated[
        bool, typer.Option("--first-contact", help="While they were on the line.")
    ] = False,
) -> None:
    """Say that it works again, with the steps that made it so."""
    done = cmd.Resolve(
        steps=text_of(steps),
        message=message,
        message_channel=channel,
        workaround=workaround,
        first_contact=first_contact,
    )
    act(call, number, done)


@command(program, "reopen", "tierline reopen 12376 It prints blank pages again")
def reopen(
    call: Call,
    number: Number,
    reason: Text = None,
    channel: Annotated[
        str, typer.Option("--channel", metavar="WAY", help="How they said so.")
    ] = "",
) -> None:
    """Bring a resolved ticket back."""
    act(call, number, cmd.Reopen(reason=text_of(reason), channel=channel))


@command(program, "close", 'tierline close 12376 --confirmed-by "Elspeth Marlow"')
def close(
    call: Call,
    number: Number,
    confirmed_by: Annotated[
        str, typer.Option("--confirmed-by", metavar="NAME", help="Who said that it works.")
    ] = "",
    reason: Reason = "",
) -> None:
    """End a resolved ticket."""
    act(call, number, cmd.Close(confirmed_by=confirmed_by, reason=reason))


@command(
    program,
    "cancel",
    'tierline cancel 12376 --reason "Withdrawn by the contact"',
)
def cancel(
    call: Call,
    number: Number,
    reason: Reason = "",
) -> None:
    """End a ticket that is not, or is no longer, our work."""
    act(call, number, cmd.Cancel(reason=reason))
