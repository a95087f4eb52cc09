"""The palette and the other sheets of no ticket: found by typing, run by Enter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.desks import done, log
from tests.qt.sheet_scene import KEY, SheetScene, texts
from tierline.desk.importing import ImportReport, Progress
from tierline.domain import commands as cmd
from tierline.present.wishes import Keep
from tierline.storage.records import SavedView
from tierline.widgets.sheets.importing import ImportRequest
from tierline.widgets.theme import ThemeHub


@pytest.fixture(scope="module")
def hub(qapp: QApplication) -> ThemeHub:
    return ThemeHub(qapp, "light")


@pytest.fixture
def scene(qtbot: QtBot, hub: ThemeHub, tmp_path: Path) -> Iterator[SheetScene]:
    made = SheetScene(qtbot, hub, tmp_path)
    yield made
    made.close()


def test_commands_come_first_then_views_tickets_people(scene: SheetScene) -> None:
    log(scene.desk, "Escrow folder is not shared")
    sheet = scene.open("palette")
    scene.type("esc")
    rows = sheet.list.rows
    assert [row.text for row in rows if not row.what] == [
        f"On {scene.ticket.number}, Printer gateway is silent",
        "Go to",
        "Tickets and people",
        "Not now",
    ]
    first = sheet.list.choice()
    assert (first.text, first.spans) == ("Escalate to 2nd line", ((0, 3),))
    barred = next(row for row in rows if row.text == "Escalate straight to 3rd line")
    assert "3rd line takes no tickets from 1st line" in barred.reason


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("esc", ("act", "escalate")),
        ("my work", ("view", "my")),
        ("priya", ("person", "priya")),
        ("elspeth", ("contact", "Elspeth Marlow")),
        (">sev", ("act", "sev1")),
    ],
)
def test_enter_runs_what_is_highlighted_once_it_is_closed(
    scene: SheetScene, typed: str, what: tuple[str, str]
) -> None:
    scene.open("palette")
    scene.type(typed)
    scene.press(KEY.Key_Return)
    assert scene.chosen == [what]
    assert scene.book.current is None
    assert scene.list.hasFocus()


def test_a_number_is_found_with_a_hash(scene: SheetScene) -> None:
    scene.open("palette")
    scene.type("#" + scene.ticket.number.lstrip("CS0"))
    scene.press(KEY.Key_Return)
    assert scene.chosen == [("ticket", scene.id)]


def test_what_cannot_run_is_reached_last_and_heard_with_its_reason(scene: SheetScene) -> None:
    done(scene.desk.act(scene.id, cmd.Resolve(steps="done")))
    sheet = scene.open("palette")
    scene.type(">re")
    for _ in range(30):
        scene.press(KEY.Key_Down)
        assert sheet.list.choice().what, "arrows pass over headings"
    barred = next(row for row in sheet.list.rows if row.text == "Resolve")
    assert "cannot be resolved" in barred.reason
    assert sheet.list.sentence(barred).startswith("Resolve, not now: ")
    sheet.list.choose(sheet.list.rows.index(barred))
    assert "not now: " in sheet.entry.accessibleDescription()
    scene.press(KEY.Key_Return)
    assert scene.chosen == []
    assert sheet.isVisible()


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("esclate", ("act", "escalate")),
        ("elspteh", ("contact", "Elspeth Marlow")),
        ("brackefnold", ("client", "Brackenfold Dental")),
        (">reslove", ("act", "resolve")),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(
    scene: SheetScene, typed: str, what: tuple[str, str]
) -> None:
    sheet = scene.open("palette")
    scene.type(typed)
    row = sheet.list.choice()
    assert row.mark == what
    assert row.spans, "the letters that do fit are marked"
    assert all(row.text[start : start + length] for start, length in row.spans)


def test_a_client_is_found_and_tab_tells_more(scene: SheetScene) -> None:
    sheet = scene.open("palette")
    scene.type("brackenfold")
    assert sheet.list.choice().what == "client"
    scene.press(KEY.Key_Tab)
    assert sheet.detail.isVisible()
    assert sheet.detail.text().startswith("Brackenfold Dental\nPolicy playbook")
    assert sheet.entry.hasFocus()
    scene.press(KEY.Key_Tab)
    assert not sheet.detail.isVisible()


def test_what_was_run_lately_comes_first(scene: SheetScene) -> None:
    gone = ("ticket", "no such ticket")
    sheet = scene.open("palette", recent=(gone, ("view", "due"), ("act", "note")))
    assert [row.text for row in sheet.list.rows[:3]] == ["Recent", "Due soon", "Note"]
    scene.type("re")
    usual = [row.value for row in sheet.list.rows if row.what == "act"]
    scene.press(KEY.Key_Escape)
    sheet = scene.open("palette", recent=(("act", "reopen"), ("act", "received")))
    scene.type("re")
    now = [row.value for row in sheet.list.rows if row.what == "act"]
    assert sorted(now) == sorted(usual)
    assert now != usual


def test_keys_are_those_in_force(scene: SheetScene) -> None:
    sheet = scene.open("palette", keys={"resolve": ("Ctrl+R",)})
    scene.type("resolve")
    assert sheet.list.choice().keys == ("Ctrl R",)


def test_on_a_selection_acts_for_one_ticket_say_so(scene: SheetScene) -> None:
    sheet = scene.open("palette", many=3)
    scene.type(">")
    rows = {row.value: row for row in sheet.list.rows}
    assert sheet.list.rows[0].text == "On 3 tickets"
    assert rows["resolve"].reason == ""
    assert rows["escalate"].reason == "For one ticket at a time."


def test_without_a_ticket_its_commands_say_so(scene: SheetScene) -> None:
    assert scene.book.open("palette", None)
    scene.settle()
    scene.type("resolve")
    row = next(row for row in scene.sheet.list.rows if row.value == "resolve")
    assert row.reason == "No ticket is open. Choose one in the list."
    scene.press(KEY.Key_Return)


def test_nothing_found_is_said(scene: SheetScene) -> None:
    sheet = scene.open("palette")
    scene.type("zzzz")
    assert sheet.none.isVisible()
    assert sheet.count.text() == "0 found"
    scene.press(KEY.Key_Return)
    assert scene.chosen == []


def test_odd_input_is_only_text(scene: SheetScene) -> None:
    sheet = scene.open("palette")
    for text in (
        '"',
        "a*b (c",
        "#",
        ">",
        "\\",
        "%_",
        "x" * 3000,
        "\N{RIGHT-TO-LEFT OVERRIDE}abc",
        "#99999999999999999999999",
    ):
        sheet.entry.setText(text)
        assert sheet.count.text().endswith(" found"), text
        assert sheet.list.isVisible() != sheet.none.isVisible(), text


def test_settings_are_in_force_at_once(scene: SheetScene) -> None:
    sheet = scene.open("settings")
    scene.press(KEY.Key_3)
    assert scene.chosen == [("theme", "dark")]
    sheet.text_size.entry.setCurrentIndex(sheet.text_size.entry.findData("150"))
    sheet.text_size.entry.activated.emit(sheet.text_size.entry.currentIndex())
    sheet.singles.click()
    assert scene.chosen[1:] == [("scale", "150"), ("single_keys", "")]
    assert sheet.me.text() == "mira"


def test_a_view_is_saved_with_a_filter_that_can_be_read(scene: SheetScene) -> None:
    asked: list[Keep] = []
    scene.book.wished.connect(asked.append)
    sheet = scene.open("save_view", filter="tier:1", sort="priority")
    assert "Finds 1 open ticket now." in texts(sheet)
    scene.type("My printers")
    sheet.filter.entry.setText("tier:x")
    sheet.filter._touched()
    assert "has no figure" in sheet.filter.error.text()
    scene.press(KEY.Key_Return)
    assert asked == []
    sheet.filter.put("tier:1")
    scene.press(KEY.Key_Return)
    assert asked == [Keep(SavedView("", "My printers", "tier:1", "priority"))]


def test_every_key_of_the_console_is_told(scene: SheetScene) -> None:
    sheet = scene.open("keys")
    shown = {key for row in (*sheet.left.rows, *sheet.right.rows) for key in row.keys}
    wanted = {"T", "E", "Shift E", "C", "W", "R", "N", "M", "L", "P", "Y", "I", "V", "B", "Ctrl K"}
    assert wanted | {"Ctrl N", "F9", "F6", "Shift F6", "F8", "S", "Ctrl Z", "F5", "/", "."} <= shown


def imported(scene: SheetScene) -> list[ImportRequest]:
    asked: list[ImportRequest] = []
    scene.book.import_asked.connect(asked.append)
    return asked


def test_import_looks_first_then_brings_in_with_progress(scene: SheetScene) -> None:
    asked = imported(scene)
    sheet = scene.open("import", files=["log.csv"])
    sheet.as_of.entry.setText("2016-05-01")
    sheet.check.click()
    assert (asked[0].files, asked[0].dry_run) == ((Path("log.csv"),), True)
    assert asked[0].as_of == datetime(2016, 5, 1, tzinfo=scene.desk.zone)
    scene.book.import_progress(Progress(0, 1000, "write", "rows"))
    scene.clock.turn(seconds=2)
    scene.book.import_progress(Progress(500, 1000, "write", "rows"))
    assert sheet.rate.text() == "50%, 250 rows a second, about 2 s left"
    scene.book.import_done(ImportReport(rows=1000, tickets=10, made=10, dry_run=True, seconds=4))
    assert "10 would be made" in sheet.summary.text()
    sheet.again.click()
    scene.press(KEY.Key_Return)
    assert not asked[1].dry_run


def test_esc_stops_a_running_import_and_a_second_esc_closes(scene: SheetScene) -> None:
    asked = imported(scene)
    sheet = scene.open("import", files=["log.csv"])
    scene.send()
    scene.press(KEY.Key_Escape)
    assert asked[0].stop.is_set()
    assert "Run it again to go on" in texts(sheet) or "run it again to go on" in texts(sheet)
    scene.press(KEY.Key_Escape)
    assert scene.book.current is None
    scene.book.import_done(ImportReport(cancelled=True, operations=3))
    assert "Cancelled." in scene.open("import").summary.text()


def test_another_sheet_does_not_stop_a_running_import(scene: SheetScene) -> None:
    asked = imported(scene)
    scene.open("import", files=["log.csv"])
    scene.send()
    scene.open("sev1")
    assert not asked[0].stop.is_set()


def test_an_import_that_fails_says_so_and_keeps_the_files(scene: SheetScene) -> None:
    imported(scene)
    sheet = scene.open("import", files=["log.csv"])
    scene.send()
    scene.book.import_failed("log.csv is no table. Nothing was imported. Choose another file.")
    assert "is no table" in sheet.trouble.text()
    assert sheet.primary.isEnabled()
    assert "log.csv" in sheet.chosen_files.text()


def test_import_says_what_it_cannot_read(scene: SheetScene) -> None:
    sheet = scene.open("import")
    assert sheet.lack.text() == "Still needed: one file or more."
    sheet.choose([Path("log.csv")])
    sheet.as_of.entry.setText("last spring")
    sheet.renew()
    assert "a date like" in sheet.lack.text()
    assert not sheet.primary.isEnabled()


@pytest.mark.parametrize(
    "typed", ["Londn", "Europe", "../etc/passwd", "Europe/London\x00", "UTC+3"]
)
def test_a_source_zone_that_is_none_is_told_at_its_field(scene: SheetScene, typed: str) -> None:
    asked = imported(scene)
    sheet = scene.open("import", files=["log.csv"])
    sheet.zone.entry.setText(typed)
    sheet.renew()
    assert "is no time zone. Write one like Europe/London, or UTC." in sheet.zone.error.text()
    assert sheet.zone.error.isVisible()
    assert not sheet.check.isEnabled()
    scene.send()
    assert asked == []


def test_the_source_zone_goes_with_the_import(scene: SheetScene) -> None:
    asked = imported(scene)
    sheet = scene.open("import", files=["log.csv"])
    sheet.zone.focus()
    scene.type("Europe/Berlin")
    assert not sheet.zone.error.isVisible()
    scene.send()
    assert asked[0].zone == "Europe/Berlin"
