"""What a look at the machine found: one value for the command and the page in the window."""

from __future__ import annotations

from typing import Literal, NamedTuple

from tierline.domain.tongue import tr

State = Literal["ok", "note", "bad"]


class Check(NamedTuple):
    """One thing looked at. `mend` says what to do when `state` is not "ok"."""

    name: str
    state: State
    found: str
    mend: str = ""

    @property
    def word(self) -> str:
        """The name as people read it, in their language."""
        return _words().get(self.name, self.name)


def _words() -> dict[str, str]:
    return {
        "Python": tr("Python"),
        "Packages": tr("Packages"),
        "Qt's libraries": tr("Qt's libraries"),
        "Display": tr("Display"),
        "SQLite": tr("SQLite"),
        "Time zones": tr("Time zones"),
        "Resources": tr("Resources"),
        "Desk's folder": tr("Desk's folder"),
        "Disk": tr("Disk"),
        "Machine's time": tr("Machine's time"),
        "Log": tr("Log"),
        "Keyring": tr("Keyring"),
        "D-Bus": tr("D-Bus"),
        "Notifications": tr("Notifications"),
        "Tray": tr("Tray"),
        "Sound": tr("Sound"),
        "Fonts": tr("Fonts"),
        "Settings": tr("Settings"),
        "Hub": tr("Hub"),
        "Hub's time": tr("Hub's time"),
        "Hub's password": tr("Hub's password"),
        "Screens": tr("Screens"),
        "Letters": tr("Letters"),
        "Doctor": tr("Doctor"),
    }
