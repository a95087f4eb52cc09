"""Who asked and for whom: contact and client, side by side."""

from __future__ import annotations

from typing import NamedTuple
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from tierline.desk.allowance import Allowance
from tierline.desk.ticket_view import TicketView
from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.brush import Brush, placed
from tierline.widgets.controls import Button, Kind
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.package import draw_package
from tierline.widgets.ticket.prose import label, plain, tip

UNSURE, ALERT = "shield-question-mark", "shield-alert"
PAD, TOP, LINE, LINES, FOOT, ICON, GAP = 16, 9, 17, 4, 10, 14, 5


class Line(NamedTuple):
    """One line of a column; `strong` for names, `sure` for what was proved.

    `package` is the client's, which is painted with its bar; `text` is then all there is to say.
    """

    icon: str
    text: str
    strong: bool = False
    sure: bool = False
    package: Allowance | None = None


def contact_lines(view: TicketView, zone: ZoneInfo) -> list[Line]:
    """The contact, top to bottom; times of day in `zone`."""
    contact, ticket = view.contact, view.ticket
    name = contact.name or ticket.contact or tr("No contact")
    lines = [Line("", name + (", VIP" if contact.vip else ""), strong=True)]
    if contact.title:
        lines.append(Line("", contact.title))
    if contact.phone:
        lines.append(Line("phone", contact.phone))
    elif contact.mail:
        lines.append(Line("mail", contact.mail))
    if view.verified and not (view.pin and view.pin.needed):
        lines.append(Line("shield-check", view.verified, sure=True))
    elif name != tr("No contact"):
        lines += proof_lines(view, zone)
    return lines


def proof_lines(view: TicketView, zone: ZoneInfo) -> list[Line]:
    """That the caller is not proven, and where it must be by PIN, how it stands with that."""
    pin = view.pin
    if pin is None or not (pin.needed or pin.locked_until):
        return [Line(UNSURE, tr("Not verified"))]
    if pin.locked_until is not None:
        at = pin.locked_until.astimezone(zone)
        said = tr("PIN locked until {at:%H:%M}", at=at)
    elif not pin.set:
        said = tr("No PIN on file")
    elif pin.left == 1:
        said = tr("PIN needed, 1 try left")
    else:
        said = tr("PIN needed, {left} tries left", left=pin.left)
    lines = [Line(ALERT if pin.needed else UNSURE, said, sure=pin.needed)]
    if pin.needed and pin.otherwise and (pin.locked_until or not pin.set):
        lines.append(Line("", tr("Or: {otherwise}", otherwise=pin.otherwise)))
    return lines


def client_lines(view: TicketView) -> list[Line]:
    """The client and what was agreed with it."""
    client = view.client
    lines = [Line("", client.name or view.ticket.client or tr("No client"), strong=True)]
    lines.append(
        Line(
            "",
            tr(
                "Policy {policy_label}, {desk}",
                policy_label=view.policy_label,
                desk=_desk(view.desk_word),
            ),
        )
    )
    if view.allowance is not None:
        lines.append(Line("", view.allowance.text, package=view.allowance))
    elif client.city or client.phone:
        lines.append(Line("building-2", ", ".join(p for p in (client.city, client.phone) if p)))
    return lines


def _desk(word: str) -> str:
    """When the desk is there: "desk 24×7"."""
    return word[:1].lower() + word[1:] if word.startswith("Desk") else tr("desk {word}", word=word)


class Parties(QWidget):
    """Contact and client; the proof of identity is asked for where it is missing."""

    verify_asked = Signal()

    def __init__(self, hub: ThemeHub, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        """Empty until it is shown a ticket; `zone` is where times of day are written."""
        super().__init__(parent)
        self._hub, self._zone = hub, zone
        self._view: TicketView | None = None
        self._left: list[Line] = []
        self._right: list[Line] = []
        self._verify = Button(tr("Identify"), hub, key="I", kind=Kind.LINK, parent=self)
        self._verify.clicked.connect(self.verify_asked)
        self._duties = Button(tr("Shared duties"), hub, kind=Kind.LINK, parent=self)
        self._duties.clicked.connect(self._show_duties)
        hub.changed.connect(self._arrange)

    def show_ticket(self, view: TicketView) -> None:
        """Show these people."""
        self._view = view
        self._left, self._right = contact_lines(view, self._zone), client_lines(view)
        said = [line.text for line in (*self._left, *self._right)]
        self.setAccessibleName(plain(tr("Contact and client: ") + ", ".join(said)))
        self.setToolTip(tip("\n".join(said)))
        self._arrange()

    def _arrange(self) -> None:
        px, view = self._hub.px, self._view
        if view is None:
            return
        open_ = [at for at, line in enumerate(self._left) if line.icon in (UNSURE, ALERT)]
        pin = view.pin
        usable = not (pin and pin.needed and (pin.locked_until or not pin.set))
        wanted = view.action("verify").allowed
        self._verify.setVisible(bool(open_) and usable and wanted)
        if open_:
            line = self._left[open_[0]]
            wide = fonts.width(line.text, px(12), fonts.MEDIUM if line.sure else fonts.REGULAR)
            self._place(self._verify, px(PAD + ICON + GAP) + round(wide) + px(10), open_[0])
        self._duties.setVisible(bool(view.client.duties))
        self._place(self._duties, self._half() + px(ICON + GAP), len(self._right))
        rows = max(len(self._left), len(self._right) + bool(view.client.duties))
        self.setFixedHeight(px(TOP) + max(rows, 2) * px(LINE) + px(FOOT))
        self.update()

    def _place(self, button: Button, left: int, row: int) -> None:
        size, px = button.sizeHint(), self._hub.px
        top = px(TOP) + row * px(LINE) + (px(LINE) - size.height()) // 2
        button.setGeometry(placed(self, left, top, size.width(), size.height()))

    def _half(self) -> int:
        return self._hub.px(PAD) + (self.width() - 2 * self._hub.px(PAD)) // 2 + self._hub.px(8)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The second column follows."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Both columns."""
        del event
        brush, px = Brush(self, self._hub), self._hub.px
        brush.painter.fillRect(self.rect(), brush.theme.pane)
        brush.rule(0, 0, self.width(), 1, brush.theme.line)
        half = self._half()
        self._column(brush, self._left, px(PAD), half - px(PAD + 10))
        self._column(brush, self._right, half, self.width() - half - px(PAD))
        if self._duties.isVisible():
            middle = px(TOP) + (len(self._right) + 0.5) * px(LINE)
            brush.icon(half, middle, "book-open", ICON, brush.theme.ink3)
        brush.end()

    def _column(self, brush: Brush, lines: list[Line], left: float, room: float) -> None:
        px, theme = self._hub.px, brush.theme
        for at, line in enumerate(lines):
            middle = px(TOP) + (at + 0.5) * px(LINE)
            if line.package is not None:
                draw_package(brush, left, middle, room, line.package)
                continue
            ink = theme.ink if line.strong or line.sure else theme.ink2
            weight = fonts.SEMIBOLD if line.strong else fonts.REGULAR
            weight = fonts.MEDIUM if line.sure else weight
            after = brush.icon(left, middle, line.icon, ICON, ink if line.sure else theme.ink3)
            after += px(GAP) if line.icon else 0
            size = 13 if line.strong else 12
            brush.text(left + after, middle, line.text, size, ink, weight, room - after)

    # Copying and duties

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Names and numbers can be copied."""
        if self._view is None:
            return
        contact, client = self._view.contact, self._view.client
        found = {
            "Copy contact": contact.name,
            "Copy phone": contact.phone,
            "Copy e-mail": contact.mail,
            "Copy client": client.name,
        }
        menu = _popup(self)
        for word, value in found.items():
            if value:
                action = QAction(word, menu)
                action.triggered.connect(lambda _=False, v=value: _copy(v))
                menu.addAction(action)
        menu.popup(event.globalPos())

    def _show_duties(self) -> None:
        menu = _popup(self)
        menu.setAccessibleName(tr("Shared duties"))
        for duty in self._view.client.duties if self._view else ():
            menu.addAction(label(duty))
        menu.popup(self._duties.mapToGlobal(self._duties.rect().bottomLeft()))


def _popup(parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _copy(value: str) -> None:
    QGuiApplication.clipboard().setText(value)
