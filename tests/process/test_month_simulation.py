"""A month of a whole desk under each policy: what it owes is done, once, told, and explained.

Held at every step: after the rules ran nothing is beyond a limit that they keep; no clock moved but
by an act that may move it, and after a wait by the working minutes of the wait; what the desk's
custom tells the contact was told in the same act; running the rules again, or from a second
program, does nothing; every refusal says why and what to do. See `month.ledger`.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.process.month.eyes import Seen
from tests.process.month.lives import arrivals
from tests.process.month.month import MONTH, Month, a_month
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.errors import Refusal
from tierline.storage.instants import to_us

TICKETS = 2_000
RULES = {
    "playbook": {"acknowledge"},
    "tiered": {
        *("line-limit", "line-limit-80", "update-80", "fix-80", "response-80", "fix-late", "ask"),
        "tell-priority",
    },
    "three-line": {
        *("work-limit", "first-line", "first-line-stop", "second-line", "second-line-stop"),
    },
    "service-definition": {"acknowledge", "customer", "resolution", "close", "reply-to-closed"},
}


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: a month has 15,000 acts, and each waits for a disk."""
    memory = Path("/dev/shm")
    if not memory.is_dir():
        yield tmp_path
        return
    made = Path(tempfile.mkdtemp(prefix="tierline-month-", dir=memory))
    yield made
    shutil.rmtree(made)


@pytest.mark.parametrize("policy", RULES)
def test_a_month_of_twelve_people_and_2_000_tickets(folder: Path, policy: str, seed: int) -> None:
    with a_month(folder, policy, random.Random(f"{policy} {seed}")) as month:
        arrivals(month, TICKETS)
        month.live(MONTH)
        ledger = month.ledger
        assert len(ledger.pages) > TICKETS * 0.9
        assert ledger.acts.total() > TICKETS * 5
        assert RULES[policy] <= ledger.ruled.keys()
        assert len(ledger.refused) > 10


# That the auditor would object, were anything wrong ----------------------------------------------


@pytest.fixture
def three_line(folder: Path) -> Iterator[Month]:
    with a_month(folder, "three-line", random.Random(1)) as month:
        month.clock.now = month.hours.at(600)
        yield month


LOG = cmd.Log(
    number="", subject="Slow", channel="phone", client="Tamsin Vale", contact="Jo", priority=3
)


def test_the_auditor_objects_to_a_limit_that_nobody_kept(three_line: Month) -> None:
    three_line.log(LOG, "first-1")
    three_line.clock.turn(days=1, hours=1)
    with pytest.raises(AssertionError, match="C3 first-line was due"):
        three_line.ledger.rules_ran(three_line.now)


def test_the_auditor_objects_to_a_clock_that_moved(three_line: Month) -> None:
    ticket_id = three_line.log(LOG, "first-1")
    seen = three_line.eyes.ticket(ticket_id)
    first, *rest = seen.deadlines
    later = replace(first, held=first.held + 60)
    changed = Seen(seen.ticket, (later, *rest))
    noted = (ev.Noted(at=three_line.clock.now, text="Looked"),)
    with pytest.raises(AssertionError, match=first.name):
        three_line.ledger.entry(changed, noted, "note")
    with pytest.raises(AssertionError):
        three_line.ledger.still(changed)


def test_the_auditor_objects_to_a_wait_that_was_counted_wrong(three_line: Month) -> None:
    ticket_id = three_line.log(LOG, "first-1")
    wait = cmd.ChangeStatus(status="awaiting-parts", reason="ordered")
    assert three_line.do(ticket_id, wait, "first-1")
    three_line.clock.turn(minutes=30)
    done = three_line._desks["first-1"].act(ticket_id, cmd.ChangeStatus(status="in-progress"))
    assert not isinstance(done, Refusal)
    seen, events = three_line.eyes.ticket(ticket_id), three_line.eyes.events(done.op_id)
    wrong = tuple(
        replace(each, due=each.due + timedelta(minutes=1)) if each.due else each
        for each in seen.deadlines
    )
    with pytest.raises(AssertionError, match="resumed at"):
        three_line.ledger.entry(Seen(seen.ticket, wrong), events, "status")


def test_the_auditor_objects_to_silence_and_to_an_act_made_twice(three_line: Month) -> None:
    ticket_id = three_line.log(LOG, "first-1")
    seen = three_line.eyes.ticket(ticket_id)
    up = ev.Escalated(at=three_line.clock.now, tier=2, reason="remote", occasion="stop/line-1")
    moved = replace(seen.ticket, tier=2)
    with pytest.raises(AssertionError, match="told nothing"):
        three_line.ledger.entry(Seen(moved, seen.deadlines), (up,), "rule")
    with pytest.raises(AssertionError, match="stop/line-1"):
        three_line.ledger.entry(Seen(moved, seen.deadlines), (up,), "rule")


def test_the_auditor_objects_to_a_refusal_without_a_way_out(three_line: Month) -> None:
    with pytest.raises(AssertionError):
        three_line.ledger.refusal(Refusal("No.", ""), "note")


def test_an_instant_that_is_out_of_date_is_mended_by_the_next_run(three_line: Month) -> None:
    ticket_id = three_line.log(LOG, "first-1")
    due = three_line.replica.queues.next_rule()
    with three_line.replica.writing() as writing:
        early = to_us(three_line.clock.now) - 1
        writing._connection.exec_driver_sql(
            "UPDATE ticket SET rule_at = ? WHERE id = ?", (early, ticket_id)
        )
    three_line.plan(three_line.now + 1, lambda _, __: None)
    three_line.live(three_line.now + 1)
    assert three_line.replica.queues.next_rule() == due
