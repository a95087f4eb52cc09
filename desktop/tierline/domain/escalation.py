"""Functional escalation and consultation: who may receive, why, and what is handed over."""

from __future__ import annotations

from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.errors import Refusal
from tierline.domain.judging import Act, Answer, blank, need
from tierline.domain.policy_file import EscalationTable
from tierline.domain.tongue import tr


def escalate(act: Act, command: cmd.Escalate) -> Answer:
    """Hand the ticket to another line; complete only with reason, hand-over and message."""
    ticket, policy = act.ticket, act.policy
    if refusal := act.must_be_open("escalated") or act.must_be_proven("escalated"):
        return refusal
    if command.tier == ticket.tier:
        here = policy.tier_word(command.tier)
        return Refusal(
            tr("{number} is on {here} already.", number=ticket.number, here=here),
            _ways(act),
            "tier",
        )
    path = policy.escalation(ticket.tier, command.tier)
    if path is None:
        return _no_path(act, command.tier)
    reason = _reason(path, command.reason)
    if isinstance(reason, Refusal):
        return reason
    if refusal := need(command.handover, "handover", "One sentence for whoever takes over."):
        return refusal
    if path.message and blank(command.message):
        todo = "Write it; no escalation is complete without it."
        return Refusal(tr("The message to the contact is empty."), todo, "message")
    escalated = ev.Escalated(
        at=act.now,
        by=act.by,
        tier=command.tier,
        reason=reason,
        handover=command.handover,
        tried=command.tried,
        assignee=command.assignee,
    )
    events: list[ev.AnyEvent] = [*act.stop_timer(), escalated]
    if not blank(command.message):
        events.append(act.message(command.message, command.message_channel))
    return events


def consult(act: Act, command: cmd.Consult) -> Answer:
    """Record that another line was asked; the ticket stays where it is."""
    if refusal := act.must_be_open("consulted on"):
        return refusal
    if str(command.tier) not in act.policy.file.tiers or command.tier == act.ticket.tier:
        return Refusal(tr("That is not another line."), tr("Choose the line you asked."), "tier")
    if refusal := need(command.text, "question", "Say what you asked or were told."):
        return refusal
    whom = command.whom.strip() or act.policy.tier_word(command.tier)
    return [ev.Consulted(at=act.now, by=act.by, tier=command.tier, whom=whom, text=command.text)]


def _reason(path: EscalationTable, chosen: str) -> str | Refusal:
    """The reason's text; where the policy has lost its list, any sentence will do."""
    reasons = {reason.key: reason.text for reason in path.reasons}
    if chosen in reasons:
        return reasons[chosen]
    if not reasons and not blank(chosen):
        return chosen.strip()
    listed = "; ".join(f"{key}: {text}" for key, text in reasons.items())
    todo = f"Choose one: {listed}." if reasons else "The policy lists none: say it in your words."
    return Refusal(tr("The escalation has no reason."), todo, "reason")


def _no_path(act: Act, tier: int) -> Refusal:
    policy, here = act.policy, act.ticket.tier
    what = f"{policy.tier_word(tier)} takes no tickets from {policy.tier_word(here)}."
    return Refusal(what, _ways(act), "tier")


def _ways(act: Act) -> str:
    policy, here = act.policy, act.ticket.tier
    ways = [path.to_tier for path in policy.file.escalations if path.from_tier == here]
    words = ", ".join(policy.tier_word(way) for way in ways) or "no other line"
    return f"From here it can go to {words}."
