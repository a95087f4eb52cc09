"""The rail's rows as Qt wants them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tierline.desk.queues import Count
from tierline.widgets.rail.items import Item, sentence

Index = QModelIndex | QPersistentModelIndex
_TEXT = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_NONE = Count()


class RailModel(QAbstractListModel):
    """Rows change in place, so that the keyboard stays where it is."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._items: list[Item] = []
        self._counts: dict[str, Count] = {}

    def show(self, items: Sequence[Item], counts: Mapping[str, Count]) -> bool:
        """Show these; answers whether the rows themselves are others."""
        fresh = list(items)
        if fresh != self._items:
            self.beginResetModel()
            self._items, self._counts = fresh, dict(counts)
            self.endResetModel()
            return True
        before, self._counts = self._counts, dict(counts)
        for at, item in enumerate(fresh):
            if before.get(item.view) != self._counts.get(item.view):
                self.dataChanged.emit(self.index(at), self.index(at))
        return False

    def item_at(self, at: int) -> Item | None:
        """The row at a place."""
        return self._items[at] if 0 <= at < len(self._items) else None

    def count_of(self, view: str) -> Count:
        """The count of a view, zero when it is not known."""
        return self._counts.get(view, _NONE)

    def place(self, view: str) -> int:
        """Where a view stands, -1 when it is not in the rail now."""
        return next((at for at, each in enumerate(self._items) if each.view == view), -1)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Groups and views."""
        return 0 if parent is not None and parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A row in words."""
        item = self.item_at(index.row())
        if item is None or role not in _TEXT:
            return None
        return sentence(item, self.count_of(item.view))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Groups cannot be chosen."""
        item = self.item_at(index.row())
        if item is None or not item.view:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
