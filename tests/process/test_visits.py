"""B8: a visit from its plan to leaving the site, what it counts as, and what is done there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.process.case import Case
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.domain.ticket import Ticket, Visit

DAY = "2026-11-05"
HASH = "a" * 64


@pytest.fixture
def visit(tiered: Case) -> Case:
    """A ticket on second line, which priya holds and will visit at ten."""
    tiered.log(f"{DAY} 08:30")
    done(tiered.do(f"{DAY} 08:31", escalated(), "mira"))
    planned = cmd.PlanVisit(
        start=tiered.utc(f"{DAY} 10:00"), minutes=90, engineer="priya",
        site="Comms room", address="12 Kiln Street, Botany", text="Ask for the key",
    )  # fmt: skip
    done(tiered.do(f"{DAY} 08:40", planned, "mira"))
    return tiered


def test_B8_a_visit_is_planned_travelled_done_and_counted(visit: Case) -> None:
    (planned,) = ticket(visit).visits
    assert (planned.state, planned.engineer, planned.site) == ("planned", "priya", "Comms room")
    done(visit.do(f"{DAY} 09:35", cmd.SetOut(), "priya"))
    assert (ticket(visit).status, only(visit).state) == ("travelling", "travelling")
    done(visit.do(f"{DAY} 10:05", cmd.Arrive(), "priya"))
    assert (ticket(visit).status, only(visit).since) == ("on-site", visit.utc(f"{DAY} 10:05"))
    done(visit.do(f"{DAY} 11:20", cmd.LeaveSite(), "priya"))
    assert (ticket(visit).status, ticket(visit).visits) == ("in-progress", ())
    (gone,) = ticket(visit).visited
    assert (gone.state, gone.key) == ("done", planned.key)
    assert gone.left_at == visit.utc(f"{DAY} 11:20")
    assert ticket(visit).work[2] == 75 * 60  # tiered counts what is on site, not the way


def test_B8_a_policy_may_count_the_way_as_work_too(three_line: Case) -> None:
    three_line.log(f"{DAY} 08:30", tier=2, assignee="priya")
    done(three_line.do(f"{DAY} 09:00", cmd.SetOut(), "priya"))
    done(three_line.do(f"{DAY} 09:30", cmd.Arrive(), "priya"))
    done(three_line.do(f"{DAY} 10:00", cmd.LeaveSite(), "priya"))
    assert ticket(three_line).work[2] == 60 * 60


def test_B8_who_forgot_to_leave_is_asked_and_never_guessed(visit: Case) -> None:
    done(visit.do(f"{DAY} 10:05", cmd.Arrive(), "priya"))
    asked = visit.do("2026-11-06 08:00", cmd.LeaveSite(), "priya")
    assert asked is not None
    assert asked.field == "left_at"
    assert "on site since Thu 5 Nov 10:05" in asked.what
    assert ticket(visit).work == {}
    told = cmd.LeaveSite(left_at=visit.utc(f"{DAY} 11:00"))
    done(visit.do("2026-11-06 08:00", told, "priya"))
    assert ticket(visit).work[2] == 55 * 60
    assert ticket(visit).visited[0].left_at == visit.utc(f"{DAY} 11:00")


@pytest.mark.parametrize("wrong", [f"{DAY} 10:04", f"{DAY} 12:01"])
def test_B8_nobody_leaves_before_they_came_or_in_the_future(visit: Case, wrong: str) -> None:
    done(visit.do(f"{DAY} 10:05", cmd.Arrive(), "priya"))
    refused = visit.do(f"{DAY} 12:00", cmd.LeaveSite(left_at=visit.utc(wrong)), "priya")
    assert refused is not None
    assert refused.field == "left_at"


def test_B8_resolving_on_site_ends_the_ticket_and_not_the_visit(visit: Case) -> None:
    done(visit.do(f"{DAY} 10:05", cmd.Arrive(), "priya"))
    done(visit.do(f"{DAY} 10:35", cmd.Resolve(steps="Replaced the switch"), "priya"))
    assert only(visit).state == "on site"
    done(visit.do(f"{DAY} 10:45", cmd.LeaveSite(), "priya"))
    assert (ticket(visit).status, ticket(visit).work[2]) == ("resolved", 40 * 60)


def test_B8_the_visit_counts_and_no_timer_beside_it(visit: Case) -> None:
    done(visit.do(f"{DAY} 09:50", cmd.StartTimer(), "priya"))
    done(visit.do(f"{DAY} 10:00", cmd.Arrive(), "priya"))
    assert (ticket(visit).timer_since, ticket(visit).work[2]) == (None, 600)
    refused = visit.do(f"{DAY} 10:10", cmd.StartTimer(), "priya")
    assert refused is not None
    assert "counted as work already" in refused.what
    done(visit.do(f"{DAY} 10:11", cmd.StartTimer(), "mira"))  # from the office, on the phone
    done(visit.do(f"{DAY} 10:30", cmd.LeaveSite(), "priya"))
    assert ticket(visit).timer_by == "mira"
    assert ticket(visit).work[2] == 600 + 30 * 60


def test_B8_who_turns_back_was_never_there(visit: Case) -> None:
    done(visit.do(f"{DAY} 09:35", cmd.SetOut(), "priya"))
    done(visit.do(f"{DAY} 09:50", cmd.LeaveSite(), "priya"))
    (gone,) = ticket(visit).visited
    assert (gone.state, ticket(visit).status, ticket(visit).work) == (
        "turned back", "in-progress", {},
    )  # fmt: skip
    again = cmd.PlanVisit(key=gone.key, start=visit.utc("2026-11-06 09:00"), engineer="ravi")
    done(visit.do(f"{DAY} 10:00", again, "mira"))
    assert (only(visit).state, only(visit).engineer, only(visit).set_out_at) == (
        "planned", "ravi", None,
    )  # fmt: skip


def test_B8_a_visit_that_nobody_planned_is_one_all_the_same(visit: Case) -> None:
    done(visit.do(f"{DAY} 09:00", cmd.CancelVisit(reason="They moved"), "mira"))
    assert ticket(visit).visits == ()
    done(visit.do(f"{DAY} 10:00", cmd.Arrive(), "ravi"))
    assert (only(visit).engineer, only(visit).start) == ("ravi", None)


def test_B8_the_status_of_a_visit_tells_the_visit(visit: Case) -> None:
    done(visit.do(f"{DAY} 10:00", cmd.ChangeStatus(status="on-site"), "priya"))
    assert only(visit).state == "on site"


def test_B8_two_engineers_leave_one_by_one(visit: Case) -> None:
    done(visit.do(f"{DAY} 10:00", cmd.Arrive(), "priya"))
    done(visit.do(f"{DAY} 10:05", cmd.Arrive(), "ravi"))
    done(visit.do(f"{DAY} 10:20", cmd.LeaveSite(), "priya"))
    assert ticket(visit).status == "on-site"
    done(visit.do(f"{DAY} 10:30", cmd.LeaveSite(), "ravi"))
    assert (ticket(visit).status, len(ticket(visit).visited)) == ("in-progress", 2)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"start": datetime(2026, 11, 4, tzinfo=UTC)}, "start"),
        ({"minutes": 24 * 60 + 1}, "for"),
        ({"key": "V9@never"}, "visit"),
    ],
)
def test_B8_a_plan_must_make_sense(visit: Case, told: dict[str, object], field: str) -> None:
    refused = visit.do(f"{DAY} 09:00", cmd.PlanVisit(**told), "mira")  # type: ignore[arg-type]
    assert refused is not None
    assert refused.field == field


def test_B8_nobody_drives_to_a_ticket_that_was_cancelled(visit: Case) -> None:
    done(visit.do(f"{DAY} 09:00", cmd.Cancel(reason="Logged twice"), "mira"))
    assert ticket(visit).visits == ()
    assert ticket(visit).visited[0].state == "cancelled"


def test_B8_parts_come_on_and_off_and_no_serial_twice(visit: Case) -> None:
    part = cmd.UsePart(part="SFP+ module", quantity=2, serial="1188-A", number="FS-10G")
    done(visit.do(f"{DAY} 10:10", part, "priya"))
    refused = visit.do(f"{DAY} 10:11", cmd.UsePart(part="SFP+", serial="1188-a"), "priya")
    assert refused is not None
    assert refused.field == "serial"
    done(visit.do(f"{DAY} 10:12", cmd.UsePart(part="Patch cable"), "priya"))
    assert [(each.part, each.quantity) for each in ticket(visit).parts] == [
        ("SFP+ module", 2), ("Patch cable", 1),
    ]  # fmt: skip
    done(visit.do(f"{DAY} 10:13", cmd.ReturnPart(key="1188-A", reason="Wrong one"), "priya"))
    assert [each.part for each in ticket(visit).parts] == ["Patch cable"]


def test_B8_points_of_the_check_list_are_done_once(visit: Case) -> None:
    (first, *_) = visit.policy.file.visits.checks if visit.policy.file.visits else ()
    done(visit.do(f"{DAY} 10:10", cmd.Check(item=first), "priya"))
    assert ticket(visit).checks == (first,)
    assert visit.do(f"{DAY} 10:11", cmd.Check(item=first), "priya") is not None
    done(visit.do(f"{DAY} 10:12", cmd.Check(item=first, done=False), "priya"))
    assert ticket(visit).checks == ()


def test_B11_a_sign_off_on_site_is_the_yes_that_closing_asks_for(visit: Case) -> None:
    done(visit.do(f"{DAY} 10:05", cmd.Arrive(), "priya"))
    unsigned = visit.do(f"{DAY} 10:20", cmd.SignOff(name="Ada Prior"), "priya")
    assert unsigned is not None
    assert unsigned.field == "signature"
    done(visit.do(f"{DAY} 10:30", cmd.SignOff(name="Ada Prior", sha256=HASH), "priya"))
    done(visit.do(f"{DAY} 10:31", cmd.Resolve(steps="Replaced the switch"), "priya"))
    done(visit.do(f"{DAY} 10:32", cmd.Close(), "priya"))
    assert ticket(visit).ended == "closed"


def test_B11_a_sign_off_does_not_outlive_a_re_open(visit: Case) -> None:
    phone = cmd.SignOff(name="Ada Prior", way="phone")
    done(visit.do(f"{DAY} 10:30", phone, "priya"))
    done(visit.do(f"{DAY} 10:31", cmd.Resolve(steps="Replaced the switch"), "priya"))
    done(visit.do(f"{DAY} 11:00", cmd.Reopen(reason="Down again"), "mira"))
    done(visit.do(f"{DAY} 12:00", cmd.Resolve(steps="And its supply"), "priya"))
    refused = visit.do(f"{DAY} 12:01", cmd.Close(), "priya")
    assert refused is not None
    assert refused.field == "confirmed_by"


def escalated() -> cmd.Escalate:
    return cmd.Escalate(
        tier=2, reason="site", handover="Needs hands", message="Priya comes.",
        assignee="priya",
    )  # fmt: skip


def done(refused: Refusal | None) -> None:
    assert refused is None, refused


def ticket(case: Case) -> Ticket:
    assert case.ticket is not None
    return case.ticket


def only(case: Case) -> Visit:
    (found,) = ticket(case).visits
    return found
