"""What a widget really paints: its texts with place, font and colour, and the pixels around them.

Each widget is drawn without its children into an SVG, where every text stays a text, whether a
label drew it or our own painting; so nothing painted can hide from the audit.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from tests.qt.colour_science import contrast
from tierline.widgets.fonts import SPACING

SHARP = 2  # device pixels for one of ours: thin strokes must reach their full colour
_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = r"[-+0-9.e]+"
_MATRIX = re.compile(r"matrix\(" + ",".join([f"({_NUMBER})"] * 6) + r"\)")


class Text(NamedTuple):
    """A piece of text on one line as a widget painted it; the box is that of its letters."""

    words: str
    box: QRectF
    colour: QColor
    px: float
    weight: int

    @property
    def large(self) -> bool:
        """Whether WCAG calls it large: 24 px, or 18.66 px and bold."""
        return self.px >= 24 or (self.px >= 18.66 and self.weight >= 700)


def texts(widget: QWidget) -> list[Text]:
    """Every text the widget itself paints, in its own coordinates."""
    return [found for group in _svg(widget).iter(f"{_SVG}g") for found in _texts_of(group)]


def picture(widget: QWidget) -> QImage:
    """The widget with all that is in it, sharper than the screen."""
    made = QImage(widget.size() * SHARP, QImage.Format.Format_RGB32)
    made.setDevicePixelRatio(SHARP)
    made.fill(widget.palette().window().color())
    widget.render(made)
    return made


def colours(image: QImage, box: QRect) -> Counter[int]:
    """How often each colour is in that box (in our pixels) of a `picture`."""
    scaled = QRect(box.topLeft() * SHARP, box.size() * SHARP)
    part = image.copy(scaled.intersected(image.rect()))
    if part.isNull():
        return Counter()
    words = memoryview(part.constBits()).cast("I")
    line = part.bytesPerLine() // 4
    found: Counter[int] = Counter()
    for y in range(part.height()):
        found.update(words[y * line : y * line + part.width()])
    return found


def ground(found: Counter[int]) -> QColor:
    """The colour most of a box has."""
    return QColor.fromRgb(found.most_common(1)[0][0])


def clearest(found: Counter[int], least: int = 3) -> float:
    """The best contrast that any colour of a box has with its ground."""
    back = ground(found)
    ratios = (contrast(QColor.fromRgb(each), back) for each, n in found.items() if n >= least)
    return max(ratios, default=1.0)


def _svg(widget: QWidget) -> ET.Element:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    made = QSvgGenerator()
    made.setOutputDevice(buffer)
    made.setSize(widget.size().expandedTo(QSize(1, 1)))
    made.setResolution(96)
    painter = QPainter(made)
    widget.render(painter, QPoint(0, 0), QRegion(), QWidget.RenderFlag(0))
    painter.end()
    # Qt writes the letter that a text may not hold as it is.
    clean = re.sub(
        r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", bytes(buffer.data().data()).decode("utf-8", "replace")
    )
    return ET.fromstring(clean)


def _texts_of(group: ET.Element) -> list[Text]:
    matrix = _MATRIX.match(group.get("transform", ""))
    a, _, _, d, dx, dy = map(float, matrix.groups()) if matrix else (1, 0, 0, 1, 0, 0)
    found = []
    for each in group.findall(f"{_SVG}text"):
        words = "".join(each.itertext())
        if not words.strip() or float(each.get("fill-opacity", 1)) < 0.05:
            continue
        px, weight = float(each.get("font-size", 13)), int(each.get("font-weight", 400))
        box = _box(words, px * d, weight, each.get("font-family", ""))
        at = (float(each.get("x", 0)) * a + dx, float(each.get("y", 0)) * d + dy)
        colour = QColor(each.get("fill", "#000000"))
        found.append(Text(words, box.translated(*at), colour, px * d, weight))
    return found


def _box(words: str, px: float, weight: int, family: str) -> QRectF:
    font = QFont(family)
    font.setPixelSize(max(1, round(px)))
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, SPACING * px)
    font.setFeature(QFont.Tag("tnum"), 1)
    metrics = QFontMetricsF(font)
    tight = metrics.tightBoundingRect(words.strip("\u200e\u200f\u202a\u202b\u202c\u202d\u202e"))
    wide = metrics.horizontalAdvance(words.rstrip())
    return QRectF(0, tight.top(), wide, tight.height())
