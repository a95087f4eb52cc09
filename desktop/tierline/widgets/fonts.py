"""Inter, bundled: every text of the program gets its font here, so that digits line up.

`load()` once after the QApplication exists; `font(px, weight)` anywhere after it.
"""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from tierline.domain.tongue import tr
from tierline.system import assets
from tierline.widgets.caches import remembered

REGULAR, MEDIUM, SEMIBOLD, BOLD = 400, 500, 600, 700

FILES = {REGULAR: tr("Regular"), MEDIUM: tr("Medium"), SEMIBOLD: "SemiBold", BOLD: tr("Bold")}
SPACING = -0.008
SMALLEST = 11
_SMOOTH = QFont.StyleStrategy.PreferAntialias | QFont.StyleStrategy.NoSubpixelAntialias


@remembered(1)
def load() -> str:
    """Register the four faces and say the family name; the system's UI font if they are missing."""
    families: list[str] = []
    for name in FILES.values():
        number = QFontDatabase.addApplicationFont(str(assets.path(f"fonts/Inter-{name}.ttf")))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return "Inter" if "Inter" in families else QFont().family()


@remembered(128)
def font(px: int, weight: int = REGULAR) -> QFont:
    """A font of `px` pixels (already scaled), tabular digits, tightened, never hinted.

    The same object for the same arguments: treat it as a constant.
    """
    made = QFont(load())
    made.setPixelSize(max(px, 1))
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Grey smoothing everywhere: some texts are drawn on transparent pictures first.
    made.setStyleStrategy(_SMOOTH)
    made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, SPACING * px)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


@remembered(128)
def metrics(px: int, weight: int = REGULAR) -> QFontMetricsF:
    """The metrics of `font(px, weight)`, made once."""
    return QFontMetricsF(font(px, weight))


def width(text: str, px: int, weight: int = REGULAR) -> float:
    """How wide `text` is in pixels."""
    return metrics(px, weight).horizontalAdvance(text)
