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

from tierline.domain.tongue import tr
from tierline.storage.mounts import network_kind, this_machine
from tierline.system import assets, desktop_checks, paths, qt_parts, session_bus
from tierline.system.findings import Check, State
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
    found = tr("{version} on {system}", version=sys.version.split()[0], system=sys.platform)
    if _OLDEST <= running < _NEWEST:
        return Check("Python", "ok", found)
    return Check("Python", "bad", found, tr("Use Python 3.11, 3.12 or 3.13."))


def _packages() -> Check:
    names = ("PySide6-Essentials", "SQLAlchemy", "qasync", "msgspec", "openpyxl")
    lacking = [name for name in names if not _version(name)]
    if lacking:
        return Check("Packages", "bad", _without(lacking), tr("Install Tierline again."))
    return Check("Packages", "ok", ", ".join(f"{name} {_version(name)}" for name in names))


def _qt_libraries() -> Check:
    lacking = qt_parts.missing(window=qt_parts.has_display())
    if not lacking:
        return Check("Qt's libraries", "ok", tr("all there"))
    what, todo = qt_parts.advice(lacking)
    return Check("Qt's libraries", "bad", what.rpartition("lacks ")[2].rstrip("."), todo)


def _display() -> Check:
    names = ("WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM")
    said = ", ".join(f"{name}={os.environ[name]}" for name in names if os.environ.get(name))
    if qt_parts.has_display() and not qt_parts.display_answers():
        mend = tr("Start it, or unset the variable; for another user's, see xhost and XAUTHORITY.")
        return Check("Display", "bad", tr("{it} does not answer", it=said), mend)
    if qt_parts.has_display():
        return Check("Display", "ok", said or sys.platform)
    mend = tr("Commands work without; tierline demo draws pictures of the console.")
    return Check("Display", "note", said or tr("none"), mend)


def _sqlite() -> Check:
    found = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info[:2] < _SQLITE:
        mend = tr("Use a Python that brings SQLite 3.37 or newer.")
        return Check("SQLite", "bad", found, mend)
    memory = sqlite3.connect(":memory:")
    try:
        memory.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61')")
    except sqlite3.OperationalError:
        mend = tr("Use a Python whose SQLite has it.")
        return Check("SQLite", "bad", tr("{version} without FTS5", version=found), mend)
    finally:
        memory.close()
    return Check("SQLite", "ok", tr("{version} with full-text search", version=found))


def _zones() -> Check:
    try:
        ZoneInfo("Australia/Melbourne")
    except ZoneInfoNotFoundError:
        return Check("Time zones", "bad", tr("no zone data"), tr("Install the package tzdata."))
    packaged = _version("tzdata")
    return Check("Time zones", "ok", f"tzdata {packaged}" if packaged else tr("the system's"))


def _resources() -> Check:
    place = assets.root()
    lacking = [name for name in ("policies", "icons", "fonts") if not (place / name).is_dir()]
    if lacking:
        return Check("Resources", "bad", _without(lacking), tr("Install Tierline again."))
    return Check("Resources", "ok", str(place))


def _folder(folder: Path) -> Check:
    """Judged without making it: the nearest folder that is there must take a file."""
    name = "Desk's folder"
    if kind := network_kind(folder, this_machine()):
        mend = tr("Choose a folder on this machine's own disk with --data.")
        found = tr("{folder} is on a network share ({kind})", folder=folder, kind=kind)
        return Check(name, "bad", found, mend)
    there = _nearest(folder)
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        mend = tr("Make it writable for you, or choose another with --data.")
        return Check(name, "bad", tr("{folder} cannot be written", folder=folder), mend)
    size = folder / "desk.sqlite"
    if not size.is_file():
        return Check(name, "ok", tr("{folder}, no desk yet", folder=folder))
    large = f"{size.stat().st_size / 1e6:.1f}"
    return Check(name, "ok", tr("{folder}, a desk of {size} MB", folder=folder, size=large))


def _room(folder: Path) -> Check:
    there = _nearest(folder)
    try:
        free = shutil.disk_usage(there).free
    except OSError as failure:
        return Check("Disk", "note", tr("not known ({why})", why=failure.strerror))
    found = tr("{size} GB free", size=f"{free / 1e9:.1f}")
    state: State = "ok" if free > _ROOM else "bad"
    return Check("Disk", state, found, "" if state == "ok" else tr("Free some."))


def _time(folder: Path) -> Check:
    """A clock that runs behind what this desk has already seen shifts every deadline."""
    file = folder / "desk.sqlite"
    stamps = [p.stat().st_mtime for p in (file, folder / "desk.sqlite-wal") if p.exists()]
    newest = max(stamps, default=0.0)
    ahead = newest - time.time()
    if ahead > _SKEW:
        minutes = f"{ahead / 60:.0f}"
        found = tr("the desk was written {minutes} minutes from now", minutes=minutes)
        return Check("Machine's time", "bad", found, tr("Set the machine's clock (NTP)."))
    return Check("Machine's time", "ok", time.strftime("%Y-%m-%d %H:%M:%S %Z"))


def _logs() -> Check:
    place = paths.log_dir()
    there = _nearest(place)
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return Check("Log", "ok", str(place))
    found = tr("{folder} cannot be written", folder=place)
    return Check("Log", "note", found, tr("Make it writable for you."))


def _keyring() -> Check:
    mute = desktop_checks.mute_keyring() if session_bus.is_expected() else ""
    trouble = mute or Keyring(patience=_KEYRING_PATIENCE).look().trouble
    if not trouble:
        return Check("Keyring", "ok", tr("keeps the passwords of shared desks"))
    mend = tr("Only a shared desk needs one. The desktop's is Secret Service or KWallet: start it.")
    return Check("Keyring", "note", trouble, mend)


def terminal() -> Check:
    """Whether what is printed can be read: only for who looks from a terminal."""
    encoding = (sys.stdout.encoding or "").lower()
    if encoding.replace("-", "") == "utf8":
        return Check("Terminal", "ok", "UTF-8")
    mend = tr("Set PYTHONUTF8=1 to see every character.")
    return Check("Terminal", "note", encoding or tr("unknown"), mend)


def _without(lacking: list[str]) -> str:
    return tr("without {names}", names=", ".join(lacking))


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
