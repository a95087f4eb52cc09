"""The log of Volvo IT's incidents shows on the desk what its analysts counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.data.logs import VOLVO, Brought, Case, bring, ping_pong
from tierline.domain import events as ev

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Brought:
    return bring(VOLVO, tmp_path_factory.mktemp("volvo"))


def test_events_and_cases(log: Brought) -> None:
    assert sum(len(case.rows) for case in log.cases) == 65_533
    assert len(log.cases) == 7_554


def test_cases_that_only_first_line_touched(log: Brought) -> None:
    only_first = log.count(lambda t: {step.value for step in t.tiers} == {"1"})
    assert only_first == 4_546
    assert round(100 * only_first / 7_554, 2) == 60.18


def test_ping_pong_between_teams(log: Brought) -> None:
    found = sum(ping_pong(case) for case in log.cases)
    assert found == 1_177
    assert round(100 * found / 7_554, 2) == 15.58


def test_reopened_of_those_resolved(log: Brought) -> None:
    resolved = [case for case in log.cases if _resolved_at(case) is not None]
    assert len(resolved) == 5_663
    assert sum(_reopened_later(case) for case in resolved) == 390


def test_mean_duration(log: Brought) -> None:
    lasted = sum((t.changed_at - t.logged_at for t in log.tickets), timedelta())
    assert round(lasted / timedelta(days=1) / len(log.tickets), 3) == 12.079


def test_how_cases_end(log: Brought) -> None:
    found = log.by_fact("state")
    ends = ("Closed", "In Call", "Resolved", "Cancelled")
    assert [found[word] for word in ends] == [5_573, 1_882, 90, 1]
    assert sum(found.values()) - sum(found[word] for word in ends) == 8
    assert log.count(lambda t: t.open) == 8
    assert log.count(lambda t: t.ended == "closed") == 5_573
    assert log.count(lambda t: t.ended == "resolved" and t.first_contact) == 1_882
    assert log.count(lambda t: t.ended == "cancelled") == 1


def test_names_and_times_are_kept(log: Brought) -> None:
    assert any(event.by == "Åse" for case in log.cases for event in case.events)
    found = next(t for t in log.tickets if t.number == "1-364285768")
    assert found.logged_at.isoformat() == "2010-03-31T14:59:42+00:00"


def test_a_wait_for_nobody_in_particular_keeps_its_word(log: Brought) -> None:
    assert log.report.unknown["state"] == {
        "Wait": 1_533,
        "Wait - Implementation": 493,
        "Unmatched": 5,
    }


def _resolved_at(case: Case) -> int | None:
    """Which of the case's rows first said that it is resolved (not: in the first call)."""
    told = [
        place for place, event in enumerate(case.events) if event.facts.get("state") == "Resolved"
    ]
    return min(told, default=None)


def _reopened_later(case: Case) -> bool:
    return any(isinstance(event, ev.Reopened) for event in case.events[_resolved_at(case) :])
