"""Pop-ups on the desktop: courtesy copies of the alarm strip, by the way this system has."""

from __future__ import annotations

from tierline.system import session_bus
from tierline.system.notifier.by_plyer import PlyerWay
from tierline.system.notifier.courier import Courier
from tierline.system.notifier.desktop_bus import DesktopBus
from tierline.system.notifier.popup import Delivered, NotShownError, Popup, Urgency, Way

__all__ = [
    "Courier",
    "Delivered",
    "DesktopBus",
    "NotShownError",
    "PlyerWay",
    "Popup",
    "Urgency",
    "Way",
    "system_way",
]


def system_way() -> Way:
    """The way of this system; whether it works is found out by using it."""
    return DesktopBus() if session_bus.is_expected() else PlyerWay()
