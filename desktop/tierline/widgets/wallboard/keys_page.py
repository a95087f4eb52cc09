"""The help place of the wallboard: its few keys."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from tierline.domain.tongue import tr
from tierline.widgets.controls import Button, Kind
from tierline.widgets.overlay import Overlay
from tierline.widgets.sheets.parts import column, label
from tierline.widgets.theme import ThemeHub


class KeysPage(Overlay):
    """Esc closes it."""

    def __init__(self, area: QWidget, hub: ThemeHub) -> None:
        """Built hidden."""
        super().__init__(area, hub, tr("Keys of the wallboard"), 420)
        rows = column(hub, 12, (24, 20, 24, 20))
        rows.addWidget(label(tr("Keys of the wallboard"), "title"))
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for at, (key, word) in enumerate(_keys()):
            grid.addWidget(label(key, "label"), at, 0)
            grid.addWidget(label(word, wrap=True), at, 1)
        rows.addLayout(grid)
        self.close_it = Button(tr("Close"), hub, key="Esc", kind=Kind.PRIMARY)
        self.close_it.clicked.connect(self.dismiss)
        rows.addWidget(self.close_it)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(rows)


def _keys() -> tuple[tuple[str, str], ...]:
    return (
        ("1 … 7", tr("Open the list behind a tile in the console")),
        ("Tab", tr("Go to the next tile; Enter opens its list")),
        ("S", tr("Say anew how large the screen is and from how far it is read")),
        ("F11", tr("Fill the screen, or be a window")),
        ("Esc", tr("Close the wallboard")),
    )
