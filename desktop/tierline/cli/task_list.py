"""`tierline tasks`: what someone of a role has to see to."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tierline.cli import safe
from tierline.cli.call import Call
from tierline.cli.choosing import choose
from tierline.cli.groups import program
from tierline.cli.moments import iso
from tierline.cli.registry import command
from tierline.desk.tasks_for_roles import RoleTask, roles
from tierline.desk.when import when
from tierline.desk.wording import priority_name

_LONGEST, _LONGEST_CLIENT = 60, 28


@command(program, "tasks", "tierline tasks", "tierline tasks --role lead", "tierline tasks --json")
def tasks(
    call: Call,
    role: Annotated[
        str, typer.Option("--role", metavar="ROLE", help="Of one role, by key or word.")
    ] = "",
) -> None:
    """List what leads and others have to see to, the oldest first."""
    with call.as_asked() as desk:
        found = desk.tasks(_role(call, role))
    if call.out.json:
        call.out.data([_data(each) for each in found])
    elif found:
        rows = [_row(call, each) for each in found]
        heads = ("Since", "P", "Number", "Client", "For", "What", "Key")
        call.out.table(heads, rows, flexible=(5,))
        call.out.hint("Once done: tierline task NUMBER [KEY].")
    else:
        call.out.say("No open tasks.")


def _role(call: Call, typed: str) -> str:
    """The role that was meant, "" for none; policies may call one by different words."""
    if not typed.strip():
        return ""
    known = roles(call.desk.book)
    words = {word.casefold() for several in known.values() for word in several}
    if typed.strip().casefold() in words:
        return typed
    return choose(typed, {key: ", ".join(each) for key, each in known.items()}, "role", "role")


def _row(call: Call, task: RoleTask) -> tuple[str, ...]:
    return (
        when(task.at, call.now, call.desk.zone),
        priority_name(task.priority),
        task.number,
        safe.cut(safe.line(task.client), _LONGEST_CLIENT),
        task.role_word,
        safe.cut(safe.line(task.text), _LONGEST),
        task.key,
    )


def _data(task: RoleTask) -> dict[str, Any]:
    return {
        **{name: value for name, value in task._asdict().items() if name != "at"},
        "at": iso(task.at),
    }
