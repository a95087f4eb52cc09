"""A replica in memory: the same promises as the file, for the parts an act needs."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tierline.domain.events import Operation
from tierline.storage.records import Draft, Projection, Recorded, Stored


@dataclass
class _State:
    journal: list[Recorded] = field(default_factory=list)
    tickets: dict[str, Stored] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    drafts: dict[tuple[str, str], Draft] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)


class MemoryWriting:
    """One transaction on a copy of the state."""

    def __init__(self, state: _State) -> None:
        """Change this copy."""
        self.state = state

    def stored(self, ticket_id: str) -> Stored | None:
        """The ticket as of this transaction."""
        return self.state.tickets.get(ticket_id)

    def operations(self, ticket_id: str) -> tuple[Recorded, ...]:
        """The ticket's history as of this transaction."""
        return tuple(r for r in self.state.journal if r.operation.ticket_id == ticket_id)

    def record(self, operation: Operation, projection: Projection, *, base_seq: int) -> int:
        """Append one act."""
        return self.record_all([((operation,), projection)], base_seq=base_seq)

    def record_all(
        self, acts: Sequence[tuple[Sequence[Operation], Projection]], *, base_seq: int = 0
    ) -> int:
        """Append operations and the tickets they lead to."""
        known = {each.operation.op_id for each in self.state.journal}
        for operations, projection in acts:
            for operation in operations:
                if operation.op_id in known:
                    raise ValueError(operation.op_id)
                seq = len(self.state.journal) + 1
                self.state.journal.append(Recorded(seq, seq, base_seq, "pending", operation))
            ticket = projection.ticket
            seq = len(self.state.journal)
            deadlines, phase = projection.deadlines, projection.phase
            self.state.tickets[ticket.id] = Stored(seq, ticket, deadlines, phase)
        return len(self.state.journal)

    def timed_by(self, person: str) -> list[str]:
        """Ids of the tickets on which a person's work timer runs."""
        return [i for i, each in self.state.tickets.items() if person == each.ticket.timer_by]

    def next_number(self, prefix: str) -> str:
        """A number nobody has had."""
        used = {each.ticket.number for each in self.state.tickets.values()}
        while True:
            figure = self.state.numbers[prefix] = self.state.numbers.get(prefix, 0) + 1
            if f"{prefix}{figure:07d}" not in used:
                return f"{prefix}{figure:07d}"

    def add_alias(self, number: str, ticket_id: str) -> None:
        """Let a ticket be found by another number."""
        self.state.aliases.setdefault(number.upper(), ticket_id)

    def drop_draft(self, ticket_id: str, kind: str, sent: str) -> None:
        """Forget a draft that was sent."""
        draft = self.state.drafts.get((ticket_id, kind))
        if draft is not None and draft.text.strip(" ") == sent.strip(" "):
            del self.state.drafts[ticket_id, kind]

    def known_operations(self, op_ids: Iterable[str]) -> frozenset[str]:
        """Which of these the journal has."""
        return frozenset(op_ids) & {each.operation.op_id for each in self.state.journal}


class MemoryTickets:
    """Reads of the committed state."""

    def __init__(self, replica: MemoryReplica) -> None:
        """Read from this replica."""
        self._replica = replica

    def get(self, ticket_id: str) -> Stored | None:
        """The ticket of that id."""
        return self._replica.state.tickets.get(ticket_id)

    def find(self, number: str) -> Stored | None:
        """The ticket of that number, by its figure or by alias."""
        wanted = number.strip().lstrip("#").strip().upper()
        state = self._replica.state
        for stored in reversed(list(state.tickets.values())):
            full = stored.ticket.number.upper()
            digits = "".join(c for c in full if c.isdigit())
            if wanted == full or (wanted.isdigit() and digits and int(wanted) == int(digits)):
                return stored
        return state.tickets.get(state.aliases.get(wanted, ""))

    def operations(self, ticket_id: str) -> tuple[Recorded, ...]:
        """The ticket's history."""
        return MemoryWriting(self._replica.state).operations(ticket_id)

    def operation(self, op_id: str) -> Recorded | None:
        """One operation."""
        found = (r for r in self._replica.state.journal if r.operation.op_id == op_id)
        return next(found, None)

    def count(self) -> int:
        """How many tickets there are."""
        return len(self._replica.state.tickets)


class MemoryDrafts:
    """Drafts of the committed state."""

    def __init__(self, replica: MemoryReplica) -> None:
        """Read from this replica."""
        self._replica = replica

    def save(self, one: Draft) -> None:
        """Keep or forget a draft."""
        drafts = self._replica.state.drafts
        if one.text:
            drafts[one.ticket_id, one.kind] = one
        else:
            drafts.pop((one.ticket_id, one.kind), None)

    def of(self, ticket_id: str) -> tuple[Draft, ...]:
        """The drafts of a ticket."""
        found = sorted(self._replica.state.drafts.items())
        return tuple(draft for (ticket, _), draft in found if ticket == ticket_id)


class MemoryReplica:
    """What `desk.acting.Acting` needs of a replica, without a disk."""

    def __init__(self) -> None:
        """Start empty."""
        self.state = _State()
        self.tickets = MemoryTickets(self)
        self.drafts = MemoryDrafts(self)

    @contextmanager
    def writing(self) -> Iterator[MemoryWriting]:
        """One transaction: its copy becomes the state when the block ends well."""
        writing = MemoryWriting(copy.deepcopy(self.state))
        yield writing
        self.state = writing.state

    def close(self) -> None:
        """Nothing to let go of."""
