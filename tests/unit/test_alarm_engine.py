"""The alarm engine: told once, grouped, within the budget; judged minute by minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.fakes.books import bundled_book
from tests.oracles.alarm_month import Month, listed
from tierline.desk.alarms import engine
from tierline.desk.alarms.alarm import Alarm, Judge, Watcher
from tierline.desk.alarms.budget import free_at
from tierline.desk.alarms.words import notice_of
from tierline.domain import events as ev
from tierline.domain.ticket import fold
from tierline.storage.alarms import Memory, Popped
from tierline.storage.projection import project

NOW = datetime(2026, 11, 9, tzinfo=UTC)  # Monday 11:00 in Melbourne
ME = Watcher("mira", 1)
BOOK = bundled_book("playbook")


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def alarm(number: int, due_in: float = 5, priority: int = 2) -> Alarm:
    """My alarm of the response of a ticket, due in so many minutes (of an hour; a P1's of 15)."""
    policy = BOOK.get("playbook")
    target = minutes(15 if priority == 1 else 60)
    logged = ev.Logged(
        at=NOW + minutes(due_in) - target,
        number=f"CS{number:07d}",
        subject="No mail",
        policy="playbook",
        channel="portal",
        status="new",
        priority=priority,
        client="Pellow",
    )
    held = ev.Assigned(at=logged.at, assignee=ME.me)
    ticket = fold((logged, held), f"t{number}")
    shown = listed(ticket, project(ticket, policy).deadlines)
    found = {a.key.clock: a for a in Judge(ME, BOOK, NOW).standing([shown])}
    return found["response"]


class Desk:
    """Looks again and again, remembering as the replica does."""

    def __init__(self, watcher: Watcher = ME) -> None:
        self.memory, self.watcher = Memory({}), watcher
        self.now = NOW

    def look(self, *alarms: Alarm, seen: engine.Seen | None = None, **how: bool) -> engine.Step:
        step = engine.look(
            self.memory, alarms, seen or engine.Seen(), self.watcher, self.now, **how
        )
        told = {k: v for k, v in self.memory.told.items() if k not in step.forgotten} | step.told
        popped = (*self.memory.popped, *engine.popped(step.pops, self.now))
        self.memory = Memory({k: v for k, v in told.items() if k not in step.forgotten}, popped)
        return step

    def wait(self, amount: float) -> None:
        self.now += minutes(amount)


def test_an_alarm_is_told_once_and_taken_away_when_it_goes() -> None:
    desk = Desk()
    first = alarm(1)
    (pop,) = desk.look(first).pops
    assert [a.key for a in pop.alarms] == [first.key]
    assert not desk.look(first).changes
    desk.wait(1)
    assert desk.look().withdrawn == (pop.key,)
    assert not desk.look().changes


def test_what_went_comes_back_after_a_tenth_of_the_target_only() -> None:
    desk = Desk()
    first = alarm(1, due_in=11)
    desk.look(first)
    desk.wait(1)
    desk.look()
    desk.wait(1)
    assert desk.look(first).wake == desk.now + minutes(6)
    desk.wait(5.9)
    assert desk.look(first).pops == ()
    desk.wait(0.1)
    assert len(desk.look(first).pops) == 1


def test_two_in_ten_minutes_and_the_rest_in_one() -> None:
    desk = Desk()
    for number in (1, 2):
        assert [pop.why for pop in desk.look(*map(alarm, range(1, number + 1))).pops] == ["one"]
        desk.wait(1)
    five = [*map(alarm, range(1, 6))]
    step = desk.look(*five)
    assert step.pops == ()
    assert step.wake is not None
    desk.now = step.wake
    (pop,) = desk.look(*five).pops
    assert pop.why == "many"
    assert [a.ticket.number for a in pop.alarms] == ["CS0000003", "CS0000004", "CS0000005"]


def test_six_in_an_hour() -> None:
    desk = Desk()
    told: list[engine.Pop] = []
    for number in range(1, 60):
        told += desk.look(*map(alarm, range(1, number + 1))).pops
        desk.wait(1)
    assert len(told) == 6


def test_the_budget_is_free_when_the_span_has_passed() -> None:
    popped = [Popped(str(n), "soon", NOW + minutes(n), counts=True) for n in (0, 4)]
    assert free_at(popped, NOW + minutes(5)) > NOW + minutes(10)
    assert free_at(popped, NOW + minutes(10.1)) == NOW + minutes(10.1)
    exempt = [each._replace(counts=False) for each in popped]
    assert free_at(exempt, NOW + minutes(5)) == NOW + minutes(5)


def test_a_p1_is_told_at_once_whatever_the_budget_says() -> None:
    desk = Desk()
    for number in (1, 2):
        desk.look(*map(alarm, range(1, number + 1)))
    critical = alarm(9, priority=1, due_in=1)
    (pop,) = desk.look(alarm(1), alarm(2), critical).pops
    assert (pop.why, pop.counts, engine.level_of(pop)) == ("one", False, "p1")


def test_many_p1_at_one_instant_are_told_as_one() -> None:
    found = [alarm(n, priority=1, due_in=1) for n in range(1, 12)]
    (pop,) = Desk().look(*found).pops
    assert (pop.why, len(pop.alarms), engine.level_of(pop)) == ("many", 11, "p1")


def test_ten_thousand_at_once_are_one_pop_up() -> None:
    first = alarm(1)
    many = [first._replace(key=first.key._replace(ticket_id=str(n))) for n in range(10_000)]
    desk = Desk()
    (pop,) = desk.look(*many).pops
    assert len(pop.alarms) == 10_000
    notice = notice_of(pop, desk.now, str)
    assert len(notice.body) < 200
    assert not desk.look(*many).changes
    assert desk.look().withdrawn == (pop.key,)


def test_after_a_sleep_there_is_one_grouped_catch_up() -> None:
    desk = Desk()
    found = [alarm(1), alarm(2), alarm(3, priority=1, due_in=1)]
    (pop,) = desk.look(*found, missed=True).pops
    assert (pop.why, len(pop.alarms), pop.counts) == ("missed", 3, False)
    assert pop.alarms[0].critical
    assert notice_of(pop, NOW, str).title.startswith("While nobody was here: 3 tickets")


def test_off_shift_only_a_p1_that_the_policy_lets() -> None:
    desk = Desk(ME._replace(on_shift=False))
    soon, over = alarm(1, priority=1, due_in=1), alarm(2, priority=1, due_in=-1)
    (pop,) = desk.look(alarm(3), soon, over).pops
    assert pop.alarms[0].key == over.key  # the owner's "soon" is for the shift, the breach is not
    desk.watcher = ME
    pops = desk.look(alarm(3), soon, over).pops
    assert [p.alarms[0].key for p in pops] == [soon.key, alarm(3).key]


@pytest.mark.parametrize(("quiet", "told"), [("but p1", 1), ("all", 0)])
def test_do_not_disturb_holds_back_and_what_waited_comes_as_one(quiet: str, told: int) -> None:
    desk = Desk(ME._replace(quiet=quiet))  # type: ignore[arg-type]
    found = [alarm(1), alarm(2), alarm(3, priority=1, due_in=1)]
    assert len(desk.look(*found).pops) == told
    desk.watcher = ME
    assert [len(pop.alarms) for pop in desk.look(*found).pops] == ([2] if told else [1, 2])


def test_a_snooze_takes_it_away_and_it_returns_by_itself() -> None:
    desk = Desk()
    first = alarm(1, due_in=11)
    (pop,) = desk.look(first).pops
    off = engine.Seen(snoozed=frozenset({first.key}))
    assert desk.look(first, seen=off).withdrawn == (pop.key,)
    desk.wait(5)
    (again,) = desk.look(first).pops
    assert again.key != pop.key


def test_what_was_acknowledged_is_not_told() -> None:
    first = alarm(1)
    seen = engine.Seen(acknowledged=frozenset({first.key}))
    assert not Desk().look(first, seen=seen).changes


def test_each_pop_up_has_the_time_left_and_one_key() -> None:
    desk = Desk()
    (pop,) = desk.look(alarm(1)).pops
    notice = notice_of(pop, NOW, str)
    assert notice.title == "P2 CS0000001: response due in 5 minutes"
    assert notice.body == "Pellow: No mail. M writes to the contact."
    assert (notice.act, notice.level, notice.sound) == ("message", "soon", False)


def test_a_digest_names_the_tickets_and_the_first_act() -> None:
    found = [alarm(n, due_in=n + 1) for n in range(1, 8)]
    (pop,) = Desk().look(*found).pops
    notice = notice_of(pop, NOW, str)
    assert notice.title == "7 tickets reach breach within 8 min"
    assert notice.body == (
        "First CS0000001, response due in 2 minutes. M writes to the contact. "
        "Then CS0000002, CS0000003, CS0000004 and 3 more."
    )
    assert (notice.level, notice.ticket_id) == ("digest", "t1")


@pytest.mark.parametrize("seed", [1, 20_261_109])
def test_two_days_of_a_desk_are_judged_by_stopwatches(seed: int) -> None:
    verdict = Month(seed, tickets=120, days=2).play()
    assert verdict.told > 100, verdict
    assert (verdict.missed, verdict.phantom) == (0, 0), verdict
    assert verdict.most_in_ten <= 2, verdict
    assert verdict.mean_in_ten <= 1, verdict
