"""Priority by impact × urgency, with the policy's own help beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QWidget

from tierline.desk.escalating import clocks_after
from tierline.desk.ticket_view import TicketView
from tierline.domain import commands as cmd
from tierline.domain.policy import Policy
from tierline.domain.tongue import tr
from tierline.widgets.sheets.fields import LineField, note
from tierline.widgets.sheets.grid import PriorityGrid
from tierline.widgets.sheets.parts import Chip, Ground, column, label
from tierline.widgets.sheets.sheet import Sheet
from tierline.widgets.theme import ThemeHub


class HelpPanel(QWidget):
    """What each priority is for, in the policy's words."""

    def __init__(self, hub: ThemeHub) -> None:
        """Empty until `put`."""
        super().__init__()
        self._hub = hub
        self._box = QGridLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setColumnStretch(1, 1)
        self._shown: list[QWidget] = []

    def put(self, policy: Policy) -> None:
        """Show the help of this policy."""
        for old in self._shown:
            old.hide()
            old.deleteLater()
        self._shown.clear()
        self._box.setHorizontalSpacing(self._hub.px(10))
        self._box.setVerticalSpacing(self._hub.px(8))
        for at, (key, table) in enumerate(policy.file.priorities.items()):
            mark = Chip(self._hub, int(key.lstrip("P")))
            words: QLabel = label(f"{table.word}: {'; '.join(table.help)}", "second", wrap=True)
            self._box.addWidget(mark, at, 0)
            self._box.addWidget(words, at, 1)
            self._shown += [mark, words]


class PrioritiseSheet(Sheet):
    """Nine cells, the help, and the reason for a change."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "prioritise", tr("Priority"), 760)
        self.grid, self.help = PriorityGrid(self.hub), HelpPanel(self.hub)
        self.after, self.why = note(), LineField(self.hub, tr("Reason"), tr("stays in the history"))
        left, right = column(self.hub, 10), column(self.hub, 10)
        left.addWidget(label(tr("Impact and urgency"), "label"))
        left.addWidget(self.grid)
        left.addStretch(1)
        right.addWidget(label(tr("What the policy says"), "label"))
        right.addWidget(self.help)
        right.addStretch(1)
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.columns.addLayout(left, 3)
        self.columns.addLayout(right, 2)
        self.rows.addLayout(self.columns)
        self.add("reason", self.why)
        self.rows.addWidget(self.after)
        self.grid.chosen.connect(lambda *_: self.renew())

    def fill(self, view: TicketView) -> None:
        """The policy's matrix and words, the ticket's present cell chosen."""
        ticket, policy = view.ticket, self.desk.policy(view.ticket.policy)
        self.grid.put(policy, ticket.impact, ticket.urgency)
        self.help.put(policy)
        self.why.put("")
        self.relabel(tr("Priority of {number}", number=ticket.number), tr("Set priority"))

    def first(self) -> QWidget:
        """The grid."""
        return self.grid.stop()

    def arrange(self, width: int) -> None:
        """Side by side when there is room."""
        wide = width >= self.hub.px(640)
        way = QBoxLayout.Direction
        self.columns.setDirection(way.LeftToRight if wide else way.TopToBottom)
        self.columns.setSpacing(self.hub.px(24 if wide else 14))

    def lacks(self) -> list[tuple[str, str]]:
        """A cell that differs, and why when the priority does."""
        if self.view is None:
            return []
        ticket = self.view.ticket
        same = self.many < 2 and self.grid.value() == (ticket.impact, ticket.urgency)
        if not self.grid.priority() or same:
            return [("", tr("another impact or urgency"))]
        changes = self.many > 1 or self.grid.priority() != ticket.priority
        needs = changes and not self.why.text()
        return [("reason", tr("the reason"))] if needs else []

    def make(self) -> cmd.Command:
        """The new assessment."""
        impact, urgency = self.grid.value()
        return cmd.Prioritise(impact=impact, urgency=urgency, reason=self.why.text())

    def renew(self) -> None:
        """Say what the clocks would do."""
        if self.view is not None and self.grid.priority():
            impact, urgency = self.grid.value()
            draft = cmd.Prioritise(impact=impact, urgency=urgency, reason="draft")
            self.primary.setText(tr("Set to P{priority}", priority=self.grid.priority()))
            self.primary.updateGeometry()
            same = (impact, urgency) == (self.view.ticket.impact, self.view.ticket.urgency)
            words = "" if same else clocks_after(self.desk, self.view.ticket, draft)
            self.after.setText(words or tr("The clocks keep the time already used."))
        super().renew()
