"""The queue's header: small grey words over the columns; a click asks for another order."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from tierline.present.queue_model import HEADERS
from tierline.widgets import fonts, texts
from tierline.widgets.queue.columns import HEADER, Column, Layout
from tierline.widgets.theme import ThemeHub

TEXT, BASE = 11, 17
ENDING = "left"


class QueueHeader(QHeaderView):
    """Painted to the same layout as the rows. `sort_asked(column)` on a click."""

    sort_asked = Signal(int)

    def __init__(self, hub: ThemeHub, parent: QWidget) -> None:
        """Shows nothing until it has a layout."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._hub = hub
        self._layout: Layout | None = None
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(0)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sectionClicked.connect(self.sort_asked)

    def arrange(self, layout: Layout) -> None:
        """Give every section the width its column has in `layout`."""
        self._layout = layout
        for column in Column:
            self.setSectionHidden(column, not layout.shows(column))
            if layout.shows(column):
                self.resizeSection(column, layout.width[column])
        self.viewport().update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """26 px at 100 %."""
        return QSize(super().sizeHint().width(), self._hub.px(HEADER))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """All words in one pass over the pane's ground."""
        layout, theme = self._layout, self._hub.theme
        painter = QPainter(self.viewport())
        box = self.viewport().rect()
        painter.fillRect(event.rect(), theme.pane)
        painter.fillRect(QRect(0, box.height() - 1, box.width(), 1), theme.line)
        if layout is not None:
            painter.setFont(fonts.font(self._hub.px(TEXT), fonts.SEMIBOLD))
            painter.setPen(theme.ink3)
            for column in Column:
                if layout.shows(column):
                    self._word(painter, layout, column, HEADERS[column])
            room = layout.width[Column.CLOCK]
            ending = room - texts.width(ENDING, self._hub.px(TEXT), fonts.SEMIBOLD)
            self._word(painter, layout, Column.CLOCK, ENDING, ending)
        painter.end()

    def _word(
        self, painter: QPainter, layout: Layout, column: Column, word: str, offset: float = 0
    ) -> None:
        px = self._hub.px(TEXT)
        room = layout.width[column] - int(offset) + 1
        shown = texts.fitted(word, px, fonts.SEMIBOLD, room)
        left = layout.x(column, offset, texts.width(shown, px, fonts.SEMIBOLD))
        top = self._hub.px(BASE) - fonts.metrics(px, fonts.SEMIBOLD).ascent()
        painter.drawStaticText(QPointF(left, top), texts.laid(shown, px, fonts.SEMIBOLD))
