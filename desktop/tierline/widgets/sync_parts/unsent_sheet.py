"""What has not gone out: every act by ticket, with its time and text, and what becomes of it."""

from __future__ import annotations

from tierline.desk import sync_words
from tierline.desk.unsent import UnsentTicket, count
from tierline.desk.when import when
from tierline.domain.tongue import tr
from tierline.widgets.controls import Button
from tierline.widgets.sheets.list_sheet import ListSheet
from tierline.widgets.sheets.options import framed
from tierline.widgets.sheets.parts import Ground, label
from tierline.widgets.sync_parts.act_look import ActLook, ActRow

WIDTH, LIST_HIGH = 640, 380
_FOLD = str.maketrans("\n\t", "  ")


class UnsentSheet(ListSheet):
    """Enter opens the ticket of the act, F5 tries to send; nothing can be thrown away here."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        look = ActLook(ground.hub)
        super().__init__(ground, "unsent", tr("Changes to send"), look, LIST_HIGH, WIDTH)
        self.said, self.none = label("", "second", wrap=True), label("", "quiet", wrap=True)
        self.rows.addWidget(self.said)
        self.rows.addWidget(framed(self.list, self.hub))
        self.rows.addWidget(self.none)
        self.retry = Button(tr("Try now"), self.hub, icon="refresh-cw", key="F5")
        self.retry.clicked.connect(lambda: self.chosen.emit("act", "sync"))
        self.before.addWidget(self.retry)
        self.opener.hide()  # the sheet's own button opens it

    def arrange(self, width: int) -> None:
        """One thing scrolls: the list, not the sheet around it."""
        ends = self.head.sizeHint().height() + self.foot.sizeHint().height()
        said = self.said.heightForWidth(width - self.hub.px(40)) if self.said.isVisible() else 0
        room = self.height() - 2 * 16 - ends - said - self.hub.px(80)
        self.list.cap(max(room, self.hub.px(80)))

    def chosen_ticket(self) -> str:
        """The act's; entries of lists are on none."""
        row: ActRow | None = self.list.choice()
        return row.ticket_id if row is not None else ""

    def renew(self) -> None:
        """The ticket can be opened once one is chosen."""
        super().renew()
        self.primary.setEnabled(bool(self.chosen_ticket()))

    def send(self) -> None:
        """Open the ticket of the chosen act."""
        self.open_ticket()

    def _read(self) -> None:
        tickets, standing = self.desk.unsent(), self.desk.standing
        total = max(standing.pending, count(tickets))
        self.relabel(
            tr("{changes} to send", changes=sync_words.changes(total)), tr("Open the ticket")
        )
        next_try = sync_words.next_try(standing, self.desk.clock())
        trouble = " ".join(part for part in (standing.what, standing.todo) if part)
        said = (trouble, sync_words.on_return(standing), next_try)
        self.said.setText("\n".join(part for part in said if part))
        self.said.setVisible(any(said))
        rows = [row for ticket in tickets for row in self._rows(ticket)]
        self.list.put(rows, 1 if rows else -1)
        left = total - count(tickets)
        self.none.setText(
            tr("and {changes} more", changes=sync_words.changes(left))
            if left
            else tr("Everything is sent.")
        )
        self.none.setVisible(bool(left) or not rows)

    def _rows(self, ticket: UnsentTicket) -> list[ActRow]:
        now, zone = self.desk.clock(), self.desk.zone
        word = ticket.number or tr("Lists")
        head = ActRow(ticket.ticket_id, "", word, ticket.subject, priority=ticket.priority)
        acts = [
            ActRow(
                act.op_id,
                ticket.ticket_id,
                act.said[:1].upper() + act.said[1:],
                act.text.translate(_FOLD)[:400],
                when(act.at, now, zone),
                act.icon,
            )
            for act in ticket.acts
        ]
        return [head, *acts]
