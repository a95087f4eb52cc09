"""What has a page of its own: when one left, which part, what was done, what is waited for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from tierline.desk.desk import Desk
from tierline.desk.field_view import FieldView, Wait
from tierline.desk.moments import quick_choices
from tierline.desk.when import day_and_time
from tierline.desk.wording import message_for
from tierline.domain import commands as cmd
from tierline.domain.policy import ALWAYS
from tierline.domain.tongue import tr
from tierline.widgets.field.big import BigButton, BigCheck
from tierline.widgets.field.form import FormPage, choices
from tierline.widgets.field.section import bigger, emptied, holder
from tierline.widgets.sheets.fields import LineField, TextField, note
from tierline.widgets.sheets.parts import column
from tierline.widgets.sheets.when_field import WhenField
from tierline.widgets.theme import ThemeHub

Past = Callable[[str], "datetime | None"]


class LeaveForm(FormPage):
    """When somebody left a site. Nothing is filled in: it is asked, never guessed.

    `told(ticket id, what was typed)`.
    """

    told = Signal(str, str)

    def __init__(self, hub: ThemeHub, past: Past, zone: ZoneInfo) -> None:
        """`past` reads what was typed."""
        super().__init__(hub, tr("When did you leave?"), tr("I left then"), "check")
        self._past, self._zone, self._id = past, zone, ""
        self.why = note("", "")
        self.rows.addWidget(self.why)
        self.now = BigButton(tr("Just now"), hub, icon="clock")
        self.now.clicked.connect(lambda: self._put("now"))
        self.rows.addWidget(self.now)
        self.when = LineField(hub, tr("Or when"), "", tr("16:40, yesterday 17:30"))
        bigger(self.when)
        self.add("left_at", self.when)
        self.meant = note("", "second")
        self.rows.addWidget(self.meant)
        self.rows.addStretch(1)

    def ask(self, ticket_id: str, client: str, why: str) -> None:
        """Ask about this site."""
        self._id = ticket_id
        self.when.put("")
        self.why.setText(why)
        self.begin(tr("When did you leave {client}?", client=client), "")
        self.renew()

    def lacks(self) -> str:
        """A time that has passed."""
        return "" if self._past(self.when.text()) else tr("a time that has passed")

    def submit(self) -> None:
        """Hand it on."""
        self.told.emit(self._id, self.when.text())

    def renew(self) -> None:
        """Say how it is understood."""
        found = self._past(self.when.text())
        self.meant.setText(
            tr("That is {when}.", when=day_and_time(found, self._zone)) if found else ""
        )
        super().renew()

    def _put(self, words: str) -> None:
        self.when.put(words)
        self.renew()


class PartForm(FormPage):
    """A part that stays with the client. `used(UsePart)`."""

    used = Signal(object)

    def __init__(self, hub: ThemeHub) -> None:
        """Empty."""
        super().__init__(hub, tr("Part used"), tr("Note it"), "package")
        self.part = LineField(hub, tr("Part"), "", tr("What it is"))
        self.serial = LineField(hub, tr("Serial"), "", tr("As printed on it"))
        self.number = LineField(hub, tr("Part number"), "", tr("The maker’s, if there is one"))
        self.quantity = LineField(hub, tr("How many"))
        for field in (self.part, self.serial, self.number, self.quantity):
            bigger(field)
        self.add("part", self.part)
        self.add("quantity", self.quantity)
        fewer, more = BigButton("", hub, icon="minus"), BigButton("", hub, icon="plus")
        fewer.setAccessibleName(tr("One fewer"))
        more.setAccessibleName(tr("One more"))
        fewer.clicked.connect(lambda: self._step(-1))
        more.clicked.connect(lambda: self._step(1))
        self.rows.addWidget(holder(hub, fewer, more))
        self.add("serial", self.serial)
        self.add("number", self.number)
        self.rows.addStretch(1)

    def ask(self, number: str) -> None:
        """Ask for one on this ticket."""
        for field in (self.part, self.serial, self.number):
            field.put("")
        self.quantity.put("1")
        self.begin(tr("Part used"), number)

    def lacks(self) -> str:
        """What it is, and how many."""
        if not self.part.text():
            return tr("what it is")
        return "" if self._many() else tr("how many")

    def submit(self) -> None:
        """Hand it on."""
        told = {"serial": self.serial.text(), "number": self.number.text()}
        part = cmd.UsePart(part=self.part.text(), quantity=self._many(), **told)
        self.used.emit(part)

    def _many(self) -> int:
        typed = self.quantity.text()
        return int(typed) if typed.isascii() and typed.isdecimal() else 0

    def _step(self, by: int) -> None:
        self.quantity.put(str(max(1, self._many() + by)))


class ResolveForm(FormPage):
    """What was done, and what the contact is told of it. `resolved(Resolve, close as well)`."""

    resolved = Signal(object, bool)

    def __init__(self, hub: ThemeHub, desk: Desk) -> None:
        """Empty."""
        super().__init__(hub, tr("Resolve"), tr("Resolve"), "check")
        self._desk, self._field = desk, None  # type: Desk, FieldView | None
        self.steps = TextField(hub, tr("What was done"), "", 4)
        self.message = TextField(hub, tr("Message to the contact"), "", 4)
        self.add("steps", self.steps)
        self.workaround = BigCheck(hub, tr("A workaround, not the cause"))
        self.rows.addWidget(self.workaround)
        self.add("message", self.message)
        self.close_too = BigCheck(hub, "")
        self.rows.addWidget(self.close_too)
        self.rows.addStretch(1)
        self.steps.changed.connect(self._compose)

    def ask(self, field: FieldView) -> None:
        """Ask about this ticket."""
        self._field = field
        self.steps.put("")
        self.message.put("")
        self.workaround.setChecked(False)
        self.close_too.setVisible(bool(field.closes_by))
        words = tr("Close it as well: {name} has signed it off", name=field.closes_by)
        self.close_too.setText(words)
        self.close_too.setAccessibleName(words)
        self.close_too.setChecked(bool(field.closes_by))
        self.begin(tr("Resolve {number}", number=field.ticket.number), field.ticket.subject)

    def lacks(self) -> str:
        """What was done."""
        return "" if self.steps.text() else tr("what was done")

    def submit(self) -> None:
        """Hand it on."""
        made = cmd.Resolve(
            steps=self.steps.text(),
            message=self.message.text(),
            workaround=self.workaround.isChecked(),
        )
        self.resolved.emit(made, not self.close_too.isHidden() and self.close_too.isChecked())

    def _compose(self) -> None:
        if self._field is None or self.message.edited:
            return
        ticket, steps = self._field.ticket, self.steps.text()
        policy = self._desk.policy(ticket.policy)
        self.message.put(message_for("resolved", ticket, policy, steps=steps) if steps else "")


class WaitForm(FormPage):
    """What the ticket waits for, parts first, and when to look again. `waits(ChangeStatus)`."""

    waits = Signal(object)

    def __init__(self, hub: ThemeHub, desk: Desk) -> None:
        """Empty."""
        super().__init__(hub, tr("Wait"), tr("Let it wait"), "pause")
        self._desk, self._waits = desk, dict[str, Wait]()
        self.buttons: dict[str, BigButton] = {}
        self.column: QVBoxLayout = column(hub, 8)
        self.rows.addLayout(self.column)
        self.why = LineField(hub, tr("Reason"), "", tr("What has to come first"))
        self.until = WhenField(hub, tr("Look again"), desk)
        self.until.set_word(tr("Look again"))  # its hint is wider than a phone at 200 %
        self.quick: QVBoxLayout = column(hub, 8)
        for field in (self.why, self.until):
            bigger(field)
        self.add("reason", self.why)
        self.add("until", self.until)
        self.rows.addLayout(self.quick)
        self.rows.addStretch(1)

    def ask(self, field: FieldView) -> None:
        """Ask about this ticket."""
        emptied(self.column)
        emptied(self.quick)
        self._waits = {each.status: each for each in field.waits}
        self.buttons = choices(self.hub, {each.status: each.word for each in field.waits})
        for button in self.buttons.values():
            button.toggled.connect(lambda _: self.renew())
            self.column.addWidget(button)
        if self.buttons:
            next(iter(self.buttons.values())).setChecked(True)
        self.why.put("")
        self.until.put("")
        policy = self._desk.policy(field.ticket.policy)
        hours = policy.calendar("desk" if "desk" in policy.file.calendars else ALWAYS)
        for choice in quick_choices(self._desk.clock(), self._desk.zone, hours):
            made = BigButton(choice.word, self.hub, icon="clock")
            made.clicked.connect(lambda _=False, at=choice.at: self._until(at))
            self.quick.addWidget(made)
        self.begin(tr("Wait, {number}", number=field.ticket.number), field.ticket.subject)

    def lacks(self) -> str:
        """A status, its reason where it is wanted, a time still to come if any."""
        chosen = self._waits.get(self._chosen())
        if chosen is None:
            return tr("what it waits for")
        if chosen.reason and not self.why.text():
            return tr("the reason")
        return tr("a time still to come") if self.until.wrong() else ""

    def submit(self) -> None:
        """Hand it on."""
        made = cmd.ChangeStatus(
            status=self._chosen(), reason=self.why.text(), until=self.until.moment()
        )
        self.waits.emit(made)

    def first(self) -> None:
        """The keyboard goes to the first choice."""
        chosen = next(iter(self.buttons.values()), None)
        if chosen is not None:
            chosen.setFocus()

    def _chosen(self) -> str:
        return next((key for key, each in self.buttons.items() if each.isChecked()), "")

    def _until(self, at: datetime) -> None:
        local = at.astimezone(self._desk.zone)
        self.until.put(f"{local.day} {local:%b %Y %H:%M}")
