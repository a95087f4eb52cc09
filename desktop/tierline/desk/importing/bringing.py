"""The second half of an import: each ticket's rows become history, and reach the desk in batches.

A batch is on the disk or not at all, so an import may be stopped anywhere and run again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from tierline.desk.importing.gathering import SEPARATOR, Gathered
from tierline.desk.importing.merging import Before, Told, in_order, merged_telling, new_telling
from tierline.desk.importing.replaying import HISTORY, BadHistoryError, operation_of, replayed
from tierline.domain import events as ev
from tierline.domain.policy_book import PolicyBook
from tierline.storage.records import Imported, Known
from tierline.storage.replica import Replica
from tierline.transfer.dates import Dates
from tierline.transfer.history import Name, Teller
from tierline.transfer.meanings import Meanings, Unknown
from tierline.transfer.rows import BadValueError, Reader, SourceRow
from tierline.transfer.spool import Kept, Spool
from tierline.transfer.watching import Watch

_BATCH = 1_000  # tickets a transaction


class Tally:
    """What an import has done so far."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.tickets = self.made = self.updated = self.unchanged = self.operations = 0
        self.again = self.early = self.uneven = 0
        self.log = False
        self.policies: dict[str, None] = {}
        self.unknown = Unknown()


class Bringing:
    """Carries gathered rows to a desk."""

    def __init__(
        self,
        replica: Replica,
        book: PolicyBook,
        gathered: Sequence[Gathered],
        *,
        policy: str,
        now: datetime,
        as_of: datetime | None,
        dry_run: bool,
    ) -> None:
        """`policy` is for all tickets; "" is the one of each client's contract."""
        self._replica, self._book, self._gathered = replica, book, gathered
        self._policy, self._as_of, self._dry_run = policy, as_of, dry_run
        self._readers = [
            Reader(each.layout.mapping, Dates(each.order, each.zone or ZoneInfo("UTC")), now)
            for each in gathered
        ]
        self._known: dict[str, dict[str, Known]] = {}
        self._taken: dict[str, str] = {}
        self._policy_of = cache(self._chosen_policy)
        self._meanings = cache(self._new_meanings)
        self.tally = Tally()

    def run(self, spool: Spool, watch: Watch) -> None:
        """Bring everything.

        Raises:
            WorldError: the disk refused; what was brought before is there and stays.
            CancelledError: the caller wants it to stop; what was brought stays.
        """
        done = 0
        for heap in spool.heaps():
            keys = list(heap)
            for start in range(0, len(keys), _BATCH):
                batch = {key: heap.pop(key) for key in keys[start : start + _BATCH]}
                self._bring(batch)
                done += sum(len(rows) for rows in batch.values())
                watch.tell(done, spool.rows, "write", "rows")

    def _bring(self, batch: dict[str, list[Kept]]) -> None:
        self._look_up(batch)
        tally, found = self.tally, []
        for key, kept in batch.items():
            try:
                imported = self._ticket(key, kept)
            except BadHistoryError as failure:
                if str(failure):
                    self._gathered[kept[0].layout].notes.refuse(kept[0].number, str(failure))
                continue
            tally.tickets += 1
            if imported is None:
                tally.unchanged += 1
                continue
            found.append(imported)
            self._count(imported)
        if found and not self._dry_run:
            self._replica.imports.bring(found)

    def _count(self, imported: Imported) -> None:
        events = (event for op in imported.operations for event in op.events)
        ticket = imported.projection.ticket
        known = ticket.external_id in self._known.get(ticket.source, {})
        is_new = not known and any(isinstance(event, ev.Logged) for event in events)
        self.tally.made += is_new
        self.tally.updated += not is_new
        self.tally.operations += len(imported.operations)

    def _look_up(self, batch: dict[str, list[Kept]]) -> None:
        """Read once for the batch what the desk knows of its sources and numbers."""
        for source in {key.partition(SEPARATOR)[0] for key in batch} - self._known.keys():
            self._known[source] = self._replica.imports.known(source)
        numbers = [self._number(kept[0]) for kept in batch.values()]
        self._taken |= self._replica.imports.numbers_in_use(numbers)

    def _number(self, kept: Kept) -> str:
        layout = self._gathered[kept.layout].layout
        place = layout.names.index("number") if "number" in layout.names else -1
        return (kept.values[place] if place >= 0 else "") or layout.id_of(kept.values)

    def _rows(self, kept: list[Kept]) -> tuple[list[SourceRow], Kept]:
        """The rows of a ticket in order, each once; those with a bad date are noted."""
        rows = []
        for each in kept:
            gathered = self._gathered[each.layout]
            try:
                row = self._readers[each.layout].row(gathered.layout.names, each.values)
            except BadValueError as failure:
                gathered.notes.refuse(each.number, str(failure))
                continue
            rows.append(row)
        self.tally.uneven += any(after.version < row.version for row, after in pairwise(rows))
        ordered = in_order(rows)
        self.tally.log = self.tally.log or len(ordered) > 1
        return ordered, kept[-1]

    def _ticket(self, key: str, kept: list[Kept]) -> Imported | None:
        """What is new of a ticket, None when nothing is.

        Raises:
            BadHistoryError: none of its rows can be taken; without words when each was noted.
        """
        source, _, external_id = key.partition(SEPARATOR)
        if self._gathered[kept[0].layout].layout.mapping.name == HISTORY:
            return self._replayed(external_id, kept)
        rows, last = self._rows(kept)
        if not rows:
            raise BadHistoryError
        if self._is_ours(rows[-1]):
            return None
        reader = self._readers[last.layout]
        opened = reader.instant(rows[0].values, "opened_at")
        self.tally.early += sum(row.at < opened for row in rows) if opened else 0
        mark = _mark(rows, self._as_of)
        known = self._known[source].get(external_id)
        if known is not None and known.mark == mark:
            return None
        if known is None:
            told = self._new(Name(source, external_id, self._number(last)), rows, last)
        else:
            told = self._more(known, rows, last)
        if told is None:
            return None
        self.tally.again += told.again
        self.tally.policies[told.projection.ticket.policy] = None
        return Imported(told.operations, told.projection, mark)

    def _is_ours(self, row: SourceRow) -> bool:
        """Whether an export of this very desk comes back."""
        ours = row.values.get("id", "")
        return bool(ours) and self._replica.tickets.get(ours) is not None

    def _replayed(self, ticket_id: str, kept: list[Kept]) -> Imported | None:
        told = []
        for each in kept:
            gathered = self._gathered[each.layout]
            try:
                act = operation_of(dict(zip(gathered.layout.names, each.values, strict=True)))
            except BadHistoryError as failure:
                gathered.notes.refuse(each.number, str(failure))
                continue
            if self._as_of is None or act.at <= self._as_of:
                told.append(act)
        if not told:
            raise BadHistoryError
        name = self._free(Name("tierline", ticket_id, self._number(kept[-1])), ticket_id)
        return replayed(self._replica, self._book, told, name.number)

    def _new(self, name: Name, rows: list[SourceRow], last: Kept) -> Told | None:
        name = self._free(name, name.ticket_id)
        policy = self._policy or self._policy_of(rows[0].values.get("client", ""))
        teller = Teller(name, self._meanings(last.layout, policy), self._readers[last.layout])
        return new_telling(teller, rows, self._book, self._as_of)

    def _more(self, known: Known, rows: list[SourceRow], last: Kept) -> Told | None:
        stored = self._replica.tickets.get(known.ticket_id)
        assert stored is not None
        recorded = self._replica.tickets.operations(known.ticket_id)
        before = Before(stored.ticket, tuple(each.operation for each in recorded))
        ticket, reader = stored.ticket, self._readers[last.layout]
        name = Name(ticket.source, ticket.external_id, ticket.number)
        meanings = self._meanings(last.layout, ticket.policy)
        teller = Teller(name, meanings, reader, turn=before.turns)
        return merged_telling(teller, before, rows, reader, self._book, self._as_of)

    def _free(self, name: Name, ticket_id: str) -> Name:
        """The number as it is, unless another ticket has it: then with its source before it."""
        number, count = name.number, 1
        while self._taken.get(number.upper(), ticket_id) != ticket_id:
            number = f"{name.source}-{name.number}" + (f"-{count}" if count > 1 else "")
            self._taken |= self._replica.imports.numbers_in_use([number])
            count += 1
        self._taken[number.upper()] = ticket_id
        return name._replace(number=number)

    def _chosen_policy(self, client: str) -> str:
        contract = self._replica.directory.client(client) if client else None
        known = contract is not None and self._book.knows(contract.policy)
        return contract.policy if contract is not None and known else self._book.default

    def _new_meanings(self, layout: int, policy: str) -> Meanings:
        mapping = self._gathered[layout].layout.mapping
        return Meanings(mapping, self._book.get(policy), self.tally.unknown)


def _mark(rows: Sequence[SourceRow], as_of: datetime | None) -> str:
    """What tells whether a later import has the same to say of a ticket."""
    digest = hashlib.sha1(usedforsecurity=False)
    for row in rows:
        digest.update(row.key.encode("utf-8", "replace") + b"\n")
    cut = f"@{as_of.isoformat()}" if as_of is not None and rows[-1].at > as_of else ""
    return f"{len(rows)}:{digest.hexdigest()}{cut}"
