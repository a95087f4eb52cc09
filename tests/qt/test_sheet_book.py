"""Sheets in general: reached and left by keys, drafts kept, nothing lost, nothing cut off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.desks import done
from tests.qt.sheet_scene import KEY, SheetScene, spoken, stops, texts
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.widgets.sheets.book import FREE, MADE
from tierline.widgets.theme import ThemeHub

KINDS = sorted(MADE)


@pytest.fixture(scope="module")
def hub(qapp: QApplication) -> Iterator[ThemeHub]:
    made = ThemeHub(qapp, "light")
    yield made
    made.set_scale(100)
    made.set_mode("light")


@pytest.fixture
def scene(qtbot: QtBot, hub: ThemeHub, tmp_path: Path) -> Iterator[SheetScene]:
    hub.set_scale(100)
    made = SheetScene(qtbot, hub, tmp_path)
    yield made
    made.close()


class Tops(QObject):
    """Notices widgets that show themselves as windows of their own."""

    def __init__(self, but: QWidget) -> None:
        super().__init__()
        self.but, self.seen = but, []  # type: QWidget, list[str]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
        if shown and watched.isWindow() and watched is not self.but:
            self.seen.append(repr(watched))
        return False


def test_every_sheet_of_the_contract_is_there() -> None:
    wanted = """escalate escalate3 consult assign wait status prioritise resolve reopen close cancel
    fill verify visit log sev1 why palette keys import save_view settings doctor set_pin stay
    complain alert dispute consent workaround gate pass_gate receive correct_time task_done tasks
    outbox idle unsent attention password quote answer_quote plan_visit part sign_off
    feedback restrict bulk note_many message_many views
    macros macro run_macro merge link handover for_me snooze noisy"""
    assert set(KINDS) == set(wanted.split())


def test_a_sheet_of_a_ticket_is_not_opened_without_one(scene: SheetScene) -> None:
    for kind in KINDS:
        assert scene.book.open(kind, None) is (kind in FREE)
    assert not scene.book.open("no such sheet", scene.view)


def test_the_quick_log_is_built_at_start(scene: SheetScene) -> None:
    assert list(scene.book._sheets) == ["sev1"]
    assert scene.book.current is None


def test_every_sheet_is_complete_by_keyboard_and_every_stop_has_a_name(scene: SheetScene) -> None:
    tops = Tops(scene.window)
    QApplication.instance().installEventFilter(tops)
    for kind in KINDS:
        sheet = scene.open(kind)
        reached = stops(sheet, scene)
        assert [f"{kind}: {type(each).__name__}" for each in reached if not spoken(each)] == []
        assert reached[0] not in reached[1:], kind
        assert len(reached) < 60, kind
        assert sheet.accessibleName(), kind
    QApplication.instance().removeEventFilter(tops)
    assert tops.seen == []


def test_esc_goes_back_to_the_same_row_from_every_sheet(scene: SheetScene) -> None:
    for kind in KINDS:
        scene.open(kind)
        scene.press(KEY.Key_Escape)
        assert scene.book.current is None, kind
        assert scene.list.hasFocus(), kind
        assert scene.list.currentRow() == 7, kind


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_every_sheet_holds_at_every_text_size(scene: SheetScene, hub: ThemeHub, scale: int) -> None:
    hub.set_scale(scale)
    for kind in KINDS:
        sheet = scene.open(kind)
        assert sheet.rect().contains(sheet.panel.geometry()), kind
        form, view = sheet.form, sheet.scroller.viewport()
        assert form.width() <= view.width(), kind
        for part in (sheet.head, sheet.foot):
            assert part.isVisible(), kind
            assert sheet.panel.rect().contains(part.geometry()), kind
        for child in form.findChildren(QWidget):
            if child.isVisible() and child.parentWidget() is form:
                assert child.geometry().right() <= form.width(), (kind, child)


def test_an_open_sheet_follows_theme_and_text_size(scene: SheetScene, hub: ThemeHub) -> None:
    sheet = scene.open("escalate")
    before = sheet.panel.height()
    hub.set_scale(150)
    hub.set_mode("dark")
    scene.settle()
    assert sheet.panel.height() > before
    assert sheet.rect().contains(sheet.panel.geometry())
    hub.set_mode("light")


def test_one_sheet_gives_way_to_another(scene: SheetScene) -> None:
    scene.open("resolve")
    scene.type("Changed the cable")
    scene.open("sev1")
    assert scene.sheet.kind == "sev1"
    scene.press(KEY.Key_Escape)
    assert scene.open("resolve").steps.text() == "Changed the cable"


def test_what_was_typed_is_kept_within_a_second_and_comes_back(
    scene: SheetScene, qtbot: QtBot
) -> None:
    sheet = scene.open("resolve")
    scene.type("Changed the cable")
    qtbot.waitUntil(lambda: bool(scene.desk.replica.drafts.of(scene.id)), timeout=30_000)
    assert "Draft saved 10:42:08" in texts(sheet)
    scene.press(KEY.Key_Escape)
    again = scene.open("resolve")
    assert again.steps.text() == "Changed the cable"
    scene.send()
    assert scene.last().ticket.steps == "Changed the cable"
    assert scene.desk.replica.drafts.of(scene.id) == ()
    assert scene.list.hasFocus()


def test_text_that_was_emptied_again_leaves_no_draft(scene: SheetScene) -> None:
    scene.open("reopen")
    scene.type("x")
    scene.press(KEY.Key_Backspace)
    scene.press(KEY.Key_Escape)
    assert scene.desk.replica.drafts.of(scene.id) == ()


def test_a_refusal_stands_at_its_field_and_loses_nothing(scene: SheetScene) -> None:
    sheet = scene.open("resolve")
    scene.type("Changed the cable")
    scene.book.refused(Refusal("The steps are too short.", "Say more.", "steps"))
    scene.settle()
    assert sheet.steps.error.isVisible()
    assert sheet.steps.error.text() == "The steps are too short. Say more."
    assert sheet.steps.entry.accessibleDescription() == sheet.steps.error.text()
    assert sheet.steps.entry.hasFocus()
    assert sheet.steps.text() == "Changed the cable"
    scene.type("!")
    assert not sheet.steps.error.isVisible()


def test_a_refusal_about_no_field_stands_in_the_foot(scene: SheetScene) -> None:
    scene.open("cancel")
    scene.type("Not ours")
    done(scene.desk.act(scene.id, cmd.Resolve(steps="done meanwhile")))
    scene.send()
    assert isinstance(scene.answers[-1], Refusal)
    assert "is resolved and cannot be cancelled" in scene.sheet.trouble.text()
    assert scene.sheet.trouble.isVisible()


def test_what_a_client_wrote_is_never_markup(scene: SheetScene) -> None:
    evil = '<img src="file:///etc/passwd"><b>bold</b>'
    done(scene.desk.act(scene.id, cmd.FillDetails(subject=evil)))
    sheet = scene.open("resolve")
    assert sheet.about.textFormat() == Qt.TextFormat.PlainText
    assert sheet.about.text() == evil
    assert "<" not in sheet.about.toolTip()


def test_letters_typed_in_a_sheet_reach_no_shortcut_of_the_window(scene: SheetScene) -> None:
    fired: list[str] = []
    for key in ("T", "Esc", "1"):
        QShortcut(QKeySequence(key), scene.window, lambda key=key: fired.append(key))
    scene.open("wait")
    scene.press(KEY.Key_T)
    scene.press(KEY.Key_1)
    scene.press(KEY.Key_Escape)
    assert fired == []
    assert scene.book.current is None


def test_ctrl_enter_on_an_incomplete_sheet_goes_to_what_lacks(scene: SheetScene) -> None:
    sheet = scene.open("resolve")
    assert not sheet.primary.isEnabled()
    assert sheet.lack.text() == "Still needed: what was done."
    sheet.message.entry.setFocus()
    scene.send()
    assert scene.answers == []
    assert sheet.steps.entry.hasFocus()
    assert sheet.steps.error.text() == "Still needed: what was done."
