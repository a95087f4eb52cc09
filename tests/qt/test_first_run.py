"""The first minute: the page asks three things, and the console opens on the answers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.books import FOLDER, bundled_book
from tests.fakes.desks import TurnedClock, log, open_desk
from tierline.app.console import Session
from tierline.app.first_paint import WAITING, told_when_painted
from tierline.desk.desk import Desk
from tierline.storage.replica import Replica
from tierline.sync.hubs import keeping
from tierline.system.settings import Settings


class Visit:
    """A session on a desk nobody has used."""

    def __init__(self, folder: Path, app: QApplication) -> None:
        self.folder, self.clock = folder, TurnedClock()
        replica = Replica.open(folder, self.clock())
        self.desk = Desk(replica, bundled_book(), "kim", self.clock)
        self.settings = Settings(folder / "settings.json")
        self.session = Session(app, self.desk, self.settings)
        self.session.show()


@pytest.fixture
def visit(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Visit]:
    made = Visit(tmp_path, qapp)
    qtbot.addWidget(made.session.page)
    yield made
    made.session.end()
    if made.session.made is not None:
        made.session.made.window.deleteLater()
    made.session.hub.set_scale(100)
    made.session.hub.set_mode("light")
    made.session.hub.deleteLater()
    QApplication.processEvents()


def test_starting_empty_keeps_name_line_and_hours(visit: Visit) -> None:
    page = visit.session.page
    page.ways["empty"].click()
    page.name.setText("Kim Adeyemi")
    page.line.setCurrentIndex(1)
    page.hours.setCurrentIndex(page.hours.findData("tiered"))
    assert "business days Mon to Fri 08:00 to 17:00, Sydney" in page.open.text()
    QTest.keyClick(page, Qt.Key.Key_Return)
    made = visit.session.made
    assert made is not None
    assert made.window.isVisible()
    assert not page.isVisible()
    desk = visit.session.desk
    me = desk.people.get("kim")
    assert me is not None
    assert (me.name, me.tier) == ("Kim Adeyemi", 2)
    assert desk.zone.key == "Australia/Sydney"
    assert desk.replica.meta("policy") == "tiered"
    assert "Ctrl N" in made.window.parts.queue._empty_text
    assert "Kim Adeyemi" in made.window.parts.toolbar.me.text()


def test_a_figure_and_enter_at_once_begin_what_the_figure_says(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    monkeypatch.setattr(
        QProcess, "startDetached", lambda *told: (started.append(told), (True, 1))[1]
    )
    page = visit.session.page
    page.activateWindow()
    QTest.qWaitForWindowActive(page)
    QTest.keyClick(page.start, Qt.Key.Key_4)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert started == []
    made = visit.session.made
    assert made is not None
    assert made.window.parts.ticket._any is False


def test_the_page_stays_and_says_so_until_the_demo_is_there(
    visit: Visit, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        QProcess, "startDetached", lambda *_: (told.append(os.environ[WAITING]), (True, 1))[1]
    )
    monkeypatch.setattr(visit.session.app, "quit", lambda: told.append("quit"), raising=False)
    page = visit.session.page
    page.ways["demo"].click()
    QTest.keyClick(page, Qt.Key.Key_Return)
    QTest.keyClick(page, Qt.Key.Key_Return)
    (mark,) = told
    assert page.isVisible()
    assert page.start.text() == "Making the demo desk…"
    monkeypatch.setenv(WAITING, mark)
    painted = told_when_painted()
    assert painted is not None
    painted()
    qtbot.waitUntil(lambda: told == [mark, "quit"], timeout=60_000)
    assert not page.isVisible()


def test_a_demo_that_does_not_start_is_told_and_another_way_can_be_chosen(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QProcess, "startDetached", lambda *_: (False, 0))
    page = visit.session.page
    page.start.click()
    assert page.hint.text().startswith("The demo did not open. Nothing was changed here.")
    page.ways["empty"].click()
    page.start.click()
    assert visit.session.made is not None


def test_the_page_is_as_high_as_what_is_to_be_seen(visit: Visit) -> None:
    page = visit.session.page
    for way in ("join", "empty"):
        page.ways[way].click()
        assert page._page.height() == page._page.sizeHint().height(), way
    page.sizes["200"].click()
    assert page._page.width() == visit.session.hub.px(620)
    assert page._page.height() == page._page.sizeHint().height()


def test_it_asks_only_once(visit: Visit, qapp: QApplication) -> None:
    visit.session.page.ways["empty"].click()
    visit.session.page.start.click()
    again = Session(qapp, visit.session.desk, visit.settings)
    again.show()
    assert again.made is not None
    again.made.window.close()
    again.made.window.deleteLater()
    again.hub.deleteLater()


def test_joining_asks_where_and_as_whom_in_place_of_hours(visit: Visit) -> None:
    page = visit.session.page
    page.ways["join"].click()
    assert page.joined.isVisible()
    assert not page.name.isVisible()
    assert page.start.text() == "Join"
    page.start.click()
    assert "Still needed" in page.joined.url.error.text()
    page.ways["empty"].click()
    assert page.name.isVisible()
    assert not page.joined.isVisible()


def test_joining_opens_the_console_on_the_shared_desk(visit: Visit, qtbot: QtBot) -> None:
    url = f"sqlite:///{visit.folder / 'hub.sqlite'}"
    keeping.create(url, login="kim")
    page = visit.session.page
    page.ways["join"].click()
    page.joined.url.entry.setText(url)
    page.joined.login.entry.setText("kim")
    page.start.click()
    assert page.start.text() == "Joining…"
    qtbot.waitUntil(lambda: visit.session.made is not None, timeout=60_000)
    assert not page.isVisible()
    assert visit.session.desk.me == "kim"
    assert visit.session.desk.standing.hub == url
    made = visit.session.made
    assert made is not None
    assert made.console.sync.joined
    assert made.window.parts.status.sync.isVisible()


def test_what_hinders_joining_is_said_and_nothing_typed_is_lost(visit: Visit, qtbot: QtBot) -> None:
    page = visit.session.page
    page.ways["join"].click()
    page.joined.url.entry.setText(f"sqlite:///{visit.folder / 'none.sqlite'}")
    page.start.click()
    qtbot.waitUntil(page.joined.said.isVisible, timeout=60_000)
    assert page.start.isEnabled()
    assert page.joined.url.text().endswith("none.sqlite")
    assert visit.session.made is None
    page.ways["empty"].click()
    page.start.click()
    assert visit.session.made is not None
    assert visit.session.desk.standing.link == "alone"


def test_theme_and_size_change_at_once_and_are_kept(visit: Visit) -> None:
    page = visit.session.page
    page.modes["dark"].click()
    page.sizes["125"].click()
    assert visit.session.hub.theme.dark
    assert visit.session.hub.scale == 125
    assert visit.settings.get("theme", "") == "dark"
    assert page.modes["dark"].isChecked()
    assert not page.modes["light"].isChecked()


def test_every_policy_can_be_chosen(visit: Visit) -> None:
    hours = visit.session.page.hours
    names = {hours.itemData(at) for at in range(hours.count())}
    assert names == {file.stem for file in FOLDER.glob("*.toml")}


def test_a_desk_with_tickets_opens_at_once(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    desk = open_desk(tmp_path)
    log(desk)
    session = Session(qapp, desk, Settings(tmp_path / "settings.json"))
    session.show()
    assert session.made is not None
    session.end()
    session.made.window.deleteLater()
    session.hub.deleteLater()
    QApplication.processEvents()
