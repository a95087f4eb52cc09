"""The desktop's session bus on Linux: who is there, and calls that end in time.

`jeepney` is loaded on first use; other systems have no such bus. Every failure is a
`NoAnswerError` whose text is the middle of a sentence: "there is no D-Bus in this session".
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from tierline.domain.tongue import tr

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection

PATIENCE = 2.0  # seconds for one answer; a daemon that is well needs a few thousandths
_GONE = ("ServiceUnknown", "NameHasNoOwner", "UnknownMethod", "UnknownObject", "UnknownInterface")
VARIABLE = "DBUS_SESSION_BUS_ADDRESS"


class Place(NamedTuple):
    """Where a call goes: object path, bus name, interface; `word` is what people call it."""

    path: str
    name: str
    interface: str
    word: Callable[[], str]


_NAME = "org.freedesktop.DBus"
BUS = Place("/org/freedesktop/DBus", _NAME, _NAME, lambda: tr("the D-Bus"))


class NoAnswerError(Exception):
    """A bus or a service of it cannot be used; the text says why.

    `absent` when nobody offers the service, as against one that fails.
    """

    def __init__(self, why: str, *, absent: bool = False) -> None:
        """`why` is the middle of a sentence."""
        super().__init__(why)
        self.absent = absent


def is_expected() -> bool:
    """Whether programs of this system find each other on a session bus."""
    return sys.platform.startswith("linux")


class SessionBus:
    """A connection, for one thread at a time. Raises `NoAnswerError` if there is no bus."""

    def __init__(self, patience: float = PATIENCE) -> None:
        """Connect; `patience` in seconds holds for each call. A dead bus may hang: see `within`."""
        if not os.environ.get(VARIABLE):
            raise NoAnswerError(tr("there is no D-Bus in this session"), absent=True)
        from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415 - Linux alone has it

        self._patience = patience
        try:
            self._link: DBusConnection = open_dbus_connection("SESSION", auth_timeout=patience)
        except Exception as failure:
            # Addresses nobody understands, sockets nobody serves, strangers that do not let us in.
            kind = type(failure).__name__
            why = tr("the D-Bus does not answer ({kind})", kind=kind)
            raise NoAnswerError(why) from failure

    def close(self) -> None:
        """Hang up."""
        self._link.close()

    def call(self, place: Place, method: str, kinds: str = "", *values: object) -> tuple[Any, ...]:
        """What a method answers; `kinds` is the D-Bus signature of its values.

        Raises:
            NoAnswerError: nobody is there, they refused, or they took too long.
        """
        from jeepney import DBusAddress, MessageType, new_method_call  # noqa: PLC0415

        address = DBusAddress(place.path, place.name, place.interface)
        asked = new_method_call(address, method, kinds or None, values)
        try:
            told = self._link.send_and_get_reply(asked, timeout=self._patience)
        except TimeoutError as failure:
            raise NoAnswerError(tr("{it} does not answer", it=place.word())) from failure
        except (OSError, RuntimeError) as failure:
            raise NoAnswerError(tr("the D-Bus went away")) from failure
        if told.header.message_type == MessageType.error:
            _refused(place, told)
        return tuple(told.body)

    def runs(self, name: str) -> bool:
        """Whether a program offers this service now."""
        return bool(self.call(BUS, "NameHasOwner", "s", name)[0])

    def owned(self, name: str) -> bool:
        """Whether a program offers this service now, or the bus would start one."""
        return self.runs(name) or name in self.call(BUS, "ListActivatableNames")[0]


def _refused(place: Place, told: Any) -> NoReturn:  # noqa: ANN401 - a jeepney message
    from jeepney import HeaderFields  # noqa: PLC0415

    error = str(told.header.fields.get(HeaderFields.error_name, ""))
    kind = error.rpartition(".")[2]
    if ".Spawn." in error:  # the bus tried
        raise NoAnswerError(tr("{it} could not be started", it=place.word()))
    if kind in _GONE:
        raise NoAnswerError(tr("{it} does not run here", it=place.word()), absent=True)
    raise NoAnswerError(tr("{it} refused ({kind})", it=place.word(), kind=kind))
