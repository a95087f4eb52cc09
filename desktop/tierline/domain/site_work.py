"""What is done on site beside the visit itself: parts that stay, check-list, the contact's yes."""

from __future__ import annotations

from datetime import UTC

from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.errors import Refusal
from tierline.domain.judging import Act, Answer, need
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr
from tierline.domain.visiting import visit_rules

MOST = 9_999  # pieces of one part


def use_part(act: Act, command: cmd.UsePart) -> Answer:
    """Note a part that stays with the client, on an ended ticket too: it was fitted there."""
    if refusal := need(command.part, "part", "Say what it is."):
        return refusal
    if not 1 <= command.quantity <= MOST:
        return Refusal(
            tr("That is no number of pieces."), tr("Give 1 to {most:,}.", most=MOST), "quantity"
        )
    serial = command.serial.strip()
    if serial and any(_same(serial, each.serial) for each in act.ticket.parts):
        what = f"A part with the serial {serial} is on {act.ticket.number} already."
        return Refusal(what, tr("Check the number, or take the other one off first."), "serial")
    used = ev.PartUsed(
        at=act.now,
        by=act.by,
        key=f"P{len(act.ticket.parts) + 1}@{act.now.astimezone(UTC):%Y%m%dT%H%M%S.%f}",
        part=command.part.strip(),
        quantity=command.quantity,
        serial=serial,
        number=command.number.strip(),
    )
    return [used]


def return_part(act: Act, command: cmd.ReturnPart) -> Answer:
    """Take a part off again; blank `key` is the latest."""
    parts = act.ticket.parts
    if not parts:
        return Refusal(
            tr("No part is noted on {number}.", number=act.ticket.number),
            tr("Nothing was changed."),
        )
    found = [each for each in parts if command.key in (each.key, each.serial, "")]
    if not found:
        keys = ", ".join(each.key for each in parts)
        return Refusal(
            tr('There is no part "{key}".', key=command.key),
            tr("One of: {keys}.", keys=keys),
            "part",
        )
    reason = command.reason.strip()
    return [ev.PartReturned(at=act.now, by=act.by, key=found[-1].key, reason=reason)]


def check(act: Act, command: cmd.Check) -> Answer:
    """Tick a point of the check-list off, or open it again; others than the policy's are fine."""
    if refusal := need(command.item, "item", "Say what was done."):
        return refusal
    item = command.item.strip()
    if (item in act.ticket.checks) == command.done:
        state = "done" if command.done else "to be done"
        return Refusal(
            tr('"{item}" is {state} already.', item=item, state=state), tr("Nothing was changed.")
        )
    return [ev.Checked(at=act.now, by=act.by, item=item, done=command.done)]


def sign_off(act: Act, command: cmd.SignOff) -> Answer:
    """Record who of the client's confirmed the work, and how."""
    if act.ticket.ended in ("closed", "cancelled"):
        return act.must_be_open("signed off") or []
    if refusal := need(command.name, "name", "Write the name of who confirms it."):
        return refusal
    if command.way == "signature" and not command.sha256:
        todo = "Let them sign, or choose on paper or by phone."
        return Refusal(tr("The signature is missing."), todo, "signature")
    words = command.words.strip() or visit_rules(act.policy).sign_off
    signed = ev.SignedOff(
        at=act.now,
        by=act.by,
        name=command.name.strip(),
        way=command.way,
        sha256=command.sha256,
        words=words,
    )
    return [signed]


def confirmed_by(ticket: Ticket, policy: Policy) -> str:
    """Whose sign-off is the yes that closing asks for, "" where there is none or it is not one."""
    rules = policy.file.visits
    return ticket.signed.name if rules and rules.confirms and ticket.signed else ""


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
