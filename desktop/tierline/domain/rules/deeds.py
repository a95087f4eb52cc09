"""What a rule's act consists of: events in the policy's words, with the rule's name on each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from tierline.domain import events as ev
from tierline.domain.clock_runs import Run, WorkRun
from tierline.domain.clocks import deadlines
from tierline.domain.judging import first_status, message_key
from tierline.domain.policy import Policy
from tierline.domain.rules.candidates import Candidate, receiving_line
from tierline.domain.ticket import Ticket, evolve
from tierline.domain.wording import NOBODY_YET, filled, known_of, message_for, told_time

Events = list[ev.AnyEvent]
_SOON = "the next working day"
_BUSY = "we are still at work on it"


@dataclass(frozen=True, slots=True)
class Deed:
    """One rule about to act on one ticket at `now` (aware UTC)."""

    ticket: Ticket
    policy: Policy
    now: datetime
    todo: Candidate

    @property
    def label(self) -> str:
        """Which rule of which policy it is, as the history says it."""
        return f"{self.todo.name}, {self.policy.label}"

    def events(self) -> tuple[ev.AnyEvent, ...]:
        """What happens; the first event carries the occasion."""
        made = _loop(self) if self.todo.loop else [*_DOES[self.todo.table.does](self)]
        made += _survey(self, made)
        if not made:
            return ()
        named = [replace(event, rule=self.label) for event in made]
        return (replace(named[0], occasion=self.todo.occasion), *named[1:])

    def message(self, kind: str, ticket: Ticket | None = None, **more: str) -> Events:
        """The template's message to the contact; nothing when there are no words for it."""
        about = ticket or self.ticket
        known = {"assignee": NOBODY_YET} | more
        text = message_for(kind, about, self.policy, **known) if kind else ""
        return [self.said(text)] if text else []

    def said(self, text: str) -> ev.Messaged:
        """A message that is to be sent."""
        return ev.Messaged(
            at=self.now,
            text=text,
            channel=self.policy.writing_channel,
            to=self.ticket.contact,
            delivery="to send",
            key=message_key(self.ticket.sent, self.now),
        )

    def stop_timer(self) -> Events:
        """Whoever works on it has worked until now, on the line it leaves."""
        since, by = self.ticket.timer_since, self.ticket.timer_by
        if since is None:
            return []
        seconds = max(0, int((self.now - since).total_seconds()))
        return [ev.TimeLogged(at=self.now, by=by, seconds=seconds)]


def why(policy: Policy, ticket: Ticket, run: Run | None, share: float) -> str:
    """What has come to pass: "Line limit: 80 % of 30 minutes of work used on 1st line"."""
    if run is None:
        return ""
    table = run.rule.table
    part = f"{round(share * 100)} % of {run.rule.amount}" if share < 1 else str(run.rule.amount)
    work = " of work" if isinstance(run, WorkRun) else ""
    line = f" on {policy.tier_word(ticket.tier)}" if table.starts == "tier" else ""
    return f"{table.word}: {part}{work} used{line}"


def _why(deed: Deed) -> str:
    said = why(deed.policy, deed.ticket, deed.todo.run, deed.todo.table.at)
    return said or deed.todo.table.help or f"By the rule {deed.todo.name}"


def _prompt(deed: Deed) -> Events:
    table, run = deed.todo.table, deed.todo.key
    text = _why(deed)
    name, clock = deed.todo.name, table.clock
    return [ev.Prompted(at=deed.now, name=name, text=text, clock=clock, run=run)]


def _escalate(deed: Deed) -> Events:
    to = receiving_line(deed.ticket, deed.policy, deed.todo.table)
    return _to_line(deed, to, _why(deed), deed.todo.table.tell or "escalated")


def _to_line(deed: Deed, to: int, reason: str, tell: str) -> Events:
    line, held = deed.policy.tier_word(deed.ticket.tier), deed.ticket.assignee
    handover = f"Handed on by itself from {line}."
    moved = ev.Escalated(at=deed.now, tier=to, reason=reason, handover=handover, held=held)
    tier = deed.policy.tier_word(to)
    return [*deed.stop_timer(), moved, *deed.message(tell, tier=tier, reason=reason)]


def _raise(deed: Deed) -> Events:
    ticket, policy, reason = deed.ticket, deed.policy, _why(deed)
    to = ticket.priority - 1
    raised = ev.Prioritised(
        at=deed.now, priority=to, impact=ticket.impact, urgency=ticket.urgency, reason=reason
    )
    made: Events = [raised]
    told: Events = deed.message(deed.todo.table.tell, priority=f"P{to}", reason=reason)
    line = _beyond_remit(ticket, policy, to) if deed.todo.table.remit else 0
    if line:
        here = policy.tier_word(ticket.tier)
        up = _to_line(deed, line, f"P{to} is beyond the remit of {here}. {reason}", "escalated")
        made += [event for event in up if not isinstance(event, ev.Messaged)]
        told += [event for event in up if isinstance(event, ev.Messaged)]
    text = "\n".join(event.text for event in told if isinstance(event, ev.Messaged))
    return [*made, deed.said(text)] if text else made


def _beyond_remit(ticket: Ticket, policy: Policy, priority: int) -> int:
    """The nearest line up whose remit the priority is, when it is not this one's; 0 for none."""
    tiers = policy.file.tiers
    here = tiers.get(str(ticket.tier))
    if here is None or priority in here.priorities:
        return 0
    ways = [p.to_tier for p in policy.file.escalations if p.from_tier == ticket.tier]
    fitting = (way for way in ways if way > ticket.tier and priority in tiers[str(way)].priorities)
    return min(fitting, default=0)


def _message(deed: Deed) -> Events:
    ticket = deed.ticket
    return deed.message(
        deed.todo.table.tell,
        reason=ticket.status_why or _BUSY,
        due=_next_promise(deed),
    )


def _next_promise(deed: Deed) -> str:
    """When the contact hears from us next: by the update clock as this very message starts it."""
    after = evolve(deed.ticket, replace(deed.said("-"), rule=deed.label))
    owed = [d for d in deadlines(after, deed.policy) if d.due and not d.stopped]
    clocks = deed.policy.file.clocks
    news = [d for d in owed if clocks[d.name].starts == "message_out"]
    found = news or [d for d in owed if d.due and d.due > deed.now]
    return told_time(found[0].due, deed.policy) if found and found[0].due else _SOON


def _resolve(deed: Deed) -> Events:
    follow, policy = deed.todo.follow, deed.policy
    steps = _why(deed)
    if follow is not None:
        said = f"{follow.times} messages" if follow.times > 1 else "our message"
        steps = f"{follow.why or 'No answer'}: {said} brought no answer."
    status = first_status(policy, "resolved")
    resolved = ev.Resolved(at=deed.now, status=status, steps=steps)
    tell = follow.end if follow else deed.todo.table.tell
    return [*deed.stop_timer(), resolved, *deed.message(tell, steps=steps)]


def _close(deed: Deed) -> Events:
    reopen = deed.policy.file.reopen
    after = deed.policy.said_amount(reopen.close_after or reopen.within)
    reason = f"Not re-opened within {after}" if after else _why(deed)
    closed = ev.Closed(at=deed.now, status=first_status(deed.policy, "closed"), reason=reason)
    return [closed, *deed.message(deed.todo.table.tell)]


def _task(deed: Deed) -> Events:
    todo, policy = deed.todo, deed.policy
    role = todo.table.role or policy.lead
    known = known_of(deed.ticket, policy)
    text = todo.table.help or (filled(policy.file.templates.get(todo.table.tell, ""), known))
    if todo.follow is not None:
        text = f"{todo.follow.why or 'No answer'}: {todo.follow.times} messages, no answer."
    return [ev.Tasked(at=deed.now, role=role, text=text or _why(deed), key=todo.occasion)]


def _expire(deed: Deed) -> Events:
    if deed.ticket.quote is None or not deed.ticket.quote.open:
        return []
    return [ev.QuoteExpired(at=deed.now), *deed.message(deed.todo.table.tell)]


def _survey(deed: Deed, made: Events) -> Events:
    """The survey that the contact is asked with what the rule did, or by it alone."""
    table, ticket = deed.todo.table, deed.ticket
    survey = deed.policy.file.surveys.get(table.then)
    if survey is None or deed.todo.loop or not ticket.contact:
        return []
    for event in made:
        ticket = evolve(ticket, event)
    answers = [f"{n} {each.word}" for n, each in enumerate(survey.answers, 1)]
    said = " or ".join(part for part in (", ".join(answers[:-1]), *answers[-1:]) if part)
    words = (table.tell if table.does == "ask" else "") or "survey"
    then = Deed(ticket, deed.policy, deed.now, deed.todo)
    return then.message(words, question=survey.word, answers=said)


def _loop(deed: Deed) -> Events:
    name = deed.todo.name
    text = (
        f'The rule "{name}" has moved {deed.ticket.number} again and again. It rests now: decide.'
    )
    role = deed.policy.lead
    return [ev.Tasked(at=deed.now, role=role, text=text, key=deed.todo.occasion)]


_DOES: dict[str, Callable[[Deed], Events]] = {
    "prompt": _prompt,
    "escalate": _escalate,
    "raise": _raise,
    "remind": _message,
    "message": _message,
    "resolve": _resolve,
    "close": _close,
    "task": _task,
    "ask": lambda _: [],
    "expire": _expire,
}
