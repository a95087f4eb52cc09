"""Statuses with a gate, people in charge, and the answers to what rules ask."""

from __future__ import annotations

from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.clock_runs import runs
from tierline.domain.errors import Refusal
from tierline.domain.judging import Act, Answer, need
from tierline.domain.policy_process import GateTable
from tierline.domain.rules.keys import run_key
from tierline.domain.tongue import tr


def gated(act: Act, status: str) -> Refusal | None:
    """Why a status is not simply set: it has a gate, and this is how one passes it."""
    gate = act.policy.file.gates.get(status)
    if gate is None:
        return None
    keeper = role_word(act, gate.role)
    line = act.policy.tier_word(gate.from_tier)
    what = f"{gate.word} is entered from {line}, through the {keeper.lower()} only."
    return Refusal(
        what, tr("Ask the {keeper} (gate), who says yes or no.", keeper=keeper.lower()), "status"
    )


def ask_gate(act: Act, command: cmd.AskGate) -> Answer:
    """Ask the gate's keeper, or note whom the keeper asked in turn."""
    gate = _gate(act, command.gate)
    if isinstance(gate, Refusal):
        return gate
    role = command.role or gate.role
    if role != gate.role and role not in gate.may_ask:
        words = ", ".join(role_word(act, each) for each in (gate.role, *gate.may_ask))
        return Refusal(
            tr('"{role}" is not asked for this.', role=role),
            tr("One of: {words}.", words=words),
            "role",
        )
    if refusal := need(command.text, "text", "Say why it should go there."):
        return refusal
    text = command.text.strip()
    asked = ev.GateAsked(at=act.now, by=act.by, gate=command.gate, role=role, text=text)
    return [asked]


def pass_gate(act: Act, command: cmd.PassGate) -> Answer:
    """The keeper's yes enters the status, their no is recorded; both need the question first."""
    gate = _gate(act, command.gate)
    if isinstance(gate, Refusal):
        return gate
    if not any(ask.gate == command.gate and gate.role in ask.asked for ask in act.ticket.gates):
        keeper = role_word(act, gate.role).lower()
        return Refusal(
            tr("The {keeper} has not been asked.", keeper=keeper),
            tr("Ask the {keeper} first (gate).", keeper=keeper),
        )
    if refusal := need(command.person, "person", f"Say who ({role_word(act, gate.role)})."):
        return refusal
    person, text = command.person.strip(), command.text.strip()
    if not command.allowed and (refusal := need(text, "text", "Say why not.")):
        return refusal
    passed = ev.GatePassed(
        at=act.now,
        by=act.by,
        gate=command.gate,
        role=gate.role,
        person=person,
        allowed=command.allowed,
        text=text,
    )
    if not command.allowed:
        return [passed]
    why = text or f"{person} said yes"
    return [passed, ev.StatusChanged(at=act.now, by=act.by, status=command.gate, reason=why)]


def alert_lead(act: Act, command: cmd.AlertLead) -> Answer:
    """Tell someone in charge; the line and the holder stay."""
    roles = act.policy.file.roles
    role = command.role or act.policy.lead
    if role not in roles:
        listed = ", ".join(f"{key} ({word})" for key, word in roles.items()) or "none is defined"
        return Refusal(
            tr('"{role}" is not a role of this policy.', role=role),
            tr("One of: {listed}.", listed=listed),
            "role",
        )
    if refusal := need(command.reason, "reason", "Say what they should know."):
        return refusal
    reason = command.reason.strip()
    key = f"alert/{role}/{len(act.ticket.tasks) + 1}@{act.now:%Y%m%dT%H%M%S}"
    alerted = ev.Alerted(at=act.now, by=act.by, role=role, reason=reason)
    return [alerted, ev.Tasked(at=act.now, by=act.by, role=role, text=reason, key=key)]


def stay(act: Act, command: cmd.Stay) -> Answer:
    """Keep the ticket here against a rule, where the policy lets a person overrule it."""
    if refusal := act.must_be_open("kept"):
        return refusal
    rules, prompts = act.policy.file.rules, act.ticket.prompts
    name = command.rule or (prompts[-1].name if prompts else "")
    rule = rules.get(name)
    if rule is None:
        listed = ", ".join(each for each, table in rules.items() if table.overrule and table.clock)
        todo = f"Say which rule: {listed}." if listed else "Nothing has to be overruled."
        return Refusal(tr("No rule asks anything here."), todo, "rule")
    if not rule.overrule:
        ways = _ways(act)
        return Refusal(
            tr('The rule "{name}" is not overruled.', name=name),
            tr("Resolve it, or {ways}.", ways=ways),
        )
    if refusal := need(command.reason, "reason", "Say why it stays; the history keeps it."):
        return refusal
    clock = act.policy.file.clocks.get(rule.clock)
    going = {run.rule.name for run in runs(act.ticket, act.policy) if run.stopped is None}
    if clock is not None and rule.clock not in going:
        what = f'The rule "{name}" does not wait on {act.ticket.number}: its clock does not run.'
        return Refusal(what, tr("There is nothing to overrule."), "rule")
    run = run_key(act.ticket, clock)
    stayed = ev.Stayed(
        at=act.now, by=act.by, name=name, clock=rule.clock, run=run, reason=command.reason.strip()
    )
    return [stayed]


def finish_task(act: Act, command: cmd.FinishTask) -> Answer:
    """Take a task off the ticket's list, with what came of it."""
    tasks = {task.key: task for task in act.ticket.tasks}
    key = command.key or (next(iter(tasks)) if len(tasks) == 1 else "")
    if key not in tasks:
        listed = "; ".join(f"{each}: {task.text}" for each, task in tasks.items())
        return Refusal(
            tr("That is no open task of this ticket."), listed or tr("There is none."), "key"
        )
    return [ev.TaskDone(at=act.now, by=act.by, key=key, text=command.text.strip())]


def role_word(act: Act, role: str) -> str:
    """What the policy calls a role."""
    return act.policy.file.roles.get(role, role.replace("-", " ").capitalize())


def _ways(act: Act) -> str:
    ways = [p.to_tier for p in act.policy.file.escalations if p.from_tier == act.ticket.tier]
    words = " or ".join(act.policy.tier_word(way) for way in ways)
    return f"escalate it to {words}" if words else "alert the lead"


def _gate(act: Act, name: str) -> GateTable | Refusal:
    gates, ticket = act.policy.file.gates, act.ticket
    gate = gates.get(name)
    if gate is None:
        listed = ", ".join(gates) or "this policy has none"
        return Refusal(
            tr('"{name}" is no gate.', name=name), tr("One of: {listed}.", listed=listed), "gate"
        )
    if refusal := act.must_be_open("given a project"):
        return refusal
    if ticket.tier != gate.from_tier:
        line, here = act.policy.tier_word(gate.from_tier), act.policy.tier_word(ticket.tier)
        what = f"{gate.word} is entered from {line}; {ticket.number} is on {here}."
        return Refusal(what, tr("Escalate it to {line} first.", line=line), "gate")
    if ticket.status == name:
        return Refusal(
            tr("{number} is {word} already.", number=ticket.number, word=gate.word.lower()),
            tr("Nothing was changed."),
        )
    return gate
