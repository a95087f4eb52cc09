"""Runs the policies' own rules in an open console: each minute, at the start, after a sleep.

What was done while nobody could see it comes as one message with a way to the tickets.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tierline.desk.desk import Desk
from tierline.desk.sync_words import may_rule
from tierline.desk.timed_rules import RulesReport
from tierline.domain.tongue import tr
from tierline.present.messages import Message, Messages, Severity
from tierline.present.tasks import Tasks

_RUNNING = tr("running the rules")
_MOST = 150  # numbers in one filter
ASLEEP_SECONDS, AT_A_TIME = 60.0, 50


class RulesRun(QObject):
    """`acted(ids)` after rules did something; `show_asked(numbers)` to see on which tickets."""

    acted = Signal(object)
    show_asked = Signal(object)

    def __init__(
        self, desk: Desk, tasks: Tasks, messages: Messages, parent: QObject | None = None
    ) -> None:
        """Nothing runs before `start`."""
        super().__init__(parent)
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._seen = 0.0
        self._held = False
        self.running = False

    def start(self) -> None:
        """Catch up with what became due while no console was open."""
        self._seen = self._desk.clock().timestamp()
        self.run(missed=True)

    def beat(self) -> None:
        """Every two seconds: a long gap between two of them was a sleep of this computer."""
        now = self._desk.clock().timestamp()
        slept, self._seen = now - self._seen > ASLEEP_SECONDS, now
        if slept:
            self.run(missed=True)

    def run(self, *, missed: bool = False) -> None:
        """Make every act that is due; `missed` says that nobody could see them come."""
        if self.running or not may_rule(self._desk.standing):
            return  # what is due now is due for the next run too
        self.running = True
        self._go_on(None, missed=missed)

    def _go_on(self, so_far: RulesReport | None, *, missed: bool) -> None:
        """A few tickets at a time, so that a person's own acts get in between; told as one."""

        def done(latest: RulesReport) -> None:
            report = so_far.then(latest) if so_far else latest
            if latest.more and latest.made:  # what is held back would come again for ever
                self._go_on(report, missed=missed)
                return
            self.running = False
            self._tell(report, missed=missed)

        def failed(error: BaseException) -> None:
            self.running = False
            self._messages.failed(_RUNNING, error)

        self._tasks.run(_RUNNING, lambda: self._desk.run_rules(AT_A_TIME), done, failed)

    def _tell(self, report: RulesReport, *, missed: bool) -> None:
        if not report.made:
            # A clock that was set back is told once, not every minute.
            if report.held and not self._held:
                self._messages.say(Message(report.sentence(), "", Severity.SOON))
            self._held = bool(report.held)
            return
        numbers = tuple(dict.fromkeys(act.number for act in report.made))
        one = len(numbers) == 1
        where = numbers[0] if one else tr("{count} tickets", count=len(numbers))
        since = tr("While this console was not awake. ") if missed else ""
        self._messages.say(
            Message(
                report.sentence(),
                tr("{since}The history of each names its rule.", since=since),
                Severity.SOON if missed else Severity.NOTE,
                tr("Show {where}", where=where),
                lambda: self.show_asked.emit(numbers[:_MOST]),
            )
        )
        self._held = bool(report.held)
        self.acted.emit(tuple(dict.fromkeys(act.ticket_id for act in report.made)))
