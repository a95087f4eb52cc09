"""Prepared texts for painters: shaped once, elided once, and safe whatever a client typed."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QStaticText, QTextOption, QTransform

from tierline.widgets import fonts
from tierline.widgets.caches import remembered

LONGEST = 300

# Controls and bidirectional overrides would let a ticket's text reorder or break the row.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


def one_line(text: str) -> str:
    """At most 300 characters of `text` on one line, without control characters."""
    return _UNSAFE.sub(" ", text[: 2 * LONGEST]).strip()[:LONGEST]


@remembered(8192)
def fitted(text: str, px: int, weight: int, room: int) -> str:
    """`text` cut with an ellipsis so that it is at most `room` px wide."""
    safe = one_line(text)
    return fonts.metrics(px, weight).elidedText(safe, Qt.TextElideMode.ElideRight, room)


@remembered(8192)
def laid(text: str, px: int, weight: int) -> QStaticText:
    """`text` shaped for `fonts.font(px, weight)`, to be drawn many times."""
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    made.setTextOption(option)
    made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    made.prepare(QTransform(), fonts.font(px, weight))
    return made


@remembered(8192)
def width(text: str, px: int, weight: int) -> float:
    """The width of `text` in px."""
    return fonts.width(text, px, weight)
