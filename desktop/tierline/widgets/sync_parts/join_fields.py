"""What a desk needs to join a shared one: where it is, who one is there, the password."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tierline.domain.tongue import tr
from tierline.system.secrets import Secret
from tierline.widgets.sheets.fields import LineField, SecretField
from tierline.widgets.sheets.parts import column, label, line
from tierline.widgets.sheets.tick import Tick
from tierline.widgets.theme import ThemeHub

HINT = tr("postgresql://host/database, as your lead told you")
LONGEST = 256


class JoinFields(QWidget):
    """`asked(url, login, Secret, keep)` when all of it is there; else it says what lacks."""

    asked = Signal(str, str, object, bool)

    def __init__(self, hub: ThemeHub) -> None:
        """Empty."""
        super().__init__()
        self.url = LineField(hub, tr("Address"), tr("of the shared desk"), HINT)
        self.login = LineField(hub, tr("Login"))
        self.password = SecretField(hub, tr("Password"), most=LONGEST)
        self.keep = Tick(hub, tr("Keep the password in this computer’s keyring"))
        self.keep.setChecked(True)
        self.said = label("", "error", wrap=True)
        self.said.hide()
        beside = line(hub, 12)
        beside.addWidget(self.login, 1)
        beside.addWidget(self.password, 1)
        box = column(hub, 8)
        box.addWidget(self.url)
        box.addLayout(beside)
        for part in (self.keep, self.said):
            box.addWidget(part)
        self.setLayout(box)

    def ask(self) -> bool:
        """Ask to join with what was typed; False when an address lacks."""
        self.say("")
        if not self.url.text():
            self.url.show_error(tr("Still needed: the address."))
            self.url.focus()
            return False
        secret = Secret(self.password.entry.text())
        self.asked.emit(self.url.text(), self.login.text(), secret, self.keep.isChecked())
        return True

    def say(self, text: str) -> None:
        """What went wrong, what is safe, what to do; "" takes it back."""
        self.said.setText(text)
        self.said.setVisible(bool(text))
        self.setAccessibleDescription(text)
