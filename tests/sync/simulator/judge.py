"""The six invariants, checked at the end of a story against the log and the ledger alone."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from tests.fakes.books import bundled_book
from tests.sync.simulator.story import Told
from tierline.domain import events as ev
from tierline.domain.log import GENESIS, VOID, Line, chain
from tierline.domain.ticket import Ticket, evolve, fold_operations, undone_operations
from tierline.storage import rows
from tierline.storage.instants import from_us
from tierline.storage.projection import project

_LOCAL = {"rid", "seq"}  # columns that are a replica's own
_FIELDS = ("subject", "category", "client", "priority")
_OPEN_SIDE = {"cancelled": 0, "closed": 1, "resolved": 2}


def wrong(told: Told) -> list[str]:
    """Everything that does not hold, in sentences; [] when all is well."""
    checks = (_drained, _kept, _log_whole, _same_everywhere, _not_overridden, _losers_told)
    return [sentence for check in checks for sentence in check(told)]


def _drained(told: Told) -> Iterator[str]:
    """I6: the queues are empty and everybody is caught up."""
    head = told.world.hub.state.head()[0]
    for console in told.consoles:
        status = console.core.status
        if status.pending or not status.caught_up or console.cursor != head:
            yield (
                f"I6 {console.name}: {status.pending} wait, at {console.cursor} of {head}, "
                f"{status.link} {status.what}"
            )


def _kept(told: Told) -> Iterator[str]:
    """I1: every act that was confirmed is a line once, or lies visibly aside."""
    lines: dict[str, int] = defaultdict(int)
    for line in told.world.hub.state.lines:
        lines[line.op_id] += 1
    yield from (f"I1 {op_id} is {n} lines" for op_id, n in lines.items() if n > 1)
    aside = {each.op_id for console in told.consoles for each in console.replica.sync.aside()}
    for act in told.ledger.acts.values():
        if act.op_id not in lines and act.op_id not in aside | told.ledger.excused:
            yield f"I1 {act.console}'s {act.kind} {act.op_id} is lost"


def _log_whole(told: Told) -> Iterator[str]:
    """I3: no holes, the chain verifies, every author is the login it came from."""
    hash_, logins = GENESIS, {console.name: console.login for console in told.consoles}
    for number, line in enumerate(told.world.hub.state.lines, 1):
        hash_ = chain(hash_, line)
        if line.seq != number or line.chain != hash_:
            yield f"I3 the log breaks at line {number}"
        act = told.ledger.acts.get(line.op_id)
        if act is not None and logins[act.console] != line.author:
            yield f"I3 line {number} is {line.author}'s and was {act.console}'s"


def _same_everywhere(told: Told) -> Iterator[str]:
    """I2: every replica has the very rows that the log folds to."""
    last = {line.ticket_id: line.seq for line in told.world.hub.state.lines}
    truth = {ticket.id: _row(ticket, last[ticket.id]) for ticket in _folded(told).values()}
    for console in told.consoles:
        found = {each["id"]: each for each in _rows(console)}
        for ticket_id in truth.keys() | found.keys():
            mine, theirs = found.get(ticket_id), truth.get(ticket_id)
            if mine is None or theirs is None:
                where = "missing" if mine is None else "too many"
                yield f"I2 {console.name}: {ticket_id} is {where}"
                continue
            differing = [n for n in theirs if n not in _LOCAL and mine[n] != theirs[n]]
            for name in differing:
                yield f"I2 {console.name}: {ticket_id} {name}: {mine[name]} not {theirs[name]}"


def _rows(console: Any) -> list[dict[str, Any]]:
    names = [row[1] for row in console.rows("PRAGMA table_info(ticket)")]
    return [dict(zip(names, row, strict=True)) for row in console.rows("SELECT * FROM ticket")]


def _row(ticket: Ticket, last: int) -> dict[str, Any]:
    return rows.ticket_row(0, 0, project(ticket, bundled_book().get(ticket.policy)), last)


def _operation(line: Line) -> ev.Operation | None:
    try:
        events = ev.decode_events(line.payload)
    except msgspec.ValidationError:
        return None
    return ev.Operation(
        op_id=line.op_id,
        ticket_id=line.ticket_id,
        kind=line.kind,
        at=from_us(line.at),
        events=events,
        by=line.author,
        v=line.v,
    )


def _histories(told: Told) -> dict[str, list[tuple[Line, ev.Operation]]]:
    found: dict[str, list[tuple[Line, ev.Operation]]] = defaultdict(list)
    for line in told.world.hub.state.lines:
        operation = _operation(line)
        if operation is not None and line.v == 1:
            found[line.ticket_id].append((line, operation))
    return found


def _folded(told: Told) -> dict[str, Ticket]:
    return {
        ticket_id: fold_operations([operation for _, operation in history])
        for ticket_id, history in _histories(told).items()
        if history[0][1].kind == "log"
    }


def _not_overridden(told: Told) -> Iterator[str]:
    """I4: who had seen a value and changed it keeps it before an act that had not."""
    for history in _histories(told).values():
        undone = undone_operations(operation for _, operation in history)
        kept = [(line, op) for line, op in history if op.op_id not in undone]
        yield from _overridden(told, kept)


def _overridden(told: Told, history: Sequence[tuple[Line, ev.Operation]]) -> Iterator[str]:
    ticket: Ticket | None = None
    setter: dict[str, Line] = {}
    for line, operation in history:
        before = ticket
        for event in operation.events:
            ticket = evolve(ticket, event, line.ticket_id)
        assert ticket is not None
        act = told.ledger.acts.get(line.op_id)
        for name in _FIELDS if before else ():
            if getattr(before, name) == getattr(ticket, name):
                continue
            last = setter.get(name)
            if last and act and last.console_id != line.console_id and last.seq > act.saw:
                yield (
                    f"I4 line {line.seq} ({act.console}, saw {act.saw}) changes {name} "
                    f"that line {last.seq} had set"
                )
        if before and act:
            yield from _closed_side(before, ticket, line, setter.get("status"), act.saw)
        for name in (*_FIELDS, "status"):
            if before is None or getattr(before, name) != getattr(ticket, name):
                setter[name] = line


def _closed_side(
    before: Ticket, after: Ticket, line: Line, last: Line | None, saw: int
) -> Iterator[str]:
    """Of two that met on the status the more open side stays."""
    if last is None or last.seq <= saw or last.console_id == line.console_id:
        return
    if _OPEN_SIDE.get(after.ended, 3) < _OPEN_SIDE.get(before.ended, 3):
        yield f"I4 line {line.seq} ended ({after.ended}) what line {last.seq} had left open"


def _losers_told(told: Told) -> Iterator[str]:
    """I5: what an act's author wrote is in the log, or in a conflict on the ticket."""
    for line in told.world.hub.state.lines:
        act = told.ledger.acts.get(line.op_id)
        operation = _operation(line)
        if act is None or operation is None or line.kind == VOID:
            continue
        said = [*operation.events]
        for event in operation.events:
            if isinstance(event, ev.Conflicted):
                said += event.events
        for event in act.events:
            if not _is_said(event, said):
                yield f"I5 line {line.seq} ({act.console}'s {act.kind}) lost {json_of(event)}"


def _is_said(event: ev.AnyEvent, said: Sequence[ev.AnyEvent]) -> bool:
    return event in said


def json_of(event: ev.AnyEvent) -> str:
    """An event as the log writes it."""
    return json.dumps(msgspec.to_builtins(event))
