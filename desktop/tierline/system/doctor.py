"""What works on this machine, and how to mend what does not. It looks; it changes nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tierline.storage.mounts import network_kind, this_machine
from tierline.system import assets, desktop_checks, paths, qt_parts, session_bus
from tierline.system.findings import Check
from tierline.system.secrets import Keyring

_OLDEST, _NEWEST = (3, 11), (3, 14)
_SQLITE = (3, 37)
_ROOM = 200 * 1024 * 1024
_KEYRING_PATIENCE = 3.0  # seconds
_SKEW = 120
"""Seconds by which a file may seem to come from the future before a clock is called wrong."""


def examine(folder: Path) -> Iterator[Check]:
    """Everything, in the order in which it is needed; `folder` is the desk's."""
    for check in (_python, _packages, _qt_libraries, _display, _sqlite, _zones, _resources):
        yield check()
    yield _folder(folder)
    yield _room(folder)
    yield _time(folder)
    yield _logs()
    yield _keyring()
    yield from desktop_checks.around()
    yield from desktop_checks.inside()


def _python() -> Check:
    running = sys.version_info[:2]
    found = f"{sys.version.split()[0]} on {sys.platform}"
    if _OLDEST <= running < _NEWEST:
        return Check("Python", "ok", found)
    return Check("Python", "bad", found, "Use Python 3.11, 3.12 or 3.13.")


def _packages() -> Check:
    names = ("PySide6-Essentials", "SQLAlchemy", "qasync", "msgspec", "openpyxl")
    lacking = [name for name in names if not _version(name)]
    if lacking:
        return Check("Packages", "bad", f"without {', '.join(lacking)}", "Install Tierline again.")
    return Check("Packages", "ok", ", ".join(f"{name} {_version(name)}" for name in names))


def _qt_libraries() -> Check:
    lacking = qt_parts.missing(window=qt_parts.has_display())
    if not lacking:
        return Check("Qt's libraries", "ok", "all there")
    what, todo = qt_parts.advice(lacking)
    return Check("Qt's libraries", "bad", what.rpartition("lacks ")[2].rstrip("."), todo)


def _display() -> Check:
    names = ("WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM")
    said = ", ".join(f"{name}={os.environ[name]}" for name in names if os.environ.get(name))
    if qt_parts.has_display() and not qt_parts.display_answers():
        mend = "Start it, or unset the variable; for another user's, see xhost and XAUTHORITY."
        return Check("Display", "bad", f"{said} does not answer", mend)
    if qt_parts.has_display():
        return Check("Display", "ok", said or sys.platform)
    mend = "Commands work without; tierline demo draws pictures of the console."
    return Check("Display", "note", said or "none", mend)


def _sqlite() -> Check:
    found = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info[:2] < _SQLITE:
        return Check("SQLite", "bad", found, "Use a Python that brings SQLite 3.37 or newer.")
    memory = sqlite3.connect(":memory:")
    try:
        memory.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61')")
    except sqlite3.OperationalError:
        return Check("SQLite", "bad", f"{found} without FTS5", "Use a Python whose SQLite has it.")
    finally:
        memory.close()
    return Check("SQLite", "ok", f"{found} with full-text search")


def _zones() -> Check:
    try:
        ZoneInfo("Australia/Melbourne")
    except ZoneInfoNotFoundError:
        return Check("Time zones", "bad", "no zone data", "Install the package tzdata.")
    packaged = _version("tzdata")
    return Check("Time zones", "ok", f"tzdata {packaged}" if packaged else "the system's")


def _resources() -> Check:
    place = assets.root()
    lacking = [name for name in ("policies", "icons", "fonts") if not (place / name).is_dir()]
    if lacking:
        return Check("Resources", "bad", f"without {', '.join(lacking)}", "Install Tierline again.")
    return Check("Resources", "ok", str(place))


def _folder(folder: Path) -> Check:
    """Judged without making it: the nearest folder that is there must take a file."""
    name = "Desk's folder"
    if kind := network_kind(folder, this_machine()):
        mend = "Choose a folder on this machine's own disk with --data."
        return Check(name, "bad", f"{folder} is on a network share ({kind})", mend)
    there = _nearest(folder)
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        mend = "Make it writable for you, or choose another with --data."
        return Check(name, "bad", f"{folder} cannot be written", mend)
    size = folder / "desk.sqlite"
    said = f"a desk of {size.stat().st_size / 1e6:.1f} MB" if size.is_file() else "no desk yet"
    return Check(name, "ok", f"{folder}, {said}")


def _room(folder: Path) -> Check:
    there = _nearest(folder)
    try:
        free = shutil.disk_usage(there).free
    except OSError as failure:
        return Check("Disk", "note", f"not known ({failure.strerror})")
    found = f"{free / 1e9:.1f} GB free"
    return Check("Disk", "ok", found) if free > _ROOM else Check("Disk", "bad", found, "Free some.")


def _time(folder: Path) -> Check:
    """A clock that runs behind what this desk has already seen shifts every deadline."""
    file = folder / "desk.sqlite"
    stamps = [p.stat().st_mtime for p in (file, folder / "desk.sqlite-wal") if p.exists()]
    newest = max(stamps, default=0.0)
    ahead = newest - time.time()
    if ahead > _SKEW:
        found = f"the desk was written {ahead / 60:.0f} minutes from now"
        return Check("Machine's time", "bad", found, "Set the machine's clock (NTP).")
    return Check("Machine's time", "ok", time.strftime("%Y-%m-%d %H:%M:%S %Z"))


def _logs() -> Check:
    place = paths.log_dir()
    there = _nearest(place)
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return Check("Log", "ok", str(place))
    return Check("Log", "note", f"{place} cannot be written", "Make it writable for you.")


def _keyring() -> Check:
    mute = desktop_checks.mute_keyring() if session_bus.is_expected() else ""
    trouble = mute or Keyring(patience=_KEYRING_PATIENCE).look().trouble
    if not trouble:
        return Check("Keyring", "ok", "keeps the passwords of shared desks")
    mend = "Only a shared desk needs one. Start the desktop's keyring (Secret Service, KWallet)."
    return Check("Keyring", "note", trouble, mend)


def terminal() -> Check:
    """Whether what is printed can be read: only for who looks from a terminal."""
    encoding = (sys.stdout.encoding or "").lower()
    if encoding.replace("-", "") == "utf8":
        return Check("Terminal", "ok", "UTF-8")
    mend = "Set PYTHONUTF8=1 to see every character."
    return Check("Terminal", "note", encoding or "unknown", mend)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _nearest(folder: Path) -> Path:
    """The folder itself, or the nearest one above that exists."""
    place = folder.resolve()
    while not place.exists() and place != place.parent:
        place = place.parent
    return place
