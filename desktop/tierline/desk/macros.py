"""Macros on a ticket: what each step would do, done in turn, and recorded from what was done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from tierline.desk.acting import Done, storable
from tierline.desk.desk import Desk
from tierline.desk.filling import filled_for
from tierline.desk.when import status_phrase
from tierline.domain import macros as steps
from tierline.domain.decide import decide
from tierline.domain.errors import Refusal
from tierline.domain.macros import AnyStep, Macro
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket, evolve
from tierline.domain.tongue import tr
from tierline.domain.wording import first_name

_GONE = Refusal("There is no such ticket.", "Check the number.")
_YOURS = "It is yours already."
_AFTER = "Not reached: a step before it is refused."


class Planned(NamedTuple):
    """One step on one ticket: what it does, its text filled in, and why it would not be done.

    A step that is `skipped` has nothing to do, and those after it go on.
    """

    word: str
    text: str = ""
    reason: str = ""
    skipped: bool = False


def word_of(step: AnyStep, desk: Desk, policy: Policy) -> str:
    """A step in a few words, as its policy calls things."""
    match step:
        case steps.TakeStep():
            return tr("Take it and start the timer") if step.timer else tr("Take it")
        case steps.ReleaseStep():
            return tr("Release it")
        case steps.AssignStep():
            return tr("Assign to {name}", name=desk.people.name(step.person))
        case steps.NoteStep():
            return tr("Resolution plan") if step.plan else tr("Note")
        case steps.MessageStep():
            return tr("Message, told by phone") if step.channel == "phone" else tr("Message")
        case steps.StatusStep():
            again = (
                tr(", look again after {length}", length=_length(step.minutes))
                if step.minutes
                else ""
            )
            return tr(
                "Set to {status_phrase}{again}",
                status_phrase=status_phrase(policy, step.status),
                again=again,
            )
        case steps.PriorityStep():
            return tr(
                "Impact {impact}, urgency {urgency}", impact=step.impact, urgency=step.urgency
            )
        case steps.TimeStep():
            return tr("Log {length}", length=_length(step.minutes))
        case _:
            return tr("Resolve")


def text_of(step: AnyStep) -> str:
    """The words that a step writes, "" for one without."""
    for name in ("text", "steps", "reason"):
        if text := getattr(step, name, ""):
            return str(text)
    return ""


def plan(desk: Desk, ticket_id: str, macro: Macro) -> list[Planned]:
    """What would come of every step now; nothing is done."""
    stored = desk.replica.tickets.get(ticket_id)
    if stored is None:
        return [Planned(macro.name, "", str(_GONE))]
    return list(_planned(desk, stored.ticket, macro))


def run(desk: Desk, ticket_id: str, macro: Macro) -> list[Done | Refusal]:
    """Do the steps in turn, each an act of its own; the first refusal ends it and says so."""
    done: list[Done | Refusal] = []
    told: list[str] = []
    for at, step in enumerate(macro.steps, 1):
        stored = desk.replica.tickets.get(ticket_id)
        if stored is None:
            return [*done, _GONE]
        ticket, policy = stored.ticket, desk.policy(stored.ticket.policy)
        word = word_of(step, desk, policy)
        if _idle(step, ticket, desk.me):
            continue
        command = step.command(desk.clock())
        filled = filled_for(command, ticket, policy, desk.people.name, every=True)
        answer = desk.act(ticket_id, filled)
        if isinstance(answer, Refusal):
            return [*_summed(done, macro), _stopped(macro, at, word, told, answer)]
        done.append(answer)
        told.append(word)
    return _summed(done, macro)


def recorded(acts: Sequence[tuple[Ticket, AnyStep]]) -> tuple[AnyStep, ...]:
    """Steps as they were done on tickets, with the facts of those tickets in braces again."""
    return tuple(_emptied(ticket, step) for ticket, step in acts)


def _planned(desk: Desk, ticket: Ticket, macro: Macro) -> Iterator[Planned]:
    policy, now, refused = desk.policy(ticket.policy), desk.clock(), False
    for step in macro.steps:
        word = word_of(step, desk, policy)
        if refused:
            yield Planned(word, text_of(step), _AFTER)
            continue
        if _idle(step, ticket, desk.me):
            yield Planned(word, _YOURS, skipped=True)
            continue
        command = filled_for(step.command(now), ticket, policy, desk.people.name, every=True)
        answer = decide(ticket, storable(command), policy, now, desk.me)
        if isinstance(answer, Refusal):
            refused = True
            yield Planned(word, _said(command), str(answer).strip())
            continue
        yield Planned(word, _said(command))
        for event in answer:
            ticket = evolve(ticket, event)


def _said(command: object) -> str:
    texts = (getattr(command, name, "") for name in ("text", "steps", "reason", "message"))
    return " / ".join(text for text in texts if text)


def _idle(step: AnyStep, ticket: Ticket, me: str) -> bool:
    return isinstance(step, steps.TakeStep) and ticket.assignee == me


def _summed(done: list[Done | Refusal], macro: Macro) -> list[Done | Refusal]:
    """The last act speaks for all of them."""
    if not done or not isinstance(last := done[-1], Done):
        return done
    count = tr("{n} steps", "{n} step", len(done))
    words = tr(
        "{name}: {count} on {number}.", name=macro.name, count=count, number=last.ticket.number
    )
    return [*done[:-1], msgspec.structs.replace(last, message=words)]


def _stopped(macro: Macro, at: int, word: str, told: list[str], why: Refusal) -> Refusal:
    before = (
        tr("Done before it: {names}. Ctrl Z takes that back.", names=", ".join(told))
        if told
        else ""
    )
    what = tr(
        "{name} stopped at step {at} of {count}, {word}: {what}",
        name=macro.name,
        at=at,
        count=len(macro.steps),
        word=word,
        what=why.what,
    )
    return Refusal(what, f"{before or 'Nothing was done.'} {why.todo}".strip())


def _emptied(ticket: Ticket, step: AnyStep) -> AnyStep:
    facts = {"number": ticket.number, "contact": first_name(ticket.contact)}
    changes: dict[str, str] = {}
    for name in ("text", "steps", "message", "reason"):
        text = getattr(step, name, "")
        for key, value in facts.items():
            if value and value != "there":
                text = re.sub(rf"\b{re.escape(value)}\b", f"{{{key}}}", text)
        if text != getattr(step, name, ""):
            changes[name] = text
    return msgspec.structs.replace(step, **changes) if changes else step


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    parts = ([f"{hours} h"] if hours else []) + ([tr("{rest} min", rest=rest)] if rest else [])
    return " ".join(parts) or "0 min"
