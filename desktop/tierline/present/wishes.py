"""What a sheet may ask for beyond a command on its ticket: frozen values, granted by `process`."""

from __future__ import annotations

from typing import NamedTuple

from tierline.desk.bulk import Preview
from tierline.desk.outbox import Outgoing, State
from tierline.desk.refusals import Way
from tierline.desk.teaming import Handing
from tierline.domain import commands as cmd
from tierline.domain.macros import Macro
from tierline.domain.tongue import tr
from tierline.storage.records import Template
from tierline.system.secrets import Secret


class CheckPin(NamedTuple):
    """Compare what the caller said with the PIN of the ticket's contact."""

    ticket_id: str
    pin: str
    seq: int = 0

    def __repr__(self) -> str:
        """Without the PIN: a value may end in a log."""
        return f"CheckPin({self.ticket_id})"


class SetPin(NamedTuple):
    """Give a contact a PIN, in place of the one they had."""

    ticket_id: str
    client: str
    contact: str
    pin: str

    def __repr__(self) -> str:
        """Without the PIN: a value may end in a log."""
        return tr("SetPin({client}, {contact})", client=self.client, contact=self.contact)


class Reply(NamedTuple):
    """Record what the contact said, and what comes of it (a key of `Desk.reply_ways`)."""

    ticket_id: str
    said: cmd.Receive
    then: str


class Mark(NamedTuple):
    """Say what became of a message."""

    message: Outgoing
    state: State = "sent by hand"
    why: str = ""


class Act(NamedTuple):
    """A command on one ticket, whatever is chosen in the list."""

    ticket_id: str
    command: cmd.Command


class OnMany(NamedTuple):
    """An act on those tickets of a selection that allow it."""

    preview: Preview


class HandAll(NamedTuple):
    """Hand tickets over to a person, or ("" for `to`) to a team, each with its note."""

    handings: tuple[Handing, ...]
    to: str
    group: str


class GivePassword(NamedTuple):
    """Sign in to the hub with this password; keep it in the keyring if wished."""

    secret: Secret
    keep: bool


class Refused(NamedTuple):
    """What becomes of an act that the hub refused: "resend", "note" or "withdraw"."""

    op_id: str
    ticket_id: str
    way: Way
    text: str


class Keep(NamedTuple):
    """Keep a view or a macro, a new one (its id blank) or one that was changed."""

    entry: Template


class Move(NamedTuple):
    """Put a view or a macro so many places further down, or up when negative."""

    template_id: str
    by: int


class Drop(NamedTuple):
    """Take a view or a macro away."""

    template_id: str


class Compose(NamedTuple):
    """Write a macro: this one, or a new one for None."""

    macro: Macro | None


class Rehearse(NamedTuple):
    """Show what a macro would do to the open ticket."""

    macro_id: str


class RunMacro(NamedTuple):
    """Do the steps of a macro on a ticket."""

    ticket_id: str
    macro: Macro


class Bind(NamedTuple):
    """Give an act these keys: none for (), the usual ones for None; a blank name is every act."""

    act: str
    keys: tuple[str, ...] | None


class TakeBack(NamedTuple):
    """Take back what was done last."""


ShelfWish = Keep | Move | Drop
WindowWish = Compose | Rehearse | RunMacro | Bind | TakeBack
ProcessWish = CheckPin | SetPin | Reply | Mark | Act | HandAll | Refused
Wish = ProcessWish | OnMany | GivePassword | ShelfWish | WindowWish
