"""Where conflicts stand in the ticket: as high as they need; where it is low, what is left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent

from tierline.widgets.sheets.parts import Scroll
from tierline.widgets.sync_parts.conflicts import Conflicts

_BAR = Qt.ScrollBarPolicy
_AS_HIGH_AS_CAN_BE = (1 << 24) - 1  # Qt's own limit, which its Python has no name for


class ConflictPlace(Scroll):
    """Holds `Conflicts`. While `crowded` it takes whatever room there is, and scrolls."""

    def __init__(self, conflicts: Conflicts) -> None:
        """Nothing is in conflict yet."""
        super().__init__(conflicts)
        self._conflicts = conflicts
        self.crowded = False
        self.setVerticalScrollBarPolicy(_BAR.ScrollBarAlwaysOff)
        conflicts.fitted.connect(self._fit)
        self._fit()

    def set_crowded(self, crowded: bool) -> None:
        """Whether there is not enough room for all of it."""
        if crowded != self.crowded:
            self.crowded = crowded
            self.setVerticalScrollBarPolicy(
                _BAR.ScrollBarAsNeeded if crowded else _BAR.ScrollBarAlwaysOff
            )
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width counts at once, on screen or not."""
        super().resizeEvent(event)
        self._conflicts.fit(self.viewport().width())

    def _fit(self) -> None:
        if self.crowded:
            self.setMinimumHeight(0)
            self.setMaximumHeight(_AS_HIGH_AS_CAN_BE)
        else:
            self.setFixedHeight(self._conflicts.minimumHeight())
