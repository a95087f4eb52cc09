"""Why this deadline: whatever happened to a ticket, the explanation adds up to the second."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.books import bundled_book
from tierline.desk.explain import Explanation, why
from tierline.desk.explain_sum import MOST_ROWS, hms
from tierline.domain import events as ev
from tierline.domain.clocks import State, clocks
from tierline.domain.errors import Refusal
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket, fold

BEGIN = datetime(2026, 10, 30, 3, 20, tzinfo=UTC)  # Fri 14:20 in Melbourne
BOOK = bundled_book()
PLAYBOOK = BOOK.get("playbook")


def logged(policy: Policy, at: datetime = BEGIN, priority: int = 3) -> ev.Logged:
    return ev.Logged(
        at=at,
        by="intake",
        number="CS0012309",
        subject="Scan-to-mail stopped, one user",
        policy=policy.name,
        channel="mail",
        status=policy.statuses("new")[0],
        priority=priority,
        client="Brackenfold Dental",
    )


def random_history(rng: random.Random, policy: Policy) -> list[ev.Event]:
    """What can happen to a ticket, at odd seconds, over hours or months."""
    at = BEGIN + timedelta(seconds=rng.randrange(14 * 86_400), microseconds=rng.randrange(10**6))
    events: list[ev.Event] = [logged(policy, at, rng.randint(1, 4))]
    reach = rng.choice((3_600, 86_400, 20 * 86_400))
    ended = False
    for _ in range(rng.randrange(9)):
        at += timedelta(seconds=rng.randrange(1, reach), microseconds=rng.randrange(10**6))
        if ended:
            status = policy.statuses("active")[0]
            events.append(ev.Reopened(at=at, by="mira", status=status, reason="again"))
            ended = False
            continue
        status = rng.choice([*policy.statuses("waiting"), *policy.statuses("active")])
        events.append(
            rng.choice(
                (
                    ev.StatusChanged(at=at, by="mira", status=status, reason="x"),
                    ev.StatusChanged(at=at, by="mira", status=policy.statuses("active")[0]),
                    ev.Prioritised(at=at, by="mira", priority=rng.randint(1, 4), reason="y"),
                    ev.Messaged(at=at, by="mira", text="hello"),
                    ev.TimeLogged(at=at, by="mira", seconds=rng.randrange(1, 2_000)),
                    ev.Escalated(at=at, by="mira", tier=rng.choice((2, 3)), reason="z"),
                    ev.Resolved(at=at, by="mira", status=policy.statuses("resolved")[0], steps="s"),
                )
            )
        )
        ended = isinstance(events[-1], ev.Resolved)
    return events


def check(found: Explanation) -> None:
    """Every sum an attentive reader could check with a pencil."""
    clock = found.clock
    figures = {kind: [r.seconds for r in found.rows if r.kind == kind] for kind in KINDS}
    assert len(figures["target"]) == len(figures["left"]) == 1
    assert figures["target"][0] == int(clock.required.total_seconds())
    worked = clock.worked // timedelta(seconds=1)
    assert sum(figures["used"]) == worked
    assert found.left == figures["left"][0]
    assert figures["target"][0] - sum(figures["used"]) == figures["left"][0]
    assert len(figures["used"]) <= MOST_ROWS or clock.rule.table.measure == "work"
    lane = {kind: sum(s.seconds for s in found.segments if s.kind == kind) for kind in LANE}
    assert lane["running"] + lane["over"] == worked
    if clock.rule.table.measure == "work":
        return
    assert lane["paused"] == sum(figures["paused"]) == clock.paused // timedelta(seconds=1)
    if clock.stopped is None and clock.due is not None and clock.due > found.now:
        assert lane["ahead"] == found.left
    for before, after in pairwise(found.segments):
        assert before.end == after.start
    for before, after in pairwise(found.bands):
        assert before.end == after.start
    if found.segments:
        assert found.bands[0].start <= found.segments[0].start
        assert found.bands[-1].end >= min(found.segments[-1].end, found.bands[-1].end)
    assert [flag.at for flag in found.flags] == sorted(flag.at for flag in found.flags)


KINDS = ("target", "used", "left", "paused", "due")
LANE = ("running", "over", "paused", "closed", "ahead")


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=400, deadline=None)
def test_every_clock_of_any_ticket_adds_up(seed: int) -> None:
    rng = random.Random(seed)
    policy = BOOK.get(rng.choice(BOOK.names()))
    events = random_history(rng, policy)
    ticket = fold(events, "t")
    now = events[-1].at + timedelta(seconds=rng.randrange(40 * 86_400))
    for clock in clocks(ticket, policy, now):
        found = why(ticket, clock.name, policy, now, entries=len(events))
        assert isinstance(found, Explanation)
        check(found)
        text = found.as_text()
        assert found.title in text
        assert hms(found.left) in text


@pytest.fixture
def scan_to_mail() -> Ticket:
    """The ticket of the design's picture."""
    mel = BEGIN.replace(hour=0, minute=0)

    def at(day: int, hour: int, minute: int) -> datetime:
        return mel + timedelta(days=day, hours=hour - 11, minutes=minute)

    by = "mira"
    return fold(
        [
            logged(PLAYBOOK, priority=4),
            ev.Prioritised(at=at(3, 9, 5), by="tobias", priority=3, reason="whole office"),
            ev.StatusChanged(at=at(3, 11, 10), by=by, status="waiting-client", reason="asked"),
            ev.StatusChanged(at=at(3, 15, 40), by=by, status="in-progress"),
            ev.StatusChanged(at=at(6, 8, 40), by=by, status="waiting-client", reason="again"),
        ],
        "t",
    )


def test_the_design_picture_comes_out_to_the_minute(scan_to_mail: Ticket) -> None:
    now = datetime(2026, 11, 4, 23, 42, tzinfo=UTC)
    found = why(scan_to_mail, "fix", PLAYBOOK, now, entries=9)
    assert isinstance(found, Explanation)
    assert found.title == "Why is the fix due Friday 6 November, 11:52?"
    assert (found.left, found.left_word, found.place) == (36_600, "left, paused", "Melbourne")
    assert [(row.label, row.value) for row in found.rows] == [
        ("Target, 3 business days", "27:00"),
        ("Used Fri 14:20 to 17:00", "2:40"),
        ("Used Mon 08:00 to 17:00, in 2 pieces", "4:30"),
        ("Used Wed 08:00 to 17:00", "9:00"),
        ("Used Thu 08:00 to 08:40", "0:40"),
        ("Left", "10:10"),
        ("Paused in business hours", "6:32"),
        ("Due, Thu 5 Nov 14:20 and 6:32 more", "Fri 6 Nov 11:52"),
    ]
    bands = [(band.label, band.closed) for band in found.bands]
    assert bands[1] == ("Sat, Sun", "closed")
    assert bands[3][0] == "Tue 3 Nov"
    assert "Cup" in bands[3][1]
    assert ("Thu 5 Nov, today", "") in bands
    assert msgspec.json.decode(msgspec.json.encode(found.as_data()))["left"] == 36_600
    told = dict(found.facts)
    assert told["Rule"] == "P3 fix, 3 business days"
    assert told["Hours"] == "Mon to Fri 08:00 to 17:00, Melbourne (UTC+11)"
    assert told["Holidays"].startswith("Tue 3 Nov")
    assert told["Priority"] == "P3 since Mon 2 Nov 09:05, tobias, “whole office”"
    assert told["Pauses by"] == "status Waiting: client, mira"
    assert told["Worked out"] == "from 9 history entries, same on every console"
    titles = [flag.title for flag in found.flags]
    assert titles == [
        *("Start", "Priority P4 to P3", "Paused", "Goes on", "Paused", "Now", "First due", "Due")
    ]


def test_a_clock_is_found_by_name_word_and_letter(scan_to_mail: Ticket) -> None:
    for wanted in ("fix", "Fix", "F", ""):
        found = why(scan_to_mail, wanted, PLAYBOOK, BEGIN + timedelta(days=7))
        assert isinstance(found, Explanation)
    refused = why(scan_to_mail, "tea", PLAYBOOK, BEGIN)
    assert isinstance(refused, Refusal)
    assert "Fix" in refused.todo


def test_a_clock_that_was_met_says_so(scan_to_mail: Ticket) -> None:
    when = BEGIN + timedelta(minutes=31)
    ticket = fold([logged(PLAYBOOK), ev.Messaged(at=when, by="mira", text="hi")], "t")
    found = why(ticket, "R", PLAYBOOK, BEGIN + timedelta(days=2))
    assert isinstance(found, Explanation)
    assert found.clock.state == State.MET
    assert (found.left, found.left_word) == (4 * 3600 - 31 * 60, "left when met")


def test_a_clock_over_has_an_over_row(scan_to_mail: Ticket) -> None:
    ticket = fold([logged(PLAYBOOK, priority=2)], "t")
    found = why(ticket, "R", PLAYBOOK, BEGIN + timedelta(hours=2))
    assert isinstance(found, Explanation)
    assert [row.value for row in found.rows if row.kind == "left"] == ["-1:00"]
    assert found.left_word == "over"
    assert {segment.kind for segment in found.segments} == {"running", "over"}
