"""A living desk: the same for the same times, sane for a week, and never in the console's way."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.demo.stages import NOW, demo_desk, everything, history, told
from tests.fakes.desks import open_desk
from tierline.desk.acting import Done
from tierline.desk.demo.live import Traffic
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.domain.errors import WorldError
from tierline.domain.ticket import fold_operations


def live(desk: Desk, traffic: Traffic, hours: float, minutes: float) -> set[str]:
    """Let hours pass in steps of so many minutes; the ids that were said to have changed."""
    changed: set[str] = set()
    for _ in range(round(hours * 60 / minutes)):
        desk.clock.turn(minutes=minutes)  # type: ignore[attr-defined]
        changed.update(traffic.step(desk.clock()))
    return changed


def test_the_same_times_and_seed_make_the_same_traffic(tmp_path: Path) -> None:
    tolds = []
    for name in ("a", "b"):
        desk = demo_desk(tmp_path / name, tickets=40)
        live(desk, Traffic(desk, 3), hours=3, minutes=5)
        tolds.append(told(desk, ids=False))
    assert tolds[0] == tolds[1]


def test_tickets_arrive_are_worked_and_end_at_a_believable_rate(tmp_path: Path) -> None:
    desk = demo_desk(tmp_path, tickets=200)
    before = desk.counts()
    changed = live(desk, Traffic(desk, 3), hours=5, minutes=5)
    after, arrived = desk.counts(), desk.counts()["everything"].total - before["everything"].total
    assert 8 <= arrived <= 32  # 30 in eight hours at 200 open
    assert after["all"].total == pytest.approx(200, abs=20)
    kinds = {op.kind for each in changed for op in history(desk, each) if op.at > NOW}
    assert kinds >= {"log", "take", "note", "message", "receive", "resolve", "changestatus"}
    assert all(op.at <= desk.clock() for each in changed for op in history(desk, each))


def test_what_changed_is_what_is_told(tmp_path: Path) -> None:
    desk = demo_desk(tmp_path, tickets=60)
    traffic, last = Traffic(desk, 3), desk.replica.tickets.last_seq()
    told_ids = live(desk, traffic, hours=1, minutes=2)
    known = [desk.replica.tickets.get(each) for each in everything(desk)]
    really = {stored.ticket.id for stored in known if stored and stored.seq > last}
    assert told_ids == really


def test_nobody_touches_my_tickets(tmp_path: Path) -> None:
    desk = demo_desk(tmp_path, tickets=80)
    mine = desk.ids("my")
    assert isinstance(mine, list)
    assert mine
    live(desk, Traffic(desk, 3), hours=8, minutes=20)
    assert desk.ids("my", sort="number") == sorted(mine, key=_number(desk))
    for each in mine:
        later = [op for op in history(desk, each) if op.at > NOW]
        assert all(op.kind == "receive" and op.by == "" for op in later)
    everyone = [op for each in everything(desk) for op in history(desk, each) if op.at > NOW]
    assert desk.me not in {op.by for op in everyone}


def _number(desk: Desk) -> object:
    return lambda each: desk.replica.tickets.get(each).ticket.number  # type: ignore[union-attr]


def test_a_virtual_week_keeps_the_desk_sane(tmp_path: Path) -> None:
    desk = demo_desk(tmp_path, tickets=30)
    traffic = Traffic(desk, 3)
    mine = desk.counts()["my"].total
    for _ in range(7):
        live(desk, traffic, hours=24, minutes=60)
        counts = desk.counts()
        assert counts["all"].total == pytest.approx(30, abs=12)
        assert counts["all"].over - mine <= 5
        assert counts["waiting"].total <= 0.6 * 30
    for each in everything(desk):
        stored, acts = desk.replica.tickets.get(each), history(desk, each)
        assert stored is not None
        assert fold_operations(acts) == stored.ticket
        assert [act.at for act in acts] == sorted(act.at for act in acts)


def test_after_a_pause_it_catches_up_a_bounded_piece_at_a_time(tmp_path: Path) -> None:
    desk = demo_desk(tmp_path, tickets=120)
    traffic = Traffic(desk, 3)
    now = NOW + timedelta(hours=9)
    pieces = [len(traffic.step(now)) for _ in range(60)]
    assert 0 < max(pieces) <= 60
    assert sum(pieces) > 60
    assert pieces[-1] == 0


def test_a_step_too_soon_does_nothing(tmp_path: Path) -> None:
    desk = demo_desk(tmp_path, tickets=20)
    traffic = Traffic(desk, 3)
    now = NOW + timedelta(minutes=5)
    while traffic.step(now):
        pass
    assert traffic.step(now + timedelta(seconds=2)) == []


def test_my_acts_and_theirs_mix(tmp_path: Path) -> None:
    desk = demo_desk(tmp_path, tickets=60)
    traffic = Traffic(desk, 3)
    free = desk.ids("unassigned")
    assert isinstance(free, list)
    taken = desk.act(free[0], cmd.Take())
    assert isinstance(taken, Done)
    live(desk, traffic, hours=2, minutes=2)
    assert isinstance(desk.act(free[0], cmd.Resolve(steps="Pushed the door.")), Done)
    live(desk, traffic, hours=1, minutes=2)
    stored = desk.replica.tickets.get(free[0])
    assert stored is not None
    assert stored.ticket.assignee == desk.me


def test_a_real_desk_gets_no_traffic(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="real"):
        Traffic(open_desk(tmp_path), 3)
