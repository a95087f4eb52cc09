"""Every sheet, as it opens and, where it has one, with what it says when something is missing."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QApplication

from tests.qt.access import keys
from tests.qt.access.stage import Place, Stage, scene
from tests.qt.sheet_scene import SheetScene
from tierline.widgets.focus_ring import FocusRing
from tierline.widgets.sheets.book import MADE
from tierline.widgets.theme import ThemeHub

# One field has the keys all the time: its caret shows it, and Esc leaves.
ALONE = {"palette": frozenset({keys.SEEN})}


@scene
def sheets(place: Place) -> Iterator[Stage]:
    """One after the other, over a taken ticket."""
    hub = ThemeHub(place.app, "light")
    made = SheetScene(place.bot, hub, place.folder)  # type: ignore[arg-type]
    ring = FocusRing(made.window, hub)
    for kind in sorted(MADE):
        sheet = made.open(kind)
        yield Stage(f"sheet, {kind}", sheet.panel, hub, skip=ALONE.get(kind, frozenset()))
    ring.deleteLater()
    made.close()
    QApplication.processEvents()
    hub.deleteLater()
