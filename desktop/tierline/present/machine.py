"""What the machine around the console lacks: looked at off the window's thread, told in one place.

`missing_changed` feeds the one line of the status bar; the page of the doctor has all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from tierline.domain.tongue import tr
from tierline.present.tasks import Tasks
from tierline.system.findings import Check

THREAD = "doctor"
Rounds = Callable[[], Iterable[Check]]
_SERIOUS = ("bad", "note", "ok")


class Machine(QObject):
    """`found(Check)` for each thing of a whole round, as it is looked at; `finished()` after it.

    `missing_changed(tuple of Check)` with what a person relies on and does not have.
    """

    found = Signal(object)
    finished = Signal()
    missing_changed = Signal(object)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        """Nothing is known before `attach`."""
        super().__init__(parent)
        self._tasks = tasks
        self._whole: Rounds = tuple
        self._seen: Rounds = tuple
        self._relied: Rounds = tuple
        self.missing: tuple[Check, ...] = ()
        self.looking = False

    def attach(self, whole: Rounds, seen: Rounds, relied: Rounds) -> None:
        """Where findings come from.

        `whole` looks at everything and may take seconds, `relied` at what the person counts on;
        both run on a thread. `seen` is asked at once: what only the window knows.
        """
        self._whole, self._seen, self._relied = whole, seen, relied

    def look(self) -> None:
        """A whole round; asked for while one runs, that one goes on."""
        if self.looking:
            return
        self.looking = True
        for check in self._seen():
            self.found.emit(check)
        whole = self._whole

        def work() -> None:
            for check in whole():
                self.found.emit(check)

        self._tasks.run("looking at this computer", work, self._ended, self._failed, thread=THREAD)

    def watch(self) -> None:
        """See whether what the person relies on is there."""
        relied = self._relied
        self._tasks.run(
            "seeing what is missing",
            lambda: tuple(each for each in relied() if each.state != "ok"),
            self._tell,
            replace=True,
            thread=THREAD,
        )

    def _ended(self, _: None) -> None:
        self.looking = False
        self.finished.emit()

    def _failed(self, error: BaseException) -> None:
        kind = type(error).__name__
        self.found.emit(
            Check(
                tr("Doctor"),
                "bad",
                tr("could not look at the rest ({kind})", kind=kind),
                tr("Report it."),
            )
        )
        self._ended(None)

    def _tell(self, missing: tuple[Check, ...]) -> None:
        if missing != self.missing:
            self.missing = missing
            self.missing_changed.emit(missing)


def serious_first(checks: Iterable[Check]) -> list[Check]:
    """What is to be mended, what is good to know, what is well; each in the order of the round."""
    return sorted(checks, key=lambda each: _SERIOUS.index(each.state))
