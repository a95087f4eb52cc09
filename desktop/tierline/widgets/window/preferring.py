"""What was chosen in the settings, kept and put in force."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QStyle

from tierline.present.idleness import SETTING, minutes_of
from tierline.present.quiet import Quiet
from tierline.system import choices
from tierline.system.choices import Which
from tierline.system.settings import Choice, Settings
from tierline.widgets.strip.strip import WarningsStrip

_WHICH: dict[str, Choice[Which]] = {
    each.key: each for each in (choices.POPUPS, choices.SOUND, choices.FLASH)
}
_TICKS: dict[str, Choice[bool]] = {
    each.key: each for each in (choices.QUIET_BUT_P1, choices.KEEP_RUNNING, choices.SINGLE_KEYS)
}


class Preferring:
    """`choose(key, value)` as the settings sheet says it; `heard` are told when one was kept."""

    def __init__(self, settings: Settings, quiet: Quiet, strip: WarningsStrip) -> None:
        """What was chosen in earlier runs is in force when this returns."""
        self._settings, self._quiet, self._strip = settings, quiet, strip
        self.heard: list[Callable[[str], None]] = []
        self._move()

    def in_force(self) -> dict[str, object]:
        """Every value by its key, as the settings sheet wants them."""
        told: dict[str, object] = {SETTING: minutes_of(self._settings)}
        told |= {key: self._settings.of(each) for key, each in _WHICH.items()}
        told |= {key: self._settings.of(each) for key, each in _TICKS.items()}
        told[choices.MOTION.key] = self._settings.of(choices.MOTION)
        told[choices.START.key] = self._settings.of(choices.START)
        return told | {choices.QUIET_UNTIL.key: self._quiet.until}

    def choose(self, key: str, value: str) -> None:
        """Keep it and let it count."""
        if key in _WHICH or key == choices.START.key:
            self._settings.put(key, value)
        elif key in _TICKS:
            self._settings.put(key, bool(value))
        elif key == SETTING:
            self._settings.put(key, int(value))
        elif key == choices.MOTION.key:
            self._settings.put(key, value)
            self._move()
        elif key == choices.QUIET_UNTIL.key:
            self._quiet.last(float(value or 0.0))
        else:
            return
        for hear in self.heard:
            hear(key)

    def _move(self) -> None:
        still = self._settings.of(choices.MOTION) == "reduced" or not _desktop_moves()
        self._strip.set_reduced_motion(still)


def _desktop_moves() -> bool:
    """Whether the desktop wants things to move: Qt has it as how long its own styles take."""
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    return QApplication.style().styleHint(hint) > 0
