"""A ticket that came without a priority: said to be not judged everywhere, and never a P0."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.cli.conftest import Terminal
from tests.fakes.consoles import Desktop
from tests.fakes.desks import START, done, log, open_desk
from tierline.desk.board import Board, read_board
from tierline.desk.importing import import_files
from tierline.domain import commands as cmd
from tierline.present.queue_model import SPOKEN
from tierline.widgets.glyphs import chip
from tierline.widgets.queue.columns import Column
from tierline.widgets.queue.hints import hint
from tierline.widgets.theme import LIGHT
from tierline.widgets.wallboard.board import Wallboard
from tierline.widgets.wallboard.pen import Pen

CSV = """number,short_description,company,opened_at,state,priority
INC0000001,Printer on fire,Marrowby Foods,2026-11-02 09:00:00,New,
INC0000002,Mail is slow,Marrowby Foods,2026-11-02 10:00:00,New,4 - Low
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk into which a ticket without a priority was imported."""
    desk = open_desk(tmp_path)
    log(desk)
    file = tmp_path / "incidents.csv"
    file.write_text(CSV)
    import_files(desk, desk.book, [file], now=START)
    desk.replica.close()
    return tmp_path


@pytest.fixture
def desktop(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Desktop]:
    made = Desktop(qtbot, qapp, folder)
    yield made
    made.close()


def unjudged(desktop: Desktop) -> str:
    """The id of the ticket that was not judged, opened."""
    found = desktop.desk.find("INC0000001")
    assert found is not None
    assert found.ticket.priority == 0
    desktop.parts.queue.choose(found.ticket.id)
    desktop.window.wiring.open_ticket(found.ticket.id)
    desktop.settle()
    return found.ticket.id


def test_the_row_says_so_in_every_way(desktop: Desktop) -> None:
    made, model = unjudged(desktop), desktop.made.console.queue.model
    index = model.index(desktop.ids().index(made), int(Column.PRIORITY))
    assert model.data(index) == "not judged"
    assert str(model.data(index, SPOKEN)).startswith("not judged, INC0000001, Printer on fire")
    plan = desktop.parts.queue.plan_at(index.row())
    assert plan is not None
    assert "Not judged" in hint(plan, Column.PRIORITY, START.timestamp())


def test_its_chip_is_like_no_other(desktop: Desktop) -> None:
    del desktop
    drawn = [chip(priority, LIGHT, 1.0, 1.0).toImage() for priority in range(5)]
    assert all(drawn[0] != other for other in drawn[1:])


def test_by_priority_it_comes_last_and_first_when_turned_round_comes_p4(desktop: Desktop) -> None:
    made = unjudged(desktop)
    desktop.made.console.queue.sort("priority")
    desktop.settle()
    assert desktop.ids()[-1] == made
    desktop.made.console.queue.sort("priority", descending=True)
    desktop.settle()
    rows = desktop.desk.rows(desktop.ids())
    assert [row.priority for row in rows] == [4, 3, 0]


def test_by_the_next_action_it_comes_last_of_those_without_a_clock(desktop: Desktop) -> None:
    made = unjudged(desktop)
    found = desktop.desk.find("INC0000002")
    assert found is not None
    done(desktop.desk.act(found.ticket.id, cmd.Message(text="We look at it on Friday.")))
    last = [made, found.ticket.id]
    rows = desktop.desk.replica.tickets.listed(last)
    assert [row.act_at for row in rows] == [None, None]
    for turned, order in ((False, last[::-1]), (True, last[::-1])):
        desktop.made.console.queue.sort("next", descending=turned)
        desktop.settle()
        assert desktop.ids()[-2:] == order, turned


def test_the_pane_and_its_sheets_say_so(desktop: Desktop) -> None:
    unjudged(desktop)
    head = desktop.parts.ticket.head
    assert head.accessibleName().startswith("not judged, INC0000001")
    desktop.window.deeds.do("cancel")
    sheet = desktop.parts.book.current
    assert sheet is not None
    assert sheet.chip.isVisible()
    assert sheet.chip.accessibleName() == "not judged"
    desktop.parts.book.leave()
    desktop.window.deeds.do("prioritise")
    desktop.settle()
    sheet = desktop.parts.book.current
    assert sheet is not None
    said = " ".join(label.text() for label in sheet.findChildren(QLabel) if label.isVisible())
    assert "P0" not in said


def test_the_wallboard_counts_it_in_all_and_says_how_many(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    board: Board = read_board(desktop.desk)
    said: list[str] = []
    right = Pen.right

    def heard(pen: Pen, end: float, base: float, text: str, *more: Any) -> float:
        said.append(text)
        return right(pen, end, base, text, *more)

    monkeypatch.setattr(Pen, "right", heard)
    shown = Wallboard(desktop.made.hub, desktop.made.ticker, desktop.desk.zone)
    shown.show_board(board)
    shown.resize(1920, 1080)
    shown.grab()
    shown.deleteLater()
    assert "1 not judged" in said
    assert said.count("3") >= 2  # all that are open: 1st line, and all lines
    assert board.everything.total == 3


def test_the_commands_say_so(folder: Path) -> None:
    terminal = Terminal(folder)
    for words in (("show", "INC0000001"), ("tickets",)):
        answer = terminal.done(*words)
        assert "not judged" in answer.out, words
        assert "P0" not in answer.out, words
    shown = terminal.done("show", "INC0000001").out
    assert shown.startswith("not judged INC0000001  Printer on fire")
