"""Two short sounds, by whatever plays them on this machine.

Qt's own player is in a part of Qt that this program does without: it is larger than the rest.
"""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Literal

from tierline.system import assets

Sound = Literal["p1", "warning"]
_PLAYERS = {
    "linux": (("pw-play",), ("paplay",), ("aplay", "-q")),
    "darwin": (("afplay",),),
}
_PATIENCE = 5.0  # seconds; the longer of the two takes less than one
_log = logging.getLogger(__name__)


def path(sound: Sound) -> Path:
    """The file of a sound."""
    return assets.path(f"sounds/{sound}.wav")


def player() -> str:
    """What plays sounds here, "" for nothing."""
    if sys.platform == "win32":
        return "Windows"
    command = _command()
    return command[0] if command else ""


def play(sound: Sound) -> bool:
    """Play it to its end; False when nothing here can. Not on the window's thread."""
    file = path(sound)
    if sys.platform == "win32":
        return _on_windows(file)
    command = _command()
    if not command:
        return False
    try:
        done = subprocess.run(  # noqa: S603 - one of the players above, and our own file
            [*command, str(file)],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired) as failure:
        _log.info("the sound was not played (%s)", type(failure).__name__)
        return False
    return done.returncode == 0


def _command() -> tuple[str, ...]:
    for command in _PLAYERS.get(sys.platform, ()):
        if shutil.which(command[0]):
            return command
    return ()


def _on_windows(file: Path) -> bool:
    import winsound  # noqa: PLC0415 - Windows alone has it

    try:
        winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_NODEFAULT)  # type: ignore[attr-defined,unused-ignore]
    except RuntimeError:
        return False
    return True
