"""Resolve, re-open, close, cancel: how a ticket ends and comes back."""

from __future__ import annotations

from typing import Any

from tierline.desk.filling import filled
from tierline.desk.ticket_view import TicketView
from tierline.desk.wording import message_for, template_of
from tierline.domain import commands as cmd
from tierline.domain import durations
from tierline.domain.tongue import tr
from tierline.widgets.controls import Button
from tierline.widgets.sheets.fields import ChoiceField, LineField, TextField, note
from tierline.widgets.sheets.message_field import MessageField
from tierline.widgets.sheets.parts import Ground, line
from tierline.widgets.sheets.sheet import Sheet
from tierline.widgets.sheets.tick import Tick


class ResolveSheet(Sheet):
    """Steps taken, and the message that tells the contact; the message follows the steps."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "resolve", tr("Resolve"), 600)
        self.steps = TextField(
            self.hub, tr("What was done"), tr("for the contact and the next technician")
        )
        self.message = MessageField(self.hub, tr("Message"))
        self.workaround = Tick(self.hub, tr("A workaround, not the cause"))
        self.first_contact = Tick(self.hub, tr("Resolved on first contact"))
        self.add("steps", self.steps)
        flags = line(self.hub, 20)
        flags.addWidget(self.workaround)
        flags.addWidget(self.first_contact)
        flags.addStretch(1)
        self.rows.addLayout(flags)
        self.add("message", self.message)
        self.braces = note(filled())
        self.rows.addWidget(self.braces)
        self.steps.changed.connect(self._compose)

    def fill(self, view: TicketView) -> None:
        """The message from the policy's words; nothing is said for the technician."""
        self.steps.put(view.ticket.steps if view.ticket.reopens else "")
        self.workaround.setChecked(False)
        self.first_contact.setChecked(False)
        self.message.address(view)
        self.message.put("")
        self.braces.setVisible(self.many > 1)
        if self.many > 1:
            self.message.set_word(tr("Message to each contact"))
            self.message.put(template_of("resolved", self.desk.policy(view.ticket.policy)))
        self.relabel(tr("Resolve {number}", number=view.ticket.number), tr("Resolve"))

    def lacks(self) -> list[tuple[str, str]]:
        """What was done."""
        return [] if self.steps.text() else [("steps", tr("what was done"))]

    def make(self) -> cmd.Command:
        """The resolution and its message; an emptied message is not sent."""
        return cmd.Resolve(
            steps=self.steps.text(),
            message=self.message.text(),
            message_channel=self.message.channel(),
            workaround=self.workaround.isChecked(),
            first_contact=self.first_contact.isChecked(),
        )

    def _compose(self) -> None:
        if self.view is None or self.message.edited or self.many > 1:
            return
        policy = self.desk.policy(self.view.ticket.policy)
        steps = self.steps.text()
        words = message_for("resolved", self.view.ticket, policy, steps=steps) if steps else ""
        self.message.put(words)


class ReopenSheet(Sheet):
    """What still does not work, and how the contact told us."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "reopen", "Re-open", 520)
        self.why = TextField(self.hub, tr("What still does not work"), "", 3)
        self.channel = ChoiceField(self.hub, tr("Told by"))
        self.limit = note()
        self.add("reason", self.why)
        self.add("channel", self.channel)
        self.rows.addWidget(self.limit)

    def fill(self, view: TicketView) -> None:
        """The ways the policy takes a ticket back, and for how long it does."""
        policy = self.desk.policy(view.ticket.policy)
        table, channels = policy.file.reopen, policy.file.channels
        ways = [key for key in table.channels if key in channels] or list(channels)
        self.channel.offer(
            [("", tr("We noticed it")), *((key, channels[key].word) for key in ways)]
        )
        self.why.put("")
        within = durations.parse(table.within)
        for_long = (
            tr("for {within} after it was resolved", within=within) if within else tr("at any time")
        )
        self.limit.setText(
            tr(
                "{label} takes it back {for_long}. The response stays met; the fix clock "
                "goes on with the time it had left.",
                label=policy.label,
                for_long=for_long,
            )
        )
        self.relabel(tr("Re-open {number}", number=view.ticket.number), "Re-open")

    def lacks(self) -> list[tuple[str, str]]:
        """The reason."""
        return [] if self.why.text() else [("reason", tr("what still does not work"))]

    def make(self) -> cmd.Command:
        """The re-opening."""
        return cmd.Reopen(reason=self.why.text(), channel=self.channel.text())


class CloseSheet(Sheet):
    """Who said that it works; what is still missing stands in the way and leads to its form."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "close", tr("Close"), 520)
        self.missing = note("", "error")
        self.fill_in = Button(tr("Fill in details…"), self.hub)
        self.fill_in.clicked.connect(lambda: self.turned.emit("fill"))
        self.by = LineField(self.hub, tr("Confirmed by"), tr("who said that it works"))
        self.why = LineField(self.hub, tr("Remark"), tr("if there is one"))
        self.rows.addWidget(self.missing)
        self.rows.addWidget(self.fill_in)
        self.add("confirmed_by", self.by)
        self.add("reason", self.why)
        self.hint = note()
        self.rows.addWidget(self.hint)

    def fill(self, view: TicketView) -> None:
        """What blocks closing; nobody's word is filled in for them."""
        words = ", ".join(word for _, word in view.missing)
        self.missing.setText(tr("Closing waits for: {words}.", words=words) if words else "")
        self.missing.setVisible(bool(words))
        self.fill_in.setVisible(bool(words))
        policy = self.desk.policy(view.ticket.policy)
        who = view.contact.name or tr("the contact")
        needed = policy.file.reopen.confirm
        self.by.entry.setPlaceholderText(
            tr("for instance {who}", who=who) if view.contact.name else "name"
        )
        self.by.put("")
        self.why.put("")
        self.hint.setText(
            tr(
                "{label} wants {who} to confirm first. Until then it stays resolved.",
                label=policy.label,
                who=who,
            )
            if needed
            else tr("Without a name it is closed on our word.")
        )
        self.relabel(tr("Close {number}", number=view.ticket.number), tr("Close ticket"))

    def first(self) -> Any:  # noqa: ANN401 - a button or a line
        """The form of the missing details, when there are any."""
        return self.fill_in if self.view and self.view.missing else self.by.control

    def lacks(self) -> list[tuple[str, str]]:
        """Missing details, and the contact's word where the policy wants it."""
        if self.view is None:
            return []
        found = [("", tr("the details above"))] if self.view.missing else []
        policy = self.desk.policy(self.view.ticket.policy)
        if policy.file.reopen.confirm and not self.by.text():
            found.append(("confirmed_by", tr("who confirmed")))
        return found

    def make(self) -> cmd.Command:
        """The end of the ticket."""
        return cmd.Close(confirmed_by=self.by.text(), reason=self.why.text())


class CancelSheet(Sheet):
    """Why it is no longer our work."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "cancel", tr("Cancel ticket"), 520)
        self.why = TextField(self.hub, tr("Why it is cancelled"), "", 3)
        self.add("reason", self.why)
        said = tr(
            "No clock runs on a cancelled ticket. It is not re-opened. Merge a duplicate instead."
        )
        self.rows.addWidget(note(said))

    def fill(self, view: TicketView) -> None:
        """Empty: a reason is a person's own."""
        self.why.put("")
        self.relabel(tr("Cancel {number}", number=view.ticket.number), tr("Cancel ticket"))
        self.cancel.setText(tr("Go back"))

    def lacks(self) -> list[tuple[str, str]]:
        """The reason."""
        return [] if self.why.text() else [("reason", "why")]

    def make(self) -> cmd.Command:
        """The cancellation."""
        return cmd.Cancel(reason=self.why.text())
