"""The desk: everything that buttons, commands and timed rules do, behind one door."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from tierline.desk.acting import Acting, Done, storable
from tierline.desk.alarms.watch import AlarmWatch
from tierline.desk.as_of import opened
from tierline.desk.attaching import Attachments
from tierline.desk.carrying import carry
from tierline.desk.composing import Prepared, prepared
from tierline.desk.conflict_words import noting_both
from tierline.desk.explain import Explanation, why
from tierline.desk.filters import Asker, parse_filter
from tierline.desk.flagged import Flagged
from tierline.desk.for_me import ForMe, for_me
from tierline.desk.identity import Identity, PinChecked, PinState
from tierline.desk.outbox import Outbox, Outgoing, State
from tierline.desk.people import People
from tierline.desk.queue_rows import QueueRows
from tierline.desk.queues import Count, Queues
from tierline.desk.recompute import recompute
from tierline.desk.refusals import Refusals
from tierline.desk.replies import Received, Replies, Ways, ways
from tierline.desk.rows import QueueRow
from tierline.desk.sayings import Words
from tierline.desk.search import Search
from tierline.desk.shared_policies import take
from tierline.desk.shelf import Changed, Shelf
from tierline.desk.sync_words import away, only_reads
from tierline.desk.tasks_for_roles import RoleTask, role_tasks
from tierline.desk.team_sayings import mentioned
from tierline.desk.teaming import Teams
from tierline.desk.ticket_view import TicketView, Viewer
from tierline.desk.timed_rules import RulesReport, run
from tierline.desk.unsent import UnsentTicket, unsent
from tierline.desk.warnings import Strip, Warnings
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.domain.policy import Policy
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr
from tierline.storage.records import Contact, Draft, SavedView, Stored
from tierline.storage.replica import Replica
from tierline.sync.status import SyncStatus


class FirstContact(NamedTuple):
    """How many tickets were resolved today, and how many of them on first contact.

    `goal` is the share 0..1 that the desk's policy wants, 0 when it names none.
    """

    resolved: int
    first: int
    goal: float = 0.0

    @property
    def rate(self) -> float:
        """Share 0..1; 0 when nothing was resolved yet."""
        return self.first / self.resolved if self.resolved else 0.0


class Desk:
    """One technician's desk. Every method answers in milliseconds from the local replica.

    `me` is the person's id in the directory, `clock` gives the desk's time (aware UTC), `zone` is
    the zone in which times of day are written. Acts return `Done`, or a `Refusal` as a value.
    `standing` is how it stands with the hub, kept up to date by whoever syncs.
    """

    def __init__(
        self,
        replica: Replica,
        book: PolicyBook,
        me: str,
        clock: Callable[[], datetime],
        zone: ZoneInfo | None = None,
    ) -> None:
        """Put the parts together; nothing is read yet."""
        self.replica = replica
        self.book = replica.book = book
        self.me = me
        self.clock = clock
        self.zone = zone or ZoneInfo(book.get(book.default).file.zone)
        self.standing = SyncStatus()
        self._taken_on: date | None = None
        self.acting = Acting(replica, book)
        self.queues = Queues(replica, book)
        self.people = People(replica, self.zone)
        self.shelf = Shelf(replica, self.people)
        self.alarms = AlarmWatch(replica, book, self.people)
        self.warnings = Warnings(replica, book, self.alarms)
        self.finder = Search(replica)
        self.attachments = Attachments(replica, book)
        self.outbox = Outbox(replica, book, self.acting)
        self.refusals = Refusals(replica, self.acting)
        self.replies = Replies(replica, book, self.acting)
        self.identity = Identity(replica, book, self.acting, self.zone)
        self.teams = Teams(replica, self.acting)
        self._flagged = Flagged(replica, book)
        self._rows = QueueRows(book, self.people, self.zone)
        self._viewer = Viewer(replica, book, self.people, me, self.zone)

    def asker(self, now: datetime | None = None) -> Asker:
        """Who asks, and when: for filters and views."""
        return Asker(self.me, now or self.clock(), self.zone, self._flagged.ids)

    def act(self, ticket_id: str, command: cmd.Command, shown_seq: int = 0) -> Done | Refusal:
        """Carry out a command on a ticket (by id); on the disk when this returns `Done`."""
        if refusal := self._only_reads():
            return refusal
        now, me = self.clock(), self.me
        match command:
            case cmd.Merge():
                return self.teams.merge(ticket_id, command, now, me, shown_seq)
            case cmd.Link():
                return self.teams.link(ticket_id, command, now, me, shown_seq)
            case cmd.Settle():
                command = self._worded(ticket_id, command)
            case cmd.Note(text=text) if "@" in text:
                told = mentioned(text, self.people.ids())
                command = msgspec.structs.replace(command, mentions=told)
        return self.acting.act(ticket_id, command, now, me, shown_seq)

    def _only_reads(self) -> Refusal | None:
        """The hub would set it aside later: it is told at once, while the text is on screen."""
        if not only_reads(self.standing):
            return None
        login, role = self.standing.login, self.standing.role
        return Refusal(
            tr("The login {login} ({role}) only reads on the shared desk.", login=login, role=role),
            tr("Sign in as a technician, or ask the hub's admin for that role."),
        )

    def _worded(self, ticket_id: str, answer: cmd.Settle) -> cmd.Settle:
        """With the note that keeps both values, where that is the answer."""
        stored = self.replica.tickets.get(ticket_id)
        if stored is None:
            return answer
        words = Words(self.policy(stored.ticket.policy), self.people.name, self.people.first)
        return noting_both(answer, stored.ticket, words)

    def log(self, command: cmd.Log, policy: str = "") -> Done | Refusal:
        """Log a ticket under the client's policy (or the one named) with the next free number."""
        if refusal := self._only_reads():
            return refusal
        command = storable(command)
        chosen = policy or self.policy_for(command.client)
        return self.acting.log(command, chosen, self.clock(), self.me)

    def undo(self, op_id: str) -> Done | Refusal:
        """Take back an act of mine that is less than ten seconds old."""
        return self.acting.undo(op_id, self.clock(), self.me)

    def policy_for(self, client: str) -> str:
        """Name of the policy of a client's contract, or the desk's default."""
        known = self.replica.directory.client(client)
        name = known.policy if known and self.book.knows(known.policy) else self.book.default
        return self.book.for_tiers(name, known.co_managed if known else ())

    def find(self, number: str) -> Stored | None:
        """The ticket of a typed number: "CS0012376", "12376" or "#12376"."""
        return self.replica.tickets.find(number)

    def ids(
        self, view: str, filter_: str = "", sort: str = "", *, descending: bool = False
    ) -> list[str] | Refusal:
        """Ordered ids of a view (see `queues.VIEWS`), narrowed by a filter expression."""
        return self.queues.ids(view, self.asker(), filter_, sort, descending=descending)

    def rows(self, ids: Sequence[str]) -> list[QueueRow]:
        """The rows of a queue for these ids (those on screen), in their order."""
        unsent = self.replica.sync.pending_of(ids) if away(self.standing) else {}
        return self._rows.build(self.replica.tickets.listed(ids), self.me, self.clock(), unsent)

    def counts(self) -> dict[str, Count]:
        """Total, over and due soon of every view."""
        return self.queues.counts(self.asker())

    def queue_size(self, view: str) -> int:
        """How many tickets a view holds, "tier:2" or "my"."""
        return self.queues.size(view, self.asker())

    def open_ticket(self, ticket_id: str) -> TicketView | None:
        """Everything the ticket pane shows, None for an unknown id."""
        now = self.clock()
        view = self._viewer.view(ticket_id, now, self.standing)
        return replace(view, pin=self.identity.state(view.ticket, now)) if view else None

    def why(self, ticket_id: str, clock: str = "") -> Explanation | Refusal:
        """Why a clock (by name, word or letter; "" is the next one) is due when it is."""
        now = self.clock()
        found = opened(self.replica, self.book, ticket_id, now)
        if found is None:
            return Refusal(tr("There is no such ticket."), tr("Check the number."))
        policy, entries = self.book.get(found.ticket.policy), len(found.history)
        return why(found.ticket, clock, policy, now, entries=entries, name=self.people.name)

    def search(self, typed: str, limit: int = 50) -> list[str]:
        """Ids of the tickets meant by a number, or that have all the words typed; newest first."""
        return self.finder.tickets(typed, limit)

    def strip(self, *, everyone: bool = False) -> Strip:
        """The warnings that concern me by the policy, or everyone's."""
        now = self.clock()
        return self.warnings.strip(self.alarms.watcher(self.me, now, everyone=everyone), now)

    def unsent(self) -> tuple[UnsentTicket, ...]:
        """What was done here and has not gone out, by ticket."""
        return unsent(self.replica, self.book, self.people)

    def next_change(self) -> datetime | None:
        """When the next ticket becomes due soon or over (UTC), if no one acts before."""
        return self.replica.queues.next_threshold(self.clock())

    def save_draft(self, ticket_id: str, kind: str, text: str, shown_seq: int = 0) -> Draft:
        """Keep unsent text; it is on the disk when this returns."""
        draft = Draft(ticket_id, kind, text, shown_seq, self.clock())
        self.replica.drafts.save(draft)
        return draft

    def saved_views(self) -> tuple[SavedView, ...]:
        """The saved views that I see, in order."""
        return self.replica.templates.views(self.me)

    def save_view(self, view: SavedView) -> Changed | Refusal:
        """Keep a filter, an order and columns in the rail; refused when the filter is not one.

        With a blank `id` it is a new one, at the end.
        """
        understood = parse_filter(view.filter, self.asker())
        if isinstance(understood, Refusal):
            return understood
        return self.shelf.keep(view, self.me, self.clock())

    def my_timer(self) -> Ticket | None:
        """The ticket on which my work timer runs (since `timer_since`), if any."""
        for ticket_id in self.replica.queues.timed_by(self.me):
            stored = self.replica.tickets.get(ticket_id)
            if stored is not None:
                return stored.ticket
        return None

    def changed_elsewhere(self) -> bool:
        """Whether another program changed this desk since the last call; names are read anew."""
        changed = self.replica.changed_elsewhere()
        if changed:
            self.people.refresh()
        return changed

    def first_contact(self) -> FirstContact:
        """Today's first-contact figure, today being the desk's day."""
        now = self.clock()
        start = now.astimezone(self.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        counted = self.replica.queues.resolved_between(start, now + timedelta(microseconds=1))
        goals = self.book.get(self.book.default).file.goals.values()
        wanted = (goal.share for goal in goals if goal.measure == "first contact")
        return FirstContact(*counted, next(wanted, 0.0))

    def prepare(self, ticket_id: str, kind: str, **more: str) -> Prepared:
        """A message to the contact in the policy's words; its text is "" when there are none."""
        stored = self.replica.tickets.get(ticket_id)
        if stored is None:
            return Prepared(kind, "")
        policy = self.book.get(stored.ticket.policy)
        return prepared(kind, stored.ticket, policy, self.clock(), self.people.name, **more)

    def to_send(self, ticket_id: str = "") -> tuple[Outgoing, ...]:
        """Messages that have not gone out, oldest first: of one ticket, or of all of them."""
        return self.outbox.waiting(ticket_id)

    def mark(
        self, message: Outgoing, state: State = "sent by hand", why: str = ""
    ) -> Done | Refusal:
        """Say what became of one of them."""
        return self.outbox.mark(message, self.clock(), self.me, state, why)

    def reply_ways(self, ticket_id: str, channel: str = "") -> Ways | None:
        """What can come of a reply to a ticket now; None for an unknown id."""
        stored = self.replica.tickets.get(ticket_id)
        if stored is None:
            return None
        return ways(stored.ticket, self.book.get(stored.ticket.policy), self.clock(), channel)

    def receive(self, ticket_id: str, reply: cmd.Receive, then: str = "") -> Received | Refusal:
        """Record what the contact said and let `then` (a key of `reply_ways`) come of it."""
        return self.replies.receive(ticket_id, reply, then, self.clock(), self.me)

    def feedback(self, ticket_id: str, answer: str, text: str = "") -> Done | Refusal:
        """Keep a contact's answer to the survey (by word or position) and tell who reads it."""
        return self.act(ticket_id, cmd.Feedback(answer=answer, text=text))

    def pin_state(self, ticket_id: str) -> PinState | None:
        """How it stands with the PIN of a ticket's contact; None for an unknown id."""
        stored = self.replica.tickets.get(ticket_id)
        return self.identity.state(stored.ticket, self.clock()) if stored else None

    def contact_pin(self, contact: Contact) -> PinState:
        """How it stands with the PIN of a contact of the directory, with no ticket in hand."""
        policy = self.book.get(self.policy_for(contact.client))
        return self.identity.of_contact(contact, policy, self.clock())

    def set_pin(
        self, client: str, contact: str, pin: str, ticket_id: str = ""
    ) -> Contact | Refusal:
        """Give a contact a PIN; noted on the ticket it was set from. A tenth of a second."""
        return self.identity.set(client, contact, pin, self.clock(), self.me, ticket_id)

    def check_pin(self, ticket_id: str, pin: str, shown_seq: int = 0) -> PinChecked | Refusal:
        """Compare what a caller said with their PIN, and record which. A tenth of a second."""
        return self.identity.check(ticket_id, pin, self.clock(), self.me, shown_seq)

    def tasks(self, role: str = "") -> tuple[RoleTask, ...]:
        """Open tasks of a role (by key or word, "" for all), the oldest first."""
        return role_tasks(self.replica, self.book, role)

    def recompute(self) -> int:
        """Work out the clocks of every open ticket anew (a policy changed); how many changed."""
        return recompute(self.replica, self.book)

    def for_me(self) -> tuple[ForMe, ...]:
        """What I was told and have not said to have read: hand-overs, then mentions."""
        return for_me(self.replica, self.people, self.me)

    def run_rules(self, most: int = 0) -> RulesReport:
        """Do what the policies do by themselves and is due by now; milliseconds for nothing.

        A window asks for `most` tickets at a time, and again while there are `more`.
        """
        carry(self.replica, self.book, self.clock())
        return run(self.replica, self.book, self.clock(), self.me, most)

    def next_rule(self) -> datetime | None:
        """When some rule acts next (UTC); in the past when one is overdue, None for never."""
        return self.replica.queues.next_rule()

    def take_policies(self) -> tuple[str, ...]:
        """Go by the policies that came with the shared desk; the names of those that changed."""
        self._taken_on = self._today()
        taken = take(self.replica, self.book, self._taken_on)
        if taken:
            self.recompute()
        return taken

    @property
    def policies_due(self) -> bool:
        """Whether one of the shared desk may have come into force since they were last taken."""
        return self.standing.link != "alone" and self._taken_on != self._today()

    def _today(self) -> date:
        return self.clock().astimezone(self.zone).date()

    def policy(self, name: str) -> Policy:
        """The policy a ticket runs under."""
        return self.book.get(name)
