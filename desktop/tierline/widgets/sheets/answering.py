"""Sheets that take a reason: stay on a ticket, tell a lead, record what the contact holds against.

Each is one act of the process with its own list of the policy.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tierline.desk import process_choices
from tierline.desk.tasks_for_roles import role_word
from tierline.desk.ticket_view import TicketView
from tierline.desk.wording import priority_name
from tierline.domain import commands as cmd
from tierline.domain.tongue import tr
from tierline.widgets.sheets.fields import LineField, TextField, note
from tierline.widgets.sheets.message_field import MessageField
from tierline.widgets.sheets.options import KEYS, Option, OptionField, keys_words
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.sheet import Sheet

_TEXT, _REASON = "text", "reason"


class StaySheet(Sheet):
    """The third answer to a rule's question: it stays here, and why."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "stay", tr("Stay on it"), 520)
        self.asked = OptionField(self.hub, tr("The rule asks"))
        self.why = TextField(
            self.hub, tr("Why it stays"), tr("needed, it goes into the history"), 3
        )
        self.hint = note(
            tr("The rule does not ask again for this run of its clock. R and E remain.")
        )
        self.add("rule", self.asked)
        self.add(_REASON, self.why)
        self.rows.addWidget(self.hint)

    def fill(self, view: TicketView) -> None:
        """The questions that are open, the latest chosen."""
        options = [Option(p.name, p.text) for p in view.prompts]
        wanted = str(self.more.get("rule", "")) or (options[-1].key if options else "")
        self.asked.offer(options, wanted)
        self.asked.setVisible(bool(options))
        self.why.put("")
        self.relabel(tr("Stay on {number}", number=view.ticket.number), tr("Stay"))

    def first(self) -> QWidget | None:
        """The reason: there is mostly one question."""
        return self.why.control

    def lacks(self) -> list[tuple[str, str]]:
        """The reason."""
        return [] if self.why.text() else [(_REASON, tr("the reason"))]

    def make(self) -> cmd.Command:
        """The answer."""
        return cmd.Stay(reason=self.why.text(), rule=self.asked.text())


class ComplainSheet(Sheet):
    """The contact's own escalation: a reason of the policy, what they said, a reference."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "complain", tr("The client’s own escalation"))
        self.reason = OptionField(self.hub, tr("Reason"))
        self.said = TextField(self.hub, tr("What they said"), tr("if more than the reason"), 3)
        self.reference = LineField(self.hub, tr("Reference"))
        self.hint = note()
        self.add(_REASON, self.reason)
        self.add(_TEXT, self.said)
        self.add("reference", self.reference)
        self.rows.addWidget(self.hint)

    def fill(self, view: TicketView) -> None:
        """The policy's reasons, the reference it gets, and who is told."""
        policy, ticket = self.desk.policy(view.ticket.policy), view.ticket
        reasons = process_choices.complaint_reasons(policy)
        self.reason.offer([Option(each, each) for each in reasons])
        self.reason.set_word(
            tr("Reason"), tr("one is needed, {keys}", keys=keys_words(len(reasons)))
        )
        self.said.put("")
        given = f"{ticket.number}-E{ticket.complaints + 1}"
        self.reference.set_word(
            tr("Reference"), tr("{given} unless they have one of their own", given=given)
        )
        self.reference.entry.setPlaceholderText(given)
        self.reference.put("")
        table = policy.file.complaints
        role = role_word(policy, table.role) if table else ""
        told = tr("{role} is told and gets a task.", role=role) if role else ""
        self.hint.setText(
            tr("{told} The ticket stays on its line; E hands it on.", told=told).strip()
        )
        self.relabel(
            tr(
                "{name} escalates {number}",
                name=view.contact.name or "The contact",
                number=ticket.number,
            ),
            tr("Record"),
        )

    def lacks(self) -> list[tuple[str, str]]:
        """A reason of the list."""
        return [] if self.reason.text() else [(_REASON, tr("a reason"))]

    def make(self) -> cmd.Command:
        """Their escalation."""
        return cmd.Complain(
            reason=self.reason.text(), text=self.said.text(), reference=self.reference.text()
        )


class AlertSheet(Sheet):
    """Tell someone in charge; the ticket stays where it is."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "alert", tr("Alert a lead"), 520)
        self.role = OptionField(self.hub, tr("Whom"), KEYS)
        self.why = TextField(self.hub, tr("What they should know"), "needed", 3)
        self.add("role", self.role)
        self.add(_REASON, self.why)
        self.rows.addWidget(note(tr("They get a task. Line, holder and clocks stay as they are.")))

    def fill(self, view: TicketView) -> None:
        """The policy's roles, the desk's lead first."""
        leads = process_choices.leads(self.desk.policy(view.ticket.policy))
        options = [Option(key, word) for key, word in leads.items()]
        self.role.offer(options, options[0].key if options else "")
        self.why.put("")
        self.relabel(tr("Alert a lead about {number}", number=view.ticket.number), tr("Alert"))

    def first(self) -> QWidget | None:
        """The text: the first lead is mostly right."""
        return self.why.control

    def lacks(self) -> list[tuple[str, str]]:
        """A role and a text."""
        found = [] if self.role.text() else [("role", "whom")]
        return found if self.why.text() else [*found, (_REASON, tr("what they should know"))]

    def make(self) -> cmd.Command:
        """The alert."""
        return cmd.AlertLead(reason=self.why.text(), role=self.role.text())

    def renew(self) -> None:
        """Name whom on the button."""
        row = self.role.list.choice()
        self.primary.setText(tr("Alert {text}", text=row.text.lower()) if row else tr("Alert"))
        self.primary.updateGeometry()
        super().renew()


class DisputeSheet(Sheet):
    """The contact does not accept the priority: it is judged again, both values stay."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "dispute", tr("Priority disputed"), 520)
        self.why = TextField(self.hub, tr("What they say against it"), "needed", 3)
        self.add(_REASON, self.why)
        self.hint = note()
        self.rows.addWidget(self.hint)

    def fill(self, view: TicketView) -> None:
        """Nothing but the words, and what holds meanwhile."""
        self.why.put("")
        priority = priority_name(view.ticket.priority)
        now = " ".join(dict.fromkeys((priority, view.priority_word)))
        self.hint.setText(
            tr("{now} and its clocks stay until someone judges it again (P).", now=now)
        )
        title = tr(
            "{priority} of {number} is disputed", priority=priority, number=view.ticket.number
        )
        self.relabel(title, tr("Record the dispute"))

    def lacks(self) -> list[tuple[str, str]]:
        """The words."""
        return [] if self.why.text() else [(_REASON, tr("what they say"))]

    def make(self) -> cmd.Command:
        """The dispute."""
        return cmd.Dispute(reason=self.why.text())


class ConsentSheet(Sheet):
    """The contact agreed to remote control, asked in these words."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "consent", tr("Consent"), 520)
        self.what = LineField(self.hub, tr("To what"))
        self.words = TextField(
            self.hub, tr("Asked in these words"), tr("the policy’s, unless changed"), 2
        )
        self.add("what", self.what)
        self.add("words", self.words)
        self.given = note()
        self.rows.addWidget(self.given)

    def fill(self, view: TicketView) -> None:
        """The policy's words, and what was agreed to before."""
        self.what.put(tr("remote control"))
        self.words.put(process_choices.consent_words(self.desk.policy(view.ticket.policy)))
        before = ", ".join(view.ticket.consents)
        self.given.setText(tr("Agreed to before: {before}.", before=before) if before else "")
        self.given.setVisible(bool(before))
        self.relabel(
            tr("{name} agrees", name=view.contact.name or "The contact"), tr("They agreed")
        )

    def first(self) -> QWidget | None:
        """The button: mostly all is right, and Enter records it."""
        return self.primary

    def lacks(self) -> list[tuple[str, str]]:
        """To what."""
        return [] if self.what.text() else [("what", tr("to what"))]

    def make(self) -> cmd.Command:
        """The consent."""
        return cmd.Consent(what=self.what.text(), words=self.words.text())


class WorkaroundSheet(Sheet):
    """The contact can work by a detour; the ticket stays open for the cause."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "workaround", tr("Workaround found"))
        self.how = TextField(self.hub, tr("How they can work"), "needed", 3)
        self.message = MessageField(self.hub, tr("Message"), tr("left empty, none is sent"), 4)
        self.hint = note()
        self.add(_TEXT, self.how)
        self.add("message", self.message)
        self.rows.addWidget(self.hint)

    def fill(self, view: TicketView) -> None:
        """Say which clock it meets."""
        self.how.put("")
        self.message.address(view)
        self.message.put("")
        rules = [c for c in view.clocks if c.reading.stopped is None]
        met = [c.word for c in rules if "workaround" in c.reading.rule.table.stops]
        meets = (
            tr("It meets the {names}. ", names=", ".join(met).lower())
            if met
            else tr("No clock stops for it. ")
        )
        self.hint.setText(tr("{meets}The ticket stays open.", meets=meets))
        self.relabel(
            tr("Workaround for {number}", number=view.ticket.number), tr("Record the workaround")
        )

    def lacks(self) -> list[tuple[str, str]]:
        """How."""
        return [] if self.how.text() else [(_TEXT, tr("how they can work"))]

    def make(self) -> cmd.Command:
        """The workaround."""
        return cmd.Workaround(
            text=self.how.text(),
            message=self.message.text(),
            message_channel=self.message.channel(),
        )
