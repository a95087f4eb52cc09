"""Teams: shifts, co-managed clients, duplicates, mentions and hand-overs, without a window."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.fakes.books import bundled_book
from tests.fakes.desks import TurnedClock, done, log, open_desk, refusal
from tierline.desk.desk import Desk
from tierline.desk.duplicates import duplicates
from tierline.desk.shift_change import held, is_due, next_change
from tierline.desk.suggesting import best, suggested
from tierline.desk.teaming import Handing
from tierline.domain import commands as cmd
from tierline.domain.clocks import clocks
from tierline.domain.shifts import coming, on_duty, on_until
from tierline.storage.records import Client, Person

SCHOOL = "Northgate School"
TEAMS = (
    Person(id="mira", name="Mira Okonedo", tier=1, team="Local desk", skills=("printer",)),
    Person(id="tobias", name="Tobias Lund", tier=1, team="Local desk", skills=("Mail",)),
    Person(id="noor", name="Noor Haddad", tier=1, team="Global desk", skills=("Mail", "VPN")),
    Person(id="sam", name="Sam Iyer", tier=2, team="Global desk"),
    Person(id="joan", name="Joan Client", tier=1, owner=SCHOOL, skills=("Mail",)),
)


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()  # Thu 5 Nov 2026 10:42:08 in Melbourne and Sydney


@pytest.fixture
def desk(tmp_path: Path, clock: TurnedClock) -> Desk:
    made = open_desk(tmp_path, clock=clock)
    made.replica.directory.put_people(TEAMS)
    made.replica.directory.put_clients([Client(name=SCHOOL, policy="tiered", co_managed=(1,))])
    made.people.refresh()
    made.book.default = "tiered"
    return made


def sydney(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 5, hour - 11, minute, tzinfo=UTC) if hour >= 11 else datetime(
        2026, 11, 4, hour + 13, minute, tzinfo=UTC
    )  # fmt: skip


def test_B2_the_local_team_has_the_day_and_the_global_one_the_rest() -> None:
    policy = bundled_book().get("tiered")
    day, night = on_duty(policy, sydney(10)), on_duty(policy, sydney(19))
    assert day is not None
    assert night is not None
    assert (day.group, day.until) == ("Local desk", sydney(17))
    assert (night.group, night.hands_over) == ("Global desk", True)
    assert coming(policy, sydney(10)).group == "Global desk"  # type: ignore[union-attr]
    assert on_until(policy, "local desk", sydney(16, 59)) == (True, sydney(17))
    assert on_until(policy, "Local desk", sydney(17)) == (False, None)


def test_B2_the_hand_over_is_asked_before_the_change_and_goes_with_a_note(
    desk: Desk, clock: TurnedClock
) -> None:
    mine = log(desk, "Printer is dead", client="Marrowby Foods")
    done(desk.act(mine, cmd.Take(timer=True)))
    done(desk.act(mine, cmd.Note(text="Toner changed")))
    clock.now = sydney(16, 40)
    change = next_change(desk)
    assert change is not None
    assert not is_due(change, clock())
    clock.now = sydney(16, 50)
    assert is_due(change, clock())
    assert [p.id for p in change.people] == ["noor", "sam"], "those of my line first"
    (one,) = held(desk)
    assert one.note == "Last: Toner changed."
    answers = desk.teams.hand_over([Handing(mine, one.note)], "", "Global desk", clock(), "mira")
    ticket = done(answers[0]).ticket
    assert (ticket.assignee, ticket.group, ticket.timer_since) == ("", "Global desk", None)
    assert held(desk) == ()
    for who in ("noor", "sam"):
        desk.me = who
        assert [(t.kind, t.text) for t in desk.for_me()] == [("hand-over", "Last: Toner changed.")]
    desk.me = "tobias"
    assert desk.for_me() == ()


def test_a_hand_over_without_a_note_or_a_receiver_is_refused(desk: Desk) -> None:
    mine = log(desk)
    done(desk.act(mine, cmd.Take()))
    assert refusal(desk.act(mine, cmd.HandOver(note=" ", to="noor"))).field == "note"
    assert refusal(desk.act(mine, cmd.HandOver(note="x"))).field == "to"
    assert refusal(desk.act(mine, cmd.HandOver(note="x", to="mira"))).field == "to"


def test_suggested_by_skill_then_shift_then_load_with_the_reason_in_words(desk: Desk) -> None:
    ticket = desk.replica.tickets.get(log(desk, "Mail and VPN are slow")).ticket
    found = suggested(desk, ticket)
    assert [(each.person.id, each.reason) for each in found] == [
        ("noor", "has Mail and VPN, off shift, 0 open"),
        ("tobias", "has Mail, on shift until 17:00, 0 open"),
        ("mira", "on shift until 17:00, 0 open"),
    ]
    assert best(found).person.id == "tobias"  # type: ignore[union-attr]


def test_B9_only_holders_of_the_certificate_are_suggested(desk: Desk) -> None:
    expert = Person(id="hana", name="Hana Sato", tier=3, certificates=("network",))
    desk.replica.directory.put_people([expert, Person(id="lee", name="Lee Wu", tier=3)])
    ticket_id = log(desk, client="Marrowby Foods")
    done(desk.act(ticket_id, cmd.FillDetails(details={"certificate": "network"})))
    ticket = desk.replica.tickets.get(ticket_id).ticket
    (only,) = suggested(desk, ticket, 3)
    assert only.person.id == "hana"
    assert only.reason.startswith("certified in Network, expert level, ")


def test_B10_a_line_of_the_clients_own_has_no_queue_and_no_clock_of_ours(
    desk: Desk, clock: TurnedClock
) -> None:
    theirs = log(desk, "Mail is slow", client=SCHOOL)
    ours = log(desk, "Mail is slow", client="Marrowby Foods")
    ticket = desk.replica.tickets.get(theirs).ticket
    assert ticket.policy == "tiered+own-first"
    policy = desk.policy(ticket.policy)
    assert clocks(ticket, policy, clock()) == ()
    for view in ("all", "unassigned", "tier:1", f"priority:{ticket.priority}"):
        assert desk.ids(view) == [ours], view
        assert desk.counts()[view].total == 1, view
    assert desk.ids("theirs") == [theirs]
    assert desk.counts()["theirs"].total == 1
    assert [each.person.id for each in suggested(desk, ticket)] == ["joan"], "their own people"


def test_B10_our_clocks_begin_on_a_line_of_ours(desk: Desk, clock: TurnedClock) -> None:
    theirs = log(desk, "Mail is slow", client=SCHOOL)
    clock.turn(hours=2)
    up = cmd.Escalate(tier=2, reason="skill", handover="Theirs could not", message="m")
    ticket = done(desk.act(theirs, up)).ticket
    read = clocks(ticket, desk.policy(ticket.policy), clock())
    fix = next(c for c in read if c.name == "fix")
    assert fix.worked.total_seconds() == 0, "the two hours with them do not count"
    assert fix.state == "running"
    assert theirs in desk.ids("all")


def test_an_open_ticket_alike_is_found_by_words_and_by_who_calls(desk: Desk) -> None:
    first = log(desk, "Outlook does not sync calendar", client="Marrowby Foods", contact="Ann Lee")
    log(desk, "Scanner jams", client="Marrowby Foods", contact="Ben Ash")
    log(desk, "Outlook does not sync calendar", client=SCHOOL)
    found = duplicates(desk, "Marrowby Foods", "Ann Lee", "outlok calender does not synch")
    assert [each.ticket_id for each in found] == [first], "of the same client only"
    assert "same contact" in found[0].why
    assert duplicates(desk, "Marrowby Foods", "Cleo", "A new phone, please") == []
    assert [d.ticket_id for d in duplicates(desk, "Marrowby Foods", "Ann Lee")] == [first]


def test_what_waits_on_a_merged_ticket_is_carried_once_to_the_one_that_goes_on(
    desk: Desk, clock: TurnedClock
) -> None:
    twin, goes_on = log(desk, "Mail is slow"), log(desk, "Mail is slow")
    done(desk.act(twin, cmd.Merge(into=goes_on, number="", reason="twice")))
    clock.turn(minutes=5)
    done(desk.act(twin, cmd.Receive(text="Still slow")))
    for _ in range(2):
        clock.turn(minutes=1)
        desk.run_rules()
    assert desk.replica.tickets.get(twin).ticket.waiting_since is None
    view = desk.open_ticket(goes_on)
    assert view.ticket.replied
    carried = [e.text for e in view.timeline if "merged into this one" in e.text]
    assert len(carried) == 1
    assert carried[0].endswith("Still slow")


def test_a_ring_of_merges_is_refused(desk: Desk) -> None:
    a, b = log(desk, "A"), log(desk, "B")
    done(desk.act(a, cmd.Merge(into=b, number="", reason="twice")))
    again = refusal(desk.act(b, cmd.Merge(into=a, number="", reason="twice")))
    assert "was merged into" in again.what
    c = log(desk, "C")
    assert (
        "itself merged into"
        in refusal(desk.act(c, cmd.Merge(into=a, number="", reason="twice"))).what
    )
    assert desk.replica.tickets.get(c).ticket.open, "neither half happened"


def test_a_mention_reaches_who_is_named_by_id_and_is_shown_by_name(desk: Desk) -> None:
    ticket_id = log(desk)
    done(desk.act(ticket_id, cmd.Note(text="@Noor and @nobody, mail me at x@sam")))
    assert desk.open_ticket(ticket_id).timeline[-1].text.startswith("@Noor Haddad and @nobody")
    desk.me = "sam"
    assert desk.for_me() == ()
    desk.me = "noor"
    (told,) = desk.for_me()
    assert told.who == "Mira Okonedo"
    done(desk.act(ticket_id, cmd.Hear()))
    assert desk.for_me() == ()
    refusal(desk.act(ticket_id, cmd.Hear()))
