"""Acts on a selection: what can be done and what cannot, and a text for many tickets at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tierline.desk.bulk import Judged, Preview
from tierline.desk.filling import filled
from tierline.desk.ticket_view import TicketView
from tierline.domain import commands as cmd
from tierline.domain.tongue import tr
from tierline.present.wishes import OnMany
from tierline.widgets.sheets.fields import TextField, note
from tierline.widgets.sheets.message_field import MessageField
from tierline.widgets.sheets.palette_entries import Row
from tierline.widgets.sheets.palette_look import PaletteLook
from tierline.widgets.sheets.parts import Ground, label
from tierline.widgets.sheets.rows import RowList
from tierline.widgets.sheets.sheet import Sheet

LIST = 320
_ALL = tr("All of them allow it. One undo takes all of it back.")
_NONE = Preview(cmd.Take(), ())
_VERBS = {
    "take": tr("Take"),
    "release": tr("Release"),
    "assign": tr("Assign"),
    "changestatus": tr("Set the status of"),
    "prioritise": tr("Set the priority of"),
    "resolve": tr("Resolve"),
    "reopen": "Re-open",
    "close": tr("Close"),
    "cancel": tr("Cancel"),
    "note": tr("Note on"),
    "message": tr("Write to the contacts of"),
}


class BulkSheet(Sheet):
    """Wishes for `OnMany(preview)`; nothing is done before Enter."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "bulk", tr("Act on the selection"), 640)
        self._preview = _NONE
        self.chip.hide()
        self.list = RowList(self.hub, PaletteLook(self.hub), tr("Tickets of the selection"), LIST)
        self.list.digits = False
        self.whole = label("", "second", wrap=True)
        self.rows.addWidget(self.list)
        self.rows.addWidget(self.whole)
        self.spacing.change((8, 8, 8, 12), 8)
        self.list.picked.connect(lambda _: self._tell_whole())

    def begin(self, view: Any, more: dict[str, Any]) -> None:  # noqa: ANN401 - the base's signature
        """What `preview` found."""
        del view
        preview: Preview = more.get("preview", _NONE)
        self._preview = preview
        verb, can = _VERBS.get(preview.command.kind, tr("Act on")), len(preview.can)
        words = f"{verb} {_count(can)}" if can else tr("{verb} none of them", verb=verb)
        self.relabel(words, words if can else tr("Nothing to do"))
        left = len(preview.cannot)
        self.about.setText(
            tr("{n} tickets stay as they are.", "{n} ticket stays as they are.", left)
            if left
            else _ALL
        )
        self.list.put([*_rows(preview)])
        self.list.step(1)
        super().begin(None, more)

    def first(self) -> RowList:
        """The list, which arrows walk through."""
        return self.list

    def kept(self) -> dict[str, str]:
        """Nothing is typed here."""
        return {}

    def lacks(self) -> list[tuple[str, str]]:
        """One ticket at least."""
        return [] if self._preview.can else [("", tr("a ticket that allows it"))]

    def send(self) -> None:
        """Do it on those that can."""
        if not self.lacks():
            self.wished.emit(OnMany(self._preview))

    def _tell_whole(self) -> None:
        row = self.list.choice()
        self.whole.setText(f"{row.text}: {row.reason or row.note}" if row else "")
        self.place()


class NoteManySheet(Sheet):
    """The same internal note on every ticket of the selection."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "note_many", tr("Note"), 560)
        self.text = TextField(self.hub, tr("Note"), tr("colleagues only"))
        self.add("text", self.text)

    def fill(self, view: TicketView) -> None:
        """Empty."""
        self.text.put("")
        self.relabel(tr("Note on {number}", number=view.ticket.number), tr("Add"))

    def lacks(self) -> list[tuple[str, str]]:
        """The words."""
        return [] if self.text.text() else [("text", tr("the note"))]

    def make(self) -> cmd.Command:
        """The note."""
        return cmd.Note(text=self.text.text())


class MessageManySheet(Sheet):
    """A message to the contact of each ticket of the selection, in their own name."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "message_many", tr("Message to the contacts"), 560)
        self.text = MessageField(self.hub, tr("Message"), lines=6)
        self.add("text", self.text)
        self.rows.addWidget(note(filled()))

    def fill(self, view: TicketView) -> None:
        """A greeting for each."""
        self.text.put("Hello {contact}, ")
        self.relabel(
            tr("Write to the contacts of {number}", number=view.ticket.number),
            tr("Look at the messages"),
        )

    def lacks(self) -> list[tuple[str, str]]:
        """The words."""
        return [] if self.text.text() else [("text", tr("the message"))]

    def make(self) -> cmd.Command:
        """The message, its braces still open."""
        return cmd.Message(text=self.text.text(), channel=self.text.channel())


def _rows(preview: Preview) -> Iterator[Row]:
    """Those that cannot come first: they are what a person has to know."""
    if preview.cannot:
        yield Row(tr("Left as they are"))
        yield from map(_row, preview.cannot)
    can = [each for each in preview.judged if not each.reason]
    if can:
        yield Row(tr("Acted on"))
        yield from map(_row, can)


def _row(judged: Judged) -> Row:
    text = f"{judged.number} {judged.subject}".strip() or tr("A ticket that is gone")
    told = " ".join(judged.told.split())
    return Row(text, "ticket", judged.ticket_id, "", judged.priority, told, (), judged.reason)


def _count(count: int) -> str:
    return tr("{n} tickets", "{n} ticket", count)
