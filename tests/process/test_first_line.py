"""C1: what first line is for: the desk reminds, and nobody is kept from helping."""

from __future__ import annotations

import pytest

from tests.process.case import Case
from tierline.domain import commands as cmd


def test_C1_first_line_is_told_what_it_takes(three_line: Case) -> None:
    words = " ".join(three_line.policy.file.tiers["1"].help)
    assert "10 to 15 minutes" in words
    assert "known fix" in words
    assert "No desk-side visit, no research" in words


@pytest.mark.parametrize("kind", ["purchase", "licence", "project"])
def test_C1_purchases_licences_and_given_projects_start_on_first_line(
    three_line: Case, kind: str
) -> None:
    assert three_line.log("2026-11-02 09:00", type=kind) is None
    assert three_line.ticket is not None
    assert (three_line.ticket.tier, three_line.ticket.type) == (1, kind)


@pytest.mark.parametrize("status", ["travelling", "on-site"])
def test_C1_a_visit_from_first_line_is_asked_about_and_recorded(
    three_line: Case, status: str
) -> None:
    three_line.log("2026-11-02 09:00")
    why = three_line.do("2026-11-02 09:05", cmd.ChangeStatus(status=status))
    assert why is not None
    assert why.field == "reason"
    assert "1st line makes no visits" in why.what
    go = cmd.ChangeStatus(status=status, reason="Nobody of 2nd line is in the building")
    assert three_line.do("2026-11-02 09:06", go) is None
    assert three_line.ticket is not None
    last = three_line.ticket.statuses[-1]
    assert (last.value, last.why) == (status, "Nobody of 2nd line is in the building")


def test_C1_second_line_goes_without_being_asked(three_line: Case) -> None:
    three_line.log("2026-11-02 09:00")
    handed = cmd.Escalate(tier=2, reason="remote", handover="Needs hands.", message="We come.")
    assert three_line.do("2026-11-02 09:10", handed) is None
    assert three_line.do("2026-11-02 09:20", cmd.ChangeStatus(status="on-site")) is None
