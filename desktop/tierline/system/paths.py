"""Where a person's desk, settings and logs live on this machine, by the platform's own rules.

`TIERLINE_HOME` puts all of them below one folder: for a program on a stick, and for tests.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_APP = "tierline"
HOME = "TIERLINE_HOME"


def data_dir(explicit: Path | None = None) -> Path:
    """The desk's folder: the one named, else the platform's. It may not exist yet."""
    if explicit is not None:
        return explicit.expanduser()
    return _under("desk") or platformdirs.user_data_path(_APP, appauthor=False, roaming=False)


def demo_dir(explicit: Path | None = None) -> Path:
    """The demo's folder: never the one of a person's own desk, unless they name it."""
    if explicit is not None:
        return explicit.expanduser()
    return _under("demo") or platformdirs.user_data_path(f"{_APP}-demo", appauthor=False)


def config_dir() -> Path:
    """Where settings are kept, apart from any desk."""
    return _under("settings") or platformdirs.user_config_path(_APP, appauthor=False)


def log_dir() -> Path:
    """Where the program writes what went wrong."""
    return _under("logs") or platformdirs.user_log_path(_APP, appauthor=False)


def _under(name: str) -> Path | None:
    home = os.environ.get(HOME, "")
    return Path(home).expanduser() / name if home else None
