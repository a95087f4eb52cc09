"""Who is calling: a contact's PIN is set, and checked before their ticket is worked on.

Only a hash is kept, in the directory; what was typed is in no event, no log and no answer. Whether
a try is left is asked and counted in one write transaction: two consoles share the same few tries.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from tierline.desk import pins
from tierline.desk.acting import Acting, Done, RefusedError
from tierline.desk.when import when
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.domain.judging import needs_proof
from tierline.domain.policy import Policy
from tierline.domain.policy_book import PolicyBook
from tierline.domain.policy_process import VerificationTable
from tierline.domain.rules.times import later
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr
from tierline.storage.records import Contact, Stored
from tierline.storage.replica import Replica
from tierline.storage.writing import Writing

HOW = "PIN"


class PinState(NamedTuple):
    """What a contact panel shows of a PIN. `left` is 0 while it is locked, None for no limit.

    `needed` says that the ticket waits for it, `otherwise` what can be done without.
    """

    set: bool
    set_at: datetime | None
    set_by: str
    left: int | None
    locked_until: datetime | None
    needed: bool
    otherwise: str


class PinChecked(NamedTuple):
    """A PIN was compared and the ticket says so; when it was wrong, `what` and `todo` are said."""

    right: bool
    left: int
    locked_until: datetime | None
    what: str
    todo: str
    done: Done


class _Ready(NamedTuple):
    contact: Contact
    policy: Policy
    table: VerificationTable


class Identity:
    """Sets and checks PINs on one replica. `zone` is where times of day are written."""

    def __init__(self, replica: Replica, book: PolicyBook, acting: Acting, zone: ZoneInfo) -> None:
        """Keep PINs in this replica's directory."""
        self._replica = replica
        self._book = book
        self._acting = acting
        self._zone = zone

    def state(self, ticket: Ticket, now: datetime) -> PinState:
        """How it stands with the PIN of a ticket's contact."""
        policy = self._book.get(ticket.policy)
        contact = self._replica.directory.contact(ticket.client, ticket.contact)
        kept = contact or Contact(client=ticket.client, name=ticket.contact)
        return self.of_contact(kept, policy, now, needed=needs_proof(ticket, policy))

    def of_contact(
        self, kept: Contact, policy: Policy, now: datetime, *, needed: bool = False
    ) -> PinState:
        """How it stands with a contact's PIN under the policy of their contract."""
        table, locked = policy.file.verification, _locked(kept, now)
        tries = table.tries - _tried(kept, now) if table else None
        return PinState(
            set=bool(kept.pin_hash),
            set_at=kept.pin_set_at,
            set_by=kept.pin_set_by,
            left=0 if locked else tries,
            locked_until=locked,
            needed=needed,
            otherwise=table.otherwise if table else "",
        )

    def set(
        self, client: str, name: str, typed: str, now: datetime, by: str, ticket_id: str = ""
    ) -> Contact | Refusal:
        """Give a contact a PIN, in place of the one they had; wrong tries are forgotten.

        Set from a ticket, that is noted on it; who set it when stands with the contact in any case,
        until it is set anew. One that waits for a proof is not the occasion:
        whoever is on the line would prove themselves with what they have just chosen.
        """
        if not client.strip() or not name.strip():
            return Refusal(
                tr("Nobody is named."), tr("A PIN belongs to a client's contact."), "contact"
            )
        known = self._replica.directory.contact(client, name)
        if refusal := pins.unfit(typed, known.phone if known else ""):
            return refusal
        fresh = pins.hashed(pins.digits(typed))  # slow on purpose: before the file is locked
        try:
            with self._replica.writing() as writing:
                kept = writing.contact(client, name) or Contact(client=client, name=name)
                made = replace(
                    kept,
                    pin_hash=fresh,
                    pin_tries=0,
                    pin_locked_until=None,
                    pin_set_at=now,
                    pin_set_by=by,
                )
                if ticket_id:
                    self._note_set(writing, ticket_id, name, now, by)
                writing.put_contact(made, now)
        except RefusedError as refused:
            return refused.refusal
        return made

    def check(
        self, ticket_id: str, typed: str, now: datetime, by: str, shown_seq: int = 0
    ) -> PinChecked | Refusal:
        """Compare what the caller said with the PIN of the ticket's contact, and record which.

        A refusal tells nothing about the PIN: none is set, it is locked, or none was said.
        """
        answer: PinChecked | Refusal | None = None
        while answer is None:
            answer = self._compared(ticket_id, typed, now, by, shown_seq)
        return answer

    def _compared(
        self, ticket_id: str, typed: str, now: datetime, by: str, shown_seq: int
    ) -> PinChecked | Refusal | None:
        """One comparison; None when the PIN was set anew meanwhile.

        It takes its tenth of a second before the file is locked for writing. What came out is said
        only if, inside the transaction, there is still a try left for it.
        """
        before = self._ready(self._replica.tickets.get(ticket_id), self._contact, typed, now)
        if isinstance(before, Refusal):
            return before
        hashed = before.contact.pin_hash
        right = pins.matches(hashed, pins.digits(typed))
        better = pins.hashed(pins.digits(typed)) if right and pins.outdated(hashed) else hashed
        with self._replica.writing() as writing:
            ready = self._ready(writing.stored(ticket_id), writing.contact, typed, now)
            if isinstance(ready, Refusal):
                return ready
            if ready.contact.pin_hash != hashed:
                return None
            after, command = _judged(ready, now, right=right)
            done = self._acting.act_within(writing, ticket_id, (command,), now, by, shown_seq)
            if isinstance(done, Refusal):
                return done
            writing.put_contact(replace(after, pin_hash=better), now)
        return self._told(after, ready.table, done, now, right=right)

    def _contact(self, client: str, name: str) -> Contact | None:
        return self._replica.directory.contact(client, name)

    def _ready(
        self,
        stored: Stored | None,
        contact_of: Callable[[str, str], Contact | None],
        typed: str,
        now: datetime,
    ) -> _Ready | Refusal:
        """What a PIN is compared with and under which rules, else why it cannot be now."""
        if stored is None:
            return Refusal(tr("There is no such ticket."), tr("Check the number."))
        ticket, policy = stored.ticket, self._book.get(stored.ticket.policy)
        table = policy.file.verification
        if table is None:
            todo = tr("Record how the caller was identified instead (verify).")
            return Refusal(tr("{label} works without PINs.", label=policy.label), todo)
        contact = contact_of(ticket.client, ticket.contact)
        if contact is None or not contact.pin_hash:
            return Refusal(
                tr("{contact} has no PIN.", contact=ticket.contact or "The contact"),
                _other_way(table),
            )
        if until := _locked(contact, now):
            at = when(until, now, self._zone)
            return Refusal(
                tr("{name}'s PIN is locked until {at}.", name=contact.name, at=at),
                _other_way(table),
            )
        if not pins.digits(typed):
            return Refusal(pins.FORM, tr("It was not compared; ask again."), "pin")
        return _Ready(contact, policy, table)

    def _told(
        self, contact: Contact, table: VerificationTable, done: Done, now: datetime, *, right: bool
    ) -> PinChecked:
        if right:
            return PinChecked(
                True, table.tries, None, tr("{name} is verified.", name=contact.name), "", done
            )
        until, left = contact.pin_locked_until, table.tries - contact.pin_tries
        tries = "1 try" if left == 1 else tr("{left} tries", left=left)
        rest = (
            tr("it is locked until {when}", when=when(until, now, self._zone))
            if until
            else tr("{tries} left", tries=tries)
        )
        what = tr("The PIN does not match, {rest}.", rest=rest)
        return PinChecked(False, left, until, what, _other_way(table), done)

    def _note_set(
        self, writing: Writing, ticket_id: str, name: str, now: datetime, by: str
    ) -> None:
        stored = writing.stored(ticket_id)
        if stored and needs_proof(stored.ticket, self._book.get(stored.ticket.policy)):
            table = self._book.get(stored.ticket.policy).file.verification
            what = tr(
                "{number} waits for proof: no PIN is set while they are calling.",
                number=stored.ticket.number,
            )
            raise RefusedError(Refusal(what, _other_way(table) if table else ""))
        note = cmd.Note(text=f"Set a PIN for {name}.")
        done = self._acting.act_within(writing, ticket_id, (note,), now, by)
        if isinstance(done, Refusal):
            raise RefusedError(done)


def _judged(ready: _Ready, now: datetime, *, right: bool) -> tuple[Contact, cmd.Command]:
    """The contact with this try counted, and what the ticket is told of it."""
    contact, policy, table = ready
    if right:
        clean = replace(contact, pin_tries=0, pin_locked_until=None)
        return clean, cmd.Verify(how=HOW, pin=True)
    tries = _tried(contact, now) + 1
    until = later(policy, now, table.lock) if tries >= table.tries else None
    counted = replace(contact, pin_tries=tries, pin_locked_until=until)
    return counted, cmd.FailPin(tries=tries, locked_until=until)


def _tried(contact: Contact, now: datetime) -> int:
    """Wrong tries that still count: none of those before a lock that is over."""
    over = contact.pin_locked_until is not None and not _locked(contact, now)
    return 0 if over else contact.pin_tries


def _locked(contact: Contact, now: datetime) -> datetime | None:
    until = contact.pin_locked_until
    return until if until is not None and now < until else None


def _other_way(table: VerificationTable) -> str:
    return (
        tr("Or the other way: {otherwise}.", otherwise=table.otherwise)
        if table.otherwise
        else tr("Alert the lead.")
    )
