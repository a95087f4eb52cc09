"""Pop-ups by plyer: Windows' balloons, macOS' notification centre."""

from __future__ import annotations

import sys
import warnings
from importlib.util import find_spec

from tierline.domain.tongue import tr
from tierline.system.notifier.popup import NotShownError, Popup

_SECONDS = 10


class PlyerWay:
    """Plyer blocks, raises what it likes, and cannot take a pop-up back."""

    name = "plyer"

    def show(self, popup: Popup) -> None:
        """As `Way.show`; an earlier one of its key goes by itself after ten seconds."""
        self.look()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of the ways that it did not find
            from plyer import notification  # noqa: PLC0415 - loaded where a pop-up is to be shown

            try:
                notification.notify(
                    title=popup.title, message=popup.body, app_name="Tierline", timeout=_SECONDS
                )
            except NotImplementedError as failure:
                raise NotShownError(tr("plyer knows no way to show one here")) from failure
            except Exception as failure:
                kind = type(failure).__name__
                raise NotShownError(tr("the system refused one ({kind})", kind=kind)) from failure

    def withdraw(self, key: str) -> None:
        """Nothing: plyer cannot."""

    def look(self) -> str:
        """As `Way.look`; it would print a traceback where its own part is missing."""
        if sys.platform == "darwin" and find_spec("pyobjus") is None:
            raise NotShownError(tr("the package pyobjus is not installed"))
        return "plyer"
