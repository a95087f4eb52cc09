"""The hands of the demo's colleagues and contacts: each move as acts on the real desk.

Moves follow one another with minutes between, as people work; what is still to come waits in
`later`. Nobody here ever acts as, or on the tickets of, the person who sits at the console.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush

from tierline.desk.acting import Done
from tierline.desk.demo.promises import Promises
from tierline.desk.demo.stage import Stage
from tierline.desk.demo.tale import Tale
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.domain.clocks import deadlines
from tierline.domain.events import Messaged, Noted
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket
from tierline.storage.projection import is_over
from tierline.storage.writing import Writing

_LAST_LINE = 3
_PARKS, _RISES, _COMES_BACK = 0.25, 0.15, 0.02
_PATIENT = 5


@dataclass(slots=True)
class Case:
    """A ticket in somebody's hands: its tale, and who acts at which instant."""

    ticket: Ticket
    policy: Policy
    tale: Tale
    by: str
    at: datetime


class Colleague:
    """Carries out moves on a desk, all from one stream of chance."""

    def __init__(self, desk: Desk, stage: Stage, rng: random.Random) -> None:
        """Work at this desk."""
        self._desk, self._stage, self._rng = desk, stage, rng
        self._later: list[tuple[datetime, int, str, str]] = []
        self._count = 0
        self._writing: Writing
        self.parks, self.ends = True, True
        self.changed: dict[str, None] = {}
        self.resolved = 0
        self._moves: dict[str, Callable[[Case], bool]] = {
            "touch": self._touch,
            "plan": lambda case: self._do(case, case.tale.plan()),
            "news": lambda case: self._do(case, case.tale.news()),
            "answer": lambda case: self._do(case, case.tale.answer()),
            "work": self._work,
            "session": self._session,
            "rise": self._rise,
            "consult": self._consult,
            "lift": self._lift,
            "park": self._park,
            "resume": self._resume,
            "resolve": self._resolve,
            "finish": self._finish,
            "hear": lambda case: self._do(case, case.tale.back(), by=""),
            "reopen": lambda case: self._do(case, case.tale.reopen(), by=""),
            "close": self._close,
            "post": self._post,
        }

    @contextmanager
    def together(self) -> Iterator[None]:
        """All moves made inside are one transaction, so that the disk is waited for once."""
        with self._desk.replica.writing() as self._writing:
            yield

    def move(self, name: str, ticket_id: str, at: datetime) -> bool:
        """Make a move on a ticket, inside `together`; whether anything came of it."""
        case = self._case(ticket_id, at)
        if case is None or (case.ticket.assignee == self._desk.me and name != "hear"):
            return False
        return self._moves[name](case)

    def plan(self, name: str, ticket_id: str, at: datetime) -> None:
        """Keep a move for later."""
        self._count += 1
        heappush(self._later, (at, self._count, name, ticket_id))

    def due(self, at: datetime) -> list[tuple[datetime, str, str]]:
        """The kept moves whose time has come: instant, name and ticket."""
        found = []
        while self._later and self._later[0][0] <= at:
            when, _, name, ticket_id = heappop(self._later)
            found.append((when, name, ticket_id))
        return found

    def forget(self) -> None:
        """Drop what was kept for later (the desk was left alone for long)."""
        self._later.clear()

    def _case(self, ticket_id: str, at: datetime) -> Case | None:
        stored = self._writing.stored(ticket_id)
        if stored is None or stored.ticket.changed_at > at:
            return None
        ticket = stored.ticket
        tale = self._stage.retell(self._rng, ticket.subject, ticket.client, ticket.contact)
        if tale is None:
            return None
        tale.said.update(self._said(ticket_id))
        return Case(ticket, self._desk.policy(ticket.policy), tale, self._who(ticket, at), at)

    def _said(self, ticket_id: str) -> set[str]:
        """What has been written on it, without greetings."""
        history = self._writing.operations(ticket_id)
        texts = [
            event.text
            for each in history
            for event in each.operation.events
            if isinstance(event, Noted | Messaged)
        ]
        return {text.partition("\n")[2] or text for text in texts}

    def _who(self, ticket: Ticket, at: datetime) -> str:
        roster, me = self._stage.roster, self._desk.me
        if ticket.assignee and ticket.assignee != me:
            who = roster.stand_in(self._rng, at, ticket.assignee, ticket.category)
            if who != me:
                return who
        return roster.pick(self._rng, at, ticket.tier, ticket.category, without=me)

    def _do(self, case: Case, command: cmd.Command, *, by: str | None = None) -> bool:
        if not self._act(case, command, case.by if by is None else by):
            return False
        self._post(case)
        self.changed[case.ticket.id] = None
        return True

    def _post(self, case: Case) -> bool:
        """What was written goes out, but for what I wrote: that is mine to send."""
        mine = case.ticket.assignee == self._desk.me
        letters = [] if mine else [letter.key for letter in case.ticket.outbox]
        for key in letters:
            self._act(case, cmd.MarkDelivered(state="sent", message=key), case.by)
            self.changed[case.ticket.id] = None
        return bool(letters)

    def _act(self, case: Case, command: cmd.Command, by: str) -> bool:
        acting, wanted = self._desk.acting, (command,)
        answer = acting.act_within(self._writing, case.ticket.id, wanted, case.at, by)
        if not isinstance(answer, Done):
            return False
        case.ticket = answer.ticket
        return True

    def _soon(self, case: Case, name: str, least: float, most: float) -> None:
        minutes = timedelta(minutes=self._rng.uniform(least, most))
        self.plan(name, case.ticket.id, case.at + minutes)

    def _touch(self, case: Case) -> bool:
        """Take what nobody has begun, then plan it and answer the contact."""
        ticket, done = case.ticket, False
        if ticket.assignee != case.by:
            done = self._do(case, cmd.Take())
        table = case.policy.file.tiers.get(str(ticket.tier))
        if table and table.plan:
            self._soon(case, "plan", 1, 3)
        if ticket.responded_at is None:
            self._soon(case, "news", 2, 6)
        self._soon(case, "work", 6, 25)
        return done

    def _work(self, case: Case) -> bool:
        """Try something and log the time, within what the line may work."""
        room = Promises.to(case.ticket, case.policy).work() * 0.8
        spent = min(self._rng.uniform(3, 12), room - case.ticket.work.get(case.ticket.tier, 0) / 60)
        done = self._do(case, case.tale.note())
        if spent >= 1:
            self._do(case, case.tale.worked(spent))
        return done

    def _session(self, case: Case) -> bool:
        """Work, tell the contact, and see how it goes on."""
        if not self._work(case) or not self._do(case, case.tale.news()):
            return False
        if case.tale.story.line > case.ticket.tier and self._rng.random() < _RISES:
            self._soon(case, "rise", 4, 30)
        elif self.parks and self._rng.random() < _PARKS:
            self._soon(case, "park", 1, 5)
        return True

    def _rise(self, case: Case) -> bool:
        """Escalate one line, or finish where there is none above."""
        here = case.ticket.tier
        if here >= _LAST_LINE:
            return self._finish(case)
        to = self._stage.roster.pick(
            self._rng, case.at, here + 1, case.ticket.category, without=self._desk.me
        )
        command = case.tale.escalate((here, here + 1), to, self._stage.roster.name(to))
        if command is None or not self._do(case, command):
            return self._finish(case)
        self._soon(case, "touch", 5, 60)
        return True

    def _consult(self, case: Case) -> bool:
        other = min(case.ticket.tier + 1, _LAST_LINE)
        if other == case.ticket.tier:
            other -= 1
        whom = self._stage.roster.pick(self._rng, case.at, other, case.ticket.category)
        return self._do(case, case.tale.consult(other, self._stage.roster.name(whom)))

    def _lift(self, case: Case) -> bool:
        """Stop the work timer before the line's limit, and tell how it stands."""
        if case.ticket.timer_since is None or case.ticket.timer_by == self._desk.me:
            return False
        return self._do(case, cmd.StopTimer()) and self._do(case, case.tale.news())

    def _park(self, case: Case) -> bool:
        """Wait for the client, or for somebody else, with a day to look again."""
        story, policy = case.tale.story, case.policy
        side = "client" if story.needs or not story.vendor else "other"
        promises = Promises.to(case.ticket, policy)
        ways = promises.quiet(side) or promises.quiet()
        if not ways or case.ticket.status in policy.statuses("waiting"):
            return False
        calendar = promises.hours()
        rest = timedelta(hours=self._rng.uniform(3, 36))
        if side == "client":
            back = calendar.add(case.at, rest * self._rng.uniform(0.2, 1.1))
            self.plan("hear", case.ticket.id, back)
        until = calendar.add(case.at, rest)
        return self._do(case, case.tale.wait(self._rng.choice(ways), until))

    def _resume(self, case: Case) -> bool:
        active = case.policy.statuses("active")
        status = "in-progress" if "in-progress" in active else active[0]
        done = self._do(case, cmd.ChangeStatus(status=status))
        self._soon(case, "answer" if case.ticket.replied else "news", 2, 8)
        return done

    def _finish(self, case: Case) -> bool:
        """Its time is nearly up: resolve it, or say what keeps it from being resolved."""
        waiting = case.policy.statuses("waiting")
        waited = sum(step.value in waiting for step in case.ticket.statuses)
        late = any(is_over(each, case.at) for each in deadlines(case.ticket, case.policy))
        if not self.ends and not late and waited < _PATIENT and self._park(case):
            return True
        return self._resolve(case)

    def _resolve(self, case: Case) -> bool:
        ticket = case.ticket
        young = case.at - ticket.logged_at < timedelta(minutes=30)
        first = young and ticket.channel in ("phone", "chat") and ticket.tier == 1
        if not self._do(case, case.tale.resolve(first_contact=first)):
            return False
        self.resolved += 1
        if self._rng.random() < _COMES_BACK:
            self._soon(case, "reopen", 60, 400)
        return True

    def _close(self, case: Case) -> bool:
        if case.ticket.missing:
            self._do(case, case.tale.fill(case.ticket.missing))
        return self._do(case, case.tale.close())
