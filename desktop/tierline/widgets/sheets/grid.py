"""Impact × urgency as nine cells that show the priority each of them gives."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget

from tierline.domain.policy import Policy
from tierline.domain.tongue import tr
from tierline.widgets.glyphs import CHIP_HEIGHT, CHIP_WIDTH, chip
from tierline.widgets.sheets.parts import label
from tierline.widgets.theme import ThemeHub

_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class Cell(QAbstractButton):
    """One pairing of impact and urgency."""

    def __init__(self, hub: ThemeHub, impact: int, urgency: int) -> None:
        """Show nothing until `put`."""
        super().__init__()
        self._hub, self.impact, self.urgency, self.priority = hub, impact, urgency, 0
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        hub.changed.connect(self.updateGeometry)

    def put(self, priority: int, sentence: str) -> None:
        """The priority this pairing gives, and how it is said."""
        self.priority = priority
        self.setAccessibleName(sentence)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Big enough to hit."""
        return QSize(self._hub.px(84), self._hub.px(38))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter on the chosen cell is the sheet's."""
        if self.isChecked() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The chip in a frame; a chosen cell is tinted and outlined."""
        del event
        hub, on = self._hub, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = 2 * hub.theme.outline if on else hub.theme.outline
        painter.setPen(QPen(hub.theme.acc if on else hub.theme.line, wide))
        painter.setBrush(hub.theme.sel if on else hub.theme.raised)
        inset = wide / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, 5, 5)
        if self.priority:
            dpr = self.devicePixelRatioF()
            drawn = chip(self.priority, hub.theme, hub.scale / 100, dpr)
            x = (self.width() - hub.px(CHIP_WIDTH)) / 2
            painter.drawPixmap(QPointF(x, (self.height() - hub.px(CHIP_HEIGHT)) / 2), drawn)
        painter.end()


class PriorityGrid(QWidget):
    """Rows are impact (widest first), columns urgency (most urgent first).

    Arrows move, `chosen` tells the impact, urgency and priority of the cell that is chosen.
    """

    chosen = Signal(int, int, int)

    def __init__(self, hub: ThemeHub) -> None:
        """Without words until `put`."""
        super().__init__()
        self._hub = hub
        self._cells: dict[tuple[int, int], Cell] = {}
        self._group = QButtonGroup(self)
        self._impact = [label("", "second", wrap=True) for _ in range(3)]
        self._urgency = [label("", "second", wrap=True) for _ in range(3)]
        self._box = QGridLayout(self)
        self._box.addWidget(label(tr("Impact ↓   Urgency →"), "small"), 0, 0)
        for at in range(3):
            self._urgency[at].setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._box.addWidget(self._urgency[at], 0, at + 1, Qt.AlignmentFlag.AlignBottom)
            self._box.addWidget(self._impact[at], at + 1, 0)
        for impact in (1, 2, 3):
            for urgency in (1, 2, 3):
                cell = self._cells[impact, urgency] = Cell(hub, impact, urgency)
                self._group.addButton(cell)
                self._box.addWidget(cell, impact, urgency)
                cell.toggled.connect(self._toggled)
        self._box.setColumnStretch(0, 3)
        for at in (1, 2, 3):
            self._box.setColumnStretch(at, 2)
        hub.changed.connect(self._space)
        self._space()

    def put(self, policy: Policy, impact: int = 0, urgency: int = 0) -> None:
        """Show a policy's matrix, with a cell chosen if both are given."""
        table = policy.file.classification
        for at in range(3):
            self._impact[at].setText(table.impact[at])
            self._urgency[at].setText(table.urgency[at])
        for (i, u), cell in self._cells.items():
            priority = policy.priority_of(i, u)
            cell.put(priority, f"{table.impact[i - 1]}, {table.urgency[u - 1]}: P{priority}")
        self.choose(impact, urgency)

    def choose(self, impact: int, urgency: int) -> None:
        """Choose a cell; zeros choose none."""
        self._group.setExclusive(False)
        for cell in self._cells.values():
            cell.setChecked((cell.impact, cell.urgency) == (impact, urgency))
        self._group.setExclusive(True)
        self._tabbed()

    def value(self) -> tuple[int, int]:
        """Impact and urgency as chosen, (0, 0) for none."""
        found = next((cell for cell in self._cells.values() if cell.isChecked()), None)
        return (found.impact, found.urgency) if found else (0, 0)

    def priority(self) -> int:
        """The priority they give, 0 for none."""
        cell = self._cells.get(self.value())
        return cell.priority if cell else 0

    def stop(self) -> QWidget:
        """The cell the keyboard goes to."""
        return self._cells.get(self.value()) or self._cells[2, 2]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows move from cell to cell and choose."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        impact, urgency = self.value()
        if impact:
            impact = min(max(impact + step[0], 1), 3)
            urgency = min(max(urgency + step[1], 1), 3)
        else:
            impact, urgency = 2, 2
        cell = self._cells[impact, urgency]
        cell.setChecked(True)
        cell.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggled(self, on: bool) -> None:
        self._tabbed()
        impact, urgency = self.value()
        if on and impact:
            self.chosen.emit(impact, urgency, self.priority())

    def _tabbed(self) -> None:
        """One stop for Tab: the chosen cell, or the middle one."""
        stop = self.stop()
        for cell in self._cells.values():
            here = cell is stop
            cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)

    def _space(self) -> None:
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(self._hub.px(6))
