"""Tells a screen reader about new warnings, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from tierline.desk.warnings import Card
from tierline.domain.tongue import tr
from tierline.widgets.strip.words import Names, key, spoken

_MOST = 2


class Herald:
    """P1 warnings interrupt, others wait their turn; many at once are told as a number."""

    def __init__(self, say: Callable[[str, bool], None]) -> None:
        """`say(words, assertive)` speaks; see `announcer`."""
        self._say = say
        self._known: frozenset[tuple[str, str, str]] | None = None

    def tell(self, cards: Iterable[Card], names: Names, now: float) -> list[Card]:
        """Announce those not known yet; answers them. What was there at the start is not new."""
        shown = list(cards)
        known, self._known = self._known, frozenset(map(key, shown))
        fresh = [card for card in shown if known is None or key(card) not in known]
        critical = [card for card in fresh if card.priority == 1]
        for card in critical:
            self._say(spoken(card, names, now), True)
        if known is not None:
            others = [card for card in fresh if card.priority != 1]
            if len(others) > _MOST:
                self._say(tr("{count} new warnings", count=len(others)), False)
            else:
                for card in others:
                    self._say(spoken(card, names, now), False)
        return fresh


def announcer(widget: QWidget) -> Callable[[str, bool], None]:
    """Speak through the screen reader, for this widget."""

    def say(words: str, assertive: bool) -> None:
        event = QAccessibleAnnouncementEvent(widget, words)
        ways = QAccessible.AnnouncementPoliteness
        event.setPoliteness(ways.Assertive if assertive else ways.Polite)
        QAccessible.updateAccessibility(event)

    return say
