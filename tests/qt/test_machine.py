"""What is missing here: looked at off the window's thread, told in one line and on one page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import log, open_desk
from tests.fakes.ways import Wall
from tierline.present.machine import serious_first
from tierline.system import choices, desktop_checks
from tierline.system.findings import Check
from tierline.widgets.sheets.doctor import DoctorSheet, summary

WELL = Check("SQLite", "ok", "3.40.1")
NOTE = Check("Tray", "note", "this desktop has none", "The window has all.")
BAD = Check("Disk", "bad", "0.1 GB free", "Free some.")


@pytest.fixture
def place(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    desk = open_desk(tmp_path)
    log(desk, "Label printer prints blank")
    made = Desktop(qtbot, qapp, tmp_path, desk=desk, way=Wall())
    made.made.console.machine.attach(lambda: [WELL, NOTE, BAD], tuple, tuple)
    yield made
    made.close()


def _page(place: Desktop) -> DoctorSheet:
    place.window.deeds.do("doctor")
    place.settle()
    sheet = place.parts.book.current
    assert isinstance(sheet, DoctorSheet)
    return sheet


def test_the_page_shows_what_the_command_finds_the_serious_first(place: Desktop) -> None:
    page = _page(place)
    assert list(page.list.rows) == [BAD, NOTE, WELL]
    assert page.about.text() == "1 thing to mend, 1 thing to know. The console goes on without."
    assert page.list.sentence(BAD) == "Disk, to mend, 0.1 GB free, Free some."
    assert page.list.sentence(WELL) == "SQLite, well, 3.40.1"
    page.copy.click()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0] == "MEND  Disk: 0.1 GB free Free some."
    assert copied[2] == "ok    SQLite: 3.40.1"


def test_findings_arrive_while_another_still_hangs(place: Desktop) -> None:
    free = threading.Event()

    def slow() -> Iterator[Check]:
        yield WELL
        free.wait()
        yield NOTE

    machine = place.made.console.machine
    machine.attach(slow, tuple, tuple)
    place.window.deeds.do("doctor")
    page = place.parts.book.current
    assert isinstance(page, DoctorSheet)
    place.qtbot.waitUntil(lambda: list(page.list.rows) == [WELL], timeout=10_000)
    assert not page.again.isEnabled()
    machine.look()  # one round at a time
    free.set()
    place.settle()
    assert list(page.list.rows) == [NOTE, WELL]
    page.again.click()
    place.settle()
    assert list(page.list.rows) == [NOTE, WELL]


def test_a_round_that_breaks_is_a_finding_too(place: Desktop) -> None:
    def broken() -> Iterator[Check]:
        yield WELL
        raise ZeroDivisionError

    place.made.console.machine.attach(broken, tuple, tuple)
    page = _page(place)
    assert [each.name for each in page.list.rows] == ["Doctor", "SQLite"]
    assert "ZeroDivisionError" in page.list.rows[0].found


def test_the_page_of_a_console_is_the_command_s(place: Desktop) -> None:
    made = place.made
    made.console.machine.attach(made._rounds, made._seen, tuple)
    names = {each.name for each in _page(place).list.rows}
    assert {"Keyring", "D-Bus", "Notifications", "Tray", "Sound", "Fonts", "Disk", "Settings",
            "Machine's time", "Screens"} <= names  # fmt: skip


def test_the_status_bar_says_in_one_place_what_is_missing_and_leads_to_the_page(
    place: Desktop,
) -> None:
    machine, part = place.made.console.machine, place.parts.status.missing
    assert part.isHidden()
    machine.attach(lambda: [WELL], tuple, lambda: [WELL, NOTE])
    machine.watch()
    place.settle()
    assert (part.text(), part.accessibleName()) == ("Tray missing", "Tray missing")
    machine.attach(lambda: [WELL], tuple, lambda: [BAD, NOTE])
    machine.watch()
    place.settle()
    assert part.text() == "2 things missing"
    assert part.accessibleName() == "2 things missing: Disk, Tray"
    assert "Disk: 0.1 GB free" in part.toolTip()
    part.click()
    place.settle()
    assert isinstance(place.parts.book.current, DoctorSheet)
    machine.attach(tuple, tuple, lambda: [WELL])
    machine.watch()
    place.settle()
    assert part.isHidden()


def test_only_what_the_person_wants_can_be_missing(
    place: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    attention = place.made.attention
    assert attention is not None
    found = [Check(name, "note", "none") for name in ("D-Bus", "Notifications", "Tray")]
    monkeypatch.setattr("tierline.app.attention.around", lambda _: iter(found))
    assert [each.name for each in attention.relied()] == ["Notifications"]
    place.settings.keep(choices.KEEP_RUNNING, value=True)
    assert [each.name for each in attention.relied()] == ["Notifications", "Tray"]
    place.settings.keep(choices.POPUPS, "none")
    assert [each.name for each in attention.relied()] == ["Tray"]
    place.settings.keep(choices.KEEP_RUNNING, value=False)
    assert list(attention.relied()) == []


def test_a_daemon_that_goes_and_comes_is_noticed(place: Desktop) -> None:
    attention, wall = place.made.attention, place.made.attention._way  # type: ignore[union-attr]
    assert attention is not None
    assert isinstance(wall, Wall)
    machine = place.made.console.machine
    machine.attach(tuple, tuple, attention.relied)
    wall.problem = "the notification service does not answer"
    machine.watch()
    place.settle()
    assert [each.name for each in machine.missing] == [desktop_checks.NOTIFICATIONS]
    wall.problem = ""
    attention._look()
    place.settle()
    assert machine.missing == ()


def test_a_summary_counts_and_a_healthy_machine_is_told_so() -> None:
    assert summary([WELL]) == "All of it works."
    assert summary([BAD, BAD]) == "2 things to mend. The console goes on without."
    assert serious_first([WELL, NOTE, BAD]) == [BAD, NOTE, WELL]


def test_do_not_disturb_is_an_act_of_the_window_too(place: Desktop) -> None:
    said: list[str] = []
    place.made.messages.said.connect(lambda message: said.append(message.what))
    place.window.deeds.do("quiet")
    assert said == ["Do not disturb until 11:42."]
    assert place.window.deeds.quiet.until
    place.window.deeds.do("quiet")
    assert said[-1] == "You are disturbed again."
    assert not place.window.deeds.quiet.until


def _settings(place: Desktop):
    place.window.deeds.do("settings")
    place.settle()
    return place.parts.book.current


def test_alarm_settings_are_kept_at_once_and_shown_again(place: Desktop) -> None:
    sheet = _settings(place)
    for name, value in (("popups", "p1"), ("sound", "all"), ("flash", "none")):
        entry = sheet._named[name].entry
        entry.setCurrentIndex(entry.findData(value))
        entry.activated.emit(entry.currentIndex())
    sheet.but_p1.click()
    assert place.settings.of(choices.POPUPS) == "p1"
    assert place.settings.of(choices.SOUND) == "all"
    assert place.settings.of(choices.FLASH) == "none"
    assert place.settings.of(choices.QUIET_BUT_P1) is False
    sheet.dismiss()
    again = _settings(place)
    told = {name: field.text() for name, field in again._named.items()}
    assert (told["popups"], told["sound"], told["flash"]) == ("p1", "all", "none")
    assert not again.but_p1.isChecked()
    again.dismiss()


def test_do_not_disturb_takes_a_time_of_day_and_refuses_what_is_none(place: Desktop) -> None:
    sheet, quiet = _settings(place), place.window.deeds.quiet
    sheet.quiet.entry.setFocus()
    place.type("nonsense")
    sheet.quiet.entry.editingFinished.emit()
    assert "no date or time" in sheet.quiet.error.text()
    assert not quiet.until
    sheet.quiet.entry.selectAll()
    place.type("14:00")
    sheet.quiet.entry.editingFinished.emit()
    local = place.desk.clock().astimezone(place.desk.zone).replace(hour=14, minute=0, second=0)
    assert quiet.until == local.timestamp()
    sheet.dismiss()
    again = _settings(place)
    assert again.quiet.text() == "5 Nov 2026 14:00"
    again.quiet.entry.selectAll()
    again.quiet.entry.clear()
    again.quiet._touched()
    again.quiet.entry.editingFinished.emit()
    assert not quiet.until
    again.dismiss()


def test_reduced_motion_stills_the_only_thing_that_moves(place: Desktop) -> None:
    sheet, strip = _settings(place), place.parts.strip
    entry = sheet._named["motion"].entry
    entry.setCurrentIndex(entry.findData("reduced"))
    entry.activated.emit(entry.currentIndex())
    assert not strip._pulse.allowed
    sheet.dismiss()


def test_without_a_tray_the_choice_to_stay_in_it_is_off_and_says_why(place: Desktop) -> None:
    sheet = _settings(place)
    assert not sheet.keep.isEnabled()
    assert "no tray" in sheet.keep.accessibleDescription()
    sheet.dismiss()
    place.window.deeds.has_tray = lambda: True
    sheet = _settings(place)
    sheet.keep.click()
    assert place.settings.of(choices.KEEP_RUNNING)
    sheet.dismiss()


def test_every_setting_is_explained_in_words(place: Desktop) -> None:
    sheet = _settings(place)
    plain = {"theme", "scale", "me"}  # the word above them says it
    for name, field in sheet._named.items():
        told = field.control.accessibleDescription()
        assert name in plain or told.endswith("."), name
    sheet.dismiss()


def test_the_page_is_reached_from_the_settings(place: Desktop) -> None:
    sheet = _settings(place)
    sheet.chosen.emit("act", "doctor")
    place.settle()
    page = place.parts.book.current
    assert isinstance(page, DoctorSheet)
    place.press(Qt.Key.Key_Escape)
    assert place.parts.book.current is None
