"""What a macro would do to the open ticket, before Enter has it done."""

from __future__ import annotations

from typing import Any

from tierline.desk.macros import Planned, plan
from tierline.desk.ticket_view import TicketView
from tierline.domain.macros import Macro
from tierline.domain.tongue import tr
from tierline.present.wishes import RunMacro
from tierline.widgets.sheets.palette_entries import Row
from tierline.widgets.sheets.palette_look import PaletteLook
from tierline.widgets.sheets.parts import Ground, label
from tierline.widgets.sheets.rows import RowList
from tierline.widgets.sheets.sheet import Sheet

WIDTH, LIST = 620, 300
_NONE = Macro(id="", name=tr("Macro"))


class MacroRunSheet(Sheet):
    """Wishes for `RunMacro(ticket id, macro)`; a step that is refused ends it there."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "run_macro", tr("Run a macro"), WIDTH)
        self._macro, self._planned = _NONE, list[Planned]()
        self.list = RowList(self.hub, PaletteLook(self.hub), tr("Steps"), LIST)
        self.list.digits = False
        self.whole = label("", "second", wrap=True)
        self.rows.addWidget(self.list)
        self.rows.addWidget(self.whole)
        self.spacing.change((8, 8, 8, 12), 8)
        self.list.picked.connect(lambda _: self._tell_whole())

    def begin(self, view: TicketView | None, more: dict[str, Any]) -> None:
        """For `macro`, on this ticket."""
        self._macro = more.get("macro", _NONE)
        super().begin(view, more)

    def fill(self, view: TicketView) -> None:
        """Every step with its text as it would be written."""
        self._planned = plan(self.desk, view.ticket.id, self._macro)
        self.list.put([_row(at, each) for at, each in enumerate(self._planned, 1)], 0)
        self.relabel(
            tr("{name}, on {number}", name=self._macro.name, number=view.ticket.number), tr("Run")
        )

    def first(self) -> RowList:
        """The steps, which arrows walk through."""
        return self.list

    def kept(self) -> dict[str, str]:
        """Nothing is typed here."""
        return {}

    def lacks(self) -> list[tuple[str, str]]:
        """A first step that can be done."""
        todo = [each for each in self._planned if not each.skipped]
        return [] if todo and not todo[0].reason else [("", tr("a first step that is allowed"))]

    def renew(self) -> None:
        """Say beforehand where it would stop."""
        super().renew()
        at = next((n for n, each in enumerate(self._planned, 1) if each.reason), 0)
        if at and not self.lacks():
            self.lack.setText(
                tr("It stops before step {at}: what was done until then stays.", at=at)
            )

    def send(self) -> None:
        """Have it done."""
        if not self.lacks():
            self.wished.emit(RunMacro(self.ticket_id, self._macro))

    def _tell_whole(self) -> None:
        row = self.list.choice()
        told = " ".join(part for part in (row.reason, row.note) if part) if row else ""
        self.whole.setText(f"{row.text}: {told}" if told else "")
        self.whole.setVisible(bool(told))
        self.place()


def _row(at: int, step: Planned) -> Row:
    icon = "check" if not step.reason else "octagon-alert"
    note = " ".join(step.text.split())
    return Row(f"{at}  {step.word}", "step", str(at), icon, 0, note, (), step.reason)
