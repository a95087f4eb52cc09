"""Every queue with its count, at the left of the window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from tierline.desk.desk import FirstContact
from tierline.desk.queues import Count
from tierline.domain.tongue import tr
from tierline.storage.records import SavedView
from tierline.widgets.brush import Brush
from tierline.widgets.focus_ring import MARKING
from tierline.widgets.overlay_bar import OverlayBar
from tierline.widgets.rail.card import FirstContactCard
from tierline.widgets.rail.items import (
    CALLING,
    GROUP,
    SAVED,
    Item,
    compact_items,
    sentence,
    wide_items,
)
from tierline.widgets.rail.model import RailModel
from tierline.widgets.rail.paint import RailPainter
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.prose import label, tip

WIDE, COMPACT, TOP = 188, 54, 8
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Rail(QFrame):
    """The views and the day's first-contact figure. `chosen(view)` on a click or Enter.

    `managed(view)` when a saved view is to be renamed, moved, shared or dropped: by the menu key,
    a right click, or Del.

    188 px wide (times the text scale), 54 in the compact form.
    """

    chosen = Signal(str)
    managed = Signal(str)

    def __init__(self, hub: ThemeHub, parent: QWidget | None = None) -> None:
        """Empty counts; nothing is chosen."""
        super().__init__(parent)
        self._hub = hub
        self._counts: dict[str, Count] = {}
        self._saved: tuple[SavedView, ...] = ()
        self._view = ""
        self._compact = False
        self._list = RailList(hub, self)
        self._card = FirstContactCard(hub, self)
        self._list.picked.connect(self._picked)
        self._list.managed.connect(self.managed)
        self.setFocusProxy(self._list)
        self.setAccessibleName(tr("Views"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._list, 1)
        column.addWidget(self._card)
        hub.changed.connect(self._restyle)
        self._restyle()
        self._fill()

    @property
    def view(self) -> str:
        """The view that is shown as chosen."""
        return self._view

    @property
    def list(self) -> RailList:
        """The list itself."""
        return self._list

    def show_counts(self, counts: Mapping[str, Count], saved: Sequence[SavedView]) -> None:
        """Show these counts; the keyboard stays where it is."""
        self._counts, self._saved = dict(counts), tuple(saved)
        self._fill()

    def show_first_contact(self, figure: FirstContact) -> None:
        """Show today's figure; hidden where no goal is set."""
        self._card.show_figure(figure)

    def choose(self, view: str) -> None:
        """Mark this view as the one that is shown; tells nobody."""
        self._view = view
        self._fill()
        self._list.mark(view)

    def set_compact(self, compact: bool) -> None:
        """Icon and count only."""
        self._compact = compact
        self._card.allow(not compact)
        self._list.set_compact(compact)
        self._restyle()
        self._fill()
        self._list.mark(self._view)

    def _fill(self) -> None:
        make = compact_items if self._compact else wide_items
        counts = {**self._counts, SAVED: Count(len(self._saved))}
        # An inbox that is empty needs no place.
        calling = [view for view in CALLING if counts.get(view, Count()).total]
        self._list.show_items(make(self._saved, self._view, calling), counts, self._mark())

    def _mark(self) -> str:
        folded = self._compact and self._view.startswith("saved:")
        return SAVED if folded else self._view

    def _picked(self, view: str) -> None:
        if view == SAVED:
            self.saved_menu().popup(self._list.beside(SAVED))
            return
        self.choose(view)
        self.chosen.emit(view)

    def saved_menu(self) -> QMenu:
        """The saved views, for where there is no room to list them."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for saved in self._saved:
            count = self._counts.get(f"saved:{saved.id}", Count()).total
            action = QAction(f"{label(saved.name)}\t{count}", menu)
            action.triggered.connect(lambda _=False, v=f"saved:{saved.id}": self._picked(v))
            menu.addAction(action)
        return menu

    def _restyle(self) -> None:
        self.setFixedWidth(self._hub.px(COMPACT if self._compact else WIDE))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The ground, and the line beside the queue."""
        brush = Brush(self, self._hub)
        brush.painter.fillRect(event.rect(), brush.theme.win)
        brush.rule(self.width() - 1, 0, 1, self.height(), brush.theme.line)
        brush.end()


class RailList(QListView):
    """The rows; arrows move the mark, Enter picks."""

    picked = Signal(str)
    managed = Signal(str)

    def __init__(self, hub: ThemeHub, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._hub = hub
        self._rows = RailModel(self)
        self._painter = RailPainter(self, self._rows, hub)
        self.setModel(self._rows)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Views"))
        self.setProperty(MARKING, True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        OverlayBar(self, hub)
        hub.changed.connect(self._restyle)
        self._restyle()

    def show_items(self, items: list[Item], counts: Mapping[str, Count], chosen: str) -> None:
        """Show these rows."""
        current = self._rows.item_at(self.currentIndex().row())
        if self._painter.chosen != chosen:
            self._painter.chosen = chosen
            self.viewport().update()
        if self._rows.show(items, counts):
            at = self._rows.place(current.view if current else chosen)
            if at >= 0:
                self.setCurrentIndex(self._rows.index(at))

    def mark(self, view: str) -> None:
        """Put the keyboard's mark on a view."""
        at = self._rows.place(view)
        if at >= 0:
            self.setCurrentIndex(self._rows.index(at))

    def set_compact(self, compact: bool) -> None:
        """Tiles in place of rows."""
        self._painter.compact = compact
        self.doItemsLayout()

    def beside(self, view: str) -> QPoint:
        """Where a menu of that row opens, on the screen."""
        box = self.visualRect(self._rows.index(max(self._rows.place(view), 0)))
        return self.viewport().mapToGlobal(box.topRight())

    def _restyle(self) -> None:
        px = self._hub.px
        self.setViewportMargins(0, px(TOP), 0, px(4))
        self.verticalScrollBar().setSingleStep(px(28))
        self.doItemsLayout()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter picks; letters are the window's."""
        if event.key() in _ENTER:
            self._pick(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete:
            self._manage(self.currentIndex())
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """A saved view can be changed from where it stands."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self._manage(self.currentIndex() if by_key else self.indexAt(event.pos()))

    def _manage(self, index: QModelIndex) -> None:
        item = self._rows.item_at(index.row()) if index.isValid() else None
        if item is not None and item.group == GROUP:
            self.managed.emit(item.view)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Nothing: letters are keys here."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click picks."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pick(self.indexAt(event.position().toPoint()))

    def _pick(self, index: QModelIndex) -> None:
        item = self._rows.item_at(index.row()) if index.isValid() else None
        if item is not None and item.view:
            self.picked.emit(item.view)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Begin at the view that is shown."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.mark(self._painter.chosen)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The tooltip has the name in full and what the marks count."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            item = self._rows.item_at(self.indexAt(event.pos()).row())
            text = sentence(item, self._rows.count_of(item.view)) if item and item.view else ""
            QToolTip.showText(event.globalPos(), tip(text), self)
            return True
        return super().viewportEvent(event)
