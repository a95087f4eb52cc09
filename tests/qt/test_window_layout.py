"""The window at every size: what folds, what lies over what, and that nothing is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QStyle, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import log, open_desk
from tierline.app.console import Composition, look
from tierline.present.messages import Message, Severity
from tierline.system.settings import Settings
from tierline.widgets.queue.columns import Column

KEY = Qt.Key
DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
SIZES = [(1920, 1080, 100), (1440, 900, 100), (1180, 760, 100), (980, 700, 100), (720, 480, 100)]
SIZES += [(1440, 900, 150), (1440, 900, 200), (1180, 760, 200)]


@pytest.fixture
def desktop(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    desk = open_desk(tmp_path)
    for at in range(30):
        log(desk, f"Label printer {at} prints blank")
    made = Desktop(qtbot, qapp, tmp_path, desk=desk, size=(1440, 900))
    yield made
    made.made.hub.set_scale(100)
    made.close()


def place(desktop: Desktop, part: QWidget) -> QRect:
    return QRect(part.mapTo(desktop.window, QPoint(0, 0)), part.size())


def resized(desktop: Desktop, wide: int, high: int, scale: int = 100) -> None:
    desktop.made.hub.set_scale(scale)
    desktop.window.resize(wide, high)
    desktop.settle()


def test_at_1440_the_panes_have_the_widths_and_heights_of_the_design(desktop: Desktop) -> None:
    parts = desktop.parts
    assert place(desktop, parts.toolbar) == QRect(0, 0, 1440, 44)
    assert parts.rail.width() == 188
    assert parts.listing.width() in range(750, 755)
    assert parts.ticket.width() in range(497, 503)
    assert parts.header.height() == 44
    assert parts.footer.height() == 28
    assert parts.strip.height() == 72
    assert place(desktop, parts.status) == QRect(0, 874, 1440, 26)
    assert parts.queue.row_height == 44


def test_below_1280_the_rail_is_compact_and_two_columns_go(desktop: Desktop) -> None:
    resized(desktop, 1180, 760)
    parts = desktop.parts
    assert parts.rail.width() == 54
    assert parts.ticket.isVisible()
    assert parts.listing.isVisible()
    assert not parts.queue._lay.shows(Column.LINE)
    assert not parts.queue._lay.shows(Column.ASSIGNEE)
    assert parts.queue._lay.shows(Column.STATUS)


@pytest.mark.parametrize(("wide", "scale"), [(980, 100), (1440, 150), (1440, 200)])
def test_the_ticket_opens_over_the_list_and_escape_goes_back(
    desktop: Desktop, wide: int, scale: int
) -> None:
    resized(desktop, wide, 760, scale)
    parts = desktop.parts
    assert parts.queue.isVisible()
    assert not parts.ticket.isVisible()
    desktop.parts.queue.setFocus()
    third = desktop.ids()[2]
    parts.queue.choose(third)
    desktop.press(KEY.Key_Return)
    assert parts.ticket.isVisible()
    assert not parts.queue.isVisible()
    desktop.press(KEY.Key_Escape)
    assert parts.queue.isVisible()
    assert parts.queue.hasFocus()
    assert parts.queue.current_id() == third


def test_every_bar_lies_inside_the_window_below_the_one_before(desktop: Desktop) -> None:
    for wide, high, scale in SIZES:
        resized(desktop, wide, high, scale)
        parts, bottom = desktop.parts, 0
        for part in (parts.toolbar, parts.frame, parts.strip, parts.status):
            box = place(desktop, part)
            assert (box.left(), box.width(), box.top()) == (0, wide, bottom), (wide, scale)
            bottom = box.bottom() + 1
        assert bottom == high
        for bar in (parts.toolbar, parts.header, parts.footer, parts.status):
            for child in bar.findChildren(QWidget, options=DIRECT):
                inside = bar.rect().contains(child.geometry())
                assert inside or not child.isVisible(), (wide, scale, bar, child)


def lying_over(desktop: Desktop) -> list[str]:
    """The parts of the ticket's pane that lie over the next one, or reach out of the pane."""
    pane = desktop.parts.ticket
    seen = sorted((p for p in pane._parts() if p.isVisible()), key=lambda part: part.y())
    ends = [part.y() for part in seen[1:]] + [pane.height()]
    return [
        type(part).__name__
        for part, end in zip(seen, ends, strict=True)
        if part.y() + part.height() > end
    ]


@pytest.mark.parametrize("writing", [False, True])
def test_nothing_in_the_ticket_lies_over_the_next_whatever_the_height(
    desktop: Desktop, writing: bool
) -> None:
    first = desktop.ids()[0]
    for wide, high, scale in [*SIZES, (1440, 760, 200), (1440, 640, 100), (1440, 840, 150)]:
        resized(desktop, wide, high, scale)
        desktop.window.wiring.open_ticket(first)
        for many in range(3):
            if many:
                desktop.parts.bands.say(Message(f"Trouble {many}", "", Severity.NOW))
            if writing:
                desktop.parts.ticket.compose("note")
            desktop.settle()
            assert lying_over(desktop) == [], (wide, high, scale, many)
            assert desktop.parts.ticket.timeline.height() >= 0
        for band in desktop.parts.bands.messages:
            desktop.parts.bands.withdraw(band.about)


def test_at_twice_the_text_with_a_message_the_clocks_stay_above_the_timeline(
    desktop: Desktop,
) -> None:
    resized(desktop, 1440, 900, 200)
    desktop.parts.bands.say(Message("The disk is full.", "", Severity.NOW))
    desktop.window.wiring.open_ticket(desktop.ids()[0])
    desktop.settle()
    pane = desktop.parts.ticket
    assert pane.clocks.isVisible()
    assert pane.clocks._cells[0].bottom() + 8 <= pane.clocks.height()
    assert pane.clocks.geometry().bottom() < pane.timeline.y()
    assert pane.timeline.height() >= desktop.made.hub.px(26)


def test_the_division_is_kept_when_the_window_is_narrow_for_a_while(desktop: Desktop) -> None:
    before = desktop.parts.frame.sizes()
    resized(desktop, 980, 760)
    resized(desktop, 1440, 900)
    assert desktop.parts.frame.sizes() == before


def test_theme_and_scale_are_kept_for_the_next_run(desktop: Desktop) -> None:
    desktop.parts.book.chosen.emit("theme", "dark")
    desktop.parts.book.chosen.emit("scale", "125")
    assert desktop.made.hub.theme.dark
    assert desktop.made.hub.scale == 125
    assert desktop.settings.get("theme", "") == "dark"
    assert desktop.settings.get("scale", 0) == 125


def test_a_first_window_is_no_larger_than_the_screen(qapp: QApplication, tmp_path: Path) -> None:
    """The offscreen platform has a screen of 800 by 800."""
    settings = Settings(tmp_path / "settings.json")
    made = Composition(look(qapp, settings), open_desk(tmp_path), settings)
    room = made.window.screen().availableGeometry()
    assert made.window.width() == min(1440, room.width())
    title = made.window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    assert title > 0
    assert made.window.height() == min(900, room.height() - title)
    settings.put("window", [0, 0, 1440, 900])
    again = Composition(made.hub, made.console.desk, settings)
    assert (again.window.width(), again.window.height()) == (1440, 900)
    made.console.desk.replica.close()
    for each in (made, again):
        each.window.deleteLater()
        each.console.deleteLater()
    made.hub.deleteLater()
    QApplication.processEvents()
