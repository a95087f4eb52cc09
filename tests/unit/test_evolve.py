"""`evolve` and what the journal stores: every event has its fold, and survives its JSON."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import UnionType
from typing import get_args

import msgspec
import pytest

from tests.oracles.desks import logged, ticket
from tests.oracles.wall import at
from tierline.domain import events as ev
from tierline.domain.ticket import Gap, evolve, fold, fold_operations

NINE = at("2026-11-02 09:00")
HOUR = timedelta(hours=1)
KINDS: tuple[type[ev.Event], ...] = get_args(ev.AnyEvent)
_PLAIN = {str: "x", int: 2, bool: True, float: 0.5, datetime: NINE}


def some(kind: type[ev.Event]) -> ev.Event:
    """An event of a kind with something in every field it cannot do without."""
    told = {
        field.name: _value(field.type)
        for field in msgspec.structs.fields(kind)
        if field.required and field.name != "at"
    }
    return kind(at=NINE + HOUR, **told)


def _value(shape: object) -> object:
    if isinstance(shape, type) and shape in _PLAIN:
        return _PLAIN[shape]
    if isinstance(shape, UnionType):
        return None
    return get_args(shape)[0]


def operation(op_id: str, *events: ev.AnyEvent) -> ev.Operation:
    return ev.Operation(op_id=op_id, ticket_id="t", kind="x", at=events[0].at, events=events)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_event_folds_and_survives_the_journal(kind: type[ev.Event]) -> None:
    event = logged(NINE) if kind is ev.Logged else some(kind)
    read = ev.decode_events(ev.encode_events((event,)))  # type: ignore[arg-type]
    assert read == (event,)
    if kind is not ev.Logged:
        made = evolve(ticket(logged(NINE)), event)
        assert made.number == ("x" if kind is ev.Numbered else "CS1")
        assert made.changed_at == NINE + HOUR


def test_a_history_begins_with_a_log_and_has_one() -> None:
    with pytest.raises(ValueError, match="begins with Logged, not Noted"):
        fold([ev.Noted(at=NINE, text="x")])
    with pytest.raises(ValueError, match="CS1 was logged twice"):
        fold([logged(NINE), logged(NINE)])
    with pytest.raises(ValueError, match="empty history"):
        fold([])


def test_the_latest_change_is_the_latest_instant_whatever_comes_last() -> None:
    """Two consoles' clocks differ by seconds; a ticket does not grow younger by that."""
    late, early = ev.Noted(at=NINE + HOUR, text="x"), ev.Noted(at=NINE, text="y")
    assert ticket(logged(NINE), late, early).changed_at == NINE + HOUR


def test_what_was_taken_back_did_not_happen() -> None:
    wrong = operation("wrong", ev.Assigned(at=NINE, assignee="tobias"))
    undone = operation("undo", ev.Undone(at=NINE, op_id="wrong"))
    made = fold_operations([operation("log", logged(NINE)), wrong, undone])
    assert (made.assignee, made.allocated_at) == ("", None)


def test_facts_of_a_source_are_kept_side_by_side() -> None:
    first = logged(NINE, facts={"made_sla": "true"})
    again = ev.Noted(at=NINE, text="x", facts={"state": "Awaiting Evidence"})
    assert ticket(first, again).facts == {"made_sla": "true", "state": "Awaiting Evidence"}


def test_a_closed_ticket_that_comes_back_was_away_since_it_was_resolved() -> None:
    made = ticket(
        logged(NINE),
        ev.Resolved(at=NINE + HOUR, status="resolved", steps="x"),
        ev.Closed(at=NINE + 2 * HOUR, status="closed"),
        ev.Reopened(at=NINE + 5 * HOUR, status="new", reason="Again"),
    )
    assert made.gaps == (Gap(NINE + HOUR, NINE + 5 * HOUR),)
    assert (made.ended, made.closed_at, made.reopens) == ("", None, 1)


def test_an_escalation_forgets_who_was_asked_and_keeps_who_answered() -> None:
    made = ticket(
        logged(NINE),
        ev.Messaged(at=NINE, text="Hello"),
        ev.Consulted(at=NINE, tier=2, whom="Hana", text="Which?"),
        ev.Escalated(at=NINE + HOUR, tier=2, reason="hard", assignee="tobias"),
    )
    assert (made.consulted_at, made.responded_at, made.assignee) == (None, NINE, "tobias")
