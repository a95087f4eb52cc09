"""Merge a duplicate, or link what belongs together: two tickets and what one is to the other."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tierline.desk.other_tickets import likely, other
from tierline.desk.team_sayings import HOW
from tierline.desk.ticket_view import TicketView
from tierline.desk.wording import message_for
from tierline.domain import commands as cmd
from tierline.domain.team_commands import Side
from tierline.domain.tongue import tr
from tierline.widgets.sheets.fields import LineField, note
from tierline.widgets.sheets.message_field import MessageField
from tierline.widgets.sheets.options import KEYS, Option, OptionField
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.sheet import Sheet
from tierline.widgets.sheets.ticket_field import TicketField

_SIDES: tuple[Side, ...] = ("related", "parent", "child", "cause", "effect")


class MergeSheet(Sheet):
    """The question before a merge, since it cannot be undone: into which, why, what to tell."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "merge", tr("Merge into another ticket"), 600)
        self.into = TicketField(ground, tr("Into"))
        self.why = LineField(
            self.hub, tr("Why it is the same"), tr("it stays in the history of both")
        )
        self.message = MessageField(self.hub, tr("Message"), tr("they hear where it goes on"), 3)
        self.add("into", self.into)
        self.add("reason", self.why)
        self.add("message", self.message)
        self.warning = note()
        self.rows.addWidget(self.warning)
        self.into.changed.connect(self._told)

    def fill(self, view: TicketView) -> None:
        """The likeliest first; the message is ready once the other is known."""
        self.why.put(tr("Reported twice"))
        self.message.address(view)
        self.into.offer(view.ticket.id, likely(self.desk, view.ticket))
        self.relabel(
            tr("Merge {number} into another ticket", number=view.ticket.number), tr("Merge")
        )
        self._told()

    def lacks(self) -> list[tuple[str, str]]:
        """The other ticket and the reason; without a message nobody is told."""
        found = [] if self.into.other() else [("into", tr("the other ticket"))]
        return found if self.why.text() else [*found, ("reason", tr("why it is the same"))]

    def make(self) -> cmd.Command:
        """The merge."""
        into = self.into.other()
        assert into is not None
        return cmd.Merge(
            into=into.id,
            number=into.number,
            reason=self.why.text(),
            message=self.message.text(),
            message_channel=self.message.channel(),
        )

    def renew(self) -> None:
        """Name the one that goes on, on the button."""
        into = self.into.other()
        self.primary.setText(tr("Merge into {number}", number=into.number) if into else tr("Merge"))
        self.primary.updateGeometry()
        super().renew()

    def _told(self) -> None:
        if self.view is None:
            return
        ticket, into = self.view.ticket, self.into.other()
        number = into.number if into else tr("the other")
        self.warning.setText(
            tr(
                "This cannot be undone. {number} ends and its clocks stop; all that was "
                "written on it is read on {number2}. Both keep their numbers.",
                number=ticket.number,
                number2=number,
            )
        )
        if not self.message.edited:
            policy = self.desk.policy(ticket.policy)
            said = message_for("merged", ticket, policy, other=into.number) if into else ""
            self.message.put(said)


class LinkSheet(Sheet):
    """What another ticket is to this one; a link that is there already can be taken away."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "link", tr("Link to another ticket"), 560)
        self.there = OptionField(self.hub, tr("There already"), tr("choose one to take it away"))
        self.how = OptionField(self.hub, tr("This ticket is"), KEYS)
        self.other = TicketField(ground, tr("Of which"), 140)
        self.add("there", self.there)
        self.add("how", self.how)
        self.add("other", self.other)

    def fill(self, view: TicketView) -> None:
        """The kinds of links, and those there are."""
        kinds = [Option(side, f"{HOW[side][:1].upper()}{HOW[side][1:]} …") for side in _SIDES]
        self.how.offer(kinds, "related")
        taken = [each for each in view.links if each.how in _SIDES and each.ticket_id]
        named = [Option(f"{t.how}/{t.ticket_id}", t.sentence) for t in taken]
        self.there.offer([Option("", tr("Keep them, add another")), *named] if named else [], "")
        self.there.setVisible(bool(named))
        ids = (self.desk.replica.tickets.get(tie.other) for tie in view.ticket.links)
        known = tuple(other(self.desk, stored.ticket) for stored in ids if stored)
        self.other.offer(view.ticket.id, likely(self.desk, view.ticket) or known)
        self.relabel(tr("Link {number} to another ticket", number=view.ticket.number), tr("Link"))

    def first(self) -> QWidget:
        """What it is: the links that are there are seldom taken away."""
        return self.how.control

    def lacks(self) -> list[tuple[str, str]]:
        """Another ticket, unless a link is taken away."""
        if self.there.text() or self.other.other():
            return []
        return [("other", tr("the other ticket"))]

    def make(self) -> cmd.Command:
        """The link, or its end."""
        gone, found = self.there.text(), self.other.other()
        wanted = gone.partition("/")[0] if gone else self.how.text()
        side = next(each for each in _SIDES if each == wanted)
        if gone:
            return cmd.Link(other=gone.partition("/")[2], number="", how=side, on=False)
        assert found is not None
        return cmd.Link(other=found.id, number=found.number, how=side)

    def renew(self) -> None:
        """The button says which of the two it does."""
        gone, found = self.there.text(), self.other.other()
        for part in (self.how, self.other):
            part.setVisible(not gone)
        word = tr("Link to {number}", number=found.number) if found else tr("Link")
        self.primary.setText(tr("Take the link away") if gone else word)
        self.primary.updateGeometry()
        super().renew()
