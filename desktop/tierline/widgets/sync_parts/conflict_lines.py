"""Conflicts that need no answer at once: a line each, with the value that lost and a way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from tierline.desk.conflicts import ConflictWords
from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.brush import Brush, placed
from tierline.widgets.controls import Button, Kind
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.prose import tip

PAD, ROW, INSIDE, ICON, MOST = 16, 28, 4, 14, 2


class ConflictLines(QWidget):
    """At most two of them; `answered(key, choice)`. All are in the tooltip. Hidden when none."""

    answered = Signal(str, str)

    def __init__(self, hub: ThemeHub, parent: QWidget | None = None) -> None:
        """Nothing to say yet."""
        super().__init__(parent)
        self._hub = hub
        self._cards: tuple[ConflictWords, ...] = ()
        self._most = MOST
        self.buttons: list[tuple[Button, ...]] = []
        hub.changed.connect(self.arrange)
        self.hide()

    @property
    def cards(self) -> tuple[ConflictWords, ...]:
        """What is said."""
        return self._cards

    def set_dense(self, dense: bool) -> None:
        """One line only."""
        self._most = 1 if dense else MOST
        self._renew()

    def show_cards(self, cards: Sequence[ConflictWords]) -> None:
        """Say these."""
        if tuple(cards) == self._cards:
            return
        self._cards = tuple(cards)
        self.setAccessibleName(" ".join(card.line for card in cards))
        self.setToolTip(tip("\n".join(card.line for card in cards)))
        self._renew()

    def in_order(self) -> Sequence[QWidget]:
        """Line by line."""
        return [button for pair in self.buttons for button in pair]

    def _renew(self) -> None:
        for pair in self.buttons:
            for button in pair:
                button.hide()
                button.deleteLater()
        self.buttons = [self._pair(card) for card in self._cards[: self._most]]
        self.arrange()

    def _pair(self, card: ConflictWords) -> tuple[Button, ...]:
        words = {answer.choice: answer.word for answer in card.answers}
        take = self._button(card, "mine", words.get("mine", tr("Use mine")))
        done = self._button(card, "keep", "", "x")
        done.setAccessibleName(words.get("keep", tr("Keep it")))
        done.setToolTip(words.get("keep", tr("Keep it")))
        return take, done

    def _button(self, card: ConflictWords, choice: str, word: str, icon: str = "") -> Button:
        kind = Kind.SMALL if word else Kind.FLAT
        made = Button(word, self._hub, icon=icon, kind=kind, parent=self)
        made.clicked.connect(lambda: self.answered.emit(card.key, choice))
        made.show()
        return made

    def arrange(self) -> None:
        """Lay it out for its width; its height follows."""
        px = self._hub.px
        self.setFixedHeight(px(ROW * max(len(self.buttons), 1) + 2 * INSIDE))
        for at, pair in enumerate(self.buttons):
            middle, end = self._middle(at), self.width() - px(PAD - 4)
            for button in reversed(pair):
                wide, high = button.sizeHint().width(), px(24)
                end -= wide
                button.setGeometry(placed(self, end, round(middle - high / 2), wide, high))
                end -= px(4)
        self.update()

    def _middle(self, at: int) -> float:
        return self._hub.px(INSIDE) + (at + 0.5) * self._hub.px(ROW)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width places the buttons anew."""
        super().resizeEvent(event)
        self.arrange()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Sign, title, sentence."""
        del event
        brush, px, theme = Brush(self, self._hub), self._hub.px, self._hub.theme
        brush.painter.fillRect(self.rect(), theme.pane)
        brush.rule(0, 0, self.width(), 1, theme.line)
        more = len(self._cards) - len(self.buttons)
        for at, pair in enumerate(self.buttons):
            middle, left = self._middle(at), float(px(PAD))
            end = self._end(brush, pair) - px(8)
            if more and at == len(self.buttons) - 1:
                word = tr("{more} more", more=more)
                end -= fonts.width(word, px(11))
                brush.text(end, middle, word, 11, theme.ink3)
                end -= px(8)
            left += brush.icon(left, middle, "git-compare", ICON, theme.soon) + px(8)
            card = self._cards[at]
            brush.text(left, middle, card.line, 12, theme.ink, room=end - left)
        brush.end()

    def _end(self, brush: Brush, pair: Sequence[Button]) -> float:
        first = pair[0].geometry()
        start = self.width() - first.right() if brush.mirrored else first.left()
        return float(start)
