"""Messages to contacts that have not gone out: read in their order, sent, and marked.

A person sends them by hand and says so. Whatever sends mail one day does the same through
`Outbox.deliver`, and nothing else has to know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Literal, NamedTuple, Protocol

from tierline.desk.acting import Acting, Done
from tierline.desk.composing import heading
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.errors import Refusal, WorldError
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import Letter, Ticket
from tierline.domain.tongue import tr
from tierline.storage.records import Contact
from tierline.storage.replica import Replica

TAKEN_FOR = timedelta(minutes=15)  # then a letter whose sender was never heard of again is free
_EVERY = 1_000_000
State = Literal["sent by hand", "sent", "failed"]


class Outgoing(NamedTuple):
    """A message as it is to be sent. `key` names it on its ticket, `why` is why it failed.

    `address` is a mail address or, for what goes another way, the number we have; "" when neither
    is known. `rule` wrote it when no person did.
    """

    ticket_id: str
    number: str
    client: str
    to: str
    address: str
    channel: str
    subject: str
    text: str
    key: str
    at: datetime
    state: str
    why: str = ""
    by: str = ""
    rule: str = ""

    def copyable(self) -> str:
        """The whole message for another program: to whom, about what, the words."""
        who = f"{self.to} <{self.address}>" if "@" in self.address else self.to
        return tr(
            "To: {who}\nSubject: {subject}\n\n{text}\n",
            who=who,
            subject=self.subject,
            text=self.text,
        )


class Mailer(Protocol):
    """Something that can send a message by itself."""

    def send(self, message: Outgoing) -> None:
        """Send it; it has gone out when this returns.

        Raises:
            WorldError: it has not.
        """


class Outbox:
    """The messages of one replica that are to be sent."""

    def __init__(self, replica: Replica, book: PolicyBook, acting: Acting) -> None:
        """Read from this replica."""
        self._replica = replica
        self._book = book
        self._acting = acting

    def waiting(self, ticket_id: str = "", limit: int = 200) -> tuple[Outgoing, ...]:
        """What is to be sent, and what failed, oldest first; of one ticket, or of all of them."""
        if ticket_id:
            stored = self._replica.tickets.get(ticket_id)
            tickets: Iterable[Ticket] = [stored.ticket] if stored else []
        else:
            tickets = self._replica.owed.letters()
        owed = [(letter.at, letter, ticket) for ticket in tickets for letter in ticket.outbox]
        owed.sort(key=lambda each: (each[0], each[1].key))
        shown = [(letter, ticket) for _, letter, ticket in owed[:limit]]
        said = self._replica.owed.messages((ticket.id, letter.key) for letter, ticket in shown)
        contact = cache(self._replica.directory.contact)
        return tuple(
            self._outgoing(
                letter,
                ticket,
                said.get((ticket.id, letter.key)),
                contact(ticket.client, letter.to),
            )
            for letter, ticket in shown
        )

    def count(self) -> int:
        """How many there are."""
        return sum(len(ticket.outbox) for ticket in self._replica.owed.letters())

    def mark(
        self,
        message: Outgoing,
        now: datetime,
        by: str,
        state: State = "sent by hand",
        why: str = "",
    ) -> Done | Refusal:
        """Say what became of a message; `why` is asked for when it failed."""
        marked = cmd.MarkDelivered(state=state, message=message.key, why=why)
        return self._acting.act(message.ticket_id, marked, now, by)

    def deliver(
        self, mailer: Mailer, clock: Callable[[], datetime], by: str = ""
    ) -> tuple[int, int]:
        """Send everything that has not been tried; how many went out, and how many failed.

        Any number of programs on one desk may do this: each letter is taken before it is sent. One
        that broke off in the middle may have sent it, so `TAKEN_FOR` goes by before it is tried
        again; a mailer must give up sooner. Consoles joined by a hub let one of them send.
        """
        sent = failed = 0
        for message in self.waiting(limit=_EVERY):
            key, now = (message.ticket_id, message.key), clock()
            if message.state == "failed" or not self._replica.owed.take(key, now, now + TAKEN_FOR):
                continue
            try:
                mailer.send(message)
            except WorldError as trouble:
                failed += 1
                self.mark(message, clock(), by, "failed", trouble.what)
            else:
                sent += 1
                self.mark(message, clock(), by, "sent")
            self._replica.owed.give_back(key)
        return sent, failed

    def _outgoing(
        self, letter: Letter, ticket: Ticket, said: ev.Messaged | None, known: Contact | None
    ) -> Outgoing:
        """The letter with its words, which come from the history: a ticket keeps the key alone."""
        spare = ticket.contact_reach if letter.to == ticket.contact else ""
        written = not self._book.get(ticket.policy).spoken(letter.channel)
        found = (known.mail, known.phone) if known else ("", "")
        address = (found[0] or (spare if "@" in spare else "")) if written else found[1] or spare
        return Outgoing(
            ticket_id=ticket.id,
            number=ticket.number,
            client=ticket.client,
            to=letter.to or ticket.contact,
            address=address,
            channel=letter.channel,
            subject=heading(ticket.number, ticket.subject),
            text=said.text if said else "",
            key=letter.key,
            at=letter.at,
            state=letter.delivery,
            why=letter.why,
            by=said.by if said else "",
            rule=said.rule if said else "",
        )
