"""C3 and C7 over a month: amber in time, one prompt when the days are over, then the hard stop."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.process.floor import Floor, did
from tests.process.month.hours import Hours
from tests.process.month.promises import hours_of
from tests.process.test_clauses_over_a_month import at, days_later
from tierline.domain import commands as cmd
from tierline.domain.countdown import Countdown, Phase

Make = Callable[..., Floor]
UP = cmd.Escalate(tier=2, reason="remote", handover="Board is silent", message="We come.")
# Begin of a morning, end of an evening, a Friday noon, a Saturday, a night.
STARTS = (490, 1_010, 4 * 1440 + 720, 5 * 1440 + 600, 2 * 1440 + 120)
STAY = cmd.Stay(reason="Fix is known, parts of it run")


def face(desk: Floor, clock: str, minute: int, hours: Hours) -> int:
    """How a clock of the ticket looks at a minute."""
    stored = desk.replica.tickets.get(desk.id)
    assert stored is not None
    (deadline,) = (each for each in stored.deadlines if each.name == clock)
    calendar = desk.book.calendar(deadline.calendar)
    return Countdown(deadline, calendar).face(hours.at(minute).timestamp()).phase


def ran(desk: Floor, minute: int, hours: Hours) -> list[str]:
    """What the rules do at a minute, of all that concerns a limit."""
    desk.clock.now = hours.at(minute)
    return [each for each in did(desk.desk.run_rules()) if "line" in each]


@pytest.mark.parametrize("start", STARTS)
def test_C3_amber_from_80_percent_a_prompt_when_the_day_is_over_and_C4_stops_it(
    floor: Make, start: int
) -> None:
    hours, desk = hours_of("three-line"), floor("three-line")
    desk.log(at(hours, start))
    over, stop = days_later(hours, start, 1), hours.add(start, 12 * 60)
    amber = hours.add(start, 9 * 60 * 4 // 5)
    assert face(desk, "first-line", amber - 1, hours) != Phase.SOON
    assert face(desk, "first-line", amber, hours) == Phase.SOON
    assert ran(desk, over - 1, hours) == []
    assert ran(desk, over, hours) == ["first-line prompt"]
    assert ran(desk, over, hours) == []
    view = desk.desk.open_ticket(desk.id)
    assert view is not None
    assert [prompt.name for prompt in view.prompts] == ["first-line"]
    assert ran(desk, stop - 1, hours) == []
    assert ran(desk, stop, hours) == ["first-line-stop escalate"]
    assert desk.ticket.prompts == ()


@pytest.mark.parametrize("start", STARTS)
def test_C3_a_reason_answers_the_prompt_and_the_hard_stop_stays(floor: Make, start: int) -> None:
    hours, desk = hours_of("three-line"), floor("three-line")
    desk.log(at(hours, start))
    over, stop = days_later(hours, start, 1), hours.add(start, 12 * 60)
    ran(desk, over, hours)
    assert desk.do(at(hours, over), STAY) is None
    assert desk.ticket.prompts == ()
    assert ran(desk, stop, hours) == ["first-line-stop escalate"]


@pytest.mark.parametrize("start", STARTS)
def test_C7_amber_from_80_percent_a_prompt_after_two_days_and_a_stop_after_48_hours(
    floor: Make, start: int
) -> None:
    hours, desk = hours_of("three-line"), floor("three-line")
    desk.log(at(hours, start - 1))
    assert desk.do(at(hours, start), UP) is None
    over, stop = days_later(hours, start, 2), hours.add(start, 48 * 60)
    amber = hours.add(start, 18 * 60 * 4 // 5)
    assert face(desk, "second-line", amber - 1, hours) != Phase.SOON
    assert face(desk, "second-line", amber, hours) == Phase.SOON
    assert ran(desk, over - 1, hours) == []
    assert ran(desk, over, hours) == ["second-line prompt"]
    assert desk.do(at(hours, over), STAY) is None
    assert ran(desk, stop - 1, hours) == []
    assert ran(desk, stop, hours) == ["second-line-stop escalate"]
    assert desk.ticket.tier == 3


def test_C7_who_has_consulted_is_neither_asked_nor_stopped(floor: Make) -> None:
    hours, desk = hours_of("three-line"), floor("three-line")
    desk.log(at(hours, 490))
    desk.do(at(hours, 500), UP)
    asked = cmd.Consult(tier=3, whom="Hana", text="Which amplifier?")
    assert desk.do(at(hours, 600), asked) is None
    assert ran(desk, 25 * 1440, hours) == []
    assert desk.ticket.tier == 2


@pytest.mark.parametrize("line", [1, 2])
def test_C3_and_C7_a_wait_for_parts_holds_prompt_and_stop_by_working_time_only(
    floor: Make, line: int
) -> None:
    hours, desk = hours_of("three-line"), floor("three-line")
    desk.log(at(hours, 490))
    if line == 2:
        desk.do(at(hours, 490), UP)
    name, days, most = (("first-line", 1, 12), ("second-line", 2, 48))[line - 1]
    parts = cmd.ChangeStatus(status="awaiting-parts", reason="Board ordered")
    assert desk.do(at(hours, 600), parts) is None
    assert ran(desk, 3 * 1440, hours) == []
    back = 3 * 1440 + 540  # Thursday, 9:00: nights are no wait
    assert desk.do(at(hours, back), cmd.ChangeStatus(status="in-progress")) is None
    waited = hours.between(600, back)
    over = hours.next_open(hours.add(490, days * 540 + waited))
    stop = hours.add(490, most * 60 + waited)
    assert ran(desk, over - 1, hours) == []
    assert ran(desk, over, hours) == [f"{name} prompt"]
    assert ran(desk, stop - 1, hours) == []
    assert ran(desk, stop, hours) == [f"{name}-stop escalate"]
