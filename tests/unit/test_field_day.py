"""The day of an engineer as the desk reads it, and when they say they left."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.fakes.desks import START, TurnedClock, done, log, open_desk, refusal
from tierline.desk.desk import Desk
from tierline.desk.field_day import engineers, last_place, read_day
from tierline.desk.visits import understand_past, visit_note
from tierline.domain import commands as cmd
from tierline.domain.ticket import Ticket

MELBOURNE = ZoneInfo("Australia/Melbourne")  # START is Thu 5 Nov 10:42:08 there


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: TurnedClock) -> Desk:
    made = open_desk(tmp_path, "ravi", clock)
    made.zone = MELBOURNE
    return made


def planned(desk: Desk, subject: str, hours: float | None, **told: object) -> str:
    """A ticket with a visit so many hours from now."""
    made = log(desk, subject, channel="phone", later=True)
    start = None if hours is None else desk.clock() + timedelta(hours=hours)
    facts = {"engineer": "ravi", "start": start} | told
    done(desk.act(made, cmd.PlanVisit(**facts)))  # type: ignore[arg-type]
    return made


def subjects(desk: Desk, *, later: bool = False) -> list[str]:
    day = read_day(desk)
    return [each.subject for each in (day.later if later else day.today)]


def ticket(desk: Desk, ticket_id: str) -> Ticket:
    stored = desk.replica.tickets.get(ticket_id)
    assert stored is not None
    return stored.ticket


def test_B8_a_day_comes_in_the_order_of_its_times_and_then_of_its_deadlines(desk: Desk) -> None:
    planned(desk, "no time", None)
    planned(desk, "second", 5)
    planned(desk, "first", 1)
    planned(desk, "tomorrow", 24)
    planned(desk, "somebody else's", 2, engineer="ines")
    assert subjects(desk) == ["first", "second", "no time"]
    assert subjects(desk, later=True) == ["tomorrow"]


def test_B8_an_overdue_visit_stays_in_the_day_until_it_is_done(
    desk: Desk, clock: TurnedClock
) -> None:
    late = planned(desk, "late", 1)
    clock.turn(days=2)
    assert subjects(desk) == ["late"]
    done(desk.act(late, cmd.Arrive()))
    day = read_day(desk)
    assert day.under_way is not None
    assert day.under_way.ticket_id == late
    clock.turn(minutes=30)
    done(desk.act(late, cmd.LeaveSite()))
    day = read_day(desk)
    assert [each.over for each in day.today] == [True]
    clock.turn(days=1)
    assert subjects(desk) == []


def test_B8_nobody_is_in_two_places_and_when_one_ended_is_asked(
    desk: Desk, clock: TurnedClock
) -> None:
    one, other = planned(desk, "one", 1), planned(desk, "other", 3)
    done(desk.act(one, cmd.Arrive()))
    clock.turn(hours=3)
    asked = refusal(desk.act(other, cmd.SetOut()))
    assert asked.field == "left_at"
    assert ticket(desk, one).number in asked.what
    assert refusal(desk.act(other, cmd.ChangeStatus(status="on-site"))).field == "left_at"
    done(desk.act(one, cmd.LeaveSite(left_at=clock.now - timedelta(hours=1))))
    done(desk.act(other, cmd.SetOut()))
    assert ticket(desk, one).work == {1: 2 * 3600}


def test_B8_a_visit_that_begins_ends_my_timer_elsewhere(desk: Desk, clock: TurnedClock) -> None:
    office, site = log(desk, "in the office"), planned(desk, "on site", 1)
    done(desk.act(office, cmd.Take(timer=True)))
    clock.turn(minutes=20)
    done(desk.act(site, cmd.SetOut()))
    assert ticket(desk, office).timer_since is None
    assert ticket(desk, office).work == {1: 1200}


def test_B8_where_people_are_is_told_while_they_are_there(desk: Desk, clock: TurnedClock) -> None:
    made = planned(desk, "one", 1)
    assert engineers(desk) == {}
    done(desk.act(made, cmd.SetOut()))
    assert engineers(desk) == {"ravi": "travelling"}
    clock.turn(minutes=20)
    done(desk.act(made, cmd.Arrive()))
    assert engineers(desk) == {"ravi": "on site"}
    clock.turn(minutes=20)
    done(desk.act(made, cmd.LeaveSite()))
    assert engineers(desk) == {}


def test_B8_the_place_of_the_last_visit_to_a_client_is_offered(desk: Desk) -> None:
    assert last_place(desk, "Pellow & Voss Legal") == ("", "")
    planned(desk, "old", 1, site="Level 2", address="1 Spring Street")
    planned(desk, "new", 2, site="Level 9", address="1 Spring Street")
    assert last_place(desk, "Pellow & Voss Legal") == ("Level 9", "1 Spring Street")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("now", "2026-11-05 10:42:08"),
        ("10:40", "2026-11-05 10:40:00"),
        ("17:30", "2026-11-04 17:30:00"),  # later today is no time that has passed
        ("yesterday 17:30", "2026-11-04 17:30:00"),
        ("yesterday 9:15", "2026-11-04 09:15:00"),
        ("mon 16:00", "2026-11-02 16:00:00"),
        ("2026-11-03 12:00", "2026-11-03 12:00:00"),
        ("tomorrow 9:00", ""),
        ("2h", ""),
        ("after lunch", ""),
        ("", ""),
    ],
)
def test_B8_when_somebody_left_is_understood_as_a_time_that_has_passed(
    typed: str, meant: str
) -> None:
    found = understand_past(typed, START, MELBOURNE)
    assert (f"{found.astimezone(MELBOURNE):%Y-%m-%d %H:%M:%S}" if found else "") == meant


def test_a_visit_is_said_in_a_few_words(desk: Desk, clock: TurnedClock) -> None:
    made = planned(desk, "one", None)
    (visit,) = ticket(desk, made).visits
    assert visit_note(visit, clock(), MELBOURNE) == "time to be agreed"
    done(desk.act(made, cmd.Arrive()))
    (visit,) = ticket(desk, made).visits
    assert visit_note(visit, clock(), MELBOURNE) == "on site since 10:42"
    clock.turn(minutes=8)
    done(desk.act(made, cmd.LeaveSite()))
    assert visit_note(ticket(desk, made).visited[0], clock(), MELBOURNE) == "left 10:50"
