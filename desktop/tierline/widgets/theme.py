"""The colours and the scale of everything painted, and the hub that says when they change.

A `ThemeHub` is made once in `app` and handed to every widget: `hub.theme` (colours), `hub.px(44)`
(a size at the user's text scale), `hub.font(13, 600)`, `hub.changed` (repaint). Nothing else in
the program names a colour.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from tierline.widgets import fonts
from tierline.widgets.legible import first_legible
from tierline.widgets.theme_qss import style_sheet

SCRIM = QColor(10, 15, 20, 97)
SCALES = (100, 200)


class Mode(StrEnum):
    """What the user asked for; SYSTEM follows the desktop, CONTRAST has its colours alone."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """One scheme: every colour by the name the design gives it."""

    name: str
    dark: bool
    outline: int
    win: QColor
    pane: QColor
    sheet: QColor
    raised: QColor
    sunk: QColor
    line: QColor
    line2: QColor
    edge: QColor
    ink: QColor
    ink2: QColor
    ink3: QColor
    acc: QColor
    onacc: QColor
    sel: QColor
    hover: QColor
    focus: QColor
    now: QColor
    nowfill: QColor
    onnow: QColor
    nowtint: QColor
    soon: QColor
    soonfill: QColor
    soontint: QColor
    bar: QColor
    hatch: QColor

    def tokens(self) -> dict[str, QColor]:
        """Every colour by name."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.type == "QColor"}


def _theme(name: str, dark: bool, colours: str) -> Theme:
    names = [f.name for f in fields(Theme) if f.type == "QColor"]
    return Theme(name, dark, 1, **dict(zip(names, map(QColor, colours.split()), strict=True)))


LIGHT = _theme(
    "light",
    False,
    "#E2E6E9 #EEF1F3 #FAFBFC #FFFFFF #DADFE4 #CBD2D8 #E0E4E8 #6F7C88 #17202A #3D4854 #54606C "
    "#1D5890 #FFFFFF #D3E2F0 #E9EEF2 #1D5890 #A81E16 #B3231A #FFFFFF #FBE3E0 #744400 #B46B00 "
    "#FFECCB #687581 #6F7C88",
)
DARK = _theme(
    "dark",
    True,
    "#101418 #161B20 #1B2127 #262E36 #323C46 #343E48 #272F37 #7F8C99 #E9EDF0 #C0C9D1 #9DA9B4 "
    "#8BBDEC #0B1A28 #233A50 #222A32 #8BBDEC #FF958A #F4776B #240705 #45211E #F5C263 #DE9F2E "
    "#3D3118 #93A0AD #8794A1",
)


def contrast_theme(palette: QPalette) -> Theme:
    """High contrast: the system's own colours, no tints, 2 px outlines.

    A pair of the system's that cannot be read gives way to one that can.
    """
    role = QPalette.ColorRole
    base = palette.color(role.Base)
    text = first_legible(base, palette.color(role.Text))
    mark = first_legible(base, palette.color(role.Highlight), text)
    on_mark = first_legible(mark, palette.color(role.HighlightedText), base)
    colours = dict.fromkeys((f.name for f in fields(Theme) if f.type == "QColor"), text)
    grounds = ("win", "pane", "sheet", "raised", "sunk", "hover", "nowtint", "soontint", "onnow")
    colours.update(dict.fromkeys(grounds, base))
    colours.update(acc=mark, onacc=on_mark, focus=mark, sel=base)
    return Theme("contrast", base.lightness() < text.lightness(), 2, **colours)


def palette_of(theme: Theme) -> QPalette:
    """The theme as a Qt palette, for what no style sheet reaches."""
    role, made = QPalette.ColorRole, QPalette()
    pairs = {
        role.Window: theme.pane,
        role.WindowText: theme.ink,
        role.Base: theme.sheet,
        role.AlternateBase: theme.pane,
        role.Text: theme.ink,
        role.PlaceholderText: theme.ink3,
        role.Button: theme.raised,
        role.ButtonText: theme.ink,
        role.BrightText: theme.now,
        role.Highlight: theme.acc,
        role.HighlightedText: theme.onacc,
        role.Link: theme.acc,
        role.LinkVisited: theme.acc,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.ink,
        role.Mid: theme.line,
        role.Dark: theme.edge,
        role.Light: theme.raised,
        role.Midlight: theme.line2,
        role.Shadow: theme.edge,
        role.Accent: theme.acc,
    }
    for which, colour in pairs.items():
        made.setColor(which, colour)
    made.setColor(QPalette.ColorGroup.Disabled, role.Text, theme.ink3)
    made.setColor(QPalette.ColorGroup.Disabled, role.ButtonText, theme.ink3)
    return made


class ThemeHub(QObject):
    """The one holder of the current look; emits `changed` when colours or text scale change."""

    changed = Signal()

    def __init__(self, app: QApplication, mode: str = Mode.SYSTEM, scale: int = 100) -> None:
        """Dress `app` at once: Fusion, Inter, palette and style sheet."""
        super().__init__(app)
        self._app = app
        self._mode = Mode(mode)
        self._scale = _bounded(scale)
        app.setStyle("Fusion")
        self.theme = self._wanted()
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._renew)
        hints.accessibility().contrastPreferenceChanged.connect(self._renew)
        self._dress()

    @property
    def mode(self) -> Mode:
        """What was asked for."""
        return self._mode

    @property
    def scale(self) -> int:
        """Text size in per cent, 100 to 200."""
        return self._scale

    def current(self) -> Theme:
        """The colours in force."""
        return self.theme

    def px(self, size: float) -> int:
        """A size of the design (100 %) in pixels at the user's text scale."""
        return round(size * self._scale / 100)

    def font(self, px: float, weight: int = fonts.REGULAR) -> QFont:
        """Inter at a size of the design, scaled."""
        return fonts.font(self.px(px), weight)

    def set_mode(self, mode: str) -> None:
        """Switch to light, dark, or whatever the desktop says."""
        self._mode = Mode(mode)
        self._renew()

    def set_scale(self, percent: int) -> None:
        """Change the text size; per cent, kept within 100 to 200."""
        self._scale = _bounded(percent)
        self._renew()

    def _wanted(self) -> Theme:
        hints = self._app.styleHints()
        asked = hints.accessibility().contrastPreference()
        if self._mode is Mode.CONTRAST or asked == Qt.ContrastPreference.HighContrast:
            return self._contrast()
        if self._mode is not Mode.SYSTEM:
            return DARK if self._mode is Mode.DARK else LIGHT
        return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def _contrast(self) -> Theme:
        self._app.setPalette(QPalette())  # none of ours: the desktop's own comes back
        return contrast_theme(self._app.palette())

    def _renew(self) -> None:
        self.theme = self._wanted()
        self._dress()
        self.changed.emit()

    def _dress(self) -> None:
        self._app.setFont(self.font(13))
        self._app.setPalette(palette_of(self.theme))
        self._app.setStyleSheet(style_sheet(self.theme.tokens(), self._scale, self.theme.outline))


def _bounded(percent: int) -> int:
    return max(SCALES[0], min(SCALES[1], percent))
