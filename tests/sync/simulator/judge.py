"""The six invariants, checked at the end of a story against the log and the ledger alone."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

import msgspec

from tests.fakes.books import bundled_book
from tests.sync.simulator.story import Told
from tierline.domain import events as ev
from tierline.domain.log import DIRECTORY, FORMAT, GENESIS, VOID, Line, chain
from tierline.domain.rules.keys import KIND
from tierline.domain.team_commands import OPPOSITE
from tierline.domain.ticket import Ticket, evolve, undone_operations
from tierline.storage import rows
from tierline.storage.instants import from_us
from tierline.storage.projection import project

_LOCAL = {"rid", "seq"}  # columns that are a replica's own
_CONTACTS = "SELECT name, json_extract(state, '$.phone') FROM contact"
_FIELDS = ("subject", "category", "client", "priority")
_EFFECTS = (*_FIELDS, "status", "ended", "tier", "assignee", "until", "description", "work")


def wrong(told: Told) -> list[str]:
    """Everything that does not hold, in sentences; [] when all is well."""
    invariants = (_drained, _kept, _log_whole, _same_everywhere, _not_overridden, _losers_told)
    checks = (*invariants, _merged_go_on, _links_agree)
    return [sentence for check in checks for sentence in check(told)]


def _drained(told: Told) -> Iterator[str]:
    """I6: the queues are empty and everybody is caught up."""
    head = told.world.hub.state.head()
    for console in told.consoles:
        status = console.core.status
        if status.pending or not status.caught_up or console.place != head:
            yield (
                f"I6 {console.name}: {status.pending} wait, at {console.place} of {head}, "
                f"{status.link} {status.what}"
            )


def _kept(told: Told) -> Iterator[str]:
    """I1: every act that was confirmed is a line once, or lies visibly aside."""
    lines: dict[str, int] = defaultdict(int)
    for line in told.world.hub.state.lines:
        lines[line.op_id] += 1
    yield from (f"I1 {op_id} is {n} lines" for op_id, n in lines.items() if n > 1)
    aside = _aside(told)
    for act in told.ledger.acts.values():
        if act.op_id not in lines and act.op_id not in aside | told.ledger.excused:
            yield f"I1 {act.console}'s {act.kind} {act.op_id} is lost"


def _aside(told: Told) -> set[str]:
    return {each.op_id for console in told.consoles for each in console.replica.sync.aside()}


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
    contacts, aside = _contacts(told), _aside(told)
    for console in told.consoles:
        if (mine := dict(console.rows(_CONTACTS))) != contacts:
            yield f"I2 {console.name}: contacts {mine} not {contacts}"
        hidden = set() if console.role == "lead" else told.world.hub.state.restricted
        found = {each["id"]: each for each in _rows(console)}
        for ticket_id in truth.keys() | found.keys():
            if ticket_id in hidden:
                continue  # what came since is not for this console
            mine, theirs = found.get(ticket_id), truth.get(ticket_id)
            if theirs is None and ticket_id in told.ledger.excused | aside:
                continue  # its log line went with a disk and the hub's end, or was refused since
            if mine is None or theirs is None:
                where = "missing" if mine is None else "too many"
                yield f"I2 {console.name}: {ticket_id} is {where}"
                continue
            differing = [n for n in theirs if n not in _LOCAL and mine[n] != theirs[n]]
            for name in differing:
                told_, truly = _apart(mine[name], theirs[name])
                yield f"I2 {console.name}: {ticket_id} {name}: {told_} not {truly}"


def _apart(one: object, other: object) -> tuple[str, str]:
    """Where two values begin to differ."""
    a, b = str(one), str(other)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False))
    start = max(0, sum(1 for _ in same) - 40)
    return a[start : start + 200], b[start : start + 200]


def _contacts(told: Told) -> dict[str, str]:
    """The directory as the log's last writers left it."""
    lines = [line for line in told.world.hub.state.lines if line.kind == "contact"]
    entries = [json.loads(line.payload) for line in lines]
    return {each["name"]: each.get("phone", "") for each in entries}


def _rows(console: Any) -> list[dict[str, Any]]:
    names = [row[1] for row in console.rows("PRAGMA table_info(ticket)")]
    return [dict(zip(names, row, strict=True)) for row in console.rows("SELECT * FROM ticket")]


def _row(ticket: Ticket, last: int) -> dict[str, Any]:
    return rows.ticket_row(0, 0, project(ticket, bundled_book().get(ticket.policy)), last)


def _operation(line: Line) -> ev.Operation | None:
    if line.v > FORMAT:
        return None
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


class Placed(NamedTuple):
    """A line that means something here, and the ticket before and after it."""

    line: Line
    operation: ev.Operation
    before: Ticket | None
    after: Ticket


def _histories(told: Told) -> dict[str, list[Placed]]:
    """Every ticket's lines in the order in which they count: the one that logs it comes first."""
    found: dict[str, list[tuple[Line, ev.Operation]]] = defaultdict(list)
    for line in told.world.hub.state.lines:
        operation = None if line.kind in DIRECTORY else _operation(line)
        if operation is not None:
            found[line.ticket_id].append((line, operation))
    return {ticket_id: _placed(ticket_id, told) for ticket_id, told in found.items()}


def _placed(ticket_id: str, lines: Sequence[tuple[Line, ev.Operation]]) -> list[Placed]:
    undone = undone_operations(operation for _, operation in lines)
    kept = [(line, op) for line, op in lines if op.op_id not in undone]
    kept.sort(key=lambda each: each[1].kind != "log")
    placed, ticket = [], None
    for line, operation in kept:
        before = ticket
        ticket = _grown(ticket, operation.events, ticket_id)
        if ticket is not None:
            placed.append(Placed(line, operation, before, ticket))
    return placed


def _grown(ticket: Ticket | None, events: Sequence[ev.AnyEvent], ticket_id: str) -> Ticket | None:
    after = ticket
    try:
        for event in events:
            after = evolve(after, event, ticket_id)
    except ValueError:  # logged twice, or not at all
        return ticket
    return after


def _folded(told: Told) -> dict[str, Ticket]:
    return {ticket_id: each[-1].after for ticket_id, each in _histories(told).items() if each}


def _not_overridden(told: Told) -> Iterator[str]:
    """I4: who had seen a value and changed it keeps it before an act that had not."""
    for history in _histories(told).values():
        setter: dict[str, Line] = {}
        for placed in history:
            yield from _overrides(told, placed, setter)
            for name in (*_FIELDS, "status"):
                before = placed.before
                if before is None or getattr(before, name) != getattr(placed.after, name):
                    setter[name] = placed.line


def _overrides(told: Told, placed: Placed, setter: dict[str, Line]) -> Iterator[str]:
    line, before, after = placed.line, placed.before, placed.after
    act = told.ledger.acts.get(line.op_id)
    if act is None or before is None:
        return

    def unseen(name: str) -> Line | None:
        last = setter[name]
        own = last.op_id in told.ledger.acts and told.ledger.acts[last.op_id].console == act.console
        # Nobody sees a ticket without what logged it, though that line may have to come again.
        seen = own or last.op_id in act.saw or last.seq > line.seq or last.kind == "log"
        return None if seen or last.kind == KIND else last  # a person's act beats a rule's

    for name in _FIELDS:
        if getattr(before, name) != getattr(after, name) and (last := unseen(name)):
            yield (
                f"I4 line {line.seq} ({act.console}) changes {name} that line {last.seq} had set"
            )
    if (last := unseen("status")) and _openness(after) < _openness(before):
        yield f"I4 line {line.seq} ended ({after.ended}) what line {last.seq} had left open"


def _openness(ticket: Ticket) -> int:
    return {"cancelled": 0, "closed": 1, "resolved": 2}.get(ticket.ended, 3)


def _losers_told(told: Told) -> Iterator[str]:
    """I5: what an act's author wrote is in the log, or holds anyway, or is in a conflict."""
    for history in _histories(told).values():
        written = "".join(placed.line.payload for placed in history)
        for placed in history:
            act = told.ledger.acts.get(placed.line.op_id)
            if act is None or placed.line.kind == VOID:
                continue
            for event in act.events:
                if not event.rule and not _is_said(event, placed, written):
                    yield (
                        f"I5 line {placed.line.seq} ({act.console}'s {act.kind}) "
                        f"lost {json_of(event)}"
                    )


def _is_said(event: ev.AnyEvent, placed: Placed, written: str) -> bool:
    if placed.line.kind == "release" and isinstance(event, ev.Assigned):
        return True  # whoever was let go of has lost it to another meanwhile
    said = [*placed.operation.events]
    for each in placed.operation.events:
        if isinstance(each, ev.Conflicted):
            said += each.events
    return event in said or _holds(event, placed.after, written)


def _holds(event: ev.AnyEvent, ticket: Ticket, written: str) -> bool:
    """Whether what the event wants is so already, and what was typed for it is in the history."""
    words = [getattr(event, name, "") for name in ("handover", "steps")]
    if any(text not in written for text in words):
        return False
    if isinstance(event, ev.Escalated):
        return event.tier == ticket.tier
    after = _grown(ticket, (event,), ticket.id)
    return after is not None and all(getattr(after, n) == getattr(ticket, n) for n in _EFFECTS)


def _merged_go_on(told: Told) -> Iterator[str]:
    """Whoever asks where a merged ticket goes on comes to one that was not merged itself."""
    tickets = _folded(told)
    for ticket in tickets.values():
        seen, at = {ticket.id}, ticket
        while (into := _into(at)) and into in tickets:
            if into in seen:
                yield f"{ticket.number} was merged in a ring: {sorted(seen)}"
                break
            seen.add(into)
            at = tickets[into]


def _into(ticket: Ticket) -> str:
    return next((tie.other for tie in ticket.links if tie.how == "into"), "")


def _links_agree(told: Told) -> Iterator[str]:
    """Both tickets of a link say so, unless a hub's end took one side with it."""
    tickets = _folded(told)
    whole = not (told.ledger.excused or _aside(told))
    for ticket in tickets.values() if whole else ():
        for tie in ticket.links:
            if tie.how in ("into", "from") or tie.other not in tickets:
                continue
            there = {(each.other, each.how) for each in tickets[tie.other].links}
            if (ticket.id, OPPOSITE[tie.how]) not in there:
                yield f"{ticket.number} is {tie.how} of {tie.number}, which does not know of it"


def json_of(event: ev.AnyEvent) -> str:
    """An event as the log writes it."""
    return json.dumps(msgspec.to_builtins(event))
