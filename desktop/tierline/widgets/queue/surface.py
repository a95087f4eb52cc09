"""The painted surface of the queue: one pass over the rows in sight.

A tick touches only the clocks that look different.
"""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import (
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from tierline.desk.rows import QueueRow
from tierline.present.order import Change
from tierline.present.queue_model import HEADERS, QueueModel
from tierline.present.ticker import Ticker
from tierline.widgets.clock_cell import ClockLook, faces_of
from tierline.widgets.overlay_bar import OverlayBar
from tierline.widgets.queue.columns import CAN_HIDE, Column, Layout, arrange
from tierline.widgets.queue.header import QueueHeader
from tierline.widgets.queue.painter import RowPainter, Shown
from tierline.widgets.queue.plan import Plan, Planner
from tierline.widgets.theme import ThemeHub

MOST_PLANS = 512
_FIGURE, _CLOCK, _WORDS = range(3)  # how much of a row is asked for


class QueueSurface(QTableView):
    """Rows of 44 px (30 compact) times the text scale; the same cost for any number of them.

    `range_changed(first, last, total)` counts from 1, for the footer.
    """

    range_changed = Signal(int, int, int)
    sort_asked = Signal(int)

    def __init__(self, hub: ThemeHub, ticker: Ticker, parent: QWidget | None = None) -> None:
        """Empty until it has a model."""
        super().__init__(parent)
        self._hub, self._ticker = hub, ticker
        self._queue: QueueModel | None = None
        self._compact = False
        self._hidden: frozenset[Column] = frozenset()
        self._hovered = -1
        self._empty_text = ""
        self._plans: dict[str, Plan] = {}
        self._looks: dict[str, ClockLook] = {}
        self._told = (0, 0, 0)
        self._lay: Layout = arrange(800, 1440, hub.scale)
        self._rows = RowPainter(hub, self._lay)
        self._planner = Planner(hub, self._lay, 1.0)
        self._head = QueueHeader(hub, self)
        self._dress()
        self._over = OverlayBar(self, hub)
        self._restyle()
        hub.changed.connect(self._restyle)
        ticker.tick.connect(self._tick)

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalHeader(self._head)
        self._head.sort_asked.connect(self.sort_asked)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setMinimumSectionSize(1)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setMinimumWidth(320)

    def attach(self, model: QueueModel) -> None:
        """Paint this model from now on."""
        self._queue = model
        self.setModel(model)
        model.dataChanged.connect(self._forget_looks)
        model.waiting_changed.connect(self._gone_changed)
        for changed in (model.modelReset, model.reordered):
            changed.connect(self._tell_range)
        self._restyle()

    def set_compact(self, compact: bool) -> None:
        """One line of 30 px a row, or two of 44."""
        self._compact = compact
        self._restyle()

    def hide_columns(self, words: Collection[str]) -> None:
        """Show these columns (by their words in the header) no more, and all others again."""
        self._hidden = frozenset(each for each in CAN_HIDE if HEADERS[each] in words)
        self._restyle()

    def hidden_words(self) -> tuple[str, ...]:
        """The words of the columns that are not shown."""
        return tuple(HEADERS[each] for each in CAN_HIDE if each in self._hidden)

    def set_empty_text(self, text: str) -> None:
        """What an empty list says instead of rows."""
        self._empty_text = text
        self.viewport().update()

    @property
    def row_height(self) -> int:
        """The height of a row in px."""
        return self._lay.row

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The rows the event touches; only their clocks when only those are asked for."""
        queue, lay, area = self._queue, self._lay, event.rect()
        painter = QPainter(self.viewport())
        painter.fillRect(area, self._hub.theme.sheet)
        first, last = self.span()
        if queue is not None and first <= last:
            painter.setLayoutDirection(self.layoutDirection())
            queue.need(first, last)
            region, scrolled = event.region(), self.verticalScrollBar().value()
            clock, figure = self._rows.clock_rect(0), self._rows.figure_rect(0).height()
            words = area.left() < clock.left() or area.right() > clock.right()
            chosen = self._chosen_rows(first, last)
            for at in range(first, last + 1):
                top = at * lay.row - scrolled
                if region.intersects(QRect(0, top, lay.total, lay.row)):
                    below = QRect(clock.left(), top + figure, clock.width(), lay.row - figure)
                    what = _WORDS if words else _CLOCK if region.intersects(below) else _FIGURE
                    self._paint_row(painter, at, top, what, selected=at in chosen)
        elif self._empty_text:
            self._paint_empty(painter)
        painter.end()

    def _paint_empty(self, painter: QPainter) -> None:
        room = self.viewport().rect().adjusted(self._hub.px(20), self._hub.px(20), 0, 0)
        painter.setFont(self._hub.font(13))
        painter.setPen(self._hub.theme.ink3)
        painter.drawText(room, Qt.TextFlag.TextWordWrap, self._empty_text)

    def _paint_row(
        self, painter: QPainter, at: int, top: int, what: int, *, selected: bool
    ) -> None:
        current = at == self.currentIndex().row()
        shown = Shown(top, selected, at == self._hovered, current, self.hasFocus())
        self._rows.ground(painter, shown)
        plan = self.plan_at(at)
        if plan is None:
            return
        if what == _WORDS:
            self._rows.words(painter, plan, top)
        lower = what != _FIGURE
        self._rows.clock(painter, self._look(plan.row), top, dim=plan.dim, lower=lower)

    def plan_at(self, at: int) -> Plan | None:
        """What row `at` shows; None if its ticket cannot be had now."""
        queue = self._queue
        row = queue.row_at(at) if queue else None
        if queue is None or row is None:
            return None
        plan, look = self._plans.get(row.id), self._look(row)
        if plan is None or plan.row is not row or plan.opens != look.opens:
            if len(self._plans) > MOST_PLANS:
                self._plans.clear()
            gone = row.id in queue.waiting.gone
            plan = self._plans[row.id] = self._planner.plan(row, opens=look.opens, gone=gone)
        return plan

    def _look(self, row: QueueRow) -> ClockLook:
        look = self._looks.get(row.id)
        if look is None:
            look = self._looks[row.id] = faces_of(row.clocks, self._ticker.now())
        return look

    def _chosen_rows(self, first: int, last: int) -> set[int]:
        found: set[int] = set()
        for part in self.selectionModel().selection().toList():
            found.update(range(max(first, part.top()), min(last, part.bottom()) + 1))
        return found

    def span(self) -> tuple[int, int]:
        """The first and last row on screen; last is less than first when there is none."""
        row, count = self._lay.row, self._queue.rowCount() if self._queue else 0
        scrolled, high = self.verticalScrollBar().value(), self.viewport().height()
        return scrolled // row, min((scrolled + high - 1) // row, count - 1)

    # The second

    def _tick(self, now: float) -> None:
        """Repaint the clocks on screen that look different at `now`."""
        if self._queue is None or not self.isVisible():
            return
        first, last = self.span()
        scrolled, looks = self.verticalScrollBar().value(), {}
        for at in range(first, last + 1):
            row = self._queue.row_at(at)
            if row is None:
                continue
            look, before = faces_of(row.clocks, now), self._looks.get(row.id)
            looks[row.id] = look
            if before is None or before.opens != look.opens:
                self._update_row(at)
            elif before != look:
                top = at * self._lay.row - scrolled
                rect = self._rows.figure_rect if _alike(before, look) else self._rows.clock_rect
                self.viewport().update(rect(top))
        self._looks = looks

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Visible clocks tick."""
        super().showEvent(event)
        self._looks.clear()
        self._ticker.add(self)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Hidden ones don't."""
        super().hideEvent(event)
        self._ticker.drop(self)

    # What changes the picture

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width is another layout."""
        super().resizeEvent(event)
        self._arrange()
        self._tell_range()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's name
        """What came to be under the pointer is the hovered row."""
        super().scrollContentsBy(dx, dy)
        if self._hovered >= 0:
            self._hover(self.viewport().mapFromGlobal(self.cursor().pos()).y())
        self._tell_range()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Another direction of reading mirrors the rows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._restyle()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Light the row under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(event.position().toPoint().y())

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """No row is lit once the pointer has left; another screen needs other pictures."""
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        elif event.type() == QEvent.Type.DevicePixelRatioChange:
            self._restyle()
        return super().viewportEvent(event)

    def _hover(self, y: int) -> None:
        inside = 0 <= y < self.viewport().height()
        row = (y + self.verticalScrollBar().value()) // self._lay.row if inside else -1
        if row != self._hovered:
            for each in (self._hovered, row):
                self._update_row(each)
            self._hovered = row

    def _update_row(self, at: int) -> None:
        if at >= 0:
            top = at * self._lay.row - self.verticalScrollBar().value()
            self.viewport().update(0, top, self._lay.total, self._lay.row)

    def _restyle(self) -> None:
        self._lay = self._lay._replace(total=-1)
        self._arrange()
        self._head.updateGeometry()
        self.updateGeometries()
        self.viewport().update()

    def _arrange(self) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        view, window, scale = self.viewport().width(), self.window().width(), self._hub.scale
        how = {"compact": self._compact, "mirrored": mirrored}
        lay = arrange(view, window, scale, hidden=self._hidden, **how)
        if lay == self._lay:
            return
        self._lay = lay
        self._rows = RowPainter(self._hub, lay)
        self._planner = Planner(self._hub, lay, self.devicePixelRatioF())
        self._plans.clear()
        side = self.verticalHeader()
        if side.defaultSectionSize() != lay.row:
            side.setDefaultSectionSize(lay.row)
        self.verticalScrollBar().setSingleStep(lay.row)
        self._head.arrange(lay)

    def _forget_looks(self, first: QModelIndex, last: QModelIndex) -> None:
        if self._queue is not None:
            for ident in self._queue.ids()[first.row() : last.row() + 1]:
                self._looks.pop(ident, None)

    def _gone_changed(self, change: Change) -> None:
        del change
        self._plans.clear()
        self.viewport().update()

    def _tell_range(self) -> None:
        first, last = self.span()
        total = self._queue.rowCount() if self._queue else 0
        told = (first + 1, last + 1, total) if total else (0, 0, 0)
        if told != self._told:
            self._told = told
            self.range_changed.emit(*told)


def _alike(before: ClockLook, now: ClockLook) -> bool:
    """Whether two looks differ in bar and figure only."""
    kept = (now.phase, now.word, now.marks)
    return (before.phase, before.word, before.marks) == kept
