"""Everything the ticket pane shows, in one frozen object made from one read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tierline.desk.actions import Action, actions
from tierline.desk.allowance import Allowance, Allowances
from tierline.desk.as_of import opened
from tierline.desk.attaching import places_told
from tierline.desk.conflicts import Conflicts, ConflictWords
from tierline.desk.feedback import feedback_owed, feedback_word
from tierline.desk.identity import PinState
from tierline.desk.linked import LinkWords, links_of, merged_entries
from tierline.desk.marks import marked, unsent_acts
from tierline.desk.people import NOBODY, People
from tierline.desk.queue_rows import countdowns, one_a_word
from tierline.desk.quoting import quote_word
from tierline.desk.restricting import barred
from tierline.desk.site_facts import site_facts
from tierline.desk.sync_words import away, from_sync
from tierline.desk.timeline import Entry, spoken, timeline
from tierline.desk.visits import on_visit
from tierline.desk.when import when
from tierline.desk.wording import priority_name
from tierline.domain.clocks import Clock, Deadline, clocks
from tierline.domain.countdown import Countdown
from tierline.domain.events import Verified
from tierline.domain.honesty import Flag, flags
from tierline.domain.policy import Policy
from tierline.domain.policy_book import PolicyBook
from tierline.domain.rules.prompts import open_prompts
from tierline.domain.ticket import Prompt, Ticket
from tierline.domain.tongue import tr
from tierline.storage.records import Client, Contact, Draft, Recorded
from tierline.storage.replica import Replica
from tierline.sync.status import SyncStatus


class TierStep(NamedTuple):
    """One line in the stepper: its word, what is said below it, whether the ticket is there."""

    tier: int
    word: str
    note: str
    here: bool


class ClockPanel(NamedTuple):
    """One clock of the strip: it ticks by `countdown.face(now)`; `note` is the line below."""

    name: str
    word: str
    letter: str
    countdown: Countdown
    reading: Clock
    note: str


@dataclass(frozen=True, slots=True)
class TicketView:
    """A ticket ready to be shown. Instants are aware UTC; texts of day are in the desk's zone."""

    seq: int
    ticket: Ticket
    policy_label: str
    priority_word: str
    status_word: str
    status_icon: str
    status_note: str
    channel_word: str
    channel_icon: str
    assignee: str
    mine: bool
    tiers: tuple[TierStep, ...]
    clocks: tuple[ClockPanel, ...]
    contact: Contact
    client: Client
    desk_word: str
    timeline: tuple[Entry, ...]
    missing: tuple[tuple[str, str], ...]
    actions: tuple[Action, ...]
    drafts: tuple[Draft, ...]
    verified: str
    prompts: tuple[Prompt, ...] = ()
    flags: tuple[Flag, ...] = ()
    pin: PinState | None = None
    unsent: int = 0
    feedback: str = ""
    feedback_owed: bool = False
    quote: str = ""
    allowance: Allowance | None = None
    visiting: bool = False
    site: tuple[tuple[str, str], ...] = ()
    conflicts: tuple[ConflictWords, ...] = ()
    assists: tuple[str, ...] = ()
    links: tuple[LinkWords, ...] = ()

    def action(self, kind: str) -> Action:
        """The action of that kind.

        Raises:
            KeyError: there is none.
        """
        for each in self.actions:
            if each.kind == kind:
                return each
        raise KeyError(kind)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Makes views for one person. `zone` is where times of day are written."""

    replica: Replica
    book: PolicyBook
    people: People
    me: str
    zone: ZoneInfo

    def view(self, ticket_id: str, now: datetime, standing: SyncStatus) -> TicketView | None:
        """The ticket as of `now` (aware), None for an unknown id or one not logged by then.

        Away from the hub, what has not gone out is counted and marked.
        """
        found = opened(self.replica, self.book, ticket_id, now)
        if found is None:
            return None
        ticket, history = found.ticket, found.history
        policy = self.book.get(ticket.policy)
        status = policy.status(ticket.status)
        channel = policy.file.channels.get(ticket.channel)
        priority = policy.file.priorities.get(f"P{ticket.priority}")
        readings = clocks(ticket, policy, now)
        client = self._client(ticket)
        allowance = Allowances(self.replica, self.people).of(client, policy, now)
        unsent = unsent_acts(history) if away(standing) else frozenset[str]()
        known = from_sync(standing, now, self.zone)
        folder = self.replica.path.parent
        entries = timeline(history, readings, policy, self.people.name, self.people.first)
        return TicketView(
            seq=found.seq,
            ticket=ticket,
            policy_label=policy.label,
            priority_word=priority.word if priority else priority_name(ticket.priority),
            status_word=status.word,
            status_icon=status.icon,
            status_note=self._status_note(ticket, policy, now),
            channel_word=channel.word if channel else ticket.channel,
            channel_icon=policy.channel_icon(ticket.channel),
            assignee=self.people.name(ticket.assignee) if ticket.assignee else NOBODY,
            mine=ticket.assignee == self.me,
            tiers=self._tiers(ticket, policy, now),
            clocks=self._clocks(one_a_word(found.deadlines), readings, now),
            contact=self._contact(ticket),
            client=client,
            desk_word=_desk_word(policy),
            timeline=places_told(self._with_merged(ticket, marked(entries, unsent)), folder),
            missing=tuple((name, _field_word(policy, name)) for name in ticket.missing),
            actions=actions(
                ticket, policy, now, self.me, {"restrict": barred(self.people, self.me)}
            ),
            drafts=self.replica.drafts.of(ticket_id),
            verified=self._verified(history, now) if ticket.verified else "",
            prompts=open_prompts(ticket, policy),
            flags=(*flags(ticket, policy, now), *(allowance.flags() if allowance else ())),
            unsent=len(unsent),
            feedback=feedback_word(ticket, policy, now, self.zone),
            feedback_owed=feedback_owed(ticket, policy),
            quote=quote_word(ticket, policy, now, self.zone),
            allowance=allowance,
            visiting=on_visit(ticket, policy),
            site=site_facts(ticket, now, self.zone, self.people.name),
            links=links_of(self.replica, self.book, ticket),
            assists=tuple(self.people.name(each) for each in ticket.assists),
            conflicts=Conflicts(self.people, self.me, self.zone).of(ticket, policy, now, known),
        )

    def _with_merged(self, ticket: Ticket, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """The history with what was written on the tickets that were merged into this one."""
        if not any(tie.how == "from" for tie in ticket.links):
            return entries
        people = self.people
        more = merged_entries(self.replica, self.book, ticket, people.name, people.first)
        return tuple(sorted((*entries, *more), key=lambda each: each.at))

    def _status_note(self, ticket: Ticket, policy: Policy, now: datetime) -> str:
        until = tr("until {when}", when=when(ticket.until, now, self.zone)) if ticket.until else ""
        parts = (policy.status(ticket.status).short, ticket.status_why, until)
        return ", ".join(part for part in parts if part)

    def _tiers(self, ticket: Ticket, policy: Policy, now: datetime) -> tuple[TierStep, ...]:
        load = self.people.load()
        steps = []
        for key, table in policy.file.tiers.items():
            tier = int(key)
            note = self._been(ticket, tier, now) or self._way(ticket, policy, tier, load)
            steps.append(TierStep(tier, table.word, note, tier == ticket.tier))
        return tuple(steps)

    def _been(self, ticket: Ticket, tier: int, now: datetime) -> str:
        """When the ticket came to a line it is or was on."""
        if tier == ticket.tier:
            holder = self.people.first(ticket.assignee) if ticket.assignee else NOBODY
            return tr(
                "{holder}, since {when}",
                holder=holder,
                when=when(ticket.tiers[-1].at, now, self.zone),
            )
        been = [step for step in ticket.tiers if step.value == str(tier)]
        return tr("from {when}", when=when(been[-1].at, now, self.zone)) if been else ""

    def _way(self, ticket: Ticket, policy: Policy, tier: int, load: dict[str, int]) -> str:
        """When a line takes it from here, or who there has room."""
        path = policy.escalation(ticket.tier, tier)
        return (path.when if path else "") or self.people.room(tier, load)

    def _clocks(
        self, deadlines: tuple[Deadline, ...], readings: tuple[Clock, ...], now: datetime
    ) -> tuple[ClockPanel, ...]:
        by_name = {reading.name: reading for reading in readings}
        found = zip(deadlines, countdowns(deadlines, self.book), strict=True)
        return tuple(
            ClockPanel(
                deadline.name,
                deadline.word,
                deadline.letter,
                countdown,
                by_name[deadline.name],
                self._clock_note(by_name[deadline.name], now),
            )
            for deadline, countdown in found
            if deadline.name in by_name
        )

    def _clock_note(self, clock: Clock, now: datetime) -> str:
        if clock.rule.table.measure == "work":
            worked = spoken(int(clock.worked.total_seconds()))
            return tr(
                "{worked} of {spoken} worked",
                worked=worked,
                spoken=spoken(int(clock.required.total_seconds())),
            )
        if clock.stopped is not None:
            return tr(
                "{state} at {when}", state=clock.state, when=when(clock.stopped, now, self.zone)
            )
        if clock.due is None:
            return ""
        return tr(
            "{what}due {when}",
            what="paused, " * (clock.state == "paused"),
            when=when(clock.due, now, self.zone),
        )

    def _verified(self, history: tuple[Recorded, ...], now: datetime) -> str:
        """The latest proof of who the caller is: "Verified by PIN at 09:40", "" for none."""
        proofs = [e for r in history for e in r.operation.events if isinstance(e, Verified)]
        if not proofs:
            return ""
        return tr(
            "Verified by {how} at {when}",
            how=proofs[-1].how,
            when=when(proofs[-1].at, now, self.zone),
        )

    def _contact(self, ticket: Ticket) -> Contact:
        known = self.replica.directory.contact(ticket.client, ticket.contact)
        reach = ticket.contact_reach
        return known or Contact(client=ticket.client, name=ticket.contact, phone=reach)

    def _client(self, ticket: Ticket) -> Client:
        return self.replica.directory.client(ticket.client) or Client(name=ticket.client)


def _desk_word(policy: Policy) -> str:
    table = policy.file.calendars.get("desk")
    return table.word or table.zone if table else "24×7"


def _field_word(policy: Policy, name: str) -> str:
    field = policy.file.fields.get(name)
    return field.word if field else name.replace("_", " ").capitalize()
