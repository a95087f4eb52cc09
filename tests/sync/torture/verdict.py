"""What became of it: the ledgers, the log and the replicas against each other."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tierline.domain.log import GENESIS, Line, chain
from tierline.storage.replica import FILE
from tierline.sync.hub import Console, Hub

_TICKETS = (
    "SELECT id, number, status, priority, tier, assignee, subject, ended, hub_seq, deadlines, "
    "state FROM ticket ORDER BY id"
)
_ASIDE = "SELECT op_id FROM journal WHERE state = 'aside'"


class Report(NamedTuple):
    """The figures, and every sentence that should not be there."""

    figures: dict[str, float]
    wrong: list[str]

    def __str__(self) -> str:
        """A table and the verdict."""
        rows = [f"{name:>36}  {value}" for name, value in self.figures.items()]
        return "\n".join([*rows, *self.wrong, "WRONG" if self.wrong else "nothing lost"])


def verdict(hub: Hub, folders: Sequence[Path], figures: dict[str, float]) -> Report:
    """Judge I1, I2, I3 and I6 of a hub that nobody writes to any more."""
    lines = list(_log(hub))
    acts = [op for folder in folders for op in (folder / "ledger").read_text("utf-8").split()]
    found = [
        *_broken(lines),
        *_lost(lines, folders, acts),
        *_apart(folders, _hidden(lines)),
        *_waiting(folders, len(lines)),
    ]
    told = {"acts confirmed": len(acts), "lines": len(lines), **figures}
    return Report(told, found)


def _log(hub: Hub) -> Iterator[Line]:
    hub.hello(Console(console_id="judge", version="1.0"), 0)
    cursor = 0
    while True:
        page = hub.pull("judge", cursor, 1000)
        yield from page.lines
        if page.cursor == cursor:
            return
        cursor = page.cursor


def _broken(lines: Sequence[Line]) -> Iterator[str]:
    hash_ = GENESIS
    for number, line in enumerate(lines, 1):
        hash_ = chain(hash_, line)
        if (line.seq, line.chain) != (number, hash_):
            yield f"I3 the log breaks at line {number}"
            return


def _lost(lines: Sequence[Line], folders: Sequence[Path], acts: Sequence[str]) -> Iterator[str]:
    times = Counter(line.op_id for line in lines)
    aside = {row[0] for folder in folders for row in _rows(folder, _ASIDE)}
    yield from (f"I1 {op_id} is {many} lines" for op_id, many in times.items() if many > 1)
    yield from (f"I1 {op_id} is lost" for op_id in acts if op_id not in times.keys() | aside)


def _hidden(lines: Sequence[Line]) -> set[object]:
    """The tickets that not everybody may read at the end."""
    last = {line.ticket_id: line.restricted for line in lines}
    return {ticket_id for ticket_id, restricted in last.items() if restricted}


def _apart(folders: Sequence[Path], hidden: set[object]) -> Iterator[str]:
    first = {row[0]: row for row in _rows(folders[0], _TICKETS) if row[0] not in hidden}
    for folder in folders[1:]:
        other = {row[0]: row for row in _rows(folder, _TICKETS) if row[0] not in hidden}
        for ticket_id in sorted(first.keys() | other.keys(), key=str):
            mine, theirs = first.get(ticket_id), other.get(ticket_id)
            if mine != theirs:
                yield f"I2 {folders[0].name} and {folder.name} differ on {mine or theirs}"


def _waiting(folders: Sequence[Path], lines: int) -> Iterator[str]:
    for folder in folders:
        ((waiting,),) = _rows(folder, "SELECT count(*) FROM journal WHERE state = 'pending'")
        ((cursor,),) = _rows(folder, "SELECT value FROM meta WHERE key = 'sync_cursor'")
        if waiting or int(cursor) != lines:
            yield f"I6 {folder.name}: {waiting} acts wait, at line {cursor} of {lines}"


def _rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / FILE)) as base:
        return base.execute(query).fetchall()
