"""The card that says that two people changed the same: both values, what they do, three answers.

Nothing waits for it: the ticket runs with the value that stands, and both stay in the history.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from tierline.desk.conflicts import Answer, ConflictWords
from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.brush import Brush, placed
from tierline.widgets.controls import Button, Kind
from tierline.widgets.sync_parts.conflict_look import SidePlan, paint_side, plan_side, spoken
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.prose import tip

EDGE, PAD, TOP, HEAD, ICON, BETWEEN, BUTTON, FOOT = 4, 16, 8, 22, 20, 8, 24, 10
BESIDE = 380
BOTH = tr("Both stay logged")
_DIGITS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)


class ConflictCard(QWidget):
    """The first grave conflict of a ticket; `answered(key, choice)`. Hidden while there is none.

    The two sides stand beside each other, where it is narrow below each other. Low, it keeps its
    head and its answers, and the sides are in the tooltip.
    """

    answered = Signal(str, str)

    def __init__(self, hub: ThemeHub, parent: QWidget | None = None) -> None:
        """Nothing is in conflict yet."""
        super().__init__(parent)
        self._hub = hub
        self._card: ConflictWords | None = None
        self._more = 0
        self._plans: tuple[SidePlan, ...] = ()
        self._dense = self._stacked = False
        self.buttons: list[Button] = []
        hub.changed.connect(self.arrange)
        self.hide()

    @property
    def card(self) -> ConflictWords | None:
        """The conflict that is shown."""
        return self._card

    def show_cards(self, cards: Sequence[ConflictWords]) -> None:
        """Show the first of these; the others come when it is answered."""
        card = cards[0] if cards else None
        self._more = max(len(cards) - 1, 0)
        if card != self._card:
            self._card = card
            self._renew_buttons(card.answers if card else ())
        if card is not None:
            first = ", ".join(part for part in (card.title, card.was, card.known) if part)
            said = f"{first}. {spoken(card.sides)}"
            self.setAccessibleName(said)
            self.setToolTip(tip(said.replace("; ", "\n")))
        self.arrange()

    def set_dense(self, dense: bool) -> None:
        """Without the sides, where there is no room for them."""
        if dense != self._dense:
            self._dense = dense
            self.arrange()

    def press(self, digit: int) -> bool:
        """Answer by figure; False when there is no such answer."""
        if self._card is None or not 1 <= digit <= len(self._card.answers):
            return False
        self._answer(self._card.answers[digit - 1])
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """1, 2 and 3 answer while the keys are in the card."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if not (plain and key in _DIGITS and self.press(_DIGITS.index(key) + 1)):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width wraps anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.arrange()

    def in_order(self) -> Sequence[QWidget]:
        """The answers: Tab goes through them in their place on the ticket."""
        return self.buttons

    def _renew_buttons(self, answers: Sequence[Answer]) -> None:
        focused = any(button.hasFocus() for button in self.buttons)
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(answer, at) for at, answer in enumerate(answers, start=1)]
        if focused and self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, answer: Answer, digit: int) -> Button:
        made = Button(answer.word, self._hub, key=str(digit), kind=Kind.SMALL, parent=self)
        made.clicked.connect(lambda: self._answer(answer))
        made.show()
        return made

    def _answer(self, answer: Answer) -> None:
        if self._card is not None:
            self.answered.emit(self._card.key, answer.choice)

    def arrange(self) -> None:
        """Lay it out for its width; its height follows."""
        card, px = self._card, self._hub.px
        if card is None:
            return
        whole = self.width() - px(EDGE) - 2 * px(PAD - 2)
        self._stacked = whole < px(BESIDE)
        wide = whole if self._stacked else (whole - px(BETWEEN)) // 2
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        sides = () if self._dense else card.sides
        self._plans = tuple(
            plan_side(side, sides[1 - at], self._hub, wide, mirrored=mirrored)
            for at, side in enumerate(sides)
        )
        bottom = self._place_buttons(px(TOP + HEAD) + px(6) + self._sides_high())
        self.setFixedHeight(bottom + px(FOOT))
        self.update()

    def _sides_high(self) -> int:
        if not self._plans:
            return 0
        gap, highs = self._hub.px(BETWEEN), [plan.high for plan in self._plans]
        return (sum(highs) + gap if self._stacked else max(highs)) + gap

    def _place_buttons(self, top: int) -> int:
        """Side by side, or on further lines; answers where they end, px."""
        px, left = self._hub.px, self._hub.px(EDGE + PAD - 4)
        for button in self.buttons:
            wide = button.sizeHint().width()
            if left + wide > self.width() - px(PAD - 2) and left > px(EDGE + PAD - 4):
                left, top = px(EDGE + PAD - 4), top + px(BUTTON + 6)
            button.setGeometry(placed(self, left, top, wide, px(BUTTON)))
            left += wide + px(6)
        return top + px(BUTTON)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tint, strong edge, head, the two sides, and that nothing is lost."""
        del event
        card = self._card
        if card is None:
            return
        brush, px, theme = Brush(self, self._hub), self._hub.px, self._hub.theme
        brush.painter.fillRect(self.rect(), theme.soontint)
        brush.rule(0, 0, px(EDGE), self.height(), theme.soonfill)
        brush.rule(0, 0, self.width(), 1, theme.line)
        brush.rule(0, self.height() - 1, self.width(), 1, theme.line)
        self._paint_head(brush, card)
        self._paint_sides(brush)
        self._paint_foot(brush)
        brush.end()

    def _paint_head(self, brush: Brush, card: ConflictWords) -> None:
        px, theme = self._hub.px, self._hub.theme
        left, middle = float(px(PAD)), px(TOP) + px(HEAD) / 2
        end = float(self.width() - px(PAD))
        end -= self._paint_tail(brush, card, end)
        brush.icon(left, middle, "git-compare", 16, theme.soon)
        left += px(ICON + 5)
        room = end - left
        left += brush.text(left, middle, card.title, 13, theme.ink, fonts.SEMIBOLD, room) + px(8)
        brush.text(left, middle, card.was, 12, theme.ink2, room=end - left)

    def _paint_tail(self, brush: Brush, card: ConflictWords, end: float) -> float:
        """At the end of the head how many follow, and how old this is; answers its width."""
        px = self._hub.px
        title = fonts.width(card.title, px(13), fonts.SEMIBOLD) + fonts.width(card.was, px(12))
        room = end - px(PAD + ICON + 5) - title - px(2 * BETWEEN)
        more = tr("{more} more", more=self._more) if self._more else ""
        both = ", ".join(part for part in (more, card.known) if part)
        tail = both if fonts.width(both, px(12)) <= room else more
        if not tail:
            return 0.0
        wide = fonts.width(tail, px(12))
        brush.text(end - wide, self._hub.px(TOP) + px(HEAD) / 2, tail, 12, self._hub.theme.ink2)
        return wide + px(BETWEEN)

    def _paint_sides(self, brush: Brush) -> None:
        px = self._hub.px
        left, top = float(px(EDGE + PAD - 4)), float(px(TOP + HEAD) + px(6))
        whole = self.width() - px(EDGE) - 2 * px(PAD - 2)
        wide = whole if self._stacked else (whole - px(BETWEEN)) // 2
        high = max((plan.high for plan in self._plans), default=0)
        for plan in self._plans:
            tall = plan.high if self._stacked else high
            paint_side(brush, brush.box(left, top, wide, tall), left, plan)
            if self._stacked:
                top += tall + px(BETWEEN)
            else:
                left += wide + px(BETWEEN)

    def _paint_foot(self, brush: Brush) -> None:
        """Say that both stay, where there is room behind the last button."""
        if not self.buttons:
            return
        px, last = self._hub.px, self.buttons[-1].geometry()
        end = self.width() - last.left() if brush.mirrored else last.right()
        wide = fonts.width(BOTH, px(12))
        left = self.width() - px(PAD) - wide
        if left > end + px(8):
            brush.text(left, last.center().y() + 1, BOTH, 12, self._hub.theme.ink2)
