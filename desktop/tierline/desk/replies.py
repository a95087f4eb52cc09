"""What the contact says, and what comes of it: the wait ends, the ticket comes back, or a new one.

Where only a person can tell (thanks, or not working after all?), they are asked: `ways` lists what
can come of it, and `receive` wants one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from tierline.desk.acting import Acting, Done, RefusedError
from tierline.domain import commands as cmd
from tierline.domain.decide import decide
from tierline.domain.errors import Refusal
from tierline.domain.judging import blank, first_status, working_status
from tierline.domain.policy import Policy
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr
from tierline.storage.replica import Replica
from tierline.storage.writing import Writing

RECORD, WORK, REOPEN, CONFIRM, NEW = "record", "work", "reopen", "confirm", "new"
_LONGEST_WHY = 120


class Way(NamedTuple):
    """Something that can come of a reply: its key, its words, and what else is to be known."""

    then: str
    word: str
    note: str = ""


class Ways(NamedTuple):
    """All of them; `usual` is what happens unless said, "" where a person must say."""

    ways: tuple[Way, ...]
    usual: str
    why: str

    def way(self, then: str) -> Way | None:
        """The way of that key."""
        return next((way for way in self.ways if way.then == then), None)


class Received(NamedTuple):
    """A reply that was recorded, what came of it, and the new ticket if one was logged."""

    done: Done
    then: str
    fresh: Done | None = None

    @property
    def message(self) -> str:
        """What was done, in one sentence."""
        number = self.done.ticket.number
        said = {
            RECORD: tr("Recorded on {number}.", number=number),
            WORK: tr("Recorded; {number} no longer waits.", number=number),
            REOPEN: tr("Recorded; {number} is open again.", number=number),
            CONFIRM: tr("Recorded; {number} is closed, it works.", number=number),
        }
        if self.fresh is not None:
            return tr(
                "Recorded on {number}; it goes on as {number2}.",
                number=number,
                number2=self.fresh.ticket.number,
            )
        return said[self.then]

    @property
    def said(self) -> Done:
        """The act on the ticket that was replied to, with that sentence."""
        return replace(self.done, message=self.message)


def ways(ticket: Ticket, policy: Policy, now: datetime, channel: str = "") -> Ways:
    """What can come of a reply to this ticket at `now` (aware), the likeliest first."""
    found = tuple(_ways(ticket, policy, now, channel))
    status = policy.status(ticket.status)
    if ticket.open:
        waits = status.phase == "waiting" and status.side == "client"
        why = (
            tr("{number} waits for them.", number=ticket.number)
            if waits
            else tr("{number} is open.", number=ticket.number)
        )
        return Ways(found, WORK if waits else RECORD, why)
    carries = ticket.ended == "closed" and policy.file.reopen.carry
    lone = found[0].then if len(found) == 1 else ""
    return Ways(
        found,
        NEW if carries else lone,
        tr("{number} is {ended}.", number=ticket.number, ended=ticket.ended),
    )


def _ways(ticket: Ticket, policy: Policy, now: datetime, channel: str) -> Iterator[Way]:
    if ticket.open:
        yield Way(RECORD, tr("Record it"))
        if policy.status(ticket.status).phase == "waiting":
            yield Way(WORK, tr("Go on working"), tr("The wait ends"))
        return
    reopened = decide(ticket, cmd.Reopen(reason="?"), policy, now, "")
    if not isinstance(reopened, Refusal):
        yield Way(REOPEN, tr("Re-open it"), _uncommon(policy, channel))
    if ticket.ended == "resolved":
        yield Way(RECORD, tr("Only record it"), tr("Thanks, or more to read"))
        confirmed = decide(ticket, cmd.Close(confirmed_by="?"), policy, now, "")
        if not isinstance(confirmed, Refusal):
            yield Way(CONFIRM, tr("It works, close it"))
    if ticket.ended != "resolved" or isinstance(reopened, Refusal):
        yield Way(NEW, tr("Log a new ticket"), tr("It names {number}", number=ticket.number))
    if ticket.ended != "resolved":
        yield Way(RECORD, tr("Only note it"), tr("No answer goes out"))


def _uncommon(policy: Policy, channel: str) -> str:
    """A remark when the policy names other ways to re-open than the one that was used."""
    channels = policy.file.reopen.channels
    if not channel or not channels or channel in channels:
        return ""
    known = policy.file.channels
    words = [known[name].word if name in known else name for name in channels]
    return tr("{label} re-opens by {names}", label=policy.label, names=", ".join(words))


class Replies:
    """Records replies on one replica."""

    def __init__(self, replica: Replica, book: PolicyBook, acting: Acting) -> None:
        """Act on this replica under these policies."""
        self._replica = replica
        self._book = book
        self._acting = acting

    def receive(
        self, ticket_id: str, reply: cmd.Receive, then: str, now: datetime, by: str
    ) -> Received | Refusal:
        """Record a reply and let `then` come of it ("" is what is usual), all of it or nothing."""
        if blank(reply.text):
            return Refusal(tr("The text is empty."), tr("Write what the contact said."), "text")
        try:
            with self._replica.writing() as writing:
                return self._received(writing, ticket_id, reply, then, now, by)
        except RefusedError as refused:
            return refused.refusal

    def _received(  # one argument more than elsewhere would hide what is passed
        self,
        writing: Writing,
        ticket_id: str,
        reply: cmd.Receive,
        then: str,
        now: datetime,
        by: str,
    ) -> Received:
        stored = writing.stored(ticket_id)
        if stored is None:
            raise RefusedError(Refusal(tr("There is no such ticket."), tr("Check the number.")))
        ticket, policy = stored.ticket, self._book.get(stored.ticket.policy)
        chosen = _chosen(ways(ticket, policy, now, reply.channel), then)
        fresh = None
        if chosen == NEW:
            log = going_on(ticket, reply, self._policy(ticket))
            fresh = self._acting.log_within(writing, log, self._policy(ticket).name, now, by)
        commands = _commands(ticket, policy, reply, chosen)
        if fresh is not None:
            commands.append(cmd.Note(text=f"Goes on as {fresh.ticket.number}."))
        done = self._acting.act_within(writing, ticket_id, commands, now, by, stored.seq)
        if isinstance(done, Refusal):
            raise RefusedError(done)
        return Received(done, chosen, fresh)

    def _policy(self, ticket: Ticket) -> Policy:
        """What a new ticket of this client runs under: their contract's policy by now."""
        client = self._replica.directory.client(ticket.client)
        known = client.policy if client else ""
        return self._book.get(known if self._book.knows(known) else ticket.policy)


def going_on(ticket: Ticket, reply: cmd.Receive, policy: Policy) -> cmd.Log:
    """The new ticket that goes on from one that has ended, with what is still true of it."""
    file = policy.file
    takes = [int(key) for key, table in file.tiers.items() if table.intake]
    by_way = reply.channel if reply.channel in file.channels else ticket.channel
    details = {key: text for key, text in ticket.details.items() if key != "old_number"}
    return cmd.Log(
        number="",
        subject=ticket.subject,
        channel=by_way if by_way in file.channels else next(iter(file.channels)),
        client=ticket.client,
        contact=ticket.contact,
        contact_reach=ticket.contact_reach,
        description=reply.text,
        type=ticket.type if ticket.type in file.types else next(iter(file.types)),
        impact=ticket.impact,
        urgency=ticket.urgency,
        priority=ticket.priority,
        category=ticket.category,
        details=details,
        tier=min(takes, default=ticket.tier),
        later=True,
        carries=ticket.number,
    )


def _chosen(known: Ways, then: str) -> str:
    wanted = then.strip().casefold() or known.usual
    if known.way(wanted) is not None:
        return wanted
    listed = ", ".join(f"{way.then} ({way.word[:1].lower()}{way.word[1:]})" for way in known.ways)
    said = tr('"{then}" does not fit: {why}', then=then, why=known.why) if wanted else known.why
    raise RefusedError(Refusal(said, tr("Say what comes of it: {listed}.", listed=listed), "then"))


def _commands(ticket: Ticket, policy: Policy, reply: cmd.Receive, then: str) -> list[cmd.Command]:
    """What is done to the ticket that was replied to."""
    why = _first_line(reply.text)
    if then == WORK:
        back = working_status(policy) if ticket.assignee else first_status(policy, "new")
        return [reply, cmd.ChangeStatus(status=back, reason=f"They replied: {why}")]
    if then == REOPEN:
        # Open first: what comes in on an open ticket is no reply to a closed one.
        return [cmd.Reopen(reason=why, channel=reply.channel), reply]
    if then == CONFIRM:
        return [reply, cmd.Close(confirmed_by=ticket.contact or tr("The contact"))]
    if then == RECORD and ticket.ended in ("closed", "cancelled"):
        # A note: a message of theirs would be answered that a new ticket was opened.
        return [cmd.Note(text=f"They wrote after it had ended:\n{reply.text.strip()}")]
    return [reply]


def _first_line(text: str) -> str:
    line = " ".join(text.strip().splitlines()[0].split())
    return line if len(line) <= _LONGEST_WHY else f"{line[: _LONGEST_WHY - 1].rstrip()}…"
