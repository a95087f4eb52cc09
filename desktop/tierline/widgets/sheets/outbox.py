"""Messages to contacts that have not gone out: read, copied whole, marked as sent by hand."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QPlainTextEdit

from tierline.desk.outbox import Outgoing
from tierline.desk.when import when
from tierline.domain.tongue import tr
from tierline.present.wishes import Mark
from tierline.widgets.controls import Button
from tierline.widgets.sheets.fields import LineField
from tierline.widgets.sheets.item_look import Item, ItemLook
from tierline.widgets.sheets.options import framed
from tierline.widgets.sheets.parts import Ground, column, label
from tierline.widgets.sheets.rows import RowList
from tierline.widgets.sheets.sheet import Sheet

WIDTH, TWO_COLUMNS, LIST_HIGH, TEXT_LINES = 900, 640, 322, 11
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class OutboxSheet(Sheet):
    """The list stays open while one message after the other goes out."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "outbox", tr("Messages to send"), WIDTH)
        self._messages: tuple[Outgoing, ...] = ()
        self._copied = ""
        self.list = RowList(self.hub, ItemLook(self.hub), tr("Messages to send"), LIST_HIGH)
        self.list.digits = False
        self.none = label(tr("Every message has gone out."), "quiet")
        self.to, self.subject = label("", "label", wrap=True), label("", "second", wrap=True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("Message"))
        self.why = LineField(
            self.hub, tr("If it could not be sent"), tr("why; it is marked as failed")
        )
        self.enroll("why", self.why)
        self.copy_button = Button(tr("Copy the whole message"), self.hub, key="Ctrl Shift C")
        self.copy_button.clicked.connect(self.copy)
        self.before.addWidget(self.copy_button)
        self.chip.hide()
        self.cancel.setText(tr("Close"))
        self._lay_out()
        self.list.picked.connect(lambda _: self._show())
        self.hub.changed.connect(self._size)
        self._size()

    def begin(self, view: Any, more: dict[str, Any]) -> None:  # noqa: ANN401 - the base's signature
        """Everything that waits, the oldest first; `ticket` chooses that ticket's."""
        del view
        self._copied = ""
        self._read(str(more.get("ticket", "")))
        super().begin(None, more)

    def first(self) -> RowList:
        """The list."""
        return self.list

    def kept(self) -> dict[str, str]:
        """Nothing of this is a draft."""
        return {}

    def lacks(self) -> list[tuple[str, str]]:
        """A message."""
        return [] if self.message else [("", tr("a message"))]

    @property
    def message(self) -> Outgoing | None:
        """The message that is chosen."""
        at = self.list.chosen()
        return self._messages[at] if 0 <= at < len(self._messages) else None

    def copy(self) -> None:
        """All of it onto the clipboard: to whom, about what, the words."""
        message = self.message
        if message is None:
            return
        QGuiApplication.clipboard().setText(message.copyable())
        self._copied = message.key
        self.draft_saved(tr("Copied. {text} once it has gone out.", text=self.primary.text()))

    def send(self) -> None:
        """Mark it: sent by hand, or failed when it says why."""
        message = self.message
        if message is None:
            return
        why = self.why.text()
        self.wished.emit(Mark(message, "failed" if why else "sent by hand", why))

    def granted(self) -> None:
        """The next one, which takes its place."""
        self.saved.setText("")
        self._read()
        self.renew()

    def renew(self) -> None:
        """The button says how it will be marked."""
        self.primary.setText(tr("Mark as failed") if self.why.text() else tr("Sent by hand"))
        self.primary.updateGeometry()
        super().renew()
        self.lack.setText("")

    def arrange(self, width: int) -> None:
        """Side by side where there is room."""
        way = QBoxLayout.Direction
        wide = width >= self.hub.px(TWO_COLUMNS)
        self.columns.setDirection(way.LeftToRight if wide else way.TopToBottom)
        self.columns.setSpacing(self.hub.px(16))

    def event(self, event: QEvent) -> bool:
        """Copying has the same keys here as in the window."""
        wanted = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if wanted and isinstance(event, QKeyEvent) and _copies(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Copy by key; Enter alone marks nothing."""
        if _copies(event) or (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus()
        ):
            self.copy()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        """Nothing of this is a draft."""

    def _read(self, ticket_id: str = "") -> None:
        at = self.list.chosen()
        self._messages = self.desk.to_send()
        now, zone = self.desk.clock(), self.desk.zone
        rows = [_item(m, when(m.at, now, zone)) for m in self._messages]
        mine = [i for i, m in enumerate(self._messages) if m.ticket_id == ticket_id]
        chosen = mine[0] if ticket_id and mine else min(max(at, 0), len(rows) - 1)
        self.list.put(rows, chosen)
        count = self.desk.replica.owed.counts()[0]
        self.relabel(
            tr("1 message to send") if count == 1 else tr("{count} messages to send", count=count),
            "",
        )
        self.none.setVisible(not rows)
        self._show()

    def _show(self) -> None:
        message = self.message
        for part in (self.to, self.subject, self.text, self.why):
            part.setVisible(message is not None)
        self.copy_button.setEnabled(message is not None)
        if message is not None:
            reach = f", {message.address}" if message.address else tr(", no address known")
            self.to.setText(tr("To {to}{reach}", to=message.to or "the contact", reach=reach))
            self.subject.setText(message.subject)
            self.text.setPlainText(message.text)
        self.why.put("")
        self.about.setText(message.client if message else "")
        self.renew()

    def _size(self) -> None:
        self.text.setFixedHeight(self.hub.px(18 * TEXT_LINES + 14))

    def _lay_out(self) -> None:
        right = column(self.hub, 6)
        for part in (self.to, self.subject, self.text, self.why):
            right.addWidget(part)
        right.addStretch(1)
        left = column(self.hub, 6)
        left.addWidget(framed(self.list, self.hub))
        left.addWidget(self.none)
        left.addStretch(1)
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.columns.addLayout(left, 46)
        self.columns.addLayout(right, 54)
        self.rows.addLayout(self.columns)


def _item(message: Outgoing, at: str) -> Item:
    failed = message.state == "failed"
    whom = message.to or tr("the contact")
    under = f"failed: {message.why}" if failed else " ".join(message.text.split())[:160]
    icon = "octagon-alert" if failed else ("phone" if message.channel == "phone" else "mail")
    return Item(message.key, f"{message.number}, {whom}", under, at, icon, alarm=failed)


def _copies(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_C and event.modifiers() == _HELD
