"""The tray: state, counts, a ticket from anywhere, and a console that does without."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import log, open_desk
from tests.fakes.ways import Wall
from tierline.app.attention import Attention
from tierline.desk.alarms.notice import Notice
from tierline.desk.tray_words import TrayState
from tierline.system import choices
from tierline.widgets.tray.create import CreateWindow
from tierline.widgets.tray.mark import SIZES, icon

KEY = Qt.Key
P1 = Notice("1/call/p1", "p1", "P1 CS1 Call over", "Pellow", "1", "take", sound=False)


class Place(Desktop):
    """A console whose desktop has a tray as long as `has_tray`."""

    def __init__(self, qtbot: QtBot, app: QApplication, folder: Path) -> None:
        self.wall, self.has_tray = Wall(), True
        desk = open_desk(folder)
        self.first = log(desk, "Label printer prints blank")
        super().__init__(qtbot, app, folder, desk=desk, way=self.wall)
        self.tray._available = lambda: self.has_tray
        self.look()

    @property
    def attention(self) -> Attention:
        made = self.made.attention
        assert made is not None
        return made

    @property
    def tray(self):
        return self.attention.tray

    @property
    def menu(self) -> list[QAction]:
        self.tray.menu.aboutToShow.emit()
        return [each for each in self.tray.menu.actions() if not each.isSeparator()]

    def look(self) -> None:
        self.attention._look()

    def pick(self, text: str) -> None:
        next(each for each in self.menu if each.text() == text).trigger()
        self.settle()

    def create(self) -> CreateWindow:
        self.pick("Create ticket…")
        return self.attention.create


@pytest.fixture
def place(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Place]:
    made = Place(qtbot, qapp, tmp_path)
    yield made
    made.close()


def _picture(mark: str, size: int) -> QImage:
    return icon(mark).pixmap(size, size).toImage()  # type: ignore[arg-type]


@pytest.mark.parametrize("size", SIZES)
def test_every_state_has_a_mark_of_its_own_in_every_size(qapp: QApplication, size: int) -> None:
    grey = QImage.Format.Format_Grayscale8
    drawn = [_picture(mark, size).convertToFormat(grey) for mark in
             ("", "over", "soon", "offline", "quiet")]  # fmt: skip
    assert all(a != b for n, a in enumerate(drawn) for b in drawn[:n])


def test_the_menu_tells_the_counts_and_offers_what_is_wanted_from_anywhere(place: Place) -> None:
    assert [each.text() for each in place.menu] == [
        "Nothing is due",
        "1 unassigned",
        "Create ticket…",
        "Do not disturb",
        "Open Tierline",
        "Quit Tierline",
    ]
    assert place.tray.icon.toolTip() == "Tierline: Nothing is due, 1 unassigned"
    place.tray.tell(TrayState(over=2, unsent=3))
    assert place.tray.icon.toolTip() == "Tierline: 2 over, 3 changes unsent"
    told = {each.text(): each.isEnabled() for each in place.menu}
    assert told["2 over"]
    assert not told["3 changes unsent"]


def test_a_count_opens_what_it_counts(place: Place) -> None:
    place.window.hide()
    place.pick("1 unassigned")
    assert place.window.isVisible()
    assert place.made.console.queue.state.view == "unassigned"


def test_A1_the_task_bar_creates_a_ticket_in_two_fields_with_the_console_out_of_sight(
    place: Place,
) -> None:
    place.window.hide()
    window = place.create()
    place.type("elsp")
    QTest.keyClick(window.whom.entry, KEY.Key_Return)
    place.type("Screen stays black")
    QTest.keyClick(window.what.entry, KEY.Key_Return)
    place.settle()
    ids = [each for each in place.desk.ids("all") if each != place.first]
    ticket = place.ticket(ids[0])
    assert (ticket.subject, ticket.channel) == ("Screen stays black", "taskbar")
    assert (ticket.client, ticket.contact) == ("Pellow & Voss Legal", "Elspeth Marlow")
    assert ticket.priority in (3, 4)
    assert window.told.text() == f"{ticket.number} is logged for Elspeth Marlow."
    assert (window.whom.text(), window.what.text()) == ("", "")
    assert place.window.isHidden()
    assert window.open_it.isVisible()
    window.open_it.click()
    place.settle()
    assert place.window.isVisible()
    assert place.made.console.ticket.current_id == ids[0]
    window.close()


def test_a_ticket_from_the_tray_takes_nobody_away_from_theirs(place: Place) -> None:
    assert place.made.console.ticket.current_id == place.first
    window = place.create()
    place.type("Marrowby Foods")
    QTest.keyClick(window.whom.entry, KEY.Key_Return)
    place.type("A new screen")
    window.create_it.click()
    place.settle()
    assert place.made.console.ticket.current_id == place.first
    window.close()


def test_what_lacks_is_said_at_its_field_and_what_was_typed_outlives_the_window(
    place: Place,
) -> None:
    window = place.create()
    window.send()
    assert window.whom.error.text() == "Still needed: for whom it is."
    place.type("Elspeth Marlow")
    QTest.keyClick(window.whom.entry, KEY.Key_Tab)
    window.send()
    assert window.what.error.text() == "Still needed: what is wrong."
    window.what.focus()
    place.type("Half a sen")
    QTest.keyClick(window, KEY.Key_Escape)
    place.settle()
    assert window.isHidden()
    again = CreateWindow(place.made.hub, place.desk)
    again.come()
    assert (again.whom.text(), again.what.text()) == ("Elspeth Marlow", "Half a sen")
    again.close()
    again.deleteLater()


def test_do_not_disturb_is_begun_and_ended_in_the_menu_and_has_an_end(place: Place) -> None:
    inside = next(each for each in place.menu if each.text() == "Do not disturb").menu()
    assert isinstance(inside, QMenu)
    assert [each.text() for each in inside.actions()] == [
        "30 minutes", "1 hour", "2 hours", "4 hours"
    ]  # fmt: skip
    inside.actions()[0].trigger()
    assert "Do not disturb until 11:12" in [each.text() for each in place.menu]
    assert "Do not disturb until 11:12" in place.tray.icon.toolTip()
    place.pick("Disturb me again")
    assert place.attention.quiet.until == 0.0
    place.attention.quiet.begin(30)
    place.desk.clock.turn(minutes=31)  # type: ignore[attr-defined]
    place.look()
    assert place.attention.feed.state.quiet is None


def test_closing_leaves_the_program_in_the_tray_only_if_the_person_chose_so(place: Place) -> None:
    assert not place.attention._stays()
    assert QApplication.quitOnLastWindowClosed()
    choose = place.window.deeds.prefer.choose
    choose("keep_running", "1")
    assert not QApplication.quitOnLastWindowClosed()
    place.window.close()
    assert place.window.isHidden()
    place.pick("Open Tierline")
    assert place.window.isVisible()
    choose("keep_running", "")
    assert QApplication.quitOnLastWindowClosed()


def test_where_the_tray_goes_away_the_window_comes_back(place: Place) -> None:
    place.settings.keep(choices.KEEP_RUNNING, value=True)
    place.window.close()
    place.has_tray = False
    place.look()
    assert place.window.isVisible()
    assert not place.tray.there
    assert not place.attention._stays()
    assert QApplication.quitOnLastWindowClosed()
    place.has_tray = True
    place.look()
    assert place.tray.there


def test_quit_in_the_menu_closes_even_a_window_that_would_stay(place: Place, qtbot: QtBot) -> None:
    place.settings.keep(choices.KEEP_RUNNING, value=True)
    with qtbot.waitSignal(place.window.closed, timeout=5_000):
        place.pick("Quit Tierline")
    assert not place.window.isVisible()


def test_an_alarm_is_copied_and_without_a_daemon_the_tray_is_asked(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.made.console.alarms.raised.emit(P1)
    place.settle()
    assert place.wall.shown[P1.key].title == P1.title
    place.made.console.alarms.withdrawn.emit(P1.key)
    place.settle()
    assert place.wall.shown == {}
    place.wall.problem = "nobody is there"
    shown: list[str] = []
    monkeypatch.setattr(place.tray.icon, "supportsMessages", lambda: True)
    monkeypatch.setattr(place.tray.icon, "showMessage", lambda title, *_: shown.append(title))
    place.made.console.alarms.raised.emit(P1)
    place.settle()
    assert shown == [P1.title]


def test_without_a_tray_there_is_no_balloon_and_nothing_breaks(place: Place) -> None:
    place.has_tray = False
    place.look()
    place.wall.problem = "nobody is there"
    place.made.console.alarms.raised.emit(P1)
    place.settle()
    assert place.attention.popups.trouble == "nobody is there"
    assert place.window.isVisible()


def test_an_hour_is_told_in_the_desk_s_zone(place: Place) -> None:
    place.tray.tell(TrayState(offline=datetime(2026, 11, 4, 23, 21, tzinfo=UTC)))
    assert "Offline since 10:21" in place.tray.icon.toolTip()
