"""New tickets: the quick log with two fields, and the form that asks what the policy asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.qt.sheet_scene import CTRL, DENTAL, KEY, SCHOOL, SheetScene, texts
from tierline.storage.records import Client
from tierline.widgets.theme import ThemeHub


@pytest.fixture(scope="module")
def hub(qapp: QApplication) -> ThemeHub:
    return ThemeHub(qapp, "light")


@pytest.fixture
def scene(qtbot: QtBot, hub: ThemeHub, tmp_path: Path) -> Iterator[SheetScene]:
    made = SheetScene(qtbot, hub, tmp_path)
    yield made
    made.close()


def test_A3_client_tab_caller_enter_makes_a_P1(scene: SheetScene) -> None:
    sheet = scene.open("sev1")
    scene.type("bra")
    assert sheet.client_line.list.choice().name == DENTAL
    scene.press(KEY.Key_Tab)
    assert sheet.caller.entry.hasFocus()
    scene.type("jo")
    assert [row.name for row in sheet.caller.list.rows] == ["Jonas Petrie", "Joy Maddern", "jo"]
    scene.press(KEY.Key_Down)
    scene.press(KEY.Key_Return)
    ticket = scene.last().ticket
    assert (ticket.client, ticket.contact, ticket.contact_reach) == (
        DENTAL,
        "Joy Maddern",
        "(03) 5550 0164",
    )
    assert (ticket.priority, ticket.assignee, ticket.timer_by) == (1, "mira", "mira")
    assert ticket.missing
    assert scene.book.current is None


def test_enter_goes_on_from_the_client_too(scene: SheetScene) -> None:
    sheet = scene.open("sev1")
    scene.type("kes")
    scene.press(KEY.Key_Return)
    assert sheet.client_line.text() == SCHOOL
    assert "three-line v2, P1 response in 15 minutes" in sheet.client_line.line_edit._note
    scene.type("orl")
    scene.press(KEY.Key_Return)
    assert scene.last().ticket.contact == "Orla Fennick"


def test_new_names_and_numbers_are_taken_as_they_are(scene: SheetScene) -> None:
    scene.open("sev1")
    scene.type("Quillham Freight")
    scene.press(KEY.Key_Tab)
    scene.type("0400 111 222")
    scene.press(KEY.Key_Return)
    ticket = scene.last().ticket
    assert (ticket.client, ticket.contact, ticket.contact_reach) == (
        "Quillham Freight",
        "",
        "0400 111 222",
    )
    assert "contact" in ticket.missing


def test_a_caller_may_follow_but_a_client_is_needed(scene: SheetScene) -> None:
    sheet = scene.open("sev1")
    scene.press(KEY.Key_Return)
    scene.press(KEY.Key_Return)
    assert scene.answers == []
    assert not sheet.primary.isEnabled()
    sheet.client_line.focus()
    scene.type("bra")
    scene.press(KEY.Key_Tab)
    assert sheet.caller.list.chosen() == -1
    scene.press(KEY.Key_Return)
    assert scene.last().ticket.contact == ""


def test_the_caller_alone_tells_the_client(scene: SheetScene) -> None:
    sheet = scene.open("sev1")
    sheet.caller.focus()
    scene.type("0117")
    scene.press(KEY.Key_Return)
    assert (scene.last().ticket.client, scene.last().ticket.contact) == (DENTAL, "Jonas Petrie")


def test_it_counts_the_seconds_since_f9_and_starts_empty(scene: SheetScene) -> None:
    sheet = scene.open("sev1")
    scene.type("bra")
    scene.clock.turn(seconds=66)
    scene.ticker.tick.emit(scene.ticker.now())
    assert sheet.elapsed.text() == "1:06"
    scene.press(KEY.Key_Escape)
    scene.open("sev1")
    assert (sheet.elapsed.text(), sheet.client_line.text()) == ("0:00", "")


def test_what_happens_at_once_is_shown_before(scene: SheetScene) -> None:
    sheet = scene.open("sev1")
    scene.type("bra")
    scene.press(KEY.Key_Tab)
    assert "Logged as P1, yours, in progress" in sheet.at_once.accessibleName()
    assert "Fix clock 4h 00m starts" in sheet.at_once.accessibleName()
    assert "Computer name" in sheet.later.accessibleName()


def filled(scene: SheetScene) -> None:
    scene.sheet.client.focus()
    scene.type("bra")
    scene.press(KEY.Key_Tab)
    scene.type("jon")
    scene.press(KEY.Key_Return)
    scene.sheet.subject_line.focus()
    scene.type("Scanner offline")
    scene.sheet.grid.choose(3, 2)
    scene.sheet.renew()


def test_a_ticket_is_logged_with_what_was_asked(scene: SheetScene) -> None:
    sheet = scene.open("log")
    needed = "Still needed: the client, the subject, the contact, impact and urgency."
    assert sheet.lack.text() == needed
    filled(scene)
    assert sheet.reach.text() == "(03) 5550 0117"
    assert sheet.outcome.text() == "P3, normal."
    scene.send()
    ticket = scene.last().ticket
    assert (ticket.subject, ticket.priority, ticket.assignee) == ("Scanner offline", 3, "")
    assert (ticket.channel, ticket.policy) == ("phone", "playbook")


def test_enter_goes_to_impact_and_urgency_when_only_they_lack(scene: SheetScene) -> None:
    sheet = scene.open("log")
    filled(scene)
    sheet.grid.choose(0, 0)
    sheet.renew()
    sheet.subject_line.focus()
    scene.press(KEY.Key_Return)
    assert QApplication.focusWidget() is sheet.grid.stop()
    scene.press(KEY.Key_Down)
    scene.press(KEY.Key_Return)
    assert sheet.outcome.text() == "P3, normal."
    assert scene.answers == []
    scene.press(KEY.Key_Return)
    assert scene.last().ticket.subject == "Scanner offline"


def test_log_and_take_makes_it_mine_and_starts_the_timer_as_T_does(scene: SheetScene) -> None:
    scene.open("log")
    filled(scene)
    scene.press(KEY.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    ticket = scene.last().ticket
    assert (ticket.assignee, ticket.status, ticket.timer_by) == ("mira", "in-progress", "mira")
    scene.open("log")
    filled(scene)
    scene.press(KEY.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    again = scene.last().ticket
    assert again.id != ticket.id
    assert (again.assignee, again.timer_by) == ("mira", "")  # mine runs on the other: no guess


def test_D2_the_policy_says_what_is_asked(scene: SheetScene) -> None:
    contract = Client(name="Corbel", policy="service-definition")
    scene.desk.replica.directory.put_clients([contract])
    sheet = scene.open("log", client="Corbel", contact="Ada")
    assert "computer name" in sheet.lack.text()
    assert "the call-back number" in sheet.lack.text()
    sheet.type.put("request")
    sheet.renew()
    assert "computer name" not in sheet.lack.text()
    assert "Computer name" not in texts(sheet)


def test_A5_a_type_asks_for_its_own_details(scene: SheetScene) -> None:
    sheet = scene.open("log")
    filled(scene)
    sheet.type.put("exit")
    sheet.renew()
    assert sheet.lack.text() == "Still needed: last workday."
    scene.send()
    assert scene.answers == []
    sheet.fields["last_day"].focus()
    scene.type("30 Nov")
    scene.send()
    assert scene.last().ticket.details == {"last_day": "30 Nov"}


def test_A2_an_urgent_one_by_mail_is_marked_call_back_now(scene: SheetScene) -> None:
    sheet = scene.open("log")
    filled(scene)
    sheet.channel.put("mail")
    sheet.grid.choose(1, 1)
    sheet.renew()
    assert "call back now" in sheet.outcome.text()
    scene.send()
    assert scene.last().ticket.call_back


def test_the_draft_of_a_ticket_that_is_not_logged_yet_comes_back(scene: SheetScene) -> None:
    scene.open("log")
    scene.sheet.subject_line.focus()
    scene.type("Half a sub")
    scene.press(KEY.Key_Escape)
    assert [d.kind for d in scene.desk.replica.drafts.of("")] == ["log"]
    sheet = scene.open("log")
    assert sheet.subject_line.text() == "Half a sub"
    filled(scene)
    scene.send()
    assert scene.desk.replica.drafts.of("") == ()


def test_a_name_counts_while_it_is_typed_and_is_kept_as_a_draft(
    scene: SheetScene, qtbot: QtBot
) -> None:
    sheet = scene.open("log")
    scene.type("Marr")
    assert "the client" not in sheet.lack.text()
    assert sheet.client.open
    assert sheet.client.line_edit._note == ""
    qtbot.waitUntil(lambda: bool(scene.desk.replica.drafts.of("")), timeout=30_000)
    assert scene.open("log").client.text() == "Marr"
