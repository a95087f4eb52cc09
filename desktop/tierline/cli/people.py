"""`tierline people`: who works tickets here."""

from __future__ import annotations

from typing import Any

from tierline.cli.call import Call
from tierline.cli.groups import program
from tierline.cli.registry import command
from tierline.storage.records import Person


@command(program, "people", "tierline people", "tierline people --json")
def people(call: Call) -> None:
    """List who works tickets: name, login, line, role."""
    found = sorted(call.desk.replica.directory.people(), key=lambda each: (each.gone, each.name))
    if call.out.json:
        call.out.data([_data(each) for each in found])
    elif found:
        heads = ("Name", "Login", "Line", "Role", "On shift")
        call.out.table(heads, [_row(each) for each in found], flexible=(0,))
    else:
        call.out.say("Nobody yet.")


def _row(person: Person) -> tuple[str, ...]:
    theirs = f" of {person.owner}" if person.owner != "us" else ""
    return (person.name, person.id, f"L{person.tier}", f"{person.role}{theirs}", _shift(person))


def _shift(person: Person) -> str:
    if person.gone:
        return "gone"
    return "yes" if person.present else "no"


def _data(person: Person) -> dict[str, Any]:
    names = ("name", "tier", "role", "skills", "owner", "present", "gone", "phone", "mail")
    return {"login": person.id, **{name: getattr(person, name) for name in names}}
