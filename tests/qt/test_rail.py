"""The rail: what it counts, how it is read out, and choosing with keys and mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.desks import done, log, open_desk
from tests.qt.ticket_scene import hosted
from tierline.desk.desk import FirstContact
from tierline.desk.queues import VIEWS, Count
from tierline.domain import commands as cmd
from tierline.storage.records import SavedView
from tierline.widgets.rail.items import SAVED
from tierline.widgets.rail.rail import Rail
from tierline.widgets.theme import ThemeHub

KEY = Qt.Key
SAVED_VIEWS = (
    SavedView("a", "Starters & leavers", "subject:leaver"),
    SavedView("b", "<b>Key</b> clients\u202e", "client:Pellow", position=1),
)


@pytest.fixture(scope="module")
def hub(qapp: QApplication) -> Iterator[ThemeHub]:
    made = ThemeHub(qapp, "light")
    yield made
    made.set_mode("light")
    made.set_scale(100)


class Scene:
    """A rail with the counts of a real desk."""

    def __init__(self, qtbot: QtBot, hub: ThemeHub, folder: Path) -> None:
        self.desk = open_desk(folder)
        mine = log(self.desk, "Printer", impact=2, urgency=2)
        done(self.desk.act(mine, cmd.Take()))
        log(self.desk, "Scanner")
        self.rail = Rail(hub)
        self.window: QWidget = hosted(qtbot, self.rail, 188, 760)
        self.chosen: list[str] = []
        self.rail.chosen.connect(self.chosen.append)
        self.rail.show_counts(self.desk.counts(), SAVED_VIEWS)

    def said(self) -> dict[str, str]:
        model = self.rail.list._rows
        return {
            item.view: str(model.data(model.index(at)))
            for at in range(model.rowCount())
            if (item := model.item_at(at)) and item.view
        }

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.rail.list, key)

    def click(self, view: str) -> None:
        index = self.rail.list._rows.index(self.rail.list._rows.place(view))
        spot = self.rail.list.visualRect(index).center()
        QTest.mouseClick(self.rail.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)


@pytest.fixture
def scene(qtbot: QtBot, hub: ThemeHub, tmp_path: Path) -> Scene:
    return Scene(qtbot, hub, tmp_path)


def test_every_row_says_its_count(scene: Scene) -> None:
    said = scene.said()
    assert said["my"] == "My work, 1 ticket"
    assert said["all"] == "All open, 2 tickets"
    assert said["priority:2"] == "High, 1 ticket"
    counts = {**scene.desk.counts(), "all": Count(47, 2, 4)}
    scene.rail.show_counts(counts, SAVED_VIEWS)
    assert scene.said()["all"] == "All open, 47 tickets, 2 over, 4 due soon"


def test_every_view_of_the_desk_has_its_row(scene: Scene) -> None:
    shown = set(scene.said())
    assert {"saved:a", "saved:b"} <= shown
    assert set(VIEWS) - shown == {"escalated", "everything", "conflicts", "theirs"}
    scene.rail.choose("escalated")
    assert "escalated" in scene.said()


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize(("view", "word"), [("conflicts", "Conflicts"), ("theirs", "Clients’ own")])
def test_what_is_seldom_there_has_its_place_only_while_there_is_something(
    scene: Scene, view: str, word: str, compact: bool
) -> None:
    scene.rail.set_compact(compact)
    scene.rail.show_counts(scene.desk.counts() | {view: Count(2)}, ())
    assert scene.said()[view] == f"{word}, 2 tickets"
    scene.rail.show_counts(scene.desk.counts() | {view: Count(0)}, ())
    assert view not in scene.said()
    scene.rail.choose(view)
    assert view in scene.said()


def test_arrows_pass_over_the_heads_and_enter_chooses(scene: Scene) -> None:
    scene.rail.choose("all")
    scene.rail.setFocus()
    assert scene.rail.list.hasFocus()
    scene.press(KEY.Key_Down)
    assert scene.chosen == []
    scene.press(KEY.Key_Return)
    assert scene.chosen == ["tier:1"]
    assert scene.rail.view == "tier:1"
    scene.press(KEY.Key_Up, KEY.Key_Up, KEY.Key_Return)
    assert scene.chosen == ["tier:1", "unassigned"]


def test_a_click_chooses(scene: Scene) -> None:
    scene.click("waiting")
    scene.click("saved:a")
    assert scene.chosen == ["waiting", "saved:a"]


def test_choosing_from_outside_tells_nobody(scene: Scene) -> None:
    scene.rail.choose("due")
    assert scene.chosen == []
    assert scene.rail.view == "due"


def test_letters_go_to_the_window(scene: Scene) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, KEY.Key_T, Qt.KeyboardModifier.NoModifier, "t")
    scene.rail.list.keyPressEvent(event)
    assert not event.isAccepted()


def test_new_counts_leave_the_keyboard_where_it_is(scene: Scene) -> None:
    scene.rail.choose("all")
    scene.rail.setFocus()
    scene.press(KEY.Key_Down, KEY.Key_Down)
    scene.rail.show_counts({"all": Count(9, 1)}, SAVED_VIEWS)
    scene.rail.show_counts({"all": Count(9, 1)}, SAVED_VIEWS[:1])
    scene.press(KEY.Key_Return)
    assert scene.chosen == ["tier:2"]


def test_a_count_repaints_only_when_it_changed(scene: Scene, qtbot: QtBot) -> None:
    model, changed = scene.rail.list._rows, []
    model.dataChanged.connect(lambda first, _: changed.append(first.row()))
    counts = scene.desk.counts()
    scene.rail.show_counts(counts, SAVED_VIEWS)
    assert changed == []
    scene.rail.show_counts({**counts, "waiting": Count(3)}, SAVED_VIEWS)
    assert changed == [model.place("waiting")]


def test_the_compact_form_has_signs_and_counts_and_one_row_for_saved_views(scene: Scene) -> None:
    scene.rail.set_compact(True)
    assert scene.rail.width() == 54
    said = scene.said()
    assert said[SAVED] == "Saved views, 2 views"
    assert not any(view.startswith(("priority", "saved:")) for view in said)
    scene.rail.choose("priority:1")
    assert "priority:1" in scene.said()
    menu = scene.rail.saved_menu()
    assert [a.text().split("\t")[0] for a in menu.actions()] == [
        *("Starters && leavers", "<b>Key</b> clients"),
    ]
    menu.actions()[1].trigger()
    assert scene.chosen == ["saved:b"]
    menu.deleteLater()
    scene.rail.set_compact(False)
    assert scene.rail.width() == 188
    assert "priority:4" in scene.said()


def test_B1_first_contact_stands_at_the_foot_where_there_is_a_goal(scene: Scene) -> None:
    card = scene.rail._card
    assert not card.isVisible()
    scene.rail.show_first_contact(FirstContact(14, 9, 0.6))
    assert card.isVisible()
    assert card.accessibleName() == "First contact today 64 %, 9 of 14 resolved, goal 60 %"
    scene.rail.set_compact(True)
    assert not card.isVisible()
    scene.rail.set_compact(False)
    scene.rail.show_first_contact(FirstContact(0, 0, 0.6))
    assert "None yet" in card.accessibleName()
    scene.rail.show_first_contact(FirstContact(14, 9, 0.0))
    assert not card.isVisible()


def test_theme_and_text_size_are_followed(scene: Scene, hub: ThemeHub) -> None:
    scene.rail.choose("all")
    before = scene.window.grab().toImage()
    hub.set_scale(150)
    assert scene.rail.width() == 282
    index = scene.rail.list._rows.index(0)
    assert scene.rail.list.visualRect(index).height() == 42
    hub.set_scale(100)
    hub.set_mode("dark")
    dark = scene.window.grab().toImage()
    assert dark != before
    assert dark.pixelColor(2, 755) == hub.theme.win
    hub.set_mode("light")


def test_the_model_keeps_qts_rules(scene: Scene) -> None:
    model = scene.rail.list._rows
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    scene.rail.show_counts({}, ())
    scene.rail.set_compact(True)
    scene.rail.show_counts({"all": Count(3)}, SAVED_VIEWS)
    assert tester.model() is model
