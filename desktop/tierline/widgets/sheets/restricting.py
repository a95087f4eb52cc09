"""Who may read a ticket: only a few, with the reason, or everybody again. An act of leads."""

from __future__ import annotations

from tierline.desk.ticket_view import TicketView
from tierline.domain import commands as cmd
from tierline.domain.tongue import tr
from tierline.widgets.sheets.fields import TextField, note
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.sheet import Sheet

_FEW = tr("From now on the hub gives it to leads only. What a console has already stays there.")
_ALL = tr("Everybody on the desk reads it again, all of its history.")


class RestrictSheet(Sheet):
    """Turns it round: what is open is restricted, what is restricted is opened."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "restrict", tr("Who may read it"), 520)
        self.why = TextField(self.hub, tr("Reason"), "needed", 2)
        self.add("reason", self.why)
        self.hint = note()
        self.rows.addWidget(self.hint)

    def fill(self, view: TicketView) -> None:
        """What holds afterwards."""
        number, open_ = view.ticket.number, view.ticket.restricted
        self.why.set_word(tr("Reason"), tr("if it helps the next reader") if open_ else "needed")
        self.why.put("")
        self.hint.setText(_ALL if open_ else _FEW)
        few, everybody = (
            tr("Let only a few read {number}", number=number),
            tr("Let everybody read {number}", number=number),
        )
        self.relabel(*((everybody, tr("Open it")) if open_ else (few, tr("Restrict it"))))

    def lacks(self) -> list[tuple[str, str]]:
        """To close it needs a reason."""
        open_ = self.view is not None and self.view.ticket.restricted
        return [] if open_ or self.why.text() else [("reason", tr("the reason"))]

    def make(self) -> cmd.Command:
        """The other way round."""
        open_ = self.view is not None and self.view.ticket.restricted
        return cmd.Restrict(on=not open_, reason=self.why.text())
