"""Which acts a ticket allows now, and why not the others: asked of `decide` itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from tierline.desk.visits import visit_steps
from tierline.domain import commands as cmd
from tierline.domain.decide import decide
from tierline.domain.errors import Refusal
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr

_ANY = "?"


class Action(NamedTuple):
    """An act with its word and key; `reason` says why it is not allowed ("" when it is)."""

    kind: str
    word: str
    key: str
    reason: str = ""

    @property
    def allowed(self) -> bool:
        """Whether it can be done now (given what it asks for)."""
        return not self.reason


def actions(
    ticket: Ticket, policy: Policy, now: datetime, me: str, barred: Mapping[str, str]
) -> tuple[Action, ...]:
    """Every act of the action bar and the palette, in their order, as of `now` (aware).

    `barred` says by kind what is not for me whatever the ticket, and why.
    """
    return tuple(
        Action(kind, word, key, barred.get(kind) or _why_not(ticket, probes, policy, now, me))
        for kind, word, key, probes in _probes(ticket, policy, me)
    )


def _why_not(
    ticket: Ticket, probes: list[cmd.Command], policy: Policy, now: datetime, me: str
) -> str:
    """Why none of the probes would go through; what only lacks an input would."""
    reason = tr("The policy has no such step.")
    for probe in probes:
        answer = decide(ticket, probe, policy, now, me)
        if not isinstance(answer, Refusal) or _lacks_only(probe, answer):
            return ""
        reason = str(answer).strip()
    return reason


def _lacks_only(probe: cmd.Command, answer: Refusal) -> bool:
    """Whether it was refused for something that the probe left for a person to fill in."""
    return bool(answer.field) and not getattr(probe, answer.field, "")


def _probes(
    ticket: Ticket, policy: Policy, me: str
) -> Iterator[tuple[str, str, str, list[cmd.Command]]]:
    file = policy.file
    waiting = [k for k in policy.statuses("waiting") if k != ticket.status]
    active = [k for k in policy.statuses("active") if k != ticket.status]
    ways = [p.to_tier for p in file.escalations if p.from_tier == ticket.tier]
    other = ticket.priority % 4 + 1
    timer = cmd.StopTimer() if ticket.timer_since else cmd.StartTimer()
    proven = cmd.Verify(how=_ANY, pin=True)
    others = [int(tier) for tier in file.tiers if int(tier) != ticket.tier]
    yield "take", tr("Take"), "T", [cmd.Take()]
    yield "release", tr("Release"), "T", [cmd.Release()]
    yield "assign", tr("Assign"), "", [cmd.Assign(assignee=_ANY)]
    yield "escalate", tr("Escalate"), "E", [_escalate(to) for to in ways]
    yield (
        "consult",
        tr("Consult"),
        "C",
        [cmd.Consult(tier=t, whom="", text=_ANY) for t in others[:1]],
    )
    yield "wait", tr("Wait for…"), "W", [cmd.ChangeStatus(status=k, reason=_ANY) for k in waiting]
    yield "status", tr("Change status"), "", [cmd.ChangeStatus(status=k) for k in active]
    steps = visit_steps(ticket, policy, me)
    word = steps[0].word if steps else tr("Visit")
    yield "visit", word, "V", [step.command for step in steps]
    yield "plan_visit", tr("Plan a visit"), "", [cmd.PlanVisit()]
    yield "part", tr("Note a part"), "", [cmd.UsePart(part="")]
    yield "sign_off", tr("Sign-off of the contact"), "", [cmd.SignOff(name="", way="phone")]
    yield "resolve", tr("Resolve"), "R", [cmd.Resolve(steps=_ANY)]
    yield "note", tr("Note"), "N", [cmd.Note(text=_ANY)]
    yield "message", tr("Message to contact"), "M", [cmd.Message(text=_ANY)]
    yield "time", tr("Log time"), "L", [cmd.LogTime(seconds=60)]
    yield "timer", tr("Work timer"), "B", [timer]
    yield "prioritise", tr("Priority"), "P", [cmd.Prioritise(priority=other, reason=_ANY)]
    yield "verify", tr("Identify caller"), "I", [cmd.Verify(how=_ANY), proven]
    yield "fill", tr("Fill in details"), "", [cmd.FillDetails(subject=_ANY)]
    yield "reopen", "Re-open", "", [cmd.Reopen(reason=_ANY)]
    yield "close", tr("Close"), "", [cmd.Close(confirmed_by=_ANY)]
    yield "cancel", tr("Cancel"), "", [cmd.Cancel(reason=_ANY)]
    yield "merge", tr("Merge"), "", [cmd.Merge(into=_ANY, number=_ANY, reason=_ANY)]
    yield "link", tr("Link"), "", [cmd.Link(other=_ANY, number=_ANY, how="related")]
    yield from _process_probes(ticket, policy)


def _process_probes(
    ticket: Ticket, policy: Policy
) -> Iterator[tuple[str, str, str, list[cmd.Command]]]:
    """The acts of the process beyond the everyday ones."""
    gates: list[cmd.Command] = [cmd.AskGate(gate=gate, text="") for gate in policy.file.gates]
    passed: list[cmd.Command] = [cmd.PassGate(gate=ask.gate, person="") for ask in ticket.gates]
    stay: list[cmd.Command] = [cmd.Stay(reason="", rule=prompt.name) for prompt in ticket.prompts]
    yield "stay", tr("Stay on it"), "", stay or [cmd.Stay(reason="", rule=_ANY)]
    yield "workaround", tr("Workaround found"), "", [cmd.Workaround(text="")]
    yield "complain", tr("The contact’s own escalation"), "", [cmd.Complain(reason="")]
    yield "dispute", tr("Priority disputed"), "", [cmd.Dispute(reason="")]
    yield "alert", tr("Alert the lead"), "", [cmd.AlertLead(reason="")]
    yield "gate", tr("Ask for project or testing"), "", gates
    yield "pass_gate", tr("Answer of the gate’s keeper"), "", passed
    yield "consent", tr("Consent"), "", [cmd.Consent(what="")]
    yield "deliver", tr("Mark as sent"), "", [cmd.MarkDelivered()]
    yield "correct_time", tr("Correct the time"), "", [cmd.CorrectTime(seconds=60, reason="")]
    settled: list[cmd.Command] = [
        cmd.Settle(conflict=each.key, choice="keep") for each in ticket.conflicts
    ]
    yield (
        "settle",
        tr("Settle the conflict"),
        "",
        settled or [cmd.Settle(conflict="", choice="keep")],
    )
    yield "task_done", tr("Task done"), "", [cmd.FinishTask(key=task.key) for task in ticket.tasks]
    yield "quote", tr("Give a quote"), "", [cmd.GiveQuote(cents=0, text="")]
    yield "answer_quote", tr("Answer to the quote"), "", [cmd.AnswerQuote(person="")]
    yield "feedback", tr("Feedback of the contact"), "", [cmd.Feedback(answer="")]
    yield (
        "attach",
        tr("Attach a file or a photo"),
        "",
        [cmd.Attach(name="a", sha256="0" * 64, size=1)],
    )
    word = tr("Let everybody read it") if ticket.restricted else tr("Let only a few read it")
    yield "restrict", word, "", [cmd.Restrict(on=not ticket.restricted)]


def _escalate(tier: int) -> cmd.Command:
    return cmd.Escalate(tier=tier, reason="", handover="")
