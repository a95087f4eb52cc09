"""The engineer's day: visits in their order, those of later days below, what to do when none is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tierline.desk.field_day import Day, FieldVisit
from tierline.domain.tongue import tr
from tierline.present.ticker import Ticker
from tierline.widgets.field.card import VisitCard
from tierline.widgets.sheets.parts import Scroll, Spacing, label
from tierline.widgets.theme import ThemeHub

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}


class DayList(QWidget):
    """`opened(ticket id)` when a visit is chosen; arrows go from one to the next."""

    opened = Signal(str)

    def __init__(self, hub: ThemeHub, ticker: Ticker, zone: ZoneInfo) -> None:
        """Empty until a day is shown."""
        super().__init__()
        self._hub, self._ticker, self._zone = hub, ticker, zone
        self.cards: list[VisitCard] = []
        self._inside = QWidget()
        self._rows = QVBoxLayout(self._inside)
        Spacing(self._rows, hub, (12, 12, 12, 16), 10)
        self._scroll = Scroll(self._inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self._shape: tuple[object, ...] = ()
        ticker.tick.connect(self._tick)

    def show_day(self, day: Day) -> None:
        """These visits; the cards stay the same widgets as long as the list does."""
        shape = tuple((each.ticket_id, each.visit.key) for each in (*day.today, *day.later))
        if shape == self._shape and shape:
            for card, each in zip(self.cards, (*day.today, *day.later), strict=True):
                card.show_visit(each, day.at)
            return
        # Also while another window has the keyboard: it comes back.
        focused = self.focusWidget()
        held = next((card.each.ticket_id for card in self.cards if card is focused), "")
        self._shape = shape
        self._clear()
        self._section("", day.today, day.at)
        if not day.today:
            self._rows.addWidget(label(self._nothing(day), "head", wrap=True))
            self._rows.addWidget(label(_how(), "quiet", wrap=True))
        for title, visits in _by_day(day.later, self._zone):
            self._section(title, visits, day.at)
        self._rows.addStretch(1)
        for card in self.cards:
            if held and card.each.ticket_id == held:
                card.setFocus()

    def mark_open(self, ticket_id: str) -> None:
        """The visit of this ticket is shown beside the day; "" for none."""
        for card in self.cards:
            card.set_open(card.each.ticket_id == ticket_id)

    def focus_first(self) -> None:
        """The keyboard goes to the visit that is under way, else to the next one."""
        first = next((card for card in self.cards if card.each.visit.under_way), None)
        first = first or next((card for card in self.cards if not card.each.over), None)
        if (chosen := first or next(iter(self.cards), None)) is not None:
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows (or J and K) go through the list."""
        by = _STEPS.get(Qt.Key(event.key()))
        if by is None or not self.cards:
            super().keyPressEvent(event)
            return
        at = next((n for n, card in enumerate(self.cards) if card.hasFocus()), -1 if by > 0 else 0)
        card = self.cards[max(0, min(at + by, len(self.cards) - 1))]
        card.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(card, 0, self._hub.px(12))

    def showEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Its clocks run while it is seen."""
        self._ticker.add(self)
        super().showEvent(event)  # type: ignore[arg-type]

    def hideEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Nobody looks."""
        self._ticker.drop(self)
        super().hideEvent(event)  # type: ignore[arg-type]

    def _section(self, title: str, visits: Sequence[FieldVisit], now: datetime) -> None:
        if title:
            self._rows.addWidget(label(title, "head"))
        for each in visits:
            card = VisitCard(self._hub, each, now, self._zone)
            card.clicked.connect(lambda _=False, card=card: self.opened.emit(card.each.ticket_id))
            self.cards.append(card)
            self._rows.addWidget(card)
            card.show()  # what is not seen yet cannot be given the keyboard

    def _clear(self) -> None:
        self.cards = []
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _nothing(self, day: Day) -> str:
        if day.later and (start := day.later[0].visit.start) is not None:
            at = start.astimezone(self._zone)
            when = f"{at:%A} {at:%H:%M}"
            return tr("No visit today. The next one is on {when}.", when=when)
        return tr("No visit is planned for you.")

    def _tick(self, now: float) -> None:
        for card in self.cards:
            card.tick(now)


def _how() -> str:
    return tr("Visits are planned on a ticket in the console (Shift V), or: tierline visit plan.")


def _by_day(visits: Sequence[FieldVisit], zone: ZoneInfo) -> list[tuple[str, list[FieldVisit]]]:
    found: dict[str, list[FieldVisit]] = {}
    for each in visits:
        at = each.visit.start.astimezone(zone) if each.visit.start else None
        title = f"{at:%A}, {at.day} {at:%B}" if at else ""
        found.setdefault(title, []).append(each)
    return list(found.items())
