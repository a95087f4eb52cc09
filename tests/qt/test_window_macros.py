"""Macros and keys in the whole window: recorded, shown before they run, one undo; rebound keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import log, open_desk
from tierline.domain import macros as steps
from tierline.domain.macros import Macro
from tierline.present.acts import ACTS
from tierline.present.bindings import FIXED, bind, holder, keys_of
from tierline.system.settings import Settings

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
ASK = Macro(
    id="ask",
    name="Ask for the serial",
    key="Alt+1",
    steps=(
        steps.TakeStep(),
        steps.MessageStep(text="Hello {contact}, which serial number has {number}?"),
        steps.StatusStep(status="waiting-client", reason="serial"),
    ),
)


@pytest.fixture
def desktop(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    desk = open_desk(tmp_path)
    log(desk, "Printer")
    log(desk, "Scanner")
    desk.replica.templates.put([ASK])
    made = Desktop(qtbot, qapp, tmp_path, desk=desk)
    yield made
    made.close()


def sheet(desktop: Desktop, kind: str) -> Any:
    assert desktop.parts.book.current is desktop.parts.book.sheet(kind)
    return desktop.parts.book.current


def history(desktop: Desktop, ticket_id: str) -> list[str]:
    return [r.operation.kind for r in desktop.desk.replica.tickets.operations(ticket_id)]


def test_a_macros_key_shows_what_it_would_do_and_enter_has_it_done(desktop: Desktop) -> None:
    first = desktop.ids()[0]
    desktop.press(KEY.Key_1, ALT)
    shown = sheet(desktop, "run_macro")
    assert shown.list.rows[0].text == "1  Take it"
    assert shown.list.rows[1].note == "Hello Elspeth, which serial number has CS0000001?"
    assert history(desktop, first) == ["log"]
    desktop.press(KEY.Key_Return, CTRL)
    assert desktop.parts.book.current is None
    assert history(desktop, first) == ["log", "take", "message", "changestatus"]
    assert desktop.parts.footer._undo.text.text() == "Ask for the serial: 3 steps on CS0000001."
    desktop.press(KEY.Key_Z, CTRL)
    assert desktop.ticket(first).assignee == ""
    assert desktop.ticket(first).status == "new"


def test_a_macro_that_would_stop_says_where_and_stops_there(desktop: Desktop) -> None:
    first = desktop.ids()[0]
    bad = (steps.NoteStep(text="Seen"), steps.StatusStep(status="nowhere"))
    desktop.desk.replica.templates.put([Macro(id="bad", name="Bad", steps=bad)])
    desktop.window.deeds.do("macro:bad")
    shown = sheet(desktop, "run_macro")
    assert "It stops before step 2" in shown.lack.text()
    assert shown.list.rows[1].reason
    desktop.press(KEY.Key_Return, CTRL)
    assert history(desktop, first) == ["log", "note"]
    assert "Bad stopped at step 2 of 2" in desktop.parts.footer._note.text.text()
    assert "Done before it: Note." in desktop.parts.footer._note.text.toolTip()
    desktop.press(KEY.Key_Z, CTRL)
    assert history(desktop, first) == ["log", "note", "undo"]


def test_what_was_done_last_becomes_a_macro(desktop: Desktop) -> None:
    desktop.window.deeds.do("record_macro")
    assert desktop.parts.book.current is None, "there is nothing to record yet"
    desktop.press(KEY.Key_T)
    desktop.press(KEY.Key_M)
    desktop.type("Hello Elspeth, CS0000001 is ours now.")
    desktop.press(KEY.Key_Return, CTRL)
    desktop.window.deeds.do("record_macro")
    writing = sheet(desktop, "macro")
    assert writing._steps == [
        steps.TakeStep(),
        steps.MessageStep(text="Hello {contact}, {number} is ours now."),
    ]
    desktop.type("Welcome")
    writing.key.focus()
    desktop.press(KEY.Key_T)
    assert "taken" in writing.key.error.text()
    assert not writing.primary.isEnabled()
    desktop.press(KEY.Key_2, ALT)
    desktop.press(KEY.Key_Return, CTRL)
    kept = {each.name: each for each in desktop.desk.replica.templates.macros("mira")}
    assert kept["Welcome"].key == "Alt+2"
    desktop.parts.queue.choose(desktop.ids()[1])
    desktop.settle()
    desktop.press(KEY.Key_2, ALT)
    assert "Hello Elspeth, CS0000002 is ours now." in sheet(desktop, "run_macro").list.rows[1].note


def test_a_macro_is_written_step_by_step(desktop: Desktop) -> None:
    desktop.window.deeds.do("macros")
    listed = sheet(desktop, "macros")
    assert [each.text for each in listed.list.rows] == ["Ask for the serial"]
    listed.new()
    writing = sheet(desktop, "macro")
    writing.name.put("Close down")
    writing.add_step()
    writing.text.entry.setPlainText("Asked by phone")
    writing.add_step()
    writing.what.put("time")
    assert writing.lacks() == [("text", "the minutes of step 3")]
    writing.minutes.entry.setText("15")
    writing._changed()
    writing.move_step(-1)
    writing.send()
    desktop.settle()
    (made,) = [m for m in desktop.desk.replica.templates.macros("mira") if m.name == "Close down"]
    assert made.steps == (
        steps.TakeStep(),
        steps.TimeStep(minutes=15),
        steps.NoteStep(text="Asked by phone"),
    )
    assert made.owner == "mira"


def test_dropping_in_the_list_is_taken_back_there(desktop: Desktop) -> None:
    desktop.window.deeds.do("macros")
    desktop.settle()
    listed = sheet(desktop, "macros")
    desktop.press(KEY.Key_Delete)
    assert list(listed.list.rows) == []
    listed.name.hide()
    desktop.press(KEY.Key_Z, CTRL, on=listed)
    assert [each.text for each in listed.list.rows] == ["Ask for the serial"]


def test_a_key_is_given_to_another_act_and_is_in_force_at_once(desktop: Desktop) -> None:
    first = desktop.ids()[0]
    desktop.window.deeds.do("keys")
    shown = sheet(desktop, "keys")
    at = next(n for n, row in enumerate(shown.left.rows) if row.value == "take")
    shown.left.choose(at)
    shown.left.setFocus()
    desktop.press(KEY.Key_Return)
    assert shown.key.isVisible()
    desktop.press(KEY.Key_E)
    assert "E is taken: Escalate one line." in shown.key.error.text()
    desktop.press(KEY.Key_D)
    assert keys_of(desktop.settings)["take"] == ("D",)
    assert shown.left.choice().keys == ("D",)
    assert desktop.parts.ticket.acts._buttons["take"]._key == "D"
    desktop.press(KEY.Key_Escape)
    desktop.press(KEY.Key_T)
    assert desktop.ticket(first).assignee == ""
    desktop.press(KEY.Key_D)
    assert desktop.ticket(first).assignee == "mira"


def test_one_key_is_switched_off_and_all_are_as_usual_again(desktop: Desktop) -> None:
    first = desktop.ids()[0]
    desktop.window.deeds.do("keys")
    shown = sheet(desktop, "keys")
    shown.left.choose(next(n for n, row in enumerate(shown.left.rows) if row.value == "take"))
    shown.left.setFocus()
    desktop.press(KEY.Key_Delete)
    assert keys_of(desktop.settings)["take"] == ()
    shown.all_usual()
    desktop.settle()
    assert keys_of(desktop.settings)["take"] == ("T",)
    desktop.press(KEY.Key_Escape)
    desktop.press(KEY.Key_T)
    assert desktop.ticket(first).assignee == "mira"


def test_every_act_can_be_found_in_the_list_of_keys(desktop: Desktop) -> None:
    desktop.window.deeds.do("keys")
    shown = sheet(desktop, "keys")
    rows = [row.value for row in (*shown.left.rows, *shown.right.rows)]
    assert set(ACTS) <= set(rows)
    assert "macro:ask" in rows


def test_clashes_are_found_and_acts_go_before_macros(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    keys = keys_of(settings, [ASK, Macro(id="two", name="Two", key="Alt+1")])
    assert (keys["macro:ask"], keys["macro:two"]) == (("Alt+1",), ())
    assert holder("T", "resolve", keys) == ACTS["take"].word
    assert holder("T", "take", keys) == ""
    assert holder("Alt+1", "take", keys, [ASK]) == ASK.name
    assert holder("J", "take", keys) == FIXED["J"]
    bind(settings, "take", ("Alt+1",))
    assert keys_of(settings, [ASK])["macro:ask"] == ()
    settings.put("single_keys", False)
    assert keys_of(settings, [Macro(id="z", name="Z", key="Z")])["macro:z"] == ()


def test_a_macro_is_found_in_the_palette(desktop: Desktop) -> None:
    desktop.press(KEY.Key_K, CTRL)
    desktop.type("serial")
    desktop.settle()
    row = sheet(desktop, "palette").list.choice()
    assert (row.what, row.value, row.keys) == ("macro", "ask", ("Alt 1",))
    desktop.press(KEY.Key_Return)
    assert sheet(desktop, "run_macro").title.text() == "Ask for the serial, on CS0000001"
