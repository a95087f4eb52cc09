"""Acts on a selection in the whole window: looked at first, done in one, undone in one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import done, log, open_desk
from tierline.desk.acting import Done
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal, WorldError
from tierline.present import acting

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desktop(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    desk = open_desk(tmp_path)
    for number in range(6):
        log(desk, f"Printer {number}")
    made = Desktop(qtbot, qapp, tmp_path, desk=desk)
    yield made
    made.close()


def choose_all(desktop: Desktop) -> list[str]:
    desktop.parts.queue.setFocus()
    desktop.press(KEY.Key_A, CTRL)
    ids = desktop.parts.queue.chosen_ids()
    assert len(ids) > 1
    return ids


def history(desktop: Desktop, ticket_id: str) -> list[str]:
    return [r.operation.kind for r in desktop.desk.replica.tickets.operations(ticket_id)]


def test_who_cannot_is_shown_with_the_reason_before_anything_is_done(desktop: Desktop) -> None:
    ids = desktop.ids()
    done(desktop.desk.act(ids[2], cmd.Take()))
    done(desktop.desk.act(ids[2], cmd.StartTimer()))
    done(desktop.desk.act(ids[2], cmd.Resolve(steps="Done already")))
    choose_all(desktop)
    desktop.window.deeds.do("resolve")
    desktop.settle()
    sheet = desktop.parts.book.current
    assert sheet is not None
    assert sheet.title.text() == "Resolve 6 tickets"
    desktop.type("Rebooted the print server")
    desktop.press(KEY.Key_Return, CTRL)
    preview = desktop.parts.book.current
    assert preview is desktop.parts.book.sheet("bulk")
    assert preview.title.text() == "Resolve 5 tickets"
    barred = [row for row in preview.list.rows if row.reason]
    assert [row.value for row in barred] == [ids[2]]
    assert "cannot be resolved" in preview.list.sentence(barred[0])
    told = [row.note for row in preview.list.rows if row.what and not row.reason]
    assert all("Elspeth" in words and "Rebooted the print server" in words for words in told)
    assert {history(desktop, each)[-1] for each in ids} == {"log", "resolve"}
    desktop.press(KEY.Key_Return, CTRL)
    assert desktop.parts.book.current is None
    assert [desktop.ticket(each).ended for each in ids] == ["resolved"] * 6
    assert desktop.parts.footer._undo.text.text() == "Resolved 5 tickets."
    desktop.press(KEY.Key_Z, CTRL)
    assert [desktop.ticket(each).ended for each in ids].count("resolved") == 1


def test_a_text_for_many_is_kept_until_it_is_done(desktop: Desktop) -> None:
    ids = choose_all(desktop)
    desktop.press(KEY.Key_M)
    sheet = desktop.parts.book.current
    assert sheet is desktop.parts.book.sheet("message_many")
    assert sheet.title.text() == "Write to the contacts of 6 tickets"
    desktop.type("the printers are back. {number}")
    desktop.press(KEY.Key_Return, CTRL)
    rows = desktop.parts.book.sheet("bulk").list.rows
    assert "Hello Elspeth, the printers are back. CS0000001" in [row.note for row in rows]
    desktop.press(KEY.Key_Escape)
    assert {tuple(history(desktop, each)) for each in ids} == {("log",)}
    desktop.press(KEY.Key_M)
    assert "the printers are back" in sheet.text.text(), "nothing that was typed is lost"
    desktop.press(KEY.Key_Return, CTRL)
    desktop.press(KEY.Key_Return, CTRL)
    assert {tuple(history(desktop, each)) for each in ids} == {("log", "message")}
    desktop.press(KEY.Key_M)
    assert sheet.text.text() == "Hello {contact},", "what was sent is no draft"


def test_a_sheet_opened_again_has_what_was_typed_in_it(desktop: Desktop) -> None:
    desktop.press(KEY.Key_R)
    sheet = desktop.parts.book.current
    desktop.type("Rebooted the print server")
    desktop.press(KEY.Key_Escape)
    desktop.press(KEY.Key_R)
    assert sheet is desktop.parts.book.sheet("resolve")
    assert sheet.steps.text() == "Rebooted the print server"


def test_a_note_goes_to_all_of_them_at_once(desktop: Desktop) -> None:
    ids = choose_all(desktop)
    desktop.press(KEY.Key_N)
    desktop.type("Same cause")
    desktop.press(KEY.Key_Return, CTRL)
    assert desktop.parts.book.current is None
    assert {tuple(history(desktop, each)) for each in ids} == {("log", "note")}
    assert desktop.parts.footer._undo.text.text() == "Noted on 6 tickets."


def test_a_long_run_tells_how_far_it_is_and_can_be_stopped(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acting, "FEW", 3)
    monkeypatch.setattr(acting, "PORTION", 2)
    ids, footer, actor = choose_all(desktop), desktop.parts.footer, desktop.made.console.actor
    told: list[tuple[int, int, str]] = []

    def stop_at_four(at: int, total: int) -> None:
        told.append((at, total, footer._many.text.text()))
        if at == 4:
            footer._many.button.click()

    actor.progressed.connect(stop_at_four)
    desktop.press(KEY.Key_T)
    assert [each[:2] for each in told] == [(0, 6), (2, 6), (4, 6), (0, 0)]
    assert told[1][2] == "2 of 6 tickets done"
    taken = [each for each in ids if desktop.ticket(each).assignee == "mira"]
    assert len(taken) == 4
    assert footer._stack.currentWidget() is footer._undo
    desktop.press(KEY.Key_Z, CTRL)
    assert {desktop.ticket(each).assignee for each in ids} == {""}


def test_a_failure_in_the_middle_loses_nothing_and_can_be_undone(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = choose_all(desktop)
    real, calls = acting.act_filled, []

    def full(desk: object, ticket_id: str, command: cmd.Command) -> Done | Refusal:
        calls.append(ticket_id)
        if len(calls) == 4:
            raise WorldError("The disk is full.", safe="Nothing was lost.", todo="Free some.")
        return real(desk, ticket_id, command)  # type: ignore[arg-type]

    monkeypatch.setattr(acting, "act_filled", full)
    desktop.press(KEY.Key_T)
    assert [desktop.ticket(each).assignee for each in ids] == ["mira"] * 3 + [""] * 3
    assert desktop.parts.footer._undo.text.text() == "Taken 3 tickets."
    assert desktop.made.console.pending == 0
    desktop.press(KEY.Key_Z, CTRL)
    assert {desktop.ticket(each).assignee for each in ids} == {""}
