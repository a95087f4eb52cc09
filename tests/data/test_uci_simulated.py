"""The UCI log under the other policies: every incident is judged, and what is not known is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.data.logs import NOW, UCI, bring
from tests.fakes.books import bundled_book
from tierline.desk.desk import Desk
from tierline.desk.simulating import simulate
from tierline.desk.simulation import Simulation
from tierline.storage.replica import Replica

pytestmark = pytest.mark.data
OTHERS = ("three-line", "service-definition")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("uci-simulated")
    bring(UCI, folder)
    replica = Replica.open(folder, NOW)
    yield Desk(replica, bundled_book(), "mira", lambda: NOW)
    replica.close()


@pytest.fixture(scope="module", params=OTHERS)
def found(request: pytest.FixtureRequest, desk: Desk) -> Simulation:
    other = bundled_book().get(request.param)
    simulated = simulate(desk, other, now=desk.clock())
    assert isinstance(simulated, Simulation)
    return simulated


def test_every_incident_is_judged_and_the_sums_agree(found: Simulation) -> None:
    assert (found.tickets, found.policies) == (24_918, {"playbook v5": 24_918})
    for groups in (found.priorities, found.months, found.lines):
        whole = [(each.tickets, each.before, each.after) for each in groups]
        assert [sum(column) for column in zip(*whole, strict=True)] == [
            found.tickets,
            found.before,
            found.after,
        ]
    assert [each.tickets for each in found.priorities] == [270, 408, 23_466, 774]
    assert found.after - found.before == found.worse - found.better
    assert all(bool(change.before) != bool(change.after) for change in found.changes)


def test_a_tighter_promise_breaks_no_fewer(found: Simulation) -> None:
    """Its P1 is the same; a line's limit or a target for P4 comes on top."""
    first = found.priorities[0]
    assert first.after >= first.before
    assert found.priorities[3].before == 0 < found.priorities[3].after


def test_words_without_a_meaning_are_told_and_nothing_is_guessed(found: Simulation) -> None:
    said = " ".join(found.warnings)
    for word in ('"Awaiting Problem" (247)', '"Awaiting Evidence" (21)', '"-100" (2)'):
        assert word in said
    assert "24,918 imported histories tell of no word to the contact" in said
    assert not {"response", "call"} & {group.key for group in found.clocks}


def test_as_of_an_instant_only_what_was_there_is_judged(desk: Desk) -> None:
    april = NOW.replace(year=2016, month=4, day=1)
    simulated = simulate(desk, bundled_book().get("three-line"), now=april)
    assert isinstance(simulated, Simulation)
    assert simulated.tickets < 24_918
    assert all(broken.at <= april for change in simulated.changes for broken in change.after)
    assert april - timedelta(days=40) < min(b.at for c in simulated.changes for b in c.after)
