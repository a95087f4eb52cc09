"""For the doctor: what only a running window knows, its screens and letters."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QGuiApplication, QScreen

from tierline.domain.tongue import tr
from tierline.system.findings import Check
from tierline.widgets import fonts


def seen() -> Iterator[Check]:
    """Screens, and which letters are drawn."""
    yield _screens()
    if fonts.load() != "Inter":
        mend = tr("Everything can be read; install Tierline again for its own letters.")
        yield Check(tr("Letters"), "note", tr("the system’s, not Inter"), mend)


def _screens() -> Check:
    screens = QGuiApplication.screens()
    if not screens:
        mend = tr("Plug one in. The console goes on meanwhile.")
        return Check(tr("Screens"), "note", tr("none that can be seen"), mend)
    return Check(tr("Screens"), "ok", ", ".join(map(_size, screens)))


def _size(screen: QScreen) -> str:
    size, ratio = screen.size(), screen.devicePixelRatio()
    return f"{round(size.width() * ratio)} × {round(size.height() * ratio)} ({ratio * 100:.0f} %)"
