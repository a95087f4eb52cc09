"""The message to the contact: its words, and whether they are written or told by phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QButtonGroup, QMenu

from tierline.desk.composing import Offer
from tierline.desk.ticket_view import TicketView
from tierline.domain.tongue import tr
from tierline.widgets.controls import Button, Kind
from tierline.widgets.sheets.fields import TextField
from tierline.widgets.sheets.parts import line
from tierline.widgets.theme import ThemeHub


class MessageField(TextField):
    """Plain text, with the way it goes out chosen above it."""

    def __init__(self, hub: ThemeHub, word: str, hint: str = "", lines: int = 4) -> None:
        """By e-mail, unless told otherwise."""
        super().__init__(hub, word, hint, lines)
        self.mail = Button("E-mail", hub, icon="mail", kind=Kind.TAB)
        self.phone = Button(tr("Told by phone"), hub, icon="phone", kind=Kind.TAB)
        self._ways = QButtonGroup(self)
        ways = line(hub, 6)
        for button in (self.mail, self.phone):
            self._ways.addButton(button)
            ways.addWidget(button)
        ways.addStretch(1)
        self._offers: tuple[Offer, ...] = ()
        self._words_of: Callable[[str], str] | None = None
        self.templates = Button(tr("Template"), hub, icon="file-text", kind=Kind.FLAT)
        self.templates.clicked.connect(self._open_menu)
        self.templates.hide()
        ways.addWidget(self.templates)
        self.mail.setChecked(True)
        self.box.insertLayout(1, ways)

    def offer(self, offers: Sequence[Offer], words: Callable[[str], str]) -> None:
        """Offer these templates; `words` makes the message of one. None are offered for none."""
        self._offers, self._words_of = tuple(offers), words
        self.templates.setVisible(bool(self._offers))

    def menu(self) -> QMenu:
        """The templates; choosing one replaces the text."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for offer in self._offers:
            action = menu.addAction(offer.word)
            action.setData(offer.kind)
            action.triggered.connect(lambda _=False, k=offer.kind: self._use(k))
        return menu

    def _use(self, kind: str) -> None:
        if self._words_of is not None:
            self.put(self._words_of(kind))
            self._touched()
            self.focus()

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.popup(self.templates.mapToGlobal(self.templates.rect().bottomLeft()))

    def address(self, view: TicketView) -> None:
        """Say whom it goes to; by phone when that is how they came."""
        who = view.contact.name or tr("the contact")
        self.set_word(tr("Message to {who}", who=who), self.hint.text())
        (self.phone if view.ticket.channel == "phone" else self.mail).setChecked(True)

    def channel(self) -> str:
        """The channel: phone when it was told, else mail."""
        return "phone" if self.phone.isChecked() else "mail"

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As the column needs."""
        return self.box.sizeHint()
