"""The whole command line: every command in its place, and the console when none is named."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from tierline.cli import groups
from tierline.cli.call import Options
from tierline.cli.groups import pin, policy, program
from tierline.cli.registry import Data, Json, Me, Now, ending

_PARTS = {
    "starting": "demo",
    "field": "field",
    "wallboard": "wallboard",
    "moving": "import export",
    "reading": "tickets search show why views",
    "log_command": "log",
    "fill_command": "fill",
    "acts": "take release assign prioritise note message time status wait verify undo",
    "attaching": "attach attachments",
    "handing": "consult escalate",
    "process": "stay workaround complain dispute alert gate consent deliver quote task",
    "timer": "timer correct",
    "settling": "settle restrict",
    "talk": "receive outbox feedback",
    "pins": "pin",
    "visits": "visit",
    "alarms": "alarms",
    "task_list": "tasks",
    "people": "people",
    "agent": "agent",
    "joined": "join sync",
    "ends": "resolve reopen close cancel",
    "teaming": "merge link",
    "shift_change": "handover told",
    "policies": "policy",
    "simulating": "policy",
    "doctoring": "doctor",
    "hubs": "hub",
}
_ORDER = (
    "demo field wallboard "
    "import export tickets search show why views log fill take release assign prioritise "
    "note message attach attachments receive outbox time timer correct status wait stay consult "
    "escalate alert gate verify consent deliver dispute complain workaround resolve reopen close "
    "cancel merge link handover told feedback quote tasks task people settle restrict undo join "
    "sync agent doctor"
).split()
_VALUED = ("--data", "--now", "--me", "--hub", "--language")  # the word after it is its value
EXAMPLES = """\b
Examples:
  tierline                             the console on your own desk
  tierline demo                        a made-up desk to try it on
  tierline wallboard                   the board on the wall
  tierline import export.csv           bring your tickets
  tierline tickets --filter is:over    what is late
  tierline why 12376                   why it is due when it is
  tierline join postgresql://…         work with others on one desk
  tierline COMMAND --help              options and examples of a command"""
program.add_typer(policy, name="policy")
program.add_typer(pin, name="pin")
program.add_typer(groups.hub, name="hub")
program.add_typer(groups.visit, name="visit")
program.add_typer(groups.alarms, name="alarms")


def loaded(words: Sequence[str] | None = None) -> typer.Typer:
    """The command line, ready for these words, for any if None.

    A command waits only for the parts it may need, and the console for none.
    """
    said = set(words or ())
    wanted = {part for part, names in _PARTS.items() if said & set(names.split())}
    if said & {"-h", "--help"} or (not wanted and not _opens_console(words)):
        wanted = set(_PARTS)
    for part in sorted(wanted):
        import_module(f"tierline.cli.{part}")
    program.registered_commands.sort(key=lambda each: _ORDER.index(each.name or ""))
    return program


def _opens_console(words: Sequence[str] | None) -> bool:
    """Whether no command is named, not even one that is misspelt."""
    if words is None:
        return False
    rest = iter(words)
    for word in rest:
        if word in _VALUED:
            next(rest, None)
        elif not word.startswith("-"):
            return False
    return True


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib import metadata  # noqa: PLC0415  (slow, for one rare question)

        try:
            said = metadata.version("tierline")
        except metadata.PackageNotFoundError:
            said = "from a checkout"
        typer.echo(f"tierline {said}")
        raise typer.Exit


@program.callback(invoke_without_command=True, epilog=EXAMPLES)
def tierline(
    ctx: typer.Context,
    *,
    data: Data = None,
    json: Json = False,
    now: Now = "",
    me: Me = "",
    hub: Annotated[
        str,
        typer.Option("--hub", metavar="URL", help="Open the console on this shared desk."),
    ] = "",
    language: Annotated[
        str,
        typer.Option(
            "--language", metavar="CODE", help="Of the windows; the desktop's if not said."
        ),
    ] = "",
    _: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Say which one."),
    ] = False,
) -> None:
    """The console for IT support: your queues, their clocks, and everything you do to a ticket.

    Without a command it opens the console. Exit codes: 0 done, 1 refused, 2 wrong usage.
    """
    ctx.obj = Options(data, json, now, me, language)
    if ctx.invoked_subcommand is None:
        from tierline.cli.starting import open_console  # noqa: PLC0415  (commands do without)

        with ending(ctx.obj) as call:
            open_console(call, hub)
