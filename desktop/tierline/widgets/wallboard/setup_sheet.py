"""Asks which screen, how large, and from how far it is read; says at once what can be shown."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from tierline.desk.wall_size import DISTANCES, SIZES, plausible
from tierline.domain.tongue import tr
from tierline.widgets.controls import Button, Kind
from tierline.widgets.overlay import Overlay
from tierline.widgets.sheets.fields import ChoiceField, LineField
from tierline.widgets.sheets.parts import column, label, line
from tierline.widgets.sheets.tick import Tick
from tierline.widgets.theme import ThemeHub
from tierline.widgets.wallboard.screens import Spot
from tierline.widgets.wallboard.seats import Seat, Seats

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PADDING = (24, 20, 24, 20)


class Setup(Overlay):
    """`settled(Spot, Seat, names)` when it is answered; Esc leaves it as it was."""

    settled = Signal(object, object, bool)

    def __init__(self, area: QWidget, hub: ThemeHub, seats: Seats, *, may_name: bool) -> None:
        """Built hidden; only who `may_name` can turn the names of clients on."""
        super().__init__(area, hub, tr("Where the wallboard is read from"), 480)
        self._seats, self._may_name = seats, may_name
        self._spots: tuple[Spot, ...] = ()
        self.which = ChoiceField(hub, tr("Screen"))
        self.inches = LineField(hub, tr("Screen size"), tr("its diagonal in inches"))
        self.metres = LineField(hub, tr("Farthest seat"), tr("in metres from the screen"))
        self.names = Tick(hub, tr("Show the names of clients"))
        self.names_note = label(
            "" if may_name else tr("Only a lead can turn the names of clients on."), "quiet"
        )
        self.verdict = label("", "second", wrap=True)
        self.show_it = Button(tr("Show it"), hub, key="↵", kind=Kind.PRIMARY)
        self.cancel = Button(tr("Cancel"), hub, key="Esc")
        self._lay_out()
        for field in (self.which, self.inches, self.metres):
            field.changed.connect(self._judge)
        self.which.entry.activated.connect(self._other_screen)
        self.show_it.clicked.connect(self.settle)
        self.cancel.clicked.connect(self.dismiss)

    def ask(self, spots: Sequence[Spot], spot: Spot, seat: Seat) -> None:
        """Open with what is known."""
        self._spots = tuple(spots)
        self.which.offer([(each.name, each.words(n + 1)) for n, each in enumerate(spots)])
        self.which.put(spot.name)
        self.which.setVisible(len(spots) > 1)
        self._fill(seat)
        self.names.setEnabled(self._may_name)
        self.names.setChecked(self._may_name and self._seats.names)
        self._judge()
        first = self.inches if not seat.inches else self.metres
        self.open_over(first.entry)
        first.entry.selectAll()

    @property
    def spot(self) -> Spot:
        """The screen that is chosen."""
        name = self.which.text()
        return next((each for each in self._spots if each.name == name), self._spots[0])

    @property
    def seat(self) -> Seat:
        """What is typed; 0 for what is no such number."""
        inches, metres = _typed(self.inches, SIZES), _typed(self.metres, DISTANCES)
        return Seat(inches, metres)

    def settle(self) -> None:
        """Enter: take what is typed, if something can be read so."""
        seat, spot = self.seat, self.spot
        if not self.show_it.isEnabled():
            wrong = self.inches if not seat.inches else self.metres
            wrong.focus()
            return
        names = self.names.isChecked()
        self._seats.keep(spot, seat, names=names)
        self.settled.emit(spot, seat, names)
        self.dismiss()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter from any field."""
        if event.key() in _ENTER:
            self.settle()
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        rows = column(self.hub, 14, _PADDING)
        buttons = line(self.hub, 8)
        buttons.addStretch(1)
        for button in (self.cancel, self.show_it):
            buttons.addWidget(button)
        rows.addWidget(label(tr("Where the wallboard is read from"), "title"))
        for part in (self.which, self.inches, self.metres, self.names, self.names_note):
            rows.addWidget(part)
        self.names_note.setVisible(bool(self.names_note.text()))
        rows.addWidget(self.verdict)
        rows.addLayout(buttons)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(rows)

    def _fill(self, seat: Seat) -> None:
        self.inches.put(f"{seat.inches:g}" if seat.inches else "")
        self.metres.put(f"{seat.metres:g}" if seat.metres else "")

    def _other_screen(self) -> None:
        self._fill(self._seats.of(self.spot))

    def _judge(self) -> None:
        if not self._spots:
            return
        seat = self.seat
        self._tell(self.inches, SIZES, seat.inches)
        self._tell(self.metres, DISTANCES, seat.metres)
        found = seat.fit(self.spot) if seat.known else None
        lacks = tr("Both numbers are needed to know what can be read.")
        self.verdict.setText(found.sentence if found else lacks)
        self.show_it.setEnabled(bool(found and found.shown))
        self.place()

    @staticmethod
    def _tell(field: LineField, bounds: tuple[float, float], number: float) -> None:
        wrong = bool(field.text()) and not number
        low, high = (f"{each:g}" for each in bounds)
        field.show_error(tr("A number from {low} to {high}.", low=low, high=high) * wrong)


def _typed(field: LineField, bounds: tuple[float, float]) -> float:
    """A number with a point or a comma; 0 for what is none."""
    with suppress(ValueError):
        number = float(field.text().replace(",", "."))
        if plausible(number, bounds):
            return number
    return 0.0
