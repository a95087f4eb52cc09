"""Sheets and window together: what a sheet asks for is done, told at its field, and seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import log, open_desk
from tierline.app.console import Session
from tierline.domain import commands as cmd
from tierline.system.settings import Settings
from tierline.widgets.sheets.importing import ImportRequest, ImportSheet

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CSV = """number,short_description,company,opened_at,state,priority
INC0000001,Printer on fire,Marrowby Foods,2026-11-02 09:00:00,New,2 - High
INC0000002,Mail is slow,Marrowby Foods,2026-11-02 10:00:00,New,3 - Moderate
"""


@pytest.fixture
def desktop(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    desk = open_desk(tmp_path)
    for at in range(4):
        log(desk, f"Label printer {at} prints blank")
    made = Desktop(qtbot, qapp, tmp_path, desk=desk)
    yield made
    made.close()


def open_sheet(desktop: Desktop) -> str:
    """The kind of the sheet that is open, "" for none."""
    current = desktop.parts.book.current
    return current.kind if current is not None else ""


def test_a_new_ticket_is_open_as_soon_as_it_is_logged(desktop: Desktop) -> None:
    desktop.press(KEY.Key_N, CTRL)
    book = desktop.parts.book
    assert open_sheet(desktop) == "log"
    command = cmd.Log(
        number="",
        subject="Badge does not open",
        channel="phone",
        client="Marrowby Foods",
        contact="Ada",
        impact=1,
        urgency=2,
    )
    book.logged.emit(command, "")
    desktop.settle()
    assert open_sheet(desktop) == ""
    view = desktop.made.console.ticket.current
    assert view is not None
    assert view.ticket.subject == "Badge does not open"
    assert desktop.parts.header.held.text() == "Order held: 1 new"


def test_a_refusal_stays_in_the_sheet_and_nothing_is_closed(desktop: Desktop) -> None:
    first = desktop.ids()[0]
    desktop.press(KEY.Key_W)
    book = desktop.parts.book
    assert open_sheet(desktop) == "wait"
    book.submitted.emit(first, cmd.ChangeStatus(status="no-such-status"))
    desktop.settle()
    assert open_sheet(desktop) == "wait"
    assert desktop.ticket(first).status == "new"


def test_a_sheet_acts_on_all_that_were_selected(desktop: Desktop) -> None:
    desktop.press(KEY.Key_J, SHIFT)
    desktop.press(KEY.Key_J, SHIFT)
    chosen = desktop.parts.queue.chosen_ids()
    desktop.window.deeds.do("assign")
    desktop.parts.book.submitted.emit(chosen[0], cmd.Assign(assignee="tobias"))
    desktop.settle()
    assert [desktop.ticket(each).assignee for each in chosen] == ["tobias"] * 3
    assert desktop.parts.footer._undo.text.text() == "Assigned 3 tickets."


def test_keys_under_a_sheet_do_nothing_to_the_list(desktop: Desktop) -> None:
    first = desktop.ids()[0]
    desktop.press(KEY.Key_W)
    for key in (KEY.Key_F5, KEY.Key_F6):
        desktop.press(key)
    assert open_sheet(desktop) == "wait"
    desktop.press(KEY.Key_Escape)
    assert open_sheet(desktop) == ""
    assert desktop.parts.queue.hasFocus()
    assert desktop.parts.queue.current_id() == first


def test_A3_sev_1_opens_over_any_other_sheet_and_a_second_f9_keeps_it(desktop: Desktop) -> None:
    desktop.press(KEY.Key_W)
    assert open_sheet(desktop) == "wait"
    desktop.press(KEY.Key_F9)
    assert open_sheet(desktop) == "sev1"
    shown = desktop.parts.book.current
    desktop.press(KEY.Key_B)
    typed = QApplication.focusWidget()
    assert isinstance(typed, QLineEdit)
    assert typed.text().casefold() == "b"
    desktop.press(KEY.Key_F9)
    assert desktop.parts.book.current is shown
    assert typed.text().casefold() == "b"


def test_the_palette_goes_to_tickets_views_people_and_acts(desktop: Desktop) -> None:
    last, chosen = desktop.ids()[-1], desktop.parts.book.chosen
    chosen.emit("ticket", last)
    desktop.settle()
    assert desktop.parts.queue.current_id() == last
    chosen.emit("act", "take")
    desktop.settle()
    assert desktop.ticket(last).assignee == "mira"
    chosen.emit("person", "mira")
    desktop.settle()
    assert desktop.ids() == [last]
    chosen.emit("view", "unassigned")
    desktop.settle()
    assert len(desktop.ids()) == 3
    chosen.emit("contact", "Elspeth Marlow")
    desktop.settle()
    assert len(desktop.ids()) == 4


def test_a_filter_is_kept_as_a_view_of_the_rail(desktop: Desktop) -> None:
    desktop.press(KEY.Key_G)
    desktop.press(KEY.Key_1)
    desktop.made.console.queue.filter("printer 2")
    desktop.settle()
    desktop.window.deeds.do("save_view")
    sheet = desktop.parts.book.current
    assert sheet is desktop.parts.book.sheet("save_view")
    assert sheet.fields["filter"].text() == "tier:1 printer 2"
    sheet.name.put("Second printer")
    sheet.send()
    desktop.settle()
    assert open_sheet(desktop) == ""
    assert desktop.parts.header.name.text() == "Second printer"
    assert len(desktop.ids()) == 1
    desktop.window.deeds.do("save_view")
    sheet.name.put("second printer")
    sheet.send()
    desktop.settle()
    assert "already" in sheet.name.error.text()
    assert len(desktop.desk.saved_views()) == 1
    desktop.press(KEY.Key_Escape)
    desktop.press(KEY.Key_Z, CTRL)
    assert desktop.desk.saved_views() == ()
    assert desktop.parts.header.name.text() == "All open", "a view that is gone is not shown on"


def test_an_import_shows_its_report_and_its_tickets(desktop: Desktop) -> None:
    file = desktop.folder / "incidents.csv"
    file.write_text(CSV)
    desktop.window.deeds.do("import")
    request = ImportRequest((file,), "", "", None, False, Event())
    desktop.parts.book.import_asked.emit(request)
    desktop.settle()
    assert desktop.desk.find("INC0000001") is not None
    desktop.parts.book.leave()
    desktop.press(KEY.Key_Period)
    assert len(desktop.ids()) == 6


def test_times_without_a_zone_are_read_in_that_of_the_source(desktop: Desktop) -> None:
    file = desktop.folder / "incidents.csv"
    file.write_text(CSV)
    desktop.window.deeds.do("import")
    sheet = desktop.parts.book.current
    assert isinstance(sheet, ImportSheet)
    sheet.choose([file])
    sheet.zone.focus()
    desktop.type("Europe/Berlin")
    desktop.press(KEY.Key_Return, CTRL)
    found = desktop.desk.find("INC0000001")
    assert found is not None
    assert found.ticket.logged_at == datetime(2026, 11, 2, 8, tzinfo=UTC)


def test_a_file_that_is_none_is_told_in_the_sheet(desktop: Desktop) -> None:
    told: list[str] = []
    desktop.made.console.imports.failed.connect(told.append)
    request = ImportRequest((desktop.folder / "nothing.csv",), "", "", None, False, Event())
    desktop.parts.book.import_asked.emit(request)
    desktop.settle()
    assert "nothing.csv" in told[0]


def test_single_keys_can_be_switched_off_and_on(desktop: Desktop) -> None:
    first = desktop.ids()[0]
    desktop.parts.book.chosen.emit("single_keys", "")
    desktop.press(KEY.Key_T)
    assert desktop.ticket(first).assignee == ""
    desktop.press(KEY.Key_K, CTRL)
    assert desktop.parts.book.current is not None
    desktop.parts.book.leave()
    desktop.parts.book.chosen.emit("single_keys", "1")
    desktop.parts.queue.setFocus()
    desktop.press(KEY.Key_T)
    assert desktop.ticket(first).assignee == "mira"


def test_another_person_sits_down_at_the_same_desk(qapp: QApplication, tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    log(desk)
    session = Session(qapp, desk, Settings(tmp_path / "settings.json"))
    session.show()
    assert session.made is not None
    before = session.made.window
    before.parts.book.chosen.emit("me", "tobias")
    QApplication.processEvents()
    assert session.made.window is not before
    assert session.desk.me == "tobias"
    assert session.made.window.parts.toolbar.me.text() == "Tobias Lund"
    session.end()
    again = Session(qapp, open_desk(tmp_path), Settings(tmp_path / "settings.json"))
    assert again.desk.me == "tobias"
    again.end()
    session.made.window.deleteLater()
    for each in (session, again):
        each.hub.deleteLater()
    QApplication.processEvents()
