"""Tab goes through a place in the order in which it is read: the one its layouts tell.

Qt's own order is that in which widgets were made, and a foot is often made before what is above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Protocol, TypeGuard, cast, runtime_checkable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QGridLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QWidget,
)

_WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)
_TAB = Qt.FocusPolicy.TabFocus


@runtime_checkable
class Placing(Protocol):
    """A widget that places its parts by hand."""

    def in_order(self) -> Sequence[QWidget]:
        """The parts as they are read."""


def set_reading_order(root: QWidget) -> None:
    """Let Tab go on within `root` in this order."""
    for one, other in pairwise(stops(root)):
        QWidget.setTabOrder(one, other)


def stops(root: QWidget) -> Iterator[QWidget]:
    """All that takes Tab, as the layouts have it; what is placed by hand as it was made."""
    if root.focusPolicy() & _TAB == _TAB and root.focusProxy() is None:
        yield root
    if isinstance(root, _WHOLE):
        return  # what an input is made of is its own affair
    for part in _parts(root):
        yield from stops(part)


def _parts(widget: QWidget) -> Iterator[QWidget]:
    if isinstance(widget, QScrollArea):
        if (shown := widget.widget()) is not None:
            yield shown
    elif isinstance(widget, QSplitter):
        parts = (widget.widget(at) for at in range(widget.count()))
        yield from (part for part in parts if part is not None)
    elif (layout := widget.layout()) is not None:
        yield from _laid_out(layout)
    elif isinstance(widget, Placing):
        yield from widget.in_order()
    else:
        yield from (each for each in widget.children() if _inside(each))


def _inside(each: QObject) -> TypeGuard[QWidget]:
    return isinstance(each, QWidget) and not each.isWindow()


def _cell(layout: QGridLayout, at: int) -> tuple[int, int]:
    row, column, *_ = cast("tuple[int, int, int, int]", layout.getItemPosition(at))
    return row, column


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda at: _cell(layout, at))
    for at in places:
        item = layout.itemAt(at)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield widget
        elif (inner := item.layout()) is not None:
            yield from _laid_out(inner)
