"""Text on several lines for painters: wrapped once, drawn many times."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextLayout, QTextOption

from tierline.widgets import fonts
from tierline.widgets.caches import remembered

_MOST_LINES = 1200


class Run(NamedTuple):
    """A stretch of text in one ink and weight."""

    text: str
    ink: QColor
    weight: int = fonts.REGULAR
    struck: bool = False


class Wrapped(NamedTuple):
    """A laid out text; `end` is where its last line stops, px from the reading start."""

    layout: QTextLayout
    high: float
    lines: int
    end: float

    def draw(self, painter: QPainter, left: float, top: float, seen: int = 0) -> None:
        """Paint it with its top left corner there; `seen` px from the top of the device only."""
        clip = QRectF(left, 0, self.layout.boundingRect().width() + 1, seen) if seen else QRectF()
        self.layout.draw(painter, QPointF(left, top), [], clip)


def wrap(
    runs: Sequence[Run],
    px: int,
    line: int,
    room: float,
    *,
    mirrored: bool = False,
    most: int = _MOST_LINES,
) -> Wrapped:
    """The runs one after another on lines `line` px high and at most `room` px wide."""
    font = fonts.font(px)
    layout = QTextLayout("".join(run.text for run in runs).replace("\n", "\u2028"), font)
    layout.setTextOption(_option(mirrored=mirrored))
    layout.setFormats(_formats(runs, px))
    layout.setCacheEnabled(True)
    shift = (line - fonts.metrics(px).height()) / 2
    high, lines, end = 0.0, 0, 0.0
    layout.beginLayout()
    while lines < most:
        made = layout.createLine()
        if not made.isValid():
            break
        made.setLineWidth(max(room, px))
        made.setPosition(QPointF(0, round(high + shift)))
        high, lines, end = high + line, lines + 1, made.naturalTextWidth()
    layout.endLayout()
    return Wrapped(layout, high, lines, end)


def clamped(run: Run, px: int, line: int, room: float, most: int, *, mirrored: bool) -> Wrapped:
    """One run on at most `most` lines, the last one cut with an ellipsis."""
    made = wrap([run], px, line, room, mirrored=mirrored, most=most)
    last = made.layout.lineAt(made.lines - 1)
    if not made.lines or last.textStart() + last.textLength() >= len(made.layout.text()):
        return made
    head, tail = run.text[: last.textStart()], run.text[last.textStart() :]
    metrics = fonts.metrics(px, run.weight)
    cut = metrics.elidedText(tail, Qt.TextElideMode.ElideRight, room - 1)
    return wrap([run._replace(text=head + cut)], px, line, room, mirrored=mirrored, most=most)


@remembered(2)
def _option(*, mirrored: bool) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if mirrored:
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    return option


def units(text: str) -> int:
    """How long Qt finds a text: it counts UTF-16 units, Python code points."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2


def _formats(runs: Sequence[Run], px: int) -> list[QTextLayout.FormatRange]:
    found, at = [], 0
    for run in runs:
        each = QTextLayout.FormatRange()
        length = units(run.text)
        each.start, each.length = at, length
        each.format = _format(run.ink.rgba(), px, run.weight, run.struck)
        at += length
        found.append(each)
    return found


@remembered(256)
def _format(ink: int, px: int, weight: int, struck: bool) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor.fromRgba(ink))
    if weight != fonts.REGULAR:
        made.setFont(fonts.font(px, weight))
    if struck:
        made.setFontStrikeOut(True)
    return made
