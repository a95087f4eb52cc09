"""The ticket pane, the people it suggests, and the warnings strip."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from tests.fakes.desks import TurnedClock, done, log, open_desk, refusal
from tierline.desk.desk import Desk
from tierline.desk.ticket_view import TicketView
from tierline.desk.timeline import timeline
from tierline.desk.warnings import snooze_until
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.clocks import State
from tierline.domain.countdown import Phase
from tierline.storage.records import Client


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: TurnedClock) -> Iterator[Desk]:
    opened = open_desk(tmp_path, clock=clock)
    yield opened
    opened.replica.close()


def view(desk: Desk, ticket_id: str) -> TicketView:
    found = desk.open_ticket(ticket_id)
    assert found is not None
    return found


def test_the_pane_knows_contact_client_and_lines(desk: Desk) -> None:
    ticket_id = log(desk)
    done(desk.act(ticket_id, cmd.Take()))
    shown = view(desk, ticket_id)
    assert shown.contact.title == "Manager"
    assert shown.client.policy == "playbook"
    assert (shown.assignee, shown.mine) == ("Mira Okonedo", True)
    assert [(step.word, step.here) for step in shown.tiers] == [
        ("1st line", True),
        ("2nd line", False),
        ("3rd line", False),
    ]
    assert shown.tiers[0].note == "Mira, since 10:42"
    assert shown.policy_label.startswith("playbook v")


def test_the_timeline_tells_who_did_what_in_order(desk: Desk, clock: TurnedClock) -> None:
    ticket_id = log(desk, description="Blank since this morning.")
    for command in (
        cmd.Take(),
        cmd.Note(text="Check the ribbon first.", plan=True),
        cmd.Message(text="We are on it."),
        cmd.Receive(text="Still blank.", channel="phone"),
        cmd.Consult(tier=3, whom="Hana Sato", text="Seen this before?"),
        cmd.Resolve(steps="New ribbon."),
    ):
        clock.turn(minutes=2)
        done(desk.act(ticket_id, command))
    shown = view(desk, ticket_id)
    told = [(entry.kind, entry.text) for entry in shown.timeline if entry.kind != "change"]
    assert ("note", "Check the ribbon first.") in told
    assert ("out", "We are on it.") in told
    assert ("in", "Still blank.") in told
    assert shown.timeline[0].text == "Blank since this morning."
    assert [e.at for e in shown.timeline] == sorted(e.at for e in shown.timeline)
    assert any(entry.verb.startswith("Response met after 6:00") for entry in shown.timeline)


def test_html_and_control_characters_stay_text(desk: Desk) -> None:
    nasty = '<img src="file:///etc/passwd"><script>x</script>\u202e\0\U0001f600'
    ticket_id = log(desk)
    done(desk.act(ticket_id, cmd.Note(text=nasty)))
    assert view(desk, ticket_id).timeline[-1].text == nasty


def test_the_pane_can_look_back(desk: Desk, clock: TurnedClock) -> None:
    logged_at = clock.now
    ticket_id = log(desk)
    clock.turn(hours=1)
    done(desk.act(ticket_id, cmd.Take()))
    clock.turn(hours=1)
    done(desk.act(ticket_id, cmd.Message(text="We are on it.")))
    clock.now = logged_at + timedelta(minutes=90)
    then = view(desk, ticket_id)
    assert then.mine
    assert {panel.reading.state for panel in then.clocks} == {State.RUNNING}
    assert len(then.timeline) == 3
    clock.now = logged_at - timedelta(seconds=1)
    assert desk.open_ticket(ticket_id) is None


def test_actions_say_why_not(desk: Desk) -> None:
    ticket_id = log(desk)
    shown = view(desk, ticket_id)
    assert shown.action("take").allowed
    assert shown.action("resolve").allowed
    assert "Nobody holds" in shown.action("release").reason
    assert "not resolved" in shown.action("close").reason
    done(desk.act(ticket_id, cmd.Resolve(steps="Done.")))
    ended = view(desk, ticket_id)
    assert "Re-open it first" in ended.action("take").reason
    assert ended.action("reopen").allowed
    assert ended.action("note").allowed
    with pytest.raises(KeyError):
        ended.action("dance")


def test_what_is_allowed_is_what_decide_lets_through(desk: Desk) -> None:
    ticket_id = log(desk)
    done(desk.act(ticket_id, cmd.Take()))
    tries: dict[str, cmd.Command] = {
        "release": cmd.Release(),
        "consult": cmd.Consult(tier=2, whom="", text="?"),
        "timer": cmd.StartTimer(),
        "resolve": cmd.Resolve(steps="Done."),
    }
    for kind, command in tries.items():
        assert view(desk, ticket_id).action(kind).allowed, kind
        done(desk.act(ticket_id, command))


def test_the_clock_strip_has_the_states_of_the_row(desk: Desk, clock: TurnedClock) -> None:
    ticket_id = log(desk)
    done(desk.act(ticket_id, cmd.Message(text="We are on it.")))
    done(desk.act(ticket_id, cmd.ChangeStatus(status="waiting-client", reason="asked")))
    now = clock.turn(minutes=5).timestamp()
    shown = view(desk, ticket_id)
    (row,) = desk.rows([ticket_id])
    assert [p.countdown.face(now) for p in shown.clocks] == [c.face(now) for c in row.clocks]
    by_name = {panel.name: panel for panel in shown.clocks}
    assert by_name["response"].reading.state == State.MET
    assert by_name["fix"].reading.state == State.PAUSED
    assert by_name["fix"].note.startswith("paused, due")


def test_sev_1_lists_what_is_missing_until_it_is_filled_in(desk: Desk) -> None:
    quick = cmd.Log(
        number="",
        subject="",
        channel="phone",
        client="Marrowby Foods",
        contact="Ada",
        priority=1,
        later=True,
        start_timer=True,
        assignee="mira",
    )
    ticket_id = done(desk.log(quick)).ticket.id
    shown = view(desk, ticket_id)
    assert shown.missing
    assert shown.mine
    assert desk.replica.queues.timed_by("mira") == [ticket_id]
    done(desk.act(ticket_id, cmd.FillDetails(subject="Site offline")))
    assert "subject" not in dict(view(desk, ticket_id).missing)


def test_the_other_lines_say_who_has_room_or_when_they_take_it(desk: Desk) -> None:
    ticket_id = log(desk)
    notes = {step.tier: step.note for step in view(desk, ticket_id).tiers}
    assert notes[1].startswith("Nobody, since")
    assert notes[2] == "Priya has room, 0 open"
    assert notes[3] == "Organisation offline or security breach"


def test_the_latest_proof_of_who_called_is_shown(desk: Desk, clock: TurnedClock) -> None:
    ticket_id = log(desk)
    assert view(desk, ticket_id).verified == ""
    done(desk.act(ticket_id, cmd.Verify(how="PIN")))
    assert view(desk, ticket_id).verified == "Verified by PIN at 10:42"


def test_names_are_completed_from_the_directory_then_from_tickets(desk: Desk) -> None:
    log(desk, client="Voss Imports")
    assert [client.name for client in desk.people.clients("vo")] == [
        "Pellow & Voss Legal",
        "Voss Imports",
    ]
    assert [c.name for c in desk.people.contacts("Pellow & Voss Legal", "mar")] == [
        "Elspeth Marlow"
    ]
    assert desk.people.contacts("Marrowby Foods", "") == []


def test_candidates_come_by_skill_presence_and_load(desk: Desk) -> None:
    ticket_id = log(desk, "The printer gateway is down")
    for _ in range(2):
        busy = log(desk, "something else")
        done(desk.act(busy, cmd.Assign(assignee="ravi")))
    ticket = view(desk, ticket_id).ticket
    found = desk.people.candidates(ticket, 2)
    assert [(c.person.id, c.skill, c.load) for c in found] == [
        ("priya", 2, 0),
        ("ines", 2, 0),
        ("ravi", 1, 2),
    ]
    assert "joan" not in [p.id for p in desk.people.assignable(1)]


def test_the_strip_has_one_card_per_clock_with_its_action(desk: Desk, clock: TurnedClock) -> None:
    mine = log(desk, impact=1, urgency=1, channel="portal")
    done(desk.act(mine, cmd.Take()))
    free = log(desk, impact=2, urgency=2)
    theirs = log(desk, impact=2, urgency=2)
    done(desk.act(theirs, cmd.Assign(assignee="tobias")))
    clock.turn(minutes=55)
    strip = desk.strip()
    assert {(card.ticket_id, card.word, card.level) for card in strip.over} == {
        (mine, "Call", "over"),
        (mine, "Response", "over"),
    }
    assert strip.over[0].priority == 1
    assert [(card.ticket_id, card.action) for card in strip.soon] == [(free, "take")]
    everyone = desk.strip(everyone=True)
    assert ("ask", theirs) in {(card.action, card.ticket_id) for card in everyone.soon}
    for card in (*everyone.over, *everyone.soon):
        phase = card.countdown.face(clock.now.timestamp()).phase
        assert phase == (Phase.OVER if card.level == "over" else Phase.SOON)


def test_a_calm_strip_says_what_comes_next(desk: Desk) -> None:
    assert desk.strip().coming is None
    log(desk, impact=3, urgency=3)
    nearer = log(desk, impact=2, urgency=2)
    coming = desk.strip().coming
    assert coming is not None
    assert (coming.ticket_id, coming.word, coming.level) == (nearer, "Response", "next")


def test_a_snooze_never_passes_the_breach_and_returns(desk: Desk, clock: TurnedClock) -> None:
    log(desk, impact=2, urgency=2)
    clock.turn(minutes=50)
    (card,) = desk.strip().soon
    assert card.countdown.due is not None
    until = snooze_until("30", card, clock.now)
    done(desk.act(card.ticket_id, cmd.Snooze(until=until, reason="They call at 11", clock="R")))
    assert desk.strip().soon == ()
    assert desk.strip().snoozed == 1
    clock.turn(minutes=9)
    assert desk.strip().soon == ()
    clock.now = card.countdown.due + timedelta(seconds=1)
    assert len(desk.strip().over) == 1


def test_a_p1_is_acknowledged_not_snoozed(desk: Desk, clock: TurnedClock) -> None:
    log(desk, impact=1, urgency=1, channel="portal")
    clock.turn(minutes=20)
    card = desk.strip().over[0]
    later = clock.now + timedelta(minutes=5)
    snoozed = desk.act(card.ticket_id, cmd.Snooze(until=later, reason="x", clock=card.clock))
    assert "Acknowledge" in refusal(snoozed).todo
    done(desk.act(card.ticket_id, cmd.Acknowledge(clock=card.clock)))
    assert desk.strip().over[0].acknowledged == "mira"


def test_paused_clocks_never_warn(desk: Desk, clock: TurnedClock) -> None:
    ticket_id = log(desk, impact=2, urgency=2)
    done(desk.act(ticket_id, cmd.Message(text="On it.")))
    done(desk.act(ticket_id, cmd.ChangeStatus(status="waiting-client", reason="asked")))
    clock.turn(days=9)
    strip = desk.strip()
    assert strip.over == strip.soon == ()


def test_a_snooze_in_the_past_is_refused(desk: Desk, clock: TurnedClock) -> None:
    log(desk, impact=2, urgency=2)
    clock.turn(minutes=50)
    (card,) = desk.strip().soon
    assert refusal(desk.act(card.ticket_id, cmd.Snooze(until=clock.now, reason="x"))).todo


def test_of_several_line_limits_the_first_to_come_is_shown(desk: Desk) -> None:
    desk.replica.directory.put_clients([Client(name="Kestrelbrook School", policy="three-line")])
    ticket_id = log(desk, client="Kestrelbrook School", contact="Orla Fennick")
    view = desk.open_ticket(ticket_id)
    assert view is not None
    words = [panel.word for panel in view.clocks]
    assert words.count("Line limit") == 1
    limits = [c for c in view.clocks if c.word == "Line limit"]
    assert limits[0].name == "first-line"
    (row,) = desk.rows([ticket_id])
    assert [clock.deadline.word for clock in row.clocks].count("Line limit") == 1


def test_a_message_sent_in_one_act_is_told_once(desk: Desk, clock: TurnedClock) -> None:
    ticket_id = log(desk)
    done(desk.act(ticket_id, cmd.Message(text="On its way.")))
    view = desk.open_ticket(ticket_id)
    assert view is not None
    (said,) = [entry for entry in view.timeline if entry.text == "On its way."]
    sent = ev.Delivered(at=clock(), by="mira", message=said.message, state="sent by hand")
    recorded = desk.replica.tickets.operations(ticket_id)
    last = recorded[-1].operation
    one_act = msgspec.structs.replace(last, events=(*last.events, sent))
    policy = desk.policy("playbook")
    both = [*recorded[:-1], msgspec.structs.replace(recorded[-1], operation=one_act)]
    told = [entry for entry in timeline(both, (), policy) if entry.op_id == last.op_id]
    assert [entry.delivery for entry in told] == ["sent by hand"]
