"""What an audit answers: nothing when all is well, else where and what, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtWidgets import QAbstractScrollArea, QWidget


class Finding(NamedTuple):
    """One thing that keeps somebody out: `scene` and `look` say where it was seen."""

    criterion: str
    where: str
    what: str
    scene: str = ""
    look: str = ""


def described(widget: QWidget) -> str:
    """A widget by its kind, name and text, as short as one can find it by."""
    words = widget.accessibleName() or getattr(widget, "text", str)() or widget.objectName()
    said = f"{type(widget).__name__} “{str(words)[:30]}”" if words else type(widget).__name__
    parent = widget.parentWidget()
    while parent is not None and type(parent).__name__ in {"QWidget", "QFrame"}:
        parent = parent.parentWidget()
    return f"{said} in {type(parent).__name__}" if parent is not None else said


def seen(root: QWidget) -> Iterator[QWidget]:
    """`root` and all in it that can be seen, not other windows, from back to front."""
    if root.isVisible():
        yield root
        for child in root.findChildren(QWidget):
            if child.isVisible() and child.window() is root.window() and not _nothing(child):
                yield child


def scroller_of(widget: QWidget) -> QAbstractScrollArea | None:
    """The area that the widget scrolls in, if it does."""
    each = widget.parentWidget()
    while each is not None:
        area = each.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is each:
            return area
        each = area
    return None


def _nothing(widget: QWidget) -> bool:
    return widget.visibleRegion().isEmpty()
