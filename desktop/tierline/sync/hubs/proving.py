"""What `verify` proves: the chain, and that every ticket's row is what its history says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from tierline.domain.log import GENESIS, Line, chain
from tierline.domain.ticket import Ticket
from tierline.storage.folding import Folding, read_events
from tierline.storage.rows import PartialRowError, projection_of
from tierline.sync.hub import Snapshot


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is not as it should be. `about` is a ticket's number, a line, a file."""

    about: str
    what: str
    author: str = ""
    part: Literal["right", "log", "ticket", "file"]


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """What was looked at, and what was found.

    `seq` and `chain` are the last line's. `unread` tickets hold acts of a newer version. `files`
    are whole; `awaited` are those that a console still has to send: no fault of the hub. `people`
    counts logins by role, `rights` the cells of the database's matrix.
    """

    hub_id: str
    seq: int
    chain: str
    lines: int
    tickets: int
    unread: int
    files: int
    people: dict[str, int]
    rights: int
    seconds: float
    findings: tuple[Finding, ...]
    awaited: tuple[Finding, ...]


class ChainProof:
    """Takes a log's lines as they come, from the first one on."""

    def __init__(self, after: int = 0, before: str = GENESIS) -> None:
        """Begin behind a line whose hash is known."""
        self.lines = 0
        self.findings: list[Finding] = []
        self._seq, self._chain = after, before

    def take(self, lines: Iterable[Line]) -> None:
        """The next lines; the first break is told, and what follows is judged from there."""
        for line in lines:
            self.lines += 1
            if line.seq != self._seq + 1:
                self._found(line, f"lines {self._seq + 1} to {line.seq - 1} are missing")
            elif chain(self._chain, line) != line.chain:
                self._found(line, "it was changed after it was written, or one before it")
            self._seq, self._chain = line.seq, line.chain

    def end(self, seq: int, head: str) -> None:
        """What the hub says its last line is."""
        if (seq, head) != (self._seq, self._chain):
            what = f"the log ends with line {self._seq}, the hub says {seq}"
            self.findings.append(Finding(about="log", what=what, part="log"))

    def _found(self, line: Line, what: str) -> None:
        found = Finding(about=f"line {line.seq}", what=what, author=line.author, part="log")
        self.findings.append(found)


class RowProof:
    """Folds tickets from their lines and compares them with their rows."""

    def __init__(self) -> None:
        """Begin with nothing looked at."""
        self.tickets = self.unread = 0
        self.findings: list[Finding] = []

    def take(self, some: Snapshot) -> None:
        """The next tickets."""
        of: dict[str, list[Line]] = {}
        for line in some.lines:
            of.setdefault(line.ticket_id, []).append(line)
        for ticket_id, last_seq, row in some.rows:
            self.tickets += 1
            self.findings += self._compared(ticket_id, last_seq, row, of.get(ticket_id, []))

    def _compared(
        self, ticket_id: str, last_seq: int, row: str, lines: Sequence[Line]
    ) -> Iterator[Finding]:
        author = lines[-1].author if lines else ""
        if not lines or lines[-1].seq != last_seq:
            there = lines[-1].seq if lines else 0
            what = f"its row is of line {last_seq}, its history ends with {there}"
            yield Finding(about=ticket_id, what=what, author=author, part="ticket")
            return
        folding = Folding(ticket_id)
        for line in lines:
            events = read_events(line.payload)
            if events is None:
                self.unread += 1
                return
            folding.add(line.op_id, events)
        try:
            shown = projection_of(row).ticket
        except PartialRowError:
            self.unread += 1
            return
        except (msgspec.DecodeError, msgspec.ValidationError):
            yield Finding(
                about=ticket_id, what="its row cannot be read", author=author, part="ticket"
            )
            return
        yield from _differences(shown, folding.ticket, ticket_id, author)


def _differences(
    shown: Ticket, folded: Ticket | None, ticket_id: str, author: str
) -> Iterator[Finding]:
    if folded is None:
        yield Finding(
            about=ticket_id, what="its history does not log it", author=author, part="ticket"
        )
        return
    for name in shown.__struct_fields__:
        here, there = getattr(shown, name), getattr(folded, name)
        if here != there:
            what = f"{name} is {_brief(here)}, its history says {_brief(there)}"
            yield Finding(about=folded.number, what=what, author=author, part="ticket")


def _brief(value: object) -> str:
    text = msgspec.json.encode(value).decode()
    return text if len(text) <= 60 else f"{text[:57]}…"
