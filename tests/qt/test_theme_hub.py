"""One hub dresses the program: it follows the user, then the desktop, and scales everything."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tierline.widgets import fonts, icons
from tierline.widgets.controls import Button, Kind
from tierline.widgets.overlay import Overlay
from tierline.widgets.theme import DARK, LIGHT, Mode, ThemeHub, contrast_theme
from tierline.widgets.theme_qss import style_sheet

DESIGN_ICONS = """phone mail globe message-square activity monitor circle-dot play map-pin pause
check check-check user-round user-round-x calendar-days truck octagon-alert triangle-alert moon
timer clock clock-alert circle-pause hourglass history cloud-check cloud-upload cloud-off
refresh-cw git-compare eye users-round contact shield-check shield-question-mark shield-alert
building-2 phone-call book-open sticky-note reply workflow scale megaphone arrow-up-right search
plus siren funnel columns-3 pin bookmark inbox copy square-arrow-out-up-right paperclip send
file-text file-down printer list bell alarm-clock arrow-up chevron-down chevron-right chevron-up x
sun star chart-line chart-column calendar-clock undo-2""".split()


@pytest.fixture(scope="module")
def hub(qapp: QApplication) -> Iterator[ThemeHub]:
    made = ThemeHub(qapp)
    yield made
    qapp.styleHints().unsetColorScheme()
    made.set_mode("light")
    made.set_scale(100)


def test_the_setting_wins_over_the_desktop(hub: ThemeHub, qtbot: QtBot) -> None:
    with qtbot.waitSignal(hub.changed):
        hub.set_mode(Mode.DARK)
    assert hub.current() is DARK
    hub.set_mode(Mode.LIGHT)
    assert hub.current() is LIGHT


def test_otherwise_the_desktop_is_followed(hub: ThemeHub, qapp: QApplication) -> None:
    hub.set_mode(Mode.SYSTEM)
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Dark)
    hub.set_mode(Mode.SYSTEM)
    dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert hub.current() is (DARK if dark else LIGHT)


@pytest.mark.parametrize(("asked", "given"), [(100, 100), (150, 150), (20, 100), (900, 200)])
def test_text_scale_stays_within_100_and_200(hub: ThemeHub, asked: int, given: int) -> None:
    hub.set_scale(asked)
    assert hub.scale == given
    assert hub.px(44) == round(44 * given / 100)
    assert hub.font(13).pixelSize() == round(13 * given / 100)
    hub.set_scale(100)


def test_the_sheet_is_whole_and_scaled() -> None:
    for theme in (LIGHT, DARK):
        sheet = style_sheet(theme.tokens(), 200, theme.outline)
        assert "$" not in sheet
        assert sheet.count("{") == sheet.count("}")
        assert "font-size: 26px" in sheet
        assert set(re.findall(r"#[0-9a-f]{6}", sheet)) <= {
            colour.name() for colour in theme.tokens().values()
        }


def test_high_contrast_takes_the_systems_colours() -> None:
    system = QPalette()
    system.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.black)
    system.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.yellow)
    system.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.cyan)
    theme = contrast_theme(system)
    assert theme.dark
    assert theme.outline == 2
    assert theme.soontint == theme.sheet == system.color(QPalette.ColorRole.Base)
    assert theme.ink3 == system.color(QPalette.ColorRole.Text)
    assert theme.focus == system.color(QPalette.ColorRole.Highlight)


@pytest.mark.parametrize("weight", sorted(fonts.FILES))
def test_inter_is_bundled_with_even_digits(hub: ThemeHub, weight: int) -> None:
    assert hub.scale == 100
    font = fonts.font(13, weight)
    assert QFontInfo(font).family() == "Inter"
    assert QFontInfo(font).weight() == weight
    assert len({QFontMetricsF(font).horizontalAdvance(digit * 4) for digit in "0123456789"}) == 1
    assert font.hintingPreference() == QFont.HintingPreference.PreferNoHinting
    assert font.letterSpacing() == pytest.approx(-0.104, abs=1 / 64)


def test_a_hyphen_in_prose_is_not_as_wide_as_a_digit(hub: ThemeHub) -> None:
    assert hub.scale == 100
    assert fonts.width("-", 13) < 0.8 * fonts.width("0", 13)


@pytest.mark.parametrize("name", DESIGN_ICONS)
def test_every_icon_of_the_design_is_there_and_takes_its_colour(hub: ThemeHub, name: str) -> None:
    image = icons.pixmap(name, 14, hub.theme.now, 2.0).toImage()
    assert image.width() == 28
    solid = [
        image.pixelColor(x, y)
        for x in range(28)
        for y in range(28)
        if image.pixelColor(x, y).alpha() > 250
    ]
    assert solid
    for pixel in solid:
        assert abs(pixel.red() - hub.theme.now.red()) <= 3
        assert abs(pixel.green() - hub.theme.now.green()) <= 3


def test_an_unknown_icon_is_drawn_as_nothing(hub: ThemeHub) -> None:
    image = icons.pixmap("no-such-icon", 14, hub.theme.ink).toImage()
    assert all(image.pixelColor(x, y).alpha() == 0 for x in range(14) for y in range(14))


@pytest.mark.parametrize("kind", list(Kind))
def test_buttons_have_room_for_their_words_and_key(hub: ThemeHub, qtbot: QtBot, kind: Kind) -> None:
    bare, keyed = Button("Escalate", hub, kind=kind), Button("Escalate", hub, key="E", kind=kind)
    for button in (bare, keyed):
        qtbot.addWidget(button)
    assert keyed.sizeHint().width() > bare.sizeHint().width() + 17
    clicks: list[bool] = []
    keyed.clicked.connect(lambda: clicks.append(True))
    QTest.keyClick(keyed, Qt.Key.Key_Space)
    assert len(clicks) == 1


def test_an_overlay_keeps_the_focus_and_gives_it_back(hub: ThemeHub, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    before = QLineEdit()
    column.addWidget(before)
    window.resize(800, 600)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    before.setFocus()
    overlay = Overlay(window, hub, "Escalate")
    fields = [QLineEdit(), QLineEdit()]
    for field in fields:
        overlay.body.addWidget(field)
    overlay.open_over(fields[0])
    assert fields[0].hasFocus()
    QTest.keyClick(fields[0], Qt.Key.Key_Tab)
    assert fields[1].hasFocus()
    QTest.keyClick(fields[1], Qt.Key.Key_Tab)
    assert fields[0].hasFocus()
    centre = QPointF(overlay.panel.geometry().center())
    assert abs(centre.x() - 400) <= 1
    with qtbot.waitSignal(overlay.closed):
        QTest.keyClick(fields[0], Qt.Key.Key_Escape)
    assert before.hasFocus()
