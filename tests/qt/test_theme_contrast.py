"""High contrast: what the system has, where that can be read; nothing told by a tint."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from tests.qt.colour_science import contrast
from tierline.widgets.legible import first_legible, ratio
from tierline.widgets.theme import ThemeHub, contrast_theme

ROLE = QPalette.ColorRole


def _palette(base: str, text: str, mark: str, on_mark: str) -> QPalette:
    made = QPalette()
    roles = (ROLE.Base, ROLE.Text, ROLE.Highlight, ROLE.HighlightedText)
    for role, colour in zip(roles, (base, text, mark, on_mark), strict=True):
        made.setColor(role, QColor(colour))
    return made


PALETTES = {
    "aquatic": _palette("#202020", "#FFFFFF", "#8EE3F0", "#263B50"),
    "desert": _palette("#FFFAEF", "#3D3D3D", "#903909", "#FFF5E3"),
    "night sky": _palette("#000000", "#FFFFFF", "#D6B4FD", "#2B2B2B"),
    "one that nobody can read": _palette("#FFFFFF", "#BBBBBB", "#308CC6", "#FFFFFF"),
}


@pytest.fixture
def hub(qapp: QApplication) -> Iterator[ThemeHub]:
    made = ThemeHub(qapp, "light")
    yield made
    made.set_mode("light")


@pytest.mark.parametrize("name", list(PALETTES))
def test_every_text_can_be_read_whatever_the_system_says(name: str) -> None:
    theme = contrast_theme(PALETTES[name])
    for ink in (theme.ink, theme.ink2, theme.ink3, theme.now, theme.soon, theme.acc, theme.focus):
        assert contrast(ink, theme.sheet) >= 4.5
    assert contrast(theme.onacc, theme.acc) >= 4.5
    assert contrast(theme.onnow, theme.nowfill) >= 4.5
    grounds = {c.name() for c in (theme.win, theme.pane, theme.sheet, theme.nowtint, theme.sel)}
    assert len(grounds) == 1
    assert theme.outline == 2


def test_a_legible_choice_of_the_system_is_kept() -> None:
    theme = contrast_theme(PALETTES["night sky"])
    assert (theme.acc.name(), theme.onacc.name()) == ("#d6b4fd", "#2b2b2b")


def test_it_can_be_chosen_and_left(hub: ThemeHub, qapp: QApplication) -> None:
    before = hub.theme
    hub.set_mode("contrast")
    assert hub.theme.name == "contrast"
    assert qapp.palette().color(ROLE.Text) == hub.theme.ink
    hub.set_mode("light")
    assert hub.theme is before


def test_the_ratio_is_that_of_the_published_formula() -> None:
    for one, other in (("#000000", "#ffffff"), ("#1D5890", "#FFFFFF"), ("#777777", "#336699")):
        assert ratio(QColor(one), QColor(other)) == pytest.approx(
            contrast(QColor(one), QColor(other)), abs=0.01
        )
    assert first_legible(QColor("#777777"), QColor("#787878")).name() == "#000000"
