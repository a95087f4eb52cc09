"""A date and time as people type it, with a few moments at one key, and what was understood."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from tierline.desk.desk import Desk
from tierline.desk.moments import Quick, quick_choices, understand
from tierline.desk.when import day_and_time
from tierline.domain.calendar import BusinessCalendar
from tierline.domain.tongue import tr
from tierline.widgets.controls import Button, Kind
from tierline.widgets.sheets.fields import LineField
from tierline.widgets.sheets.flow import Flow
from tierline.widgets.sheets.parts import label
from tierline.widgets.theme import ThemeHub


class WhenField(LineField):
    """`moment()` is the instant meant (aware UTC), None for nothing; `wrong()` says what is off."""

    def __init__(self, hub: ThemeHub, word: str, desk: Desk) -> None:
        """Read in the desk's zone, as of the desk's now."""
        super().__init__(hub, word, "14:00, tomorrow 9:00, fri, 2h", "when")
        self._desk, self._calendar = desk, None  # type: Desk, BusinessCalendar | None
        self.meant = label("", "quiet")
        self.quick = Flow(hub, 6)
        holder = QWidget()
        holder.setLayout(self.quick)
        self.box.insertWidget(2, self.meant)
        self.box.insertWidget(2, holder)
        self.changed.connect(self._tell)
        self._tell()

    def offer(self, calendar: BusinessCalendar) -> None:
        """Offer moments of this calendar; a day without a time opens with it."""
        self._calendar = calendar
        self.offer_moments(quick_choices(self._desk.clock(), self._desk.zone, calendar))

    def offer_moments(self, choices: Iterable[Quick]) -> None:
        """Offer just these."""
        self.quick.clear()
        for choice in choices:
            button = Button(choice.word, self.hub, kind=Kind.CHIP)
            button.clicked.connect(lambda _=False, at=choice.at: self._choose(at))
            self.quick.addWidget(button)

    def show_moment(self, at: datetime) -> None:
        """Fill a moment in; it then counts as not edited."""
        self.put(self._written(at))

    def moment(self) -> datetime | None:
        """The instant meant, None when nothing (or nothing clear) was typed."""
        return understand(self.text(), self._desk.clock(), self._desk.zone, self._calendar)

    def wrong(self) -> str:
        """Why it cannot be taken, "" when it can."""
        if not self.text():
            return ""
        at = self.moment()
        if at is None:
            return tr("That is no date or time. Write it like 14:00, tomorrow 9:00, fri or 2h.")
        return tr("That moment has passed.") if at <= self._desk.clock() else ""

    def _choose(self, at: datetime) -> None:
        self.entry.setText(self._written(at))
        self._touched()
        self.focus()

    def _written(self, at: datetime) -> str:
        local = at.astimezone(self._desk.zone)
        return f"{local.day} {local:%b %Y %H:%M}"

    def _tell(self) -> None:
        at = self.moment()
        self.meant.setText(
            tr("That is {day_and_time}.", day_and_time=day_and_time(at, self._desk.zone))
            if at
            else " "
        )
