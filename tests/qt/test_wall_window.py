"""The wallboard's window asks once, keeps to its screen, and shows the lists behind its tiles."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import PEOPLE, log, open_desk
from tests.fakes.screens import DESK, WALL, HandScreens
from tierline.app.bell import Bell, name_of, ring
from tierline.app.beside import Beside
from tierline.app.wall import asking, is_lead
from tierline.desk.wall_size import Shown
from tierline.present.view_state import ViewState
from tierline.present.wall_lists import Tile, checked, list_of
from tierline.widgets.wallboard.seats import Seat, Seats, Wish
from tierline.widgets.wallboard.window import WallWindow

PATIENCE = 10_000
RINGING = (
    "import json, sys; from pathlib import Path; from tierline.app.bell import name_of, ring; "
    "sys.exit(not ring(name_of(Path(sys.argv[1])), json.loads(sys.argv[2])))"
)
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "desktop")}
KEY = Qt.Key


class Room:
    """A console with a wallboard beside it, and two screens."""

    def __init__(self, qtbot: QtBot, app: QApplication, folder: Path, **more: object) -> None:
        self.qtbot = qtbot
        desk = open_desk(folder)
        for at in range(3):
            log(desk, impact=1 + at, urgency=1 + at)
        self.desktop = Desktop(qtbot, app, folder, desk=desk, **more)
        made = self.desktop.made
        self.screens = HandScreens()
        told = (made.hub, made.ticker, made.window, made.console, self.desktop.settings)
        self.beside = Beside(*told, screens=self.screens)  # type: ignore[arg-type]
        self.seats = Seats(self.desktop.settings)

    @property
    def window(self) -> WallWindow:
        assert self.beside.wall is not None
        return self.beside.wall.window

    def open(self, wish: Wish | None = None) -> WallWindow:
        self.beside.open_wall(wish)
        self.desktop.settle()
        return self.window

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key)
        self.desktop.settle()

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)

    def shown_list(self) -> ViewState:
        self.desktop.settle()
        return self.desktop.made.console.queue.state

    def close(self) -> None:
        self.beside.stop()
        self.desktop.close()


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Room]:
    made = Room(qtbot, qapp, tmp_path)
    yield made
    made.close()


def test_it_asks_by_keys_alone_and_then_fills_the_screen(room: Room) -> None:
    window = room.open()
    window.activateWindow()
    assert window.setup.isVisible()
    assert room.screens.where is None
    assert window.setup.inches.text() == "65"  # the screen says so itself
    assert window.setup.metres.entry.hasFocus()
    room.type("5")
    assert "All tiles are shown" in window.setup.verdict.text()
    room.press(KEY.Key_Return)
    assert not window.setup.isVisible()
    assert (room.screens.where, room.screens.whole) == (WALL, True)
    assert window.board.shown is Shown.ALL
    assert (room.seats.screen, room.seats.of(WALL)) == ("HDMI-1", Seat(65, 5))


@pytest.mark.parametrize(
    ("metres", "shown", "said"),
    [
        ("5,1", Shown.ALL, "All tiles"),
        ("5.5", Shown.FEWER, "On shift and arrivals are left out"),
        ("6.5", Shown.LEAST, "Only the timers and the open tickets"),
    ],
)
def test_what_cannot_be_read_is_left_out(room: Room, metres: str, shown: Shown, said: str) -> None:
    window = room.open()
    room.type(metres)
    assert said in window.setup.verdict.text()
    room.press(KEY.Key_Return)
    assert window.board.shown is shown


@pytest.mark.parametrize("typed", ["20", "0", "-3", "near", "1e9", "nan"])
def test_a_distance_that_does_not_work_is_refused(room: Room, typed: str) -> None:
    window = room.open()
    room.type(typed)
    room.press(KEY.Key_Return)
    assert window.setup.isVisible()
    assert room.screens.where is None
    said = window.setup.verdict.text() + window.setup.metres.error.text()
    expected = "greatest distance that works is 6.6 m" if typed == "20" else "A number from"
    assert expected in said


def test_what_is_known_is_not_asked_again(room: Room) -> None:
    window = room.open(Wish(screen=2, inches=43, metres=3))
    assert not window.setup.isVisible()
    assert room.screens.where == WALL
    window.close()
    window = room.open(Wish())
    assert not window.setup.isVisible()
    assert (room.screens.where, room.seats.of(WALL)) == (WALL, Seat(43, 3))


def test_esc_before_an_answer_closes_it_and_leaves_nothing(room: Room) -> None:
    room.open()
    room.press(KEY.Key_Escape)
    room.qtbot.waitUntil(lambda: room.beside.wall is None, timeout=PATIENCE)
    assert room.seats.screen == ""


def test_s_asks_anew_and_esc_leaves_it_as_it_was(room: Room) -> None:
    window = room.open(Wish(metres=5))
    room.press(KEY.Key_S)
    assert window.setup.isVisible()
    room.press(KEY.Key_Escape)
    assert window.isVisible()
    assert window.board.shown is Shown.ALL
    room.press(KEY.Key_S)
    room.type("6.5")
    room.press(KEY.Key_Return)
    assert window.board.shown is Shown.LEAST


@pytest.mark.parametrize("tile", Tile)
def test_a_figure_opens_the_list_behind_its_tile(room: Room, tile: Tile) -> None:
    room.open(Wish(metres=5))
    room.press(Qt.Key(KEY.Key_0 + tile))
    assert room.shown_list() == list_of(tile)


def test_tab_goes_through_the_tiles_and_enter_opens_one(room: Room) -> None:
    window = room.open(Wish(metres=5))
    window.activateWindow()
    handles = window.board.handles
    order = []
    assert not window.ring.isVisible()  # nobody has touched a key yet
    for _ in Tile:
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
        order.append(next(tile for tile, handle in handles.items() if handle.hasFocus()))
    assert window.ring.isVisible()
    assert order == list(Tile)
    handles[Tile.NOBODY].setFocus()
    room.press(KEY.Key_Return)
    assert room.shown_list() == list_of(Tile.NOBODY)


def test_a_tile_that_is_not_shown_has_no_key(room: Room) -> None:
    room.open(Wish(metres=6.5))
    before = room.shown_list()
    room.press(KEY.Key_7)
    assert room.shown_list() == before


def test_a_click_on_a_tile_opens_its_list(room: Room) -> None:
    window = room.open(Wish(metres=5))
    QTest.mouseClick(window.board.handles[Tile.UNTOUCHED], Qt.MouseButton.LeftButton)
    assert room.shown_list() == list_of(Tile.UNTOUCHED)
    assert len(room.desktop.ids()) == 3


def test_asked_for_again_the_one_that_is_there_comes_forward(room: Room) -> None:
    room.desktop.window.deeds.wall_asked.disconnect()
    room.desktop.window.deeds.wall_asked.connect(room.beside.open_wall)
    room.desktop.window.deeds.do("wallboard")
    first = room.window
    room.desktop.window.deeds.do("wallboard")
    assert room.window is first


def test_what_is_done_in_the_console_is_on_the_wall(room: Room) -> None:
    window = room.open(Wish(metres=5))
    board = window.board

    def counted() -> int:
        return board._board.everything.total if board._board else -1

    room.qtbot.waitUntil(lambda: counted() == 3, timeout=PATIENCE)
    room.desktop.parts.queue.setFocus()
    room.desktop.made.console.actor.take([room.desktop.ids()[0]])
    room.qtbot.waitUntil(
        lambda: board._board is not None and board._board.nobody.total == 2, timeout=PATIENCE
    )


def test_a_wall_that_is_pulled_out_comes_back_with_its_screen(room: Room) -> None:
    window = room.open(Wish(metres=5))
    room.screens.have(DESK)
    assert (room.screens.where, room.screens.whole) == (DESK, False)  # the console is there
    assert window.isVisible()
    assert window.board.shown is Shown.LEAST
    room.screens.have(DESK, WALL)
    assert (room.screens.where, room.screens.whole) == (WALL, True)
    assert window.board.shown is Shown.ALL


def test_a_screen_that_becomes_another_shape_shows_what_can_be_read(room: Room) -> None:
    window = room.open(Wish(metres=5))
    room.screens.have(DESK, WALL._replace(wide=1080, high=1920))
    assert window.board.shown is Shown.LEAST


def test_a_program_of_its_own_fills_what_is_left(qtbot: QtBot, room: Room) -> None:
    window = room.open(Wish(metres=5))
    window._shy = False
    room.screens.have(DESK)
    assert (room.screens.where, room.screens.whole) == (DESK, True)


def test_f11_makes_it_a_window_and_back(room: Room) -> None:
    room.open(Wish(metres=5))
    room.window._whole = True
    room.window.showFullScreen()
    room.press(KEY.Key_F11)
    assert not room.screens.whole


def test_help_has_the_keys(room: Room) -> None:
    window = room.open(Wish(metres=5))
    room.press(KEY.Key_F1)
    assert window.keys_page.isVisible()
    room.press(KEY.Key_Escape)
    assert not window.keys_page.isVisible()
    assert window.isVisible()


def test_a_pointer_that_rests_is_hidden(room: Room) -> None:
    window = room.open(Wish(metres=5))
    window._pointer.timeout.emit()
    assert window.board.cursor().shape() is Qt.CursorShape.BlankCursor
    window._pointer.stop()
    QTest.mouseMove(window.board.handles[Tile.OPEN])
    room.qtbot.waitUntil(
        lambda: window.board.cursor().shape() is Qt.CursorShape.ArrowCursor, timeout=PATIENCE
    )


def test_only_a_lead_turns_the_names_of_clients_on(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, room: Room
) -> None:
    window = room.open()
    assert not window.setup.names.isEnabled()
    assert "Only a lead" in window.setup.names_note.text()
    people = [replace(p, role="lead") if p.id == "mira" else p for p in PEOPLE]
    other = Room(qtbot, qapp, tmp_path / "lead")
    other.desktop.desk.replica.directory.put_people(people)
    other.desktop.desk.people.refresh()
    assert is_lead(other.desktop.desk)
    window = other.open()
    assert window.setup.names.isEnabled()
    assert not window.setup.names.isChecked()
    other.type("5")
    window.setup.names.setChecked(True)
    window.setup.settle()
    assert other.beside.wall is not None
    assert other.beside.wall.feed.names
    other.close()


def test_names_that_a_lead_left_on_are_off_for_another(room: Room) -> None:
    room.desktop.settings.put("wallboard_names", True)
    room.open(Wish(metres=5))
    assert room.beside.wall is not None
    assert not room.beside.wall.feed.names


def test_damaged_settings_are_asked_for_again(room: Room) -> None:
    room.desktop.settings.put("wallboard_seats", {"HDMI-1": ["far", None], "eDP-1": 3})
    assert room.seats.of(WALL) == Seat(65, 0)
    assert room.seats.of(DESK) == Seat(14, 0)
    assert room.open(Wish()).setup.isVisible()


def rung(qtbot: QtBot, desk: Path, asked: object) -> bool:
    """Ring from another program; whether it was heard."""
    words = (str(desk), json.dumps(asked))
    program = subprocess.Popen([sys.executable, "-c", RINGING, *words], env=ENVIRONMENT)
    qtbot.waitUntil(lambda: program.poll() is not None, timeout=6 * PATIENCE)
    return program.returncode == 0


def test_another_program_asks_the_console_for_a_list(room: Room, qtbot: QtBot) -> None:
    assert rung(qtbot, room.desktop.desk.replica.path, asking(list_of(Tile.OPEN)))
    assert room.shown_list() == list_of(Tile.OPEN)


def test_another_program_asks_for_the_wallboard(room: Room) -> None:
    room.beside.bell.rung.emit({"wallboard": {"screen": 2, "inches": 65, "metres": 5}})
    assert room.screens.where == WALL


@pytest.mark.parametrize(
    "asked",
    [
        {"show": 3},
        {"show": {"view": "no such view"}},
        {"show": {"view": "all", "sort": "; DROP"}},
        {"show": {"view": ["all"]}},
        {"other": 1},
        {"wallboard": 1},
    ],
)
def test_nonsense_from_another_program_changes_nothing(room: Room, asked: object) -> None:
    before = room.shown_list()
    room.beside.bell.rung.emit(asked)
    assert room.shown_list() == before
    assert room.beside.wall is None


def test_a_list_is_understood_as_it_was_asked() -> None:
    for tile in Tile:
        assert checked(asking(list_of(tile))["show"]) == list_of(tile)


def test_nobody_hears_where_no_console_is_open(tmp_path: Path) -> None:
    assert not ring(name_of(tmp_path / "desk.sqlite"), {"show": {}})


def test_a_second_console_of_the_desk_is_heard_once_the_first_is_gone(
    room: Room, qtbot: QtBot
) -> None:
    place = room.desktop.desk.replica.path
    room.beside.bell.close()
    assert not rung(qtbot, place, {})
    second = Bell(place)
    assert second.listen()
    assert rung(qtbot, place, {})
    second.close()
