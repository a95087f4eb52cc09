"""One line of what went wrong or is asked: what happened, what is safe, what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from tierline.domain.tongue import tr
from tierline.present.messages import Message, Severity
from tierline.widgets.controls import Button, Kind
from tierline.widgets.theme import ThemeHub
from tierline.widgets.window.lines import Bar, Glyph, Shrinking

HEIGHT, EDGE = 40, 4
_ICONS = {Severity.NOTE: "check", Severity.SOON: "triangle-alert", Severity.NOW: "octagon-alert"}
_TOKENS = {Severity.NOTE: "ink2", Severity.SOON: "soon", Severity.NOW: "now"}
_TINTS = {Severity.NOTE: "pane", Severity.SOON: "soontint", Severity.NOW: "nowtint"}
_EDGES = {Severity.NOTE: "edge", Severity.SOON: "soonfill", Severity.NOW: "nowfill"}


class Band(Bar):
    """Shows one message; `more_asked()` for those that have no line of their own."""

    dismissed = Signal()
    more_asked = Signal()

    def __init__(self, hub: ThemeHub) -> None:
        """Without words until `tell`."""
        super().__init__(hub, "pane", HEIGHT)
        self.message: Message | None = None
        self._glyph = Glyph(hub, "octagon-alert", "now", 16)
        self.what, self.rest = Shrinking(hub, "strong"), Shrinking(hub)
        self.action = Button("", hub, kind=Kind.SMALL)
        self.more = Button("", hub, icon="chevron-down", kind=Kind.FLAT)
        self.close_button = Button("", hub, icon="x", kind=Kind.FLAT)
        self.close_button.setAccessibleName(tr("Dismiss"))
        # What happened keeps its words the longest; the rest has what room is left.
        self.rest.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.row.addWidget(self._glyph)
        self.row.addWidget(self.what)
        self.row.addWidget(self.rest, 1)
        for button in (self.action, self.more, self.close_button):
            self.row.addWidget(button)
        self.action.clicked.connect(self._act)
        self.more.clicked.connect(self.more_asked)
        self.close_button.clicked.connect(self.dismissed)

    def tell(self, message: Message, more: int) -> None:
        """Show this message, and how many more there are."""
        self.message = message
        self._glyph.show_icon(_ICONS[message.severity], _TOKENS[message.severity])
        self.what.tell(message.what)
        self.rest.tell(message.rest)
        self.setToolTip(str(message))
        for button, text in (
            (self.action, message.action),
            (self.more, tr("{more} more", more=more)),
        ):
            button.setText(text)
            button.updateGeometry()
        self.action.setVisible(bool(message.action))
        self.more.setVisible(more > 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A tint with a strong edge at the reading start."""
        del event
        severity = self.message.severity if self.message else Severity.NOTE
        tokens, edge = self._hub.theme.tokens(), self._hub.px(EDGE)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens[_TINTS[severity]])
        left = self.width() - edge if mirrored else 0
        painter.fillRect(left, 0, edge, self.height(), tokens[_EDGES[severity]])
        painter.fillRect(0, self.height() - 1, self.width(), 1, tokens["line"])
        painter.end()

    def _act(self) -> None:
        message = self.message
        assert message is not None
        if not message.question:  # one that is asked stays until it is answered
            self.dismissed.emit()
        if message.act is not None:
            message.act()
