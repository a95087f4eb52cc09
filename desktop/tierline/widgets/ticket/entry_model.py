"""The rows of one ticket's timeline as Qt wants them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tierline.desk.timeline import Entry
from tierline.widgets.ticket.entry_rows import NEWEST, Row, Teller, more_rows, rows_of

FIRST = 24
Index = QModelIndex | QPersistentModelIndex
_TEXT = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class EntryModel(QAbstractListModel):
    """Newest last. What was shown stays in place when a ticket only grew."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No ticket yet."""
        super().__init__(parent)
        self._ticket = ""
        self._entries: tuple[Entry, ...] = ()
        self._rows: list[Row] = []
        self._held: list[Row] = []
        self._teller: Teller | None = None
        self._newest = NEWEST

    @property
    def teller(self) -> Teller | None:
        """What says the entries in words."""
        return self._teller

    def show(
        self, ticket_id: str, entries: tuple[Entry, ...], teller: Teller, first: int = FIRST
    ) -> bool:
        """Show these; answers whether they are another ticket's than before.

        Of another ticket only the newest `first` rows come at once: see `complete`.
        """
        other = ticket_id != self._ticket
        if other:
            self._newest = NEWEST
        same_day = self._teller is not None and self._teller.today == teller.today
        self._teller = teller
        known = len(self._entries)
        grown = (
            not other
            and same_day
            and known
            and entries[:known] == self._entries
            and len(entries) > known
        )
        if grown:
            self._append(entries, known)
        elif other or not same_day or entries != self._entries:
            rows = rows_of(entries, teller, self._newest)
            cut = max(len(rows) - first, 0) if other else 0
            self.beginResetModel()
            self._held, self._rows = rows[:cut], rows[cut:]
            self.endResetModel()
        self._ticket, self._entries = ticket_id, entries
        return other

    @property
    def held(self) -> bool:
        """Whether rows above are still to come: see `complete`."""
        return bool(self._held)

    def complete(self) -> None:
        """Put the rows that were held back for the first picture above the others."""
        if self._held:
            self.beginInsertRows(QModelIndex(), 0, len(self._held) - 1)
            self._rows, self._held = self._held + self._rows, []
            self.endInsertRows()

    def _append(self, entries: tuple[Entry, ...], known: int) -> None:
        assert self._teller is not None
        whole = rows_of(entries, self._teller, len(entries) - known + 1)
        fresh = [row for row in whole if row.at >= known and row.kind != "earlier"]
        self._newest += len(entries) - known
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(fresh) - 1)
        self._rows += fresh
        self.endInsertRows()

    def clear(self) -> None:
        """No ticket."""
        self.beginResetModel()
        self._ticket, self._entries, self._rows, self._held = "", (), [], []
        self.endResetModel()

    def row_at(self, at: int) -> Row | None:
        """The row at a place, None outside."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def unfold(self, at: int) -> None:
        """Show what a "more" or an "earlier" row stands for."""
        row = self.row_at(at)
        if row is None or self._teller is None:
            return
        if row.kind == "more":
            fresh = more_rows(row)
            self._rows[at] = fresh[0]
            if fresh[1:]:
                self.beginInsertRows(QModelIndex(), at + 1, at + len(fresh) - 1)
                self._rows[at + 1 : at + 1] = fresh[1:]
                self.endInsertRows()
            self.dataChanged.emit(self.index(at), self.index(at))
        elif row.kind == "earlier":
            self.beginResetModel()
            self._newest += NEWEST
            self._rows = rows_of(self._entries, self._teller, self._newest)
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A row in words."""
        row = self.row_at(index.row())
        if row is None or self._teller is None or role not in _TEXT:
            return None
        return self._teller.sentence(row)
