"""Resolve, re-open, close, cancel: how a ticket ends, and how it comes back."""

from __future__ import annotations

from datetime import datetime

from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.errors import Refusal
from tierline.domain.judging import Act, Answer, blank, first_status, need, working_status
from tierline.domain.rules.times import later
from tierline.domain.site_work import confirmed_by
from tierline.domain.tongue import tr
from tierline.domain.visiting import called_off


def resolve(act: Act, command: cmd.Resolve) -> Answer:
    """Say that it works; the steps are what the contact and the next technician read."""
    if refusal := act.must_be_open("resolved") or act.must_be_proven("resolved"):
        return refusal
    if refusal := need(command.steps, "steps", "Say what was done to resolve it."):
        return refusal
    events: list[ev.AnyEvent] = list(act.stop_timer())
    events.append(
        ev.Resolved(
            at=act.now,
            by=act.by,
            status=first_status(act.policy, "resolved"),
            steps=command.steps,
            workaround=command.workaround,
            first_contact=command.first_contact,
        )
    )
    if not blank(command.message):
        events.append(act.message(command.message, command.message_channel))
    return events


def work_around(act: Act, command: cmd.Workaround) -> Answer:
    """Say that the contact can work by a detour: some promises are met by that."""
    if refusal := act.must_be_open("worked around") or act.must_be_proven("worked around"):
        return refusal
    if refusal := need(command.text, "workaround", "Say how the contact can work meanwhile."):
        return refusal
    events: list[ev.AnyEvent] = [ev.WorkedAround(at=act.now, by=act.by, text=command.text)]
    if not blank(command.message):
        events.append(act.message(command.message, command.message_channel))
    return events


def reopen(act: Act, command: cmd.Reopen) -> Answer:
    """Bring it back while the policy's time for that lasts; then a new ticket is the way."""
    ticket = act.ticket
    if ticket.open:
        return Refusal(
            tr("{number} is open.", number=ticket.number), tr("There is nothing to re-open.")
        )
    if ticket.ended == "cancelled":
        return Refusal(tr("{number} was cancelled.", number=ticket.number), tr("Log a new ticket."))
    if refusal := need(command.reason, "reason", "Say what still does not work."):
        return refusal
    until = reopen_until(act)
    if until is not None and act.now > until:
        what = f"{ticket.number} could be re-opened for {act.policy.file.reopen.within} only."
        return Refusal(what, tr("Log a new ticket that names {number}.", number=ticket.number))
    status = working_status(act.policy) if ticket.assignee else first_status(act.policy, "new")
    return [
        ev.Reopened(
            at=act.now,
            by=act.by,
            status=status,
            reason=command.reason.strip(),
            channel=command.channel,
        )
    ]


def reopen_until(act: Act) -> datetime | None:
    """The last instant (UTC) of the re-open window; None when the policy sets no limit."""
    resolved = act.ticket.resolved_at
    return later(act.policy, resolved, act.policy.file.reopen.within) if resolved else None


def close(act: Act, command: cmd.Close) -> Answer:
    """End it, when it is resolved, nothing is owed, and (by policy) the contact said yes.

    Where the policy says so, who signed the work off on site has said it.
    """
    ticket, policy = act.ticket, act.policy
    if ticket.ended != "resolved":
        state = ticket.ended or "not resolved"
        return Refusal(
            tr("{number} is {state}.", number=ticket.number, state=state),
            tr("Only a resolved ticket is closed."),
        )
    if ticket.missing:
        words = ", ".join(field_word(act, name) for name in ticket.missing)
        return Refusal(
            tr("{number} still lacks: {words}.", number=ticket.number, words=words),
            tr("Fill them in, then close."),
        )
    confirmed = command.confirmed_by.strip() or confirmed_by(ticket, policy)
    if policy.file.reopen.confirm and blank(confirmed):
        who = ticket.contact or "The contact"
        what = f"{who} has not said that it works."
        return Refusal(what, tr("Ask (M), then close with who confirmed."), "confirmed_by")
    return [
        ev.Closed(
            at=act.now,
            by=act.by,
            status=first_status(policy, "closed"),
            confirmed_by=confirmed,
            reason=command.reason.strip(),
        ),
        *called_off(act, "The ticket was closed."),
    ]


def cancel(act: Act, command: cmd.Cancel) -> Answer:
    """End what never was, or is no longer, our work."""
    if refusal := act.must_be_open("cancelled"):
        return refusal
    if refusal := need(command.reason, "reason", "Say why it is cancelled."):
        return refusal
    return [
        *act.stop_timer(),
        ev.Cancelled(
            at=act.now,
            by=act.by,
            status=first_status(act.policy, "cancelled"),
            reason=command.reason.strip(),
        ),
        *called_off(act, "The ticket was cancelled."),
    ]


def field_word(act: Act, name: str) -> str:
    """What people call a field of the ticket."""
    field = act.policy.file.fields.get(name)
    return field.word if field else name.replace("_", " ")
