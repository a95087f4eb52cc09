"""For the doctor: what of the desktop around the window is there. Nothing here waits for long."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing

from tierline.domain.tongue import tr
from tierline.system import assets, session_bus, sounds
from tierline.system.findings import Check
from tierline.system.notifier import NotShownError, Way, system_way
from tierline.system.patience import TooLateError, within
from tierline.system.session_bus import BUS, NoAnswerError, Place, SessionBus

PATIENCE = 6.0  # seconds for one check; each call in it has two
WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
NOTIFICATIONS, TRAY, BUS_NAME = "Notifications", "Tray", "D-Bus"


def around(way: Way | None = None) -> Iterator[Check]:
    """Bus, notifications, tray; `way` shows pop-ups, the system's own when None."""
    if session_bus.is_expected():
        yield _in_time(BUS_NAME, _bus)
    shown_by = way or system_way()
    yield _in_time(NOTIFICATIONS, lambda: _notifications(shown_by))
    yield _in_time(TRAY, _tray)


def inside() -> Iterator[Check]:
    """What plays sounds, and the letters."""
    yield _sound()
    yield _fonts()


def mute_keyring() -> str:
    """Why a keyring that runs cannot be counted on, "" if it answers or there is none.

    It is not asked for anything: it could ask its owner something in turn.
    """
    try:
        return within(PATIENCE, _ping_keyring, "doctor")
    except TooLateError:
        return tr("the keyring does not answer")


def _ping_keyring() -> str:
    name = "org.freedesktop.secrets"
    place = Place("/", name, "org.freedesktop.DBus.Peer", lambda: tr("the keyring"))
    try:
        with closing(SessionBus()) as bus:
            if bus.runs(name):
                bus.call(place, "Ping")
    except NoAnswerError as failure:
        return "" if failure.absent else str(failure)
    return ""


def _in_time(name: str, look: Callable[[], Check]) -> Check:
    try:
        return within(PATIENCE, look, "doctor")
    except TooLateError:
        mend = tr("The console works without. Signing in to the desktop again may mend it.")
        return Check(name, "note", tr("does not answer"), mend)


def _bus() -> Check:
    try:
        with closing(SessionBus()) as bus:
            names = bus.call(BUS, "ListNames")[0]
    except NoAnswerError as failure:
        mend = tr("Pop-ups, tray and keyring need it. Start the console from the desktop itself.")
        return Check(BUS_NAME, "note", str(failure), mend)
    programs = sum(not name.startswith(":") for name in names)
    return Check(BUS_NAME, "ok", tr("{n} services on it", "{n} service on it", programs))


def _notifications(way: Way) -> Check:
    try:
        return Check(NOTIFICATIONS, "ok", way.look())
    except NotShownError as failure:
        mend = tr("The warnings in the window are complete without.")
        if sys.platform.startswith("linux"):
            mend = tr("The warnings in the window are complete without. dunst or mako brings it.")
        return Check(NOTIFICATIONS, "note", str(failure), mend)


def _tray() -> Check:
    from tierline.system.tray_host import has_tray  # noqa: PLC0415 - nobody waits for it

    if has_tray():
        return Check(TRAY, "ok", tr("there is one"))
    mend = tr("The window has all that it offers. On GNOME the extension AppIndicator brings one.")
    return Check(TRAY, "note", tr("this desktop has none"), mend)


def _sound() -> Check:
    name = "Sound"
    if player := sounds.player():
        return Check(name, "ok", player)
    mend = tr("A beep stands in. On Debian or Ubuntu: sudo apt install pipewire-bin")
    return Check(name, "note", tr("nothing here plays sounds"), mend)


def _fonts() -> Check:
    name = "Fonts"
    lacking = [each for each in WEIGHTS if not assets.path(f"fonts/Inter-{each}.ttf").is_file()]
    if lacking:
        found = tr("without Inter {weights}", weights=", ".join(lacking))
        return Check(name, "bad", found, tr("Install Tierline again."))
    return Check(name, "ok", tr("Inter, {n} weights", "Inter, {n} weight", len(WEIGHTS)))
