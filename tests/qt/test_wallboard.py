"""What is painted on the wall can be read from afar, and a second paints only what it changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.design_board import NOW, ZONE, design_board
from tests.fakes.desks import TurnedClock
from tests.fakes.wall_texts import written
from tierline.desk.board import Board, OnShift
from tierline.desk.queues import Count
from tierline.desk.wall_size import Shown
from tierline.present.ticker import Ticker
from tierline.present.wall_lists import Tile
from tierline.widgets.theme import ThemeHub
from tierline.widgets.wallboard import pen
from tierline.widgets.wallboard.board import Wallboard
from tierline.widgets.wallboard.layout import layout

LTR, RTL = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
SIZES = ((1920, 1080), (3840, 2160), (1280, 720), (1080, 1920), (2560, 1080))


class Watched(Wallboard):
    """Knows what it was asked to paint."""

    painted: QRegion

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted = self.painted.united(event.region())
        super().paintEvent(event)


class Wall:
    """A board with the design's figures and a clock to turn."""

    def __init__(self, qtbot: QtBot, app: QApplication) -> None:
        self.qtbot = qtbot
        self.clock = TurnedClock(NOW)
        self.hub = ThemeHub(app, "light")
        self.ticker = Ticker(lambda: self.clock().timestamp())
        self.board = Watched(self.hub, self.ticker, ZONE)
        self.board.painted = QRegion()
        qtbot.addWidget(self.board)
        self.board.show_board(design_board())
        self.board.resize(1920, 1080)

    def picture(self) -> QImage:
        return self.board.grab().toImage()

    def settle(self) -> None:
        """Paint all that a window system still asks for after showing something."""
        painted = True
        while painted:
            self.board.painted = QRegion()
            QApplication.processEvents()
            painted = not self.board.painted.isEmpty()

    def tick(self, **later: float) -> QRegion:
        """What a tick so much later paints."""
        self.settle()
        self.board.tick(self.clock.turn(**later).timestamp())
        QApplication.processEvents()
        return self.board.painted


@pytest.fixture
def wall(qtbot: QtBot, qapp: QApplication) -> Iterator[Wall]:
    made = Wall(qtbot, qapp)
    yield made
    made.hub.deleteLater()


def crowded() -> Board:
    """All that can be large or long at once, in any writing."""
    board = design_board()
    names = ("Élodie-Anastasia", "عبد الرحمن", "🦊🦊🦊 Team", "Wolfeschlegelsteinhausen", "李")
    people = [OnShift(name, 99_999, out=True) for name in (*names, "Ann", "Bob")]
    cells = {(p, line): Count(12_345, 12, 3) for p in range(5) for line in (1, 2, 3)}
    coming = tuple(
        each._replace(number="INC000000012345", word="Genehmigung durch den Kunden")
        for each in board.coming
    )
    return board._replace(
        place="Ho Chi Minh City and Thủ Đức",
        shift="Closed until Mon 08:00",
        everything=Count(185_175, 180, 45),
        nobody=Count(99_999, 99_999),
        untouched=Count(50_000),
        cells=cells,
        coming=coming,
        people=(*people, OnShift("", 1_000, more=88)),
        trend=board.trend._replace(arrived=(99_999,), resolved=(88_888,)),
    )


@pytest.mark.parametrize("shown", Shown)
@pytest.mark.parametrize("board", [design_board(), crowded()], ids=["design", "crowded"])
def test_no_text_is_smaller_than_can_be_read(
    wall: Wall, monkeypatch: pytest.MonkeyPatch, shown: Shown, board: Board
) -> None:
    wall.board.show_much(shown)
    wall.board.show_board(board)
    with written(monkeypatch) as texts:
        wall.picture()
    assert min(each.size for each in texts if each.size) == pen.SMALL
    assert layout(shown).wide * shown == pytest.approx(1920 * pen.SMALL)


@pytest.mark.parametrize("stale", [0, 33], ids=["fresh", "stale"])
@pytest.mark.parametrize("shown", Shown)
@pytest.mark.parametrize("board", [design_board(), crowded()], ids=["design", "crowded"])
def test_no_text_lies_over_another_or_leaves_its_tile(
    wall: Wall, monkeypatch: pytest.MonkeyPatch, shown: Shown, board: Board, stale: int
) -> None:
    wall.board.show_much(shown)
    wall.clock.turn(seconds=stale)
    wall.board.show_board(board)
    with written(monkeypatch) as texts:
        wall.picture()
    over = [(a.text, b.text) for a, b in combinations(texts, 2) if a.box.intersects(b.box)]
    assert not over
    laid = layout(shown)
    grounds = [QRectF(*each) for each in (laid.head, *laid.ground)]
    out = [each.text for each in texts if not any(g.contains(each.box) for g in grounds)]
    assert not out


def test_the_design_has_all_its_words(wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    with written(monkeypatch) as texts:
        wall.picture()
    said = [each.text for each in texts]
    head = ("Sydney desk", "Day shift", "Data as of 10:42:07", "Thu 5 Nov 10:42")
    first = ("Next to breach", "2 over now", "CS0012372", "Update", "05:52", "44:52", "Access off")
    rest = ("47", "86", "/ 95", "Nobody on it", "1 over", "Untouched", "Ravi", "04:00", "23", "14")
    missing = {*head, *first, *rest} - {*said}
    assert not missing


def test_a_second_paints_the_timers_and_the_head_and_nothing_else(wall: Wall) -> None:
    wall.board.show()
    painted = wall.tick(seconds=1)
    tiles = wall.board.handles
    for tile in Tile:
        touched = painted.intersects(tiles[tile].geometry())
        assert touched == (tile is Tile.NEXT), tile
    assert not wall.tick(seconds=0).intersects(tiles[Tile.NEXT].geometry())
    rows = wall.tick(seconds=1).intersected(tiles[Tile.NEXT].geometry()).boundingRect()
    assert rows.top() > tiles[Tile.NEXT].y() + 50  # not the title


def test_what_was_painted_in_parts_is_what_is_painted_at_once(wall: Wall) -> None:
    wall.board.show()
    for _ in range(3):
        wall.tick(seconds=61)
    QApplication.processEvents()
    in_parts = wall.board.screen().grabWindow(wall.board.winId()).toImage()
    whole = wall.picture()
    if not in_parts.isNull():
        assert in_parts.convertedTo(whole.format()) == whole


def test_the_count_of_what_is_over_is_always_in_the_first_tile(
    wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = design_board()
    for over in (0, 2, 120):
        for shown in Shown:
            wall.board.show_much(shown)
            wall.board.show_board(board._replace(everything=Count(200, over)))
            with written(monkeypatch) as texts:
                wall.picture()
            assert f"{over} over now" in [each.text for each in texts]
            assert f"{over} over now" in wall.board.handles[Tile.NEXT].accessibleName()


def test_stale_figures_say_so_in_words_and_amber(
    wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said() -> tuple[list[str], int]:
        with written(monkeypatch) as texts:
            image = wall.picture()
        amber = [image.pixelColor(x, y) for x in range(800, 1500, 2) for y in range(20, 76, 2)]
        return [t.text for t in texts], sum(_near(c, wall.hub.theme.soon) for c in amber)

    wall.tick(seconds=4)  # 5 s old, since the figures are of a second ago
    assert said()[1] == 0
    wall.tick(seconds=1)
    words, amber = said()
    assert "Data as of 10:42:07, 6 s old" in words
    assert amber > 50
    wall.board.hear(wall.clock().timestamp())
    wall.tick(seconds=1)
    words, amber = said()
    assert "Data as of 10:42:13" in words
    assert amber == 0


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (timedelta(minutes=3), "Data as of 10:42:07, 3 min old"),
        (timedelta(hours=2), "Data as of 10:42:07, 2 h old"),
        (timedelta(hours=20), "Data as of Thu 10:42:07, 20 h old"),
    ],
)
def test_the_age_is_told_in_what_suits_it(
    wall: Wall, monkeypatch: pytest.MonkeyPatch, later: timedelta, words: str
) -> None:
    wall.tick(seconds=later.total_seconds())
    with written(monkeypatch) as texts:
        wall.picture()
    assert words in [each.text for each in texts]


def test_why_no_newer_figures_come_is_said_beside_their_age(
    wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall.board.hear(NOW.timestamp(), "No link")
    wall.tick(seconds=1)
    with written(monkeypatch) as texts:
        wall.picture()
    assert "No link" not in [each.text for each in texts]  # it is not stale yet
    wall.tick(seconds=30)
    with written(monkeypatch) as texts:
        wall.picture()
    assert "No link" in [each.text for each in texts]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("direction", [LTR, RTL])
def test_every_tile_that_is_shown_can_be_clicked_and_has_a_key(
    wall: Wall, size: tuple[int, int], direction: Qt.LayoutDirection
) -> None:
    asked: list[Tile] = []
    wall.board.setLayoutDirection(direction)
    wall.board.asked.connect(asked.append)
    wall.board.resize(*size)
    wall.board.show()
    for shown in Shown:
        wall.board.show_much(shown)
        asked.clear()
        seen = [tile for tile, handle in wall.board.handles.items() if handle.isVisible()]
        for tile in seen:
            QTest.mouseClick(wall.board.handles[tile], Qt.MouseButton.LeftButton)
        assert asked == seen == list(layout(shown).boxes)
        for handle in (wall.board.handles[tile] for tile in seen):
            assert wall.board.rect().contains(handle.geometry())
            assert handle.focusPolicy() & Qt.FocusPolicy.TabFocus
            assert handle.accessibleName()
            assert min(handle.width(), handle.height()) >= 24


def test_a_screen_reader_hears_a_tile_in_words(wall: Wall) -> None:
    names = {tile: handle.accessibleName() for tile, handle in wall.board.handles.items()}
    assert names == {
        Tile.NEXT: "Next to breach: 2 over now, P1 CS0012372 Update, P2 CS0012376 Update, "
        "P3 CS0012361 Response, P3 CS0012349 Line limit, P2 CS0012386 Access off",
        Tile.OPEN: "Open now: 47 open, 2 over, 4 due soon",
        Tile.KEPT: "SLA met today: P1 100 %, goal 95 %; P2 86 %, goal 95 %; "
        "P3 97 %, goal 90 %; P4 100 %, goal 90 %",
        Tile.NOBODY: "Nobody on it: 6 open, 1 over, 0 due soon",
        Tile.UNTOUCHED: "Untouched: 2",
        Tile.PEOPLE: "On shift: Mira 8; Tobias 7; Priya 5; Hana 3; Ines 6; Callum 5; "
        "Ravi 3, on a visit; Viktor 3",
        Tile.TREND: "Today 23 arrived, 14 were resolved",
    }
    wall.tick(seconds=1)
    assert wall.board.handles[Tile.NEXT].accessibleName() == names[Tile.NEXT]


@pytest.mark.parametrize("shown", Shown)
def test_the_clients_of_the_next_are_shown_where_a_lead_wants_them(
    wall: Wall, monkeypatch: pytest.MonkeyPatch, shown: Shown
) -> None:
    board = design_board()
    coming = tuple(each._replace(client="Pellow & Voss") for each in board.coming)
    wall.board.show_much(shown)
    wall.board.show_board(board._replace(coming=coming))
    with written(monkeypatch) as texts:
        wall.picture()
    named = sum(each.text.startswith("Pel") for each in texts)
    assert named == (0 if shown is Shown.LEAST else 5)  # there is no room where text is largest


def test_a_desk_with_nothing_to_do_says_so(wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    board = design_board()
    bare = board._replace(
        everything=Count(), nobody=Count(), untouched=Count(), cells={}, coming=(), people=(),
        kept={}, trend=board.trend._replace(arrived=(), resolved=()),
    )  # fmt: skip
    wall.board.show_board(bare)
    with written(monkeypatch) as texts:
        wall.picture()
    said = [each.text for each in texts]
    assert {"No clock runs.", "0 over now", "Nobody"} <= {*said}
    assert said.count("none yet") == 4


def test_every_shape_is_told_apart_without_colour(wall: Wall) -> None:
    board = design_board()
    pictures = []
    for count in (Count(9), Count(9, 0, 1), Count(9, 1)):
        wall.board.show_board(board._replace(cells={(2, 1): count}))
        image = wall.picture().convertToFormat(QImage.Format.Format_Grayscale8)
        pictures.append(image)
    assert all(a != b for a, b in combinations(pictures, 2))


def _near(colour: QColor, wanted: QColor) -> bool:
    parts = ((colour.red(), wanted.red()), (colour.green(), wanted.green()))
    return all(abs(a - b) < 12 for a, b in (*parts, (colour.blue(), wanted.blue())))
