"""A new ticket: who, what, how urgent; whatever the client's policy asks for is asked here."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout

from tierline.desk import quick_log
from tierline.desk.duplicates import Duplicate, joining
from tierline.desk.quick_log import Match
from tierline.domain import commands as cmd
from tierline.domain.intake import given, missing_fields
from tierline.domain.policy import Policy
from tierline.domain.tongue import tr
from tierline.present.wishes import Act
from tierline.widgets.controls import Button
from tierline.widgets.sheets.asked import AskedFields
from tierline.widgets.sheets.fields import ChoiceField, Field, LineField, TextField, note
from tierline.widgets.sheets.grid import PriorityGrid
from tierline.widgets.sheets.known import GiveTick, KnownBand
from tierline.widgets.sheets.match_field import MatchField, MatchLook
from tierline.widgets.sheets.parts import Ground, column, frame, label, line
from tierline.widgets.sheets.priority import HelpPanel
from tierline.widgets.sheets.sheet import Sheet

WIDTH, TWO_COLUMNS = 940, 760
_OWN = ("client", "contact", "contact_reach", "subject", "description")


class LogSheet(Sheet):
    """Logs a ticket, or logs and takes it; the draft is kept until one of them is done."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "log", tr("New ticket"), WIDTH)
        self._take = False
        self._known: tuple[str, Policy] | None = None
        look = MatchLook(self.hub, "building-2", tr("New client"))
        self.client = MatchField(self.hub, tr("Client"), self._clients, look, "building-2")
        look = MatchLook(self.hub, "contact", tr("New contact"))
        self.contact = MatchField(
            self.hub, tr("Contact"), self._callers, look, "phone-call", tr("name or number")
        )
        self.reach = LineField(self.hub, tr("Call-back number"))
        self.channel = ChoiceField(self.hub, tr("Came by"))
        self.type = ChoiceField(self.hub, tr("Type"))
        self.subject_line = LineField(
            self.hub, tr("Subject"), tr("one line"), tr("What is wrong, for whom")
        )
        self.description = TextField(self.hub, tr("Description"), tr("with the error message"), 4)
        self.asked = AskedFields(self.hub)
        self.grid, self.help = PriorityGrid(self.hub), HelpPanel(self.hub)
        self.outcome = note()
        self.known, self.give = KnownBand(ground, self), GiveTick(ground)
        self._enroll()
        self._lay_out()
        self._policy_shown = ""

    def begin(self, view: object, more: dict[str, Any]) -> None:
        """Empty but for the draft; `client` and `contact` may be given."""
        del view
        self._policy_shown, self._known = "", None
        self._filling = True
        for field in self.fields.values():
            field.put("")
        self.client.put(str(more.get("client", "")))
        self.contact.put(str(more.get("contact", "")))
        for match in (self.client, self.contact):
            match.show_list(False)
        self.known.forget()
        self._show_policy()
        self.grid.choose(0, 0)
        super().begin(None, more)

    def lacks(self) -> list[tuple[str, str]]:
        """Client, subject, priority, and what this client's policy needs."""
        needed = {"client": self.client.text(), "subject": self.subject_line.text()}
        found = [(name, tr("the {name}", name=name)) for name, text in needed.items() if not text]
        owed = missing_fields(self._command(), self._policy(), closing=False)
        found += [(name, self._word(name)) for name in owed if name not in dict(found)]
        return found if self.grid.priority() else [*found, ("priority", tr("impact and urgency"))]

    def send(self) -> None:
        """Log it, or go to what lacks."""
        for match in (self.client, self.contact):
            if match.open:
                match.accept()
        if missing := self.lacks():
            super().send()
            if missing[0][0] == "priority":
                self.grid.stop().setFocus(Qt.FocusReason.OtherFocusReason)
                self.scroller.ensureWidgetVisible(self.grid)
            return
        self._keeper.flush()
        self.trouble.setText("")
        self.logged.emit(self._command(), self._policy().name)

    def send_and_take(self) -> None:
        """Log it as mine, and begin."""
        self._take = True
        self.send()
        self._take = False

    def renew(self) -> None:
        """The client's policy decides what is asked."""
        self._show_policy()
        super().renew()
        self.take.setEnabled(self.primary.isEnabled())
        self._tell_outcome()
        draft = self._command()
        self.known.look(draft.client, draft.contact, draft.subject)
        self.give.look(draft)

    def arrange(self, width: int) -> None:
        """Two columns where there is room."""
        wide, way = width >= self.hub.px(TWO_COLUMNS), QBoxLayout.Direction
        for box in (self.columns, self.judging):
            box.setDirection(way.LeftToRight if wide else way.TopToBottom)
            box.setSpacing(self.hub.px(20 if wide else 14))

    def above(self, free: int) -> int:
        """It grows downwards when matches open."""
        return min(free // 2, self.hub.px(36))

    def _join(self, found: Duplicate) -> None:
        """The call is about one that is there: it is told there, nothing new is logged."""
        stored = self.desk.replica.tickets.get(found.ticket_id)
        contact = stored.ticket.contact if stored else ""
        self.wished.emit(Act(found.ticket_id, joining(self._command(), contact)))

    def _command(self) -> cmd.Log:
        match = self.contact.match
        impact, urgency = self.grid.value()
        reach = self.reach.text() or (match.reach if match else "")
        return cmd.Log(
            number="",
            subject=self.subject_line.text(),
            channel=self.channel.text(),
            client=self.client.text(),
            contact=match.name if match else self.contact.text(),
            contact_reach=reach,
            description=self.description.text(),
            type=self.type.text(),
            impact=impact,
            urgency=urgency,
            category=self.asked.text("category"),
            details=self.asked.details(),
            assignee=self.desk.me if self._take else self.give.assignee,
            start_timer=self._take and self.desk.my_timer() is None,  # as T does
        )

    def _word(self, name: str) -> str:
        """What a field is called here, where it stands under a word of its own."""
        own = {
            "contact": self.contact,
            "contact_reach": self.reach,
            "description": self.description,
        }
        if name in own:
            return tr("the {word}", word=own[name].word.lower())
        return self._policy().file.fields[name].word.lower()

    def _policy(self) -> Policy:
        name = self.client.text()
        if self._known is None or self._known[0] != name:
            self._known = (name, self.desk.policy(self.desk.policy_for(name)))
        return self._known[1]

    def _show_policy(self) -> None:
        """Channels, types, fields and help of the policy in force; only when it is another one."""
        policy, type_ = self._policy(), self.type.text()
        name = self.client.text()
        sure = bool(name) and not self.client.open  # while it is typed, it may be any other
        self.client.line_edit.tell(policy.label if sure else "", sure=sure)
        if policy.name != self._policy_shown:
            self._policy_shown = policy.name
            chosen, impact = self.channel.text(), self.grid.value()
            file = policy.file
            self.channel.offer([(key, table.word) for key, table in file.channels.items()])
            self.channel.put(chosen or quick_log.call_channel(policy))
            self.type.offer([(key, table.word) for key, table in file.types.items()])
            self.type.put(type_ or "incident")
            self.grid.put(policy, *impact)
            self.help.put(policy)
        self._ask(policy)

    def _ask(self, policy: Policy) -> None:
        draft = self._command()
        own = {key: table for key, table in policy.file.fields.items() if key not in _OWN}
        type_ = self.type.text()
        wanted = {
            key: table
            for key, table in own.items()
            if table.log and (not table.types or type_ in table.types)
        }
        for name, made in self.asked.put(wanted).items():
            self.enroll(name, made)
        self.asked.setVisible(bool(wanted))
        needed = policy.file.fields
        who: tuple[tuple[str, Field], ...] = (
            ("contact", self.contact),
            ("contact_reach", self.reach),
        )
        for name, field in who:
            table = needed.get(name)
            owed = table is not None and table.log and not given(draft, name)
            field.set_word(
                field.word, "needed" if owed else tr("name or number") * (name == "contact")
            )
        table = needed.get("description")
        hint = (table.help.lower() if table else "") or tr("with the error message")
        self.description.set_word(
            tr("Description"), hint + (", needed" if table and table.log else "")
        )

    def _tell_outcome(self) -> None:
        priority, policy = self.grid.priority(), self._policy()
        channel = policy.file.channels.get(self.channel.text())
        if not priority or channel is None:
            self.outcome.setText(tr("Impact and urgency give the priority."))
            return
        back = priority not in channel.priorities and self.channel.text() != "phone"
        said = f"P{priority}, {policy.file.priorities[f'P{priority}'].word.lower()}."
        more = (
            tr(
                " {word} is not for P{priority}: it is marked call back now.",
                word=channel.word,
                priority=priority,
            )
            if back
            else ""
        )
        self.outcome.setText(said + more)

    def _clients(self, typed: str) -> list[Match]:
        return quick_log.clients(self.desk, typed)

    def _callers(self, typed: str) -> list[Match]:
        return quick_log.callers(self.desk, self.client.text(), typed)

    def _called(self, match: Match) -> None:
        """A contact brings number and client along."""
        if match.reach and not self.reach.edited:
            self.reach.put(match.reach)
        if match.client and not self.client.text():
            self.client.put(match.client)
        self.renew()

    def _enroll(self) -> None:
        named: dict[str, Field] = {
            "client": self.client,
            "contact": self.contact,
            "contact_reach": self.reach,
            "channel": self.channel,
            "type": self.type,
            "subject": self.subject_line,
            "description": self.description,
        }
        for name, field in named.items():
            self.enroll(name, field)
        self.contact.taken.connect(self._called)
        self.known.join_asked.connect(self._join)
        self.grid.chosen.connect(lambda *_: self.renew())
        for match in (self.client, self.contact):
            match.entered.connect(self.focusNextChild)

    def _lay_out(self) -> None:
        self.chip.hide()
        self.about.setText(tr("The client’s policy decides what is asked."))
        left, right = column(self.hub, 12), column(self.hub, 12)
        way = line(self.hub, 12)
        way.addWidget(self.channel, 1)
        way.addWidget(self.type, 1)
        who: tuple[Field, ...] = (self.client, self.contact, self.reach)
        for part in who:
            left.addWidget(part)
        left.addWidget(self.known)
        left.addLayout(way)
        left.addStretch(1)
        for line_ in (self.subject_line, self.description, self.asked):
            right.addWidget(line_)
        right.addStretch(1)
        self.columns, self.judging = _pair(), _pair()
        self.columns.addLayout(left, 1)
        self.columns.addLayout(right, 1)
        judge, says = column(self.hub, 8), column(self.hub, 8)
        judge.addWidget(label(tr("Impact and urgency"), "label"))
        judge.addWidget(self.grid)
        judge.addWidget(self.outcome)
        judge.addWidget(self.give)
        judge.addStretch(1)
        says.addWidget(label(tr("What the policy says"), "label"))
        says.addWidget(self.help)
        says.addStretch(1)
        self.judging.addLayout(judge, 1)
        self.judging.addLayout(says, 1)
        self.rows.addLayout(self.columns)
        self.rows.addWidget(frame("rule"))
        self.rows.addLayout(self.judging)
        self.primary.setText(tr("Log ticket"))
        self.take = Button(tr("Log and take"), self.hub, key="Ctrl ⇧ ↵")
        self.take.clicked.connect(self.send_and_take)
        row = self.foot.layout()
        assert isinstance(row, QBoxLayout)
        row.insertWidget(3, self.take)
        for keys in ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"):
            QShortcut(QKeySequence(keys), self, self.send_and_take)


def _pair() -> QBoxLayout:
    return QBoxLayout(QBoxLayout.Direction.LeftToRight)
