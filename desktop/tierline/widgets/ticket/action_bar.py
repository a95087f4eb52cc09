"""What can be done with a ticket: the usual acts as buttons, the rest under More."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from tierline.desk.actions import Action
from tierline.desk.ticket_view import TicketView
from tierline.domain.tongue import tr
from tierline.present.acts import ACTS, all_of_kind, keycap, of_kind
from tierline.present.bindings import Keys
from tierline.widgets.brush import Brush, placed
from tierline.widgets.controls import Button, Kind
from tierline.widgets.reading_order import set_reading_order
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.prose import tip

HIGH, PAD, GAP, BUTTON = 46, 16, 5, 28
SNUG_PAD, SNUG_GAP = 10, 3
_OPEN = ("escalate", "consult", "wait")
_WRITTEN = ("note", "message", "time")
_FEWEST = 1


def usual(view: TicketView) -> tuple[list[str], str]:
    """The kinds of the buttons at the start, and of the one at the end."""
    if view.ticket.ended:
        return ["reopen"], "close"
    if view.visiting and view.mine:
        return ["visit", *_OPEN], "resolve"
    held = "release" if view.mine else "take"
    return [held, *_OPEN], "resolve"


class ActionBar(QWidget):
    """Buttons that do not fit go under More; a disabled one says why."""

    act_asked = Signal(str)

    def __init__(self, hub: ThemeHub, parent: QWidget | None = None) -> None:
        """Empty until it is shown a ticket."""
        super().__init__(parent)
        self._hub = hub
        self._view: TicketView | None = None
        self._buttons: dict[str, Button] = {}
        self._hidden: list[str] = []
        self._keys: Keys = {act.name: act.keys for act in ACTS.values()}
        self._more = Button(tr("More"), hub, icon="chevron-down", kind=Kind.FLAT, parent=self)
        self._more.setAccessibleName(tr("More acts"))
        self._more.clicked.connect(self.open_menu)
        self.setAccessibleName(tr("Acts"))
        hub.changed.connect(self._restyle)
        self._restyle()

    def show_ticket(self, view: TicketView) -> None:
        """The acts of this one."""
        self._view = view
        first, last = usual(view)
        for kind in set(self._buttons) - {*first, last}:
            self._buttons[kind].hide()
        for kind in (*first, last):
            self._fill(kind, view.action(kind))
        self._order((*first, last))
        self._arrange()

    def learn(self, keys: Keys) -> None:
        """Show these keys on the buttons from now on."""
        self._keys = keys
        for kind, button in self._buttons.items():
            button.set_key(self._key(of_kind(kind).name))
        self._arrange()

    def _key(self, act: str) -> str:
        return next(map(keycap, self._keys.get(act, ())), "")

    def _fill(self, kind: str, action: Action) -> None:
        button = self._buttons.get(kind)
        if button is None:
            key = self._key(of_kind(kind).name)
            button = Button(action.word, self._hub, key=key, kind=Kind.ACT, parent=self)
            button.clicked.connect(lambda: self.act_asked.emit(kind))
            self._buttons[kind] = button
        button.setEnabled(action.allowed)
        button.setToolTip(tip(action.reason))
        button.setAccessibleName(action.word)
        button.setAccessibleDescription(action.reason)

    def in_order(self) -> Sequence[QWidget]:
        """The acts, what is under More, and what ends the ticket."""
        if self._view is None:
            return ()
        first, last = usual(self._view)
        return (*(self._buttons[kind] for kind in first), self._more, self._buttons[last])

    def _order(self, kinds: tuple[str, ...]) -> None:
        """Tab goes in reading order, from the place of More, which was there from the first."""
        first = self._buttons[kinds[0]]
        QWidget.setTabOrder(self._more, first)
        set_reading_order(self)

    def _restyle(self) -> None:
        self.setFixedHeight(self._hub.px(HIGH))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width has room for more or fewer."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        if self._view is None:
            return
        first, last = usual(self._view)
        px = self._hub.px
        shown, pad, gap = self._fitting(first, last)
        self._hidden = [kind for kind in first if kind not in shown]
        top, high = (self.height() - px(BUTTON)) // 2, px(BUTTON)
        left = pad
        for kind in first:
            self._buttons[kind].setVisible(kind in shown)
            if kind in shown:
                left = self._put(self._buttons[kind], left, top, high) + gap
        self._put(self._more, left, top, high)
        end = self._buttons[last]
        wide = end.sizeHint().width()
        at = self.width() - pad - wide
        end.setGeometry(placed(self, at, top, wide, high))
        end.show()

    def _put(self, button: Button, left: int, top: int, high: int) -> int:
        wide = button.sizeHint().width()
        button.setGeometry(placed(self, left, top, wide, high))
        button.show()
        return left + wide

    def _fitting(self, first: list[str], last: str) -> tuple[list[str], int, int]:
        """The buttons that fit, their distance from the edge and the gap: closer before fewer."""
        px = self._hub.px
        widths = {kind: self._buttons[kind].sizeHint().width() for kind in (*first, last)}
        for count in range(len(first), _FEWEST - 1, -1):
            for word, pad, gap in (
                (tr("More"), PAD, GAP),
                ("", PAD, GAP),
                ("", SNUG_PAD, SNUG_GAP),
            ):
                if self._more.text() != word:
                    self._more.setText(word)
                more = self._more.sizeHint().width()
                used = sum(widths[kind] for kind in (*first[:count], last)) + more
                if used + (count + 1) * px(gap) <= self.width() - 2 * px(pad):
                    return first[:count], px(pad), px(gap)
        return first[:_FEWEST], px(SNUG_PAD), px(SNUG_GAP)

    def open_menu(self) -> None:
        """Every other act, those that are not allowed last, with the reason."""
        if self._view is None:
            return
        menu = self.menu()
        menu.popup(self._more.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def menu(self) -> QMenu:
        """The menu as it would open now."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        first, last = usual(self._view) if self._view else ([], "")
        buttons = {*first, last} - set(self._hidden)
        acts = [a for a in (self._view.actions if self._view else ()) if a.kind not in buttons]
        twin = {"take": "release", "release": "take"}
        acts = [a for a in acts if twin.get(a.kind) not in first and a.kind not in _WRITTEN]
        for act in sorted(acts, key=lambda act: not act.allowed):
            ways = all_of_kind(act.kind)
            if act.allowed and len(ways) > 1:
                for each in ways:
                    key = self._key(each.name)
                    menu.addAction(self._item(menu, act, each.name, each.word, key))
            else:
                key = self._key(of_kind(act.kind).name)
                menu.addAction(self._item(menu, act, act.kind, act.word, key))
        return menu

    def _item(self, menu: QMenu, act: Action, asks: str, word: str, key: str) -> QAction:
        made = QAction(f"{word}\t{key}" if key else word, menu)
        made.setEnabled(act.allowed)
        made.setToolTip(tip(act.reason))
        made.setStatusTip(act.reason)
        made.setData(asks)
        made.triggered.connect(lambda: self.act_asked.emit(asks))
        return made

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Ground and the line above."""
        del event
        brush = Brush(self, self._hub)
        brush.painter.fillRect(self.rect(), brush.theme.win)
        brush.rule(0, 0, self.width(), 1, brush.theme.line)
        brush.end()
