"""The first run's page, a desk that is offline, the wallboard."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QApplication

from tests.fakes.books import bundled_book
from tests.fakes.desks import TurnedClock, done, log, open_desk
from tests.fakes.offline_scene import OfflineScene
from tests.qt.access.stage import Place, Stage, scene
from tierline.desk.board import read_board
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.present.ticker import Ticker
from tierline.storage.replica import Replica
from tierline.widgets.first_run.page import FirstRun
from tierline.widgets.focus_ring import FocusRing
from tierline.widgets.theme import ThemeHub
from tierline.widgets.wallboard.board import Wallboard


@scene
def first_run(place: Place) -> Iterator[Stage]:
    """Each way to begin, and a hub that did not let us in."""
    clock = TurnedClock()
    replica = Replica.open(place.folder, clock())
    hub = ThemeHub(place.app, "light")
    page = FirstRun(hub, Desk(replica, bundled_book(), "kim", clock))
    page.resize(900, 820)
    place.bot.addWidget(page)
    with place.bot.waitExposed(page):
        page.show()
    page.activateWindow()
    for way, choice in page.ways.items():
        choice.click()
        page.start.setFocus()
        QApplication.processEvents()
        yield Stage(f"first run, {way}", page, hub)
    page.ways["join"].click()
    page.join_failed("The hub did not answer. Nothing was changed. Check the address.")
    QApplication.processEvents()
    yield Stage("first run, not let in", page, hub)
    page.close()
    replica.close()
    hub.deleteLater()


@scene
def offline(place: Place) -> Iterator[Stage]:
    """An engineer without a network, a conflict to answer, three changes unsent."""
    made = OfflineScene(place.bot, place.app, place.folder, size=(1180, 760))  # type: ignore[arg-type]
    made.open()
    hub = made.console.made.hub
    yield Stage("offline, conflict", made.console.window, hub)
    for kind in ("unsent", "attention", "password"):
        made.console.window.deeds.do(kind)
        made.console.settle()
        sheet = made.console.parts.book.current
        if sheet is not None:
            yield Stage(f"offline, {kind}", sheet.panel, hub)
            sheet.dismiss()
    made.close()


@scene
def wallboard(place: Place) -> Iterator[Stage]:
    """The wall, fresh and stale."""
    clock = TurnedClock()
    desk = open_desk(place.folder, clock=clock)
    for at in range(9):
        log(desk, impact=1 + at % 3, urgency=1 + at % 3, tier=1 + at % 2)
    done(desk.act(log(desk), cmd.Take()))
    clock.turn(minutes=40)
    hub = ThemeHub(place.app, "light")
    board = Wallboard(hub, Ticker(lambda: clock().timestamp()), desk.zone)
    board.show_board(read_board(desk))
    FocusRing(board, hub)  # its window's
    board.resize(1920, 1080)
    place.bot.addWidget(board)
    with place.bot.waitExposed(board):
        board.show()
    yield Stage("wallboard", board, hub)
    board.close()
    desk.replica.close()
    hub.deleteLater()
