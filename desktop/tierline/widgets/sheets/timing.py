"""Sheets about work time: set right what was logged, and answer whether one was working."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tierline.desk.ticket_view import TicketView
from tierline.desk.timeline import spoken
from tierline.desk.when import when
from tierline.domain import commands as cmd
from tierline.domain.tongue import tr
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
        super().__init__(ground, "correct_time", tr("Correct logged time"), 480)
        self.way = OptionField(self.hub, tr("Correction"), KEYS)
        self.amount = LineField(self.hub, tr("How much"), "15m, 1h 30m, 0:20")
        self.why = LineField(self.hub, tr("Reason"), "needed")
        self.add("way", self.way)
        self.add("time", self.amount)
        self.add("reason", self.why)

    def fill(self, view: TicketView) -> None:
        """What is logged on this line so far."""
        worked = spoken(view.ticket.line_work)
        self.way.offer(
            [
                Option(TAKE, tr("Take away"), tr("{worked} logged", worked=worked)),
                Option(ADD, tr("Add")),
            ]
        )
        self.amount.put("")
        self.why.put("")
        self.relabel(tr("Correct the time on {number}", number=view.ticket.number), tr("Correct"))

    def lacks(self) -> list[tuple[str, str]]:
        """Which way, how much, why."""
        found = [] if self.way.text() else [("way", tr("add or take away"))]
        if spent.problem(self.amount.text()):
            found.append(("time", tr("how much")))
        return found if self.why.text() else [*found, ("reason", tr("the reason"))]

    def make(self) -> cmd.Command:
        """The correction."""
        amount = spent.seconds(self.amount.text())
        signed = amount if self.way.text() == ADD else -amount
        return cmd.CorrectTime(seconds=signed, reason=self.why.text())


class IdleSheet(Sheet):
    """Asks what the time was for during which nobody touched the console; it never guesses."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "idle", tr("Were you working?"), 520)
        self.absence: Absence | None = None
        self.answer = OptionField(self.hub, tr("Answer"), KEYS)
        self.kept_part = LineField(self.hub, tr("So much of it was work"), "15m, 0:20")
        self.add("answer", self.answer)
        self.add("part", self.kept_part)
        self.rows.addWidget(note(tr("The timer goes on until you answer; nothing is guessed.")))

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
                Option(ALL, tr("Yes, all of it was work"), word),
                Option(STOP, tr("No, stop the timer at {since}", since=since)),
                Option(PART, tr("Keep part of it")),
            ]
        )
        self.kept_part.put("")
        self.chip.show_priority(None)
        self.about.setText(tr("No key and no pointer was used here for {word}.", word=word))
        self.relabel(
            tr("Were you working on {number} since {since}?", number=found.number, since=since),
            tr("Answer"),
        )
        super().begin(None, more)

    def kept(self) -> dict[str, str]:
        """An answer is of the moment."""
        return {}

    def _keep(self) -> None:
        """Nor is it a draft."""

    def lacks(self) -> list[tuple[str, str]]:
        """One of the three, and for the third how much."""
        if not self.answer.text():
            return [("answer", tr("an answer"))]
        if self.answer.text() == PART and not self._part():
            return [
                (
                    "part",
                    tr("a time up to {span}", span=_span(self.absence.away if self.absence else 0)),
                )
            ]
        return []

    def renew(self) -> None:
        """The amount is asked for only when part of it is kept."""
        self.kept_part.setVisible(self.answer.text() == PART)
        words = {ALL: tr("Keep all of it"), STOP: tr("Stop the timer"), PART: tr("Keep that part")}
        self.primary.setText(words.get(self.answer.text(), tr("Answer")))
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
    return (
        tr("{hours} h {minutes} min", hours=hours, minutes=minutes)
        if hours
        else tr("{minutes} min", minutes=minutes)
    )


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
