"""The UCI log of a ServiceNow instance shows on the desk what its publishers counted."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from tests.data.logs import (
    UCI,
    Brought,
    bring,
    hours_to_resolve,
    instant,
    median_hours,
    reopened_after,
)
from tierline.domain import events as ev

pytestmark = pytest.mark.data
APRIL = datetime(2016, 4, 1, tzinfo=UTC)
MID_APRIL = datetime(2016, 4, 15, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Brought:
    return bring(UCI, tmp_path_factory.mktemp("uci"))


@pytest.fixture(scope="module")
def mid_april(tmp_path_factory: pytest.TempPathFactory) -> Brought:
    return bring(UCI, tmp_path_factory.mktemp("mid-april"), as_of=MID_APRIL)


@pytest.fixture(scope="module")
def april(tmp_path_factory: pytest.TempPathFactory) -> Brought:
    return bring(UCI, tmp_path_factory.mktemp("april"), as_of=APRIL)


def test_events_and_incidents(log: Brought) -> None:
    assert sum(len(case.rows) for case in log.cases) == 141_712
    assert len(log.cases) == 24_918
    assert (log.report.rows, log.report.made, log.report.bad_count) == (141_712, 24_918, 0)
    assert log.report.log


def test_priorities(log: Brought) -> None:
    found = Counter(ticket.priority for ticket in log.tickets)
    assert found == {1: 270, 2: 408, 3: 23_466, 4: 774}


def test_made_sla_is_kept_as_the_sources_verdict(log: Brought) -> None:
    missed = log.by_fact("made_sla")["false"]
    assert missed == 9_115
    assert round(100 * missed / len(log.cases), 2) == 36.58


def test_resolved(log: Brought) -> None:
    assert log.count(lambda ticket: hours_to_resolve(ticket) > 0) == 23_323


def test_median_resolution(log: Brought) -> None:
    met = [t for t in log.tickets if t.facts["made_sla"] == "true"]
    missed = [t for t in log.tickets if t.facts["made_sla"] == "false"]
    assert (round(median_hours(met), 1), round(median_hours(missed), 1)) == (1.1, 201.7)


def test_opened_from_march_to_may(log: Brought) -> None:
    first, last = datetime(2016, 3, 1, tzinfo=UTC), datetime(2016, 6, 1, tzinfo=UTC)
    assert log.count(lambda ticket: first <= ticket.logged_at < last) == 24_437


def test_reopened(log: Brought) -> None:
    assert log.count(lambda ticket: int(ticket.facts["reopen_count"])) == 275
    assert sum(reopened_after(case, ev.Closed) for case in log.cases) == 12


def test_not_yet_closed_on_the_first_of_april(log: Brought, april: Brought) -> None:
    assert april.count(lambda ticket: not ticket.facts.get("closed_at")) == 3_353
    assert log.count(lambda t: t.logged_at <= APRIL < instant(t.facts["closed_at"])) == 3_353
    # Seven of them were in the state Closed by then, but touched again and closed later for good.
    assert april.count(lambda ticket: ticket.ended != "closed") == 3_353 - 7


def test_states_as_of_mid_april(log: Brought, mid_april: Brought) -> None:
    wanted = {
        "Closed": 10_244,
        "Resolved": 1_947,
        "Active": 479,
        "Awaiting User Info": 394,
        "New": 384,
        "Awaiting Problem": 38,
    }
    opened_but_not_yet_in_the_log = {"": 2}
    assert mid_april.by_fact("state") == wanted | opened_but_not_yet_in_the_log
    then = [ticket for case in log.cases if (ticket := case.as_of(MID_APRIL))]
    assert Counter(t.facts.get("state", "") for t in then) == mid_april.by_fact("state")


def test_the_desk_of_an_instant_is_the_whole_desk_looked_at_then(
    log: Brought, mid_april: Brought
) -> None:
    then = {case.ticket.id: case.as_of(MID_APRIL) for case in log.cases}
    assert {t.id: t for t in mid_april.tickets} == {k: t for k, t in then.items() if t}


def test_nothing_of_the_future_is_on_the_desk_of_an_instant(mid_april: Brought) -> None:
    names = ("updated_at", "resolved_at", "closed_at")
    told = [t.facts[name] for t in mid_april.tickets for name in names if t.facts.get(name)]
    assert told
    assert max(map(instant, told)) <= MID_APRIL
    unresolved = [t for t in mid_april.tickets if not t.facts.get("resolved_at") and t.open]
    assert unresolved
    assert not any(t.facts.get("closed_code") or t.facts.get("resolved_by") for t in unresolved)


def test_an_unknown_state_is_shown_and_told(log: Brought) -> None:
    assert log.report.unknown["state"] == {
        "Awaiting Problem": 461,
        "Awaiting Evidence": 38,
        "-100": 5,
    }
    shown = [e for case in log.cases for e in case.events if isinstance(e, ev.StatusChanged)]
    assert sum(event.status == "-100" for event in shown) == 2


def test_what_is_odd_is_told(log: Brought) -> None:
    assert any(said.startswith("5 rows are older than the opening") for said in log.report.warnings)
    assert any(said.startswith("In 4 tickets the count") for said in log.report.warnings)
    assert not any(op.at < case.ticket.logged_at for case in log.cases for op in case.history)


def test_closed_in_bulk(log: Brought) -> None:
    closed = [e for case in log.cases for e in case.events if isinstance(e, ev.Closed)]
    day = Counter((event.by, event.at.date().isoformat()) for event in closed)
    assert day["Updated by 908", "2016-03-24"] == 3_121
