"""Escalation by three keys, by hand, refused where the policy says so, and its draft."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.desks import log
from tests.qt.sheet_scene import KEY, SCHOOL, SheetScene, texts
from tierline.domain.errors import Refusal
from tierline.widgets.theme import ThemeHub


@pytest.fixture(scope="module")
def hub(qapp: QApplication) -> ThemeHub:
    return ThemeHub(qapp, "light")


@pytest.fixture
def scene(qtbot: QtBot, hub: ThemeHub, tmp_path: Path) -> Iterator[SheetScene]:
    made = SheetScene(qtbot, hub, tmp_path)
    yield made
    made.close()


def test_C5_C11_three_keys_hand_it_on_when_the_draft_is_right(scene: SheetScene) -> None:
    sheet = scene.open("escalate")
    assert sheet.reason.list.hasFocus()
    scene.press(KEY.Key_1)
    assert sheet.primary.text() == "Escalate to Priya"
    scene.send()
    ticket = scene.last().ticket
    assert (ticket.tier, ticket.assignee) == (2, "priya")
    assert ticket.tiers[-1].why == "Cannot be resolved remotely"
    told = {entry.kind: entry for entry in scene.view.timeline}
    assert told["out"].text.startswith("Hello Orla, ")
    assert "Priya Rao takes it on from here." in told["out"].text
    (event,) = [
        e
        for r in scene.desk.replica.tickets.operations(scene.id)
        for e in r.operation.events
        if type(e).__name__ == "Escalated"
    ]
    assert event.tried == ("Cable checked with the teacher", "Driver rolled back")
    assert event.handover.endswith("Driver rolled back")


def test_it_says_what_is_missing_and_cannot_be_sent_before(scene: SheetScene) -> None:
    scene.id = log(scene.desk, "Nothing tried yet", client=SCHOOL, contact="Orla Fennick")
    sheet = scene.open("escalate")
    assert sheet.lack.text() == "Still needed: a reason, one sentence."
    scene.press(KEY.Key_3)
    assert sheet.lack.text() == "Still needed: one sentence."
    sheet.message.put("")
    assert sheet.lack.text() == "Still needed: one sentence, the message."
    assert not sheet.primary.isEnabled()
    scene.send()
    assert scene.answers == []
    assert sheet.handover.entry.hasFocus()
    assert sheet.handover.error.isVisible()


def test_the_reasons_are_the_policys_for_that_line(scene: SheetScene) -> None:
    sheet = scene.open("escalate")
    rows = sheet.reason.list.rows
    assert [row.digit for row in rows] == list("123456")
    assert rows[1].text == "Needs investigation, research or more than the user can tell"
    assert "keys 1 to 6" in texts(sheet)


def test_the_best_match_is_first_and_the_queue_last(scene: SheetScene) -> None:
    rows = scene.open("escalate").to.list.rows
    assert [row.name for row in rows] == ["Priya Rao", "Ines Dray", "Ravi Sato", "2nd line queue"]
    assert rows[0].shared == ("printer", "gateway")
    assert (rows[1].away, rows[1].note) == (True, "away")
    assert rows[3].note == "whoever is free first"


def test_message_and_button_follow_the_receiver_until_someone_writes(scene: SheetScene) -> None:
    sheet = scene.open("escalate")
    sheet.to.list.choose(3)
    assert sheet.primary.text() == "Escalate to 2nd line"
    assert "Whoever is free first takes it on" in sheet.message.text()
    sheet.message.entry.setFocus()
    scene.type("I will stay in touch. ")
    sheet.to.list.choose(0)
    assert "I will stay in touch." in sheet.message.text()
    assert "Priya" not in sheet.message.text()


def test_an_unticked_line_does_not_go_along(scene: SheetScene) -> None:
    sheet = scene.open("escalate")
    scene.press(KEY.Key_2)
    tick = sheet.handover._ticks[0][0]
    tick.click()
    scene.send()
    events = scene.desk.replica.tickets.operations(scene.id)[-1].operation.events
    assert events[0].tried == ("Driver rolled back",)  # type: ignore[union-attr]


def test_the_clocks_after_it_are_told(scene: SheetScene) -> None:
    sheet = scene.open("escalate")
    assert "1st line limit stops." in sheet.after.text()
    assert "2nd line limit starts: due" in sheet.after.text()
    assert sheet.clock.accessibleName()


def test_C9_straight_to_third_is_explained_where_it_is_not_allowed(scene: SheetScene) -> None:
    sheet = scene.open("escalate3")
    assert "3rd line takes no tickets from 1st line" in texts(sheet)
    assert not sheet.primary.isEnabled()
    assert not sheet.reason.isVisible()
    scene.press(KEY.Key_Space)
    assert sheet.title.text().endswith("to 2nd line")
    assert sheet.reason.isVisible()
    scene.press(KEY.Key_1)
    scene.send()
    assert scene.last().ticket.tier == 2


def test_B7_straight_to_third_where_the_policy_lets(scene: SheetScene) -> None:
    scene.id = log(scene.desk, "Everything is down", impact=1, urgency=1, channel="phone")
    sheet = scene.open("escalate3")
    scene.press(KEY.Key_1)
    sheet.handover.entry.setFocus()
    scene.type("Both links are down.")
    scene.send()
    assert scene.last().ticket.tier == 3


def test_what_was_typed_comes_back_after_esc(scene: SheetScene) -> None:
    sheet = scene.open("escalate")
    scene.press(KEY.Key_4)
    sheet.handover.entry.setFocus()
    sheet.handover.entry.selectAll()
    scene.type("Speaker bar is silent.")
    scene.press(KEY.Key_Escape)
    again = scene.open("escalate")
    assert again.reason.text() == "no-fix"
    assert again.handover.text() == "Speaker bar is silent."
    scene.press(KEY.Key_Escape)
    assert scene.list.hasFocus()


def test_a_digit_in_a_text_is_text(scene: SheetScene) -> None:
    sheet = scene.open("escalate")
    sheet.message.entry.setFocus()
    scene.type("1")
    assert sheet.reason.text() == ""
    sheet.to.list.setFocus()
    scene.press(KEY.Key_1)
    assert sheet.reason.text() == "remote"


def test_a_policy_that_changed_meanwhile_refuses_at_the_field(scene: SheetScene) -> None:
    sheet = scene.open("escalate")
    scene.press(KEY.Key_1)
    scene.book.refused(Refusal("The escalation has no reason.", "Choose one.", "reason"))
    scene.settle()
    assert sheet.reason.error.isVisible()
    assert sheet.reason.list.hasFocus()
