"""Courtesy copies of the alarm strip: pop-up, sound, flash, as the person chose, and no more.

A copy that fails costs nothing: the strip has it all. What became of each is recorded, and what
hinders them is said once (`trouble_changed`), not with every alarm.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from tierline.desk.alarms.notice import Notice
from tierline.domain.tongue import tr
from tierline.present.quiet import Quiet
from tierline.present.tasks import Tasks
from tierline.system import sounds
from tierline.system.choices import FLASH, POPUPS, SOUND, Which
from tierline.system.notifier import Courier, Delivered, Popup, Urgency
from tierline.system.settings import Choice, Settings
from tierline.system.sounds import Sound

THREAD = "notices"
OFF, QUIET, TRAY = "off", "quiet", "tray"
_URGENCY: dict[str, Urgency] = {"p1": "critical", "over": "critical", "notice": "low"}


class Alarms(Protocol):
    """Where alarms come from; see `present.alarms`."""

    def delivered(self, key: str, how: str, problem: str = "") -> None:
        """Keep by which way a pop-up was shown ("" for none), and what was wrong with it."""


class Popups(QObject):
    """`flashed()` asks for the person's attention on the task bar, `beeped()` for a plain beep.

    `trouble_changed(text)` when pop-ups cease to arrive, "" when they do again; the middle of a
    sentence.
    """

    flashed = Signal()
    beeped = Signal()
    trouble_changed = Signal(str)

    def __init__(
        self,
        alarms: Alarms,
        courier: Courier,
        quiet: Quiet,
        settings: Settings,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        """Shows nothing before `show`."""
        super().__init__(parent)
        self._alarms, self._courier, self._quiet = alarms, courier, quiet
        self._settings, self._tasks = settings, tasks
        self.trouble = ""
        self.balloon: Callable[[Popup], bool] = lambda _: False
        """What shows a pop-up if the desktop's own way does not; whether it could."""
        self.play: Callable[[Sound], bool] = sounds.play

    def show(self, notice: Notice) -> None:
        """Copy an alarm to the desktop."""
        if self._quiet.holds_back(p1=notice.level == "p1"):
            self._alarms.delivered(notice.key, QUIET)
            return
        if self._wanted(POPUPS, notice):
            self._deliver(notice)
        else:
            self._alarms.delivered(notice.key, OFF)
        if self._wanted(FLASH, notice):
            self.flashed.emit()
        if notice.sound and self._wanted(SOUND, notice):
            self._sound(notice)

    def withdraw(self, key: str) -> None:
        """It is not true any more: take the pop-up back where that can be done."""
        self._run(tr("taking back a pop-up"), lambda: self._courier.withdraw(key), lambda _: None)

    def stop(self) -> None:
        """The program ends: what still waits is not shown."""
        self._courier.close()

    def _wanted(self, choice: Choice[Which], notice: Notice) -> bool:
        which = self._settings.of(choice)
        return which == "all" or (which == "p1" and notice.level == "p1")

    def _deliver(self, notice: Notice) -> None:
        urgency = _URGENCY.get(notice.level, "normal")
        popup = Popup(notice.key, notice.title, notice.body, urgency)
        self._run(
            tr("showing a pop-up"),
            lambda: self._courier.deliver(popup),
            lambda answer: self._delivered(popup, answer),
        )

    def _delivered(self, popup: Popup, answer: Delivered) -> None:
        how = answer.how
        if answer.problem and self.balloon(popup):
            how = TRAY
        self._alarms.delivered(popup.key, how, answer.problem)
        trouble = "" if how else answer.problem
        if trouble != self.trouble:
            self.trouble = trouble
            self.trouble_changed.emit(trouble)

    def _sound(self, notice: Notice) -> None:
        sound: Sound = "p1" if notice.level in ("p1", "over") else "warning"

        def played(heard: bool) -> None:
            if not heard:
                self.beeped.emit()

        self._run(tr("playing a sound"), lambda: self.play(sound), played)

    def _run(self, name: str, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._tasks.run(name, work, done, thread=THREAD)
