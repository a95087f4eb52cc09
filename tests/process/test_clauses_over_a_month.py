"""Clauses that one example does not settle: held at every hour of a month, against plain figures.

The hours are those of PROCESS.md, added up by `month.hours`; nothing here asks the program's own
calendars what is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.fakes.books import bundled_book
from tests.process.case import Case
from tests.process.month.hours import Hours
from tests.process.month.promises import hours_of
from tierline.domain import commands as cmd
from tierline.domain.clocks import State

_DAY = 1440
MONTH = range(0, 30 * _DAY, 97)  # every hour and a half, at ever other minutes
WIDE = range(7, 30 * _DAY, 641)


def at(hours: Hours, minute: int) -> str:
    """A minute as local text."""
    return f"{hours.at(minute).astimezone(hours.zone):%Y-%m-%d %H:%M}"


def days_later(hours: Hours, start: int, days: int) -> int:
    """The same time of day so many working days later; from the next opening when it is closed."""
    begin = hours.next_open(start)
    day = begin - begin % _DAY
    while days:
        day += _DAY
        days -= any(hours.open_at(minute) for minute in range(day, day + _DAY, 30))
    return day + begin % _DAY


def by_playbook(hours: Hours, start: int, priority: int) -> tuple[int, int | None]:
    """A10 in plain figures: response and resolution."""
    return {
        1: lambda: (start + 15, start + 4 * 60),
        2: lambda: (hours.add(start, 60), days_later(hours, start, 1)),
        3: lambda: (hours.add(start, 4 * 60), days_later(hours, start, 3)),
        4: lambda: (days_later(hours, start, 1), None),
    }[priority]()


def by_definition(hours: Hours, start: int, priority: int) -> tuple[int, int]:
    """D12 in plain figures: P1 on the wall, the rest in hours of the desk."""
    response, fix = {1: (1, 4), 2: (4, 8), 3: (16, 24), 4: (16, 32)}[priority]
    if priority == 1:
        return start + response * 60, start + fix * 60
    return hours.add(start, response * 60), hours.add(start, fix * 60)


def logged(policy: str, hours: Hours, minute: int, **told: object) -> Case:
    """A ticket of that minute, by the channel that has no targets of its own."""
    case = Case(bundled_book().get(policy))
    assert case.log(at(hours, minute), **told) is None
    return case


def dues(case: Case, hours: Hours, minute: int) -> tuple[int | None, int | None]:
    """Response and fix as the desk has them."""
    found = case.read(at(hours, minute))
    both = (found[name].due if name in found else None for name in ("response", "fix"))
    response, fix = (hours.minute(due) if due else None for due in both)
    return response, fix


@pytest.mark.parametrize("priority", [1, 2, 3, 4])
def test_A10_the_matrix_holds_at_every_hour_of_the_month(priority: int) -> None:
    hours = hours_of("playbook")
    for minute in MONTH:
        case = logged("playbook", hours, minute, priority=priority, channel="portal")
        wanted = by_playbook(hours, minute, priority)
        assert dues(case, hours, minute) == wanted, at(hours, minute)


@pytest.mark.parametrize("priority", [1, 2, 3, 4])
def test_D12_the_matrix_holds_at_every_hour_of_the_month(priority: int) -> None:
    hours, policy = hours_of("service-definition"), bundled_book().get("service-definition")
    for minute in MONTH:
        case = logged("service-definition", hours, minute, priority=priority)
        start, (response, fix) = hours.at(minute), by_definition(hours, minute, priority)
        assert dues(case, hours, minute)[1] == fix, at(hours, minute)
        rules = policy.clock_rules(
            priority=priority, channel="", tier=1, type_="incident", call_back=False
        )
        promised = next(rule for rule in rules if rule.name == "response").due_from(start)
        assert hours.minute(promised) == response, at(hours, minute)


def test_A10_a_business_day_that_waits_goes_on_after_it_by_working_time_only() -> None:
    """Two working hours and a night of waiting: the resolution stands two working hours later."""
    hours = hours_of("playbook")
    for minute in WIDE:
        begin = hours.next_open(minute)
        case = logged("playbook", hours, begin, priority=3, channel="portal")
        before = dues(case, hours, begin)[1]
        assert before is not None
        end = hours.add(begin + 5, 120) + 1
        wait = cmd.ChangeStatus(status="waiting-client", reason="asked")
        assert case.do(at(hours, begin + 5), wait) is None
        assert case.read(at(hours, end))["fix"].state == State.PAUSED
        assert case.do(at(hours, end), cmd.ChangeStatus(status="in-progress")) is None
        after = dues(case, hours, end)[1]
        waited = hours.between(begin + 5, end)
        assert after == hours.next_open(hours.add(before, waited)), at(hours, begin)


def test_A10_a_workaround_meets_a_p1_once_and_is_armed_again_when_it_comes_back() -> None:
    hours = hours_of("playbook")
    case = logged("playbook", hours, 600, priority=1, channel="portal")
    detour = cmd.Workaround(text="Phones by the mobile network")
    assert case.do(at(hours, 660), detour) is None
    assert case.read(at(hours, 4000))["fix"].state == State.MET
    assert case.do(at(hours, 4000), cmd.Resolve(steps="Line repaired")) is None
    fix = case.read(at(hours, 4000))["fix"]
    assert (fix.state, fix.stopped) == (State.MET, hours.at(660))
    assert case.do(at(hours, 4100), cmd.Reopen(reason="Down again")) is None
    fix = case.read(at(hours, 4110))["fix"]
    assert fix.state == State.BREACHED
    assert fix.due == hours.at(600 + 240)


def test_A10_a_workaround_counts_for_no_other_priority_and_a_lower_one_takes_it_back() -> None:
    hours = hours_of("playbook")
    case = logged("playbook", hours, 600, priority=1, channel="portal")
    case.do(at(hours, 660), cmd.Workaround(text="Phones by the mobile network"))
    lower = cmd.Prioritise(priority=2, reason="Only the phones")
    assert case.do(at(hours, 700), lower) is None
    fix = case.read(at(hours, 701))["fix"]
    assert (fix.state, fix.stopped) == (State.RUNNING, None)


def test_A10_a_p4_is_best_effort_and_never_late() -> None:
    hours = hours_of("playbook")
    case = logged("playbook", hours, 600, priority=4, channel="portal")
    case.do(at(hours, 610), cmd.Message(text="We plan it"))
    assert not [c for c in case.read(at(hours, 29 * _DAY)).values() if c.state == State.BREACHED]


def raises() -> Iterator[tuple[str, int, int]]:
    """Every raise that the two matrices allow."""
    for policy in ("playbook", "service-definition"):
        for low in (4, 3, 2):
            yield from ((policy, low, high) for high in range(1, low))


@pytest.mark.parametrize(("policy", "low", "high"), list(raises()))
def test_D14_a_raise_counts_from_the_same_start_at_any_hour(
    policy: str, low: int, high: int
) -> None:
    """The new targets stand where they would if it had been that priority from the beginning."""
    hours = hours_of(policy)
    channel = "monitoring" if policy == "playbook" else "phone"
    for minute in WIDE:
        case = logged(policy, hours, minute, priority=low, channel=channel)
        before = case.read(at(hours, minute + 200))["response"].worked
        raised = cmd.Prioritise(priority=high, reason="All of dispatch")
        assert case.do(at(hours, minute + 200), raised) is None
        whole = logged(policy, hours, minute, priority=high, channel=channel)
        assert dues(case, hours, minute + 200) == dues(whole, hours, minute + 200)
        if high > 1 or channel == "phone":
            assert case.read(at(hours, minute + 200))["response"].worked == before
        assert case.ticket is not None
        steps = [(step.value, step.why) for step in case.ticket.priorities]
        assert steps == [(str(low), ""), (str(high), "All of dispatch")]


HELP_A11 = [
    (1, 1, 1, "Organisation offline"),
    (2, 1, 2, "Department outage"),
    (3, 1, 3, "One user affected, no workaround"),
    (3, 3, 4, "How-to question"),
]
HELP_D13 = [
    (1, 1, 1, "Loss of service at a site"),
    (2, 1, 2, "Many users affected"),
    (3, 1, 2, "One user cannot log in, no workaround"),
    (3, 2, 3, "One printer or one mailbox"),
    (3, 3, 4, "Information"),
]


@pytest.mark.parametrize(("impact", "urgency", "priority", "example"), HELP_A11)
def test_A11_what_the_help_says_is_what_logging_gives(
    playbook: Case, impact: int, urgency: int, priority: int, example: str
) -> None:
    _logs_as(playbook, impact, urgency, priority, example)


@pytest.mark.parametrize(("impact", "urgency", "priority", "example"), HELP_D13)
def test_D13_what_the_help_says_is_what_logging_gives(
    service: Case, impact: int, urgency: int, priority: int, example: str
) -> None:
    _logs_as(service, impact, urgency, priority, example)


def _logs_as(case: Case, impact: int, urgency: int, priority: int, example: str) -> None:
    case.log("2026-11-05 10:00", priority=0, impact=impact, urgency=urgency)
    assert case.ticket is not None
    assert case.ticket.priority == priority
    assert example in case.policy.file.priorities[f"P{priority}"].help
    worse = [case.policy.priority_of(max(1, impact - 1), urgency)]
    worse.append(case.policy.priority_of(impact, max(1, urgency - 1)))
    assert max(worse) <= priority


def test_D13_a_p1_that_is_not_phoned_is_called_back_and_the_help_says_so(service: Case) -> None:
    assert "Logged by phone" in service.policy.file.priorities["P1"].help
    service.log("2026-11-05 10:00", priority=1, channel="mail")
    assert service.ticket is not None
    assert service.ticket.call_back
    other = Case(service.policy)
    other.log("2026-11-05 10:00", priority=1, channel="phone")
    assert other.ticket is not None
    assert not other.ticket.call_back
    assert other.read("2026-11-05 10:01")["response"].worked == timedelta(0)
