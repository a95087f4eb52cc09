"""The foot of a visit's page, at the thumb: how long it has been, and what comes next."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from tierline.desk.field_view import FieldView
from tierline.desk.timeline import spoken
from tierline.desk.when import when
from tierline.domain import commands as cmd
from tierline.domain.tongue import tr
from tierline.present.ticker import Ticker
from tierline.widgets.field.big import BigButton, Tone
from tierline.widgets.field.section import say
from tierline.widgets.sheets.parts import column, label, line
from tierline.widgets.theme import ThemeHub

_ICONS = {cmd.SetOut: "truck", cmd.Arrive: "map-pin", cmd.LeaveSite: "check"}


class StepBar(QFrame):
    """`step_asked(command)`; `leave_asked()` where the time of leaving is to be told first."""

    step_asked = Signal(object)
    leave_asked = Signal()

    def __init__(self, hub: ThemeHub, ticker: Ticker, zone: ZoneInfo) -> None:
        """No visit."""
        super().__init__()
        self._ticker, self._zone = ticker, zone
        self._field: FieldView | None = None
        self.setProperty("role", "win")
        self.setAccessibleName(tr("Next step"))
        self.state, self.told = label("", "strong", wrap=True), label("", "quiet", wrap=True)
        self.go = BigButton("", hub, key="V", tone=Tone.GO)
        self.other = BigButton("", hub)
        self.row: QHBoxLayout = line(hub, 8)
        self.row.addWidget(self.go, 3)
        self.row.addWidget(self.other, 2)
        rows = column(hub, 6, (14, 10, 14, 12))
        rows.addWidget(self.state)
        rows.addWidget(self.told)
        rows.addLayout(self.row)
        self.setLayout(rows)
        self.go.clicked.connect(lambda: self._step(0))
        self.other.clicked.connect(self._second)
        ticker.tick.connect(self._tick)

    def show_view(self, field: FieldView) -> None:
        """How far this visit is."""
        self._field = field
        steps = field.steps
        self.go.setVisible(bool(steps))
        if steps:
            self.go.say(_word(steps[0].command, field), _ICONS[type(steps[0].command)])
        second = _second_word(field)
        self.other.setVisible(bool(second))
        self.other.say(second)
        say(self.told, self._told(field))
        self._tick(self._ticker.now())

    def showEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Its time goes on while it is seen."""
        self._ticker.add(self)
        super().showEvent(event)  # type: ignore[arg-type]

    def hideEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Nobody looks."""
        self._ticker.drop(self)
        super().hideEvent(event)  # type: ignore[arg-type]

    def _tick(self, now: float) -> None:
        visit = self._field.visit if self._field else None
        if visit is None or visit.since is None or not visit.under_way:
            say(self.state, "")
            return
        passed = spoken(int(now - visit.since.timestamp()))
        words = tr("On site for {time}", time=passed)
        if visit.state == "travelling":
            words = tr("On the way for {time}", time=passed)
        say(self.state, words)

    def _told(self, field: FieldView) -> str:
        """How it went so far: "Set out 09:35, arrived 10:05, left 11:20"."""
        visit = field.visit
        if visit is None:
            return ""
        ended = tr("turned back") if visit.state == "turned back" else tr("left")
        moments = (
            (tr("set out"), visit.set_out_at),
            (tr("arrived"), visit.arrived_at),
            (ended, visit.left_at),
        )
        told = [f"{word} {self._at(at)}" for word, at in moments if at is not None]
        if not told:
            start = visit.start
            return tr("Planned for {when}", when=self._at(start)) if start else ""
        said = ", ".join(told)
        return said[:1].upper() + said[1:]

    def _at(self, at: datetime) -> str:
        now = datetime.fromtimestamp(self._ticker.now(), UTC)
        return when(at, now, self._zone)

    def _step(self, place: int) -> None:
        field = self._field
        if field is None or place >= len(field.steps):
            return
        command = field.steps[place].command
        if isinstance(command, cmd.LeaveSite) and field.ask_left:
            self.leave_asked.emit()
        else:
            self.step_asked.emit(command)

    def _second(self) -> None:
        if self._field is not None and _on_site(self._field):
            self.leave_asked.emit()
        else:
            self._step(1)


def _on_site(field: FieldView) -> bool:
    return field.visit is not None and field.visit.state == "on site"


def _word(command: object, field: FieldView) -> str:
    if isinstance(command, cmd.SetOut):
        return tr("Set out")
    if isinstance(command, cmd.Arrive):
        return tr("I am on site")
    return tr("Leave site") if _on_site(field) else tr("Turn back")


def _second_word(field: FieldView) -> str:
    """Who is on site may have left before; else the next likeliest step."""
    if _on_site(field):
        return tr("I left earlier…")
    return _word(field.steps[1].command, field) if len(field.steps) > 1 else ""
