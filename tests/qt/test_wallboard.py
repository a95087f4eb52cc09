"""The wallboard's figures are the desk's, and its texts are those that can be read from afar."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.desks import TurnedClock, done, log, open_desk
from tierline.desk.board import read_board
from tierline.desk.desk import Desk
from tierline.desk.queues import Count
from tierline.domain import commands as cmd
from tierline.present.ticker import Ticker
from tierline.widgets.theme import ThemeHub
from tierline.widgets.wallboard import pen
from tierline.widgets.wallboard.board import Wallboard


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: TurnedClock) -> Iterator[Desk]:
    made = open_desk(tmp_path, clock=clock)
    for at in range(6):
        log(made, impact=1 + at % 3, urgency=1 + at % 3, tier=1 + at % 2)
    yield made
    made.replica.close()


def test_cells_add_up_to_the_counts_of_the_rail(desk: Desk, clock: TurnedClock) -> None:
    clock.turn(minutes=40)
    board, counts = read_board(desk), desk.counts()
    total = [sum(part) for part in zip(*board.cells.values(), strict=True)]
    assert Count(*total) == counts["all"] == board.everything
    for line in (1, 2, 3):
        column = [cell for (_, tier), cell in board.cells.items() if tier == line]
        assert sum(cell.total for cell in column) == counts[f"tier:{line}"].total
    assert board.everything.over > 0


def test_the_clocks_due_next_come_in_their_order_without_those_over(
    desk: Desk, clock: TurnedClock
) -> None:
    clock.turn(minutes=20)
    board = read_board(desk)
    dues = [coming.countdown.due for coming in board.coming]
    assert all(due is not None and due > clock() for due in dues)
    assert dues == sorted(dues, key=lambda due: due or clock())
    assert len({coming.number for coming in board.coming}) == len(board.coming) <= 5


def test_today_counts_what_arrived_and_what_was_resolved(desk: Desk) -> None:
    ids = desk.ids("all")
    assert isinstance(ids, list)
    done(desk.act(ids[0], cmd.Take()))
    done(desk.act(ids[0], cmd.Resolve(steps="Cleared the spooler.", message="It prints again.")))
    board = read_board(desk)
    assert (board.arrived, board.resolved) == (6, 1)
    assert board.nobody.total == 5
    assert {person.name for person in board.people} >= {"Mira", "Tobias", "Priya"}


def test_stale_figures_say_so_in_amber(
    qtbot: QtBot, qapp: QApplication, desk: Desk, clock: TurnedClock
) -> None:
    hub = ThemeHub(qapp, "light")
    board = Wallboard(hub, Ticker(lambda: clock().timestamp()), desk.zone)
    qtbot.addWidget(board)
    board.show_board(read_board(desk))
    board.resize(1920, 1080)

    def amber() -> int:
        image = board.grab().toImage()
        found = [image.pixelColor(x, y) for x in range(1000, 1500, 2) for y in range(20, 76, 2)]
        return sum(_near(each, hub.theme.soon) for each in found)

    fresh = amber()
    clock.turn(seconds=33)
    assert fresh == 0
    assert amber() > 50
    hub.deleteLater()


def test_the_smallest_text_is_readable_from_five_metres() -> None:
    # UI.md 7: cap height 16 arc-min at 5.1 m on a 65 in screen (1439 mm across).
    cap = 5.1e3 * 0.00465
    assert round(cap / (1439 / 1920) / 0.727) <= pen.SMALL
    assert (pen.TIMER, pen.COUNT) == (74, 104)


def _near(colour: QColor, wanted: QColor) -> bool:
    parts = ((colour.red(), wanted.red()), (colour.green(), wanted.green()))
    return all(abs(a - b) < 12 for a, b in (*parts, (colour.blue(), wanted.blue())))
