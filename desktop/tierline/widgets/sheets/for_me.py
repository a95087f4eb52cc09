"""What I was told: tickets handed over to me, and notes that mention me."""

from __future__ import annotations

from tierline.desk.for_me import ForMe
from tierline.desk.when import when
from tierline.domain import commands as cmd
from tierline.domain.tongue import tr
from tierline.present.wishes import Act
from tierline.widgets.sheets.item_look import Item, ItemLook
from tierline.widgets.sheets.list_sheet import ListSheet
from tierline.widgets.sheets.options import framed
from tierline.widgets.sheets.parts import Ground, label

WIDTH, LIST_HIGH = 660, 368
_ICONS = {"hand-over": "users-round", "mention": "at-sign"}


class ForMeSheet(ListSheet):
    """Hand-overs, then mentions; Enter opens the ticket, Ctrl Enter says that it was read."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        look = ItemLook(ground.hub)
        super().__init__(ground, "for_me", tr("For you"), look, LIST_HIGH, WIDTH)
        self._told: tuple[ForMe, ...] = ()
        self.none = label(tr("Nothing is left to read. A note with @ and a name brings it here."))
        self.none.setProperty("role", "quiet")
        self.text = label("", "second", wrap=True)
        self.rows.addWidget(framed(self.list, self.hub))
        self.rows.addWidget(self.none)
        self.rows.addWidget(self.text)
        self.before.addWidget(self.opener)

    @property
    def told(self) -> ForMe | None:
        """What is chosen."""
        row: Item | None = self.list.choice()
        return next((t for t in self._told if row and row.key == f"{t.ticket_id}/{t.key}"), None)

    def chosen_ticket(self) -> str:
        """The ticket it was told on."""
        return self.told.ticket_id if self.told else ""

    def lacks(self) -> list[tuple[str, str]]:
        """Something to have read."""
        return [] if self.told else [("", tr("a line"))]

    def send(self) -> None:
        """I have read it."""
        if (told := self.told) is not None:
            self.wished.emit(Act(told.ticket_id, cmd.Hear(keys=(told.key,))))

    def renew(self) -> None:
        """All of what was said, below the list."""
        told = self.told
        self.about.setText(f"{told.number} {told.subject}" if told else "")
        self.whose.setText(told.client if told else "")
        held = (
            tr(" It is with {now_with} by now.", now_with=told.now_with)
            if told and told.now_with
            else ""
        )
        self.text.setText(f"{told.who}: {told.text}{held}" if told else "")
        self.text.setVisible(told is not None)
        super().renew()

    def _read(self) -> None:
        at = self.list.chosen()
        self._told = self.desk.for_me()
        now, zone = self.desk.clock(), self.desk.zone
        rows = [
            Item(
                f"{t.ticket_id}/{t.key}",
                t.text.splitlines()[0] if t.text else t.subject,
                _whence(t),
                when(t.at, now, zone),
                icon=_ICONS[t.kind],
            )
            for t in self._told
        ]
        self.list.put(rows, min(max(at, 0), len(rows) - 1))
        self.none.setVisible(not rows)
        handed = sum(t.kind == "hand-over" for t in self._told)
        said = tr(
            "For you: {handed} handed over, {many}",
            handed=handed,
            many=_many(len(self._told) - handed),
        )
        self.relabel(said if rows else tr("For you"), tr("I have read it"))


def _whence(told: ForMe) -> str:
    where = {"who": told.who, "number": told.number, "client": told.client}
    if told.kind == "hand-over":
        return tr("Handed over by {who}, {number}, {client}", **where)
    return tr("From {who}, {number}, {client}", **where)


def _many(mentions: int) -> str:
    return "1 mention" if mentions == 1 else tr("{mentions} mentions", mentions=mentions)
