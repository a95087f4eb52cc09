"""The line under the text: to whom or how long, what it does to the clocks, and Send."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from tierline.desk.ticket_view import TicketView
from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.brush import Brush, placed
from tierline.widgets.controls import Button, Kind
from tierline.widgets.sheets.tick import Tick
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket import spent
from tierline.widgets.ticket.prose import label, plain, tip

HIGH, GAP, AMOUNT = 28, 8, 84
_CHANNELS = (("mail", "e-mail"), ("phone", tr("on the phone")))
_SEND = {"note": tr("Add"), "message": tr("Send"), "time": tr("Log")}
_LABELS = {"note": "", "message": tr("To"), "time": tr("Worked")}


class ComposerFoot(QWidget):
    """One row; what does not fit is left out last to first: hint, then label."""

    send_asked = Signal()
    amount_changed = Signal()

    def __init__(self, hub: ThemeHub, parent: QWidget | None = None) -> None:
        """For a note to nobody yet."""
        super().__init__(parent)
        self._hub = hub
        self._kind, self._who, self._hint, self._reason = "note", tr("the contact"), "", ""
        self.channel = "mail"
        self._to = Button("", hub, kind=Kind.CHIP, parent=self)
        self._to.clicked.connect(self._choose_channel)
        self._time = _AmountEdit(self)
        self._time.textChanged.connect(self.amount_changed)
        self._time.entered.connect(self.send_asked)
        self._plan = Tick(hub, tr("Resolution plan"))
        self._plan.setParent(self)
        self._send = Button(
            tr("Send"), hub, key="Ctrl ↵", icon="send", kind=Kind.PRIMARY, parent=self
        )
        self._send.clicked.connect(self.send_asked)
        hub.changed.connect(self._restyle)
        self._restyle()

    # What is asked of it

    @property
    def plan(self) -> bool:
        """Whether the note is the resolution plan."""
        return self._plan.isChecked()

    def amount(self) -> str:
        """The time worked, as typed."""
        return self._time.text()

    def set_amount(self, amount: str) -> None:
        """Show this amount, without telling that it changed."""
        self._time.blockSignals(True)
        self._time.setText(amount)
        self._time.blockSignals(False)

    def amount_problem(self) -> str:
        """What is wrong with the amount, "" when it is right."""
        return spent.problem(self._time.text())

    def seconds(self) -> int:
        """The time worked."""
        return spent.seconds(self._time.text())

    def clear(self, kind: str) -> None:
        """A text of this kind was sent."""
        if kind == "note":
            self._plan.setChecked(False)

    def complain(self) -> None:
        """Something lacks: put the keyboard where it does."""
        if self._kind == "time" and self.amount_problem():
            self._time.setFocus(Qt.FocusReason.OtherFocusReason)

    # What it shows

    def show_contact(self, view: TicketView) -> None:
        """Whom messages go to; by phone when that is how they came."""
        name = view.contact.name or view.ticket.contact
        self._who = plain(name.split(" ")[0]) or tr("the contact")
        known = [key for key, _ in _CHANNELS]
        self.channel = self.channel if self.channel in known else "mail"
        self._plan.setVisible(self._kind == "note")
        self._arrange()

    def show_kind(self, kind: str) -> None:
        """Another tab."""
        self._kind = kind
        self._to.setVisible(kind == "message")
        self._time.setVisible(kind == "time")
        self._plan.setVisible(kind == "note")
        self._send.setText(_SEND[kind])
        self._arrange()

    def judge(self, hint: str, reason: str) -> None:
        """What sending does, and why it cannot be done now ("" when it can)."""
        self._hint, self._reason = hint, reason
        self._send.setEnabled(not reason)
        self._send.setToolTip(tip(reason or hint))
        self._send.setAccessibleName(_SEND[self._kind])
        self._send.setAccessibleDescription(reason or hint)
        self.update()

    def _restyle(self) -> None:
        self.setFixedHeight(self._hub.px(HIGH))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px, high = self._hub.px, self._hub.px(24)
        word = dict(_CHANNELS)[self.channel]
        self._to.setText(label(f"{self._who}, {word}"))
        self._to.setAccessibleName(tr("To {who}, {word}. Choose how.", who=self._who, word=word))
        top = (self.height() - high) // 2
        send = self._send.sizeHint().width()
        self._send.setGeometry(placed(self, self.width() - send, top, send, high))
        left = self._label_wide()
        room = self.width() - send - left - px(GAP)
        to = min(self._to.sizeHint().width(), room)
        self._to.setGeometry(placed(self, left, top, to, high))
        self._time.setGeometry(placed(self, left, 0, min(px(AMOUNT), room), self.height()))
        plan = min(self._plan.sizeHint().width(), room)
        self._plan.setGeometry(placed(self, 0, 0, plan, self.height()))
        self.update()

    def _label_wide(self) -> int:
        text, px = _LABELS[self._kind], self._hub.px
        return round(fonts.width(text, px(12))) + px(GAP) if text else 0

    def _main(self) -> QWidget:
        return {"note": self._plan, "message": self._to, "time": self._time}[self._kind]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The label before, the hint behind."""
        del event
        brush, px = Brush(self, self._hub), self._hub.px
        middle = self.height() / 2
        brush.text(0, middle, _LABELS[self._kind], 12, brush.theme.ink3)
        main = self._main()
        left = self._label_wide() + main.width() + px(12)
        room = self.width() - left - self._send.width() - px(GAP)
        said = self._said()
        if room > px(50):
            brush.text(left, middle, said, 11, brush.theme.ink3, room=room)
        brush.end()
        fits = room >= fonts.width(said, px(11))
        self.setToolTip("" if fits else tip(said))

    def _said(self) -> str:
        if self._kind == "time" and self._time.text() and self._reason:
            return self._reason
        return self._hint

    def _choose_channel(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        group = QActionGroup(menu)
        for channel, word in _CHANNELS:
            action = QAction(label(f"{self._who}, {word}"), menu, checkable=True)
            action.setChecked(channel == self.channel)
            action.triggered.connect(lambda _=False, c=channel: self.set_channel(c))
            group.addAction(action)
            menu.addAction(action)
        menu.popup(self._to.mapToGlobal(QPoint(0, self._to.height())))

    def set_channel(self, channel: str) -> None:
        """By mail or by phone."""
        self.channel = channel
        self._arrange()


class _AmountEdit(QLineEdit):
    """The amount of time; Ctrl Enter sends here too."""

    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText("15m")
        self.setMaxLength(20)
        self.setAccessibleName(tr("Time worked, like 15m or 1h 30m"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter sends once the amount is right."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
