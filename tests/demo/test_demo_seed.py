"""A made desk: the same each time, legal to the last act, of a believable shape, never mixed."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.demo.stages import LONDON_NOON, NOW, SUNDAY_NIGHT, demo_desk, everything, history, told
from tests.fakes.books import bundled_book
from tests.unit.test_policy_fifth import FIFTH
from tierline.desk.demo.seed import make
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.domain.countdown import Phase
from tierline.domain.decide import decide
from tierline.domain.errors import Refusal, WorldError
from tierline.domain.events import Escalated, Messaged
from tierline.domain.policy import Policy
from tierline.domain.policy_book import PolicyBook
from tierline.domain.policy_check import load
from tierline.domain.ticket import fold_operations
from tierline.storage.replica import Replica


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return demo_desk(tmp_path_factory.mktemp("demo"), tickets=400)


def test_the_same_now_and_seed_make_the_same_desk(tmp_path: Path) -> None:
    first, second = (demo_desk(tmp_path / name, tickets=40) for name in ("a", "b"))
    other = demo_desk(tmp_path / "c", tickets=40, seed=2)
    assert told(first) == told(second)
    assert told(first) != told(other)


def test_every_history_leads_to_its_ticket_and_lies_in_two_weeks(desk: Desk) -> None:
    for each in everything(desk):
        stored, acts = desk.replica.tickets.get(each), history(desk, each)
        assert stored is not None
        assert fold_operations(acts) == stored.ticket
        times = [act.at for act in acts]
        assert times == sorted(times)
        assert NOW - timedelta(days=40) < times[0] <= times[-1] <= NOW


def test_no_act_is_one_that_the_rules_would_refuse(desk: Desk) -> None:
    """What was done goes through `decide` when made; statuses and messages show it afterwards."""
    for each in everything(desk):
        stored, acts = desk.replica.tickets.get(each), history(desk, each)
        assert stored is not None
        policy = desk.policy(stored.ticket.policy)
        assert stored.ticket.status in policy.file.statuses
        assert not (stored.ticket.ended == "closed" and stored.ticket.missing)
        for act in acts:
            kinds = {type(event) for event in act.events}
            assert Escalated not in kinds or Messaged in kinds


def test_numbers_are_the_next_ones_in_order_of_arrival(desk: Desk) -> None:
    tickets = [stored.ticket for i in everything(desk) if (stored := desk.replica.tickets.get(i))]
    assert [t.number for t in tickets] == [f"CS{n + 1:07d}" for n in range(len(tickets))]
    assert [t.logged_at for t in tickets] == sorted(t.logged_at for t in tickets)


def test_the_desk_has_the_shape_of_a_busy_morning(desk: Desk) -> None:
    counts = desk.counts()
    total, over, soon = counts["all"]
    assert total == 400
    assert 0.025 * total <= over <= 0.06 * total
    assert 0.04 * total <= soon <= 0.12 * total
    assert 0.2 * total <= counts["waiting"].total <= 0.35 * total
    assert 0.06 * total <= counts["unassigned"].total <= 0.16 * total
    assert 6 <= counts["my"].total <= 20
    shares = [counts[f"tier:{tier}"].total / total for tier in (1, 2, 3)]
    assert shares == pytest.approx([0.55, 0.33, 0.12], abs=0.04)
    assert 1 <= counts["priority:1"].total <= 2
    priorities = [counts[f"priority:{priority}"].total / total for priority in (2, 3, 4)]
    assert priorities == pytest.approx([0.15, 0.60, 0.25], abs=0.04)
    assert 60 <= counts["resolved"].total <= 200
    assert counts["everything"].total == 1_300


def test_subjects_do_not_repeat_themselves(desk: Desk) -> None:
    ids = desk.ids("all")
    assert isinstance(ids, list)
    subjects = Counter(row.subject for row in desk.rows(ids))
    assert len(subjects) > 100
    assert subjects.most_common(1)[0][1] <= 16


def test_most_are_resolved_on_the_first_call_and_some_still_run(desk: Desk) -> None:
    ended = [t.ticket for i in everything(desk) if (t := desk.replica.tickets.get(i))]
    resolved = [t for t in ended if t.ended in ("resolved", "closed")]
    assert 0.5 < sum(t.first_contact for t in resolved) / len(resolved) < 0.75
    mine = desk.my_timer()
    assert mine is not None
    assert mine.contact == "Elspeth Marlow"


def test_what_was_written_went_out_and_the_rules_have_looked(desk: Desk) -> None:
    letters, tasks = desk.replica.owed.counts()
    assert 0 < letters <= 25
    assert tasks <= 10
    assert not desk.run_rules().made


def test_saved_views_find_something(desk: Desk) -> None:
    counts = desk.counts()
    views = {view.name: counts[f"saved:{view.id}"].total for view in desk.saved_views()}
    assert set(views) >= {"Starters, leavers", "Key clients", "Consulting me"}
    assert all(views.values()), views


@pytest.mark.parametrize("now", [SUNDAY_NIGHT, LONDON_NOON])
def test_it_lives_while_sydney_sleeps(tmp_path: Path, now: datetime) -> None:
    desk = demo_desk(tmp_path, now)
    ids = desk.ids("all")
    assert isinstance(ids, list)
    faces = [[c.face(now.timestamp()).phase for c in row.clocks] for row in desk.rows(ids)]
    asleep = sum(Phase.CLOSED in each for each in faces)
    awake = sum(Phase.RUNNING in each or Phase.SOON in each for each in faces)
    assert asleep > 20
    assert awake >= 4
    assert 0.02 * 120 <= desk.counts()["all"].over <= 0.07 * 120


def test_all_of_it_can_run_under_one_policy(tmp_path: Path) -> None:
    desk = demo_desk(tmp_path, tickets=30, policy="three-line")
    policies = {t.ticket.policy for i in everything(desk) if (t := desk.replica.tickets.get(i))}
    assert policies == {"three-line"}
    assert {client.policy for client in desk.replica.directory.clients()} == {"three-line"}


def test_a_fifth_providers_policy_needs_no_story_of_its_own(tmp_path: Path) -> None:
    harbour = Policy(load(FIFTH, "harbour.toml"))
    desk = demo_desk(tmp_path, book=PolicyBook([harbour]), tickets=20, policy="harbour")
    assert desk.counts()["all"].total == 20
    assert all(row.number.startswith("HB") for row in desk.rows(everything(desk)))


def test_one_ticket_is_a_desk_too(tmp_path: Path) -> None:
    assert demo_desk(tmp_path, tickets=1).counts()["all"].total == 1


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    demo_desk(tmp_path, tickets=8, progress=lambda done, all_: seen.append((done, all_)))
    assert seen == [(n, 26) for n in range(1, 27)]


def test_a_real_desk_is_left_alone(tmp_path: Path) -> None:
    replica = Replica.open(tmp_path, NOW, kind="real")
    with pytest.raises(WorldError, match="real desk"):
        make(replica, bundled_book(), NOW, tickets=5)
    assert not replica.tickets.count()
    assert not replica.directory.people()
    assert not replica.templates.views()


def test_a_demo_is_made_once(tmp_path: Path) -> None:
    desk = demo_desk(tmp_path, tickets=5)
    before = told(desk)
    with pytest.raises(WorldError, match="not empty"):
        make(desk.replica, desk.book, NOW, tickets=5)
    assert told(desk) == before


def test_an_unknown_policy_is_named(tmp_path: Path) -> None:
    replica = Replica.open(tmp_path, NOW, kind="demo")
    with pytest.raises(WorldError, match="no policy"):
        make(replica, bundled_book(), NOW, policy="nonesuch")


def test_a_made_ticket_goes_on_as_any_other(desk: Desk) -> None:
    """What the demo made is ordinary history: the same rules judge what comes next."""
    for each in everything(desk)[:50]:
        stored = desk.replica.tickets.get(each)
        assert stored is not None
        policy = desk.policy(stored.ticket.policy)
        answer = decide(stored.ticket, cmd.Resolve(steps="Done."), policy, NOW, "mira")
        assert isinstance(answer, Refusal) is bool(stored.ticket.ended)
