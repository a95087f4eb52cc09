"""The least that stands in for a hub: lines in order, chained, offers judged as they must be."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from tierline.domain.log import DIRECTORY, GENESIS, Line, Offer, chain
from tierline.storage.replica import Replica


class Said(msgspec.Struct, frozen=True):
    """An answer, in the shape of `sync.hub.Answer`."""

    cseq: int
    outcome: str
    seq: int = 0
    why: str = ""
    lines: tuple[Line, ...] = ()


@dataclass
class TinyLog:
    """Lines and the last number of each console; `refuses` names kinds that it does not take."""

    hub_id: str = "hub"
    lines: list[Line] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)
    refuses: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def head(self) -> str:
        """The hash of the last line."""
        return self.lines[-1].chain if self.lines else GENESIS

    def append(self, author: str, console_id: str, offer: Offer) -> Line:
        """Put one more line behind the others."""
        line = Line(
            seq=len(self.lines) + 1,
            op_id=offer.op_id,
            console_id=console_id,
            cseq=offer.cseq,
            ticket_id=offer.ticket_id,
            kind=offer.kind,
            v=offer.v,
            author=author,
            at=offer.at,
            received_at=offer.at,
            base_seq=offer.base_seq,
            seen_seq=offer.seen_seq,
            payload=offer.payload,
            chain="",
            restricted=offer.restricted,
        )
        line = msgspec.structs.replace(line, chain=chain(self.head, line))
        self.lines.append(line)
        return line

    def cut(self, seq: int) -> None:
        """Lose the lines after `seq`, as a failover does, and forget that they were counted."""
        del self.lines[seq:]
        self.counted.clear()
        self.refused.clear()
        for line in self.lines:
            self.counted[line.console_id] = max(self.counted.get(line.console_id, 0), line.cseq)

    def of(self, ticket_id: str, after: int = 0) -> tuple[Line, ...]:
        """A ticket's lines."""
        return tuple(e for e in self.lines if e.ticket_id == ticket_id and e.seq > after)

    def push(self, author: str, console_id: str, offers: tuple[Offer, ...]) -> list[Said]:
        """Judge offers as a hub does; the first stale one ends the batch."""
        answers: list[Said] = []
        for offer in offers:
            answers.append(self._judged(author, console_id, offer))
            if answers[-1].outcome == "stale":
                break
        return answers

    def _judged(self, author: str, console_id: str, offer: Offer) -> Said:
        last = self.counted.get(console_id, 0)
        assert offer.cseq <= last + 1, f"offer {last + 1} of {console_id} is missing"
        known = next((line for line in self.lines if line.op_id == offer.op_id), None)
        if known is None and offer.kind in self.refuses and offer.cseq > last:
            self._count(console_id, offer)
            self.refused[offer.op_id] = f"{offer.kind} is for leads"
        if offer.cseq <= last + 1 and offer.op_id in self.refused:
            return Said(offer.cseq, "refused", why=self.refused[offer.op_id])
        if known is None:
            newer = self.of(offer.ticket_id, offer.base_seq)
            if offer.kind not in DIRECTORY and any(e.console_id != console_id for e in newer):
                return Said(offer.cseq, "stale", lines=newer)
            assert offer.cseq == last + 1, f"offer {offer.cseq} was another act"
            known = self.append(author, console_id, offer)
            self._count(console_id, offer)
            return Said(offer.cseq, "taken", known.seq)
        self._count(console_id, offer)
        return Said(offer.cseq, "known", known.seq)

    def _count(self, console_id: str, offer: Offer) -> None:
        self.counted[console_id] = max(self.counted.get(console_id, 0), offer.cseq)


def pull(replica: Replica, log: TinyLog, most: int = 1000) -> object:
    """One page of the log, and whole tickets where a page asks for them; what came of it."""
    sync = replica.sync
    cursor = sync.state().cursor
    page = log.lines[cursor : cursor + most]
    end = page[-1] if page else None
    applied = sync.apply(
        page, end.seq if end else cursor, end.chain if end else sync.state().chain, 0
    )
    if applied.missing:
        rows = [(each, log.of(each)[-1].seq, "") for each in applied.missing]
        sync.absorb(rows, [line for each in applied.missing for line in log.of(each)])
    return applied


def push(replica: Replica, log: TinyLog, most: int = 25) -> list[Said]:
    """One batch of offers and what the log said to them."""
    state = replica.sync.state()
    answers = log.push(state.login, state.console_id, replica.sync.offers(most))
    replica.sync.answered(answers)
    return answers


def settle(log: TinyLog, *replicas: Replica) -> None:
    """Go on until everybody has everything."""
    for _ in range(100):
        moved = False
        for replica in replicas:
            while replica.sync.state().cursor < len(log.lines):
                pull(replica, log)
                moved = True
            while push(replica, log):
                moved = True
        if not moved:
            return
    raise AssertionError("it never comes to rest")


def join(replica: Replica, log: TinyLog, login: str, number: int) -> str:
    """Belong to the log's hub as console `number`; its id."""
    console_id = f"00000000-0000-7000-8000-{number:012x}"
    replica.sync.join("tiny:", log.hub_id, login, console_id)
    replica.sync.apply((), 0, GENESIS, 0)
    return console_id


def rows(replica: Replica) -> dict[str, tuple[object, ...]]:
    """Every ticket row without what is this file's own business, and what search knows of it."""
    with replica._store.reading() as connection:
        found = connection.exec_driver_sql("SELECT * FROM ticket").mappings()
        own = {"rid", "seq"}
        return {
            row["id"]: tuple(value for name, value in row.items() if name not in own)
            for row in found
        }
