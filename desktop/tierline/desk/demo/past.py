"""One ticket's past on a clock of its own: every act goes through `decide`, none is made up."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from tierline.desk.demo.promises import Promises
from tierline.desk.demo.roster import Roster
from tierline.desk.demo.stage import Trouble
from tierline.desk.demo.tale import Tale
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.decide import decide
from tierline.domain.errors import Refusal
from tierline.domain.ticket import Ticket, evolve

_PLANS = 0.6
_SAFE_SHARE, _CALLS_BACK, _SENT_AT_ONCE = 0.8, 0.2, 0.4
_JUST_WRITTEN = timedelta(minutes=12)


class NotThisWayError(Exception):
    """This past does not lead to now: an act would be refused, or lies in the future."""


class Past:
    """A ticket and its operations up to `now`. Instants are aware UTC and only go forward."""

    def __init__(self, trouble: Trouble, tale: Tale, roster: Roster, now: datetime) -> None:
        """Begin before the ticket is logged."""
        self.trouble, self.tale, self.roster, self.now = trouble, tale, roster, now
        self.policy = trouble.policy
        self.rng = tale.rng
        self.operations: list[ev.Operation] = []
        self._ticket: Ticket | None = None

    @property
    def ticket(self) -> Ticket:
        """The ticket as its past leaves it."""
        assert self._ticket is not None
        return self._ticket

    @property
    def at(self) -> datetime:
        """When it was last acted on."""
        return self.operations[-1].at

    def do(self, command: cmd.Command, by: str, at: datetime) -> None:
        """Carry out a command at an instant.

        Raises:
            NotThisWayError: the rules refuse it, or the instant is yet to come.
        """
        if at >= self.now or (self.operations and at < self.at):
            raise NotThisWayError(f"{command.kind} at {at}")
        made = made_id(self.rng, at)
        ticket_id = self.operations[0].ticket_id if self.operations else made
        events = self._decide(command, by, at, ticket_id)
        for letter in self.ticket.outbox:
            if self.now - at > _JUST_WRITTEN or self.rng.random() < _SENT_AT_ONCE:
                sent = cmd.MarkDelivered(state="sent", message=letter.key)
                events += self._decide(sent, by, at, ticket_id)
        self.operations.append(
            ev.Operation(
                op_id=made, ticket_id=ticket_id, kind=command.kind, at=at, events=events, by=by
            )
        )

    def _decide(
        self, command: cmd.Command, by: str, at: datetime, ticket_id: str
    ) -> tuple[ev.AnyEvent, ...]:
        events = decide(self._ticket, command, self.policy, at, by)
        if isinstance(events, Refusal):
            raise NotThisWayError(str(events))
        for event in events:
            self._ticket = evolve(self._ticket, event, ticket_id)
        return events

    def later(self, least: float, most: float) -> datetime:
        """Some minutes after the last act."""
        return self.at + timedelta(minutes=self.rng.uniform(least, most))

    def log(self, at: datetime, channel: str, tier: int, *, urgent: bool = False) -> None:
        """It comes in: calls are logged by whoever answers, the rest logs itself."""
        trouble = self.trouble
        day = at.astimezone(ZoneInfo(trouble.customer.zone)).date()
        command = self.tale.log(channel, trouble.impact, trouble.urgency, tier, day)
        if urgent:
            command.details.pop("computer", None)
        by = self.roster.pick(self.rng, at, 1, trouble.story.category) if channel == "phone" else ""
        holder = by if tier == 1 and by else ""
        self.do(replace(command, later=urgent, assignee=holder), by, at)

    def touch(self, at: datetime, holder: str = "") -> None:
        """Somebody takes it, makes a plan, and answers the contact."""
        ticket, category = self.ticket, self.trouble.story.category
        holder = holder or ticket.assignee
        holder = holder or self.roster.pick(self.rng, at, ticket.tier, category)
        if ticket.assignee != holder:
            self.do(cmd.Take(), holder, at)
        table = self.policy.file.tiers.get(str(ticket.tier))
        if (table and table.plan) or self.rng.random() < _PLANS:
            self.do(self.tale.plan(), holder, self.later(0.5, 3))
        if ticket.responded_at is None:
            self.do(self.tale.news(self._voice()), holder, self.later(0.5, 4))

    def session(self, at: datetime, *, tell: bool = True, minutes: float = 0) -> None:
        """A piece of work: something is tried, time is logged, the contact is told."""
        who = self.actor(at)
        self.do(self.tale.note(), who, at)
        room = Promises.to(self.ticket, self.policy).work() * _SAFE_SHARE
        room -= self.ticket.work.get(self.ticket.tier, 0) / 60
        spent = min(minutes or self.rng.uniform(3, 11), room)
        if spent >= 1:
            self.do(self.tale.worked(spent), who, self.later(1, 4))
        if tell:
            self.do(self.tale.news(self._voice()), who, self.later(0.5, 3))

    def hand_up(self, at: datetime, tier: int, *, keep_free: bool = False) -> None:
        """Escalate to a line, over the one between; it stays where the policy has no way on."""
        here = self.ticket.tier
        step = tier if self.policy.escalation(here, tier) else here + 1
        category = self.trouble.story.category
        to = "" if keep_free else self.roster.pick(self.rng, at, step, category)
        command = self.tale.escalate((here, step), to, self.roster.name(to))
        if command is None:
            return
        self.do(command, self.actor(at), at)
        if step < tier:
            self.session(self.later(8, 40), tell=False)
            self.hand_up(self.later(5, 30), tier, keep_free=keep_free)

    def consult(self, at: datetime, tier: int, whom: str = "") -> None:
        """Ask another line, where there is one, and stay."""
        if str(tier) not in self.policy.file.tiers or tier == self.ticket.tier:
            return
        found = whom or self.roster.pick(self.rng, at, tier, self.trouble.story.category)
        self.do(self.tale.consult(tier, self.roster.name(found)), self.actor(at), at)

    def hear(self, at: datetime, by: str = "") -> None:
        """The contact writes."""
        self.do(self.tale.back("mail"), by, at)

    def park(self, at: datetime, status: str, until: datetime | None) -> None:
        """Wait for somebody or something."""
        self.do(self.tale.wait(status, until), self.actor(at), at)

    def resume(self, at: datetime) -> None:
        """Go on after waiting; who waited for the client answers it too."""
        active = self.policy.statuses("active")
        status = "in-progress" if "in-progress" in active else active[0]
        who = self.actor(at)
        self.do(cmd.ChangeStatus(status=status), who, at)
        if self.ticket.replied:
            self.do(self.tale.answer(), who, self.later(1, 5))

    def actor(self, at: datetime) -> str:
        """Who acts on it then: its holder, or who stands in."""
        ticket, category = self.ticket, self.trouble.story.category
        if not ticket.assignee:
            return self.roster.pick(self.rng, at, ticket.tier, category)
        return self.roster.stand_in(self.rng, at, ticket.assignee, category)

    def _voice(self) -> str:
        by_phone = "phone" in self.policy.file.channels and self.ticket.priority == 1
        return "phone" if by_phone or self.rng.random() < _CALLS_BACK else "mail"


def made_id(rng: random.Random, at: datetime) -> str:
    """A UUIDv7 of a virtual instant, the same for the same seed."""
    stamp = int(at.timestamp() * 1000) & (1 << 48) - 1
    bits = rng.getrandbits(74)
    high = stamp << 80 | 7 << 76 | (bits >> 62) << 64
    return str(UUID(int=high | 2 << 62 | bits & (1 << 62) - 1))
