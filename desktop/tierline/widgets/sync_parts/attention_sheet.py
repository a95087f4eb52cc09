"""Acts that the hub did not take: what was written, why not, and three ways on. None is lost."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from tierline.desk.refusals import Way, word
from tierline.desk.when import when
from tierline.present.wishes import Refused
from tierline.storage.sync_records import Aside
from tierline.widgets.controls import Button
from tierline.widgets.sheets.fields import TextField
from tierline.widgets.sheets.item_look import Item, ItemLook
from tierline.widgets.sheets.options import framed
from tierline.widgets.sheets.parts import Ground, label
from tierline.widgets.sheets.rows import RowList
from tierline.widgets.sheets.sheet import Sheet

WIDTH, LIST_HIGH = 640, 232


class AttentionSheet(Sheet):
    """One act after the other: edit and send it again, keep its text as a note, or withdraw it.

    Withdrawn acts stay in the journal too; only the ticket goes without them.
    """

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "attention", "Not accepted", WIDTH)
        self._acts: tuple[Aside, ...] = ()
        self.list = RowList(self.hub, ItemLook(self.hub), "Changes that were not accepted")
        self.list.digits = False
        self.none = label("Every change was accepted.", "quiet")
        self.why = label("", "label", wrap=True)
        self.text = TextField(self.hub, "What you wrote", "it can be changed before it goes")
        self.rows.addWidget(framed(self.list, self.hub))
        for part in (self.none, self.why, self.text):
            self.rows.addWidget(part)
        self.note_button = Button("Keep as note", self.hub, icon="sticky-note")
        self.withdraw_button = Button("Withdraw", self.hub)
        self.note_button.clicked.connect(lambda: self._ask("note"))
        self.withdraw_button.clicked.connect(lambda: self._ask("withdraw"))
        for button in (self.note_button, self.withdraw_button):
            self.before.addWidget(button)
        self.opener = Button("Open the ticket", self.hub, key="Enter")
        self.opener.clicked.connect(self.open_ticket)
        self.beside.addWidget(self.opener)
        self.chip.hide()
        self.cancel.setText("Close")
        self.list.picked.connect(lambda _: self._show())
        self.list.ran.connect(lambda _: self.open_ticket())

    def begin(self, view: Any, more: dict[str, Any]) -> None:  # noqa: ANN401 - the base's signature
        """All of them, the oldest first."""
        del view
        self._read()
        super().begin(None, more)

    def first(self) -> RowList:
        """The list."""
        return self.list

    def kept(self) -> dict[str, str]:
        """What is written here is the act's own text, not a draft."""
        return {}

    @property
    def act(self) -> Aside | None:
        """The act that is chosen."""
        at = self.list.chosen()
        return self._acts[at] if 0 <= at < len(self._acts) else None

    def lacks(self) -> list[tuple[str, str]]:
        """An act."""
        return [] if self.act else [("", "a change")]

    def send(self) -> None:
        """Send it again, with the text as it stands here."""
        self._ask("resend")

    def granted(self) -> None:
        """The next one, which takes its place."""
        self._read()
        self.renew()

    def open_ticket(self) -> None:
        """Show its ticket."""
        act = self.act
        if act is not None:
            self.dismiss()
            self.chosen.emit("ticket", act.ticket_id)

    def renew(self) -> None:
        """Buttons only for what is chosen."""
        act = self.act
        self.note_button.setEnabled(act is not None and bool(self.text.text()))
        for button in (self.withdraw_button, self.opener):
            button.setEnabled(act is not None)
        super().renew()
        self.lack.setText("")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter in the list opens the ticket; only Ctrl Enter sends."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus():
            self.open_ticket()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        """Nothing of this is a draft."""

    def _ask(self, way: Way) -> None:
        act = self.act
        if act is not None:
            self.wished.emit(Refused(act.op_id, act.ticket_id, way, self.text.text()))

    def _read(self) -> None:
        at = self.list.chosen()
        self._acts = self.desk.refusals.waiting()
        now, zone = self.desk.clock(), self.desk.zone
        rows = [
            Item(
                act.op_id,
                f"{act.number}, {word(act.kind)}",
                act.why,
                when(act.at, now, zone),
                "triangle-alert",
                alarm=True,
            )
            for act in self._acts
        ]
        self.list.put(rows, min(max(at, 0), len(rows) - 1))
        many = len(rows) != 1
        self.relabel(f"{len(rows)} changes were not accepted" if many else
                     "1 change was not accepted", "Send again")  # fmt: skip
        self.none.setVisible(not rows)
        self._show()

    def _show(self) -> None:
        act = self.act
        for part in (self.why, self.text):
            part.setVisible(act is not None)
        if act is not None:
            said = f"The hub did not accept “{word(act.kind)}”. Your text is kept."
            self.why.setText(said)
            self.text.put(act.text)
        self.renew()
