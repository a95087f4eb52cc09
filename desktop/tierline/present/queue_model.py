"""The queue as a Qt model: an order of ids, and the few rows that are on screen.

It never sorts or filters: it is given an order (`show`, `offer`) and fetches rows by id, a page at
a time around what is looked at. While `hold` is on, a new order only waits and is counted.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from tierline.desk.rows import QueueRow, row_sentence
from tierline.desk.wording import priority_name
from tierline.domain.tongue import tr
from tierline.present.order import NO_CHANGE, Change, compare

PAGE = 64
KEPT = 1024
# Above this many comparisons it is cheaper to lay the whole order out anew than to move rows.
MOST_STEPS, FEW_MOVES = 2_000_000, 8

DISPLAY = int(Qt.ItemDataRole.DisplayRole)
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
ID = int(Qt.ItemDataRole.UserRole) + 1
ROW = ID + 1
HEADERS = (
    "",
    tr("Prio"),
    tr("Number"),
    tr("Subject and client"),
    tr("Status"),
    tr("Line"),
    tr("Assignee"),
    tr("Next clock"),
)
SPOKEN_HEADERS = (tr("Marks"), tr("Priority"), *HEADERS[2:])

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[Sequence[str]], Iterable[QueueRow]]


class QueueModel(QAbstractTableModel):
    """Ordered ids and a bounded cache of rows; the same cost at 50 as at 500,000 tickets.

    `waiting_changed(Change)`: what waits while the order is held. `about_to_reorder` and
    `reordered` enclose every change of order that is not a reset, so that a view keeps its place.
    """

    waiting_changed = Signal(object)
    about_to_reorder = Signal()
    reordered = Signal()

    def __init__(
        self, fetch: Fetch, now: Callable[[], float], parent: QObject | None = None
    ) -> None:
        """`fetch` gives the rows of some ids in any order, leaving out those it has not.

        `now` is the hub's time in seconds since the Unix epoch, for what is read aloud.
        """
        super().__init__(parent)
        self._fetch, self._now = fetch, now
        self._ids: list[str] = []
        self._rows: OrderedDict[str, QueueRow] = OrderedDict()
        self._offered: list[str] | None = None
        self.waiting: Change = NO_CHANGE
        self.hold = self.filling = False

    # Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's signature
        """As many as ids."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's signature
        """The columns of the design, also those a narrow window leaves out."""
        return 0 if parent.isValid() else len(HEADERS)

    def data(self, index: Index, role: int = DISPLAY) -> Any:  # noqa: ANN401 - Qt's signature
        """Texts for what asks cell by cell; painting takes `row_at` instead."""
        if not index.isValid() or role not in (DISPLAY, SPOKEN, ID, ROW):
            return None
        if role == ID:
            return self._ids[index.row()]
        row = self.row_at(index.row())
        if row is None or role == ROW:
            return row
        return row_sentence(row, self._now()) if role == SPOKEN else _cell(row, index.column())

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = DISPLAY
    ) -> Any:  # noqa: ANN401 - Qt's signature
        """The column names; the spoken ones are whole words."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(HEADERS):
            if role == DISPLAY:
                return HEADERS[section]
            if role in (SPOKEN, Qt.ItemDataRole.ToolTipRole):
                return SPOKEN_HEADERS[section]
        return None

    # Reading

    def ids(self) -> Sequence[str]:
        """The order shown; not to be changed."""
        return self._ids

    def id_at(self, at: int) -> str:
        """The id in row `at`, "" when there is no such row."""
        return self._ids[at] if 0 <= at < len(self._ids) else ""

    def position(self, ident: str, near: int = 0) -> int:
        """The row of `ident`, -1 when it is not shown; `near` is where it was last seen."""
        low, high = max(near - 2 * PAGE, 0), near + 2 * PAGE
        for span in ((low, high), (0, len(self._ids))):
            try:
                return self._ids.index(ident, *span)
            except ValueError:
                continue
        return -1

    def row_at(self, at: int) -> QueueRow | None:
        """The row at `at`, fetched with its page if need be; None if it cannot be had now."""
        ident = self.id_at(at)
        row = self._rows.get(ident)
        if row is None and ident:
            self.need(at, at)
            row = self._rows.get(ident)
        return row

    def need(self, first: int, last: int) -> None:
        """Fetch what is missing of the rows `first` to `last`, and its neighbours with it."""
        if all(ident in self._rows for ident in self._ids[first : last + 1]):
            return
        low = max(first - PAGE // 2, 0)
        wanted = [i for i in self._ids[low : last + 1 + PAGE // 2] if i not in self._rows]
        self._keep(self._fetch(wanted), room=max(KEPT, 2 * (last - first + PAGE)))

    # Changing

    def show(self, ids: Sequence[str]) -> None:
        """Another view: replace everything. What was held is forgotten; selection is the view's."""
        self.beginResetModel()
        self._ids = list(ids)
        self._rows.clear()
        self._offered = None
        self.endResetModel()
        self._wait(NO_CHANGE)

    def offer(self, ids: Sequence[str]) -> None:
        """The same view in a new order: taken over at once, or counted while `hold` is on.

        Nothing can move in an empty list, or in one that is still `filling`.
        """
        if self.hold and self._ids and not self.filling:
            change = compare(self._ids, ids)
            self._offered = list(ids) if change else None
            self._wait(change)
        else:
            self._become(list(ids), compare(self._ids, ids))

    def apply_held(self) -> None:
        """Take over what waits, if anything does."""
        if self._offered is not None:
            self._become(self._offered, self.waiting)

    def refresh(self, ids: Iterable[str]) -> None:
        """These tickets changed: paint them anew where they are, if they are on screen."""
        near = 0
        for ident in ids:
            if self._rows.pop(ident, None) is not None:
                near = self.position(ident, near)
                if near >= 0:
                    end = self.index(near, len(HEADERS) - 1)
                    self.dataChanged.emit(self.index(near, 0), end)

    def put(self, rows: Iterable[QueueRow]) -> None:
        """Rows that were fetched elsewhere have come; those shown are painted."""
        fresh = list(rows)
        self._keep(fresh, room=KEPT)
        for row in fresh:
            at = self.position(row.id)
            if at >= 0:
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(HEADERS) - 1))

    def _keep(self, rows: Iterable[QueueRow], room: int) -> None:
        for row in rows:
            self._rows[row.id] = row
            self._rows.move_to_end(row.id)
        while len(self._rows) > room:
            self._rows.popitem(last=False)

    def _wait(self, change: Change) -> None:
        if change != self.waiting:
            self.waiting = change
            self.waiting_changed.emit(change)

    def _become(self, ids: list[str], change: Change) -> None:
        if change:
            self.about_to_reorder.emit()
            self._remove(change.gone)
            self._move(change, ids)
            self._insert(change.new, ids)
            self.reordered.emit()
        self._offered = None
        self._wait(NO_CHANGE)

    def _remove(self, gone: frozenset[str]) -> None:
        for first, last in reversed(_runs(_places(self._ids, gone))):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._ids[first : last + 1]
            self.endRemoveRows()

    def _move(self, change: Change, ids: list[str]) -> None:
        if len(change.moved) * len(ids) > MOST_STEPS and len(change.moved) > FEW_MOVES:
            self._relayout([ident for ident in ids if ident not in change.new])
            return
        for at in _places(ids, change.moved):
            before = at - 1
            while before >= 0 and ids[before] in change.new:
                before -= 1
            self._move_one(ids[at], ids[before] if before >= 0 else "")

    def _move_one(self, ident: str, behind: str) -> None:
        """Put `ident` right behind another id, "" for the top; those before it are in place."""
        source = self._ids.index(ident)
        target = self._ids.index(behind) + 1 if behind else 0
        if target in (source, source + 1):
            return
        self.beginMoveRows(QModelIndex(), source, source, QModelIndex(), target)
        self._ids.insert(target - (1 if target > source else 0), self._ids.pop(source))
        self.endMoveRows()

    def _relayout(self, order: list[str]) -> None:
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        names = [self._ids[index.row()] for index in held]
        wanted = set(names)
        places = {ident: at for at, ident in enumerate(order) if ident in wanted}
        self._ids = order
        fresh = [self.index(places[n], i.column()) for n, i in zip(names, held, strict=True)]
        self.changePersistentIndexList(held, fresh)
        self.layoutChanged.emit()

    def _insert(self, new: frozenset[str], ids: list[str]) -> None:
        for first, last in _runs(_places(ids, new)):
            self.beginInsertRows(QModelIndex(), first, last)
            self._ids[first:first] = ids[first : last + 1]
            self.endInsertRows()


def _places(ids: Sequence[str], wanted: frozenset[str]) -> list[int]:
    """Where the wanted ids are, ascending; few of them are looked up, many are picked out."""
    if len(wanted) <= FEW_MOVES:
        return sorted(ids.index(ident) for ident in wanted)
    return [at for at, ident in enumerate(ids) if ident in wanted]


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending numbers as runs of neighbours, first and last inclusive."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _cell(row: QueueRow, column: int) -> str:
    texts = (
        "",
        priority_name(row.priority),
        row.number,
        f"{row.subject}, {row.client}",
        row.status,
        row.tier_word,
        row.assignee or tr("Nobody"),
        row.clocks[0].face(0).word if row.clocks else "",
    )
    return texts[column]
