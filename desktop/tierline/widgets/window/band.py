"""The band under the toolbar: what went wrong, what is safe, what to do; stays until dismissed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent

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
    """Shows one message at a time; a later one takes the place of an earlier one."""

    dismissed = Signal()

    def __init__(self, hub: ThemeHub) -> None:
        """Hidden until there is something to say."""
        super().__init__(hub, "pane", HEIGHT)
        self.message: Message | None = None
        self._glyph = Glyph(hub, "octagon-alert", "now", 16)
        self.what, self.rest = Shrinking(hub, "strong"), Shrinking(hub)
        self.action = Button("", hub, kind=Kind.SMALL)
        self.close_button = Button("", hub, icon="x", kind=Kind.FLAT)
        self.close_button.setAccessibleName("Dismiss")
        for part in (self._glyph, self.what, self.rest):
            self.row.addWidget(part)
        self.row.addStretch(1)
        self.row.addWidget(self.action)
        self.row.addWidget(self.close_button)
        self.action.clicked.connect(self._act)
        self.close_button.clicked.connect(self.dismiss)
        self.hide()

    def show_message(self, message: Message) -> None:
        """Say it, and say it to a screen reader."""
        self.message = message
        self._glyph.show_icon(_ICONS[message.severity], _TOKENS[message.severity])
        self.what.tell(message.what)
        self.rest.tell(message.rest)
        self.setToolTip(str(message))
        self.action.setText(message.action)
        self.action.setVisible(bool(message.action))
        self.action.updateGeometry()
        self.show()
        self.update()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, str(message)))

    def dismiss(self) -> None:
        """Gone until the next."""
        self.message = None
        self.hide()
        self.dismissed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A tint with a strong edge at the reading start."""
        del event
        severity = self.message.severity if self.message else Severity.NOTE
        tokens = self._hub.theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens[_TINTS[severity]])
        painter.fillRect(0, 0, self._hub.px(EDGE), self.height(), tokens[_EDGES[severity]])
        painter.fillRect(0, self.height() - 1, self.width(), 1, tokens["line"])
        painter.end()

    def _act(self) -> None:
        message = self.message
        self.dismiss()
        if message is not None and message.act is not None:
            message.act()
