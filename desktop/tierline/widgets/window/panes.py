"""F6 goes round the panes; each has one place where the keys go, and a name that is spoken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


class Pane(NamedTuple):
    """A pane by name; `enter` puts the focus into it."""

    name: str
    widget: QWidget
    enter: Callable[[], None]


class Panes:
    """The order of the panes; hidden ones are passed over."""

    def __init__(self, panes: Sequence[Pane]) -> None:
        """In the order of F6. A pane may lie within an earlier one (the composer in the ticket)."""
        self._panes = list(panes)

    def step(self, by: int) -> str:
        """Enter the next pane (or the one before) that takes the keys; answers its name."""
        there = [each for each in self._panes if each.widget.isVisible()]
        at = self._where(there)
        for turn in range(1, len(there) + 1):
            chosen = there[(at + by * turn) % len(there)]
            chosen.enter()
            if self.current() == chosen.name:
                return chosen.name
        return ""

    def current(self) -> str:
        """The name of the pane that has the focus, "" for none."""
        at = self._where(self._panes)
        return self._panes[at].name if at >= 0 else ""

    def _where(self, panes: Sequence[Pane]) -> int:
        focus = QApplication.focusWidget()
        inside = [i for i, each in enumerate(panes) if _holds(each.widget, focus)]
        return inside[-1] if inside else -1


def enter(widget: QWidget) -> Callable[[], None]:
    """Enter a pane by its first place for keys: itself, or the first child that takes Tab."""

    def go() -> None:
        target: QWidget | None = widget
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus and widget.focusProxy() is None:
            target = next(filter(_takes_keys, widget.findChildren(QWidget)), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    return go


def _takes_keys(widget: QWidget) -> bool:
    wants = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return wants and widget.isVisible() and widget.isEnabled()


def _holds(pane: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (focus is pane or pane.isAncestorOf(focus))
