"""Pop-ups on Linux, by the desktop's own notification service on the session bus.

plyer needs a compiled package or a program for this that a desktop may not have, cannot replace or
take back what it showed, and does not say when nobody answers; this does.
"""

from __future__ import annotations

from contextlib import closing

from tierline.domain.tongue import tr
from tierline.system.notifier.popup import NotShownError, Popup
from tierline.system.session_bus import NoAnswerError, Place, SessionBus

NAME = "org.freedesktop.Notifications"
PLACE = Place("/org/freedesktop/Notifications", NAME, NAME, lambda: tr("the notification service"))
_URGENCY = {"low": 0, "normal": 1, "critical": 2}
_MARKUP = "body-markup"
_AS_IT_LIKES = -1  # ms a pop-up stays: the service's own measure


class DesktopBus:
    """The connection stays: some desktops take a program's pop-ups away when it hangs up."""

    name = "desktop"

    def __init__(self) -> None:
        """Nothing is asked yet."""
        self._bus: SessionBus | None = None
        self._shown: dict[str, int] = {}
        self._markup = False

    def show(self, popup: Popup) -> None:
        """As `Way.show`."""
        try:
            self._show(popup)
        except NoAnswerError as failure:
            self._hang_up()  # whatever failed, the next one begins anew
            raise NotShownError(str(failure)) from failure

    def withdraw(self, key: str) -> None:
        """As `Way.withdraw`."""
        number = self._shown.pop(key, None)
        if number is None or self._bus is None:
            return
        try:
            self._bus.call(PLACE, "CloseNotification", "u", number)
        except NoAnswerError:
            return  # closed by hand already, or the service is gone: so is the pop-up

    def look(self) -> str:
        """As `Way.look`."""
        try:
            with closing(SessionBus()) as bus:
                if not bus.owned(NAME):
                    raise NotShownError(tr("the notification service does not run here"))
                told = bus.call(PLACE, "GetServerInformation")
        except NoAnswerError as failure:
            raise NotShownError(str(failure)) from failure
        return f"{told[0]} {told[2]}".strip()

    def _show(self, popup: Popup) -> None:
        bus = self._bus or self._connect()
        body = _escaped(popup.body) if self._markup else popup.body
        hints = {"urgency": ("y", _URGENCY[popup.urgency]), "desktop-entry": ("s", "tierline")}
        told = bus.call(
            PLACE,
            "Notify",
            "susssasa{sv}i",
            "Tierline",
            self._shown.get(popup.key, 0),
            "",
            popup.title,
            body,
            [],
            hints,
            _AS_IT_LIKES,
        )
        self._shown[popup.key] = told[0]

    def _connect(self) -> SessionBus:
        bus = self._bus = SessionBus()
        self._markup = _MARKUP in bus.call(PLACE, "GetCapabilities")[0]
        return bus

    def _hang_up(self) -> None:
        self._shown.clear()
        if self._bus is not None:
            self._bus.close()
            self._bus = None


def _escaped(text: str) -> str:
    """As text where markup is understood."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
