"""What is not about a visit: the console, the link, how large and how bright all of it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from tierline.domain.tongue import tr
from tierline.widgets.field.big import BigButton
from tierline.widgets.field.form import FormPage, choices
from tierline.widgets.sheets.parts import label
from tierline.widgets.theme import Mode, ThemeHub

_SIZES = ("100", "125", "150", "200")


class MenuPage(FormPage):
    """`chosen(what, value)`: console, sync, unsent, attention, scale, theme."""

    chosen = Signal(str, str)

    def __init__(self, hub: ThemeHub) -> None:
        """As things are."""
        super().__init__(hub, tr("Menu"), tr("Done"))
        acts = (
            ("console", tr("Open the console"), "square-arrow-out-up-right"),
            ("sync", tr("Sync now"), "refresh-cw"),
            ("unsent", tr("Changes to send"), "cloud-upload"),
            ("attention", tr("Changes that were not accepted"), "triangle-alert"),
        )
        for name, word, icon in acts:
            button = BigButton(word, hub, icon=icon)
            button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name, ""))
            self.rows.addWidget(button)
        self.sizes = choices(hub, {size: f"{size} %" for size in _SIZES})
        modes = {Mode.SYSTEM: tr("As the desktop"), Mode.LIGHT: tr("Light"), Mode.DARK: tr("Dark")}
        self.modes = choices(hub, {str(mode): word for mode, word in modes.items()})
        for what, word, buttons in (
            ("scale", tr("Text size"), self.sizes),
            ("theme", tr("Theme"), self.modes),
        ):
            self.rows.addWidget(label(word, "head"))
            for key, button in buttons.items():
                button.clicked.connect(
                    lambda _=False, what=what, key=key: self.chosen.emit(what, key)
                )
            grid = QGridLayout()
            grid.setSpacing(8)
            for place, button in enumerate(buttons.values()):
                grid.addWidget(button, place // 2, place % 2)
            self.rows.addLayout(grid)
        self.rows.addStretch(1)

    def ask(self) -> None:
        """Show what is in force."""
        for key, button in (*self.sizes.items(), *self.modes.items()):
            button.setChecked(key in (str(self.hub.scale), str(self.hub.mode)))
        self.begin(tr("Menu"), "")

    def submit(self) -> None:
        """Everything is in force already."""
        self.closed.emit()
