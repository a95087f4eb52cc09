"""How the window is divided: rail, list, ticket; side by side, or the ticket over the list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from tierline.domain.tongue import tr
from tierline.widgets.controls import Button, Kind
from tierline.widgets.theme import ThemeHub
from tierline.widgets.window.lines import Bar

COMPACT_BELOW, OVER_BELOW, LARGE_TEXT = 1280, 1000, 150
QUEUE_SHARE, TICKET_SHARE = 752, 500
LEAST_TICKET, LEAST_LIST = 380, 360
HANDLE = 1


class Frame(QWidget):
    """Places the three panes by the window's width and the text scale.

    `compact_changed(bool)` for the rail; `over_changed(bool)` when the ticket begins or ceases to
    lie over the list.
    """

    compact_changed = Signal(bool)
    over_changed = Signal(bool)
    back_asked = Signal()
    divided = Signal(list)

    def __init__(self, hub: ThemeHub, rail: QWidget, listing: QWidget, ticket: QWidget) -> None:
        """The panes become children of the frame."""
        super().__init__()
        self._hub, self._rail, self._listing = hub, rail, listing
        self._compact: bool | None = None
        self.over = False
        self._open = False
        self._back = Bar(hub, "pane", 36)
        button = Button(tr("Back to the list"), hub, icon="list", key="Esc", kind=Kind.FLAT)
        self._back.row.addWidget(button)
        self._back.row.addStretch(1)
        button.clicked.connect(self.back_asked)
        self._ticket = _stacked(self._back, ticket)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(HANDLE)
        self._splitter.setChildrenCollapsible(False)
        for pane in (listing, self._ticket):
            self._splitter.addWidget(pane)
        # The list gives and takes; the ticket keeps the width at which it reads well.
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._splitter.splitterMoved.connect(lambda *_: self.divided.emit(self.sizes()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(rail)
        row.addWidget(self._splitter, 1)
        hub.changed.connect(self._arrange)
        self.divide([QUEUE_SHARE, TICKET_SHARE])

    def divide(self, sizes: list[int]) -> None:
        """Give list and ticket these widths, px, as far as the window allows."""
        if len(sizes) == 2 and all(size > 0 for size in sizes):
            self._splitter.setSizes(sizes)

    def sizes(self) -> list[int]:
        """The widths of list and ticket."""
        return self._splitter.sizes()

    def open_ticket(self, opened: bool) -> None:
        """With the ticket over the list: show the ticket, or the list again."""
        self._open = opened
        self._show_panes()

    @property
    def ticket_open(self) -> bool:
        """Whether the ticket can be seen."""
        return self._open or not self.over

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width may be another arrangement."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        compact = self.width() < COMPACT_BELOW or self._hub.scale >= LARGE_TEXT
        if compact != self._compact:
            self._compact = compact
            self.compact_changed.emit(compact)
        over = self.width() < OVER_BELOW or self._hub.scale >= LARGE_TEXT
        if over != self.over:
            self.over = over
            self.over_changed.emit(over)
        wide = not over
        self._ticket.setMinimumWidth(
            min(self._hub.px(LEAST_TICKET), self.width() // 2) if wide else 0
        )
        self._listing.setMinimumWidth(
            min(self._hub.px(LEAST_LIST), self.width() // 2) if wide else 0
        )
        self._show_panes()

    def _show_panes(self) -> None:
        self._listing.setVisible(not self.over or not self._open)
        self._ticket.setVisible(self.ticket_open)
        self._back.setVisible(self.over)


def _stacked(*parts: QWidget) -> QFrame:
    made = QFrame()
    made.setProperty("role", "pane")
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part)
    return made
