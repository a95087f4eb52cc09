"""The work timer by command, and corrections of what was logged."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from tierline.cli.acting import act, text_of, work
from tierline.cli.call import Call, RefusedError
from tierline.cli.groups import program
from tierline.cli.moments import seconds
from tierline.cli.registry import command
from tierline.cli.words import Number, Text
from tierline.domain import commands as cmd


@command(
    program,
    "timer",
    "tierline timer 12376 start",
    "tierline timer 12376 stop --worked 40m",
    "tierline timer 12376 keep --away 20m",
)
def timer(
    call: Call,
    number: Number,
    what: Annotated[
        Literal["start", "stop", "keep"], typer.Argument(metavar="start|stop|keep", help="What.")
    ],
    text: Text = None,
    worked: Annotated[
        str, typer.Option("--worked", metavar="LENGTH", help="Only so much of it was work.")
    ] = "",
    away: Annotated[
        str, typer.Option("--away", metavar="LENGTH", help="So long of it was no work.")
    ] = "",
) -> None:
    """Start, stop or keep the work timer."""
    if what == "start":
        work(call, number, cmd.StartTimer())
    elif what == "stop":
        only = _length(worked, "--worked") if worked else None
        work(call, number, cmd.StopTimer(text=text_of(text), seconds=only))
    else:
        act(call, number, cmd.KeepTimer(away=_length(away, "--away") if away else 0))


@command(
    program,
    "correct",
    'tierline correct 12376 --less 15m "At lunch with the timer on"',
    'tierline correct 12376 --more 10m "Forgot to start it"',
)
def correct(
    call: Call,
    number: Number,
    reason: Text = None,
    less: Annotated[str, typer.Option("--less", metavar="LENGTH", help="Take away.")] = "",
    more: Annotated[str, typer.Option("--more", metavar="LENGTH", help="Add.")] = "",
) -> None:
    """Set right the work logged on a ticket's line, with a reason."""
    added = (_length(more, "--more") if more else 0) - (_length(less, "--less") if less else 0)
    act(call, number, cmd.CorrectTime(seconds=added, reason=text_of(reason)))


def _length(typed: str, option: str) -> int:
    try:
        return seconds(typed)
    except ValueError as wrong:
        raise RefusedError(f"{wrong}.", f"Write {option} like 15m or 1h 30m.", "time") from None
