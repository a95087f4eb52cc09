"""Asks for the password of the hub's login; the desk goes on working while it is not given."""

from __future__ import annotations

from typing import Any

from tierline.desk.sync_words import hub_word
from tierline.domain.tongue import tr
from tierline.present.wishes import GivePassword
from tierline.system.secrets import Secret
from tierline.widgets.sheets.fields import SecretField
from tierline.widgets.sheets.parts import Ground, label
from tierline.widgets.sheets.sheet import Sheet
from tierline.widgets.sheets.tick import Tick

LONGEST = 256


class PasswordSheet(Sheet):
    """What is typed leaves as a `Secret` and is wiped from the field at once; it is no draft."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "password", tr("Password of the shared desk"), 460)
        self.said = label("", "second", wrap=True)
        self.rows.addWidget(self.said)
        self.password = SecretField(self.hub, tr("Password"), most=LONGEST)
        self.add("password", self.password)
        self.keep = Tick(self.hub, tr("Keep it in this computer’s keyring"))
        self.trouble_note = label("", "quiet", wrap=True)
        self.rows.addWidget(self.keep)
        self.rows.addWidget(self.trouble_note)
        self.chip.hide()

    def begin(self, view: Any, more: dict[str, Any]) -> None:  # noqa: ANN401 - the base's signature
        """For the login and hub of this desk; `trouble` says why the keyring cannot keep it."""
        del view
        standing, trouble = self.desk.standing, str(more.get("trouble", ""))
        self.relabel(tr("Password of {login}", login=standing.login or "the login"), tr("Sign in"))
        self.about.setText(hub_word(standing.hub))
        self.said.setText(" ".join(part for part in (standing.what, standing.safe) if part))
        self.password.put("")
        self.keep.setVisible(not trouble)
        self.keep.setChecked(not trouble)
        self.trouble_note.setText(f"{trouble[:1].upper()}{trouble[1:]}." if trouble else "")
        self.trouble_note.setVisible(bool(trouble))
        super().begin(None, more)

    def kept(self) -> dict[str, str]:
        """A password is no draft."""
        return {}

    def lacks(self) -> list[tuple[str, str]]:
        """The password."""
        return [] if self.password.entry.text() else [("password", tr("the password"))]

    def send(self) -> None:
        """Hand it on and forget it."""
        if self.lacks():
            super().send()
            return
        secret = Secret(self.password.entry.text())
        self.password.put("")
        self.wished.emit(GivePassword(secret, self.keep.isChecked()))

    def dismiss(self) -> None:
        """Nothing of it stays."""
        self.password.put("")
        super().dismiss()

    def _keep(self) -> None:
        """A password is no draft."""
