"""Acts that the hub did not take: what was written, why not, and three ways on. None is lost."""

from __future__ import annotations

from tierline.desk.refusals import Way, word
from tierline.desk.when import when
from tierline.domain.tongue import tr
from tierline.present.wishes import Refused
from tierline.storage.sync_records import Aside
from tierline.widgets.controls import Button
from tierline.widgets.sheets.fields import TextField
from tierline.widgets.sheets.item_look import Item, ItemLook
from tierline.widgets.sheets.list_sheet import ListSheet
from tierline.widgets.sheets.options import framed
from tierline.widgets.sheets.parts import Ground, label

WIDTH, LIST_HIGH = 640, 232


class AttentionSheet(ListSheet):
    """One act after the other: edit and send it again, keep its text as a note, or withdraw it.

    Withdrawn acts stay in the journal too; only the ticket goes without them.
    """

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        look, title = ItemLook(ground.hub), tr("Changes that were not accepted")
        super().__init__(ground, "attention", title, look, LIST_HIGH, WIDTH)
        self._acts: tuple[Aside, ...] = ()
        self.none = label(tr("Every change was accepted."), "quiet")
        self.why = label("", "label", wrap=True)
        self.text = TextField(
            self.hub, tr("What you wrote"), tr("it can be changed before it goes")
        )
        self.rows.addWidget(framed(self.list, self.hub))
        for part in (self.none, self.why, self.text):
            self.rows.addWidget(part)
        self.note_button = Button(tr("Keep as note"), self.hub, icon="sticky-note")
        self.withdraw_button = Button(tr("Withdraw"), self.hub)
        self.note_button.clicked.connect(lambda: self._ask("note"))
        self.withdraw_button.clicked.connect(lambda: self._ask("withdraw"))
        for button in (self.note_button, self.withdraw_button):
            self.before.addWidget(button)
        self.beside.addWidget(self.opener)

    @property
    def act(self) -> Aside | None:
        """The act that is chosen."""
        at = self.list.chosen()
        return self._acts[at] if 0 <= at < len(self._acts) else None

    def chosen_ticket(self) -> str:
        """The act's."""
        return self.act.ticket_id if self.act else ""

    def picked(self) -> None:
        """Its text can be changed here."""
        self._show()

    def lacks(self) -> list[tuple[str, str]]:
        """An act."""
        return [] if self.act else [("", tr("a change"))]

    def send(self) -> None:
        """Send it again, with the text as it stands here."""
        self._ask("resend")

    def renew(self) -> None:
        """Buttons only for what is chosen."""
        act = self.act
        self.note_button.setEnabled(act is not None and bool(self.text.text()))
        self.withdraw_button.setEnabled(act is not None)
        super().renew()

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
        self.relabel(tr("{count} changes were not accepted", count=len(rows)) if many else
                     tr("1 change was not accepted"), tr("Send again"))  # fmt: skip
        self.none.setVisible(not rows)
        self._show()

    def _show(self) -> None:
        act = self.act
        for part in (self.why, self.text):
            part.setVisible(act is not None)
        if act is not None:
            said = tr("The hub did not accept “{word}”. Your text is kept.", word=word(act.kind))
            self.why.setText(said)
            self.text.put(act.text)
        self.renew()
