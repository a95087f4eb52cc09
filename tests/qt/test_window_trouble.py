"""When the world fails: what happened, what is safe, what to do; no typed word is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.fakes.books import bundled_book
from tests.fakes.consoles import Desktop
from tests.fakes.desks import TurnedClock, log, open_desk
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.storage.replica import FILE, Replica

LONG = "The spooler was cleared once more. " * 25_000


@pytest.fixture
def full(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    """A console whose disk has no room for a long text."""
    desk = open_desk(tmp_path)
    log(desk)
    log(desk, "Scanner cannot reach dispatch", client="Marrowby Foods")
    desk.replica.close()
    with sqlite3.connect(tmp_path / FILE) as file:
        (pages,) = file.execute("PRAGMA page_count").fetchone()
    file.close()
    clock = TurnedClock()
    replica = Replica.open(tmp_path, clock(), max_pages=pages + 40)
    made = Desktop(qtbot, qapp, tmp_path, desk=Desk(replica, bundled_book(), "mira", clock))
    yield made
    made.close()


def test_an_act_that_cannot_be_written_is_told_and_nothing_changes(full: Desktop) -> None:
    first = full.ids()[0]
    full.made.console.actor.act([first], cmd.Note(text=LONG))
    full.settle()
    (band,) = full.parts.bands.lines
    assert band.isVisible()
    assert "full" in band.what.text()
    assert band.rest.text()
    view = full.desk.open_ticket(first)
    assert view is not None
    assert not any(entry.text == LONG for entry in view.timeline)
    assert full.made.console.pending == 0
    full.press(Qt.Key.Key_T)
    assert full.ticket(first).assignee == "mira"
    band.close_button.click()
    assert not full.parts.bands.isVisible()


def test_a_draft_that_cannot_be_saved_stays_in_the_window_and_is_saved_later(
    full: Desktop,
) -> None:
    first = full.ids()[0]
    full.made.console.ticket.keep_draft(first, "note", LONG)
    full.settle()
    assert full.parts.bands.lines[0].what.text() == "The draft could not be saved to disk."
    assert "still in this window" in full.parts.bands.lines[0].rest.text()
    assert full.parts.status.pending.text() == "1 change pending"
    full.made.console.ticket.keep_draft(first, "note", "Shorter")
    full.settle()
    assert [draft.text for draft in full.desk.replica.drafts.of(first)] == ["Shorter"]
    assert full.parts.status.pending.text() == "0 changes pending"


@pytest.mark.expects_logs
def test_a_mistake_of_ours_is_told_and_the_console_goes_on(full: Desktop) -> None:
    def work() -> None:
        raise ZeroDivisionError

    full.made.tasks.run("counting the queues", work, lambda _: None)
    full.settle()
    assert "mistake while counting the queues" in full.parts.bands.lines[0].what.text()
    first = full.ids()[0]
    full.press(Qt.Key.Key_T)
    assert full.ticket(first).assignee == "mira"


def test_a_refused_note_leaves_its_text_in_the_composer(full: Desktop) -> None:
    full.parts.ticket.compose("note")
    field = QApplication.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText(LONG)
    full.parts.ticket.composed.emit(cmd.Note(text=LONG))
    full.settle()
    assert field.toPlainText() == LONG


def test_controls_and_markup_in_a_ticket_are_shown_as_they_are(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    desk = open_desk(tmp_path)
    log(desk, "<b>bold</b>\u202egpj.exe\x00 <img src='file:///etc/passwd'>", client="<i>Foods</i>")
    made = Desktop(qtbot, qapp, tmp_path, desk=desk)
    made.press(Qt.Key.Key_T)
    text = made.parts.footer._undo.text
    assert text.textFormat() == Qt.TextFormat.PlainText
    assert made.window.grab().width() == made.window.width()
    made.close()
