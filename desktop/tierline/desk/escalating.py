"""What whoever hands a ticket on should see: what was tried, who fits, what the clocks do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from tierline.desk.desk import Desk
from tierline.desk.ticket_view import TicketView
from tierline.desk.timeline import Entry
from tierline.desk.when import day_and_time, when
from tierline.desk.wording import message_for
from tierline.domain import commands as cmd
from tierline.domain.clocks import Clock, State, clocks
from tierline.domain.decide import decide
from tierline.domain.errors import Refusal
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket, evolve
from tierline.domain.tongue import tr
from tierline.domain.wording import NOBODY_YET

_LONGEST = 200


class Tried(NamedTuple):
    """Something that was tried on this line: when (as it is written), and what."""

    when: str
    text: str


class Way(NamedTuple):
    """A line in the stepper: `note` says who is there, or why it cannot go there (`open` False)."""

    tier: int
    word: str
    note: str
    here: bool
    open: bool


def tried(view: TicketView, desk: Desk) -> tuple[Tried, ...]:
    """First lines of the notes written since the ticket came to its line, oldest first."""
    since = view.ticket.tiers[-1].at
    now = desk.clock()
    notes = (e for e in view.timeline if e.kind == "note" and e.at >= since and not e.undone)
    return tuple(Tried(when(e.at, now, desk.zone), _first_line(e)) for e in notes if e.text.strip())


def ways(view: TicketView, policy: Policy, to: int) -> tuple[Way, ...]:
    """Every line, where the ticket is, where it goes, and from where the others take it."""
    here = view.ticket.tier
    found = []
    for step in view.tiers:
        path = policy.escalation(here, step.tier)
        theirs = step.tier in view.client.co_managed
        if theirs and not step.here:
            note = tr("the client’s own people")
        elif step.here or step.tier == to:
            note = step.note.replace(", since ", ", ") if step.here else tr("goes here")
        else:
            note = path.when.lower() if path and path.when else _taken_from(policy, step.tier, here)
        found.append(Way(step.tier, step.word, note, step.here, path is not None))
    return tuple(found)


def next_line(policy: Policy, tier: int) -> int:
    """The line one up, or the only one the policy lets it go to; 0 for none."""
    open_ways = [path.to_tier for path in policy.file.escalations if path.from_tier == tier]
    above = [way for way in open_ways if way > tier]
    return min(above, default=0) or min(open_ways, default=0)


def no_way(policy: Policy, tier: int, to: int) -> str:
    """Why a line takes nothing from here, in the words of the policy's own judgement."""
    word, here = policy.tier_word(to), policy.tier_word(tier)
    others = [policy.tier_word(p.to_tier) for p in policy.file.escalations if p.from_tier == tier]
    first = tr(
        "{word} takes no tickets from {here} under {label}.",
        word=word,
        here=here,
        label=policy.label,
    )
    return (
        tr("{first} From here it can go to {names}.", first=first, names=", ".join(others))
        if others
        else first
    )


def instead(policy: Policy, tier: int, to: int) -> str:
    """What to do where a line takes nothing from here; "" when there is nothing."""
    found = []
    between = [p.from_tier for p in policy.file.escalations if p.to_tier == to]
    if to != tier and tier not in between:
        found.append(
            tr("Ask {tier} without handing it over: consult (C).", tier=policy.tier_word(to))
        )
    for gate in policy.file.gates.values():
        if gate.from_tier == tier:
            keeper = policy.file.roles.get(gate.role, gate.role).lower()
            found.append(
                tr(
                    "{word}: ask the {keeper} (Ask for project or testing, Ctrl K).",
                    word=gate.word,
                    keeper=keeper,
                )
            )
    if policy.lead:
        lead = policy.file.roles.get(policy.lead, policy.lead).lower()
        found.append(tr("Or alert the {lead} (Shift A).", lead=lead))
    return " ".join(found)


def certificate(ticket: Ticket, policy: Policy) -> str:
    """What the ticket asks its holder to be certified in, in the policy's word; "" for nothing."""
    asked = ticket.details.get("certificate", "")
    table = policy.file.skills.get(asked)
    return table.word if table else asked


def handover_sentence(reason: str, done: Iterable[Tried]) -> str:
    """One sentence from what is known: why, and what was tried last; "" when nothing was."""
    last = [each.text for each in done][-1:]
    if not last:
        return ""
    return (
        tr("{reason}. Last tried: {last}", reason=reason.rstrip("."), last=last[0])
        if reason
        else ""
    )


def contact_message(ticket: Ticket, policy: Policy, tier: int, assignee: str) -> str:
    """What the contact is told, from the policy's template or our own words."""
    who = assignee or NOBODY_YET
    return message_for("escalated", ticket, policy, tier=policy.tier_word(tier), assignee=who)


def clocks_after(desk: Desk, ticket: Ticket, command: cmd.Command) -> str:
    """What an act would do to the clocks, worked out by doing it to a copy; the refusal if any."""
    policy, now = desk.policy(ticket.policy), desk.clock()
    events = decide(ticket, command, policy, now, desk.me)
    if isinstance(events, Refusal):
        return str(events).strip()
    after = ticket
    for event in events:
        after = evolve(after, event)
    before = {clock.name: clock for clock in clocks(ticket, policy, now)}
    then = {clock.name: clock for clock in clocks(after, policy, now)}
    return Comparison(desk, policy, ticket, after, now).sentence(before, then)


class Comparison(NamedTuple):
    """The clocks of one ticket before and after an act at `now`."""

    desk: Desk
    policy: Policy
    ticket: Ticket
    after: Ticket
    now: datetime

    def sentence(self, before: dict[str, Clock], then: dict[str, Clock]) -> str:
        """Which clocks stop, start, move or stay; of several under one word the first one due."""
        begun: dict[str, Clock] = {}
        going: list[str] = []
        for name, clock in then.items():
            old = before.get(name)
            if clock.stopped is not None:
                continue
            if old is None or self._anew(old, clock):
                word = self._word(clock, self.after)
                begun[word] = min(begun.get(word, clock), clock, key=_soonest)
            else:
                going.append(self._goes(old, clock))
        gone = [c for name, c in before.items() if self._ended(then.get(name), c)]
        ended = dict.fromkeys(self._word(c, self.ticket) for c in gone)
        said = [tr("{word} stops.", word=word) for word in ended if word not in begun]
        for word, clock in begun.items():
            due = self._promise(clock)
            anew = tr("{word} counts anew: {due}.", word=word, due=due)
            said.append(anew if word in ended else tr("{word} starts: {due}.", word=word, due=due))
        return " ".join(dict.fromkeys(part for part in (*said, *going) if part))

    def _ended(self, now_is: Clock | None, was: Clock) -> bool:
        if was.stopped is not None:
            return False
        return now_is is None or now_is.stopped is not None or self._anew(was, now_is)

    def _anew(self, old: Clock, new: Clock) -> bool:
        return new.started != old.started

    def _goes(self, old: Clock, clock: Clock) -> str:
        word = self._word(clock, self.after)
        if old.state != clock.state and clock.state == State.PAUSED:
            return tr("{word} pauses.", word=word)
        if old.state == State.PAUSED != clock.state:
            return tr("{word} goes on, {promise}.", word=word, promise=self._promise(clock))
        if clock.rule.table.measure == "work":
            return ""
        due = self._promise(clock)
        if old.due is not None and clock.due == old.due:
            return tr("{word} stays {due}.", word=word, due=due)
        return tr("{word} is now {due}.", word=word, due=due)

    def _word(self, clock: Clock, ticket: Ticket) -> str:
        word = clock.rule.table.word
        if clock.rule.table.starts != "tier":
            return word
        return f"{self.policy.tier_word(ticket.tier)} {word.removeprefix('Line ')}"

    def _promise(self, clock: Clock) -> str:
        if clock.rule.table.measure == "work":
            return tr("{amount} of work", amount=clock.rule.amount)
        if clock.due is None:
            return tr("without a due time")
        due = day_and_time(clock.due, self.desk.zone)
        return (
            tr("due {due}", due=due)
            if clock.state != State.BREACHED
            else tr("over since {due}", due=due)
        )


def _soonest(clock: Clock) -> tuple[bool, float]:
    """Work measured by a timer has no due time and comes after those that have one."""
    return (clock.due is None, clock.due.timestamp() if clock.due else 0.0)


def _taken_from(policy: Policy, tier: int, here: int) -> str:
    froms = [p.from_tier for p in policy.file.escalations if p.to_tier == tier]
    if here in froms:
        return tr("can go here")
    words = ", ".join(policy.tier_word(each) for each in froms)
    return tr("only from {words}", words=words) if words else tr("takes none")


def _first_line(entry: Entry) -> str:
    return entry.text.strip().splitlines()[0][:_LONGEST]
