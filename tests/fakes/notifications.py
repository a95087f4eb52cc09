"""A real dunst on a screen and a D-Bus session of its own, which says what it has shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from jeepney import DBusAddress, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.fakes import private_bus
from tests.fakes.private_bus import home_env, started, wait_for_name
from tests.stories.screen import screen

NAME = "org.freedesktop.Notifications"
_DUNST = DBusAddress("/org/freedesktop/Notifications", NAME, "org.dunstproject.cmd0")


class Shown(NamedTuple):
    """What was on the screen."""

    title: str
    body: str
    program: str


class Daemon:
    """What dunst tells of itself."""

    def __init__(self, address: str, link: DBusConnection) -> None:
        self.address, self._link = address, link

    def on_screen(self) -> int:
        """How many pop-ups can be seen now."""
        told = self._link.send_and_get_reply(Properties(_DUNST).get("displayedLength"))
        return int(told.body[0][1])

    def gone(self) -> list[Shown]:
        """Those that were shown and taken back, the last first."""
        told = self._link.send_and_get_reply(new_method_call(_DUNST, "NotificationListHistory"))
        return [
            Shown(each["summary"][1], each["body"][1], each["appname"][1]) for each in told.body[0]
        ]


def lacking() -> list[str]:
    """What is not installed here."""
    return private_bus.lacking("dbus-daemon", "dunst", "Xvfb")


@contextmanager
def dunst(folder: Path) -> Iterator[Daemon]:
    """Running and ready; ended by id."""
    env = home_env(folder / "home")
    with ExitStack() as ends:
        address = ends.enter_context(private_bus.bus(env))
        display = ends.enter_context(screen(folder))
        link = ends.enter_context(open_dbus_connection(bus=address))
        session = {"DBUS_SESSION_BUS_ADDRESS": address, "DISPLAY": display}
        started(ends, ["dunst"], env | session)
        wait_for_name(link, NAME)
        yield Daemon(address, link)
