"""The other tickets of this one: merged, parent, cause; each opens by a click or Enter."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tierline.desk.linked import LinkWords
from tierline.domain.tongue import tr
from tierline.widgets.brush import Brush
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.prose import plain, tip

PAD, ROW, INSIDE, MOST = 16, 24, 4, 3
_ICONS = {"into": "git-merge", "from": "git-merge"}


class LinkRow(QPushButton):
    """One link; what does not fit is in the tooltip."""

    def __init__(self, hub: ThemeHub, link: LinkWords, more: int) -> None:
        """`more` links are not shown."""
        super().__init__()
        self._hub, self.link, self._more = hub, link, more
        contact = tr(", {contact} waits too", contact=link.contact) if link.contact else ""
        self._text = plain(link.sentence + contact)
        self.setAccessibleName(self._text)
        self.setToolTip(tip(self._text))
        self.setEnabled(bool(link.ticket_id))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A line."""
        return QSize(self._hub.px(120), self._hub.px(ROW))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """However narrow."""
        return QSize(self._hub.px(40), self._hub.px(ROW))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Icon and words, as a link."""
        del event
        brush, px = Brush(self, self._hub), self._hub.px
        middle, left = self.height() / 2, float(px(PAD))
        ink = brush.theme.acc if self.isEnabled() else brush.theme.ink3
        icon = _ICONS.get(self.link.how, "link")
        left += brush.icon(left, middle, icon, 14, brush.theme.ink2) + px(6)
        end = self.width() - px(PAD)
        if self._more:
            tail = tr("{more} more", more=self._more)
            end -= px(52)
            brush.text(end + px(6), middle, tail, 11, brush.theme.ink3)
        brush.text(left, middle, self._text, 12, ink, room=end - left)
        brush.end()


class LinkBand(QWidget):
    """At most three of them; `opened(ticket id)`. Hidden when there is none."""

    opened = Signal(str)

    def __init__(self, hub: ThemeHub, parent: QWidget | None = None) -> None:
        """Hidden at first."""
        super().__init__(parent)
        self._hub = hub
        self._links: tuple[LinkWords, ...] = ()
        self._most = MOST
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._rows: list[LinkRow] = []
        self.setAccessibleName(tr("Linked tickets"))
        hub.changed.connect(self._arrange)
        self.hide()

    @property
    def any(self) -> bool:
        """Whether there is a link."""
        return bool(self._links)

    def set_dense(self, dense: bool) -> None:
        """One line only."""
        most = 1 if dense else MOST
        if most != self._most:
            self._most = most
            self._arrange()

    def show_links(self, links: tuple[LinkWords, ...]) -> None:
        """Show these."""
        if links != self._links:
            self._links = links
            self._arrange()

    def _arrange(self) -> None:
        for row in self._rows:
            row.hide()
            row.deleteLater()
        shown, px = self._links[: self._most], self._hub.px
        left = len(self._links) - len(shown)
        self._rows = [
            LinkRow(self._hub, link, left if at == len(shown) - 1 else 0)
            for at, link in enumerate(shown)
        ]
        for row in self._rows:
            row.clicked.connect(lambda _=False, row=row: self.opened.emit(row.link.ticket_id))
            self._column.addWidget(row)
        self._column.setContentsMargins(0, px(INSIDE), 0, px(INSIDE))
        self.setFixedHeight(px(ROW) * max(len(shown), 1) + 2 * px(INSIDE))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Ground, and a line above."""
        del event
        brush = Brush(self, self._hub)
        brush.painter.fillRect(self.rect(), brush.theme.pane)
        brush.rule(0, 0, self.width(), 1, brush.theme.line)
        brush.end()
