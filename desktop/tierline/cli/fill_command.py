"""`tierline fill`: fill in or correct what was said when logging."""

from __future__ import annotations

from typing import Annotated

import typer

from tierline.cli.acting import act
from tierline.cli.call import Call
from tierline.cli.groups import program
from tierline.cli.log_command import Details, details_of
from tierline.cli.registry import command
from tierline.cli.words import Number
from tierline.domain import commands as cmd


@command(
    program,
    "fill",
    'tierline fill 12376 --contact "Ada Prior" --reach "+61 3 5550 0101"',
    'tierline fill 12376 --detail outage="Mail, since 9:40"',
)
def fill(  # noqa: PLR0913  (one parameter an option)
    call: Call,
    number: Number,
    subject: Annotated[str | None, typer.Option(metavar="TEXT", help="In one line.")] = None,
    description: Annotated[str | None, typer.Option(metavar="TEXT", help="All they said.")] = None,
    client: Annotated[str | None, typer.Option(metavar="NAME", help="Whose ticket it is.")] = None,
    contact: Annotated[str | None, typer.Option(metavar="NAME", help="Who told us.")] = None,
    reach: Annotated[str | None, typer.Option(metavar="NUMBER", help="How to call back.")] = None,
    category: Annotated[str | None, typer.Option(metavar="TEXT", help="What it is about.")] = None,
    type_: Annotated[
        str | None, typer.Option("--type", metavar="KIND", help="Of the policy's.")
    ] = None,
    detail: Details = None,
) -> None:
    """Fill in or correct what was said when logging."""
    filled = cmd.FillDetails(
        subject=subject,
        description=description,
        client=client,
        contact=contact,
        contact_reach=reach,
        category=category,
        type=type_,
        details=details_of(detail or ()),
    )
    act(call, number, filled)
