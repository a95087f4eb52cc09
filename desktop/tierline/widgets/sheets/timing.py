"""Sheets about work time: set right what was logged, and answer whether one was working."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tierline.desk.ticket_view import TicketView
from tierline.desk.timeline import spoken
from tierline.desk.when import when
from tierline.domain import commands as cmd
from tierline.present.idleness import Absence
from tierline.present.wishes import Act
from tierline.widgets.sheets.fields import LineField, note
from tierline.widgets.sheets.options import KEYS, Option, OptionField
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.sheet import Sheet
from tierline.widgets.ticket import spent

ADD, TAKE = "add", "take"
ALL, STOP, PART = "all", "stop", "part"


class CorrectTimeSheet(Sheet):
    """Adds to the work of the line, or takes some away, with a reason; both stay."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "correct_time", "Correct logged time", 480)
        self.way = OptionField(self.hub, "Correction", KEYS)
        self.amount = LineField(self.hub, "How much", "15m, 1h 30m, 0:20")
        self.why = LineField(self.hub, "Reason", "needed")
        self.add("way", self.way)
        self.add("time", self.amount)
        self.add("reason", self.why)

    def fill(self, view: TicketView) -> None:
        """What is logged on this line so far."""
        worked = spoken(view.ticket.line_work)
        self.way.offer([Option(TAKE, "Take away", f"{worked} logged"), Option(ADD, "Add")])
        self.amount.put("")
        self.why.put("")
        self.relabel(f"Correct the time on {view.ticket.number}", "Correct")

    def lacks(self) -> list[tuple[str, str]]:
        """Which way, how much, why."""
        found = [] if self.way.text() else [("way", "add or take away")]
        if spent.problem(self.amount.text()):
            found.append(("time", "how much"))
        return found if self.why.text() else [*found, ("reason", "the reason")]

    def make(self) -> cmd.Command:
        """The correction."""
        amount = spent.seconds(self.amount.text())
        signed = amount if self.way.text() == ADD else -amount
        return cmd.CorrectTime(seconds=signed, reason=self.why.text())


class IdleSheet(Sheet):
    """Asks what the time was for during which nobody touched the console; it never guesses."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "idle", "Were you working?", 520)
        self.absence: Absence | None = None
        self.answer = OptionField(self.hub, "Answer", KEYS)
        self.kept_part = LineField(self.hub, "So much of it was work", "15m, 0:20")
        self.add("answer", self.answer)
        self.add("part", self.kept_part)
        self.rows.addWidget(note("The timer goes on until you answer; nothing is guessed."))

    def begin(self, view: TicketView | None, more: dict[str, Any]) -> None:
        """Ask about this absence."""
        del view
        now, found = self.ticker.now(), more.get("absence")
        if not isinstance(found, Absence):
            found = Absence("", "nothing", now, now, now)
        self.absence = found
        since = when(_instant(found.since), _instant(found.until), self.desk.zone)
        word = _span(found.away)
        self.answer.offer(
            [
                Option(ALL, "Yes, all of it was work", word),
                Option(STOP, f"No, stop the timer at {since}"),
                Option(PART, "Keep part of it"),
            ]
        )
        self.kept_part.put("")
        self.chip.show_priority(None)
        self.about.setText(f"No key and no pointer was used here for {word}.")
        self.relabel(f"Were you working on {found.number} since {since}?", "Answer")
        super().begin(None, more)

    def kept(self) -> dict[str, str]:
        """An answer is of the moment."""
        return {}

    def _keep(self) -> None:
        """Nor is it a draft."""

    def lacks(self) -> list[tuple[str, str]]:
        """One of the three, and for the third how much."""
        if not self.answer.text():
            return [("answer", "an answer")]
        if self.answer.text() == PART and not self._part():
            return [("part", f"a time up to {_span(self.absence.away if self.absence else 0)}")]
        return []

    def renew(self) -> None:
        """The amount is asked for only when part of it is kept."""
        self.kept_part.setVisible(self.answer.text() == PART)
        words = {ALL: "Keep all of it", STOP: "Stop the timer", PART: "Keep that part"}
        self.primary.setText(words.get(self.answer.text(), "Answer"))
        self.primary.updateGeometry()
        super().renew()

    def send(self) -> None:
        """Say it of the timer's own ticket, whatever is chosen in the list."""
        if self.lacks() or self.absence is None:
            super().send()
            return
        self.wished.emit(Act(self.absence.ticket_id, self.make()))

    def make(self) -> cmd.Command:
        """Go on with all or part of it, or stop where it was left."""
        found = self.absence
        assert found is not None
        match self.answer.text():
            case "all":
                return cmd.KeepTimer()
            case "part":
                return cmd.KeepTimer(away=found.away - self._part())
            case _:
                return cmd.StopTimer(seconds=max(0, int(found.since - found.started)))

    def _part(self) -> int:
        """The part that was work, in seconds; 0 when it cannot be read or is too much."""
        if self.absence is None or spent.problem(self.kept_part.text()):
            return 0
        amount = spent.seconds(self.kept_part.text())
        return amount if amount <= self.absence.away else 0


def _span(seconds: int) -> str:
    """An absence in words: "35 min", "9 h 20 min"."""
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
