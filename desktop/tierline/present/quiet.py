"""Do not disturb: until when, kept over a restart, ended by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from tierline.system.choices import QUIET_BUT_P1, QUIET_UNTIL
from tierline.system.settings import Settings

MINUTES = (30, 60, 120, 240)


class Quiet(QObject):
    """`changed(until)` when it begins, is prolonged or ends; epoch seconds, 0.0 for none."""

    changed = Signal(float)

    def __init__(
        self, settings: Settings, now: Callable[[], float], parent: QObject | None = None
    ) -> None:
        """One that was begun before a restart goes on; `now` gives epoch seconds."""
        super().__init__(parent)
        self._settings, self._now = settings, now
        self._until = float(settings.of(QUIET_UNTIL))

    @property
    def until(self) -> float:
        """When it ends; 0.0 while one may be disturbed."""
        return self._until if self._until > self._now() else 0.0

    def holds_back(self, *, p1: bool) -> bool:
        """Whether an alarm stays in the strip; one of a P1 does only if the person said so."""
        return bool(self.until) and not (p1 and self._settings.of(QUIET_BUT_P1))

    def begin(self, minutes: int) -> None:
        """Do not disturb for so long from now."""
        self.last(self._now() + 60.0 * minutes)

    def last(self, until: float) -> None:
        """Do not disturb until then, epoch seconds; a moment that has passed ends it."""
        self._set(until if until > self._now() else 0.0)

    def end(self) -> None:
        """Disturb again."""
        self._set(0.0)

    def look(self) -> None:
        """Notice that it has ended; call it now and then."""
        if self._until and not self.until:
            self._set(0.0)

    def _set(self, until: float) -> None:
        self._until = until
        self._settings.keep(QUIET_UNTIL, until)
        self.changed.emit(until)
