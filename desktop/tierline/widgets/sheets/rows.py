"""A list of rows to choose one from: painted by us, read and driven as the list it is.

`RowList(hub, look).put(rows)`. A `Look` says how high a row is, paints it and reads it aloud.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tierline.widgets.sheets.ink import Ink
from tierline.widgets.theme import ThemeHub

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)
_SPOKEN = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole))
PAD = 4


class Look(Protocol):
    """How rows of one kind are shown. Sizes in px."""

    def height(self, row: Any, width: int) -> int:  # noqa: ANN401 - each look has its own rows
        """How high the row is at that width."""

    def paint(self, ink: Ink, row: Any, *, chosen: bool) -> None:  # noqa: ANN401 - see above
        """Draw the row; the ground of a chosen one is there already."""

    def sentence(self, row: Any) -> str:  # noqa: ANN401 - see above
        """The row as a screen reader says it."""

    def rests(self, row: Any) -> bool:  # noqa: ANN401 - see above
        """Whether it cannot be chosen: a heading, say."""


class RowModel(QAbstractListModel):
    """The rows, and what is said of them."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        """Empty until `put`."""
        super().__init__(parent)
        self._look = look
        self.rows: Sequence[Any] = ()

    def put(self, rows: Sequence[Any]) -> None:
        """Show these in place of the others."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = 0) -> Any:  # noqa: ANN401 - Qt's signature
        """The row itself, or its sentence."""
        if not index.isValid():
            return None
        if role == ROW:
            return self.rows[index.row()]
        sentence = self._look.sentence(self.rows[index.row()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return sentence.replace("<", "‹")  # plain, whatever a client wrote
        return sentence if role in _SPOKEN else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are passed over."""
        if index.isValid() and self._look.rests(self.rows[index.row()]):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Painter(QStyledItemDelegate):
    def __init__(self, hub: ThemeHub, look: Look, view: QListView) -> None:
        super().__init__(view)
        self._hub, self._look, self._view = hub, look, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's
        del option
        wide = self._view.viewport().width()
        return QSize(wide, self._look.height(index.data(ROW), wide))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        box = QRectF(option.rect)
        painter.save()
        ink = Ink(painter, self._hub, box, mirrored=mirrored)
        ink.ground(chosen=chosen, current=focused and self._view.hasFocus())
        self._look.paint(ink, index.data(ROW), chosen=chosen)
        painter.restore()


class RowList(QListView):
    """Chooses one row. `picked(row)` when another is chosen, `ran(row)` on a double click.

    Digits choose by place. With `most` 0 it is as high as its rows, else it scrolls after `most`
    design px.
    """

    picked = Signal(int)
    ran = Signal(int)

    def __init__(self, hub: ThemeHub, look: Look, name: str, most: int = 0) -> None:
        """Empty until `put`; `name` is for a screen reader."""
        super().__init__()
        self.hub, self._look, self._most, self.digits = hub, look, most, True
        self._cap = 0
        self._model = RowModel(look, self)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(hub, look, self))
        self.setAccessibleName(name)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(False)
        self.setMouseTracking(False)
        if not most:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        hub.changed.connect(self._resized)
        self.selectionModel().selectionChanged.connect(lambda *_: self.picked.emit(self.chosen()))
        self.doubleClicked.connect(lambda index: self.ran.emit(index.row()))

    @property
    def rows(self) -> Sequence[Any]:
        """What is shown."""
        return self._model.rows

    def put(self, rows: Sequence[Any], chosen: int = -1) -> None:
        """Show these rows, with one of them chosen (-1 for none)."""
        self._model.put(tuple(rows))
        # A reset throws the selection away without a word of it.
        self.choose(chosen)
        self._resized()

    def choose(self, row: int) -> None:
        """Choose by place; -1 or a heading chooses none."""
        index = self._model.index(row, 0)
        if index.isValid() and not self._look.rests(self.rows[row]):
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flag)
        else:
            self.clearSelection()

    def chosen(self) -> int:
        """The place of the chosen row, -1 for none."""
        found = self.selectionModel().selectedIndexes()
        return found[0].row() if found else -1

    def choice(self) -> Any:  # noqa: ANN401 - each look has its own rows
        """The chosen row, None for none."""
        at = self.chosen()
        return self.rows[at] if at >= 0 else None

    def cap(self, high: int) -> None:
        """Never be higher than so many px: the list itself scrolls, and not what is around it."""
        if high != self._cap:
            self._cap = high
            self._resized()

    def sentence(self, row: Any) -> str:  # noqa: ANN401 - each look has its own rows
        """A row as it is read aloud."""
        return self._look.sentence(row)

    def step(self, by: int) -> None:
        """Move the choice by so many rows, over headings, stopping at the ends."""
        at = self.chosen()
        while 0 <= (at := at + by) < len(self.rows):
            if not self._look.rests(self.rows[at]):
                self.choose(at)
                self.scrollTo(self._model.index(at, 0))
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows and digits choose; letters go to the sheet."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and self.digits and event.text().isdigit():
            place = int(event.text()) - 1
            if 0 <= place < len(self.rows):
                self.choose(place)
            return
        if plain and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.chosen() < 0:
            self.step(1)
            return
        if event.text().isprintable() and event.text().strip():
            event.ignore()
            return
        super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """Keep the current row in sight, also where the form scrolls and not the list."""
        super().currentChanged(current, previous)
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inside = area.widget() if isinstance(area, QScrollArea) else None
        if area is not None and inside is not None and current.isValid():
            box = self.visualRect(current)
            spot = self.viewport().mapTo(inside, box.center())
            area.ensureVisible(spot.x(), spot.y(), 0, box.height())

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Wrapped rows are higher when it is narrower."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As high as all rows, or as it may be."""
        inner = width - 2 * self.frameWidth()
        total = sum(self._look.height(row, inner) for row in self.rows)
        limit = min(self.hub.px(self._most), self._cap or total) if self._most else total
        return min(total, limit)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The height for the width it has."""
        wide = self.viewport().width() or self.hub.px(320)
        return QSize(self.hub.px(200), self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Never squeezed: the form scrolls instead."""
        return QSize(self.hub.px(80), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Wrap anew at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    def _resized(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()
