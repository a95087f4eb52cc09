"""Every setting that a person can choose, with its kind and what holds unless they do.

What each is for is said in words by the settings sheet.
"""

from __future__ import annotations

from typing import Literal

from tierline.system.settings import Choice

Which = Literal["all", "p1", "none"]
"""Which alarms do something: all that may disturb, those of a P1 alone, or none."""
Motion = Literal["system", "reduced"]


def _which(key: str, usual: Which) -> Choice[Which]:
    return Choice(key, usual, lambda value: value in ("all", "p1", "none"))


POPUPS = _which("popups", "all")
SOUND = _which("sound", "p1")
FLASH = _which("flash", "all")
QUIET_UNTIL = Choice("quiet_until", 0.0)
"""Do not disturb until then (epoch seconds); it has ended when that is past."""
QUIET_BUT_P1 = Choice("quiet_but_p1", usual=True)
KEEP_RUNNING = Choice("keep_running", usual=False)
"""Closing the window leaves the program in the tray."""
MOTION: Choice[Motion] = Choice("motion", "system", lambda value: value in ("system", "reduced"))
Start = Literal["console", "field"]
START: Choice[Start] = Choice("start", "console", lambda value: value in ("console", "field"))
"""Which window the program opens with."""
TEXT_SIZE = Choice("scale", 100, lambda value: 100 <= value <= 200)
SINGLE_KEYS = Choice("single_keys", usual=True)
