"""WCAG 1.4.3 and 1.4.11: text 4.5, large text and parts of controls 3.0, as painted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from tests.qt.access.finding import Finding, described, seen
from tests.qt.access.painted import SHARP, Text, clearest, colours, ground, picture, texts
from tests.qt.colour_science import contrast

CRITERION = "contrast"
TEXT, LARGE, PART = 4.5, 3.0, 3.0
SLACK = 0.05  # a ratio is told with one figure
GLIMPSE = 0.1  # of a box; less than that is seen of no ground
DOT = 24  # px²; a full stop fills no pixel
_FIELDS = QLineEdit | QPlainTextEdit | QTextEdit | QComboBox | QAbstractSpinBox


def audit(root: QWidget) -> Iterator[Finding]:
    """Every text against what is behind it, and the parts by which a control is known."""
    drawn = picture(root)
    for widget in seen(root):
        at = widget.mapTo(root, QPoint(0, 0)) if widget is not root else QPoint(0, 0)
        shown = widget.visibleRegion().boundingRect()
        chosen = isinstance(widget, QLineEdit) and widget.hasSelectedText()
        for text in () if chosen else texts(widget):  # painted twice, one over the other
            box = text.box.toAlignedRect().intersected(shown)
            if box.width() >= 3 and box.height() >= 3:
                yield from _text(widget, text, drawn, box.translated(at))
        if isinstance(widget, _FIELDS) and _framed(widget):
            yield from _edge(widget, drawn, widget.rect().translated(at))
        if isinstance(widget, QAbstractButton) and not widget.text() and widget.isEnabled():
            box = widget.rect().intersected(shown).translated(at)
            ratio = clearest(colours(drawn, box))
            if ratio < PART - SLACK:
                yield Finding(CRITERION, described(widget), f"its picture has {ratio:.1f} to 1")


def _text(widget: QWidget, text: Text, drawn: QImage, box: QRect) -> Iterator[Finding]:
    """By the colour it is painted in, on the ground that the picture has; and by its pixels."""
    found = colours(drawn, box)
    if not found:
        return
    need = LARGE if text.large else TEXT
    back = _behind(text, found)
    ratio = contrast(text.colour, back)
    if ratio < need - SLACK:
        said = f"“{text.words[:24]}” is {text.colour.name()} on {back.name()}: {ratio:.1f} to 1"
        yield Finding(CRITERION, described(widget), said)
    elif box.width() * box.height() > DOT and clearest(found) < PART - SLACK:
        # Thin strokes do not fill a pixel; but what is covered or washed out has none at all.
        yield Finding(CRITERION, described(widget), f"“{text.words[:24]}” is not to be seen")


def _behind(text: Text, found: Counter[int]) -> QColor:
    """The commonest colour, or the second where a glyph is so large that its own is commoner."""
    most = found.most_common(2)
    second = most[1][1] if len(most) > 1 else 0
    if ground(found) == text.colour and second > found.total() * GLIMPSE:
        return QColor.fromRgb(most[1][0])
    return ground(found)


def _framed(widget: QWidget) -> bool:
    plain = widget.property("plain") == "true" or isinstance(
        widget.parentWidget(), QComboBox | QAbstractSpinBox
    )
    return not plain and widget.isEnabled() and not widget.property("frameless")


def _edge(widget: QWidget, drawn: QImage, box: QRect) -> Iterator[Finding]:
    """A field is known by its edge or by its filling, against what is around it."""
    middle = box.center().y()
    inside = [QColor(drawn.pixel((box.left() + n) * SHARP, middle * SHARP)) for n in range(4)]
    outside = QColor(drawn.pixel(max(0, (box.left() - 3) * SHARP), middle * SHARP))
    ratio = max(contrast(each, outside) for each in inside)
    if ratio < PART - SLACK:
        yield Finding(CRITERION, described(widget), f"its edge has {ratio:.1f} to 1")
