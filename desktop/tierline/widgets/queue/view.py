"""The queue table as the window uses it: choosing, keys, keeping one's place, tooltips.

`QueueView(hub, ticker)`, then `set_queue(model)`. Signals speak in ticket ids. Keys of single
letters belong to the window, except J, K and X, which move and choose.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QToolTip, QWidget

from tierline.domain.tongue import tr
from tierline.present.queue_model import QueueModel
from tierline.present.ticker import Ticker
from tierline.widgets.focus_ring import MARKING
from tierline.widgets.queue.hints import hint
from tierline.widgets.queue.hold import OrderHold
from tierline.widgets.queue.surface import QueueSurface
from tierline.widgets.theme import ThemeHub

_FLAG = QItemSelectionModel.SelectionFlag
_ACTION = QAbstractItemView.CursorAction
_STEPS = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QueueView(QueueSurface):
    """The list a technician lives in. The row under the cursor never moves by itself.

    `opened(id)` on Enter or double click, `current_changed(id)`, `chosen_changed()`,
    `menu_asked(global position, ids)`.
    """

    opened = Signal(str)
    current_changed = Signal(str)
    chosen_changed = Signal()
    menu_asked = Signal(QPoint, list)

    def __init__(self, hub: ThemeHub, ticker: Ticker, parent: QWidget | None = None) -> None:
        """Empty until `set_queue`."""
        super().__init__(hub, ticker, parent)
        self._remembered: list[str] = []
        self._anchor: list[tuple[str, int]] = []
        self._hold = OrderHold(self)
        self.setAccessibleName(tr("Queue"))
        self.setProperty(MARKING, True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def set_queue(self, model: QueueModel) -> None:
        """Show this model; its order is held from now on while the list is looked at."""
        self.attach(model)
        self._hold.watch(model)
        model.about_to_reorder.connect(self._note_place)
        model.reordered.connect(self._restore_place)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        self.selectionModel().selectionChanged.connect(self._chosen)

    def current_id(self) -> str:
        """The ticket the keys act on, "" for none."""
        return self._queue.id_at(self.currentIndex().row()) if self._queue else ""

    def chosen_ids(self) -> list[str]:
        """The selected tickets in the order shown; the current one when none is selected."""
        if self._queue is None:
            return []
        chosen = self.selectionModel().selection().toList()
        parts = sorted((part.top(), part.bottom()) for part in chosen)
        ids = self._queue.ids()
        found = list(dict.fromkeys(i for top, low in parts for i in ids[top : low + 1]))
        return found or [current for current in [self.current_id()] if current]

    def choose(self, ident: str) -> bool:
        """Make `ident` current and the only one selected; False when it is not in this queue."""
        at = self._queue.position(ident) if self._queue else -1
        if at >= 0:
            self._go(at, _FLAG.ClearAndSelect)
        return at >= 0

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """J K move, Shift with them extends, X chooses, Enter opens; others go to the window."""
        key, held = Qt.Key(event.key()), event.modifiers()
        plain = not held & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if plain and key in _STEPS:
            shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
            self._step(_STEPS[key], extend=shift)
        elif plain and key == Qt.Key.Key_X:
            self._toggle()
        elif plain and key in _OPEN:
            self._open(self.currentIndex().row())
        elif plain and event.text().isprintable() and event.text():
            # Not to QAbstractItemView: its search as you type would read every row of the model.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Nothing: letters are keys here, and a search would read every row."""

    def moveCursor(  # noqa: N802 - Qt's name
        self,
        cursorAction: QAbstractItemView.CursorAction,  # noqa: N803 - Qt's name
        modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        """Home and End are the first and the last row; left and right do nothing."""
        model, current = self.model(), self.currentIndex()
        if model is None or not model.rowCount():
            return QModelIndex()
        if cursorAction == _ACTION.MoveHome:
            return model.index(0, 0)
        if cursorAction == _ACTION.MoveEnd:
            return model.index(model.rowCount() - 1, 0)
        if cursorAction in (_ACTION.MoveLeft, _ACTION.MoveRight):
            return current
        return super().moveCursor(cursorAction, modifiers)

    def currentChanged(  # noqa: N802 - Qt's name
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Say which ticket the keys act on now."""
        super().currentChanged(current, previous)
        for index in (current, previous):
            self._update_row(index.row())
        if current.row() != previous.row():
            self.current_changed.emit(self.current_id())

    def _step(self, by: int, *, extend: bool) -> None:
        count = self._queue.rowCount() if self._queue else 0
        if count:
            at = max(0, min(count - 1, self.currentIndex().row() + by))
            self._go(at, _FLAG.Select if extend else _FLAG.ClearAndSelect)

    def _toggle(self) -> None:
        current = self.currentIndex()
        if current.isValid():
            self.selectionModel().select(current, _FLAG.Toggle | _FLAG.Rows)

    def _go(self, at: int, how: QItemSelectionModel.SelectionFlag) -> None:
        if self._queue is not None:
            index = self._queue.index(at, 0)
            self.selectionModel().setCurrentIndex(index, how | _FLAG.Rows)
            self.scrollTo(index)

    def _open(self, at: int) -> None:
        if self._queue is not None and self._queue.id_at(at):
            self.opened.emit(self._queue.id_at(at))

    def _chosen(self) -> None:
        self.viewport().update()
        self.chosen_changed.emit()

    # Keeping one's place

    def _note_place(self) -> None:
        """Before the order changes: remember the rows that may serve as anchor, and their y."""
        first, last = self.span()
        current = self.currentIndex().row()
        order = [at for at in (current, self._hovered) if first <= at <= last]
        order += [at for at in range(first, last + 1) if at not in order]
        scrolled = self.verticalScrollBar().value()
        ids = self._queue.ids() if self._queue else []
        self._anchor = [(ids[at], at * self.row_height - scrolled) for at in order]

    def _restore_place(self) -> None:
        """After it: the first anchor that is still there stands where it stood."""
        self.updateGeometries()
        near = self.span()[0]
        for ident, y in self._anchor:
            at = self._queue.position(ident, near) if self._queue else -1
            if at >= 0:
                self.verticalScrollBar().setValue(at * self.row_height - y)
                break
        self._anchor = []
        self.viewport().update()

    def _remember(self) -> None:
        self._remembered = [self.current_id(), *self.chosen_ids()[:1000]]

    def _recall(self) -> None:
        current, *chosen = self._remembered or [""]
        self._remembered = []
        at = self._queue.position(current) if self._queue and current else -1
        if at >= 0:
            self._go(at, _FLAG.ClearAndSelect if current in chosen else _FLAG.NoUpdate)
        self.viewport().update()

    # Pointer

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Ask the window for a menu on the chosen tickets."""
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            box = self.visualRect(self.currentIndex())
            where = self.viewport().mapToGlobal(QPoint(self.row_height, box.bottom()))
        if self.chosen_ids():
            self.menu_asked.emit(where, self.chosen_ids())

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Tooltips come from the plan of the row under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            plan = self.plan_at(index.row()) if index.isValid() else None
            text = hint(plan, index.column(), self._ticker.now()) if plan else ""
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)
