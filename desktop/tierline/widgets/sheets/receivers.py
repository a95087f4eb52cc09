"""Whom a ticket goes to: the best matches, then the line itself, whoever is free, then others."""

from __future__ import annotations

from tierline.desk.suggesting import suggested
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr
from tierline.widgets.sheets.fields import Field
from tierline.widgets.sheets.options import framed
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.people_rows import (
    PersonLook,
    PersonRow,
    ReasonLine,
    share_of,
    suggestion_row,
)
from tierline.widgets.sheets.rows import RowList

QUEUE = "-"
BEST, MOST, LIST = 4, 12, 230


class ReceiverField(Field):
    """A list of people and the queue; `person()` is "" for the queue."""

    def __init__(self, ground: Ground) -> None:
        """Empty until `offer`."""
        self.list = RowList(ground.hub, PersonLook(ground.hub), tr("To"), LIST)
        self.list.digits = False
        super().__init__(
            ground.hub,
            tr("To"),
            self.list,
            tr("best match first, keys ↑ ↓"),
            framed(self.list, ground.hub),
        )
        self._desk, self._line, self._filling = ground.desk, "", False
        self.reason = ReasonLine()
        self.box.addWidget(self.reason)
        self.list.picked.connect(self._picked)

    def offer(
        self, ticket: Ticket, tier: int, word: str, asked: str = "", *, theirs: bool = False
    ) -> None:
        """The people of a line who fit best, its queue, and below it everyone else.

        `asked` is the certificate that only its holders have; `theirs` is a line of the client's.
        """
        found = suggested(self._desk, ticket, tier) if tier else []
        total = self._desk.queue_size(f"tier:{tier}") if tier else 0
        most = max((each.load for each in found), default=0)
        self._line = word
        hint = (
            tr("only who is certified in {asked}", asked=asked)
            if asked
            else tr("best match first, keys ↑ ↓")
        )
        if asked and not found:
            hint = tr("nobody here is certified in {asked}", asked=asked)
        self.set_word(tr("To"), tr("the client’s own people see to it") if theirs else hint)
        rows = [suggestion_row(each, most) for each in found[:MOST]]
        note = tr("whoever is free first")
        queue = PersonRow(
            "",
            tr("{word} queue", word=word),
            note,
            tr("{total} open", total=total),
            share_of(total, total),
        )
        rows.insert(BEST, queue)
        best = 0 if found and found[0].on else rows.index(queue)
        self._filling = True
        self.list.put(rows, best)
        self._filling = False
        self.reason.put(found)
        self.reason.tell(self.list.choice())
        self.edited = False

    def person(self) -> str:
        """The id of the chosen person, "" for the queue."""
        row = self.list.choice()
        return row.id if row else ""

    def person_name(self) -> str:
        """The chosen person's name, "" for the queue."""
        row = self.list.choice()
        return row.name if row and row.id else ""

    def short(self) -> str:
        """The receiver as the button names them."""
        name = self.person_name()
        return name.split()[0] if name else self._line

    def text(self) -> str:
        """The id, or a dash for the queue."""
        return self.person() or QUEUE

    def restore(self, text: str) -> None:
        """Choose whom the draft had chosen, if they are still offered."""
        ids = [row.id or QUEUE for row in self.list.rows]
        if text in ids:
            self.list.choose(ids.index(text))

    def _picked(self, row: int) -> None:
        self.reason.tell(self.list.choice())
        if not self._filling and row >= 0:
            self._touched()
