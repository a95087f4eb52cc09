"""The process on screen, by keys on a real desk: what rules ask, who is proven, what is owed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.fakes.desks import done
from tests.qt.process_scene import HOUSES, SCHOOL, Screen
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.storage.records import Contact

KEY, MOD = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT = MOD.ControlModifier, MOD.ShiftModifier
PIN = "739154"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def screen(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Screen]:
    made = Screen(qtbot, qapp, tmp_path)
    yield made
    made.close()


def worked(screen: Screen) -> str:
    """A ticket on which the rule of 15 minutes of work has asked its question."""
    made = screen.log(SCHOOL)
    done(screen.desk.act(made, cmd.StartTimer()))
    screen.clock.turn(minutes=15, seconds=1)
    screen.made.console.rules.run()
    screen.settle()
    screen.open(made)
    return made


# What rules ask


def test_C2_the_prompt_is_a_card_on_the_ticket_and_in_the_strip_with_three_answers(
    screen: Screen,
) -> None:
    made = worked(screen)
    card = screen.parts.ticket.prompt
    assert card.isVisible()
    assert "15 minutes of work" in card.accessibleName()
    assert [button.text() for button in card.buttons.values()] == ["Resolve", "Escalate", "Stay…"]
    assert all(button.isEnabled() for button in card.buttons.values())
    shown = next(v for v in screen.cards() if v.card and v.card.ticket_id == made)
    assert shown.card is not None
    assert shown.card.action == "answer"
    assert all(button.isVisible() for button in shown.answers.values())


def test_C2_shift_s_keeps_it_here_with_a_reason_and_the_card_goes(screen: Screen) -> None:
    made = worked(screen)
    screen.press(KEY.Key_S, SHIFT)
    sheet = screen.parts.book.current
    assert sheet is not None
    assert "the reason" in sheet.lack.text()
    screen.type("Known fix, ten more minutes")
    screen.press(KEY.Key_Return, CTRL)
    assert screen.parts.book.current is None
    assert screen.kinds(made)[-1] == "stay"
    assert not screen.parts.ticket.prompt.isVisible()
    assert [v for v in screen.cards() if v.card and v.card.prompt] == []


def test_C2_an_answer_in_the_strip_goes_to_the_cards_own_ticket(screen: Screen) -> None:
    made = worked(screen)
    other = screen.log(SCHOOL, subject="Another one")
    assert screen.made.console.ticket.current_id == other
    shown = next(v for v in screen.cards() if v.card and v.card.prompt)
    shown.answers["stay"].click()
    screen.settle()
    sheet = screen.parts.book.current
    assert sheet is not None
    assert (sheet.kind, sheet.ticket_id) == ("stay", made)


def test_C2_enter_on_the_card_offers_the_three_answers(screen: Screen) -> None:
    worked(screen)
    shown = next(v for v in screen.cards() if v.card and v.card.prompt)
    words = [action.text().replace("&", "") for action in shown.answer_menu().actions()]
    assert words == ["Resolve", "Escalate", "Stay…"]


def test_without_a_question_staying_says_why_it_cannot_be_done(screen: Screen) -> None:
    screen.log(SCHOOL)
    screen.press(KEY.Key_S, SHIFT)
    assert screen.parts.book.current is None
    assert "No rule asks anything here" in screen.note()


# Who is calling


def reset(screen: Screen, *, pin: bool = True) -> str:
    """A password reset by phone: nothing is done before the caller is proven."""
    if pin:
        answer = screen.desk.set_pin(HOUSES, "Marguerite Dunn", PIN)
        assert isinstance(answer, Contact)
    return screen.log(HOUSES, subject="Password reset", type="password-reset")


def test_D7_acts_wait_for_the_pin_and_say_so(screen: Screen) -> None:
    made = reset(screen)
    screen.press(KEY.Key_R)
    assert screen.parts.book.current is None
    assert "Resolve:" in screen.note()
    assert not screen.parts.ticket.acts._buttons["resolve"].isEnabled()
    assert "PIN needed, 3 tries left" in screen.parts.ticket.parties.accessibleName()
    screen.press(KEY.Key_I)
    screen.type(PIN)
    screen.press(KEY.Key_Return)
    assert screen.parts.book.current is None
    assert screen.ticket(made).proven
    assert "Verified by PIN" in screen.parts.ticket.parties.accessibleName()
    assert screen.parts.ticket.acts._buttons["resolve"].isEnabled()


def test_D7_a_wrong_pin_is_counted_and_the_field_is_empty_and_never_readable(
    screen: Screen,
) -> None:
    made = reset(screen)
    screen.press(KEY.Key_I)
    sheet: Any = screen.parts.book.current
    assert sheet.pin.entry.echoMode() == QLineEdit.EchoMode.Password
    screen.type("739155")
    assert "739155" not in sheet.pin.entry.displayText()
    screen.press(KEY.Key_Return)
    assert "does not match, 2 tries left" in sheet.pin.error.text()
    assert sheet.pin.text() == ""
    assert sheet.how.list.rows[0].note == "2 tries left"
    drafts = screen.desk.replica.drafts.of(made)
    assert [d for d in drafts if "739155" in d.text] == []
    written = [str(each) for each in screen.desk.replica.tickets.operations(made)]
    assert [each for each in written if "739155" in each] == []


def test_D7_three_wrong_pins_lock_it_and_the_other_way_is_named(screen: Screen) -> None:
    reset(screen)
    screen.press(KEY.Key_I)
    sheet: Any = screen.parts.book.current
    for _ in range(3):
        screen.type("902817")
        screen.press(KEY.Key_Return)
    assert "manager or colleague logs it" in sheet.trouble.text() + sheet.pin.error.text()
    assert "locked until" in sheet.how.list.rows[0].note
    assert not sheet.primary.isEnabled()
    screen.press(KEY.Key_Escape)
    said = screen.parts.ticket.parties.accessibleName()
    assert "PIN locked until" in said
    assert "Or: The portal, or a manager or colleague logs it" in said


def test_D7_without_a_pin_the_other_way_is_named(screen: Screen) -> None:
    reset(screen, pin=False)
    sheet = screen.asked("verify")
    assert "a PIN on file" in sheet.lack.text() or "their PIN" in sheet.lack.text()
    assert "manager or colleague logs it" in sheet.hint.text()
    assert "No PIN on file" in screen.parts.ticket.parties.accessibleName()


def test_D7_a_pin_is_set_by_typing_it_twice(screen: Screen) -> None:
    screen.log(HOUSES)
    sheet = screen.asked("set_pin")
    screen.type(PIN)
    screen.press(KEY.Key_Tab)
    screen.type("739155")
    assert "the same PIN again" in sheet.lack.text()
    sheet.again.entry.clear()
    screen.type(PIN)
    screen.press(KEY.Key_Return, CTRL)
    contact = screen.desk.replica.directory.contact(HOUSES, "Marguerite Dunn")
    assert contact is not None
    assert contact.pin_hash.startswith("$argon2id$")
    assert sheet.pin.entry.text() == ""


# Messages


def told(screen: Screen) -> str:
    """A ticket with one message that is to be sent."""
    made = screen.log(SCHOOL)
    done(screen.desk.act(made, cmd.Message(text="We come at two.", to="Orla Fennick")))
    screen.open(made)
    return made


def test_C11_a_message_is_copied_whole_in_one_key_and_marked_in_another(screen: Screen) -> None:
    made = told(screen)
    assert screen.parts.status.outbox.text() == "1 to send"
    screen.press(KEY.Key_C, CTRL | SHIFT)
    number = screen.ticket(made).number
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("To: Orla Fennick <orla@kestrelbrook.example>\n")
    assert f"[{number}]" in copied
    assert "We come at two." in copied
    screen.press(KEY.Key_M, CTRL | SHIFT)
    assert screen.desk.to_send() == ()
    assert screen.parts.status.outbox.isHidden()
    view = screen.made.console.ticket.current
    assert view is not None
    entry = next(each for each in view.timeline if each.text == "We come at two.")
    assert entry.delivery == "sent by hand"


def test_the_outbox_lists_what_is_to_be_sent_and_stays_open_while_it_goes_out(
    screen: Screen,
) -> None:
    told(screen)
    told(screen)
    screen.press(KEY.Key_O, CTRL)
    sheet: Any = screen.parts.book.current
    assert len(sheet.list.rows) == 2
    screen.press(KEY.Key_C, CTRL | SHIFT)
    assert "We come at two." in QGuiApplication.clipboard().text()
    screen.press(KEY.Key_Return, CTRL)
    assert len(sheet.list.rows) == 1
    sheet.why.focus()
    screen.type("mailbox full")
    assert sheet.primary.text() == "Mark as failed"
    screen.press(KEY.Key_Return, CTRL)
    assert [each.state for each in screen.desk.to_send()] == ["failed"]
    assert sheet.list.rows[0].alarm


# Escalations that are not functional ones, gates, replies


def test_D11_the_contacts_own_escalation_has_a_reason_a_reference_and_tells_the_lead(
    screen: Screen,
) -> None:
    made = screen.log(HOUSES)
    number = screen.ticket(made).number
    screen.press(KEY.Key_P, SHIFT)
    sheet: Any = screen.parts.book.current
    assert len(sheet.reason.list.rows) == 4
    screen.press(KEY.Key_2)
    screen.press(KEY.Key_Return, CTRL)
    events = [
        event
        for each in screen.desk.replica.tickets.operations(made)
        for event in each.operation.events
    ]
    said = next(event for event in events if isinstance(event, ev.Complained))
    assert said.reference == f"{number}-E1"
    assert screen.ticket(made).tier == 1
    assert screen.parts.status.tasks.text() == "1 task"


def test_tasks_for_leads_are_listed_opened_and_finished_by_key(screen: Screen) -> None:
    made = screen.log(SCHOOL)
    screen.press(KEY.Key_A, SHIFT)
    screen.type("Third night in a row")
    screen.press(KEY.Key_Return, CTRL)
    other = screen.log(SCHOOL, subject="Another one")
    screen.press(KEY.Key_T, CTRL)
    sheet: Any = screen.parts.book.current
    assert [row.text for row in sheet.list.rows] == ["Third night in a row"]
    screen.press(KEY.Key_Return)
    assert screen.made.console.ticket.current_id == made != other
    screen.press(KEY.Key_T, CTRL)
    screen.press(KEY.Key_Return, CTRL)
    assert screen.desk.tasks() == ()
    assert screen.parts.status.tasks.isHidden()


def test_C9_straight_to_third_line_is_refused_and_says_what_to_do_instead(screen: Screen) -> None:
    screen.log(SCHOOL)
    screen.press(KEY.Key_E, SHIFT)
    sheet: Any = screen.parts.book.current
    assert "takes no tickets from 1st line" in sheet.barred.text()
    assert "consult (C)" in sheet.instead.text()
    assert not sheet.primary.isEnabled()


def test_B9_only_holders_of_the_certificate_are_offered(screen: Screen) -> None:
    made = screen.log(SCHOOL, details={"certificate": "gateway"})
    assert screen.ticket(made).details["certificate"] == "gateway"
    screen.press(KEY.Key_E)
    sheet: Any = screen.parts.book.current
    names = {row.name for row in sheet.to.list.rows if row.id}
    assert names == {"Priya Rao", "Ravi Sato", "Ines Dray"}
    assert "only who is certified in gateway" in sheet.to.hint.text()


def test_C11_a_template_can_be_chosen_for_the_message(screen: Screen) -> None:
    screen.log(SCHOOL)
    screen.press(KEY.Key_E)
    sheet: Any = screen.parts.book.current
    menu = sheet.message.menu()
    offered = {action.data(): action for action in menu.actions()}
    assert "escalated" in offered
    sheet.message.put("")
    offered["escalated"].trigger()
    assert "now goes to our 2nd line" in sheet.message.text()
    assert "Orla" in sheet.message.text()


def test_D8_a_reply_to_a_closed_case_starts_a_new_one_that_names_the_old(screen: Screen) -> None:
    made = screen.log(HOUSES, channel="mail")
    done(screen.desk.act(made, cmd.Resolve(steps="Cable", message="It works again.")))
    full = {"phone": "1", "error": "none", "computer": "PC-12"}
    view = screen.desk.open_ticket(made)
    assert view is not None
    missing = {name: "said" for name, _ in view.missing} | full
    done(
        screen.desk.act(made, cmd.FillDetails(details=missing, contact_reach="1", description="x"))
    )
    done(screen.desk.act(made, cmd.Close(confirmed_by="Marguerite Dunn")))
    number = screen.ticket(made).number
    screen.open(made)
    screen.press(KEY.Key_R, SHIFT)
    sheet: Any = screen.parts.book.current
    assert sheet.then.text() == "new"
    screen.type("It is silent again")
    screen.press(KEY.Key_Return, CTRL)
    fresh = screen.made.console.ticket.current
    assert fresh is not None
    assert fresh.ticket.id != made
    assert any(f"going on from {number}" in entry.verb for entry in fresh.timeline)


def test_D6_a_reply_ends_the_wait_and_a_wait_that_ignores_one_is_flagged(screen: Screen) -> None:
    made = screen.log(HOUSES, channel="mail")
    wait = cmd.ChangeStatus(status="waiting-client", reason="cable")
    done(screen.desk.act(made, wait))
    screen.clock.turn(minutes=5)
    done(screen.desk.act(made, cmd.Receive(text="Tried it, the same.")))
    screen.open(made)
    flags = screen.parts.ticket.flags
    assert flags.isVisible()
    assert [flag.kind for flag in flags.flags] == ["replied"]
    assert screen.desk.ids("all", "is:flagged") == [made]
    row = screen.desk.rows([made])[0]
    assert (row.gutter, row.status_note.endswith("replied")) == ("reply", True)
    screen.press(KEY.Key_R, SHIFT)
    screen.type("Still the same, please call")
    screen.press(KEY.Key_Return, CTRL)
    assert screen.desk.policy("service-definition").status(screen.ticket(made).status).phase == (
        "active"
    )
    assert not screen.parts.ticket.flags.isVisible()
    assert screen.desk.ids("all", "is:flagged") == []


def test_a_wait_past_its_date_is_flagged_in_the_queue(screen: Screen) -> None:
    made = screen.log(SCHOOL)
    waiting = screen.desk.policy("three-line").statuses("waiting")[0]
    until = screen.clock.now.replace(minute=50)
    done(screen.desk.act(made, cmd.ChangeStatus(status=waiting, reason="parts", until=until)))
    assert screen.desk.ids("all", "is:flagged") == []
    screen.clock.turn(minutes=20)
    screen.open(made)
    assert screen.desk.ids("all", "is:flagged") == [made]
    row = screen.desk.rows([made])[0]
    assert row.gutter == "calendar-clock"
    assert "past 10:50" in row.status_note
    assert "past date" in [flag.kind for flag in screen.parts.ticket.flags.flags]


def test_D5_consent_is_recorded_in_the_policys_words(screen: Screen) -> None:
    made = screen.log(HOUSES)
    screen.asked("consent")
    screen.press(KEY.Key_Return, CTRL)
    assert screen.ticket(made).consents == ("remote control",)


def test_B4_the_lines_limit_ticks_on_its_step(screen: Screen) -> None:
    made = screen.log(SCHOOL)
    done(screen.desk.act(made, cmd.StartTimer()))
    screen.open(made)
    before = screen.parts.ticket.stepper.look.text
    later = screen.clock.turn(minutes=3)
    screen.made.ticker.tick.emit(later.timestamp())
    assert before == "15:00"
    assert screen.parts.ticket.stepper.look.text == "12:00"
