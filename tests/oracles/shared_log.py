"""A hub and its consoles in the small: one ticket, one log, acts decided on what each has seen."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from tests.fakes.books import bundled_book
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.decide import decide
from tierline.domain.errors import Refusal
from tierline.domain.merge import Merged, merge
from tierline.domain.policy import Policy
from tierline.domain.rules.due import due_acts
from tierline.domain.rules.keys import KIND
from tierline.domain.ticket import Ticket, fold_operations, undone_operations

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
POLICIES = ("playbook", "tiered", "three-line", "service-definition")
LEAD = "lena"


class Written(ev.Operation, frozen=True, kw_only=True):
    """An act as its author wrote it: on which console, after how many lines of the log."""

    console: str
    seen: int


def logged(policy: Policy, **told: object) -> ev.Operation:
    """The act that makes the ticket, by phone, P3, with nothing missing."""
    known = {"number": "CS1", "subject": "x", "channel": "phone", "client": "c", "contact": "Ada"}
    details = {name: "MF-1" for name, each in policy.file.fields.items() if each.log}
    log = cmd.Log(
        **(known | {"contact_reach": "1", "description": "d", "priority": 3} | told),  # type: ignore[arg-type]
        category="mail",
        details=details,
    )
    events = decide(None, log, policy, START, "mira")
    assert not isinstance(events, Refusal), events
    return ev.Operation(op_id="log", ticket_id="t", kind="log", at=START, events=events, by="mira")


@dataclass
class Console:
    """What one desk has: how much of the log, and its own acts that are not in it."""

    name: str
    person: str
    cursor: int = 1
    pending: list[Written] = field(default_factory=list)


@dataclass
class SharedLog:
    """One ticket's lines in the hub's order; `written` keeps each act from before its merge."""

    policy: Policy
    lines: list[ev.Operation]
    written: dict[str, Written] = field(default_factory=dict)
    merges: list[tuple[Written, tuple[ev.Operation, ...], Ticket, Merged]] = field(
        default_factory=list
    )
    made: int = 0

    @classmethod
    def of(cls, policy: str, **told: object) -> SharedLog:
        """A log that begins with a ticket of a bundled policy."""
        found = bundled_book().get(policy)
        return cls(found, [logged(found, **told)])

    @property
    def ticket(self) -> Ticket:
        """The ticket as the whole log has it."""
        return fold_operations(self.lines)

    def shown(self, console: Console) -> Ticket:
        """The ticket as that desk shows it: what it has of the log, its own acts merged onto it."""
        lines = self.lines[: console.cursor]
        for act in console.pending:
            lines = self._with(lines, act)[0]
        return fold_operations(lines)

    def act(self, console: Console, command: cmd.Command, minute: float) -> Refusal | Written:
        """Decide on what is shown, keep the act on the console."""
        now = START + timedelta(minutes=minute)
        events = decide(self.shown(console), command, self.policy, now, console.person)
        if isinstance(events, Refusal):
            return events
        return self._keep(console, command.kind, now, events)

    def undo(self, console: Console, act: Written, minute: float) -> Written:
        """Take an act back."""
        now = START + timedelta(minutes=minute)
        undone = ev.Undone(at=now, by=console.person, op_id=act.op_id)
        return self._keep(console, "undo", now, (undone,))

    def rules(self, console: Console, minute: float) -> list[Written]:
        """What the rules do on that desk by then."""
        now = START + timedelta(minutes=minute)
        acts = due_acts(self.shown(console), self.policy, now)
        return [self._keep(console, KIND, now, act.events, act.op_id) for act in acts]

    def pull(self, console: Console) -> None:
        """Have all of the log."""
        console.cursor = len(self.lines)

    def push(self, console: Console) -> None:
        """Put all pending acts of a console into the log, as they merge."""
        for act in console.pending:
            known = any(line.op_id == act.op_id for line in self.lines)
            if not known:
                self.lines = self._with(self.lines, act, keep=True)[0]
        console.pending = []
        self.pull(console)

    def _keep(
        self,
        console: Console,
        kind: str,
        now: datetime,
        events: tuple[ev.AnyEvent, ...],
        op_id: str = "",
    ) -> Written:
        self.made += 1
        act = Written(
            op_id=op_id or f"act-{self.made}", ticket_id="t", kind=kind, at=now, events=events,
            by="" if kind == KIND else console.person, console=console.name, seen=console.cursor,
        )  # fmt: skip
        console.pending.append(act)
        self.written[act.op_id] = act
        return act

    def _with(
        self, lines: list[ev.Operation], act: Written, *, keep: bool = False
    ) -> tuple[list[ev.Operation], Merged]:
        before, others = fold_operations(lines), self._unseen(lines, act)
        seen = self._seen(lines, act)
        merged = merge(before, others, act, self.policy, seen=seen, leads={LEAD})
        assert merge(before, others, act, self.policy, seen=seen, leads={LEAD}) == merged
        if keep:
            self.merges.append((act, others, before, merged))
        return [*lines, replace(act, events=merged.events)], merged

    def _unseen(self, lines: list[ev.Operation], act: Written) -> tuple[ev.Operation, ...]:
        gone, start = undone_operations(lines), act.seen
        for event in act.events:
            if isinstance(event, ev.Undone):
                places = [n for n, line in enumerate(lines) if line.op_id == event.op_id]
                start = max(start, places[0] if places else len(lines))
        behind = lines[start:]
        return tuple(x for x in behind if not self._own(x, act) and x.op_id not in gone)

    def _seen(self, lines: list[ev.Operation], act: Written) -> Ticket:
        own = [self.written[x.op_id] for x in lines[act.seen :] if self._own(x, act)]
        return fold_operations([*lines[: act.seen], *own])

    def _own(self, line: ev.Operation, act: Written) -> bool:
        written = self.written.get(line.op_id)
        return written is not None and written.console == act.console


_FAR = datetime(2030, 1, 1, tzinfo=UTC)  # a snooze ends with the breach at the latest


def some_command(rng: random.Random, policy: Policy, word: str, people: list[str]) -> cmd.Command:
    """A command of any kind; `word` is in whatever a person would have typed."""
    file = policy.file
    open_statuses = [k for k, t in file.statuses.items() if t.phase in ("new", "active", "waiting")]
    path = rng.choice(file.escalations)
    reason = rng.choice(path.reasons).key if path.reasons else word
    person = rng.choice(people)
    return rng.choice((
        cmd.Take(),
        cmd.Take(),
        cmd.Assign(assignee=person),
        cmd.Prioritise(priority=rng.randint(1, 4), reason=word),
        cmd.Take(timer=rng.random() < 0.5),
        cmd.Release(),
        cmd.Assign(assignee=person),
        cmd.Prioritise(priority=rng.randint(1, 4), reason=word),
        cmd.Note(text=word),
        cmd.Message(text=word, channel=rng.choice(("mail", "phone"))),
        cmd.Receive(text=word),
        cmd.LogTime(seconds=rng.randint(1, 900), text=word),
        cmd.StartTimer(),
        cmd.StopTimer(text=word),
        cmd.ChangeStatus(status=rng.choice(open_statuses), reason=word),
        cmd.Escalate(tier=path.to_tier, reason=reason, handover=word, message=f"m {word}"),
        cmd.Resolve(steps=word, message=rng.choice(("", f"m {word}"))),
        cmd.Reopen(reason=word),
        cmd.Close(confirmed_by=word),
        cmd.Cancel(reason=word),
        cmd.FillDetails(description=rng.choice((word, f"d {word}", f"{word} d"))),
        cmd.FillDetails(subject=word, details={"certificate": ""}),
        cmd.FillDetails(client=word, category=rng.choice(("mail", "network"))),
        cmd.Workaround(text=word, message=f"m {word}"),
        cmd.Complain(reason="1", text=word),
        cmd.Dispute(reason=word),
        cmd.AlertLead(reason=word),
        cmd.GiveQuote(cents=100, text=word),
        cmd.AnswerQuote(person=word, accepted=rng.random() < 0.5, way="1", text=word),
        cmd.Restrict(on=rng.random() < 0.5, reason=word),
        cmd.Snooze(until=_FAR, reason=word),
        cmd.Acknowledge(text=word),
        cmd.Note(text=word, mentions=(person,)),
        cmd.Hear(),
        cmd.HandOver(note=word, to=person),
        cmd.Link(other="u", number="CS2", how="related", on=rng.random() < 0.6),
        cmd.Merge(into=rng.choice("su"), number="CS2", reason=word, message=rng.choice(("", word))),
        cmd.Absorb(other=rng.choice("su"), number="CS2"),
        cmd.PlanVisit(engineer=person, site=word),
        cmd.CancelVisit(reason=word),
        cmd.SetOut(reason=word),
        cmd.Arrive(reason=word),
        cmd.LeaveSite(),
        cmd.UsePart(part=word, serial=word),
        cmd.ReturnPart(key="", reason=word),
        cmd.Check(item=word, done=rng.random() < 0.8),
        cmd.SignOff(name=word, way="phone"),
    ))  # fmt: skip


def done(log: SharedLog, console: Console, command: cmd.Command, minute: float) -> Written:
    """An act that is not refused."""
    act = log.act(console, command, minute)
    assert not isinstance(act, Refusal), act
    return act


def meet(
    theirs: Sequence[cmd.Command],
    mine: Sequence[cmd.Command],
    *,
    first: Sequence[cmd.Command] = (cmd.Take(),),
    policy: str = "tiered",
    they: str = "dana",
    me: str = "mira",
) -> SharedLog:
    """Both saw what came `first` (Ravi's acts); then each acts unseen, they are in the log first.

    They act from minute 20 on, I from minute 30 on, a minute for each act.
    """
    log = SharedLog.of(policy)
    start = Console("start", "ravi")
    for minute, command in enumerate(first, 10):
        done(log, start, command, minute)
    log.push(start)
    here, there = Console("here", me), Console("there", they)
    for console in (here, there):
        log.pull(console)
    for console, commands, begin in ((there, theirs, 20), (here, mine, 30)):
        for minute, command in enumerate(commands, begin):
            done(log, console, command, minute)
    log.push(there)
    log.push(here)
    return log


def words_of(acts: Iterable[ev.Operation]) -> set[str]:
    """Every word that `some_command` had a person type, as these acts keep it."""
    text = b" ".join(ev.encode_events(act.events) for act in acts).decode()
    return set(re.findall(r"word\d+", text))
