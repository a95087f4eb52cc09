"""The alarms of a policy: what the file may say, and when each threshold of a clock is reached."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.fakes.books import bundled_book
from tests.unit.test_policy_errors import SOUND
from tierline.domain import events as ev
from tierline.domain.alarms import standing
from tierline.domain.clocks import Deadline, deadlines
from tierline.domain.policy import Policy
from tierline.domain.policy_check import PolicyError, load
from tierline.domain.ticket import fold

BREACH = 'breach = { breach = true, tell = ["owner"] }'
ALL = frozenset({"soon", "last", "breach", "critical", "last-call"})
MONDAY = datetime(2026, 11, 2, 7, tzinfo=UTC)  # 08:00 in Oslo, when the small desk opens


def problem(alarms: str) -> str:
    with pytest.raises(PolicyError) as caught:
        load(f"{SOUND}\n[alarms]\n{alarms}\n", "small.toml")
    (found,) = caught.value.problems
    return str(found)


def small(alarms: str) -> Policy:
    return Policy(load(f"{SOUND}\n[alarms]\n{alarms}\n", "small.toml"))


@pytest.mark.parametrize(
    ("written", "key", "right"),
    [
        ("a = { tell = [] }", "alarms.a.tell", '"owner", "line", "lead"'),
        ('a = { tell = ["owner"], used = 0.7 }', "alarms.a.used", "no less than 0.8"),
        ('a = { tell = ["owner"], used = 1.2 }', "alarms.a.used", "between 0 and 1"),
        ('a = { tell = ["owner"], used = 0.9, left = "5m" }', "alarms.a", "one of used, left"),
        ('a = { tell = ["owner"], left = "2bd" }', "alarms.a.left", "hours or minutes"),
        ('a = { tell = ["owner"], left = "soon" }', "alarms.a.left", "not an amount"),
        ('a = { tell = ["owner"], clocks = ["fx"] }', "alarms.a.clocks", 'did you mean "fix"'),
        ('a = { tell = ["owner"], priorities = [5] }', "alarms.a.priorities", "1, 2, 3 or 4"),
        (
            'a = { tell = ["owner"], priorities = [2], off_shift = true }',
            "alarms.a.off_shift",
            "only a P1",
        ),
    ],
)
def test_what_an_alarm_may_not_say(written: str, key: str, right: str) -> None:
    said = problem(f"{written}\n{BREACH}")
    assert f"{key} " in said
    assert right in said


def test_somebody_hears_of_every_breach() -> None:
    said = problem('a = { tell = ["owner"] }')
    assert "breach = true for the clock fix of a P1" in said


def test_a_policy_without_alarms_has_the_usual_two() -> None:
    policy = Policy(load(SOUND, "small.toml"))
    assert {name: table.threshold for name, table in policy.alarms.items()} == {
        "soon": "due soon",
        "breach": "on the breach",
    }


@pytest.mark.parametrize("name", ["playbook", "tiered", "three-line", "service-definition"])
def test_each_bundled_policy_tells_of_80_percent_the_last_minutes_and_the_breach(name: str) -> None:
    alarms = bundled_book().get(name).file.alarms
    said = {table.threshold for table in alarms.values()}
    assert {"80 % used", "on the breach"} < said
    assert any(each.endswith("minutes left") for each in said)
    assert {who for table in alarms.values() for who in table.tell} == {"owner", "line", "lead"}
    assert alarms["breach"].off_shift


def history(policy: Policy, *more: ev.Event, priority: int = 1) -> Deadline:
    logged = ev.Logged(
        at=MONDAY,
        number="1",
        subject="x",
        policy="small",
        channel="mail",
        status="open",
        priority=priority,
        tier=2,
    )
    (found,) = deadlines(fold((logged, *more), "t"), policy)
    return found


def at(minutes: float) -> datetime:
    return MONDAY + timedelta(minutes=minutes)


def name_at(clock: Deadline, policy: Policy, minutes: float, names: frozenset[str] = ALL) -> str:
    found = standing(clock, policy, 1, names, at(minutes))
    return found.alarm if found else ""


THREE = f'soon = {{ tell = ["owner"] }}\nlast = {{ left = "10m", tell = ["owner"] }}\n{BREACH}'


def test_one_threshold_after_the_other_stands() -> None:
    policy = small(THREE)
    clock = history(policy)  # four hours: 80 % is 192 minutes
    minutes = (191.9, 192, 229.9, 230, 240, 240.1)
    found = [name_at(clock, policy, each) for each in minutes]
    assert found == ["", "soon", "soon", "last", "last", "breach"]


def test_who_is_not_told_of_one_hears_the_one_before() -> None:
    policy = small(THREE)
    clock = history(policy)
    assert name_at(clock, policy, 235, frozenset({"soon", "breach"})) == "soon"
    assert name_at(clock, policy, 235, frozenset({"breach"})) == ""


def test_minutes_left_say_nothing_before_the_clock_itself_is_due_soon() -> None:
    policy = small(
        f'soon = {{ tell = ["owner"] }}\nlast = {{ left = "1h", tell = ["owner"] }}\n{BREACH}'
    )
    clock = history(policy)
    assert [mark.alarm for mark in clock.marks] == ["soon"]


def test_after_a_pause_an_alarm_comes_back_when_a_tenth_of_the_target_has_passed() -> None:
    policy = small(THREE)
    paused = ev.StatusChanged(at=at(200), status="held", reason="x")
    held = history(policy, paused)
    assert name_at(held, policy, 210) == ""
    resumed = ev.StatusChanged(at=at(210), status="open")
    clock = history(policy, paused, resumed)
    assert clock.due == at(250)
    minutes = (210, 233.9, 234, 240, 250.1)  # 24 minutes are the tenth
    found = [name_at(clock, policy, each) for each in minutes]
    assert found == ["", "", "soon", "last", "breach"]


def test_one_that_rests_does_not_come_before_a_graver_one_that_was_never_up() -> None:
    policy = small(THREE)
    paused = ev.StatusChanged(at=at(215), status="held", reason="x")
    resumed = ev.StatusChanged(at=at(300), status="open")
    clock = history(policy, paused, resumed)  # 230 used at 315, the rest is over at 324
    found = [name_at(clock, policy, each) for each in (314, 315, 323, 324, 325)]
    assert found == ["", "last", "last", "last", "last"]


def test_an_alarm_that_had_not_been_up_is_not_held_back_by_a_pause() -> None:
    policy = small(THREE)
    paused = ev.StatusChanged(at=at(190), status="held", reason="x")
    resumed = ev.StatusChanged(at=at(210), status="open")
    clock = history(policy, paused, resumed)
    assert name_at(clock, policy, 211.9) == ""
    assert name_at(clock, policy, 212) == "soon"


def test_what_goes_on_in_its_last_tenth_speaks_on_the_breach_only() -> None:
    policy = small(THREE)
    paused = ev.StatusChanged(at=at(235), status="held", reason="x")
    resumed = ev.StatusChanged(at=at(300), status="open")
    clock = history(policy, paused, resumed)
    assert clock.marks == ()
    assert name_at(clock, policy, 304) == ""
    assert name_at(clock, policy, 305.1) == "breach"


def test_a_ticket_put_down_by_an_older_program_goes_by_its_warning() -> None:
    policy = small(THREE)
    told = [getattr(history(policy), name) for name in Deadline.__struct_fields__[:11]]
    clock = Deadline(*told)
    assert name_at(clock, policy, 193) == "soon"
    assert name_at(clock, policy, 241) == "breach"
