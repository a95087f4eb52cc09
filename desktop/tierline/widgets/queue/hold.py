"""Holds the order while somebody looks at the list: the row under the cursor never moves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QAbstractItemView

from tierline.domain.tongue import tr
from tierline.present.order import Change
from tierline.present.queue_model import QueueModel

PATIENCE_MS = 30_000


class OrderHold(QObject):
    """Sets the model's `hold` while the view has focus or pointer, and until 30 s after.

    When both have been away that long, what waited is applied by itself.
    """

    def __init__(self, view: QAbstractItemView, patience_ms: int = PATIENCE_MS) -> None:
        """Watches `view` from now on; the model is given later."""
        super().__init__(view)
        self._view = view
        self._model: QueueModel | None = None
        self._inside = self._told = False
        self._away = QTimer(self)
        self._away.setSingleShot(True)
        self._away.setInterval(patience_ms)
        self._away.timeout.connect(self._let_go)
        view.installEventFilter(self)

    def watch(self, model: QueueModel) -> None:
        """Hold this model's order from now on."""
        self._model = model
        model.hold = self.looked_at()
        model.waiting_changed.connect(self._announce)

    def looked_at(self) -> bool:
        """Whether the focus or the pointer is in the list now."""
        return self._inside or self._view.hasFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Notice focus and pointer coming and going."""
        kind = event.type()
        if kind in {QEvent.Type.Enter, QEvent.Type.Leave}:
            self._inside = kind == QEvent.Type.Enter
        if kind in {
            QEvent.Type.Enter,
            QEvent.Type.Leave,
            QEvent.Type.FocusIn,
            QEvent.Type.FocusOut,
        }:
            self._weigh(came=kind in {QEvent.Type.Enter, QEvent.Type.FocusIn})
        return super().eventFilter(watched, event)

    def _weigh(self, *, came: bool) -> None:
        if came or self._inside:
            self._away.stop()
            if self._model is not None:
                self._model.hold = True
        elif not self._view.hasFocus():
            self._away.start()

    def _announce(self, change: Change) -> None:
        """Tell a screen reader once that something waits, not every time that more does."""
        if change and not self._told:
            said = QAccessibleAnnouncementEvent(self._view, tr("Order held"))
            QAccessible.updateAccessibility(said)
        self._told = bool(change)

    def _let_go(self) -> None:
        if self._model is not None and not self.looked_at():
            self._model.hold = False
            self._model.apply_held()
