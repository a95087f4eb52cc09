"""One warning: number, clock, time, client, its one action, and putting it off."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from tierline.desk.warnings import Card
from tierline.domain.tongue import tr
from tierline.widgets import fonts, glyphs
from tierline.widgets.brush import Brush, placed
from tierline.widgets.clock_cell import NOTHING, ClockCellPainter, ClockLook, faces_of
from tierline.widgets.clock_parts import PILL_PAD
from tierline.widgets.controls import Button, Kind
from tierline.widgets.strip.words import ANSWERS, Names, action_word, answered, spoken, whose
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.prose import tip

ASKING = 390  # from this width on the three answers fit beside the figure
HIGH, EDGE, CHIP_AT, CHIP_SHARE, GAP, END = 26, 3, 11, 0.8, 8, 3


class CardView(QWidget):
    """A reused place for a card. Enter runs its action; S is the window's key for `put_off`."""

    opened = Signal(object)
    acted = Signal(object)
    off = Signal(object)
    acknowledged = Signal(object)

    def __init__(self, hub: ThemeHub, parent: QWidget | None = None) -> None:
        """Empty and hidden."""
        super().__init__(parent)
        self._hub = hub
        self._names = Names()
        self._card: Card | None = None
        self._look: ClockLook = NOTHING
        self._figures = ClockCellPainter(hub)
        self._lit = self._inside = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._act = Button(tr("Take"), hub, kind=Kind.SMALL, parent=self)
        self._off = Button("", hub, icon="alarm-clock", kind=Kind.FLAT, parent=self)
        self.answers: dict[str, Button] = {}  # made when a rule first asks
        self._act.clicked.connect(self.run)
        self._off.clicked.connect(self.put_off)
        hub.changed.connect(self._arrange)
        self.hide()

    def _answer(self, kind: str, word: str) -> Button:
        """One of the three answers to a rule's question."""
        made = Button(word, self._hub, kind=Kind.SMALL, parent=self)
        made.clicked.connect(lambda: self._say(kind))
        made.hide()
        return made

    def _say(self, kind: str) -> None:
        if self._card is not None:
            self.acted.emit(self._card._replace(action=kind))

    @property
    def card(self) -> Card | None:
        """The warning that is shown."""
        return self._card

    def show_card(self, card: Card, names: Names, now: float) -> None:
        """Show this warning; `now` in seconds since the Unix epoch."""
        self._card, self._names = card, names
        self._look = faces_of([card.countdown], now)
        self.setAccessibleName(spoken(card, names, now))
        self._act.setText(action_word(card, names))
        self._act.setAccessibleName(f"{self._act.text()} {card.number}")
        if card.prompt and not self.answers:
            self.answers = {kind: self._answer(kind, word) for kind, word in ANSWERS}
        words = dict(ANSWERS)
        for kind, button in self.answers.items():
            button.setAccessibleName(f"{words[kind].rstrip('…')} {card.number}")
        word = tr("Snooze") if card.put_off else tr("Acknowledge")
        self._off.set_icon("alarm-clock" if card.put_off else "check")
        self._off.setToolTip(f"{word} (S)")
        self._off.setAccessibleName(f"{word} {card.number}")
        self._off.setVisible(card.put_off or not card.acknowledged)
        self.setToolTip(tip(self.accessibleName()))
        self._arrange()

    def tick(self, now: float) -> None:
        """Repaint when the figure changed."""
        if self._card is None:
            return
        look = faces_of([self._card.countdown], now)
        if look != self._look:
            self._look = look
            self.update()

    def light(self, lit: bool) -> None:
        """The lit half of a pulse."""
        lit = lit and self._card is not None and self._card.priority == 1
        lit = lit and not (self._card is not None and self._card.acknowledged)
        if lit != self._lit:
            self._lit = lit
            self.update()

    # Acting

    def run(self) -> None:
        """Run the card's action; a question shows its three answers."""
        if self._card is None:
            return
        if self._card.prompt:
            menu = self.answer_menu()
            menu.popup(self.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
            menu.setActiveAction(menu.actions()[0])
        else:
            self.acted.emit(self._card)

    def answer_menu(self) -> QMenu:
        """The three answers for the keyboard, each by its letter."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for kind, word in ANSWERS:
            action = QAction(f"&{word}", menu)
            action.triggered.connect(lambda _=False, k=kind: self._say(k))
            menu.addAction(action)
        return menu

    def put_off(self) -> None:
        """Snooze it; a P1, and what is over, is acknowledged instead."""
        if self._card is None:
            return
        if self._card.put_off:
            self.off.emit(self._card)
        elif not self._card.acknowledged:
            self.acknowledged.emit(self._card)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter runs the action."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click beside the buttons opens the ticket."""
        inside = self.rect().contains(event.position().toPoint())
        if self._card is not None and inside and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self._card)

    # Looks

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The buttons stay at the end."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px = self._hub.px
        high = min(px(24), self.height() - 2)
        top, end = (self.height() - high) // 2, self.width() - px(END)
        asks = self._card is not None and bool(self._card.prompt) and self.width() >= px(ASKING)
        answers = list(reversed(self.answers.values()))
        for button in (self._act, *answers):
            button.setVisible((button is self._act) != asks)
        row = (self._off, *answers) if asks else (self._off, self._act)
        for button in row:
            if button is self._off and self._off.isHidden():
                continue
            wide = button.sizeHint().width()
            button.setGeometry(placed(self, end - wide, top, wide, high))
            end -= wide + px(6)
        self.update()

    def _end(self) -> int:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        shown = self._act if not self._act.isHidden() else self.answers["resolve"]
        return self.width() - shown.geometry().right() if mirrored else shown.x()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Edge, chip, number, clock, figure and client."""
        del event
        card = self._card
        if card is None:
            return
        brush, px = Brush(self, self._hub), self._hub.px
        theme, middle = brush.theme, self.height() / 2
        self._ground(brush, card)
        chip = glyphs.chip(card.priority, theme, self._hub.scale / 100 * CHIP_SHARE, brush.dpr)
        brush.picture(px(CHIP_AT), middle, chip)
        left = px(CHIP_AT) + round(px(glyphs.CHIP_WIDTH) * CHIP_SHARE) + px(GAP)
        end = self._end() - px(GAP)
        left += round(brush.text(left, middle, card.number, 13, theme.ink, fonts.SEMIBOLD))
        left += px(GAP)
        figure = round(self._figures.figure_width(self._look)) + 2 * px(PILL_PAD)
        room = end - left - figure - px(GAP)
        if room > px(30):
            left += round(brush.text(left, middle, card.word, 12, theme.ink2, room=room)) + px(GAP)
        right = left + figure - px(PILL_PAD)
        edge = brush.x(left + px(PILL_PAD), right - left - px(PILL_PAD))
        self._figures.figure(
            brush.painter, edge + right - left - px(PILL_PAD), middle - px(9), self._look
        )
        left += figure + px(GAP)
        if end - left > px(30):
            brush.text(left, middle, self._said(card, end - left), 12, theme.ink3, room=end - left)
        brush.end()

    def _said(self, card: Card, room: float) -> str:
        """Client, holder and what was answered; what does not fit is left to the tooltip."""
        answer = answered(card, self._names)
        px = self._hub.px(12)
        for said in ((whose(card, self._names), answer), (card.client, answer)):
            whole = ", ".join(part for part in said if part)
            if fonts.width(whole[:200], px) <= room:
                return whole
        return answer or card.client

    def _ground(self, brush: Brush, card: Card) -> None:
        px, theme = self._hub.px, brush.theme
        over = card.level == "over"
        fill = theme.hover if self._inside else theme.sheet
        line = theme.line
        if self._lit:
            fill, line = theme.nowtint, theme.nowfill
        if self.hasFocus():
            line = theme.focus
        box = brush.box(0, 0, self.width(), self.height())
        brush.frame(box, 5, fill=fill, edge=line)
        edge = brush.box(0, 0, px(EDGE), self.height())
        brush.frame(edge, 1, fill=theme.nowfill if over else theme.soonfill)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """The pointer came."""
        self._inside = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """The pointer left."""
        del event
        self._inside = False
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The keyboard came."""
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The keyboard left."""
        self.update()
        super().focusOutEvent(event)
