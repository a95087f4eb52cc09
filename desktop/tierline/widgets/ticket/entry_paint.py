"""Paints the rows of the timeline from their plans."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from tierline.widgets import fonts
from tierline.widgets.brush import Brush
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.entry_model import EntryModel
from tierline.widgets.ticket.entry_plan import (
    BOX_PAD,
    BOX_RISE,
    CHIP,
    CHIP_GAP,
    CHIP_ICON,
    CHIP_PAD,
    DAY,
    ICON_AT,
    LINE,
    PAD,
    TEXT_AT,
    Chip,
    Plan,
    Planner,
)

MOST_PLANS = 400
Index = QModelIndex | QPersistentModelIndex
_STATE = QStyle.StateFlag


class EntryPainter(QStyledItemDelegate):
    """Heights and pictures of rows; plans are kept until width, look or text changes."""

    def __init__(self, view: QAbstractItemView, model: EntryModel, hub: ThemeHub) -> None:
        """For this list and its model."""
        super().__init__(view)
        self._view, self._model, self._hub = view, model, hub
        self._plans: dict[object, Plan] = {}
        self._planner: Planner | None = None
        self._made_for: tuple[int, bool] = (0, False)
        self._policy = ""

    def forget(self, policy: str | None = None) -> None:
        """Lay everything out anew; `policy` is the label of another ticket."""
        self._policy = self._policy if policy is None else policy
        self._planner = None
        self._plans.clear()

    def plan_at(self, at: int) -> Plan | None:
        """The plan of a row at the list's present width."""
        row, teller = self._model.row_at(at), self._model.teller
        if row is None or teller is None:
            return None
        wide = self._view.viewport().width()
        mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if self._planner is None or self._made_for != (wide, mirrored):
            self._plans.clear()
            self._made_for = (wide, mirrored)
            self._planner = Planner(self._hub, wide, teller, self._policy, mirrored=mirrored)
        key = (row.kind, row.at, row.upto, row.day)
        plan = self._plans.get(key)
        if plan is None or plan.row is not row:
            if len(self._plans) > MOST_PLANS:
                self._plans.clear()
            plan = self._plans[key] = self._planner.plan(row)
        return plan

    def total(self, count: int, enough: int) -> int:
        """How high all rows are, px; it stops counting from the end once that is `enough`."""
        high = 0
        for at in range(count - 1, -1, -1):
            plan = self.plan_at(at)
            high += plan.high if plan else 0
            if high > enough:
                break
        return high

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's
        """As high as its text needs at the list's width."""
        del option
        plan = self.plan_at(index.row())
        # Narrower than the list: as wide, and the list would think that it must scroll.
        return QSize(self._hub.px(60), plan.high if plan else 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Time, icon, words, box and chips."""
        plan = self.plan_at(index.row())
        if plan is None:
            return
        state, rect = option.state, option.rect
        brush = Brush(self._view.viewport(), self._hub, painter)
        top = float(rect.top())
        self._ground(brush, plan, top, state)
        if plan.row.day:
            self._day(brush, plan.row.day, top)
        self._words(brush, plan, top)

    def _ground(self, brush: Brush, plan: Plan, top: float, state: QStyle.StateFlag) -> None:
        px, theme = self._hub.px, brush.theme
        focused = self._view.hasFocus()
        above = px(DAY) if plan.row.day else 0
        box = brush.box(px(6), top + above, brush.wide - 2 * px(6), plan.high - above)
        if state & _STATE.State_Selected and focused:
            brush.frame(box, 5, fill=theme.sel)
        if state & _STATE.State_HasFocus and focused:
            brush.frame(box, 5, edge=theme.focus)

    def _day(self, brush: Brush, day: str, top: float) -> None:
        px, theme = self._hub.px, brush.theme
        middle, left = top + px(DAY) / 2 + px(2), px(PAD)
        wide = brush.text(left, middle, day, 11, theme.ink3, fonts.SEMIBOLD)
        start = left + wide + px(8)
        brush.rule(start, round(middle), brush.wide - px(PAD) - start, 1, theme.line2)

    def _words(self, brush: Brush, plan: Plan, top: float) -> None:
        px, theme, painter = self._hub.px, brush.theme, brush.painter
        left, room = px(TEXT_AT), self._planner.room if self._planner else 0
        if plan.head is not None:
            middle = top + plan.head_top + px(LINE) / 2
            if plan.time:
                brush.text(px(PAD), middle, plan.time, 12, theme.ink3)
                brush.icon(px(ICON_AT), middle, plan.row.entry.icon, 14, theme.ink3)
            plan.head.draw(painter, brush.x(left, room), top + plan.head_top)
        for chip in plan.chips:
            self._chip(brush, chip, left + chip.left, top + chip.top)
        if plan.body is None:
            return
        inside = px(BOX_PAD) if plan.box else 0
        body_top = top + plan.body_top
        if plan.box:
            high = plan.body.high + 2 * px(BOX_RISE)
            box = brush.box(left, round(body_top) - px(BOX_RISE), room, high)
            brush.frame(box, 5, fill=theme.pane, edge=theme.line2)
        seen = self._view.viewport().height()
        plan.body.draw(painter, brush.x(left + inside, room - 2 * inside), body_top, seen)

    def _chip(self, brush: Brush, chip: Chip, left: float, top: float) -> None:
        px, theme = self._hub.px, brush.theme
        fill, edge, ink = {
            "soon": (theme.soontint, theme.soonfill, theme.soon),
            "now": (theme.nowtint, theme.nowfill, theme.now),
        }.get(chip.tone, (theme.pane, theme.line, theme.ink2))
        brush.frame(brush.box(left, round(top), chip.wide, px(CHIP)), 3, fill=fill, edge=edge)
        middle = round(top) + px(CHIP) / 2
        brush.icon(left + px(CHIP_PAD), middle, chip.icon, CHIP_ICON, ink)
        after = px(CHIP_PAD + CHIP_ICON + CHIP_GAP)
        room = chip.wide - after - px(CHIP_PAD) + 1
        brush.text(left + after, middle, chip.text, 11, ink, room=room)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Nothing is edited here."""
        del watched, event
        return False
