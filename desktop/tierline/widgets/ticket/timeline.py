"""The history of a ticket, newest at the bottom."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QWidget

from tierline.desk.ticket_view import TicketView
from tierline.domain.events import Attached
from tierline.domain.tongue import tr
from tierline.widgets.brush import Brush
from tierline.widgets.focus_ring import MARKING
from tierline.widgets.overlay_bar import OverlayBar
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.entry_model import EntryModel
from tierline.widgets.ticket.entry_paint import EntryPainter
from tierline.widgets.ticket.entry_rows import teller

_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_UNFOLD = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
MARGIN, LEAST, LEAST_ROW = 6, 28, 24


class Timeline(QListView):
    """Rows as high as their text. Ctrl C copies what is selected, or the current entry.

    `file_opened(Attached)` and `file_saved(Attached)` when that is asked for, `pasted(QMimeData)`.
    """

    file_opened = Signal(object)
    file_saved = Signal(object)
    pasted = Signal(object)

    def __init__(self, hub: ThemeHub, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        """Empty until it is shown a ticket."""
        super().__init__(parent)
        self._hub, self._zone = hub, zone
        self._entries = EntryModel(self)
        self._painter = EntryPainter(self, self._entries, hub)
        self._lifted = 0
        self._showing = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.complete)
        self.setModel(self._entries)
        self.setItemDelegate(self._painter)
        self._dress()
        OverlayBar(self, hub)
        hub.changed.connect(self._restyle)

    def _dress(self) -> None:
        self.setAccessibleName(tr("Timeline"))
        self.setProperty(MARKING, True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(self._hub.px(24))
        self.setMinimumHeight(self._hub.px(LEAST))

    def show_ticket(self, view: TicketView, now: float) -> None:
        """Show its history; the end of it when the ticket is another one or the end was seen."""
        bar = self.verticalScrollBar()
        at_end, before = bar.value() >= bar.maximum(), bar.value()
        told = teller(view, self._zone, datetime.fromtimestamp(now, UTC))
        self._painter.forget(view.policy_label)
        self._showing = True
        first = self.height() // self._hub.px(LEAST_ROW) + 2
        other = self._entries.show(view.ticket.id, view.timeline, told, first)
        self.setAccessibleName(tr("Timeline, {count} entries", count=len(view.timeline)))
        self._anchor()
        self._showing = False
        if other or at_end:
            self.scrollToBottom()
        else:
            bar.setValue(before)
        if self._entries.held:
            self._rest.start(0)

    def complete(self) -> None:
        """Bring the older rows that the first picture did without; what is seen stays."""
        self._rest.stop()
        bar = self.verticalScrollBar()
        from_end = bar.maximum() - bar.value()
        self._entries.complete()
        self._anchor()
        self.executeDelayedItemsLayout()
        bar.setValue(bar.maximum() - from_end)

    def empty(self) -> None:
        """Nothing is shown."""
        self._entries.clear()

    # Newest at the bottom: a short history stands on the composer

    def _anchor(self) -> None:
        high = self._painter.total(self._entries.rowCount(), self.height())
        lifted = max(self.height() - high - self._hub.px(MARGIN), 0) if high else 0
        if lifted != self._lifted:
            self._lifted = lifted
            foot = min(self._hub.px(MARGIN), lifted) if lifted else 0
            self.setViewportMargins(0, lifted, 0, foot)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another size wraps anew and keeps the end in sight."""
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum()
        super().resizeEvent(event)
        if self._showing:
            return
        self._anchor()
        if at_end:
            self.scrollToBottom()

    def _restyle(self) -> None:
        self.setMinimumHeight(self._hub.px(LEAST))
        self._painter.forget()
        self._anchor()
        self.scrollToBottom()
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Another direction of reading."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """An empty history says so."""
        super().paintEvent(event)
        if self._entries.rowCount() == 0:
            brush = Brush(self.viewport(), self._hub)
            left, middle = self._hub.px(16), self._hub.px(24)
            brush.text(left, middle, tr("No entries yet."), 12, self._hub.theme.ink3)
            brush.end()

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Copying and unfolding; letters are keys of the ticket and go to the window."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().mimeData())
        elif event.key() in _OPEN and (file := self._file_at(self.currentIndex())):
            self.file_opened.emit(file)
        elif event.key() in _UNFOLD and self._folds(self.currentIndex()):
            self._entries.unfold(self.currentIndex().row())
            self._anchor()
        elif event.key() in _UNFOLD or (event.text().isprintable() and event.text()):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Nothing: letters are keys here."""

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Coming by key begins at the newest entry."""
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        if not by_mouse and not self.currentIndex().isValid() and self._entries.rowCount():
            self.setCurrentIndex(self._entries.index(self._entries.rowCount() - 1))
        super().focusInEvent(event)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click on a fold opens it."""
        index = self.indexAt(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self._folds(index):
            self._entries.unfold(index.row())
            self._anchor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Opens a file."""
        file = self._file_at(self.indexAt(event.position().toPoint()))
        if file is not None and event.button() == Qt.MouseButton.LeftButton:
            self.file_opened.emit(file)
        else:
            super().mouseDoubleClickEvent(event)

    def _file_at(self, index: QModelIndex) -> Attached | None:
        row = self._entries.row_at(index.row()) if index.isValid() else None
        return row.entry.file if row is not None and row.kind == "entry" else None

    def _folds(self, index: QModelIndex) -> bool:
        row = self._entries.row_at(index.row()) if index.isValid() else None
        return row is not None and row.kind in ("more", "earlier")

    # Copying

    def copy(self) -> None:
        """The selected entries, or the current one, as text."""
        chosen = sorted({index.row() for index in self.selectedIndexes()})
        rows = chosen or [self.currentIndex().row()]
        found = [row for row in map(self._entries.row_at, rows) if row is not None]
        told = self._entries.teller
        if not found or told is None:
            return
        entries = {row.at: row.entry for row in found if row.kind in ("entry", "text", "more")}
        text = "\n\n".join(told.copied(entry) for entry in entries.values())
        if text:
            QGuiApplication.clipboard().setText(text)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """The way to open, save and copy with the mouse."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        file = self._file_at(self.currentIndex() if by_key else self.indexAt(event.pos()))
        if file is not None:
            menu.addAction(tr("Open file")).triggered.connect(lambda: self.file_opened.emit(file))
            menu.addAction(tr("Save file as…")).triggered.connect(
                lambda: self.file_saved.emit(file)
            )
            menu.addSeparator()
        action = QAction(tr("Copy entry"), menu)
        action.setShortcut(QKeySequence.StandardKey.Copy)
        action.triggered.connect(self.copy)
        menu.addAction(action)
        everything = QAction(tr("Select all"), menu)
        everything.triggered.connect(self.selectAll)
        menu.addAction(everything)
        menu.popup(event.globalPos())
