"""Between the contact and us: messages and where they are, proof, consent, what they dispute."""

from __future__ import annotations

from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.errors import Refusal
from tierline.domain.judging import Act, Answer, blank, need, needs_proof
from tierline.domain.tongue import tr


def message(act: Act, command: cmd.Message) -> Answer:
    """Tell the contact something."""
    if refusal := need(command.text, "text", "Write what the contact should know."):
        return refusal
    if refusal := act.must_be_proven("answered"):
        return refusal
    return [act.message(command.text, command.channel, command.to)]


def receive(act: Act, command: cmd.Receive) -> Answer:
    """Record what the contact said."""
    if refusal := need(command.text, "text", "Write what the contact said."):
        return refusal
    event = ev.Messaged(
        at=act.now, by=act.by, text=command.text, channel=command.channel, direction="in"
    )
    return [event]


def mark_delivered(act: Act, command: cmd.MarkDelivered) -> Answer:
    """Say what became of a message that was still to be sent."""
    waiting = {letter.key: letter for letter in act.ticket.outbox}
    if not waiting:
        return Refusal(
            tr("{number} has no message to send.", number=act.ticket.number),
            tr("All of them went out."),
        )
    key = command.message or list(waiting)[-1]
    if key not in waiting:
        listed = ", ".join(waiting)
        return Refusal(
            tr('No message "{key}" is to be sent.', key=key),
            tr("One of: {listed}.", listed=listed),
            "message",
        )
    if command.state == "failed" and blank(command.why):
        return Refusal(tr("Why it failed is missing."), tr("Say what happened to it."), "why")
    why = command.why.strip()
    return [ev.Delivered(at=act.now, by=act.by, message=key, state=command.state, why=why)]


def verify(act: Act, command: cmd.Verify) -> Answer:
    """Record who proved the caller's identity how; where a PIN is asked for, only that does."""
    if refusal := need(command.how, "how", "Say how the caller was verified."):
        return refusal
    if not command.pin and needs_proof(act.ticket, act.policy):
        return act.must_be_proven("worked on") or []
    return [ev.Verified(at=act.now, by=act.by, how=command.how.strip(), pin=command.pin)]


def fail_pin(act: Act, command: cmd.FailPin) -> Answer:
    """Record a wrong PIN; the PIN itself is never given."""
    locked, tries = command.locked_until, max(1, command.tries)
    return [ev.PinFailed(at=act.now, by=act.by, tries=tries, locked_until=locked)]


def consent(act: Act, command: cmd.Consent) -> Answer:
    """Record that the contact agreed, in the policy's words unless others are given."""
    if refusal := need(command.what, "what", "Say what they agreed to."):
        return refusal
    remote = act.policy.file.remote
    words = command.words.strip() or (remote.words if remote else "")
    return [ev.Consented(at=act.now, by=act.by, what=command.what.strip(), words=words)]


def dispute(act: Act, command: cmd.Dispute) -> Answer:
    """Open the assessment again because the contact does not accept the priority."""
    if not act.policy.file.classification.dispute:
        what = f"{act.policy.label} does not let a contact dispute the priority."
        return Refusal(what, tr("Judge it anew yourself (P), or record their complaint."))
    if refusal := act.must_be_open("disputed") or need(
        command.reason, "reason", "Say what the contact says against it."
    ):
        return refusal
    priority, reason = act.ticket.priority, command.reason.strip()
    return [ev.Disputed(at=act.now, by=act.by, priority=priority, reason=reason)]


def complain(act: Act, command: cmd.Complain) -> Answer:
    """The contact's own escalation: recorded with its reference, and whoever is in charge told."""
    table = act.policy.file.complaints
    if table is None:
        what = f"{act.policy.label} has no escalation by the contact."
        return Refusal(what, tr("Tell someone in charge (alert), or note it."))
    reason = _listed(command.reason, table.reasons)
    if not reason:
        listed = "; ".join(f"{n} {text}" for n, text in enumerate(table.reasons, 1))
        return Refusal(
            tr("The reason is missing."), tr("Choose one: {listed}.", listed=listed), "reason"
        )
    ticket = act.ticket
    reference = command.reference.strip() or f"{ticket.number}-E{ticket.complaints + 1}"
    said = ev.Complained(
        at=act.now, by=act.by, reason=reason, reference=reference, text=command.text.strip()
    )
    text = f"{ticket.contact or 'The contact'} escalated {ticket.number} ({reference}): {reason}"
    task = ev.Tasked(at=act.now, by=act.by, role=table.role, text=text, key=f"E/{reference}")
    return [said, task]


def _listed(typed: str, reasons: tuple[str, ...]) -> str:
    """The reason that was meant, by its text or its position; any text where none is listed."""
    asked = typed.strip()
    if not reasons:
        return asked
    if asked.isdecimal() and 0 < int(asked) <= len(reasons):
        return reasons[int(asked) - 1]
    return next((text for text in reasons if text.casefold() == asked.casefold()), "")
