"""What two people changed at once on a ticket: a card for the grave, lines for the others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from tierline.desk.conflicts import ConflictWords
from tierline.widgets.sync_parts.conflict_card import ConflictCard
from tierline.widgets.sync_parts.conflict_lines import ConflictLines
from tierline.widgets.theme import ThemeHub


class Conflicts(QWidget):
    """`settled(key, choice)` with "keep", "mine" or "both". As high as its parts are (`fitted`)."""

    settled = Signal(str, str)
    fitted = Signal()

    def __init__(self, hub: ThemeHub, parent: QWidget | None = None) -> None:
        """Nothing is in conflict yet."""
        super().__init__(parent)
        self.card, self.lines = ConflictCard(hub, self), ConflictLines(hub, self)
        self._dense = False
        for part in (self.card, self.lines):
            part.answered.connect(self.settled)
        hub.changed.connect(self._fit)
        self.hide()

    @property
    def any(self) -> bool:
        """Whether something is in conflict."""
        return self.card.card is not None or bool(self.lines.cards)

    @property
    def first_key(self) -> str:
        """The conflict that the keys 1, 2 and 3 answer, "" for none."""
        if self.card.card is not None:
            return self.card.card.key
        return self.lines.cards[0].key if self.lines.cards else ""

    def show_cards(self, cards: Sequence[ConflictWords]) -> None:
        """Show these."""
        self.card.show_cards([card for card in cards if card.grave])
        self.lines.show_cards([card for card in cards if not card.grave])
        self.card.setVisible(self.card.card is not None)
        self.lines.setVisible(bool(self.lines.cards))
        self._fit()

    def in_order(self) -> Sequence[QWidget]:
        """The card, then the lines."""
        return (self.card, self.lines)

    def set_dense(self, dense: bool) -> None:
        """Keep to what must be said, where it is low."""
        if dense != self._dense:
            self._dense = dense
            for part in (self.card, self.lines):
                part.set_dense(dense)
            self._fit()

    def fit(self, width: int) -> None:
        """Be as high as this width needs, on screen or not."""
        if width != self.width():
            self.resize(width, self.height())
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Narrower may be higher."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        top = 0
        for part in (self.card, self.lines):
            if not part.isHidden():
                part.resize(self.width(), part.height())
                part.arrange()  # Qt tells a part that is not on screen its width only later
                part.setGeometry(0, top, self.width(), part.minimumHeight())
                top += part.minimumHeight()
        self.setFixedHeight(max(top, 1))
        self.fitted.emit()
