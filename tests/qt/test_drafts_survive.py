"""What was typed is on the disk within a second, and back in its field after kill -9."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import log, open_desk

TEXT = "Hi Elspeth, two of the four partners can sign in again."
PROGRAM = f"""
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.fakes.desks import open_desk
from tierline.app.console import Session, application
from tierline.looping import run
from tierline.system.settings import Settings

folder = Path(sys.argv[1])
session = Session(application(), open_desk(folder), Settings(folder / "settings.json"))
session.show()
made = session.made
typed = []

def type_once(view):
    if view is None or typed:
        return
    made.window.parts.ticket.compose("message")
    QTest.keyClicks(QApplication.focusWidget(), {TEXT!r})
    typed.append(view)
    print("typed", flush=True)

def saved(draft):
    print(draft.text, flush=True)

made.console.ticket.shown.connect(type_once)
made.console.ticket.draft_saved.connect(saved)
run(session.app, session.begin, session.end, session.report)
"""


def started(folder: Path) -> subprocess.Popen[str]:
    """A console of its own that types a message and says when it is on the disk."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


def first_line(console: subprocess.Popen[str], wanted: str) -> str:
    """The first line the console says that has `wanted` in it, "" if it ended before."""
    assert console.stdout is not None
    line = console.stdout.readline()
    while line and wanted not in line:
        line = console.stdout.readline()
    return line


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_draft_is_back_after_the_console_was_killed(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    desk = open_desk(tmp_path)
    ticket_id = log(desk)
    desk.replica.close()
    console = started(tmp_path)
    line = first_line(console, TEXT)
    console.send_signal(signal.SIGKILL)
    console.communicate()
    assert line.strip() == TEXT

    again = Desktop(qtbot, qapp, tmp_path)
    assert [d.text for d in again.desk.replica.drafts.of(ticket_id)] == [TEXT]
    again.parts.ticket.compose("message")
    field = QApplication.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    assert field.toPlainText() == TEXT
    again.close()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM is POSIX")
def test_a_polite_request_to_end_saves_what_was_typed_a_moment_ago(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    ticket_id = log(desk)
    console = started(tmp_path)
    assert first_line(console, "typed")
    console.send_signal(signal.SIGTERM)
    console.communicate(timeout=60)
    assert console.returncode == 0
    assert [d.text for d in desk.replica.drafts.of(ticket_id)] == [TEXT]
    desk.replica.close()


def test_closing_the_window_keeps_what_was_typed_a_moment_ago(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    desk = open_desk(tmp_path)
    ticket_id = log(desk)
    made = Desktop(qtbot, qapp, tmp_path, desk=desk)
    made.parts.ticket.compose("note")
    made.type("Half a thought")
    made.close()
    again = open_desk(tmp_path)
    assert [d.text for d in again.replica.drafts.of(ticket_id)] == ["Half a thought"]
    again.replica.close()


def test_a_draft_belongs_to_the_ticket_it_was_typed_on(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    desk = open_desk(tmp_path)
    log(desk, "One")
    log(desk, "Two")
    made = Desktop(qtbot, qapp, tmp_path, desk=desk)
    first, second = made.ids()
    made.parts.ticket.compose("note")
    made.type("About the first")
    made.parts.queue.choose(second)
    made.settle()
    assert [d.text for d in made.desk.replica.drafts.of(first)] == ["About the first"]
    assert made.desk.replica.drafts.of(second) == ()
    made.parts.queue.choose(first)
    made.settle()
    made.parts.ticket.compose("note")
    field = QApplication.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    assert field.toPlainText() == "About the first"
    made.close()
