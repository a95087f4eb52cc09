"""The warnings, always in sight at the foot of the window: over, soon, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, tzinfo
from itertools import pairwise

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from tierline.desk.warnings import Card, Strip
from tierline.domain.tongue import tr
from tierline.present.ticker import Ticker
from tierline.widgets import fonts
from tierline.widgets.brush import Brush, placed
from tierline.widgets.controls import Button, Kind
from tierline.widgets.strip.calm import coming_text, paint_calm
from tierline.widgets.strip.card import CardView
from tierline.widgets.strip.herald import Herald, announcer
from tierline.widgets.strip.places import LEVELS, Line, Place, arrange, lines_of
from tierline.widgets.strip.pulse import Pulse
from tierline.widgets.strip.words import Names, key
from tierline.widgets.theme import ThemeHub

HIGH, CALM_HIGH, PAD, MOST = 72, 38, 14, 4
_BY_TAB, _BY_CALL = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.ClickFocus
_SIGNS = {"over": "octagon-alert", "soon": "triangle-alert"}


class WarningsStrip(QWidget):
    """Two lines of at most two cards each, of one height whatever happens.

    `opened(card)` on a click, `acted(card)` for its action, `put_off(card)` to snooze it,
    `acknowledged(card)` where that is not done, `all_asked(level)` for those not shown.
    """

    opened = Signal(object)
    acted = Signal(object)
    put_off = Signal(object)
    acknowledged = Signal(object)
    all_asked = Signal(str)

    def __init__(self, hub: ThemeHub, ticker: Ticker, parent: QWidget | None = None) -> None:
        """Calm until it is shown something."""
        super().__init__(parent)
        self._hub, self._ticker = hub, ticker
        self._names = Names()
        self._strip: Strip | None = None
        self._coming = self._remark = ""
        self._calm = False
        self._at = -1
        self._place: Place | None = None
        self._herald, self._pulse = Herald(announcer(self)), Pulse(self)
        self._pulse.beat.connect(self._beat)
        self._cards = [self._new_card() for _ in range(MOST)]
        self._more = {level: self._new_more(level) for level in LEVELS}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Warnings"))
        hub.changed.connect(self._restyle)
        ticker.tick.connect(self._tick)
        self._restyle()

    def _new_card(self) -> CardView:
        made = CardView(self._hub, self)
        made.opened.connect(self.opened)
        made.acted.connect(self.acted)
        made.off.connect(self.put_off)
        made.acknowledged.connect(self.acknowledged)
        return made

    def _new_more(self, level: str) -> Button:
        made = Button("", self._hub, icon="chevron-up", kind=Kind.FLAT, parent=self)
        made.clicked.connect(lambda: self.all_asked.emit(level))
        made.hide()
        return made

    # What is shown

    def set_people(self, first: Callable[[str], str], me: str, zone: tzinfo = UTC) -> None:
        """First names by id, for "Ask Priya", who I am, for "yours", and the desk's zone."""
        self._names = Names(first, me, zone)
        if self._strip is not None:
            self._fill()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Nothing pulses where motion is reduced."""
        self._pulse.allowed = not reduced
        if reduced:
            self._pulse.stop()

    def tell_remark(self, text: str) -> None:
        """A quiet word at the end of the calm line, "" for none."""
        if text != self._remark:
            self._remark = text
            self.update()

    def set_calm(self, calm: bool) -> None:
        """One line of 38 px (laptops) in place of two of 36."""
        self._calm = calm
        self._restyle()

    def show_strip(self, strip: Strip) -> None:
        """Show these warnings; the keyboard stays on its card while that is there."""
        self._strip = strip
        now = self._ticker.now()
        self._coming = coming_text(strip, now)
        cards = (*strip.over, *strip.soon)
        fresh = self._herald.tell(cards, self._names, now)
        open_ = [card for card in cards if card.priority == 1 and not card.acknowledged]
        if not open_:
            self._pulse.stop()
        elif any(card in open_ for card in fresh) and self.isVisible():
            self._pulse.start()
        count = len({card.ticket_id for card in cards})
        unit = "ticket" if count == 1 else "tickets"
        self.setAccessibleName(
            tr("Warnings, {count} {unit}", count=count, unit=unit)
            if count
            else tr("Warnings, none")
        )
        self._fill()

    def _fill(self) -> None:
        focused = next((v.card for v in self._cards if v.hasFocus() and v.card), None)
        lines = lines_of(self._strip, one=self._calm)
        self._place = arrange(self.width(), self.height(), self._hub, lines, calm=self._calm)
        shown = self._place.cards
        now = self._ticker.now()
        for view, (card, box) in zip(self._cards, shown, strict=False):
            view.setGeometry(placed(self, box.x(), box.y(), box.width(), box.height()))
            view.show_card(card, self._names, now)
            view.show()
        for view in self._cards[len(shown) :]:
            view.hide()
        self._place_more(lines)
        self._keep_focus(focused)
        # With a card there Tab comes to the card, and the strip itself would be a second stop.
        self.setFocusPolicy(_BY_CALL if shown else _BY_TAB)
        self._order(lines)
        self._beat()
        self.update()

    def _place_more(self, lines: tuple[Line, ...]) -> None:
        assert self._place is not None
        for button in self._more.values():
            button.hide()
        for line, (count, box) in zip(lines, self._place.more, strict=True):
            if count:
                button = self._more[line.level]
                button.setText(tr("{count} more", count=count))
                button.setAccessibleName(tr("{count} more {level}", count=count, level=line.level))
                size = button.sizeHint()
                top = box.y() + (box.height() - size.height()) // 2
                button.setGeometry(placed(self, box.x(), top, size.width(), size.height()))
                button.show()

    def _order(self, lines: tuple[Line, ...]) -> None:
        """Tab goes along a line to its end, then to the next one."""
        chain: list[QWidget] = [self]
        for line in lines:
            for view in (view for view in self._shown() if view.card in line.cards):
                chain += [view, *view.findChildren(Button)]
            chain.append(self._more[line.level])
        for one, other in pairwise(chain):
            self.setTabOrder(one, other)

    def _keep_focus(self, focused: Card | None) -> None:
        """The keyboard follows its warning to another place; a solved one hands it to the strip."""
        if focused is None:
            return
        for view in self._cards:
            if view.isVisible() and view.card and key(view.card) == key(focused):
                view.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # Keys

    def _shown(self) -> list[CardView]:
        return [view for view in self._cards if not view.isHidden()]

    def next(self) -> None:
        """The next warning gets the keyboard."""
        self._go(1)

    def previous(self) -> None:
        """The one before."""
        self._go(-1)

    def _go(self, by: int) -> None:
        shown = self._shown()
        if not shown:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        at = next((i for i, view in enumerate(shown) if self._holds(view)), None)
        if at is None:
            at = -1 if by > 0 else 0
        shown[(at + by) % len(shown)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _holds(self, view: CardView) -> bool:
        focus = self.focusWidget()
        inside = focus is view or (focus is not None and view.isAncestorOf(focus))
        return inside and focus is not None and focus.hasFocus()

    def current(self) -> CardView | None:
        """The card the keys act on: the one with the keyboard, else the most urgent."""
        shown = self._shown()
        return next((view for view in shown if self._holds(view)), shown[0] if shown else None)

    def run_action(self) -> None:
        """Run the current card's action."""
        if view := self.current():
            view.run()

    def snooze(self) -> None:
        """Ask for how long; a P1 is acknowledged instead."""
        if view := self.current():
            view.put_off()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Coming by key means coming to the most urgent card; going back must not come again."""
        super().focusInEvent(event)
        by_key = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        if by_key and self._shown():
            self._shown()[0].setFocus(event.reason())

    # The second and the beat

    def _tick(self, now: float) -> None:
        if not self.isVisible():
            return
        for view in self._shown():
            view.tick(now)
        coming = coming_text(self._strip, now)
        if coming != self._coming:
            self._coming = coming
            if not self._shown():
                self.update()

    def _beat(self) -> None:
        for view in self._cards:
            view.light(self._pulse.lit)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Visible clocks tick."""
        super().showEvent(event)
        self._ticker.add(self)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Hidden ones don't."""
        super().hideEvent(event)
        self._ticker.drop(self)
        self._pulse.stop()

    # Looks

    def _restyle(self) -> None:
        self.setFixedHeight(self._hub.px(CALM_HIGH if self._calm else HIGH))
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """One card a line where two do not fit."""
        super().resizeEvent(event)
        self._fill()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Ground, head, and the lines' names; or the calm text."""
        del event
        brush, px, place = Brush(self, self._hub), self._hub.px, self._place
        theme = brush.theme
        brush.painter.fillRect(self.rect(), theme.win)
        brush.rule(0, 0, self.width(), 1, theme.edge)
        if place is None or not place.lines:
            area = QRect(px(PAD), 1, self.width() - 2 * px(PAD), self.height() - 1)
            snoozed = self._strip.snoozed if self._strip else 0
            paint_calm(brush, area, self._coming, snoozed, self._remark)
        else:
            self._paint_lines(brush, place)
        brush.end()

    def _paint_lines(self, brush: Brush, place: Place) -> None:
        px, theme = self._hub.px, brush.theme
        if place.head:
            brush.rule(place.head - 1, 0, 1, self.height(), theme.line)
            self._paint_head(brush, place.head)
        for at, (line, box) in enumerate(place.lines):
            if at:
                brush.rule(box.left(), box.top(), self.width(), 1, theme.line)
            ink = {"over": theme.now, "soon": theme.soon}[line.level]
            ink = ink if line.cards else theme.ink3
            middle, left = box.top() + box.height() / 2, box.left() + px(PAD)
            left += round(brush.icon(left, middle, _SIGNS[line.level], 16, ink)) + px(6)
            word = f"{line.level.capitalize()} {line.many}"
            brush.text(left, middle, word, 13, ink, fonts.SEMIBOLD)
            if not line.cards:
                left = box.left() + place.label
                brush.text(left, middle, line.empty, 12, theme.ink3)

    def _paint_head(self, brush: Brush, wide: int) -> None:
        px, theme, strip = self._hub.px, brush.theme, self._strip
        if strip is None:
            return
        count = len({card.ticket_id for card in (*strip.over, *strip.soon)})
        unit = "ticket" if count == 1 else "tickets"
        middle, left = self.height() / 2 - px(9 if strip.snoozed else 0), float(px(PAD))
        left += brush.text(left, middle, tr("Warnings"), 13, theme.ink, fonts.SEMIBOLD) + px(8)
        room = wide - left - px(6)
        brush.text(left, middle, f"{count} {unit}", 12, theme.ink3, room=room)
        if strip.snoozed:
            said, low = tr("{snoozed} snoozed", snoozed=strip.snoozed), middle + px(18)
            brush.text(px(PAD), low, said, 11, theme.ink3, room=wide - px(PAD + 6))
