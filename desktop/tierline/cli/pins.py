"""`tierline pin …`: set and check a contact's PIN. It is read from a prompt or stdin alone."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from tierline.cli.acting import done_data, present
from tierline.cli.call import Call, RefusedError
from tierline.cli.groups import pin
from tierline.cli.moments import iso
from tierline.cli.registry import REFUSED, command
from tierline.cli.words import Number
from tierline.desk.identity import PinState
from tierline.desk.when import day_and_time, when
from tierline.domain.errors import Refusal
from tierline.storage.records import Contact

_MOST = 64  # characters read of a line: far more than any PIN has
OfTicket = Annotated[str, typer.Argument(metavar="[NUMBER]", help="A ticket of the contact's.")]
ClientName = Annotated[str, typer.Option("--client", metavar="NAME", help="Whose contact.")]
ContactName = Annotated[str, typer.Option("--contact", metavar="NAME", help="Who.")]


@command(
    pin,
    "set",
    "tierline pin set 12376",
    'tierline pin set --client "Marrowby Foods" --contact "Ada Prior"',
)
def set_(
    call: Call, number: OfTicket = "", client: ClientName = "", contact: ContactName = ""
) -> None:
    """Give a contact a PIN; the one before is forgotten."""
    _one_of(number, client, contact)
    ticket_id = ""
    if number:
        ticket = present(call, number).ticket
        client, contact, ticket_id = ticket.client, ticket.contact, ticket.id
    else:
        known = _known(call, client, contact)
        client, contact = known.client, known.name
    answer = call.desk.set_pin(client, contact, _asked(f"PIN for {contact}", twice=True), ticket_id)
    if isinstance(answer, Refusal):
        raise RefusedError(answer)
    said = f"Set the PIN of {answer.name}."
    if call.out.json:
        call.out.data({"done": said, "set_at": iso(answer.pin_set_at), "set_by": answer.pin_set_by})
    else:
        call.out.say(said)


@command(pin, "check", "tierline pin check 12376")
def check(call: Call, number: Number) -> None:
    """Compare what the caller says with their PIN; wrong ones are counted."""
    stored = present(call, number)
    said = _asked(f"PIN of {stored.ticket.contact or 'the caller'}")
    answer = call.desk.check_pin(stored.ticket.id, said, stored.seq)
    if isinstance(answer, Refusal):
        raise RefusedError(answer)
    if answer.right and not call.out.json:
        call.out.say(answer.what)
    elif answer.right:
        call.out.data({**done_data(call, answer.done), "right": True})
    elif call.out.json:
        call.out.data(
            {
                "refused": {"what": answer.what, "todo": answer.todo, "field": "pin"},
                "right": False,
                "tries_left": answer.left,
                "locked_until": iso(answer.locked_until),
            }
        )
    if not answer.right:
        if not call.out.json:
            call.out.refused(Refusal(answer.what, answer.todo, "pin"))
        raise typer.Exit(REFUSED)


@command(
    pin,
    "show",
    "tierline pin show 12376",
    'tierline pin show --client "Marrowby Foods" --contact "Ada Prior"',
)
def show(
    call: Call, number: OfTicket = "", client: ClientName = "", contact: ContactName = ""
) -> None:
    """Say whether a contact has a PIN, who set it when, and whether it is locked."""
    _one_of(number, client, contact)
    if number:
        ticket = call.ticket(number).ticket
        name, state = ticket.contact, call.desk.pin_state(ticket.id)
        assert state is not None
    else:
        known = _known(call, client, contact)
        name, state = known.name, call.desk.contact_pin(known)
    if call.out.json:
        call.out.data(_state(name, state))
    else:
        call.out.say(_sentence(call, name or "The contact", state))


def _state(name: str, state: PinState) -> dict[str, Any]:
    return {
        "contact": name,
        "set": state.set,
        "set_at": iso(state.set_at),
        "set_by": state.set_by,
        "tries_left": state.left,
        "locked_until": iso(state.locked_until),
        "needed": state.needed,
        "otherwise": state.otherwise,
    }


def _one_of(number: str, client: str, contact: str) -> None:
    if bool(number) == bool(client or contact):
        raise typer.BadParameter("a ticket's NUMBER, or --client and --contact", param_hint="pin")


def _sentence(call: Call, who: str, state: PinState) -> str:
    if not state.set:
        said = f"{who} has no PIN."
    elif state.locked_until:
        said = f"{who}'s PIN is locked until {when(state.locked_until, call.now, call.desk.zone)}."
    else:
        at = f", set {day_and_time(state.set_at, call.desk.zone)}" if state.set_at else ""
        by = f" by {call.desk.people.name(state.set_by)}" if state.set_by else ""
        left = f"; {state.left} tries left" if state.left is not None else ""
        said = f"{who} has a PIN{at}{by}{left}."
    waits = " The ticket waits for it." if state.needed else ""
    return f"{said}{waits}"


def _known(call: Call, client: str, contact: str) -> Contact:
    """The contact of the directory; a slip in a name must not make a second one with a PIN."""
    known = call.desk.replica.directory.contact(client.strip(), contact.strip())
    if known is None:
        names = [each.name for each in call.desk.people.contacts(client.strip(), "")]
        todo = f"Known there: {', '.join(names)}." if names else "Check both names."
        raise RefusedError(f'No contact "{contact}" of "{client}" is known.', todo, "contact")
    return known


def _asked(question: str, *, twice: bool = False) -> str:
    """What was typed unseen at a terminal, or the first line of standard input."""
    if sys.stdin.isatty():
        more: dict[str, Any] = {"hide_input": True, "default": "", "show_default": False}
        return str(typer.prompt(question, confirmation_prompt=twice, err=True, **more))
    return sys.stdin.readline(_MOST).strip()
