"""The contact's sign-off: who it is, and a drawn signature, or how they said yes without one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage

from tierline.desk.field_view import FieldView
from tierline.domain import commands as cmd
from tierline.domain.tongue import tr
from tierline.widgets.field.big import BigButton, Tone
from tierline.widgets.field.form import FormPage, choices
from tierline.widgets.field.pad import SignaturePad
from tierline.widgets.field.section import bigger
from tierline.widgets.sheets.fields import LineField, note
from tierline.widgets.theme import ThemeHub


class SignForm(FormPage):
    """`drawn(name, QImage, words)` with a signature, `confirmed(SignOff)` without one."""

    drawn = Signal(str, QImage, str)
    confirmed = Signal(object)

    def __init__(self, hub: ThemeHub) -> None:
        """Blank."""
        super().__init__(hub, tr("Sign-off"), tr("Signed off"), "check")
        self.words = note("", "")
        self.rows.addWidget(self.words)
        self.name = LineField(hub, tr("Name of who confirms it"))
        bigger(self.name)
        self.add("name", self.name)
        self.pad = SignaturePad(hub)
        self.rows.addWidget(self.pad)
        self.clear = BigButton(tr("Clear"), hub, icon="x", tone=Tone.QUIET)
        self.rows.addWidget(self.clear)
        words = {
            "signature": tr("With this signature"),
            "paper": tr("Signed on paper"),
            "phone": tr("Confirmed by phone"),
        }
        self.ways = choices(hub, words)
        for button in self.ways.values():
            self.rows.addWidget(button)
            button.toggled.connect(lambda _: self.renew())
        self.rows.addStretch(1)
        self.pad.changed.connect(self.renew)
        self.clear.clicked.connect(self.pad.clear)

    def ask(self, field: FieldView) -> None:
        """Ask about this visit's work; the contact's name is there to be corrected."""
        self.words.setText(field.sign_words)
        self.name.put(field.ticket.contact)
        self.pad.clear()
        self.ways["signature"].setChecked(True)
        self.begin(tr("Sign-off"), f"{field.ticket.number}, {field.ticket.subject}")

    def lacks(self) -> str:
        """A name, and a signature unless they confirmed it in another way."""
        if not self.name.text():
            return tr("who confirms it")
        drawn = self.pad.signed or not self.ways["signature"].isChecked()
        return "" if drawn else tr("the signature")

    def renew(self) -> None:
        """There is a pad only for who signs on it."""
        on_pad = self.ways["signature"].isChecked()
        self.pad.setVisible(on_pad)
        self.clear.setVisible(on_pad)
        self.clear.setEnabled(self.pad.signed)
        super().renew()

    def submit(self) -> None:
        """Hand it on."""
        if self.ways["signature"].isChecked():
            self.drawn.emit(self.name.text(), self.pad.picture(), self.words.text())
            return
        on_paper = self.ways["paper"].isChecked()
        made = cmd.SignOff(
            name=self.name.text(),
            way="paper" if on_paper else "phone",
            words=self.words.text(),
        )
        self.confirmed.emit(made)
