"""What the contact said, and what comes of it: the wait ends, it re-opens, or a new ticket."""

from __future__ import annotations

from tierline.desk.ticket_view import TicketView
from tierline.domain import commands as cmd
from tierline.domain.tongue import tr
from tierline.present.wishes import Reply
from tierline.widgets.sheets.fields import ChoiceField, TextField, note
from tierline.widgets.sheets.options import KEYS, Option, OptionField
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.sheet import Sheet

_VERBS = {
    "record": tr("Record"),
    "work": tr("Record, go on"),
    "reopen": "Re-open",
    "confirm": tr("Record, close"),
    "new": tr("Log a new ticket"),
}


class ReceiveSheet(Sheet):
    """Records a reply; where only a person can tell what it means, they are asked."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "receive", tr("The contact replied"))
        self.said = TextField(self.hub, tr("What they said"), "needed", 4)
        self.way = ChoiceField(self.hub, tr("Came by"))
        self.then = OptionField(self.hub, tr("What comes of it"), KEYS)
        self.why = note()
        self.add("text", self.said)
        self.add("channel", self.way)
        self.add("then", self.then)
        self.rows.addWidget(self.why)
        self.way.changed.connect(self._offer)

    def fill(self, view: TicketView) -> None:
        """The ways in of the policy, the ticket's own first."""
        channels = self.desk.policy(view.ticket.policy).file.channels
        self.way.offer([(key, table.word) for key, table in channels.items()])
        self.way.put(view.ticket.channel)
        self.said.put("")
        self._offer()
        self.relabel(tr("{name} replied", name=view.contact.name or "The contact"), tr("Record"))

    def lacks(self) -> list[tuple[str, str]]:
        """Their words, and what is to come of them."""
        found = [] if self.said.text() else [("text", tr("what they said"))]
        return found if self.then.text() else [*found, ("then", tr("what comes of it"))]

    def send(self) -> None:
        """Record it and let that come of it, as one act."""
        if self.lacks():
            super().send()
            return
        self._keeper.flush()
        self.trouble.setText("")
        reply = cmd.Receive(text=self.said.text(), channel=self.way.text() or "mail")
        self.wished.emit(Reply(self.ticket_id, reply, self.then.text()))

    def renew(self) -> None:
        """The button says what will happen."""
        self.primary.setText(_VERBS.get(self.then.text(), tr("Record")))
        self.primary.updateGeometry()
        super().renew()

    def _offer(self) -> None:
        found = self.desk.reply_ways(self.ticket_id, self.way.text())
        if found is None:
            return
        before = self.then.text()
        keys = [way.then for way in found.ways]
        options = [Option(way.then, way.word, way.note) for way in found.ways]
        self.then.offer(options, before if before in keys else found.usual)
        self.then.set_word(
            tr("What comes of it"),
            tr("keys 1 to {count}", count=len(options)) if options[1:] else "",
        )
        self.why.setText(found.why)
